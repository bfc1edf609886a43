"""Several respondents: what they agree on, and how far they do not."""

from __future__ import annotations

from math import fsum, log2
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Metric = Literal["nominal", "ordinal", "interval", "ratio"]

MINIMUM_SHARED = 10
"""Alpha needs at least this many questions answered by two or more (our convention)."""


def low_median(ratings: Sequence[float]) -> float:
    """Return the lower middle value: a real level, robust to one outlier."""
    return sorted(ratings)[(len(ratings) - 1) // 2]


def _median(ratings: Sequence[float]) -> float:
    ordered = sorted(ratings)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _mean(ratings: Sequence[float]) -> float:
    return fsum(ratings) / len(ratings)


def average_deviation(
    ratings: Sequence[float], *, about: Literal["median", "mean"] = "median"
) -> float:
    """Return the mean absolute deviation about the median or mean, in scale units.

    Burke and Dunlap (2002) call ratings on c options disputed above c/6.
    """
    centre = _median(ratings) if about == "median" else _mean(ratings)
    return _mean([abs(rating - centre) for rating in ratings])


def consensus(counts: Sequence[int]) -> float:
    """Return Tastle and Wierman's consensus, 0 (split at the extremes) to 1 (one mind).

    `counts` holds one count for each value of an evenly spaced scale, lowest first.
    """
    total = sum(counts)
    width = len(counts) - 1
    mean = fsum(value * count for value, count in enumerate(counts)) / total
    return 1 + fsum(
        count / total * log2(1 - abs(value - mean) / width)
        for value, count in enumerate(counts)
        if count
    )


def within_group_agreement(ratings: Sequence[float], *, options: int) -> float:
    """Return r_wg of James, Demaree and Wolf (1984), cut off at 0, with the uniform null."""
    centre = _mean(ratings)
    variance = fsum((rating - centre) ** 2 for rating in ratings) / (len(ratings) - 1)
    expected = (options**2 - 1) / 12
    return max(0.0, 1 - variance / expected)


def krippendorff_alpha(
    ratings: Sequence[Sequence[float | None]], *, metric: Metric = "ordinal"
) -> float:
    """Return Krippendorff's alpha over a row per respondent, None where nothing was said.

    1 is perfect agreement, 0 what chance would give. Where all ratings are one value there
    is nothing to tell apart: 1 by convention. ValueError when no unit has two ratings.
    """
    units = [
        [value for value in column if value is not None] for column in zip(*ratings, strict=True)
    ]
    paired = [unit for unit in units if len(unit) > 1]
    if not paired:
        msg = "alpha needs at least one question with two ratings"
        raise ValueError(msg)
    values = sorted({value for unit in paired for value in unit})
    counts = [sum(unit.count(value) for unit in paired) for value in values]
    distance = _distance(metric, values, counts)
    total = sum(counts)
    observed = fsum(
        distance(values.index(one), values.index(other)) / (len(unit) - 1)
        for unit in paired
        for one in unit
        for other in unit
    )
    expected = fsum(
        counts[i] * counts[j] * distance(i, j)
        for i in range(len(values))
        for j in range(len(values))
    ) / (total - 1)
    return 1.0 if expected == 0 else 1 - observed / expected


def _distance(
    metric: Metric, values: Sequence[float], counts: Sequence[int]
) -> Callable[[int, int], float]:
    """Return the squared difference between two values by their places in `values`."""

    def nominal(one: int, other: int) -> float:
        return float(one != other)

    def ordinal(one: int, other: int) -> float:
        first, last = min(one, other), max(one, other)
        between = sum(counts[first : last + 1]) - (counts[first] + counts[last]) / 2
        return float(between**2)

    def interval(one: int, other: int) -> float:
        return (values[one] - values[other]) ** 2

    def ratio(one: int, other: int) -> float:
        total = values[one] + values[other]
        return ((values[one] - values[other]) / total) ** 2 if total else 0.0

    return {"nominal": nominal, "ordinal": ordinal, "interval": interval, "ratio": ratio}[metric]
