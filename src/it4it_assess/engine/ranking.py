"""Which stream first: an additive value on fixed scales, with gates that are not traded.

Fixed 0 to 5 scales for every criterion: a scale drawn from the streams at hand would let
a losing stream decide the winner. What a criterion is worth for a stream never depends on
which streams are ranked beside it.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.model.answers import Readiness
from it4it_assess.model.assessment import CriterionValue, Gate, Ranking, StreamRank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.answers import Context
    from it4it_assess.model.questionnaire import Dependency, Questionnaire, ValueStream

MOST = 5.0
MIDDLE = 2.5
SPONSOR_NEEDED_ABOVE = 1
"""A stream whose sponsor rates this or less is not put first."""

SPONSOR = "sponsor"


class Standing(NamedTuple):
    """A stream's score for ranking, with its bounds, and the work to its target.

    `score` is the mean where coverage carries it and mid-range where not; `days` close
    the gap if `closes`, else they are all the known initiatives would take.
    """

    score: float
    low: float
    high: float
    target: float
    days: float
    closes: bool


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
        weights.update({str(name): weight for name, weight in context.weights.items()})
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


class Steady(NamedTuple):
    """What no answer changes: the weights, and each stream's pain, goals and readiness."""

    weights: dict[str, float]
    values: dict[str, dict[str, CriterionValue]]


def steady_values(questionnaire: Questionnaire, context: Context) -> Steady:
    """Work out once what stays the same however the questions are answered."""
    return Steady(
        weights=criteria_weights(questionnaire, context),
        values={
            stream.id: {
                "pain": pain_value(context, stream),
                "goals": goals_value(questionnaire, context, stream),
                "readiness": readiness_value(context, stream),
            }
            for stream in questionnaire.streams
        },
    )


def rank(
    questionnaire: Questionnaire, context: Context, standings: Mapping[str, Standing]
) -> Ranking:
    """Rank the primary streams that have a standing; supporting ones only gate."""
    steady = steady_values(questionnaire, context)
    order = _order(questionnaire, context, standings, steady)
    return Ranking(
        first=_leader(order),
        streams=tuple(
            StreamRank(
                id=place.stream.id,
                title=place.stream.title,
                rank=number,
                value=place.value,
                gates=stream_gates(questionnaire, context, standings, place.stream),
                criteria=criteria_values(questionnaire, context, standings, place.stream, steady),
                contributions=dict(zip(steady.weights, place.parts, strict=True)),
            )
            for number, place in enumerate(order, start=1)
        ),
        weights=steady.weights,
    )


def leader(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    steady: Steady,
) -> str | None:
    """Return the stream that `rank` would put first, without the words."""
    return _leader(_order(questionnaire, context, standings, steady))


class _Place(NamedTuple):
    stream: ValueStream
    parts: list[float]
    value: float
    gated: bool


def _order(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    steady: Steady,
) -> list[_Place]:
    """Return the streams, open ones before gated ones, by value; ties in declared order."""
    weights = list(steady.weights.values())
    bounds = [(0.0, MOST)] * len(weights)
    waiting = unmet(questionnaire, standings)
    places = []
    for stream in ranked_streams(questionnaire, standings):
        points = {
            **{name: value.points for name, value in steady.values[stream.id].items()},
            "gap": gap_points(questionnaire, standings[stream.id]),
            "effort": effort_points(context, standings[stream.id]),
            "enabling": enabling_points(questionnaire, stream, waiting, steady),
        }
        parts = weighted_parts([points[name] for name in steady.weights], weights, bounds)
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


def unmet(questionnaire: Questionnaire, standings: Mapping[str, Standing]) -> list[Dependency]:
    """Return the dependencies whose needed stream is below the score it should have."""
    return [
        dependency
        for dependency in questionnaire.dependencies
        if dependency.needs in standings and standings[dependency.needs].score < dependency.score
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


def criteria_values(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    stream: ValueStream,
    steady: Steady,
) -> tuple[CriterionValue, ...]:
    """Return a stream's points, 0 to 5 in its favour, on each criterion in order."""
    values = {
        **steady.values[stream.id],
        "gap": gap_value(questionnaire, standings[stream.id]),
        "effort": effort_value(context, standings[stream.id]),
        "enabling": enabling_value(questionnaire, stream, unmet(questionnaire, standings), steady),
    }
    return tuple(values[criterion.id] for criterion in questionnaire.criteria)


def pain_value(context: Context, stream: ValueStream) -> CriterionValue:
    """Return the owner's own rating; mid-scale, and open, when not rated."""
    points = context.pain.get(stream.id)
    if points is None:
        return _not_stated("pain", "not rated; taken as the middle")
    return _stated("pain", points, f"rated {points:g} of 5")


def goals_value(
    questionnaire: Questionnaire, context: Context, stream: ValueStream
) -> CriterionValue:
    """Return the importance-weighted mean of each goal's strongest pull on the stream."""
    goals = [goal for goal in questionnaire.goals if context.goals.get(goal.id, 0) > 0]
    if not goals:
        return _not_stated("goals", "no goals given; taken as the middle")
    importance = [context.goals[goal.id] for goal in goals]
    parts = {part.id for part in stream.components}
    pulls = [
        max((pull.strength for part, pull in goal.pulls.items() if part in parts), default=0.0)
        for goal in goals
    ]
    products = fsum(a * b for a, b in zip(importance, pulls, strict=True))
    strongest = sorted(
        zip(goals, importance, pulls, strict=True), key=lambda row: -row[1] * row[2]
    )[:2]
    names = " and ".join(goal.title for goal, _, pull in strongest if pull)
    return _stated(
        "goals",
        products / fsum(importance),
        f"mostly from {names}" if names else "no goal depends on it",
    )


def gap_points(questionnaire: Questionnaire, standing: Standing) -> float:
    """Return the distance from score to target on the fixed 0 to 5 scale."""
    width = questionnaire.values[-1] - questionnaire.values[0]
    return MOST * max(0.0, standing.target - standing.score) / width


def gap_value(questionnaire: Questionnaire, standing: Standing) -> CriterionValue:
    """Return the gap's points, with their range from the score's bounds."""
    best, worst = standing._replace(score=standing.high), standing._replace(score=standing.low)
    return CriterionValue(
        criterion="gap",
        points=gap_points(questionnaire, standing),
        low=gap_points(questionnaire, best),
        high=gap_points(questionnaire, worst),
        because=f"scores {standing.score:.1f} against a target of {standing.target:g}",
    )


def readiness_value(context: Context, stream: ValueStream) -> CriterionValue:
    """Return the mean of sponsor, skills and openness; what is not rated is mid-scale."""
    given = context.readiness.get(stream.id, Readiness())
    rated = {"sponsor": given.sponsor, "skills": given.skills, "openness": given.openness}
    known = {name: value for name, value in rated.items() if value is not None}
    if not known:
        return _not_stated("readiness", "not rated; taken as the middle")
    open_parts = len(rated) - len(known)
    total = fsum(known.values())
    return CriterionValue(
        criterion="readiness",
        points=(total + open_parts * MIDDLE) / len(rated),
        low=total / len(rated),
        high=(total + open_parts * MOST) / len(rated),
        because=", ".join(f"{name} {value:g}" for name, value in known.items()),
        assumed=bool(open_parts),
    )


def effort_points(context: Context, standing: Standing) -> float:
    """Return 5 x plan / (plan + needed), in days.

    5 when nothing is left to do, 2.5 when the target takes all the days of the plan: it
    never runs into an end, where large and larger would look the same.
    """
    available = context.capacity.days_per_quarter * context.capacity.quarters
    return MOST * available / (available + standing.days) if standing.days else MOST


def effort_value(context: Context, standing: Standing) -> CriterionValue:
    """Return the effort's points, with the days they come from."""
    available = context.capacity.days_per_quarter * context.capacity.quarters
    reach = "to the target" if standing.closes else "and the target is still not reached"
    return _stated(
        "effort",
        effort_points(context, standing),
        f"about {standing.days:.0f} days {reach}, beside {available:g} in the plan",
    )


def enabling_points(
    questionnaire: Questionnaire,
    stream: ValueStream,
    waiting: Sequence[Dependency],
    steady: Steady,
) -> float:
    """Return the share, weighed by pain and goals, of the other streams waiting for this one."""
    held = {need.stream for need in waiting if need.needs == stream.id}
    priority = priorities(questionnaire, stream, steady)
    total = fsum(priority.values())
    return MOST * fsum(priority[name] for name in priority if name in held) / total if total else 0


def priorities(
    questionnaire: Questionnaire, stream: ValueStream, steady: Steady
) -> dict[str, float]:
    """Return the pain and goals points of every primary stream but this one."""
    return {
        other.id: steady.values[other.id]["pain"].points + steady.values[other.id]["goals"].points
        for other in questionnaire.streams
        if other.kind == "primary" and other.id != stream.id
    }


def enabling_value(
    questionnaire: Questionnaire,
    stream: ValueStream,
    waiting: Sequence[Dependency],
    steady: Steady,
) -> CriterionValue:
    """Return the enabling points, with the names of the streams that wait."""
    held = {need.stream for need in waiting if need.needs == stream.id}
    names = [one.title for one in questionnaire.streams if one.id in held]
    verb = "wait" if len(names) > 1 else "waits"
    return _stated(
        "enabling",
        enabling_points(questionnaire, stream, waiting, steady),
        f"{' and '.join(names)} {verb} for it" if names else "no other stream waits for it",
    )


def _stated(criterion: str, points: float, because: str) -> CriterionValue:
    return CriterionValue.model_validate(
        {
            "criterion": criterion,
            "points": points,
            "low": points,
            "high": points,
            "because": because,
        }
    )


def _not_stated(criterion: str, because: str) -> CriterionValue:
    return CriterionValue.model_validate(
        {
            "criterion": criterion,
            "points": MIDDLE,
            "low": 0.0,
            "high": MOST,
            "because": because,
            "assumed": True,
        }
    )
