from __future__ import annotations

from fractions import Fraction
from math import fsum
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import LAW, asked, judge
from it4it_assess.engine.ranking import rank_order_centroid
from it4it_assess.engine.robustness import (
    acceptability,
    break_even_weights,
    rank_shares,
    smallest_flip,
    weight_columns,
    weighted_column,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.assessment import Assessment

DRAWS = 20_000
POINT = 0.01
"""Shares of so many draws are this near to the true ones, or the drawing is wrong."""

CRITERIA = 4
ROW = st.lists(st.integers(0, 5), min_size=CRITERIA, max_size=CRITERIA)
WEIGHTS = st.lists(st.integers(1, 9), min_size=CRITERIA, max_size=CRITERIA)
ROWS = st.lists(ROW, min_size=1, max_size=5)
FRONT = [[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]


def value(row: Sequence[float], weights: Sequence[float]) -> float:
    total = fsum(weights)
    return fsum(one * weight / total for one, weight in zip(row, weights, strict=True))


# Break-even weights


def test_a_break_even_weight_is_worked_by_hand() -> None:
    # the winner leads by 4 on the first and trails by 3 on the second: level where
    # 4 w = 3 (1 - w), at 3 / 7
    assert break_even_weights([5, 1], [1, 4], [0.6, 0.4]) == pytest.approx([3 / 7, 4 / 7])


def test_the_other_weights_keep_their_proportions() -> None:
    # leads 1 2 -2, weights 2 1 1 of 4. On the third: the others lead by (2 x 1 + 1 x 2) / 3
    # = 4 / 3, so 2 w = 4 / 3 (1 - w): w = 0.4. On the first: the others lead by 0, tie at 0.
    # On the second: the others lead by (2 x 1 - 1 x 2) / 3 = 0, tie at 0.
    found = break_even_weights([1, 2, 0], [0, 0, 2], [2, 1, 1])
    assert found == pytest.approx([0, 0, 0.4])


def test_no_weight_helps_a_rival_that_is_nowhere_better() -> None:
    assert break_even_weights([3, 4], [2, 2], [0.5, 0.5]) == [None, None]


def test_no_weight_tells_apart_two_that_differ_by_the_same_everywhere() -> None:
    assert break_even_weights([3, 3], [2, 2], [0.5, 0.5]) == [None, None]


def test_a_criterion_that_has_all_the_weight_leaves_nothing_to_scale() -> None:
    # from all on the first, no other has a proportion; the second gains from nothing:
    # 1 (1 - w) - 1 w = 0
    assert break_even_weights([1, 0], [0, 1], [1, 0]) == [None, 0.5]


@given(ROW, ROW, WEIGHTS)
@LAW
def test_at_a_break_even_weight_the_two_tie(
    winner: list[int], rival: list[int], weights: list[int]
) -> None:
    total = sum(weights)
    for place, weight in enumerate(break_even_weights(winner, rival, weights)):
        if weight is None:
            continue
        assert 0 <= weight <= 1
        rest = total - weights[place]
        moved = [
            weight if at == place else part * (1 - weight) / rest
            for at, part in enumerate(weights)
        ]
        assert value(winner, moved) == pytest.approx(value(rival, moved), abs=1e-9)


@given(ROW, ROW, WEIGHTS)
@LAW
def test_break_even_weights_are_those_of_exact_fractions(
    winner: list[int], rival: list[int], weights: list[int]
) -> None:
    leads = [one - other for one, other in zip(winner, rival, strict=True)]
    products = [lead * weight for lead, weight in zip(leads, weights, strict=True)]
    assume(sum(products) > 0)
    for place, found in enumerate(break_even_weights(winner, rival, weights)):
        rest = Fraction(sum(products) - products[place], sum(weights) - weights[place])
        exact = None if leads[place] == rest else rest / (rest - leads[place])
        if exact is not None and 0 <= exact <= 1:
            assert found == pytest.approx(float(exact))
        else:
            assert found is None


def test_a_criterion_that_alone_decides_breaks_even_at_no_weight_at_all() -> None:
    # leads -2 -4 3 1, weights 1 1 2 1: without the last criterion the two are level
    found = break_even_weights([0, 1, 5, 1], [2, 5, 2, 0], [1, 1, 2, 1])
    assert found[3] == pytest.approx(0)


# The smallest flip


def test_a_smallest_flip_is_worked_by_hand() -> None:
    # leads 4 and -3, weights 0.6 and 0.4: ahead by 1.2; a point moved takes 7 off
    assert smallest_flip([5, 1], [1, 4], [0.6, 0.4]) == pytest.approx(1.2 / 7)


def test_weight_moves_from_the_largest_lead_first() -> None:
    # leads 2 1 -1, weights 1 6 3 of 10: ahead by 0.5. All 0.1 of the first takes 0.3 off,
    # then 0.1 of the second the other 0.2
    assert smallest_flip([2, 1, 0], [0, 0, 1], [1, 6, 3]) == pytest.approx(0.2)


def test_no_shift_helps_a_rival_that_is_nowhere_better() -> None:
    assert smallest_flip([3, 4], [2, 2], [1, 1]) is None


def test_a_rival_that_is_nowhere_worse_than_level_needs_all_the_weight() -> None:
    assert smallest_flip([3, 2], [2, 2], [0.25, 0.75]) == pytest.approx(0.25)


def test_all_the_weight_that_can_move_is_all_that_moves_however_sums_are_rounded() -> None:
    # leads 1 1 0, weights 1 2 2 of 5: level only with 0.2 + 0.4 moved. The rival has no more to
    # gain on the third, though 0.6 - 0.2 - 0.4 is not quite nought in floating point
    assert smallest_flip([1, 1, 0], [0, 0, 0], [1, 2, 2]) == pytest.approx(0.6)


def test_a_rival_that_is_level_needs_no_shift() -> None:
    assert smallest_flip([3, 2], [2, 3], [1, 1]) == 0


def test_a_rival_that_is_ahead_already_needs_no_shift() -> None:
    # leads -1 and 1, weights 3 and 1 of 4: behind by 0.5
    assert smallest_flip([2, 3], [3, 2], [3, 1]) == 0


def shifted(leads: Sequence[float], weights: Sequence[float], shift: float) -> list[float]:
    """Move so much weight to the least lead, from the greatest lead first."""
    total = fsum(weights)
    moved = [weight / total for weight in weights]
    least = leads.index(min(leads))
    for place in sorted(range(len(leads)), key=lambda at: -leads[at]):
        if place != least:
            part = min(shift, moved[place])
            moved[place] -= part
            moved[least] += part
            shift -= part
    return moved


@given(ROW, ROW, WEIGHTS)
@LAW
def test_moving_the_smallest_flip_makes_the_two_tie(
    winner: list[int], rival: list[int], weights: list[int]
) -> None:
    assume(value(winner, weights) > value(rival, weights))
    leads = [one - other for one, other in zip(winner, rival, strict=True)]
    shift = smallest_flip(winner, rival, weights)
    if shift is None:
        assert min(leads) > 0
        return
    moved = shifted(leads, weights, shift)
    assert fsum(moved) == pytest.approx(1)
    assert value(winner, moved) == pytest.approx(value(rival, moved), abs=1e-9)


@given(ROW, ROW, WEIGHTS, WEIGHTS)
@LAW
def test_no_smaller_shift_makes_the_two_tie(
    winner: list[int], rival: list[int], weights: list[int], others: list[int]
) -> None:
    assume(value(winner, weights) > value(rival, weights))
    shift = smallest_flip(winner, rival, weights)
    start = [weight / sum(weights) for weight in weights]
    end = [weight / sum(others) for weight in others]
    distance = fsum(abs(one - other) for one, other in zip(start, end, strict=True)) / 2
    if value(winner, end) <= value(rival, end):
        assert shift is not None
        assert distance >= shift - 1e-12


# Weights drawn


def test_drawn_weights_add_up_to_one() -> None:
    columns = weight_columns(3, [(0,), (1, 2)], 50, Random(1))  # noqa: S311
    assert [fsum(draw) for draw in zip(*columns, strict=True)] == pytest.approx([1] * 50)


def means(criteria: int, groups: list[tuple[int, ...]] | None) -> list[float]:
    columns = weight_columns(criteria, groups, DRAWS, Random(1))  # noqa: S311
    return [fsum(column) / DRAWS for column in columns]


def test_weights_without_an_order_are_equal_in_the_mean() -> None:
    assert means(3, None) == pytest.approx([1 / 3] * 3, abs=POINT)
    assert means(3, [(0, 1, 2)]) == pytest.approx([1 / 3] * 3, abs=POINT)


def test_weights_drawn_in_an_order_keep_it() -> None:
    columns = weight_columns(3, [(2,), (0,), (1,)], 200, Random(1))  # noqa: S311
    assert all(third >= first >= second for first, second, third in zip(*columns, strict=True))


def test_the_mean_of_weights_drawn_in_an_order_is_the_rank_order_centroid() -> None:
    found = means(6, [(5,), (4,), (3,), (2,), (1,), (0,)])
    assert found[::-1] == pytest.approx(rank_order_centroid(6), abs=POINT)


def test_tied_criteria_share_their_places_in_the_mean() -> None:
    # places 11 5 2 of 18: the tied ones (5 + 2) / 2
    assert means(3, [(1,), (0, 2)]) == pytest.approx([7 / 36, 22 / 36, 7 / 36], abs=POINT)


def test_criteria_tied_for_the_last_places_share_them_too() -> None:
    # places 25 13 7 3 of 48: the tied ones (7 + 3) / 2
    found = means(4, [(0,), (1,), (2, 3)])
    assert found == pytest.approx([25 / 48, 13 / 48, 5 / 48, 5 / 48], abs=POINT)


def test_tied_criteria_change_places_from_draw_to_draw() -> None:
    columns = weight_columns(3, [(0,), (1, 2)], 200, Random(1))  # noqa: S311
    heavier = [second > third for _, second, third in zip(*columns, strict=True)]
    assert 0 < sum(heavier) < 200


def test_a_criterion_without_a_place_weighs_nothing() -> None:
    columns = weight_columns(3, [(2,), (0,)], 50, Random(1))  # noqa: S311
    assert columns[1] == [0] * 50
    assert means(2, [(1,)]) == pytest.approx([0, 1])


def test_points_may_be_drawn_as_well_as_weights() -> None:
    # draw by draw 1 x 2 + 0 x 4 and 0.5 x 2 + 0.5 x 6
    assert weighted_column([2, [4, 6]], [[1, 0.5], [0, 0.5]]) == [2, 4]


# Acceptability


def test_an_order_of_criteria_cuts_the_weights_drawn() -> None:
    # the first criterion weighs 0.5 to 1, evenly; 0.6 each beats the first below 0.6
    assert [row[0] for row in acceptability(FRONT, order=[0, 1])] == pytest.approx(
        [0.8, 0.2, 0], abs=POINT
    )
    assert [row[0] for row in acceptability(FRONT, order=[1, 0])] == pytest.approx(
        [0, 0.2, 0.8], abs=POINT
    )


def test_one_that_is_better_everywhere_is_always_first() -> None:
    assert acceptability([[1, 2], [3, 4], [0, 0]], samples=100) == [
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 1],
    ]


def test_a_tie_goes_to_the_one_that_comes_first() -> None:
    assert acceptability([[1, 1], [1, 1]], samples=10) == [[1, 0], [0, 1]]


def test_where_there_is_nothing_to_choose_from_no_rank_is_taken() -> None:
    assert rank_shares([]) == []


@given(ROWS, st.integers(0, 99), st.sampled_from([None, range(CRITERIA)]))
@LAW
def test_every_rank_is_taken_once_and_every_alternative_has_one(
    rows: list[list[float]], seed: int, order: Sequence[int] | None
) -> None:
    shares = acceptability(rows, order=order, samples=20, seed=seed)
    assert [fsum(row) for row in shares] == pytest.approx([1] * len(rows))
    assert [fsum(column) for column in zip(*shares, strict=True)] == pytest.approx([1] * len(rows))


def test_the_same_seed_gives_the_same_shares_and_another_seed_others() -> None:
    shares = acceptability(FRONT, samples=500)
    assert acceptability(FRONT, samples=500, seed=1) == shares
    assert acceptability(FRONT, samples=500, seed=2) != shares


# In an assessment


def contest(**context: Any) -> Assessment:
    """Judge a, b and c by pain and readiness, 3 to 1: 3.5, 3 and 1.25 points of 5."""
    values: dict[str, Any] = {
        "weights": {"pain": 3, "readiness": 1},
        "pain": {"a": 4, "b": 3, "c": 0},
        "readiness": {"a": rated(2), "b": rated(3), "c": rated(5)},
        **context,
    }
    return judge(asked(a=1, b=1, c=1), **values)


def rated(points: float) -> dict[str, float]:
    return {"sponsor": points, "skills": points, "openness": points}


def test_an_assessment_names_the_nearest_break_even_weight_of_each_criterion() -> None:
    judged = contest()
    assert judged.ranking.first == "a"
    # against b: leads 1 and -1, level at 0.5. Against c: leads 4 and -3, level at 3 / 7.
    # Pain now weighs 0.75 and readiness 0.25, so b is the nearer on both.
    by_criterion = {one.criterion: one for one in judged.robustness.break_even}
    pain, readiness = by_criterion["pain"], by_criterion["readiness"]
    assert [pain.rival, readiness.rival] == ["b", "b"]
    assert [pain.weight, readiness.weight] == pytest.approx([0.5, 0.5])


def test_an_assessment_names_the_smallest_flip_and_where_the_weight_goes() -> None:
    flip = contest().robustness.smallest_flip
    assert flip is not None
    # b trails by 3.5 - 3 = 0.5 points, and a point of weight moved takes 2 off
    assert (flip.rival, flip.towards) == ("b", "readiness")
    assert flip.shift == pytest.approx(0.25)


def test_a_gated_rival_never_draws_level() -> None:
    judged = contest(readiness={"a": rated(2), "b": rated(3) | {"sponsor": 0}, "c": rated(5)})
    assert {one.rival for one in judged.robustness.break_even} == {"c"}
    flip = judged.robustness.smallest_flip
    assert flip is not None
    # c trails by 3.5 - 1.25 = 2.25 points, and a point of weight moved takes 7 off
    assert flip.rival == "c"
    assert flip.shift == pytest.approx(2.25 / 7)


def test_a_stream_alone_has_no_rival() -> None:
    robustness = judge(asked(a=1), pain={"a": 3}).robustness
    assert robustness.break_even == ()
    assert robustness.smallest_flip is None
    assert robustness.verdict == "alone"
