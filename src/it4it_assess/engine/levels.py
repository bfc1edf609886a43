"""The level reached: an adaptation of ISO/IEC 33020's rule; no conformance is claimed."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGELY = 0.50
FULLY = 0.85
PARTLY = 0.15
"""Upper ends, exclusive, of ISO/IEC 33020's ratings: N to 15 %, P to 50 %, L to 85 %, F above."""

SLACK = 1e-9
"""Sums of tenths are not exact: what comes this near a limit is at the limit."""

Rating = Literal["N", "P", "L", "F"]


def achievement_rating(share: float, *, largely: float = LARGELY, fully: float = FULLY) -> Rating:
    """Rate an achieved share, 0 to 1, as ISO/IEC 33020 does: not, partly, largely, fully."""
    if share > fully + SLACK:
        return "F"
    if share > largely + SLACK:
        return "L"
    return "P" if share > PARTLY + SLACK else "N"


def level_from_ratings(ratings: Iterable[Rating]) -> int:
    """Return the highest level rated L or F with every level below it F (ISO/IEC 33020)."""
    reached = 0
    for level, rating in enumerate(ratings, start=1):
        if rating not in {"L", "F"}:
            break
        reached = level
        if rating != "F":
            break
    return reached


def level_reached(
    answers: Sequence[float],
    weights: Sequence[float] | None = None,
    *,
    scale: Sequence[float] = range(6),
    largely: float = LARGELY,
    fully: float = FULLY,
) -> int:
    """Return the level reached, counting the values of `scale` from 0.

    The weighted share of answers at or above each value is rated as ISO/IEC 33020 rates
    an attribute; an adaptation of its rule, no conformance claimed. No answers: level 0.
    """
    if not answers:
        return 0
    parts = [1.0] * len(answers) if weights is None else list(weights)
    total = fsum(parts)
    shares = (
        fsum(part for answer, part in zip(answers, parts, strict=True) if answer >= value) / total
        for value in scale[1:]
    )
    return level_from_ratings(
        achievement_rating(share, largely=largely, fully=fully) for share in shares
    )
