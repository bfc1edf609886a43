"""How firm the pick is: break-even weights, the smallest flip, acceptability shares.

Rows hold a stream's value on each criterion, higher is better, all on one fixed scale.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import fsum, log
from operator import ge
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDING = 1e-12

SAMPLES = 20_000
"""Draws of the public function: plus or minus 0.7 points at 95 % confidence."""


def break_even_weights(
    winner: Sequence[float], rival: Sequence[float], weights: Sequence[float]
) -> list[float | None]:
    """Return, for each criterion, the weight at which rival and winner tie.

    The other weights are rescaled in proportion; None where no weight in [0, 1] does it.
    """
    total = fsum(weights)
    shares = [weight / total for weight in weights]
    leads = [one - other for one, other in zip(winner, rival, strict=True)]
    lead = fsum(share * part for share, part in zip(shares, leads, strict=True))
    return [_break_even(share, part, lead) for share, part in zip(shares, leads, strict=True)]


def _break_even(share: float, part: float, lead: float) -> float | None:
    if share >= 1:
        return None  # the others have no proportions to rescale
    rest = (lead - share * part) / (1 - share)
    if part == rest:
        return None
    weight = -rest / (part - rest)
    within = min(1.0, max(0.0, weight))
    return within if abs(weight - within) <= ROUNDING else None


def smallest_flip(
    winner: Sequence[float], rival: Sequence[float], weights: Sequence[float]
) -> float | None:
    """Return the least weight, 0 to 1, to move between criteria for the rival to tie.

    Exact: weight goes to the criterion where the rival leads most, from where the winner
    leads most first. None where no shift does it.
    """
    total = fsum(weights)
    shares = [weight / total for weight in weights]
    leads = [one - other for one, other in zip(winner, rival, strict=True)]
    lead = fsum(share * part for share, part in zip(shares, leads, strict=True))
    lowest = min(leads)
    if lead <= 0:
        return 0.0
    if lowest > 0:
        return None
    moved = 0.0
    for part, share in sorted(zip(leads, shares, strict=True), key=lambda pair: -pair[0]):
        drop = part - lowest
        if drop <= 0:
            break
        if share * drop >= lead:
            return moved + lead / drop
        moved += share
        lead -= share * drop
    return moved


def acceptability(
    rows: Sequence[Sequence[float]],
    *,
    order: Sequence[int] | None = None,
    samples: int = SAMPLES,
    seed: int = 1,
) -> list[list[float]]:
    """Return the share of drawn weights at which each alternative takes each rank (SMAA-2).

    Weights are uniform over all weightings, or over those that keep `order` (criteria by
    place, most important first). Seeded: the same call gives the same shares.
    """
    random = Random(seed)  # noqa: S311  a simulation, not a secret
    groups = None if order is None else [(place,) for place in order]
    weights = weight_columns(len(rows[0]), groups, samples, random)
    return rank_shares([weighted_column(row, weights) for row in rows])


def weight_columns(
    criteria: int, groups: Sequence[Sequence[int]] | None, samples: int, random: Random
) -> list[list[float]]:
    """Return a column of drawn weights for each criterion; a draw's weights add up to 1.

    Drawn evenly over the weightings that keep the order. `groups` holds criteria by place,
    most important first, tied ones together; a criterion in no group weighs nothing.
    Exponentials by `-log(1 - u)`, so that draws do not hang on a library's sampler.
    """
    ordered = [tuple(range(criteria))] if groups is None else [tuple(group) for group in groups]
    columns = place_columns([len(group) for group in ordered], samples, random)
    return by_criterion(columns, ordered, criteria)


def place_columns(sizes: Sequence[int], samples: int, random: Random) -> list[list[float]]:
    """Return a column of drawn weights for each place of an order, heaviest first.

    `sizes` says how many criteria are tied at each place; each of them has a column. Which
    criteria they are does not matter to the draws.
    """
    count = sum(sizes)
    draw = random.random
    columns: list[list[float]] = [[] for _ in range(count)]
    for _ in range(samples):
        parts = [-log(1 - draw()) for _ in range(count)]
        if len(sizes) > 1:
            parts.sort(reverse=True)
            if count > len(sizes):
                _mix_tied(parts, sizes, random)
        total = fsum(parts)
        for column, part in zip(columns, parts, strict=True):
            column.append(part / total)
    return columns


def by_criterion(
    columns: Sequence[list[float]], groups: Sequence[Sequence[int]], criteria: int
) -> list[list[float]]:
    """Hand the columns of the places to the criteria that take them; the others weigh nothing."""
    taken = dict(zip((place for group in groups for place in group), columns, strict=True))
    return [taken.get(place) or [0.0] * len(columns[0]) for place in range(criteria)]


def _mix_tied(parts: list[float], sizes: Sequence[int], random: Random) -> None:
    """Shuffle the weights inside each group of tied criteria."""
    start = 0
    for size in sizes:
        mine = parts[start : start + size]
        random.shuffle(mine)
        parts[start : start + size] = mine
        start += size


def weighted_column(
    row: Sequence[float | Sequence[float]], weights: Sequence[Sequence[float]]
) -> list[float]:
    """Return an alternative's value in each draw; a criterion may itself be a column."""
    values = [0.0] * len(weights[0])
    for points, column in zip(row, weights, strict=True):
        if not isinstance(points, (int, float)):
            values = [
                value + weight * one
                for value, weight, one in zip(values, column, points, strict=True)
            ]
        elif points:
            values = [
                value + weight * points for value, weight in zip(values, column, strict=True)
            ]
    return values


def rank_shares(columns: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return how often each alternative takes each rank, from a column of values for each.

    Ties go to the alternative that comes first.
    """
    places = range(len(columns))
    pairs = list(combinations(places, 2))
    # Compared pair by pair, column with column, all the draws at once; what is left to do
    # draw by draw is to count how often each outcome of all the comparisons comes up.
    ahead = [map(ge, columns[one], columns[other]) for one, other in pairs]
    samples = len(columns[0]) if columns else 0
    outcomes = Counter(zip(*ahead, strict=True)) if pairs else Counter({(): samples})
    counts = [[0] * len(columns) for _ in places]
    for outcome, times in outcomes.items():
        ranks = [0] * len(columns)
        for (one, other), first in zip(pairs, outcome, strict=True):
            ranks[other if first else one] += 1
        for one, rank in enumerate(ranks):
            counts[one][rank] += times
    return [[count / samples for count in row] for row in counts]
