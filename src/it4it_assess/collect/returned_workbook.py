"""A filled-in workbook to an answer file: every cell read strictly, all that is wrong at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.cells import (
    NO_WORDS,
    NOT_APPLICABLE_WORDS,
    UNKNOWN_WORDS,
    YES_WORDS,
    as_text,
    clean,
    is_empty,
    level,
    shown,
    word,
)
from it4it_assess.collect.invitation import as_written, respondent_id
from it4it_assess.collect.returned_book import ReturnedBook
from it4it_assess.collect.workbook_layout import (
    ANSWER,
    FORMAT,
    HIDDEN,
    ID,
    MARK,
    NAME_CELL,
    NOT_APPLICABLE,
    NOTE,
    ROLE_CELL,
    SEEN,
    START,
    UNKNOWN,
    UNSURE,
)
from it4it_assess.errors import UnreadableError
from it4it_assess.files.wording import nearest
from it4it_assess.files.workbook import Grid, cell_name, read_workbook
from it4it_assess.model.answers import Answer, AnswerFile, Organisation, Respondent

if TYPE_CHECKING:
    import datetime as dt

    from it4it_assess.model.questionnaire import Questionnaire

HEADINGS_WITHIN = 10
"""The headings are looked for in so many rows from the top."""

WANTED = (ANSWER, UNSURE, NOTE, SEEN, ID)
"""The headings an answer is read by."""

MOST_LINES = 50
"""Pieces of evidence kept apart; further lines go with the last."""


class Row(NamedTuple):
    """The place of one question: its sheet, its row, and the columns by heading."""

    grid: Grid
    row: int
    columns: dict[str, int]


def asks_from(grids: dict[str, Grid], source: str) -> str:
    """Return the name of the questionnaire a workbook answers; UnreadableError for any other."""
    hidden = grids.get(HIDDEN)
    if hidden is None or hidden.value(0, 0) != MARK:
        raise UnreadableError(
            f"{source}: this workbook was not made by `it4it-assess form`; "
            "send the workbook that was filled in, not another one or a copy of its sheets"
        )
    if hidden.value(0, 1) != FORMAT:
        raise UnreadableError(
            f"{source}: this workbook is of format {as_text(hidden.value(0, 1))}; "
            f"this tool reads format {FORMAT}: update it"
        )
    return as_text(hidden.value(1, 1))


def sheets_of(source: str, data: bytes) -> dict[str, Grid]:
    """Read the sheets of a returned workbook."""
    return read_workbook(source, data)


def answers_in(
    source: str, grids: dict[str, Grid], questionnaire: Questionnaire, today: dt.date
) -> AnswerFile:
    """Return what a returned workbook answers; AssessError names each cell that is wrong.

    A workbook does not say when it was filled in, so the answers are of the day they come in.
    """
    named = asks_from(grids, source)
    book, hidden = ReturnedBook(source), grids[HIDDEN]
    facts = {row: clean(as_text(hidden.value(row, 1))) for row in range(1, 5)}
    person = _respondent(book, grids)
    who = facts[4] or respondent_id(person.name)
    rows = _rows(book, grids, questionnaire)
    voices = {question: _voice(book, row, questionnaire.values) for question, row in rows.items()}
    book.settle()
    try:
        return AnswerFile(
            format=1,
            questionnaire=named,
            questionnaire_version=facts[2],
            date=today,
            organisation=Organisation(name=facts[3]),
            respondents={who: person},
            answers={
                question: Answer(by={who: voice})
                for question, voice in voices.items()
                if voice != Answer()
            },
        )
    except ValueError as error:
        raise UnreadableError(
            f"{source}: its hidden sheet was changed; copy the answers into the workbook "
            "that was sent, and send that"
        ) from error


def _respondent(book: ReturnedBook, grids: dict[str, Grid]) -> Respondent:
    """Return who filled the workbook in."""
    start = grids.get(START)
    if start is None:
        book.wrong.append(_missing_sheet(book.source, START))
        return Respondent()
    name, role = book.text(start, *NAME_CELL), book.text(start, *ROLE_CELL)
    if not name and not grids[HIDDEN].value(4, 1):
        book.complain(start, *NAME_CELL, "nobody says whose answers these are; give a name")
    return Respondent(name=name, role=role)


def _missing_sheet(source: str, name: str) -> str:
    return (
        f"{source}: the sheet {name!r} is gone or renamed; "
        "copy the answers into the workbook that was sent, and send that"
    )


def _rows(
    book: ReturnedBook, grids: dict[str, Grid], questionnaire: Questionnaire
) -> dict[str, Row]:
    """Find the row of each question that was asked, by the id that stands in it."""
    hidden = grids[HIDDEN]
    asked: dict[str, list[str]] = {}
    for row in range(len(hidden.rows)):
        question, sheet = as_text(hidden.value(row, 5)), as_text(hidden.value(row, 6))
        if question:
            asked.setdefault(sheet, []).append(question)
    if not asked:
        book.wrong.append(_missing_sheet(book.source, HIDDEN))
    found: dict[str, Row] = {}
    for sheet, questions in asked.items():
        grid = grids.get(sheet)
        if grid is None:
            book.wrong.append(_missing_sheet(book.source, sheet))
            continue
        here = _rows_of(book, grid, questionnaire)
        for question in questions:
            if here is not None and question not in here:
                book.wrong.append(
                    f"{book.source}, sheet {grid.name}: the row of {question} is gone; "
                    "copy the answers into the workbook that was sent, and send that"
                )
        found.update(here or {})
    return found


def _rows_of(
    book: ReturnedBook, grid: Grid, questionnaire: Questionnaire
) -> dict[str, Row] | None:
    """Find the questions of one sheet; None where its headings are not to be found."""
    top, columns = _headings(grid)
    if not columns:
        book.wrong.append(
            f"{book.source}, sheet {grid.name}: the headings were changed; give back the row "
            f"with {', '.join(f'“{one}”' for one in WANTED)}"
        )
        return None
    found: dict[str, Row] = {}
    for row in range(top + 1, len(grid.rows)):
        question = clean(as_text(grid.value(row, columns[ID])))
        if not question:
            _look_for_strays(book, grid, row, columns)
        elif question not in questionnaire.questions:
            guess = nearest(question, questionnaire.questions, "give back the id that stood there")
            book.complain(grid, row, columns[ID], f"there is no question {question!r}; {guess}")
        elif question in found:
            above = cell_name(found[question].row, columns[ID])
            book.complain(
                grid, row, columns[ID], f"{question} stands here too, as in {above}; keep one row"
            )
        else:
            found[question] = Row(grid, row, columns)
    return found


def _headings(grid: Grid) -> tuple[int, dict[str, int]]:
    """Return the row of a sheet's headings and their columns; no columns where there is none."""
    for top, cells in enumerate(grid.rows[:HEADINGS_WITHIN]):
        columns = {clean(as_text(cell)): column for column, cell in enumerate(cells)}
        if columns.keys() >= set(WANTED):
            return top, columns
    return 0, {}


def _look_for_strays(book: ReturnedBook, grid: Grid, row: int, columns: dict[str, int]) -> None:
    """Complain of an answer in a row that asks nothing: it would be lost."""
    place = (row, columns[ANSWER])
    if place in grid.formulas or not is_empty(grid.value(*place)):
        book.complain(
            grid, row, columns[ANSWER],
            "an answer where no question stands; move it to its question's row",
        )  # fmt: skip


def _voice(book: ReturnedBook, at: Row, values: tuple[float, ...]) -> Answer:
    """Return what one row says."""
    grid, row, columns = at
    given = book.own(grid, row, columns[ANSWER])
    unsure = _is_unsure(book, at)
    note = book.text(grid, row, columns[NOTE])
    lines = [
        line.strip() for line in book.text(grid, row, columns[SEEN]).split("\n") if line.strip()
    ]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], "\n".join(lines[MOST_LINES - 1 :])]
    evidence = tuple(lines)
    said = word(given)
    if said in UNKNOWN_WORDS:
        return Answer(unknown=True, note=note, evidence=evidence)
    if said in NOT_APPLICABLE_WORDS:
        if not note:
            book.complain(grid, row, columns[NOTE], "say here why it does not apply")
            return Answer()
        return Answer(not_applicable=note, evidence=evidence)
    if said:
        value = level(given, values)
        if value is None:
            scale = ", ".join(map(as_written, values))
            book.complain(
                grid, row, columns[ANSWER],
                f"{shown(given)} is no answer; "
                f"give one of {scale}, {UNKNOWN} or {NOT_APPLICABLE}",
            )  # fmt: skip
            return Answer()
        return Answer(level=value, unsure=unsure, note=note, evidence=evidence)
    if unsure and (row, columns[ANSWER]) not in grid.formulas | grid.failed:
        book.complain(
            grid, row, columns[UNSURE],
            f"not sure of which level? give one under “{ANSWER}”, or empty this cell",
        )  # fmt: skip
    return Answer(note=note, evidence=evidence)


def _is_unsure(book: ReturnedBook, at: Row) -> bool:
    grid, row, columns = at
    given = book.own(grid, row, columns[UNSURE])
    said = word(given)
    if said and said not in YES_WORDS | NO_WORDS:
        book.complain(
            grid,
            row,
            columns[UNSURE],
            f"{shown(given)} is neither yes nor no; give yes or nothing",
        )
    return said in YES_WORDS
