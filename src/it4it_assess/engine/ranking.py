"""Which stream first: an additive value on fixed scales, with gates that are not traded.

Fixed 0 to 5 scales for every criterion: a scale drawn from the streams at hand would let
a losing stream decide the winner. What a criterion is worth for a stream never depends on
which streams are ranked beside it.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.criteria import (
    MOST,
    criteria_values,
    effort_points,
    enabling_points,
    gap_points,
    rate,
    unmet,
)
from it4it_assess.model.answers import Readiness
from it4it_assess.model.assessment import Gate, Ranking, StreamRank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.criteria import Ratings, Standing
    from it4it_assess.model.answers import Context
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream

SPONSOR = "sponsor"
SPONSOR_NEEDED_ABOVE = 1
"""A stream whose sponsor rates this or less is not put first."""


def rank_order_centroid(n: int) -> list[float]:
    """Return rank-order-centroid weights for n criteria, most important first.

    The mean of all weightings that keep the order (Barron and Barrett 1996).
    """
    return [fsum(1 / place for place in range(first, n + 1)) / n for first in range(1, n + 1)]


def weighted_parts(
    row: Sequence[float],
    weights: Sequence[float],
    bounds: Sequence[tuple[float, float]],
    *,
    directions: Sequence[int] | None = None,
) -> list[float]:
    """Return each criterion's part of a value, 0 to its share of the weight."""
    ways = [1] * len(row) if directions is None else list(directions)
    total = fsum(weights)
    return [
        weight / total * ((value - low) if way > 0 else (high - value)) / (high - low)
        for value, weight, (low, high), way in zip(row, weights, bounds, ways, strict=True)
    ]


def additive_value(
    rows: Sequence[Sequence[float]],
    weights: Sequence[float],
    bounds: Sequence[tuple[float, float]],
    *,
    directions: Sequence[int] | None = None,
) -> list[float]:
    """Return each row's weighted sum, 0 to 1, of its place between the criteria's bounds.

    A direction of -1 marks a criterion where less is better.
    """
    return [fsum(weighted_parts(row, weights, bounds, directions=directions)) for row in rows]


def criteria_order(questionnaire: Questionnaire, context: Context) -> list[tuple[str, ...]]:
    """Return the criteria that count, most important first, tied ones together."""
    if context.weights is not None:
        by_weight: dict[float, list[str]] = {}
        for name, weight in context.weights.items():
            if weight > 0:
                by_weight.setdefault(weight, []).append(name)
        return [tuple(by_weight[weight]) for weight in sorted(by_weight, reverse=True)]
    if context.criteria is not None:
        return [(place,) if isinstance(place, str) else tuple(place) for place in context.criteria]
    return [(criterion.id,) for criterion in questionnaire.criteria]


def criteria_weights(questionnaire: Questionnaire, context: Context) -> dict[str, float]:
    """Return the weight of each criterion; they add up to 1.

    Given weights are scaled; an order gives rank-order centroids, tied criteria sharing
    the mean of their places; a criterion left out weighs nothing.
    """
    weights: dict[str, float] = {criterion.id: 0.0 for criterion in questionnaire.criteria}
    if context.weights is not None:
        weights.update(context.weights)
        total = fsum(weights.values())
        return {name: weight / total for name, weight in weights.items()}
    order = criteria_order(questionnaire, context)
    centroids = rank_order_centroid(sum(len(tied) for tied in order))
    place = 0
    for tied in order:
        share = fsum(centroids[place : place + len(tied)]) / len(tied)
        weights.update(dict.fromkeys(tied, share))
        place += len(tied)
    return weights


def rank(
    questionnaire: Questionnaire, context: Context, standings: Mapping[str, Standing]
) -> Ranking:
    """Rank the primary streams that have a standing; supporting ones only gate."""
    weights = criteria_weights(questionnaire, context)
    ratings = rate(questionnaire, context)
    order = _order(questionnaire, context, standings, weights, ratings)
    return Ranking(
        first=_leader(order),
        streams=tuple(
            StreamRank(
                id=place.stream.id,
                title=place.stream.title,
                rank=number,
                value=place.value,
                gates=stream_gates(questionnaire, context, standings, place.stream),
                criteria=criteria_values(questionnaire, context, standings, place.stream, ratings),
                contributions=dict(zip(weights, place.parts, strict=True)),
            )
            for number, place in enumerate(order, start=1)
        ),
        weights=weights,
    )


def leader(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    weights: Mapping[str, float],
    ratings: Ratings,
) -> str | None:
    """Return the stream that `rank` would put first, without the words."""
    return _leader(_order(questionnaire, context, standings, weights, ratings))


class Outlook(NamedTuple):
    """Which stream is first, if any, and each ranked stream's value, 0 to 1."""

    first: str | None
    values: dict[str, float]


def outlook(
    questionnaire: Questionnaire, context: Context, standings: Mapping[str, Standing]
) -> Outlook:
    """Return what `rank` would say of these standings, in figures only."""
    weights = criteria_weights(questionnaire, context)
    order = _order(questionnaire, context, standings, weights, rate(questionnaire, context))
    return Outlook(_leader(order), {place.stream.id: place.value for place in order})


class _Place(NamedTuple):
    stream: ValueStream
    parts: list[float]
    value: float
    gated: bool


def _order(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    weights: Mapping[str, float],
    ratings: Ratings,
) -> list[_Place]:
    """Return the streams, open ones before gated ones, by value; ties in declared order."""
    shares = list(weights.values())
    bounds = [(0.0, MOST)] * len(weights)
    waiting = unmet(questionnaire, standings)
    places = []
    for stream in ranked_streams(questionnaire, standings):
        points = {
            **{name: value.points for name, value in ratings[stream.id].items()},
            "gap": gap_points(questionnaire, standings[stream.id]),
            "effort": effort_points(context, standings[stream.id]),
            "enabling": enabling_points(questionnaire, stream, waiting, ratings),
        }
        parts = weighted_parts([points[name] for name in weights], shares, bounds)
        gated = _unsponsored(context, stream) or any(need.stream == stream.id for need in waiting)
        places.append(_Place(stream, parts, fsum(parts), gated))
    places.sort(key=lambda place: (place.gated, -place.value))
    return places


def _leader(order: Sequence[_Place]) -> str | None:
    return order[0].stream.id if order and not order[0].gated else None


def ranked_streams(
    questionnaire: Questionnaire, standings: Mapping[str, Standing]
) -> list[ValueStream]:
    """Return the streams that can come first, in the questionnaire's order."""
    return [
        stream
        for stream in questionnaire.streams
        if stream.kind == "primary" and stream.id in standings
    ]


def stream_gates(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    stream: ValueStream,
) -> tuple[Gate, ...]:
    """Return what keeps a stream from being first: no sponsor, or a need not met."""
    gates = []
    if _unsponsored(context, stream):
        sponsor = context.readiness[stream.id].sponsor
        gates.append(
            Gate(
                id=SPONSOR,
                because=f"its sponsor is rated {sponsor:g} of 5; it needs somebody who backs it",
            )
        )
    titles = {one.id: one.title for one in questionnaire.streams}
    gates += [
        Gate(
            id=dependency.needs,
            because=(
                f"{titles[dependency.needs]} scores {standings[dependency.needs].score:.1f} and "
                f"should reach {dependency.score:g} first. {dependency.because}"
            ).strip(),
        )
        for dependency in unmet(questionnaire, standings)
        if dependency.stream == stream.id
    ]
    return tuple(gates)


def _unsponsored(context: Context, stream: ValueStream) -> bool:
    sponsor = context.readiness.get(stream.id, Readiness()).sponsor
    return sponsor is not None and sponsor <= SPONSOR_NEEDED_ABOVE
