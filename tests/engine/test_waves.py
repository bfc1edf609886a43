from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    NO_ANSWER,
    PRIZED,
    answer_file,
    everywhere,
    flat,
    improvable,
    initiative,
    judge,
    planned,
    questionnaire,
)
from it4it_assess.engine.assess import assess

if TYPE_CHECKING:
    from it4it_assess.model.assessment import PlannedInitiative, Roadmap
    from it4it_assess.model.questionnaire import Questionnaire

NOUGHT = {"a.1": 0, "a.2": 0, "a.3": 0}


def quarters(roadmap: Roadmap) -> dict[str, int | None]:
    return {work.id: work.quarter for work in roadmap.initiatives}


def room(days: float, quarters: int = 4, **more: Any) -> dict[str, Any]:
    return {"days_per_quarter": days, "quarters": quarters, **more}


# Quarters and capacity


def test_work_fills_the_quarters_by_value_a_day() -> None:
    lifts = [
        initiative("slow", {"a.1": 3}, 4),
        initiative("fast", {"a.2": 3}, 2),
        initiative("small", {"a.3": 1}, 1),
    ]
    roadmap = judge(improvable(*lifts), NOUGHT, capacity=room(5), **PRIZED).roadmap
    # a day brings 0.75, 1.5 and 1 of 3: fast and small fill 3 of 5, slow needs 4
    assert quarters(roadmap) == {"fast": 1, "small": 1, "slow": 2}
    assert [wave.initiatives for wave in roadmap.waves] == [("fast", "small"), ("slow",), (), ()]
    assert [wave.days for wave in roadmap.waves] == [3, 4, 0, 0]
    assert [wave.capacity for wave in roadmap.waves] == [5] * 4
    assert roadmap.days == 7


def test_a_roadmap_lists_each_work_once_by_quarter_and_last_what_is_left_out() -> None:
    lifts = [
        initiative("large", {"a.1": 3}, 4),
        initiative("fits", {"a.2": 1}, 2),
        initiative("late", {"a.3": 2}, 3),
        initiative("never", {"a.3": 3}, 9),
    ]
    roadmap = judge(improvable(*lifts), NOUGHT, capacity=room(6), **PRIZED).roadmap
    # a day brings 3 / 4, 1 / 2, 2 / 3 and 3 / 9: large, late, fits, never. Beside large there
    # are 2 days, in which late finds no room and fits does
    assert [(work.id, work.quarter) for work in roadmap.initiatives] == [
        ("large", 1),
        ("fits", 1),
        ("late", 2),
        ("never", None),
    ]


def test_a_later_wave_may_still_use_what_the_first_left_over() -> None:
    pair = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("first", {"a.1": 3}, 3)]),
        flat("b", 1, target=3, initiatives=[initiative("other", {"b.1": 3}, 2)]),
    )
    judged = judge(pair, everywhere(pair, 0), pain={"a": 5, "b": 1}, capacity=room(5))
    assert quarters(judged.roadmap) == {"first": 1, "other": 1}


def test_the_first_wave_is_for_the_first_stream_and_what_it_needs() -> None:
    pair = questionnaire(
        flat(
            "a",
            2,
            target=3,
            initiatives=[
                initiative("need", {"a.1": 1}, 3),
                initiative("rich", {"a.2": 3}, 2),
            ],
        ),
        flat("b", 1, target=3, initiatives=[initiative("aim", {"b.1": 1}, 3, needs=["need"])]),
    )
    judged = judge(
        pair, everywhere(pair, 0), criteria=["pain"], pain={"a": 4, "b": 5}, capacity=room(6)
    )
    # need and aim bring 0.5 x 0.8 + 1 for 6 days, rich 1.5 x 0.8 for 2: richer, and not b's
    assert judged.ranking.first == "b"
    assert judged.roadmap.waves[0].initiatives == ("need", "aim")
    assert judged.roadmap.waves[1].initiatives == ("rich",)


def test_work_of_the_first_stream_that_serves_another_waits_its_turn() -> None:
    # own and idle are b's; idle lifts nothing in b, only top in a needs it, and rich is worth more
    pair = questionnaire(
        flat(
            "a",
            2,
            target=3,
            initiatives=[
                initiative("top", {"a.1": 1}, 2, needs=["idle"]),
                initiative("rich", {"a.2": 3}, 1),
            ],
        ),
        flat(
            "b",
            2,
            target=3,
            initiatives=[initiative("own", {"b.1": 3}, 3), initiative("idle", {"b.2": 4}, 1)],
        ),
    )
    judged = judge(
        pair, {**everywhere(pair, 0), "b.2": 3}, pain={"a": 0, "b": 5}, capacity=room(4, 2)
    )
    assert judged.ranking.first == "b"
    assert quarters(judged.roadmap) == {"own": 1, "rich": 1, "idle": 2, "top": 2}


def test_when_all_are_gated_the_first_wave_is_for_the_most_valued() -> None:
    # a and b lean on s, which nothing lifts: both gated, b the more valued
    gated = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("fix-a", {"a.1": 3}, 1)]),
        flat("b", 1, target=3, initiatives=[initiative("fix-b", {"b.1": 3}, 5)]),
        flat("s", 1, kind="supporting"),
        dependencies=[{"stream": one, "needs": "s", "score": 2} for one in "ab"],
    )
    judged = judge(
        gated, everywhere(gated, 0), criteria=["pain"], pain={"a": 4, "b": 5}, capacity=room(5)
    )
    assert judged.ranking.first is None
    assert quarters(judged.roadmap) == {"fix-b": 1, "fix-a": 2}


def test_nothing_comes_before_what_it_needs() -> None:
    chain = [
        initiative("one", {"a.1": 1}, 3),
        initiative("two", {"a.1": 2}, 3, needs=["one"]),
        initiative("three", {"a.1": 3}, 3, needs=["two"]),
    ]
    roadmap = judge(improvable(*chain), NOUGHT, capacity=room(4), **PRIZED).roadmap
    assert quarters(roadmap) == {"one": 1, "two": 2, "three": 3}


def test_work_longer_than_a_quarter_says_so() -> None:
    found = planned(
        improvable(initiative("long", {"a.1": 3}, 9)), NOUGHT, capacity=room(5), **PRIZED
    )
    assert found["long"].quarter is None
    assert found["long"].left_out_because == "takes 9 days, and a quarter has 5"


def test_work_without_room_says_so() -> None:
    lifts = [initiative("one", {"a.1": 3}, 4), initiative("two", {"a.2": 3}, 5)]
    found = planned(improvable(*lifts), NOUGHT, capacity=room(5, 1), **PRIZED)
    assert (found["one"].quarter, found["one"].left_out_because) == (1, "")
    assert found["two"].left_out_because == "does not fit in the days the plan has"


def test_a_firm_without_days_plans_nothing() -> None:
    judged = judge(
        improvable(initiative("one", {"a.1": 3})), NOUGHT, capacity=room(0, 2), **PRIZED
    )
    assert quarters(judged.roadmap) == {"one": None}
    assert judged.roadmap.days == 0
    assert [wave.days for wave in judged.roadmap.waves] == [0, 0]


# What is left out


def test_work_that_other_planned_work_makes_idle_is_dropped() -> None:
    lifts = [
        initiative("small", {"a.1": 2}, 2),
        initiative("whole", {"a.1": 3, "a.2": 3}, 3),
    ]
    # whole brings 6 for 3 days and goes first; small then lifts nothing
    assert quarters(judge(improvable(*lifts), NOUGHT, **PRIZED).roadmap) == {"whole": 1}


def test_work_is_idle_after_earlier_quarters_and_not_after_what_is_worth_more_a_day() -> None:
    pair = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("first", {"a.1": 3}, 4)]),
        flat(
            "b",
            3,
            target=3,
            initiatives=[
                initiative("short", {"b.3": 3}, 1),
                initiative("both", {"b.1": 3, "b.2": 3}, 4),
                initiative("one", {"b.1": 3}, 3),
                initiative("two", {"b.2": 3}, 3),
            ],
        ),
    )
    judged = judge(pair, everywhere(pair, 0), pain={"a": 5, "b": 1}, capacity=room(4))
    # first fills quarter one and short a day of quarter two. both (6 / 4 a day) comes before one
    # and two (3 / 3) and has no room beside short, one has. In quarter three both then lifts b.2
    # only, and in quarter four two lifts nothing
    assert quarters(judged.roadmap) == {"first": 1, "short": 2, "one": 2, "both": 3}


def test_a_question_that_does_not_apply_keeps_no_work_from_being_idle() -> None:
    lifts = [
        initiative("small", {"a.1": 2, "a.3": 3}, 2),
        initiative("whole", {"a.1": 3, "a.2": 3}, 3),
    ]
    answers = {**NOUGHT, "a.3": NO_ANSWER}
    assert quarters(judge(improvable(*lifts), answers, **PRIZED).roadmap) == {"whole": 1}


def test_work_that_still_lifts_something_else_is_kept() -> None:
    lifts = [
        initiative("small", {"a.1": 2, "a.3": 1}, 2),
        initiative("whole", {"a.1": 3, "a.2": 3}, 3),
    ]
    assert set(planned(improvable(*lifts), NOUGHT, **PRIZED)) == {"whole", "small"}


def test_a_need_that_lifts_nothing_is_kept_for_what_needs_it() -> None:
    lifts = [
        initiative("base", {"a.1": 4}, 1),
        initiative("top", {"a.2": 3}, 1, needs=["base"]),
    ]
    found = planned(improvable(*lifts), {**NOUGHT, "a.1": 3}, **PRIZED)
    assert {name: work.quarter for name, work in found.items()} == {"base": 1, "top": 1}


def test_a_need_that_lifts_nothing_is_not_done_for_work_that_is_left_out() -> None:
    # top takes more than a quarter, so base, whose question is at its target, is for nothing
    lifts = [
        initiative("base", {"a.1": 4}, 1),
        initiative("top", {"a.2": 3}, 9, needs=["base"]),
    ]
    found = planned(improvable(*lifts), {**NOUGHT, "a.1": 3}, capacity=room(5), **PRIZED)
    assert found["top"].quarter is None
    assert "base" not in found or found["base"].quarter is None


def test_work_in_a_stream_nobody_sponsors_is_left_out_and_says_why() -> None:
    pair = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("fix-a", {"a.1": 3})]),
        flat("b", 1, target=3, initiatives=[initiative("fix-b", {"b.1": 3})]),
    )
    readiness = {"a": {"sponsor": 1}, "b": {"sponsor": 2}}
    found = planned(pair, everywhere(pair, 0), pain={"a": 5}, readiness=readiness)
    assert {name: work.quarter for name, work in found.items()} == {"fix-b": 1, "fix-a": None}
    assert found["fix-a"].left_out_because == "nobody sponsors its stream yet"
    assert found["fix-a"].lifts[0].question == "a.1"


def test_work_in_a_stream_nobody_sponsors_is_done_for_a_sponsored_one_that_needs_it() -> None:
    pair = questionnaire(
        flat(
            "a",
            2,
            target=3,
            initiatives=[initiative("base", {"a.1": 3}), initiative("alone", {"a.2": 3})],
        ),
        flat("b", 1, target=3, initiatives=[initiative("top", {"b.1": 3}, needs=["base"])]),
    )
    found = planned(pair, everywhere(pair, 0), readiness={"a": {"sponsor": 0}})
    assert {name: work.quarter for name, work in found.items()} == {
        "base": 1,
        "top": 1,
        "alone": None,
    }


# Money, dates, lifts


def test_cost_is_days_times_rate() -> None:
    lifts = [initiative("one", {"a.1": 3}, 2), initiative("two", {"a.2": 3}, 3)]
    capacity = room(4, 2, day_rate=600, currency="CHF")
    roadmap = judge(improvable(*lifts), NOUGHT, capacity=capacity, **PRIZED).roadmap
    assert [work.cost for work in roadmap.initiatives] == [1200, 1800]
    assert [wave.cost for wave in roadmap.waves] == [1200, 1800]
    assert (roadmap.cost, roadmap.currency) == (3000, "CHF")


def test_cost_counts_only_what_is_planned() -> None:
    lifts = [initiative("one", {"a.1": 3}, 2), initiative("long", {"a.2": 3}, 9)]
    roadmap = judge(
        improvable(*lifts), NOUGHT, capacity=room(4, 2, day_rate=100), **PRIZED
    ).roadmap
    assert (roadmap.days, roadmap.cost) == (2, 200)


def test_without_a_rate_nothing_has_a_cost() -> None:
    roadmap = judge(improvable(initiative("one", {"a.1": 3})), NOUGHT, **PRIZED).roadmap
    assert roadmap.cost is None
    assert {wave.cost for wave in roadmap.waves} == {None}
    assert roadmap.initiatives[0].cost is None


@pytest.mark.parametrize(
    ("today", "starts"),
    [
        (dt.date(2026, 11, 2), ["2026-12-01", "2027-03-01", "2027-06-01"]),
        (dt.date(2026, 12, 31), ["2027-01-01", "2027-04-01", "2027-07-01"]),
        (dt.date(2027, 1, 1), ["2027-02-01", "2027-05-01", "2027-08-01"]),
    ],
)
def test_quarters_start_with_the_next_month_and_follow_each_other(
    today: dt.date, starts: list[str]
) -> None:
    file = answer_file(capacity=room(5, 3))
    waves = assess(improvable(), file, today=today, samples=1).roadmap.waves
    assert [wave.starts.isoformat() for wave in waves] == starts
    for wave, following in pairwise(waves):
        assert wave.ends + dt.timedelta(days=1) == following.starts
    assert [wave.quarter for wave in waves] == [1, 2, 3]


def test_the_last_quarter_ends_with_its_third_month() -> None:
    judged = judge(improvable(), capacity=room(5, 1))
    assert judged.roadmap.waves[0].ends == dt.date(2027, 2, 28)


def test_lifts_start_where_the_work_before_left_off() -> None:
    chain = [
        initiative("one", {"a.1": 2}),
        initiative("two", {"a.1": 3, "a.2": 1}, needs=["one"]),
    ]
    found = planned(improvable(*chain), NOUGHT, **PRIZED)
    assert steps(found["one"]) == [("a.1", 0, 2)]
    assert steps(found["two"]) == [("a.1", 2, 3), ("a.2", 0, 1)]


def test_a_question_that_stands_where_work_would_bring_it_is_not_lifted() -> None:
    lifts = improvable(initiative("fix", {"a.1": 2, "a.2": 3}))
    found = planned(lifts, {"a.1": 2, "a.2": 0, "a.3": 0}, **PRIZED)
    assert steps(found["fix"]) == [("a.2", 0, 3)]


def test_work_that_finds_its_questions_lifted_already_lifts_nothing() -> None:
    lifts = [
        initiative("whole", {"a.1": 3, "a.2": 3}),
        initiative("base", {"a.1": 1}),
        initiative("top", {"a.3": 3}, needs=["base"]),
    ]
    # whole brings 6 a day and base with top 4 in two days; base is done for top alone
    found = planned(improvable(*lifts), NOUGHT, **PRIZED)
    assert list(found) == ["whole", "base", "top"]
    assert steps(found["base"]) == []


def test_an_unknown_answer_is_lifted_from_nobody_knows_where() -> None:
    lifts = improvable(initiative("one", {"a.1": 3, "a.2": 3}))
    found = planned(lifts, {"a.1": "unknown", "a.2": 4, "a.3": 0}, **PRIZED)
    assert steps(found["one"]) == [("a.1", None, 3)]


def steps(work: PlannedInitiative) -> list[tuple[str, float | None, float]]:
    return [(lift.question, lift.before, lift.after) for lift in work.lifts]


def test_an_initiative_in_the_plan_keeps_what_the_questionnaire_says_of_it() -> None:
    lift = initiative(
        "fix",
        {"a.1": 3},
        2,
        outcome="One list.",
        owner="IT lead",
        first_step="Take a sheet.",
        steps=["Write."],
        done_when="It hangs there.",
        risk="It yellows.",
        resistance={"expect": "No time.", "answer": "Ten minutes."},
    )
    work = planned(improvable(lift), NOUGHT, **PRIZED)["fix"]
    assert (work.title, work.stream, work.days, work.owner) == ("Fix", "a", 2, "IT lead")
    assert (work.outcome, work.first_step, work.steps) == (
        "One list.",
        "Take a sheet.",
        ("Write.",),
    )
    assert (work.done_when, work.risk) == ("It hangs there.", "It yellows.")
    assert work.resistance is not None
    assert work.resistance.answer == "Ten minutes."


# Projected scores


def test_projected_scores_follow_the_work() -> None:
    pair = questionnaire(
        flat(
            "a",
            3,
            target=3,
            initiatives=[initiative("one", {"a.1": 3}, 3), initiative("two", {"a.2": 2}, 3)],
        ),
        flat("b", 1),
        flat("c", 1),
    )
    answers = {"a.1": 0, "a.2": 1, "a.3": 5, "b.1": 4, "c.1": NO_ANSWER}
    roadmap = judge(pair, answers, capacity=room(3, 3), **PRIZED).roadmap
    assert roadmap.today == {"a": 2, "b": 4}  # (0 + 1 + 5) / 3; nothing in c applies
    # 3 + 1 + 5 and then 3 + 2 + 5, of three questions
    assert [wave.projected["a"] for wave in roadmap.waves] == pytest.approx([3, 10 / 3, 10 / 3])
    assert {wave.projected["b"] for wave in roadmap.waves} == {4}


def test_work_never_projects_a_question_down_nor_up_where_it_does_not_apply() -> None:
    lifts = improvable(initiative("fix", {"a.1": 3, "a.2": 3, "a.3": 3}))
    answers = {"a.1": 5, "a.2": NO_ANSWER, "a.3": 0}
    roadmap = judge(lifts, answers, **PRIZED).roadmap
    assert roadmap.waves[0].projected == {"a": 4}  # (5 + 3) / 2


def test_projecting_an_unknown_answer_raises_coverage_as_knowing_it_would() -> None:
    lifts = improvable(initiative("fix", {"a.1": 3, "a.2": 3}))
    roadmap = judge(lifts, {"a.3": 0}, **PRIZED).roadmap
    # a third answered: the middle of 0 and 10 / 3; then (3 + 3 + 0) / 3
    assert roadmap.today["a"] == pytest.approx(5 / 3)
    assert roadmap.waves[0].projected["a"] == 2


@pytest.fixture
def crowded() -> tuple[Questionnaire, dict[str, Any]]:
    """Two streams with chains across them, and answers of every kind."""
    asked = questionnaire(
        flat(
            "a",
            5,
            target=4,
            initiatives=[
                initiative("a-one", {"a.1": 2, "a.2": 1}, 2),
                initiative("a-two", {"a.2": 3, "b.1": 1}, 3, needs=["a-one"]),
                initiative("a-three", {"a.3": 4, "a.4": 4, "a.5": 2}, 4),
            ],
        ),
        flat(
            "b",
            3,
            target=3,
            initiatives=[
                initiative("b-one", {"b.1": 3, "b.2": 3}, 3, needs=["a-one"]),
                initiative("b-two", {"b.3": 3}, 2, needs=["b-one"]),
            ],
        ),
    )
    answers = {
        "a.1": 0,
        "a.2": {"level": 1, "unsure": True},
        "a.3": "unknown",
        "a.4": {"by": {"anna": 1, "jo": 4}},
        "a.5": NO_ANSWER,
        "b.1": 0,
        "b.3": 2,
    }
    return asked, answers


def test_projected_scores_are_those_of_the_lifted_answers(
    crowded: tuple[Questionnaire, dict[str, Any]],
) -> None:
    asked, answers = crowded
    roadmap = judge(asked, answers, capacity=room(4)).roadmap
    assert sum(bool(wave.initiatives) for wave in roadmap.waves) >= 3
    jobs = {work.id: work for work in roadmap.initiatives}
    for wave in roadmap.waves:
        for name in wave.initiatives:
            answers = {**answers, **{lift.question: lift.after for lift in jobs[name].lifts}}
        assert judge(asked, answers).roadmap.today == wave.projected
