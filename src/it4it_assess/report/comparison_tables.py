"""A comparison's tables as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures
from it4it_assess.report.comparison_rows import heads_of, measured, moved, moved_stream, place
from it4it_assess.report.comparison_words import PLACES
from it4it_assess.report.trend import date_texts, stream_title

if TYPE_CHECKING:
    from it4it_assess.model.comparison import Comparison, Trend


class Table(NamedTuple):
    """A table: its title, its heads, its rows, and how many columns of words come first."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    left: int = 1


def score_table(comparison: Comparison) -> Table:
    """Return each stream's score then and now, its parts, and its gap."""
    columns = heads_of([comparison.overall, *comparison.streams])
    rows = [moved_stream(stream, columns) for stream in comparison.streams]
    rows.append(moved(comparison.overall, columns))
    return Table(
        "Scores",
        ("", "Then", "Now", "Change", *(f"From {one.title}" for one in columns), "Gap"),
        [(row.title, row.old, row.new, row.delta, *row.parts, row.gap) for row in rows],
    )


def value_table(comparison: Comparison) -> Table:
    """Return each stream's place and value in the ranking, then and now."""
    columns = heads_of(comparison.ranking)
    rows = [place(one, columns) for one in comparison.ranking]
    return Table(
        "Value in the ranking, out of 1",
        ("", "Place", "Then", "Now", "Change", *(f"From {one.title}" for one in columns)),
        [(row.title, row.place, row.old, row.new, row.delta, *row.parts) for row in rows],
        left=2,
    )


def indicator_table(comparison: Comparison) -> Table:
    """Return the indicators against their start and aim."""
    rows = [measured(one) for one in comparison.indicators]
    return Table(
        "Figures",
        ("", "How far", "Start", "Now", "Aim", "Unit"),
        [(row.title, row.verdict, row.start, row.now, row.aim, row.unit) for row in rows],
        left=2,
    )


def trend_table(trend: Trend) -> Table:
    """Return every stream's score at each date, and which came first."""
    lines = [*trend.streams, trend.overall]
    firsts = ["none" if first is None else stream_title(trend, first) for first in trend.first]
    return Table(
        "Over time",
        ("", *date_texts(trend)),
        [
            *(
                (line.title, *(figures.points(score, PLACES) for score in line.scores))
                for line in lines
            ),
            ("First", *firsts),
        ],
    )
