from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    LAW,
    NO_ANSWER,
    answer_file,
    asked,
    everywhere,
    flat,
    judge,
    leaning,
    questionnaire,
    ranked,
)
from it4it_assess.engine.ranking import (
    additive_value,
    criteria_order,
    criteria_weights,
    rank_order_centroid,
    weighted_parts,
)

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Ranking

ORDER = ("pain", "goals", "gap", "readiness", "effort", "enabling")


def order(ranking: Ranking) -> list[str]:
    return [one.id for one in ranking.streams]


# Plain functions


@given(st.integers(1, 12))
@LAW
def test_centroids_fall_and_add_up_to_one(count: int) -> None:
    weights = rank_order_centroid(count)
    assert sum(weights) == pytest.approx(1)
    assert weights == sorted(weights, reverse=True)
    assert len(weights) == count


def test_a_value_is_a_weighted_sum_of_places_between_bounds() -> None:
    # weights 3 and 1 of 4; 2 of 0..5 is 0.4 and 15 of 10..30 is 0.25
    assert weighted_parts([2, 15], [3, 1], [(0, 5), (10, 30)]) == pytest.approx([0.3, 0.0625])
    assert additive_value([[2, 15]], [3, 1], [(0, 5), (10, 30)]) == pytest.approx([0.3625])


def test_where_less_is_better_the_place_counts_from_the_other_end() -> None:
    bounds = [(0, 5), (10, 30)]
    # 15 of 10..30 counted down is 0.75
    assert additive_value([[2, 15]], [3, 1], bounds, directions=[1, -1]) == pytest.approx([0.4875])


# Weights of the criteria


def weights(**context: Any) -> dict[str, float]:
    return criteria_weights(asked(a=1), answer_file(**context).context)


def test_weights_follow_the_questionnaires_order_unless_the_firm_gives_one() -> None:
    assert list(weights().values()) == pytest.approx(rank_order_centroid(6))
    assert tuple(weights()) == ORDER


def test_an_order_gives_centroids_and_what_it_leaves_out_weighs_nothing() -> None:
    found = weights(criteria=["gap", "pain", "effort"])
    expected = {"gap": 11 / 18, "pain": 5 / 18, "effort": 2 / 18}
    assert found == pytest.approx({**dict.fromkeys(ORDER, 0), **expected})


def test_ties_in_an_order_share_the_mean_of_their_places() -> None:
    found = weights(criteria=["gap", ["pain", "goals"]])
    # places two and three of three: (5 / 18 + 2 / 18) / 2
    assert (found["gap"], found["pain"], found["goals"]) == pytest.approx(
        (11 / 18, 7 / 36, 7 / 36)
    )


def test_a_tie_at_the_head_of_an_order_shares_the_first_places() -> None:
    found = weights(criteria=[["gap", "pain"], "goals"])
    assert (found["gap"], found["pain"], found["goals"]) == pytest.approx((8 / 18, 8 / 18, 2 / 18))


def test_given_weights_are_scaled_to_one() -> None:
    # 30 and 20 of 50; the centroids of two places would be 0.75 and 0.25
    assert weights(weights={"pain": 30, "gap": 20}) == {
        **dict.fromkeys(ORDER, 0),
        "pain": 0.6,
        "gap": 0.4,
    }


def test_given_weights_are_an_order_too_in_which_equal_ones_stand_together() -> None:
    context = answer_file(weights={"goals": 0.2, "pain": 0.4, "effort": 0, "gap": 0.4}).context
    assert criteria_order(asked(a=1), context) == [("pain", "gap"), ("goals",)]


# Gates


@pytest.mark.parametrize(("sponsor", "gated"), [(0, ("sponsor",)), (1, ("sponsor",)), (1.5, ())])
def test_a_stream_nobody_sponsors_is_gated(sponsor: float, gated: tuple[str, ...]) -> None:
    found = ranked(asked(a=1), readiness={"a": {"sponsor": sponsor}})
    assert found.streams[0].gated_by == gated


def test_a_sponsor_nobody_rated_is_no_gate() -> None:
    found = ranked(asked(a=1), readiness={"a": {"skills": 0}})
    assert found.streams[0].gated_by == ()


def test_a_stream_whose_need_is_below_its_score_is_gated() -> None:
    streams = leaning()
    found = ranked(streams, everywhere(streams, 1), pain={"a": 0, "b": 5, "c": 0})
    gated = {one.id: one.gated_by for one in found.streams}
    assert gated == {"a": (), "c": (), "b": ("a",)}
    (gate,) = found.streams[2].gates
    assert gate.because == "A scores 1.0 and should reach 2 first. First things first."


def test_a_need_just_reached_is_no_gate() -> None:
    streams = leaning()
    found = ranked(streams, everywhere(streams, 2, s=1))
    assert [one.gates for one in found.streams] == [(), (), ()]


def test_a_supporting_stream_gates_and_is_never_ranked() -> None:
    streams = leaning()
    found = ranked(streams, everywhere(streams, 2, s=0), pain={"s": 5})
    assert set(order(found)) == {"a", "b", "c"}
    (c,) = (one for one in found.streams if one.id == "c")
    assert c.gated_by == ("s",)


def test_both_kinds_of_gate_are_told() -> None:
    streams = leaning()
    found = ranked(streams, everywhere(streams, 0), readiness={"b": {"sponsor": 0}})
    (b,) = (one for one in found.streams if one.id == "b")
    assert b.gated_by == ("sponsor", "a")


def test_a_gated_stream_keeps_its_value_and_stands_behind_the_open_ones() -> None:
    found = ranked(
        asked(a=1, b=1), criteria=["pain"], pain={"a": 5, "b": 1}, readiness={"a": {"sponsor": 0}}
    )
    assert order(found) == ["b", "a"]
    assert [one.rank for one in found.streams] == [1, 2]
    assert [one.value for one in found.streams] == [0.2, 1]
    assert found.first == "b"


def test_nothing_is_first_when_all_are_gated() -> None:
    nobody = {"sponsor": 0}
    judged = judge(
        asked(a=1, b=1),
        criteria=["pain"],
        pain={"a": 1, "b": 5},
        readiness={"a": nobody, "b": nobody},
    )
    assert judged.ranking.first is None
    assert order(judged.ranking) == ["b", "a"]
    assert judged.robustness.verdict == "gated"
    assert judged.robustness.break_even == ()
    assert judged.robustness.smallest_flip is None


def test_nothing_is_first_when_there_are_only_supporting_streams() -> None:
    found = ranked(questionnaire(flat("s", 1, kind="supporting")), {"s.1": 2})
    assert (found.first, found.streams) == (None, ())


# The ranking


def test_a_value_is_the_sum_of_weight_times_points_of_five() -> None:
    found = ranked(
        questionnaire(flat("a", 1, target=3)),
        {"a.1": 1},
        pain={"a": 4},
        weights={"pain": 3, "gap": 1},
    )
    (a,) = found.streams
    # pain 0.75 x 4 / 5 = 0.6, gap 0.25 x 2 / 5 = 0.1
    assert a.value == pytest.approx(0.7)
    expected = {**dict.fromkeys(ORDER, 0), "pain": 0.6, "gap": 0.1}
    assert a.contributions == pytest.approx(expected)


def test_the_highest_value_is_first() -> None:
    found = ranked(asked(a=1, b=1, c=1), pain={"a": 1, "b": 5, "c": 3})
    assert order(found) == ["b", "c", "a"]
    assert found.first == "b"


def test_equal_values_stand_in_the_questionnaires_order() -> None:
    assert order(ranked(asked(b=1, a=1))) == ["b", "a"]


def test_a_stream_in_which_nothing_applies_is_not_ranked() -> None:
    found = ranked(asked(a=1, b=1), {"a.1": NO_ANSWER, "b.1": 1}, pain={"a": 5, "b": 0})
    assert order(found) == ["b"]


def test_a_need_in_which_nothing_applies_is_no_gate() -> None:
    streams = leaning()
    found = ranked(streams, {**everywhere(streams, 2), "a.1": NO_ANSWER})
    assert [one.gates for one in found.streams] == [(), ()]
