"""Which initiatives are open in a firm, and what each would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    NO_ANSWER,
    PRIZED,
    answer_file,
    component,
    everywhere,
    flat,
    improvable,
    initiative,
    judge,
    planned,
    question,
    questionnaire,
    read,
    stream,
)
from it4it_assess.engine.backlog import open_initiatives, question_shares, standing

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment


def worth(*initiatives: dict[str, Any], answers: dict[str, Any], **more: Any) -> dict[str, float]:
    """Return what each open initiative is worth in a stream of three questions of value 1."""
    found = planned(improvable(*initiatives, **more), answers, **PRIZED)
    return {name: work.value for name, work in found.items()}


NOUGHT = {"a.1": 0, "a.2": 0, "a.3": 0}


# What is open


def test_work_whose_questions_are_surely_there_already_is_in_place() -> None:
    lift = initiative("fix", {"a.1": 2, "a.2": 3})
    assert worth(lift, answers={"a.1": 2, "a.2": 4, "a.3": 0}) == {}
    assert set(worth(lift, answers={"a.1": 2, "a.2": 2, "a.3": 0})) == {"fix"}


def test_work_that_lifts_only_what_does_not_apply_is_in_place() -> None:
    lift = initiative("fix", {"a.1": 3})
    assert worth(lift, answers={**NOUGHT, "a.1": NO_ANSWER}) == {}


def test_work_that_lifts_only_above_the_target_is_not_listed() -> None:
    lift = improvable(initiative("fix", {"a.1": 4}))
    answers = {**NOUGHT, "a.1": 3}
    assert planned(lift, answers) == {}
    assert planned(lift, answers, capacity={"days_per_quarter": 0}) == {}  # nor as left out


def test_an_unsure_answer_leaves_nothing_to_lift_to_where_it_stands() -> None:
    unsure = {"level": 3, "unsure": True}
    lift = initiative("fix", {"a.1": 3})
    assert worth(lift, answers={**NOUGHT, "a.1": unsure}) == {}


def test_a_need_that_is_unsurely_there_stays_a_need() -> None:
    unsure = {"level": 3, "unsure": True}
    found = planned(
        improvable(initiative("base", {"a.1": 3}), initiative("top", {"a.2": 3}, needs=["base"])),
        {**NOUGHT, "a.1": unsure},
        **PRIZED,
    )
    assert found["base"].value == 0
    assert found["top"].needs == ("base",)


def test_a_need_in_place_is_no_need_any_more() -> None:
    found = planned(
        improvable(initiative("base", {"a.1": 3}), initiative("top", {"a.2": 3}, needs=["base"])),
        {**NOUGHT, "a.1": 3},
        **PRIZED,
    )
    assert set(found) == {"top"}
    assert found["top"].needs == ()


@pytest.mark.parametrize(("employees", "days"), [(9, 2), (10, 3), (49, 3), (50, 5), (None, 3)])
def test_days_are_those_of_a_firm_of_this_size(employees: int | None, days: float) -> None:
    lift = initiative("fix", {"a.1": 3}, effort_days={"micro": 2, "small": 3, "medium": 5})
    judged = judge(improvable(lift), answer_file(organisation={"employees": employees}))
    (work,) = judged.roadmap.initiatives
    assert work.days == days
    assert judged.roadmap.size == {2: "micro", 3: "small", 5: "medium"}[int(days)]


# What it brings


def test_a_gain_is_the_rise_of_the_streams_score() -> None:
    # one of three questions from 0 to 3: 1 of 5
    assert worth(initiative("fix", {"a.1": 3}), answers=NOUGHT) == {"fix": pytest.approx(0.2)}


def test_a_gain_is_told_for_each_stream_and_work_in_place_has_none() -> None:
    pair = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("both", {"a.1": 3, "b.1": 2})]),
        flat("b", 2, target=3, initiatives=[initiative("done", {"b.2": 1})]),
    )
    readings = read(pair, {"a.1": 0, "b.1": 0, "b.2": 1})
    found = open_initiatives(
        pair,
        readings,
        {"a": 3, "b": 3},
        "small",
        question_shares(pair, readings),
        pair.initiatives,
    )
    # 3 on all of stream a, 2 on half of stream b
    assert {name: work.gains for name, work in found.items()} == {"both": {"a": 3, "b": 1}}
    assert found["both"].id == "both"


def test_a_component_in_which_nothing_applies_leaves_its_share_to_the_others() -> None:
    parts = [
        component("a.x", question("a.x.1"), question("a.x.2")),
        component("a.y", question("a.y.1"), weight=3),
    ]
    asks = questionnaire(stream("a", *parts))
    assert question_shares(asks, read(asks, {"a.y.1": NO_ANSWER})) == {"a.x.1": 0.5, "a.x.2": 0.5}


def test_an_unsure_answer_is_planned_from_its_level_and_not_from_the_middle_of_its_range() -> None:
    asks = questionnaire(flat("a", 2))
    readings = read(asks, {"a.1": {"level": 0, "unsure": True}})
    # from 0 to 1 and from 0 to 5
    assert (standing(readings["a.1"]), standing(readings["a.2"])) == (0, 2.5)


def test_gains_of_several_questions_add_up() -> None:
    # (3 + 2) / 3 of 5
    lift = initiative("fix", {"a.1": 3, "a.2": 2})
    assert worth(lift, answers=NOUGHT) == {"fix": pytest.approx(1 / 3)}


def test_a_gain_counts_up_to_the_target() -> None:
    # (2 - 1) / 3 of 5
    lift = initiative("fix", {"a.1": 5})
    assert worth(lift, answers={**NOUGHT, "a.1": 1}, target=2) == {"fix": pytest.approx(1 / 15)}


def test_a_gain_above_the_usual_target_counts_half() -> None:
    found = planned(
        improvable(initiative("fix", {"a.1": 5})),
        {**NOUGHT, "a.1": 1},
        targets={"a": 5},
        **PRIZED,
    )
    # 1 to 3 whole, 3 to 5 half: (2 + 1) / 3 of 5
    assert found["fix"].value == pytest.approx(0.2)


def test_a_question_nobody_answered_is_lifted_from_the_middle_of_its_range() -> None:
    # 2.5 to 3: 0.5 / 3 of 5
    lift = initiative("fix", {"a.1": 3})
    assert worth(lift, answers={"a.2": 0, "a.3": 0}) == {"fix": pytest.approx(1 / 30)}


def test_what_does_not_apply_brings_nothing_and_leaves_more_to_the_others() -> None:
    # a.1 of the two that apply: 3 / 2 of 5
    lift = initiative("fix", {"a.1": 3, "a.2": 3})
    assert worth(lift, answers={**NOUGHT, "a.2": NO_ANSWER}) == {"fix": pytest.approx(0.3)}


def test_weights_of_questions_and_components_count_in_a_gain() -> None:
    weighted = questionnaire(
        stream(
            "a",
            component("a.x", question("a.1", weight=3), question("a.2"), weight=1),
            component("a.y", question("a.3"), weight=4),
            target=3,
            initiatives=[initiative("fix", {"a.1": 2})],
        )
    )
    # 1 / 5 of the stream is component x, 3 / 4 of that the question: 2 x 0.15 of 5
    found = planned(weighted, NOUGHT, **PRIZED)
    assert found["fix"].value == pytest.approx(0.06)


def test_gains_along_a_chain_add_up_without_counting_twice() -> None:
    chain = [
        initiative("one", {"a.1": 1}),
        initiative("two", {"a.1": 2}, needs=["one"]),
        initiative("three", {"a.1": 3}, needs=["two"]),
    ]
    found = worth(*chain, answers=NOUGHT)
    # a step each of the three that one initiative from 0 to 3 would bring
    assert found == pytest.approx(dict.fromkeys(("one", "two", "three"), 1 / 15))


def test_a_need_that_lifts_something_else_takes_nothing_off_a_gain() -> None:
    below = questionnaire(
        flat(
            "a",
            2,
            target=0,
            initiatives=[
                initiative("base", {"a.2": 0}),
                initiative("top", {"a.1": 0}, needs=["base"]),
            ],
        ),
        scale=(-2, -1, 0),
    )
    # from -2 to 0, the whole of the scale, on half the stream
    assert planned(below, {"a.1": -2, "a.2": -2}, **PRIZED)["top"].value == 0.5


def test_a_chain_starts_where_the_firm_stands() -> None:
    chain = [initiative("one", {"a.1": 2}), initiative("two", {"a.1": 3}, needs=["one"])]
    # 1 to 2, then 2 to 3
    found = worth(*chain, answers={**NOUGHT, "a.1": 1})
    assert found == pytest.approx({"one": 1 / 15, "two": 1 / 15})


def test_a_gain_in_another_stream_is_weighed_by_that_streams_value() -> None:
    pair = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("fix", {"b.1": 3})]),
        flat("b", 1, target=3),
    )
    found = planned(pair, everywhere(pair, 0), criteria=["pain"], pain={"a": 5, "b": 2})
    assert found["fix"].stream == "a"
    assert found["fix"].value == pytest.approx(0.6 * 0.4)  # 3 of 5, at a value of 2 of 5


def test_a_gain_in_a_supporting_stream_is_weighed_by_the_mean_of_the_primary_ones() -> None:
    backed = questionnaire(
        flat("a", 1),
        flat("b", 1),
        flat("s", 1, kind="supporting", target=3, initiatives=[initiative("fix", {"s.1": 3})]),
    )
    found = planned(backed, everywhere(backed, 0), criteria=["pain"], pain={"a": 5, "b": 1})
    assert found["fix"].value == pytest.approx(0.6 * 0.6)  # 3 of 5, at (1 + 0.2) / 2


def test_where_there_are_only_supporting_streams_a_gain_is_worth_itself() -> None:
    alone = questionnaire(
        flat("s", 1, kind="supporting", target=3, initiatives=[initiative("fix", {"s.1": 3})])
    )
    assert planned(alone, {"s.1": 0})["fix"].value == pytest.approx(0.6)


def test_a_component_an_important_goal_pulls_on_counts_up_to_double() -> None:
    pulled = questionnaire(
        stream(
            "a",
            component("a.x", question("a.1")),
            component("a.y", question("a.2")),
            target=3,
            initiatives=[initiative("x", {"a.1": 2}), initiative("y", {"a.2": 2})],
        ),
        goals=[
            {"id": "faster", "title": "Faster", "pulls": {"a.x": {"strength": 5}}},
            {"id": "safer", "title": "Safer", "pulls": {"a.x": {"strength": 4}}},
            {"id": "unsaid", "title": "Unsaid", "pulls": {"a.y": {"strength": 5}}},
        ],
    )
    found = planned(pulled, {"a.1": 0, "a.2": 0}, goals={"faster": 3, "safer": 5}, **PRIZED)
    # 2 of 5 on half the stream; the stronger pull on x is 5 / 5 x 4 / 5, not 3 / 5 x 5 / 5
    assert found["y"].value == pytest.approx(0.2)
    assert found["x"].value == pytest.approx(0.2 * 1.8)
    # and 5 / 5 x 5 / 5, not the later 4 / 5 x 4 / 5
    found = planned(pulled, {"a.1": 0, "a.2": 0}, goals={"faster": 5, "safer": 4}, **PRIZED)
    assert found["x"].value == pytest.approx(0.2 * 2)


# Days to the target


def days_said(judged: Assessment, stream: str) -> str:
    (place,) = (one for one in judged.ranking.streams if one.id == stream)
    (found,) = (value for value in place.criteria if value.criterion == "effort")
    return found.because


def test_the_target_takes_the_gaps_share_of_the_days() -> None:
    # score 5 / 3 leaves a gap of 4 / 3; the two bring 3 / 3 each in 6 and 3 days: 9 x 2 / 3
    lifts = [initiative("one", {"a.1": 3}, 6), initiative("two", {"a.2": 3}, 3)]
    judged = judge(improvable(*lifts), {"a.1": 0, "a.2": 0, "a.3": 5})
    assert days_said(judged, "a") == "about 6 days to the target, beside 80 in the plan"


def test_days_of_needs_in_other_streams_count() -> None:
    pair = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("top", {"a.1": 3}, 4, needs=["base"])]),
        flat("b", 1, target=1, initiatives=[initiative("base", {"b.1": 1}, 7)]),
    )
    judged = judge(pair, {"a.1": 0, "b.1": 0})
    assert days_said(judged, "a").startswith("about 11 days to the target")
    assert days_said(judged, "b").startswith("about 7 days to the target")


def test_where_there_is_no_gap_the_target_takes_no_days() -> None:
    judged = judge(improvable(initiative("one", {"a.1": 5}, 6)), dict.fromkeys(NOUGHT, 3))
    assert days_said(judged, "a").startswith("about 0 days to the target")


def test_work_that_does_not_close_the_gap_is_counted_whole() -> None:
    judged = judge(improvable(initiative("one", {"a.1": 3}, 6)), NOUGHT)
    assert days_said(judged, "a").startswith("about 6 days and the target is still not reached")


@pytest.mark.parametrize(
    "levels", [(0, 0, 0), (0, 1, 1), (0, 2, 2), (2, 1, 0, 3, 0, 1), (0, 0, 0, 0, 0, 0, 1)]
)
def test_work_that_lifts_every_question_to_the_target_reaches_it(levels: tuple[int, ...]) -> None:
    answers = {f"a.{at}": level for at, level in enumerate(levels, start=1)}
    lifts = [initiative(f"fix-{name[2:]}", {name: 3}) for name in answers]
    judged = judge(improvable(*lifts, count=len(levels)), answers)
    assert days_said(judged, "a").endswith("days to the target, beside 80 in the plan")
