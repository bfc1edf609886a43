"""The ranking's arithmetic against pymcdm, linear programmes and draws of numpy."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pymcdm.methods import WSM
from pymcdm.normalizations import minmax_normalization
from scipy.optimize import brentq, linprog

from builders import judge
from dice import any_firm, dice_of
from it4it_assess.engine.ranking import additive_value, rank_order_centroid
from it4it_assess.engine.robustness import acceptability, break_even_weights, smallest_flip

if TYPE_CHECKING:
    from random import Random

EXACT = 1e-9
DRAWS = 500
SURE = 6
"""Standard errors that a share may be off: once in a thousand million, if all is right."""


def close(expected: Any) -> Any:
    return pytest.approx(expected, abs=EXACT, rel=EXACT)


def weighing(dice: Random, count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    weights = np.array([dice.uniform(0.01, 1) for _ in range(count)])
    return np.asarray(weights / weights.sum())


def points(dice: Random, count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Throw points on each criterion: whole ones as owners rate, or any."""
    whole = dice.random() < 0.5
    return np.array([dice.randint(0, 5) if whole else dice.uniform(0, 5) for _ in range(count)])


@pytest.mark.parametrize("count", range(1, 13))
def test_rank_order_centroids_are_the_centre_of_the_ordered_weightings(count: int) -> None:
    # the corners of the ordered weightings are (1), (1/2, 1/2), (1/3, 1/3, 1/3) and so on
    corners = np.tril(np.ones((count, count))) / np.arange(1, count + 1)[:, None]
    assert rank_order_centroid(count) == close(corners.mean(axis=0).tolist())


def test_additive_values_are_pymcdms_weighted_sums(seeds: range) -> None:
    for seed in seeds:
        dice = dice_of(seed)
        count = dice.randint(2, 7)
        lows = np.array([dice.uniform(-5, 5) for _ in range(count)])
        highs = lows + [dice.uniform(0.1, 5) for _ in range(count)]
        rows = [
            [dice.uniform(low, high) for low, high in zip(lows, highs, strict=True)]
            for _ in range(dice.randint(2, 6))
        ]
        weights, ways = weighing(dice, count), [dice.choice([1, -1]) for _ in range(count)]
        # pymcdm's bounds are those of the rows it is given: two more rows hold ours
        given = np.array([*rows, lows, highs])
        expected = WSM(minmax_normalization)(given, weights, np.array(ways), validation=False)[
            : len(rows)
        ]
        bounds = list(zip(lows.tolist(), highs.tolist(), strict=True))
        told = additive_value(rows, weights.tolist(), bounds, directions=ways)
        assert told == close(expected.tolist())


def test_values_of_ranked_streams_are_pymcdms_weighted_sums(seeds: range) -> None:
    for seed in seeds:
        ranking = judge(*any_firm(dice_of(seed)), samples=1).ranking
        if not ranking.streams:
            continue
        given = [[value.points for value in one.criteria] for one in ranking.streams]
        width = len(ranking.weights)
        ends = np.array([*given, [0] * width, [5] * width], dtype=float)
        expected = WSM(minmax_normalization)(
            ends, np.array(list(ranking.weights.values())), np.ones(width), validation=False
        )
        assert [one.value for one in ranking.streams] == close(expected[:-2].tolist())


def test_break_even_weights_are_the_roots_of_the_lead(seeds: range) -> None:
    found = 0
    for seed in seeds:
        dice = dice_of(seed)
        count = dice.randint(2, 7)
        weights, leads = weighing(dice, count), points(dice, count) - points(dice, count)
        rival = points(dice, count)
        told = break_even_weights((rival + leads).tolist(), rival.tolist(), weights.tolist())
        for place, weight in enumerate(told):
            others = np.delete(weights, place)
            rest = others / others.sum() @ np.delete(leads, place)

            def lead(share: float, own: float = leads[place], beside: float = rest) -> float:
                return float(share * own + (1 - share) * beside)

            ends = lead(0), lead(1)
            if min(abs(end) for end in ends) < EXACT:
                continue  # a tie at an end: rounding decides on which side it lies
            if ends[0] * ends[1] > 0:
                assert weight is None
            else:
                assert weight == pytest.approx(brentq(lead, 0, 1, xtol=1e-14), abs=EXACT)
                found += 1
    assert found


def test_the_smallest_flip_is_a_linear_programmes_optimum(seeds: range) -> None:
    flips = 0
    for seed in seeds:
        dice = dice_of(seed)
        count = dice.randint(2, 7)
        weights, one, other = weighing(dice, count), points(dice, count), points(dice, count)
        winner, rival = (one, other) if weights @ one >= weights @ other else (other, one)
        leads = winner - rival
        # weight given and taken, each at least 0: no more taken than there is, as much as given
        programme = linprog(
            np.r_[np.ones(count), np.zeros(count)],
            A_ub=[np.r_[leads, -leads]],
            b_ub=[-(weights @ leads)],
            A_eq=[np.r_[np.ones(count), -np.ones(count)]],
            b_eq=[0],
            bounds=[(0, None)] * count + [(0, weight) for weight in weights],
        )
        told = smallest_flip(winner.tolist(), rival.tolist(), weights.tolist())
        assert (told is None) == (leads.min() > 0)
        assert programme.success == (told is not None)
        if told is not None:
            assert told == close(programme.fun)
            flips += told > 0
    assert flips


def test_shares_of_ranks_over_two_criteria_are_the_lengths_of_their_weights(seeds: range) -> None:
    for seed in seeds:
        dice = dice_of(seed)
        rows = [points(dice, 2) + dice.uniform(0, 1e-3) for _ in range(dice.randint(2, 5))]
        ordered = dice.random() < 0.5
        # with weight t on the first criterion, values are lines in t: they cross at these
        cuts = {0.5 if ordered else 0.0, 1.0}
        for one in rows:
            for other in rows:
                slope = (one[0] - one[1]) - (other[0] - other[1])
                if slope:
                    cuts.add(min(1.0, max(min(cuts), (other[1] - one[1]) / slope)))
        exact = np.zeros((len(rows), len(rows)))
        for start, end in pairwise(sorted(cuts)):
            middle = (start + end) / 2
            values = [middle * row[0] + (1 - middle) * row[1] for row in rows]
            for rank, name in enumerate(np.argsort(-np.array(values), kind="stable")):
                exact[name, rank] += (end - start) / (1 - min(cuts))
        told = acceptability(
            [row.tolist() for row in rows], order=[0, 1] if ordered else None, samples=DRAWS
        )
        error = np.sqrt(exact * (1 - exact) / DRAWS)
        assert (np.abs(np.array(told) - exact) <= SURE * error + 5 / DRAWS).all()


def test_shares_of_ranks_are_those_of_numpys_own_draws(seeds: range) -> None:
    for seed in seeds[:: max(1, len(seeds) // 30)]:
        dice = dice_of(seed)
        count, alternatives = dice.randint(3, 6), dice.randint(2, 5)
        rows = np.array([[dice.uniform(0, 5) for _ in range(count)] for _ in range(alternatives)])
        order = dice.sample(range(count), count) if dice.random() < 0.5 else None
        drawn = np.random.default_rng(seed).dirichlet(np.ones(count), 4 * DRAWS)
        if order is not None:
            drawn[:, order] = -np.sort(-drawn, axis=1)
        places = np.argsort(np.argsort(-(drawn @ rows.T), axis=1), axis=1)
        other = np.array(
            [
                [(places[:, a] == r).mean() for r in range(alternatives)]
                for a in range(alternatives)
            ]
        )
        told = np.array(acceptability(rows.tolist(), order=order, samples=DRAWS))
        both = (told + 4 * other) / 5
        error = np.sqrt(both * (1 - both) * (1 / DRAWS + 1 / (4 * DRAWS)))
        assert (np.abs(told - other) <= SURE * error + 5 / DRAWS).all()
