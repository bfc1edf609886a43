from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    NO_ANSWER,
    answer_file,
    asked,
    component,
    flat,
    initiative,
    judge,
    leaning,
    question,
    questionnaire,
    stream,
)
from it4it_assess.engine.explain import explain, explainable
from it4it_assess.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.explanation import Explanation
    from it4it_assess.model.questionnaire import Questionnaire


@pytest.fixture
def shop() -> Questionnaire:
    """A stream of two components, a lens, a view, a rule and an initiative."""
    return questionnaire(
        stream(
            "a",
            component(
                "a.x",
                question("a.x.1", weight=2, lenses=["safe"]),
                question("a.x.2", v3="run.early"),
            ),
            component("a.y", question("a.y.1", lenses=["safe"]), weight=3),
            target=3,
            initiatives=[
                initiative("base", {"a.x.2": 1}, 2),
                initiative("fix", {"a.x.2": 3, "a.y.1": 2}, 4, needs=["base"]),
            ],
        ),
        flat("b", 1, target=3),
        lenses=[{"id": "safe", "title": "Safe"}],
        views=[
            {
                "id": "whole",
                "title": "Whole",
                "groups": [
                    {
                        "id": "run",
                        "title": "Run",
                        "stages": [{"id": "run.early", "title": "Early"}],
                        "components": ["a.y"],
                    }
                ],
            }
        ],
        target_rules=[
            {"when": {"size": "small"}, "stream": "a", "by": -1, "because": "few hands"}
        ],
    )


ANSWERS = {"a.x.1": 4, "a.x.2": 0, "a.y.1": {"level": 1, "unsure": True}, "b.1": "unknown"}


def told(asked: Questionnaire, what: str, answers: Any = None, **context: Any) -> Explanation:
    return explain(asked, judge(asked, answers, **context), what)


def texts(explanation: Explanation) -> list[str]:
    return [text for _, text in explanation.lines()]


def test_a_component_is_told_with_the_sum_that_makes_it(shop: Questionnaire) -> None:
    found = told(shop, "a.x", ANSWERS)
    # (2 x 4 + 1 x 0) / 3; two thirds reach 1 and more, which is largely and ends there
    assert found.text == (
        "A.X: (2 x 4.000 + 1 x 0.000) / 3 = 2.667; range 2.667 to 2.667, level 1 (1 to 1), "
        "100% answered"
    )
    assert found.value == pytest.approx(8 / 3)
    assert [part.id for part in found.parts] == ["a.x.1", "a.x.2"]


def test_a_stream_is_told_down_to_its_answers(shop: Questionnaire) -> None:
    found = told(shop, "a", ANSWERS)
    assert [(depth, text.partition(":")[0]) for depth, text in found.lines()] == [
        (0, "A"),
        (1, "A.X"),
        (2, "How is a.x.1 done? Level 4, weight 2"),
        (2, "How is a.x.2 done? Level 0, weight 1"),
        (1, "A.Y"),
        (2, "How is a.y.1 done? Level 1, may be 0 to 2, weight 1"),
    ]
    # (1 x 8 / 3 + 3 x 1) / 4
    assert found.text.startswith("A: (1 x 2.667 + 3 x 1.000) / 4 = 1.417; range 0.667 to 2.167")


def test_what_nobody_answered_is_told_as_a_range(shop: Questionnaire) -> None:
    nothing = (
        "no answer yet; range 0.000 to 5.000, level - (0 to 5), 0% answered; "
        "too little answered to show a score"
    )
    assert texts(told(shop, "b", ANSWERS)) == [
        f"B: {nothing}",
        f"B.Part: {nothing}",
        "How is b.1 done? Unknown: anything from 0 to 5, weight 1",
    ]


def test_what_does_not_apply_is_told_with_its_reason() -> None:
    found = told(asked(a=1), "a", {"a.1": {"not_applicable": "no web shop"}})
    assert texts(found) == [
        "A: nothing here applies",
        "A.Part: nothing here applies",
        "How is a.1 done? Does not apply: no web shop, weight 1",
    ]
    assert found.value is None


def test_what_does_not_apply_is_not_in_the_sum() -> None:
    found = told(asked(a=2), "a.part", {"a.1": 3, "a.2": NO_ANSWER})
    assert found.text.startswith("A.Part: (1 x 3.000) / 1 = 3.000; ")


def test_every_voice_is_told_under_its_name() -> None:
    file = answer_file(
        {
            "a.1": {
                "by": {
                    "jo": {"level": 3, "unsure": True, "note": "on Fridays"},
                    "bo": 1,
                    "cy": "unknown",
                }
            }
        },
        respondents={"jo": {"name": "Jo Bakker"}, "bo": {"role": "owner"}},
    )
    found = explain(asked(a=1), judge(asked(a=1), file), "a.1")
    # lows 1 and 2, highs 1 and 4
    assert found.text == "How is a.1 done? Level 1 (lower middle of 2), weight 1"
    assert [part.text for part in found.parts] == [
        "Jo Bakker: 3, unsure (on Fridays)",
        "bo: 1",
        "cy: no level",
    ]
    assert [part.value for part in found.parts] == [3, 1, None]


def test_how_far_apart_the_voices_are_is_told_by_itself() -> None:
    found = told(asked(a=1), "agreement.a.1", {"a.1": {"by": {"jo": 3, "bo": 1}}})
    assert texts(found) == [
        "How is a.1 done? Levels 3 1",
        # the median of 1 and 3 is 2, each is 1 away
        "mean distance from the median 1.000",
        # 1 + log2(1 - 1 / 5), for each is 1 of 5 from the mean
        "consensus 0.678, from 0, split at the extremes, to 1, of one mind (Tastle and Wierman)",
    ]


def test_what_was_agreed_is_told_with_the_voices_behind_it() -> None:
    file = answer_file(
        {"a.1": {"by": {"jo": 3, "bo": 1, "cy": "unknown"}, "agreed": 2, "note": "looked it up"}},
        respondents={"jo": {"name": "Jo Bakker"}},
    )
    found = explain(asked(a=1), judge(asked(a=1), file), "a.1")
    assert found.value == 2
    assert found.text == (
        "How is a.1 done? Agreed at 2 by the workshop (looked it up); "
        "voices Jo Bakker 3, bo 1, cy no level, weight 1"
    )


def test_one_voice_alone_is_in_the_middle_of_nothing() -> None:
    found = told(asked(a=1), "a.1", {"a.1": {"by": {"jo": 3}}})
    assert found.text == "How is a.1 done? Level 3, weight 1"


def test_a_lens_and_a_group_of_a_view_are_told_by_their_names(shop: Questionnaire) -> None:
    safe, run = told(shop, "safe", ANSWERS), told(shop, "run", ANSWERS)
    assert safe.text.startswith("Safe: (2 x 4.000 + 1 x 1.000) / 3 = 3.000; ")
    assert [part.id for part in safe.parts] == ["a.x.1", "a.y.1"]
    # stage early 0, component y with its weight of 3
    assert run.text.startswith("Run: (1 x 0.000 + 3 x 1.000) / 4 = 0.750; ")
    assert [part.id for part in run.parts] == ["run.early", "a.y"]


def test_a_place_is_told_criterion_by_criterion() -> None:
    found = told(asked(a=1), "rank.a", {"a.1": 1}, weights={"pain": 3, "gap": 1}, pain={"a": 4})
    assert found.text == "1. A: 0.600 + 0.000 + 0.100 + 0.000 + 0.000 + 0.000 = 0.700"
    parts = {part.id: part.text for part in found.parts}
    assert parts["rank.a.pain"] == "pain: weight 0.750 x 4.00 of 5 = 0.600; rated 4 of 5"
    assert parts["rank.a.gap"] == (
        "gap: weight 0.250 x 2.00 of 5 = 0.100; scores 1.0 against a target of 3"
    )


def test_gates_are_told_with_the_place() -> None:
    found = told(leaning(), "rank.b", readiness={"b": {"sponsor": 0}}, answers={"a.1": 1})
    assert texts(found)[-2:] == [
        "Gate: its sponsor is rated 0 of 5; it needs somebody who backs it",
        "Gate: A scores 1.0 and should reach 2 first. First things first.",
    ]


def test_the_ranking_is_told_place_by_place() -> None:
    found = told(asked(a=1, b=1), "rank", pain={"b": 5})
    assert found.text == "First: B. Highest value among the streams without a gate."
    assert [part.id for part in found.parts] == ["rank.b", "rank.a"]


def test_a_ranking_without_a_first_is_told_so() -> None:
    found = told(asked(a=1), "rank", readiness={"a": {"sponsor": 0}})
    assert found.text.startswith("First: none.")


def test_weights_are_told_with_where_they_come_from() -> None:
    ordered = told(asked(a=1), "weights", criteria=["gap", "pain"])
    assert ordered.text.startswith("Rank-order centroids of 2 criteria")
    assert {part.id: part.value for part in ordered.parts}["weights.gap"] == 0.75
    given = told(asked(a=1), "weights", weights={"gap": 1, "pain": 1})
    assert given.text.startswith("Weights scaled to add up to 1")
    tied = told(asked(a=1), "weights", criteria=["gap", ["pain", "goals"]])
    assert "tied criteria share the mean of their places" in tied.text
    assert [found.value for found in (ordered, given, tied)] == pytest.approx([1, 1, 1])


def test_targets_are_told_step_by_step(shop: Questionnaire) -> None:
    found = told(shop, "targets", ANSWERS, targets={"b": 4})
    assert texts(found)[1:] == [
        "A: 2",
        "usual target 3",
        "-1: few hands",
        "B: 4",
        "set by the firm",
    ]
    assert [part.value for part in found.parts] == [2, 4]


def test_the_roadmap_is_told_initiative_by_initiative(shop: Questionnaire) -> None:
    found = told(shop, "roadmap", ANSWERS)
    assert found.text == "6 days over 4 quarters, for a small firm"
    assert [part.id for part in found.parts] == ["base", "fix"]


def test_an_initiative_is_told_with_what_it_lifts_and_needs(shop: Questionnaire) -> None:
    context = {"criteria": ["pain"], "pain": {"a": 5}}
    found = told(shop, "fix", ANSWERS, **context)
    # to the target of 2: a.x.2 from 1, of 1 / 3 x 1 / 4 of a; a.y.1 from 1, of 3 / 4 of a
    assert found.value == pytest.approx((1 / 12 + 3 / 4) / 5)
    assert texts(found) == [
        "Fix: quarter 1, 4 days, value 0.1667, 0.0417 a day",
        "lifts How is a.x.2 done? 1 to 3",
        "lifts How is a.y.1 done? 1 to 2",
        "after base",
    ]


def test_an_initiative_left_out_is_told_with_the_reason(shop: Questionnaire) -> None:
    found = told(shop, "fix", ANSWERS, capacity={"days_per_quarter": 3})
    assert found.text.startswith("Fix: left out: takes 4 days, and a quarter has 3, 4 days, ")


def test_an_unknown_answer_is_lifted_from_unknown() -> None:
    lifts = questionnaire(flat("a", 2, target=3, initiatives=[initiative("fix", {"a.1": 3})]))
    found = told(lifts, "fix", {"a.1": "unknown", "a.2": 0})
    assert texts(found)[1] == "lifts How is a.1 done? unknown to 3"


def test_a_gap_is_told_as_a_difference_with_both_ends(shop: Questionnaire) -> None:
    found = told(shop, "gap.a", ANSWERS)
    # the target is 3 - 1 and the score (8 / 3 + 3) / 4 = 17 / 12
    assert found.text == "A: target 2 - score 1.417 = 0.583"
    assert found.value == pytest.approx(7 / 12)
    assert [part.id for part in found.parts] == ["targets.a", "a"]
    assert told(shop, "gap.b", ANSWERS).text == "B: no score yet, so no gap"


def test_a_gap_below_nought_is_none(shop: Questionnaire) -> None:
    found = told(shop, "gap.b", {"b.1": 5})
    assert found.text == "B: target 3 - score 5.000 = 0.000 (never below nought)"


def test_a_quarter_is_told_with_its_work_and_the_scores_at_its_end(shop: Questionnaire) -> None:
    context = {"criteria": ["pain"], "pain": {"a": 5}}
    found = told(shop, "roadmap.q1", ANSWERS, **context)
    assert found.text == "Quarter 1, 2026-12-01 to 2027-02-28: 2 + 4 = 6 of 20 days"
    assert [part.id for part in found.parts][:2] == ["base", "fix"]
    scores = {part.id: part.value for part in found.parts[2:]}
    # a.x is (2 x 4 + 3) / 3 and a.y is 2: (11 / 3 + 3 x 2) / 4
    assert scores["roadmap.q1.a"] == pytest.approx((11 / 3 + 6) / 4)


def test_money_is_told_as_the_sums_it_comes_from(shop: Questionnaire) -> None:
    context = {
        "criteria": ["pain"],
        "pain": {"a": 5},
        "capacity": {"day_rate": 500},
        "money": {"hours_lost_per_month": 6, "cost_per_hour": 40},
    }
    assert told(shop, "money.plan", ANSWERS, **context).text == "6 days x 500 = 3000 EUR"
    assert told(shop, "money.lost", ANSWERS, **context).text == (
        "By your own estimate: 6 hours a month x 12 = 72 hours a year x 40 = 2880 EUR"
    )


def test_sureness_is_told_in_trials_and_by_what_would_change_it() -> None:
    found = told(asked(a=1, b=1), "sureness", {"a.1": 2, "b.1": 2}, pain={"a": 5, "b": 1})
    assert found.text.startswith("Clear: 20 draws from seed 1, each with weights that keep ")
    assert found.value == 1
    assert texts(found)[1:3] == [
        "A: first in 20 of 20 draws = 1.0000",
        "B: first in 0 of 20 draws = 0.0000",
    ]


def test_agreement_is_told_with_the_middle_of_each_role() -> None:
    file = answer_file(
        {"a.1": {"by": {"jo": 3, "bo": 1}}},
        respondents={"jo": {"role": "it"}, "bo": {"role": "owner"}},
    )
    found = explain(asked(a=1), judge(asked(a=1), file), "agreement.a")
    assert found.text.startswith("A: 1 shared questions, alpha none. ")
    assert [part.text for part in found.parts] == [
        "it: the median of the levels they gave is 3",
        "owner: the median of the levels they gave is 1",
    ]


def test_a_name_nothing_answers_to_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"'a.prt'; did you mean a.part\?"):
        told(asked(a=1), "a.prt")
    with pytest.raises(UnknownNameError, match="try overall, rank or a stream's id"):
        told(asked(a=1), "zzz")


def shown(judged: Assessment) -> dict[str, tuple[float | None, float]]:
    """Return every score an assessment shows, with the coverage that carries it."""
    card = judged.scorecard
    scores = {"overall": card.overall}
    for one in card.streams:
        scores |= {one.id: one, **{part.id: part for part in one.components}}
    scores |= {one.id: one for one in card.lenses}
    scores |= {one.id: one for groups in card.views.values() for one in groups}
    return {name: (one.score, one.coverage) for name, one in scores.items()}


def numbers(judged: Assessment) -> dict[str, float | None]:
    """Return every number of an assessment that has a name, scores aside."""
    return {
        **{f"rank.{place.id}": place.value for place in judged.ranking.streams},
        **{name: reading.level for name, reading in judged.readings.items()},
        **{job.id: job.value for job in judged.roadmap.initiatives},
        "roadmap": judged.roadmap.days,
        "weights": 1.0,
    }


@pytest.mark.parametrize("name", ["bakery", "agency", "manufacturer"])
def test_every_number_of_an_assessment_is_explained_by_itself(
    shipped: Questionnaire, example: Callable[[str], Assessment], name: str
) -> None:
    judged = example(name)
    tellers = explainable(shipped, judged)
    explained = {what: tell() for what, tell in tellers.items()}
    for what, (score, coverage) in shown(judged).items():
        assert (score == explained[what].value) or (score is None and coverage < 0.6)
    for what, number in numbers(judged).items():
        assert explained[what].value == (pytest.approx(number) if number is not None else None)
    streams = [one.id for one in judged.scorecard.streams]
    ranked = [one.id for one in judged.ranking.streams]
    assert set(explained) == {
        *shown(judged),
        *numbers(judged),
        *("rank", "targets", "sureness", "money.plan"),
        *(f"{kind}.{one}" for kind in ("gap", "targets", "agreement") for one in streams),
        *(
            f"agreement.{name}"
            for name, reading in judged.readings.items()
            if reading.consensus is not None
        ),
        *(f"sureness.{one}" for one in ranked),
        *(f"weights.{criterion}" for criterion in judged.ranking.weights),
        *(f"rank.{one}.{criterion}" for one in ranked for criterion in judged.ranking.weights),
        *(f"roadmap.q{wave.quarter}" for wave in judged.roadmap.waves),
        *(f"indicator.{name}" for name in judged.indicators),
    }


@pytest.mark.parametrize("what", ["a", "a.x", "safe", "run", "overall", "rank", "roadmap"])
def test_parts_are_explained_as_they_are_on_their_own(shop: Questionnaire, what: str) -> None:
    judged = judge(shop, ANSWERS)
    known = explainable(shop, judged)
    for part in explain(shop, judged, what).parts:
        if part.id in known:
            assert explain(shop, judged, part.id) == part
