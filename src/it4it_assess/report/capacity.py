"""What more or fewer days would buy, as rows of a table and in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.report.figures import days, joined, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.capacity import CapacityCurve, CapacityPoint

MOST_NAMED = 2
"""A sentence names so many streams; of the others it gives the number."""

SEEN = 0.005
"""A change of value smaller than this share would be written as 0 %."""


CURVE_HEADS = ("Days a quarter", "Streams at target, and when", "Initiatives", "Worth")


def curve_rows(curve: CapacityCurve, titles: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return a row for each capacity: when targets are reached, what it plans and is worth."""
    return [
        (
            _days(curve, point),
            _when(curve, point, titles),
            str(point.initiatives),
            "-" if point.of_now is None else f"{points(100 * point.of_now, 0)} %",
        )
        for point in curve.points
    ]


def curve_data(assessment: Assessment, curve: CapacityCurve) -> dict[str, Any]:
    """Return the curve as plain data; the keys are a promise."""
    titles = {stream.id: stream.title for stream in assessment.scorecard.streams}
    return {
        "organisation": assessment.organisation.name,
        "first": assessment.ranking.first,
        **curve.model_dump(mode="json"),
        "says": one_more_day(curve, titles),
    }


def one_more_day(curve: CapacityCurve, titles: Mapping[str, str]) -> str:
    """Say what one more day a week would buy."""
    own, more = curve.at(curve.now), curve.at(curve.one_more_day_a_week)
    given = f"One more day a week ({days(more.more)} a quarter)"
    moved = [
        _moved(titles[name], own.reached[name], more.reached[name])
        for name in _streams(curve)
        if (more.reached[name] or curve.quarters + 1) != (own.reached[name] or curve.quarters + 1)
    ]
    more_moved = len(moved) - MOST_NAMED
    if more_moved > 0:
        others = "one more stream" if more_moved == 1 else f"{more_moved} more streams"
        verb = "gets" if more_moved == 1 else "get"
        moved[MOST_NAMED:] = [f"changes when {others} {verb} there"]
    added = _added(own, more)
    if not moved and added is None:
        return f"{given} would change nothing that the plan brings."
    gained = [] if added is None else [added]
    return f"{given} {joined([*moved, *gained])}."


def _moved(title: str, before: int | None, after: int | None) -> str:
    if before is None:
        return f"brings {title} to its target in quarter {after} (today's days do not)"
    if after is None:
        return f"no longer brings {title} to its target (today's days do)"
    return f"brings {title} to its target in quarter {after} instead of {before}"


def _added(own: CapacityPoint, more: CapacityPoint) -> str | None:
    """Return what the plan gains in worth and in initiatives, or None where it gains nothing."""
    count = more.initiatives - own.initiatives
    work = f"{abs(count)} initiative{'' if abs(count) == 1 else 's'}"
    if more.of_now is None:
        return f"plans {work}" if count else None
    change = more.of_now - 1
    if abs(change) < SEEN:
        return None if not count else f"plans {work} {'more' if count > 0 else 'fewer'}"
    verb = "adds" if change > 0 else "takes"
    end = "to" if change > 0 else "from"
    said = f"{verb} {points(100 * abs(change), 0)} % {end} what the plan is worth"
    if count:
        said += f", with {work} {'more' if count > 0 else 'fewer'}"
    return said


def _streams(curve: CapacityCurve) -> list[str]:
    """Return the streams that are not at their target today."""
    return [name for name, quarter in curve.points[0].reached.items() if quarter != 0]


def _days(curve: CapacityCurve, point: CapacityPoint) -> str:
    said = f"{point.days_per_quarter:g}"
    if point.days_per_quarter == curve.now:
        return f"{said} (now)"
    if point.days_per_quarter == curve.one_more_day_a_week:
        return f"{said} (+1 day a week)"
    return said


def _when(curve: CapacityCurve, point: CapacityPoint, titles: Mapping[str, str]) -> str:
    """Name the streams that the plan brings to their targets, the soonest first."""
    reached = [
        (quarter, titles[name])
        for name in _streams(curve)
        if (quarter := point.reached[name]) is not None
    ]
    reached.sort(key=lambda pair: pair[0])
    return ", ".join(f"{title} Q{quarter}" for quarter, title in reached) or "none"
