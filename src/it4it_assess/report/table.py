"""A table of an assessment's values, for spreadsheets and for data files."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple

from it4it_assess.report import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["text", "score", "value", "share", "whole", "days", "money", "date"]
Cell = str | float | dt.date | None
"""A cell is a text, a number, a date, or nothing where there is none."""

PLACES: dict[Kind, int] = {"score": 1, "value": 2, "money": 0}
SURE = 0.99
RARE = 0.001


class Column(NamedTuple):
    """A column: its name in data files, its heading for people, and what it holds."""

    key: str
    title: str
    kind: Kind = "text"


class Table(NamedTuple):
    """A table: its name in data files, its title for people, columns, and rows of cells."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(
    name: str, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]
) -> Table:
    """Return a table whose numbers are rounded as the report writes them."""
    kinds = [column.kind for column in columns]
    return Table(
        name,
        title,
        columns,
        tuple(
            tuple(rounded(kind, cell) for kind, cell in zip(kinds, row, strict=True))
            for row in rows
        ),
    )


def rounded(kind: Kind, cell: Cell) -> Cell:
    """Return a number as the report writes one of its kind; anything else as it is.

    Scores have one decimal, values two, shares are whole hundredths, money whole units. A
    share that is not quite all or nothing stays so: 0.996 is 0.99, and 0.004 is 0.004.
    """
    if not isinstance(cell, (int, float)):
        return cell
    if kind == "days":
        return float(f"{cell:g}")
    if kind == "share":
        return _hundredths(cell)
    return float(figures.points(cell, PLACES[kind])) if kind in PLACES else cell


def _hundredths(share: float) -> float:
    """Return the share that a percentage as written stands for, nearly all or nothing too."""
    written = figures.percent(share)
    if written.startswith("<"):
        return RARE
    return SURE if written.startswith(">") else float(written.removesuffix(" %")) / 100
