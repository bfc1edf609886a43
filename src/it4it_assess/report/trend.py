"""Scores over several dates, laid out for a chart and the table beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures
from it4it_assess.report.comparison_words import PLACES, signed

if TYPE_CHECKING:
    from it4it_assess.model.comparison import Line, Trend

UNDATED = "undated"


class TrendLine(NamedTuple):
    """A score at each date, `at` running from 0 to 1 along the dates; figures as written."""

    id: str
    title: str
    at: tuple[float, ...]
    scores: tuple[float | None, ...]
    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]
    targets: tuple[float | None, ...]
    dates: tuple[str, ...]
    ticks: tuple[str, str]
    figures: tuple[str, ...]
    change: str


def date_texts(trend: Trend) -> tuple[str, ...]:
    """Write the dates of a trend; a file without one by its place."""
    return tuple(
        figures.day(date) if date is not None else f"{UNDATED} {place}"
        for place, date in enumerate(trend.dates, start=1)
    )


def stream_title(trend: Trend, stream: str) -> str:
    """Return a stream's title."""
    return next(line.title for line in trend.streams if line.id == stream)


def trend_line(line: Line, trend: Trend) -> TrendLine:
    """Lay one score out over the dates."""
    texts = date_texts(trend)
    known = [score for score in line.scores if score is not None]
    enough = line.scores[0] is not None and line.scores[-1] is not None
    return TrendLine(
        id=line.id,
        title=line.title,
        at=_places(trend),
        scores=line.scores,
        lows=line.lows,
        highs=line.highs,
        targets=line.targets,
        dates=texts,
        ticks=(texts[0], texts[-1]),
        figures=tuple(figures.points(score, PLACES) for score in line.scores),
        change=signed(known[-1] - known[0] if enough else None),
    )


def _places(trend: Trend) -> tuple[float, ...]:
    """Return where each date stands between the first and the last, 0 to 1."""
    days = [date.toordinal() for date in trend.dates if date is not None]
    count = len(trend.dates)
    if len(set(days)) < count or days != sorted(days):
        return tuple(place / (count - 1) for place in range(count))
    return tuple((day - days[0]) / (days[-1] - days[0]) for day in days)
