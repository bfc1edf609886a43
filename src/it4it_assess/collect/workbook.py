"""A questionnaire as a workbook with drop-downs, for those who would rather have one."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING

from it4it_assess.collect.invitation import as_written
from it4it_assess.collect.workbook_layout import (
    COLUMNS,
    FORMAT,
    HIDDEN,
    MARK,
    MOST_IN_A_CELL,
    NAME_CELL,
    NOT_APPLICABLE,
    ROLE_CELL,
    START,
    UNKNOWN,
    UNSURE,
    YES,
    cut,
    sheet_names,
)
from it4it_assess.collect.workbook_looks import (
    HIGHEST,
    LINE,
    Styles,
    lock,
    put_text,
    styles_of,
)
from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from it4it_assess.collect.invitation import Invitation, Section
    from it4it_assess.model.questionnaire import Question

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  a fixed mark, so that equal forms are equal files


def form_workbook(invitation: Invitation) -> bytes:
    """Return the workbook: a sheet to start from, one for each stream, one hidden.

    Every text goes in as text, whatever it begins with; the only formulas are the counts on
    the first sheet. Locked without a password: who wants to change it can.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  an extra
    except ImportError as error:
        raise AssessError(
            "writing workbooks needs XlsxWriter; pip install 'it4it-assess[xlsx]'"
        ) from error
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {"title": cut(invitation.questionnaire.title, 200), "created": CREATED, "author": ""}
    )
    styles = styles_of(book)
    names = sheet_names(invitation)
    start = book.add_worksheet(START)
    for name, section in zip(names, invitation.sections, strict=True):
        _write_section(book.add_worksheet(name), section, invitation, styles)
    _write_start(start, invitation, names, styles)
    _write_hidden(book.add_worksheet(HIDDEN), invitation, names)
    book.close()
    return made.getvalue()


def _write_section(
    sheet: Worksheet, section: Section, invitation: Invitation, styles: Styles
) -> None:
    """Write one stream's sheet: headings that stay in sight, then a row for each question."""
    for column, (heading, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles.head)
    sheet.set_row(0, 2.4 * LINE)
    sheet.freeze_panes(1, 1)
    row = 1
    for part in section.parts:
        put_text(sheet, row, 0, part.component.title, styles.part)
        put_text(sheet, row, 1, part.component.about, styles.part_text)
        for column in range(2, len(COLUMNS)):
            sheet.write_blank(row, column, None, styles.part_text)
        sheet.set_row(row, _height({0: part.component.title, 1: part.component.about}))
        for question in part.questions:
            row += 1
            _write_question(sheet, row, question, styles)
        row += 1
    _let_choose(sheet, row - 1, len(invitation.scale))
    lock(sheet)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_question(sheet: Worksheet, row: int, question: Question, styles: Styles) -> None:
    levels = "\n".join(
        f"{as_written(value)}  {sentence}" for value, sentence in sorted(question.levels.items())
    )
    ask, why = cut(question.ask, MOST_IN_A_CELL // 2), cut(question.why, MOST_IN_A_CELL // 2)
    if why:
        sheet.write_rich_string(row, 0, styles.bold, ask, styles.plain, f"\n{why}", styles.ask)
    else:
        sheet.write_rich_string(row, 0, styles.bold, ask, styles.plain, " ", styles.ask)
    put_text(sheet, row, 1, levels, styles.levels)
    sheet.write_blank(row, 2, None, styles.mark)
    sheet.write_blank(row, 3, None, styles.mark)
    sheet.write_blank(row, 4, None, styles.cell)
    sheet.write_blank(row, 5, None, styles.cell)
    put_text(sheet, row, 6, question.id, styles.soft)
    sheet.set_row(row, _height({0: f"{ask}\n{why}\n", 1: levels}))


def _height(texts: dict[int, str]) -> float:
    """Guess how high a row must be for its texts; not every program works it out itself."""
    widths = list(COLUMNS.values())
    lines = max(
        sum(max(1, math.ceil(len(line) / (1.2 * widths[column]))) for line in text.split("\n"))
        for column, text in texts.items()
    )
    return min(HIGHEST, lines * LINE + 6)


def _let_choose(sheet: Worksheet, last: int, levels: int) -> None:
    """Put the drop-downs on the answer columns."""
    sheet.data_validation(
        1, 2, last, 2,
        {
            "validate": "list",
            "source": f"='{HIDDEN}'!$D$1:$D${levels + 2}",
            "input_title": "Your answer",
            "input_message": f"A level, or: {UNKNOWN}, {NOT_APPLICABLE}. Empty: left open.",
            "error_title": "Please pick from the list",
            "error_message": f"A level, {UNKNOWN}, or {NOT_APPLICABLE}.",
        },
    )  # fmt: skip
    sheet.data_validation(
        1, 3, last, 3,
        {
            "validate": "list",
            "source": [YES],
            "input_title": "Not sure?",
            "input_message": "yes, if it could be one level more or less.",
            "error_title": "Please pick from the list",
            "error_message": "yes, or nothing.",
        },
    )  # fmt: skip


def _write_start(
    sheet: Worksheet, invitation: Invitation, names: tuple[str, ...], styles: Styles
) -> None:
    """Write the first sheet: whom it is about, who answers, how, and how far it is."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 14)
    sheet.hide_gridlines(2)
    sheet.set_row(1, 30)
    put_text(sheet, 0, 0, invitation.organisation, styles.strong)
    put_text(sheet, 1, 0, invitation.questionnaire.title, styles.title)
    for (row, column), label, value in (
        (NAME_CELL, "Your name", invitation.respondent.name),
        (ROLE_CELL, "Your role in the firm", invitation.respondent.role),
    ):
        put_text(sheet, row, column - 1, label, styles.strong)
        put_text(sheet, row, column, value, styles.cell)
    row = ROLE_CELL[0] + 2
    for line in _how(invitation):
        _paragraph(sheet, row, line, styles.text)
        row += 1
    row += 1
    for step in invitation.scale:
        put_text(sheet, row, 0, f"{as_written(step.value)}  {step.name}", styles.strong)
        put_text(sheet, row, 1, step.means, styles.text)
        row += 1
    row += 1
    for column, heading in enumerate(("Sheet", "Answered", "Questions")):
        put_text(sheet, row, column, heading, styles.head)
    for name, section in zip(names, invitation.sections, strict=True):
        row += 1
        last = 1 + len(section.parts) + len(section.questions)
        quoted = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!C2", styles.text, name)
        sheet.write_formula(row, 1, f"=COUNTA('{quoted}'!C2:C{last})", styles.number, 0)
        sheet.write_number(row, 2, len(section.questions), styles.number)
    if invitation.questionnaire.notice:
        _paragraph(sheet, row + 2, invitation.questionnaire.notice, styles.soft)
    lock(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def _paragraph(sheet: Worksheet, row: int, text: str, style: Format) -> None:
    """Write a text over both columns of the first sheet."""
    sheet.merge_range(row, 0, row, 1, "", style)
    put_text(sheet, row, 0, text, style)
    sheet.set_row(row, min(HIGHEST, math.ceil(len(text) / 95) * LINE + 4))


def _how(invitation: Invitation) -> Iterator[str]:
    yield (
        f"{len(invitation.questions)} questions, about {invitation.minutes} minutes. "
        "Stop, save and come back whenever you like."
    )
    yield (
        "On each sheet, pick in the yellow cells the level whose sentence comes closest to an "
        "ordinary week. Not the best week, and not what is planned."
    )
    yield (
        f"Between two? Take the one that fits better and say {YES} under “{UNSURE}”. "
        f"“{UNKNOWN}” is a good answer, and so is an empty cell: it never counts as “no”. "
        f"With “{NOT_APPLICABLE}”, say why in the note."
    )
    yield "Then save the workbook as it is (.xlsx) and mail it back to whoever sent it."


def _write_hidden(sheet: Worksheet, invitation: Invitation, names: tuple[str, ...]) -> None:
    """Write what a returned workbook is read by: facts, the choices, the questions' sheets."""
    facts = {
        "questionnaire": invitation.named,
        "questionnaire_version": invitation.questionnaire.version,
        "organisation": invitation.organisation,
        "respondent": invitation.who,
    }
    sheet.write_string(0, 0, MARK)
    sheet.write_number(0, 1, FORMAT)
    for row, (key, value) in enumerate(facts.items(), 1):
        sheet.write_string(row, 0, key)
        put_text(sheet, row, 1, value)
    choices: list[float | str] = [*(step.value for step in invitation.scale)]
    for row, choice in enumerate([*choices, UNKNOWN, NOT_APPLICABLE]):
        if isinstance(choice, str):
            sheet.write_string(row, 3, choice)
        else:
            sheet.write_number(row, 3, choice)
    rows = (
        (name, question.id)
        for name, section in zip(names, invitation.sections, strict=True)
        for question in section.questions
    )
    for row, (name, question) in enumerate(rows):
        sheet.write_string(row, 5, question)
        sheet.write_string(row, 6, name)
    sheet.hide()
    lock(sheet)
