"""Shares of many draws against what the drawing is of, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    NO_ANSWER,
    TODAY,
    answer_file,
    asked,
    everywhere,
    flat,
    judge,
    leaning,
    questionnaire,
)
from it4it_assess.engine.assess import assess
from it4it_assess.engine.sampling import SAMPLES, SEED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.questionnaire import Questionnaire

POINTS = 0.02
"""5,000 draws are within 1.4 points of the true share 19 times in 20; the seed is fixed."""


def shares(
    questionnaire: Questionnaire, answers: Mapping[str, Any] | None = None, **context: Any
) -> dict[str, tuple[float, ...]]:
    robustness = judge(questionnaire, answers, samples=SAMPLES, **context).robustness
    return robustness.rank_shares


def firsts(
    questionnaire: Questionnaire, answers: Mapping[str, Any] | None = None, **context: Any
) -> dict[str, float]:
    found = shares(questionnaire, answers, **context)
    return {name: row[0] for name, row in found.items()}


def by_gap(answers: Mapping[str, Any], **context: Any) -> float:
    """Return how often b, judged by its gap alone, is ahead of a, which stands at level 2."""
    aims = questionnaire(flat("a", 1, target=5), flat("b", 1, target=5))
    return firsts(aims, {"a.1": 2, **answers}, criteria=["gap"], **context)["b"]


def near(share: float) -> Any:
    return pytest.approx(share, abs=POINTS)


def test_an_unknown_answer_may_be_anything_on_the_scale() -> None:
    assert by_gap({"b.1": "unknown"}) == near(0.4)  # below 2 of 0 to 5
    assert by_gap({}) == near(0.4)


def test_an_unsure_answer_may_be_one_step_off() -> None:
    assert by_gap({"b.1": {"level": 2, "unsure": True}}) == near(0.5)  # below 2 of 1 to 3
    assert by_gap({"b.1": {"level": 0, "unsure": True}}) == 1


def test_one_respondents_word_is_taken_for_each_draw() -> None:
    assert by_gap({"b.1": {"by": {"anna": 0, "jo": 5, "sem": 5}}}) == near(1 / 3)
    assert by_gap({"b.1": {"by": {"anna": 1, "jo": "unknown", "sem": 1}}}) == 1


def test_what_was_agreed_is_not_drawn() -> None:
    assert by_gap({"b.1": {"by": {"anna": 0, "jo": 5, "sem": 5}, "agreed": 0}}) == 1
    assert by_gap({"b.1": {"by": {"anna": 0, "jo": 5, "sem": 5}, "agreed": 5}}) == 0


def test_respondents_who_agree_and_are_unsure_leave_the_answer_unsure() -> None:
    unsure = {"level": 2, "unsure": True}
    assert by_gap({"b.1": {"by": {"anna": unsure, "jo": unsure}}}) == near(0.5)


def test_questions_are_drawn_apart_and_weigh_what_they_weigh() -> None:
    aims = questionnaire(flat("a", 1, target=5), flat("b", 2, target=5))
    # half of an even 0 to 5 is below 1 when the draw is below 2
    assert firsts(aims, {"a.1": 1, "b.2": 0}, criteria=["gap"])["b"] == near(0.4)
    # the mean of two even draws is below 1 where they add up to less than 2: in a corner of
    # 2 x 2 / 2 of the square of 5 x 5
    assert firsts(aims, {"a.1": 1}, criteria=["gap"])["b"] == near(0.08)


def test_what_does_not_apply_is_not_drawn() -> None:
    aims = questionnaire(flat("a", 1, target=5), flat("b", 2, target=5))
    assert firsts(aims, {"a.1": 2, "b.1": NO_ANSWER, "b.2": 1}, criteria=["gap"])["b"] == 1


def test_a_gap_beyond_the_target_is_none() -> None:
    # a has none; b has none in the 3 of 5 draws above 2, and a, declared first, stays ahead
    aims = questionnaire(flat("a", 1, target=2), flat("b", 1, target=2))
    assert firsts(aims, {"a.1": 5}, criteria=["gap"])["b"] == near(0.4)


@pytest.mark.parametrize("scale", [range(6), (0, 0.25, 0.5, 1), (1, 2, 3)])
def test_a_gap_is_drawn_on_the_same_five_points_as_the_rest(scale: Sequence[float]) -> None:
    # with w on pain a has 3 w and b, the whole scale below its target, 5 (1 - w): a leads
    # above 5 / 8
    low, high = scale[0], scale[-1]
    pair = questionnaire(flat("a", 1, target=high), flat("b", 1, target=high), scale=scale)
    found = firsts(
        pair,
        {"a.1": high, "b.1": low},
        criteria=[["pain", "gap"]],
        pain={"a": 3, "b": 0},
    )
    assert found["a"] == near(3 / 8)


def test_a_pain_nobody_rated_may_be_anything() -> None:
    # above 4 of 0 to 5
    assert firsts(asked(a=1, b=1), criteria=["pain"], pain={"a": 4})["b"] == near(0.2)


def test_readiness_rated_in_part_is_drawn_in_what_is_left() -> None:
    # b from 5 / 3 to 15 / 3; above 3 in (5 - 3) of 10 / 3
    readiness = {"a": dict.fromkeys(("sponsor", "skills", "openness"), 3), "b": {"sponsor": 5}}
    assert firsts(asked(a=1, b=1), criteria=["readiness"], readiness=readiness)["b"] == near(0.6)


@pytest.mark.parametrize(
    ("weights", "share"),
    [
        ({"pain": 6, "readiness": 4}, 1),  # pain weighs 0.5 to 1, evenly
        ({"pain": 4, "readiness": 6}, 1 / 7),  # 0 to 0.5: (1 / 2 - 3 / 7) of 1 / 2
        ({"pain": 5, "readiness": 5}, 4 / 7),  # 0 to 1
    ],
)
def test_given_weights_are_drawn_in_their_order(weights: dict[str, float], share: float) -> None:
    parts = ("sponsor", "skills", "openness")
    found = firsts(
        asked(a=1, b=1),
        weights=weights,
        pain={"a": 4, "b": 0},
        readiness={"a": dict.fromkeys(parts, 2), "b": dict.fromkeys(parts, 5)},
    )
    # with w on pain a has 4 w + 2 (1 - w) and b has 5 (1 - w): a leads above w = 3 / 7
    assert found["a"] == near(share)


def test_a_criterion_of_no_weight_is_never_drawn() -> None:
    parts = ("sponsor", "skills", "openness")
    found = firsts(
        asked(a=1, b=1),
        weights={"pain": 1, "readiness": 0},
        pain={"a": 4, "b": 3},
        readiness={"a": dict.fromkeys(parts, 2), "b": dict.fromkeys(parts, 5)},
    )
    assert found == {"a": 1, "b": 0}


def test_a_stream_is_behind_in_the_draws_in_which_its_need_is_not_met() -> None:
    gated = questionnaire(
        flat("a", 1),
        flat("b", 1),
        dependencies=[{"stream": "a", "needs": "b", "score": 2}],
    )
    found = firsts(gated, {"a.1": 0}, criteria=["pain"], pain={"a": 5, "b": 0})
    assert found["a"] == near(0.6)  # b is below 2 of 5 in 0.4


def test_a_stream_nobody_sponsors_is_never_first() -> None:
    found = firsts(
        asked(a=1, b=1),
        criteria=["pain"],
        pain={"a": 5, "b": 0},
        readiness={"a": {"sponsor": 1}},
    )
    assert found == {"a": 0, "b": 1}


def test_enabling_is_drawn_with_the_scores_it_rests_on() -> None:
    # b waits for a while a is below 2; else nobody waits, all tie, and b is declared first
    waits = questionnaire(
        flat("b", 1),
        flat("a", 1),
        dependencies=[{"stream": "b", "needs": "a", "score": 2}],
    )
    assert firsts(waits, {"b.1": 0}, criteria=["enabling"])["a"] == near(0.4)


def test_a_stream_that_no_other_leans_on_enables_none_in_the_draws() -> None:
    # nobody waits for a, which is high enough, and nobody could for b: a is declared first
    waits = questionnaire(
        flat("a", 1), flat("b", 1), dependencies=[{"stream": "b", "needs": "a", "score": 2}]
    )
    assert firsts(waits, {"a.1": 5, "b.1": 0}, criteria=["enabling"]) == {"a": 1, "b": 0}


def test_the_priority_of_a_stream_in_which_nothing_applies_still_waits() -> None:
    # judged by enabling alone, a holds d (7.5 of priority) and b holds c (2.5)
    holds = questionnaire(
        *(flat(name, 1) for name in "abcd"),
        dependencies=[
            {"stream": "c", "needs": "b", "score": 2},
            {"stream": "d", "needs": "a", "score": 2},
        ],
    )
    judged = judge(
        holds,
        {**everywhere(holds, 1), "d.1": NO_ANSWER},
        criteria=["enabling"],
        pain={"c": 0, "d": 5},
    )
    assert judged.ranking.first == "a"
    assert judged.robustness.rank_shares["a"] == (1, 0, 0)


@pytest.mark.parametrize("count", range(1, 12))
def test_a_need_just_reached_is_reached_in_every_draw(count: int) -> None:
    # each of so many questions at level 1 makes a score of 1, however its parts are added up
    steady = questionnaire(
        flat("a", 1),
        flat("b", count),
        dependencies=[{"stream": "a", "needs": "b", "score": 1}],
    )
    judged = judge(steady, everywhere(steady, 1), criteria=["pain"], pain={"a": 5, "b": 0})
    assert judged.ranking.first == "a"
    assert judged.robustness.rank_shares == {"a": (1, 0), "b": (0, 1)}


def test_gated_streams_stand_by_value_among_themselves_in_the_draws_too() -> None:
    # a lacks two needs and b one; both stand behind c, and a with more pain before b
    lacking = questionnaire(
        *(flat(name, 1) for name in "abc"),
        *(flat(name, 1, kind="supporting") for name in "st"),
        dependencies=[
            {"stream": "a", "needs": "s", "score": 2},
            {"stream": "a", "needs": "t", "score": 2},
            {"stream": "b", "needs": "s", "score": 2},
        ],
    )
    judged = judge(
        lacking, everywhere(lacking, 1), criteria=["pain"], pain={"a": 5, "b": 4, "c": 0}
    )
    assert [one.id for one in judged.ranking.streams] == ["c", "a", "b"]
    assert judged.robustness.rank_shares == {"a": (0, 1, 0), "b": (0, 0, 1), "c": (1, 0, 0)}


def test_every_rank_is_taken_once_and_every_stream_has_one() -> None:
    found = shares(leaning())
    assert [sum(row) for row in found.values()] == pytest.approx([1, 1, 1])
    assert [sum(column) for column in zip(*found.values(), strict=True)] == pytest.approx(
        [1, 1, 1]
    )


def test_the_same_answers_give_the_same_shares() -> None:
    assert shares(leaning()) == shares(leaning())


def test_an_assessment_says_how_many_draws_and_which_seed() -> None:
    robustness = judge(asked(a=1, b=1), samples=10).robustness
    assert (robustness.samples, robustness.seed) == (10, SEED)
    usual = assess(asked(a=1, b=1), answer_file(), today=TODAY).robustness
    assert usual.samples == SAMPLES


@pytest.mark.parametrize(
    ("pain", "share", "verdict"),
    [
        ({"a": 0.5}, 0.9, "clear"),  # b, unrated, is above 0.5 of 5
        ({"a": 1.5}, 0.7, "leaning"),
        ({"a": 2.2}, 0.56, "leaning"),
    ],
)
def test_the_verdict_follows_from_the_share_of_first_place(
    pain: dict[str, float], share: float, verdict: str
) -> None:
    judged = judge(asked(a=1, b=1), samples=SAMPLES, criteria=["pain"], pain=pain)
    assert judged.ranking.first == "b"
    assert judged.robustness.rank_shares["b"][0] == near(share)
    assert judged.robustness.verdict == verdict


def test_a_pick_that_is_first_in_less_than_half_the_draws_is_contested() -> None:
    judged = judge(asked(a=1, b=1, c=1), samples=SAMPLES, criteria=["pain"])
    assert judged.robustness.rank_shares["a"][0] == near(1 / 3)
    assert judged.robustness.verdict == "contested"
