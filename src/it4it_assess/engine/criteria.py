"""What each criterion says of a stream: points from 0 to 5, in its favour, and why.

The scales are fixed: what a criterion is worth for a stream never depends on which other
streams are ranked beside it.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.scoring import SLACK
from it4it_assess.model.answers import Readiness
from it4it_assess.model.assessment import CriterionValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.answers import Context
    from it4it_assess.model.questionnaire import Dependency, Questionnaire, ValueStream

    Ratings = Mapping[str, Mapping[str, CriterionValue]]

MOST = 5.0
MIDDLE = 2.5


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


def rate(questionnaire: Questionnaire, context: Context) -> dict[str, dict[str, CriterionValue]]:
    """Return each stream's pain, goals and readiness, which no answer to a question changes."""
    return {
        stream.id: {
            "pain": pain_value(context, stream),
            "goals": goals_value(questionnaire, context, stream),
            "readiness": readiness_value(context, stream),
        }
        for stream in questionnaire.streams
    }


def unmet(questionnaire: Questionnaire, standings: Mapping[str, Standing]) -> list[Dependency]:
    """Return the dependencies whose needed stream is below the score it should have."""
    return [
        dependency
        for dependency in questionnaire.dependencies
        if dependency.needs in standings
        and standings[dependency.needs].score < dependency.score - SLACK
    ]


def criteria_values(
    questionnaire: Questionnaire,
    context: Context,
    standings: Mapping[str, Standing],
    stream: ValueStream,
    ratings: Ratings,
) -> tuple[CriterionValue, ...]:
    """Return a stream's points, 0 to 5 in its favour, on each criterion in order."""
    waiting = unmet(questionnaire, standings)
    values = {
        **ratings[stream.id],
        "gap": gap_value(questionnaire, standings[stream.id]),
        "effort": effort_value(context, standings[stream.id]),
        "enabling": enabling_value(questionnaire, stream, waiting, ratings),
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
    ratings: Ratings,
) -> float:
    """Return the share, weighed by pain and goals, of the other streams waiting for this one."""
    held = {need.stream for need in waiting if need.needs == stream.id}
    priority = priorities(questionnaire, stream, ratings)
    total = fsum(priority.values())
    return MOST * fsum(priority[name] for name in priority if name in held) / total if total else 0


def priorities(
    questionnaire: Questionnaire, stream: ValueStream, ratings: Ratings
) -> dict[str, float]:
    """Return the pain and goals points of every primary stream but this one."""
    return {
        other.id: ratings[other.id]["pain"].points + ratings[other.id]["goals"].points
        for other in questionnaire.streams
        if other.kind == "primary" and other.id != stream.id
    }


def enabling_value(
    questionnaire: Questionnaire,
    stream: ValueStream,
    waiting: Sequence[Dependency],
    ratings: Ratings,
) -> CriterionValue:
    """Return the enabling points, with the names of the streams that wait."""
    held = {need.stream for need in waiting if need.needs == stream.id}
    names = [one.title for one in questionnaire.streams if one.id in held]
    verb = "wait" if len(names) > 1 else "waits"
    return _stated(
        "enabling",
        enabling_points(questionnaire, stream, waiting, ratings),
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
