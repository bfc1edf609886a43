from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import (
    altered,
    asked,
    component,
    everywhere,
    flat,
    initiative,
    leaning,
    question,
    questionnaire,
    ranked,
    stream,
)

if TYPE_CHECKING:
    from it4it_assess.model.assessment import CriterionValue, Ranking
    from it4it_assess.model.questionnaire import Questionnaire


def criterion(ranking: Ranking, stream: str, name: str) -> CriterionValue:
    (place,) = (one for one in ranking.streams if one.id == stream)
    (value,) = (one for one in place.criteria if one.criterion == name)
    return value


def points(ranking: Ranking, name: str) -> dict[str, float]:
    return {one.id: criterion(ranking, one.id, name).points for one in ranking.streams}


def test_pain_is_the_owners_own_rating() -> None:
    value = criterion(ranked(asked(a=1), pain={"a": 4}), "a", "pain")
    assert (value.points, value.low, value.high, value.assumed) == (4, 4, 4, False)


@pytest.mark.parametrize("name", ["pain", "goals", "readiness"])
def test_what_nobody_rated_is_the_middle_and_open(name: str) -> None:
    value = criterion(ranked(asked(a=1)), "a", name)
    assert (value.points, value.low, value.high, value.assumed) == (2.5, 0, 5, True)
    assert value.because.endswith("; taken as the middle")


@pytest.fixture
def goals() -> Questionnaire:
    return questionnaire(
        stream("a", component("a.x", question("a.x.1")), component("a.y", question("a.y.1"))),
        flat("b", 1),
        goals=[
            {
                "id": "faster",
                "title": "Faster",
                "pulls": {"a.x": {"strength": 2}, "a.y": {"strength": 5}},
            },
            {"id": "cheaper", "title": "Cheaper", "pulls": {"a.x": {"strength": 1}}},
            {"id": "safer", "title": "Safer", "pulls": {"b.part": {"strength": 5}}},
        ],
    )


def test_goals_are_the_mean_of_each_goals_strongest_pull_by_importance(
    goals: Questionnaire,
) -> None:
    found = ranked(goals, goals={"faster": 4, "cheaper": 2})
    # a: (4 x 5 + 2 x 1) / 6; nothing pulls on b
    assert points(found, "goals") == {"a": pytest.approx(22 / 6), "b": 0}
    assert criterion(found, "a", "goals").because == "mostly from Faster and Cheaper"
    assert criterion(found, "b", "goals").because == "no goal depends on it"
    assert not criterion(found, "b", "goals").assumed


def test_the_two_goals_that_weigh_most_are_told() -> None:
    pulls = {"one": 1, "two": 2, "three": 3}
    three = questionnaire(
        flat("a", 1),
        goals=[
            {"id": name, "title": name.title(), "pulls": {"a.part": {"strength": strength}}}
            for name, strength in pulls.items()
        ],
    )
    found = ranked(three, goals={"one": 5, "two": 2, "three": 1})
    # 5 x 1, 2 x 2 and 1 x 3, of 8
    assert points(found, "goals") == {"a": 1.5}
    assert criterion(found, "a", "goals").because == "mostly from One and Two"


def test_a_goal_of_no_importance_does_not_count(goals: Questionnaire) -> None:
    assert points(ranked(goals, goals={"safer": 3, "faster": 0}), "goals") == {"a": 0, "b": 5}
    assert criterion(ranked(goals, goals={"safer": 0}), "a", "goals").assumed


def test_the_gap_is_target_less_score_and_never_below_nought() -> None:
    three = questionnaire(flat("a", 1, target=3), flat("b", 1, target=3), flat("c", 1))
    found = ranked(three, {"a.1": 1, "b.1": 4, "c.1": 0}, targets={"c": 5})
    assert points(found, "gap") == {"a": 2, "b": 0, "c": 5}


def test_the_gap_of_another_scale_is_brought_to_five() -> None:
    quarters = questionnaire(flat("a", 1, target=1), scale=(0, 0.25, 0.5, 1))
    assert points(ranked(quarters, {"a.1": 0.25}), "gap") == {"a": 3.75}  # 0.75 of 1


def test_the_gap_ranges_as_the_score_does() -> None:
    pair = questionnaire(flat("a", 2, target=3))
    value = criterion(ranked(pair, {"a.1": 1, "a.2": {"level": 3, "unsure": True}}), "a", "gap")
    # score 2, from 1.5 to 2.5
    assert (value.points, value.low, value.high) == (1, 0.5, 1.5)


def test_below_sixty_per_cent_the_gap_is_that_of_the_middle_of_the_range() -> None:
    pair = questionnaire(flat("a", 2, target=4))
    # 1 and anything: 0.5 to 3, middle 1.75
    assert points(ranked(pair, {"a.1": 1}), "gap") == {"a": 2.25}


def test_a_stream_nobody_answered_is_ranked_by_the_middle_of_its_range() -> None:
    # target 3, 0 to 5: middle 2.5
    assert points(ranked(questionnaire(flat("a", 2, target=3))), "gap") == {"a": 0.5}


def test_readiness_is_the_mean_of_sponsor_skills_and_openness() -> None:
    found = ranked(asked(a=1), readiness={"a": {"sponsor": 5, "skills": 3, "openness": 1}})
    value = criterion(found, "a", "readiness")
    assert (value.points, value.low, value.high, value.assumed) == (3, 3, 3, False)
    assert value.because == "sponsor 5, skills 3, openness 1"


def test_readiness_rated_in_part_takes_the_rest_as_the_middle_and_open() -> None:
    value = criterion(ranked(asked(a=1), readiness={"a": {"sponsor": 4}}), "a", "readiness")
    # (4 + 2.5 + 2.5) / 3, from (4 + 0 + 0) / 3 to (4 + 5 + 5) / 3
    assert (value.points, value.low, value.high) == pytest.approx((3, 4 / 3, 14 / 3))
    assert value.assumed


def effortful(*, days: float, reaches: float) -> Questionnaire:
    """Return a stream with target 3 and one initiative that lifts its one question."""
    return questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("fix", {"a.1": reaches}, days)])
    )


def test_effort_is_the_plans_share_of_plan_and_needed_days() -> None:
    found = ranked(
        effortful(days=10, reaches=3),
        {"a.1": 0},
        capacity={"days_per_quarter": 10, "quarters": 3},
    )
    value = criterion(found, "a", "effort")
    assert value.points == 3.75  # 5 x 30 / (30 + 10)
    assert value.because == "about 10 days to the target, beside 30 in the plan"


def test_effort_says_when_the_target_stays_out_of_reach() -> None:
    found = ranked(
        effortful(days=10, reaches=2),
        {"a.1": 0},
        capacity={"days_per_quarter": 10, "quarters": 1},
    )
    value = criterion(found, "a", "effort")
    assert value.points == 2.5  # 5 x 10 / (10 + 10)
    assert value.because == (
        "about 10 days and the target is still not reached, beside 10 in the plan"
    )


def test_a_stream_at_its_target_takes_no_effort() -> None:
    assert points(ranked(effortful(days=10, reaches=3), {"a.1": 3}), "effort") == {"a": 5}


def test_no_days_in_the_plan_leave_nothing_for_effort() -> None:
    fix = effortful(days=10, reaches=3)
    assert points(ranked(fix, {"a.1": 0}, capacity={"days_per_quarter": 0}), "effort") == {"a": 0}
    assert points(ranked(fix, {"a.1": 3}, capacity={"days_per_quarter": 0}), "effort") == {"a": 5}


def test_enabling_is_the_share_of_the_other_streams_that_wait() -> None:
    streams = leaning()
    found = ranked(streams, everywhere(streams, 1), pain={"b": 4, "c": 1})
    # goals unrated, 2.5 each: b carries 6.5 and c 3.5 of 10; b waits for a, c for no stream
    assert points(found, "enabling") == {"a": pytest.approx(3.25), "b": 0, "c": 0}
    # the supporting s waits as well, and carries nothing, for it cannot come first
    assert criterion(found, "a", "enabling").because == "B and S wait for it"
    assert criterion(found, "b", "enabling").because == "no other stream waits for it"


def test_who_waits_alone_is_told_alone() -> None:
    streams = altered(leaning(), dependencies=[{"stream": "b", "needs": "a", "score": 2}])
    found = ranked(streams, everywhere(streams, 1))
    assert criterion(found, "a", "enabling").because == "B waits for it"


def test_nobody_waits_for_a_stream_that_is_high_enough() -> None:
    streams = leaning()
    found = ranked(streams, everywhere(streams, 2))
    assert points(found, "enabling") == {"a": 0, "b": 0, "c": 0}


def test_a_stream_alone_enables_no_other() -> None:
    assert points(ranked(asked(a=1)), "enabling") == {"a": 0}


def test_streams_without_pain_or_goals_have_nothing_to_wait_with(goals: Questionnaire) -> None:
    bare = altered(goals, dependencies=[{"stream": "b", "needs": "a", "score": 2}])
    found = ranked(bare, everywhere(bare, 1), pain={"b": 0}, goals={"faster": 5})
    assert points(found, "enabling") == {"a": 0, "b": 0}
