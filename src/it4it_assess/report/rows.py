"""Scores as the lines of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Score, StreamScore


class Row(NamedTuple):
    """One line of a score table: figures as written, and in scale units for the charts.

    `at` is the score, `aim` the target, `after` the score at the end of the plan; `reached`
    counts the values of the scale from 0.
    """

    id: str
    title: str
    score: str
    range: str
    level: str
    target: str
    gap: str
    coverage: str
    at: float | None
    low: float | None
    high: float | None
    aim: float | None
    reached: int | None = None
    after: float | None = None
    parts: tuple[Row, ...] = ()


class Group(NamedTuple):
    """A view of the same answers."""

    title: str
    about: str
    rows: tuple[Row, ...]


def score_row(name: str, title: str, score: Score) -> Row:
    """Return a score as a line."""
    return Row(
        id=name,
        title=title,
        score=figures.points(score.score),
        range=figures.span(score.low, score.high),
        level=figures.levels(score.level, score.level_low, score.level_high),
        target=figures.NOTHING,
        gap=figures.NOTHING,
        coverage=figures.percent(score.coverage),
        at=score.score,
        low=score.low,
        high=score.high,
        aim=None,
        reached=score.level,
    )


def stream_row(stream: StreamScore) -> Row:
    """Return a stream's score as a line, with its target and its components."""
    return score_row(stream.id, stream.title, stream)._replace(
        target=figures.points(stream.target),
        gap=figures.points(stream.gap),
        aim=stream.target,
        parts=tuple(score_row(part.id, part.title, part) for part in stream.components),
    )
