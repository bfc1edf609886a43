"""One file's scores, as data for programs or as the tables that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.reading import take_stands
from it4it_assess.engine.scoring import score
from it4it_assess.engine.targets import target_values
from it4it_assess.portfolio.reading import Done, Read, read
from it4it_assess.report.data import score_data
from it4it_assess.report.figures import levels, percent, points, span

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.model.assessment import Score, Scorecard

HEADS = ("", "Score", "Range", "Level", "Target", "Gap", "Answered")

Row = tuple[str, ...]


class Table(NamedTuple):
    """A table as it is printed."""

    title: str
    heads: Row
    rows: list[Row]


def scored_data(path: Path, *, questionnaire: str | None) -> Done:
    """Return a file's scores as plain data; the keys are a promise."""
    given = read(path, questionnaire)
    data = score_data(given.answers.organisation.name, given.questionnaire, _card(given))
    return Done(str(path), data, given.notes)


def scored_tables(path: Path, *, questionnaire: str | None, components: bool) -> Done:
    """Return a file's scores as tables: by stream, and through each lens."""
    given = read(path, questionnaire)
    card = _card(given)
    rows = []
    for stream in card.streams:
        aims = (points(stream.target), points(stream.gap))
        rows.append(_line(stream.title, stream, *aims))
        if components:
            rows += [_line(f"  {part.title}", part) for part in stream.components]
    rows.append(_line("Overall", card.overall))
    tables = [Table(given.answers.organisation.name, HEADS, rows)]
    if card.lenses:
        lenses = [_line(lens.title, lens) for lens in card.lenses]
        tables.append(Table("Through each lens", HEADS, lenses))
    return Done(str(path), tables, given.notes)


def _card(given: Read) -> Scorecard:
    aims = target_values(given.questionnaire, given.answers)
    return score(given.questionnaire, take_stands(given.questionnaire, given.answers), aims)


def _line(title: str, one: Score, target: str = "", gap: str = "") -> Row:
    return (
        title,
        points(one.score),
        span(one.low, one.high),
        levels(one.level, one.level_low, one.level_high),
        target,
        gap,
        percent(one.coverage),
    )
