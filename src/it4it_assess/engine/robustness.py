"""How firm the pick is: break-even weights, the smallest flip, acceptability shares.

Rows hold a stream's value on each criterion, higher is better, all on one fixed scale.
"""

from __future__ import annotations

from math import fsum, log
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    return weight if 0 <= weight <= 1 else None


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
    draws = weight_draws(len(rows[0]), groups, random)

    def values() -> Sequence[float]:
        weights = next(draws)
        return [
            fsum(weight * value for weight, value in zip(weights, row, strict=True))
            for row in rows
        ]

    return rank_shares(len(rows), samples, values)


def weight_draws(
    criteria: int, groups: Sequence[Sequence[int]] | None, random: Random
) -> Iterator[list[float]]:
    """Yield weights that add up to 1, drawn evenly over the weightings that keep the order.

    `groups` holds criteria by place, most important first, tied ones together; a criterion
    in no group weighs nothing. Exponentials by `-log(1 - u)`, so that draws do not hang on
    a library's sampler.
    """
    ordered = [tuple(range(criteria))] if groups is None else [tuple(group) for group in groups]
    places = [place for group in ordered for place in group]
    count = len(places)
    draw = random.random
    while True:
        parts = [-log(1 - draw()) for _ in range(count)]
        total = 0.0
        for part in parts:
            total += part
        if len(ordered) > 1:
            parts.sort(reverse=True)
        weights = [0.0] * criteria
        start = 0
        for group in ordered:
            mine = parts[start : start + len(group)]
            if len(mine) > 1 and len(ordered) > 1:
                random.shuffle(mine)
            for place, part in zip(group, mine, strict=True):
                weights[place] = part / total
            start += len(group)
        yield weights


def rank_shares(
    alternatives: int, samples: int, values: Callable[[], Sequence[float]]
) -> list[list[float]]:
    """Return how often each alternative takes each rank over draws of `values`.

    Ties go to the alternative that comes first.
    """
    counts = [[0] * alternatives for _ in range(alternatives)]
    places = range(alternatives)
    for _ in range(samples):
        drawn = values()
        for rank, one in enumerate(sorted(places, key=drawn.__getitem__, reverse=True)):
            counts[one][rank] += 1
    return [[count / samples for count in row] for row in counts]
