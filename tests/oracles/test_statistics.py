"""The engine's statistics against numpy and the package krippendorff, on the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import krippendorff
import numpy as np
import pytest

from dice import dice_of
from it4it_assess.engine.agreement import (
    average_deviation,
    consensus,
    krippendorff_alpha,
    low_median,
    within_group_agreement,
)
from it4it_assess.engine.scoring import level_reached, weighted_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

EXACT = 1e-9
LEVELS = range(6)
HALF, MOST = 0.50, 0.85


def close(expected: Any) -> Any:
    return pytest.approx(expected, abs=EXACT, rel=EXACT)


def thrown(dice: Random) -> list[float]:
    """Throw two to nine ratings, sometimes of fractions."""
    count = dice.randint(2, 9)
    if dice.random() < 0.3:
        return [dice.uniform(0, 5) for _ in range(count)]
    return [float(dice.choice(LEVELS)) for _ in range(count)]


def test_weighted_means_are_numpys(seeds: range) -> None:
    for seed in seeds:
        dice = dice_of(seed)
        values = [
            None if dice.random() < 0.3 else dice.uniform(-5, 5) for _ in range(dice.randint(1, 9))
        ]
        weights = [dice.uniform(0.01, 10) for _ in values]
        there = [place for place, value in enumerate(values) if value is not None]
        if not there:
            assert weighted_mean(values, weights) is None
            continue
        expected = np.average(
            np.array([values[place] for place in there], dtype=float),
            weights=[weights[place] for place in there],
        )
        assert weighted_mean(values, weights) == close(expected)


def test_levels_reached_are_those_of_the_rule_over_arrays(seeds: range) -> None:
    for seed in seeds:
        dice = dice_of(seed)
        lowest = dice.choice(LEVELS)  # so that high levels come up as well
        answers = np.array([dice.randint(lowest, 5) for _ in range(dice.randint(1, 20))])
        weights = np.array([float(dice.randint(1, 4)) for _ in answers])
        share = (weights * (answers[None, :] >= np.arange(1, 6)[:, None])).sum(1) / weights.sum()
        largely, fully = share > HALF + EXACT, share > MOST + EXACT
        reached = [n for n in range(1, 6) if largely[n - 1] and fully[: n - 1].all()]
        told = level_reached(answers.tolist(), weights.tolist())
        assert told == max(reached, default=0)


def test_low_medians_and_deviations_are_numpys(seeds: range) -> None:
    for seed in seeds:
        ratings = thrown(dice_of(seed))
        array = np.array(ratings)
        assert low_median(ratings) == np.quantile(array, 0.5, method="lower")
        about_median = np.abs(array - np.median(array)).mean()
        assert average_deviation(ratings) == close(about_median)
        about_mean = np.abs(array - array.mean()).mean()
        assert average_deviation(ratings, about="mean") == close(about_mean)


def test_consensus_is_the_formula_over_arrays(seeds: range) -> None:
    for seed in seeds:
        dice = dice_of(seed)
        counts = np.array([dice.choice([0, 0, 1, 2, 5]) for _ in range(dice.randint(2, 8))])
        counts[dice.randrange(len(counts))] += 1
        values, share = np.arange(len(counts)), counts / counts.sum()
        near = 1 - np.abs(values - share @ values) / (len(counts) - 1)
        expected = 1 + sum(
            part * np.log2(one) for part, one in zip(share, near, strict=True) if part
        )
        assert consensus(counts.tolist()) == close(expected)


def test_agreement_within_a_group_is_one_less_a_ratio_of_variances(seeds: range) -> None:
    for seed in seeds:
        dice = dice_of(seed)
        options = dice.randint(2, 9)
        ratings = np.array([dice.randint(1, options) for _ in range(dice.randint(2, 9))])
        null = np.arange(1, options + 1).var()  # of all options as often as each other
        expected = max(0.0, 1 - ratings.var(ddof=1) / null)
        assert within_group_agreement(ratings.tolist(), options=options) == close(expected)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_that_of_the_package_krippendorff(metric: Any, seeds: range) -> None:
    compared = 0
    for seed in seeds:
        rows = any_ratings(dice_of(seed))
        said = [[one for one in column if one is not None] for column in zip(*rows, strict=True)]
        paired = [column for column in said if len(column) > 1]
        if not paired:
            with pytest.raises(ValueError, match="two ratings"):
                krippendorff_alpha(rows, metric=metric)
            continue
        told = krippendorff_alpha(rows, metric=metric)
        if len({one for column in paired for one in column}) == 1:
            assert told == 1  # our convention; the package refuses, or divides by nought
            continue
        # the package takes values without a partner into its domain: they are not to count
        data = [
            [
                np.nan if one is None or len(column) == 1 else one
                for one, column in zip(row, said, strict=True)
            ]
            for row in rows
        ]
        assert told == close(krippendorff.alpha(data, level_of_measurement=metric))
        compared += 1
    assert compared > len(seeds) / 2


def any_ratings(dice: Random) -> Sequence[Sequence[float | None]]:
    """Throw two to five respondents' levels, from 1 on, on up to fifteen questions."""
    units = dice.randint(1, 15)
    missing, spread = dice.choice([0, 0.2, 0.6]), dice.choice([1, 2, 5])
    truth = [dice.randint(1, 5) for _ in range(units)]
    return [
        [
            None
            if dice.random() < missing
            else float(min(6, max(1, level + dice.randint(-spread, spread))))
            for level in truth
        ]
        for _ in range(dice.randint(2, 5))
    ]
