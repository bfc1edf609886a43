"""What triage asks, when it stops, how sure it is: by hand, and on simulated firms."""

from __future__ import annotations

from statistics import NormalDist, median
from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    NO_ANSWER,
    altered,
    answer_file,
    asked,
    component,
    everywhere,
    flat,
    initiative,
    judge,
    leaning,
    question,
    questionnaire,
    ranked,
    stream,
)
from conftest import EXAMPLES
from firms import simulated
from it4it_assess.engine.beliefs import believe, hear
from it4it_assess.engine.foresight import days_lines, set_out, standings
from it4it_assess.engine.reading import read_answers
from it4it_assess.engine.triage import OPENING, SURE, explained, inquire, look, opening, triage
from it4it_assess.engine.workload import DaysLine, days_line
from it4it_assess.files.load import load_answers
from triage_bench import told, triaged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.engine.triage import Triage
    from it4it_assess.model.questionnaire import Questionnaire


def step(asks: Questionnaire, answers: Mapping[str, Any] | None = None, **context: Any) -> Triage:
    return triage(asks, answer_file(answers, **context))


def by_gap(
    asks: Questionnaire, answers: Mapping[str, Any] | None = None, **context: Any
) -> Triage:
    """Triage where the gap alone decides: the lowest stream is first."""
    return step(asks, answers, criteria=["gap"], **context)


def sitting(asks: Questionnaire, full: Mapping[str, Any], **context: Any) -> list[Triage]:
    """Answer what triage asks till it stops; every question must be an open one."""
    given: dict[str, Any] = {}
    steps = []
    while True:
        now = step(asks, given, **context)
        steps.append(now)
        if now.question is None:
            return steps
        assert now.question not in given
        given[now.question] = full[now.question]


HIGH_AIMS = questionnaire(flat("a", 1, target=5), flat("b", 1, target=5))


# The pick and how sure it is


def test_how_sure_it_is_of_two_streams_of_one_question_each() -> None:
    # a stands at 2, and by the gap b is first where it comes out below that.
    shares = {"a.1": 1.0, "b.1": 1.0}
    heard = {one.id: hear(one, {"a.1": 2}, shares, HIGH_AIMS.values) for one in HIGH_AIMS.streams}
    below_two = 0.0
    for one in believe(heard, HIGH_AIMS.values):
        at, slope, variance = one.streams["b"].score
        mean, wide = at + slope * one.firm.mean, (variance + slope**2 * one.firm.variance) ** 0.5
        below_two += one.chance * NormalDist(mean, wide).cdf(2)
    found = by_gap(HIGH_AIMS, {"a.1": 2})
    assert found.first == "b"
    assert found.confidence == pytest.approx(below_two, abs=0.03)
    assert (found.question, found.asked, found.left) == ("b.1", 1, 1)


def test_it_is_certain_when_everything_is_answered() -> None:
    assert by_gap(HIGH_AIMS, {"a.1": 2, "b.1": 1}) == (None, "b", 1.0, 2, 0)
    assert by_gap(HIGH_AIMS, {"a.1": 2, "b.1": 2}) == (None, "a", 1.0, 2, 0)  # a tie: declared


def test_an_answer_may_be_unsure_or_of_several_voices() -> None:
    said = {"a.1": {"level": 2, "unsure": True}, "b.1": {"by": {"jo": 1, "anna": 1}}}
    assert by_gap(HIGH_AIMS, said) == (None, "b", 1.0, 2, 0)


def test_each_answer_in_a_row_makes_it_surer() -> None:
    wide = questionnaire(flat("a", 12, target=5), flat("b", 12, target=5))
    low, high = everywhere(wide, 1, b=None), everywhere(wide, 3, a=None)
    sure = [
        by_gap(wide, dict([*list(low.items())[:count], *list(high.items())[:count]])).confidence
        for count in (0, 2, 5, 9)
    ]
    assert sure == sorted(sure)
    assert sure[0] < 0.6
    assert sure[-1] > SURE


def test_unknown_answers_leave_it_in_doubt_and_are_not_asked_again() -> None:
    wide = questionnaire(flat("a", 6, target=5), flat("b", 6, target=5))
    known = everywhere(wide, 2, b=3)
    unsaid = {**known, **{f"b.{number}": "unknown" for number in range(2, 7)}}
    assert by_gap(wide, known) == (None, "a", 1.0, 12, 0)
    found = by_gap(wide, unsaid)
    assert (found.question, found.first, found.asked, found.left) == (None, "a", 12, 0)
    assert 0.5 < found.confidence < 1


def test_where_nobody_knows_anything_it_ends_with_the_pick_of_the_assessment() -> None:
    nothing = dict.fromkeys(leaning().questions, "unknown")
    last = sitting(leaning(), nothing)[-1]
    assert last.asked <= 4
    assert last.first == ranked(leaning(), nothing).first


def test_scales_in_other_units_give_the_same() -> None:
    tens = questionnaire(flat("a", 4), flat("b", 4), scale=range(10, 70, 10))
    ones = asked(a=4, b=4)
    said = {"a.1": 1, "b.1": 3, "b.2": 2}
    assert by_gap(tens, {name: 10 + 10 * level for name, level in said.items()}) == by_gap(
        ones, said
    )


def test_an_uneven_scale_of_three_is_triaged_too() -> None:
    short = questionnaire(flat("a", 3), flat("b", 3), scale=(0, 1, 4))
    full = everywhere(short, 4, b=1)
    assert sitting(short, full, criteria=["gap"])[-1].first == "b"


def test_a_questionnaire_may_leave_criteria_out() -> None:
    few = altered(asked(a=2, b=2), criteria=[{"id": "gap", "title": "Gap"}])
    assert sitting(few, everywhere(few, 2, b=1))[-1].first == "b"


# What cannot change


def test_a_single_stream_needs_no_question() -> None:
    assert step(asked(a=5)) == (None, "a", 1.0, 0, 0)


def test_a_stream_in_which_nothing_applies_is_no_rival() -> None:
    gone = {"b.1": NO_ANSWER, "b.2": NO_ANSWER}
    assert step(asked(a=3, b=2), gone) == (None, "a", 1.0, 2, 0)
    assert step(asked(b=2), gone) == (None, None, 1.0, 2, 0)


def test_where_only_a_supporting_stream_applies_none_is_first() -> None:
    asks = questionnaire(flat("a", 1), flat("s", 2, kind="supporting"))
    assert step(asks, {"a.1": NO_ANSWER}) == (None, None, 1.0, 1, 0)


def test_a_stream_without_sponsor_is_never_first() -> None:
    asks = asked(a=8, b=8, c=8)
    full = everywhere(asks, 4, b=0)
    context = {"criteria": ["gap"], "readiness": {"b": {"sponsor": 1}}}
    steps = sitting(asks, full, **context)
    assert all(one.first in {"a", "c"} for one in steps)
    assert all(one.question is None or not one.question.startswith("b.") for one in steps)


def test_where_no_stream_has_a_sponsor_none_is_first_and_nothing_is_asked() -> None:
    nobody = {name: {"sponsor": 0} for name in "ab"}
    assert step(asked(a=3, b=3), readiness=nobody) == (None, None, 1.0, 0, 0)


def test_a_stream_that_waits_for_another_is_in_doubt_till_that_one_is_known() -> None:
    # b alone has a sponsor, but waits for a to reach 2.
    unled = {"readiness": {name: {"sponsor": 0} for name in "ac"}}
    found = step(leaning(), {"b.1": 0}, **unled)
    assert found.question == "a.1"
    assert found.first in {"b", None}
    assert found.confidence < 0.8
    assert step(leaning(), {"a.1": 1, "b.1": 0, "c.1": 0, "s.1": 0}, **unled).first is None
    assert step(leaning(), {"a.1": 2, "b.1": 0, "c.1": 0, "s.1": 0}, **unled).first == "b"


# What is asked


def test_the_opening_hears_every_stream_and_essential_questions_first() -> None:
    asks = questionnaire(
        *(
            stream(
                name,
                component(
                    f"{name}.part",
                    *(
                        question(f"{name}.{number}", essential=number % 2 == 0)
                        for number in range(1, 13)
                    ),
                ),
            )
            for name in "abc"
        )
    )
    assert opening(asks.streams) == [
        *("a.2", "a.4", "a.8", "a.10"),  # of the six essential ones, the 1st, 2nd, 4th and 5th
        *("b.2", "b.6", "b.10"),
        *("c.2", "c.6", "c.10"),
    ]


def test_the_shipped_questionnaire_opens_with_two_essential_questions_a_stream(
    shipped: Questionnaire,
) -> None:
    first = opening(shipped.streams)
    assert len(first) == OPENING
    assert all(shipped.questions[name].essential for name in first)
    assert all(
        sum(shipped.stream_of[name] is one for name in first) == 2 for one in shipped.streams
    )
    assert len({shipped.component_of[name].id for name in first}) == OPENING


def test_how_much_of_which_is_first_a_score_explains() -> None:
    # Scores 0 to 3 about their mean: -1.5 -0.5 0.5 1.5; their variance is 1.25. Those of a
    # add up to -2 and those of b to 2, a fourth of it each: (0.5^2 + 0.5^2) / 1.25.
    assert explained([0, 1, 2, 3], ["a", "a", "b", "b"]) == pytest.approx(0.4)
    assert explained([0, 1, 2, 3], ["a", "b", "b", "a"]) == 0
    assert explained([2, 2], ["a", "b"]) == 0


def test_it_asks_where_the_answer_can_change_the_pick() -> None:
    # c hurts nobody and pain weighs most: only a and b can be first.
    asks = asked(a=20, b=20, c=20)
    context = {"criteria": ["pain", "gap"], "pain": {"a": 5, "b": 5, "c": 0}}
    full = {name: 1 + number % 3 for number, name in enumerate(asks.questions)}
    given = {name: full[name] for name in opening(asks.streams)}
    found = step(asks, given, **context)
    assert found.question is not None
    assert found.question[0] in "ab"


def test_it_asks_only_among_those_that_may_be_asked() -> None:
    asks = asked(a=4, b=4)
    inquiry = inquire(asks, answer_file({}, criteria=["gap"]))
    assert look(inquiry, {}).question == "a.1"
    assert look(inquiry, {}, {"b.3", "b.4"}).question in {"b.3", "b.4"}
    nothing = look(inquiry, {}, ())
    assert nothing.question is None
    assert nothing.left == 8


def test_it_stops_once_it_is_sure_but_not_before_its_opening_is_through() -> None:
    wide = questionnaire(flat("a", 12, target=5), flat("b", 12, target=5))
    given = everywhere(wide, 1, b=4)
    for name in ("a.2", "a.4", "b.2", "b.4"):  # the opening asks 1, 3, 5, 8 and 10 of each
        del given[name]
    done = by_gap(wide, given)
    assert (done.question, done.first, done.asked, done.left) == (None, "a", 20, 4)
    assert SURE < done.confidence < 1
    del given["b.8"]
    assert by_gap(wide, given).question == "b.8"


def test_it_goes_on_while_it_is_not_sure() -> None:
    wide = questionnaire(flat("a", 12, target=5), flat("b", 12, target=5))
    given = everywhere(wide, 2)
    for name in ("a.2", "a.4", "b.2", "b.4"):
        del given[name]
    found = by_gap(wide, given)
    assert found.confidence < SURE
    assert found.question in {"a.2", "a.4", "b.2", "b.4"}


def test_it_stops_when_what_may_be_asked_can_change_nothing() -> None:
    # All in doubt is between a and b, and only c, in which a level is worth nothing, is open.
    asks = questionnaire(*(flat(name, 6, target=5) for name in "ab"), flat("c", 6, target=0))
    unsaid = dict.fromkeys(["a.1", "b.1"], "unknown")
    given = {**everywhere(asks, 2, c=None), **unsaid, "c.1": 2, "c.3": 2, "c.5": 2, "c.6": 2}
    found = by_gap(asks, given)
    assert found.question is None
    assert found.confidence < SURE
    assert found.left == 2


# Days


def test_days_lie_on_a_line_through_the_cases() -> None:
    assert days_line([(1, 50), (2, 30)]) == DaysLine(score=1.5, days=40, slope=-20, off=0)
    # (1, 10), (2, 40), (3, 10): flat at 20, off by -10, 20 and -10; 600 over 3 - 2.
    bent = days_line([(1, 10), (2, 40), (3, 10)])
    assert tuple(bent) == pytest.approx((2, 20, 0, 600**0.5))
    assert days_line([(1, 10), (1, 20)]).slope == 0
    assert days_line([]) == DaysLine(0, 0, 0, 0)


def test_with_nothing_open_the_days_are_the_real_ones(shipped: Questionnaire) -> None:
    for name in ("agency", "bakery", "manufacturer"):
        answers = load_answers(EXAMPLES / f"{name}.yaml", shipped)
        setting, readings = set_out(shipped, answers), read_answers(shipped, answers)
        lines = days_lines(setting, readings, [], [*believe({}, shipped.values)])
        for stream_id, standing in standings(setting, readings).items():
            assert lines[stream_id].days == pytest.approx(standing.days)
            assert lines[stream_id].off == pytest.approx(0)


def test_work_that_takes_longer_tells_against_a_stream() -> None:
    asks = questionnaire(
        flat("a", 4, initiatives=[initiative("long", {"a.1": 5, "a.2": 5, "a.3": 5}, 90)]),
        flat("b", 4, initiatives=[initiative("short", {"b.1": 5, "b.2": 5, "b.3": 5}, 1)]),
    )
    found = step(asks, {"a.1": 1, "b.1": 1}, criteria=["effort"])
    assert found.first == "b"
    assert found.confidence > 0.9


# Held against the full interview


@pytest.mark.parametrize("name", ["agency", "bakery", "manufacturer"])
def test_with_all_of_an_example_answered_it_names_what_the_assessment_names(
    shipped: Questionnaire, name: str
) -> None:
    answers = load_answers(EXAMPLES / f"{name}.yaml", shipped)
    found = triage(shipped, answers)
    assert (found.question, found.left) == (None, 0)
    assert found.first == judge(shipped, answers).ranking.first


def test_the_same_answers_give_the_same_step(shipped: Questionnaire) -> None:
    answers = load_answers(EXAMPLES / "bakery.yaml", shipped)
    some = answers.model_copy(update={"answers": dict([*answers.answers.items()][::9])})
    assert triage(shipped, some) == triage(shipped, some)


def test_few_questions_name_the_stream_that_all_would(shipped: Questionnaire) -> None:
    done = [triaged(firm) for firm in simulated(shipped, 20, seed=3)]
    sure, right = told(done)
    assert right >= 0.9
    assert sure == pytest.approx(right, abs=0.1)
    assert median(case.path[-1].asked for case in done) <= 0.4 * len(shipped.questions)
    early, earlier = told(done, 10), told(done, 0)
    assert early[0] > earlier[0]
    assert early[0] == pytest.approx(early[1], abs=0.2)
