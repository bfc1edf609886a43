from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

import plain_deciding
from builders import (
    LAW,
    NO_ANSWER,
    asked,
    component,
    everywhere,
    flat,
    initiative,
    judge,
    question,
    questionnaire,
    stream,
)
from dice import any_firm

if TYPE_CHECKING:
    from it4it_assess.model.assessment import DecidingAnswer
    from it4it_assess.model.questionnaire import Questionnaire

AIMS = questionnaire(flat("a", 1, target=5), flat("b", 1, target=5))
"""Judged by the gap alone, the lower of the two is first, and a of two that are level."""

BY_GAP: dict[str, Any] = {"criteria": ["gap"]}


def decide(
    questionnaire: Questionnaire, answers: dict[str, Any], **context: Any
) -> DecidingAnswer | None:
    """Return the deciding answer, having seen that it does change the pick."""
    judged = judge(questionnaire, answers, **context)
    found = judged.robustness.deciding_answer
    if found is not None:
        then = judge(questionnaire, {**answers, found.question: found.would_be}, **context)
        assert found.first == then.ranking.first != judged.ranking.first
        assert found.stream == questionnaire.stream_of[found.question].id
        assert found.now == judged.readings[found.question].level
    return found


def told(found: DecidingAnswer | None) -> tuple[str, float | None, float, str | None, bool] | None:
    if found is None:
        return None
    return (found.question, found.now, found.would_be, found.first, found.open)


def weighed(first: Any, *, works_at: float) -> Questionnaire:
    """Return a stream beside b, whose one question 20 days of work bring to a level."""
    work = initiative("fix", {"b.1": works_at}, 20)
    return questionnaire(first, flat("b", 1, target=5, initiatives=[work]))


WEIGHED: dict[str, Any] = {
    "weights": {"pain": 1, "gap": 1, "effort": 3},
    "capacity": {"days_per_quarter": 5, "quarters": 4},
}
"""20 days of work in a plan of 20 leave 2.5 of 5 points of effort: 7.5 of 15 when weighed."""


def test_an_unknown_answer_decides_at_the_nearest_level_that_changes_the_pick() -> None:
    # b is taken as 2.5, behind a with its 2; at 2 they are level, at 1 b is ahead
    found = decide(AIMS, {"a.1": 2, "b.1": "unknown"}, **BY_GAP)
    assert told(found) == ("b.1", None, 1, "b", True)


def test_a_missing_answer_is_open_as_an_unknown_one_is() -> None:
    assert told(decide(AIMS, {"a.1": 2}, **BY_GAP)) == ("b.1", None, 1, "b", True)


def test_an_unsure_answer_decides_within_a_step() -> None:
    found = decide(AIMS, {"a.1": 3, "b.1": {"level": 3, "unsure": True}}, **BY_GAP)
    assert told(found) == ("b.1", 3, 2, "b", True)


def test_beyond_what_an_open_answer_may_be_it_decides_nothing() -> None:
    # b may be 2 and then is level with a; a, once at 4, is behind b with its 3
    found = decide(AIMS, {"a.1": 2, "b.1": {"level": 3, "unsure": True}}, **BY_GAP)
    assert told(found) == ("a.1", 2, 4, "b", False)


def test_a_disputed_answer_decides_within_what_was_said() -> None:
    # taken as 1; said to be 1 or 4, so at 2 it would be level with a
    found = decide(AIMS, {"a.1": 2, "b.1": {"by": {"anna": 4, "jo": 1}}}, **BY_GAP)
    assert told(found) == ("b.1", 1, 2, "a", True)
    found = decide(AIMS, {"a.1": 5, "b.1": {"by": {"anna": 4, "jo": 1}}}, **BY_GAP)
    assert found is not None
    assert (found.question, found.open) == ("a.1", False)


def test_an_agreed_answer_is_a_sure_one() -> None:
    agreed = {"by": {"anna": 4, "jo": 1}, "agreed": 1}
    found = decide(AIMS, {"a.1": 2, "b.1": agreed}, **BY_GAP)
    assert found is not None
    assert not found.open


def test_open_answers_come_before_sure_ones_however_far() -> None:
    # a.1 would do it at 3, one step away; b.1 is open and does it at 0, 2.5 away
    found = decide(AIMS, {"a.1": 1, "b.1": "unknown"}, **BY_GAP)
    assert told(found) == ("b.1", None, 0, "b", True)


def test_the_smallest_change_of_a_sure_answer_decides() -> None:
    pair = questionnaire(flat("a", 2, target=5), flat("b", 1, target=5))
    # a stands at 1.5 and b at 3: a.1 moves a by half a step a level, b.1 moves b by a whole one
    found = decide(pair, {"a.1": 1, "a.2": 2, "b.1": 3}, **BY_GAP)
    assert told(found) == ("b.1", 3, 1, "b", False)


def test_of_equal_changes_the_first_question_decides() -> None:
    pair = questionnaire(flat("a", 2, target=5), flat("b", 2, target=5))
    # level at 1; a question of a one higher puts b in front, and one of b one lower as well
    assert told(decide(pair, everywhere(pair, 1), **BY_GAP)) == ("a.1", 1, 2, "b", False)


def test_of_equal_changes_of_an_answer_the_lower_level_decides() -> None:
    # At 2 its work is in place and b has 5 + 3 + 15 = 23, at 1 only 5 + 4 + 7.5 and at 3 only
    # 5 + 2 + 15 = 22. a has 5 + 7 / 3 + 15 = 22.33, and a third more for a level less.
    peak = weighed(flat("a", 3, target=5), works_at=2)
    answers = {"a.1": 3, "a.2": 3, "a.3": 2, "b.1": 2}
    assert told(decide(peak, answers, pain={"a": 5, "b": 5}, **WEIGHED)) == (
        "b.1",
        2,
        1,
        "a",
        False,
    )


def test_no_answer_decides_when_none_changes_the_pick() -> None:
    assert decide(AIMS, {"a.1": 2, "b.1": 3}, criteria=["pain"], pain={"a": 5, "b": 1}) is None


def test_no_answer_decides_about_a_stream_alone() -> None:
    assert decide(asked(a=2), {"a.1": 1}) is None


def test_what_does_not_apply_decides_nothing() -> None:
    heavy = questionnaire(
        stream(
            "a",
            component("a.part", question("a.1"), question("a.2", weight=9)),
            target=5,
        ),
        flat("b", 1, target=5),
    )
    # were a.2 open, its 4 would bring a to 3.6
    found = decide(heavy, {"a.1": 0, "a.2": NO_ANSWER, "b.1": 3}, **BY_GAP)
    assert told(found) == ("a.1", 0, 4, "b", False)


def test_an_answer_decides_that_would_open_a_gate() -> None:
    gated = questionnaire(
        flat("a", 1), flat("b", 1), dependencies=[{"stream": "a", "needs": "b", "score": 3}]
    )
    found = decide(gated, {"a.1": 2, "b.1": 1}, criteria=["pain"], pain={"a": 5, "b": 0})
    assert told(found) == ("b.1", 1, 3, "a", False)


def test_an_answer_decides_that_would_close_a_gate_and_leave_nothing_first() -> None:
    gated = questionnaire(
        flat("a", 1),
        flat("s", 1, kind="supporting"),
        dependencies=[{"stream": "a", "needs": "s", "score": 2}],
    )
    assert told(decide(gated, {"a.1": 2, "s.1": 3})) == ("s.1", 3, 1, None, False)
    assert told(decide(gated, {"a.1": 2, "s.1": 1})) == ("s.1", 1, 2, "a", False)


def test_an_answer_decides_through_the_work_it_makes_needless() -> None:
    # b.1 at 2 puts base in place, which top in a waits for: a then takes 10 days, not 30, and
    # is ahead of c with its 20
    work = questionnaire(
        flat("a", 1, target=2, initiatives=[initiative("top", {"a.1": 2}, 10, needs=["base"])]),
        flat(
            "b", 1, target=2, kind="supporting", initiatives=[initiative("base", {"b.1": 2}, 20)]
        ),
        flat("c", 1, target=2, initiatives=[initiative("own", {"c.1": 2}, 20)]),
    )
    found = decide(work, {"a.1": 0, "b.1": 1, "c.1": 0}, criteria=["effort"])
    assert told(found) == ("b.1", 1, 2, "a", False)


def test_an_answer_can_decide_between_its_ends() -> None:
    # a at its target has 1 + 0 + 15 = 16, and 17 one below. From 0 to 5, with its work in
    # place at 3, b has 17.5 16.5 15.5 22 21 20: only at 2 is a in front.
    dip = weighed(flat("a", 1, target=1), works_at=3)
    found = decide(dip, {"a.1": 1, "b.1": 0}, pain={"a": 1, "b": 5}, **WEIGHED)
    assert told(found) == ("b.1", 0, 2, "a", False)


def test_an_answer_beside_which_somebody_knew_nothing_decides_as_a_sure_one() -> None:
    # nobody disagrees with jo's 5 and nothing is left open
    voices = {"by": {"anna": "unknown", "jo": 5}}
    assert told(decide(AIMS, {"a.1": 4, "b.1": 5}, **BY_GAP)) == ("b.1", 5, 3, "b", False)
    assert told(decide(AIMS, {"a.1": 4, "b.1": voices}, **BY_GAP)) == ("b.1", 5, 3, "b", False)


@settings(LAW, max_examples=300)
@given(seed=st.integers(0, 10**6))
def test_the_search_finds_what_judging_every_answer_at_every_level_finds(seed: int) -> None:
    dice = Random(seed)  # noqa: S311  a simulation, not a secret
    asked, file = any_firm(dice, most=4)
    found = judge(asked, file, samples=1).robustness.deciding_answer
    assert found == plain_deciding.deciding_answer(asked, file)
