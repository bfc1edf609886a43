"""XLSX: a workbook with each table on its own sheet, with filters, ready to sort and to edit.

Every text is written as text, so no cell is a formula or a link. Where a colour says
something, a word in the cell says it too.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from it4it_assess.report import figures
from it4it_assess.report.summary import summary
from it4it_assess.report.tables import (
    BELOW,
    DOES_NOT_APPLY,
    ON_TARGET,
    STATES,
    TOO_LITTLE,
    all_tables,
)
from it4it_assess.report.xml_text import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.format import Format as Look
    from xlsxwriter.worksheet import Worksheet

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files
    from it4it_assess.report.table import Cell, Column, Table

_RETURN = re.compile(r"\r\n?")
LONGEST = 32_767
"""What a cell holds, in UTF-16 units; a longer text is cut and says so."""
CUT = " … (cut here; the JSON report has all of it)"
LONGEST_HEADING = 120
A4 = 9
MANY_COLUMNS = 14
SUMMARY_WIDTH = 100
LINE = 15.0
TALLEST = 20 * LINE
"""Heights of rows, in points: what a line takes, and where a row stops growing."""
LETTERS = 1.0
"""Letters to a unit of column width, in running text."""
WIDTHS = {
    "text": 24,
    "score": 10,
    "value": 10,
    "share": 10,
    "whole": 8,
    "days": 8,
    "money": 11,
    "date": 11,
}
WIDE = {
    "part": 12, "id": 26, "question": 26, "state": 18, "standing": 18, "essential": 10,
    "disputed": 9, "currency": 9,
    "ask": 48, "note": 48, "voices": 40, "evidence": 32, "initiative": 40, "outcome": 40,
    "first_step": 40, "steps": 60, "done_when": 40, "needs": 32, "lifts": 48, "risk": 40,
    "expect": 40, "answer": 40, "left_out_because": 32, "title": 30, "gates": 40,
}  # fmt: skip
NUMBERS = {
    "score": "0.0",
    "value": "0.00",
    "share": "[=0]0%;[<0.01]0.0%;0%",
    "whole": "0",
    "days": "General",
    "money": "#,##0",
    "date": "yyyy-mm-dd",
}
INK = "#1F3A5F"
COLOURS = {
    BELOW: ("#7A3E00", "#FDE9D0"),
    ON_TARGET: ("#14532D", "#DDF3E1"),
    TOO_LITTLE: ("#4A4A4A", "#EDEDED"),
    DOES_NOT_APPLY: ("#4A4A4A", "#EDEDED"),
    STATES["unknown"]: ("#7A3E00", "#FDE9D0"),
    STATES["unanswered"]: ("#4A4A4A", "#EDEDED"),
    STATES["unsure"]: ("#5B4A00", "#FBF3C8"),
}
"""Ink and ground by the word in the cell; each pair has a contrast above 7 to 1."""


class Looks(NamedTuple):
    """The looks of cells: by kind of column, and of a few lines."""

    kinds: dict[str, Look]
    title: Look
    name: Look
    heading: Look
    heading_of_numbers: Look
    words: dict[str, Look]


def render(assessment: Assessment, questionnaire: Questionnaire) -> Files:
    """Return the report as one workbook."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties(
        {
            "title": xml_text(f"{assessment.organisation.name}: {questionnaire.title}"),
            "created": dt.datetime.combine(assessment.date, dt.time(), tzinfo=dt.UTC),
            "comments": f"Made with it4it-assess {assessment.tool}",
        }
    )
    looks = _looks(book)
    _write_summary(book.add_worksheet("Summary"), looks, assessment, questionnaire)
    for table in all_tables(assessment, questionnaire):
        _write_table(book.add_worksheet(table.title), looks, table)
    book.close()
    return {".xlsx": data.getvalue()}


def _looks(book: xlsxwriter.Workbook) -> Looks:
    top: dict[str, Any] = {"valign": "top"}
    heading = {**top, "bold": True, "text_wrap": True, "bg_color": INK, "font_color": "white"}
    return Looks(
        kinds={
            "text": book.add_format({**top, "text_wrap": True, "align": "left", "indent": 1}),
            **{kind: book.add_format({**top, "num_format": one}) for kind, one in NUMBERS.items()},
        },
        title=book.add_format({**top, "bold": True, "font_size": 16}),
        name=book.add_format({**top, "bold": True}),
        heading=book.add_format({**heading, "align": "left", "indent": 1}),
        heading_of_numbers=book.add_format({**heading, "align": "right"}),
        words={
            word: book.add_format({"font_color": ink, "bg_color": ground})
            for word, (ink, ground) in COLOURS.items()
        },
    )


def _write_summary(
    sheet: Worksheet, looks: Looks, assessment: Assessment, questionnaire: Questionnaire
) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, SUMMARY_WIDTH)
    sheet.hide_gridlines(2)
    _print_on(sheet, wide=1)
    sheet.set_row(0, 2 * LINE)
    _write_text(sheet, (0, 0), assessment.organisation.name, looks.title)
    _write_text(sheet, (1, 0), figures.day(assessment.date), looks.name)
    for row, (name, text) in enumerate(summary(assessment, questionnaire), start=3):
        sheet.set_row(row, _height([(text, SUMMARY_WIDTH)]))
        _write_text(sheet, (row, 0), name, looks.name)
        _write_text(sheet, (row, 1), text, looks.kinds["text"])


def _write_table(sheet: Worksheet, looks: Looks, table: Table) -> None:
    _print_on(sheet, wide=3 if len(table.columns) > MANY_COLUMNS else 1)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    last = (max(1, len(table.rows)), len(table.columns) - 1)
    headings = [
        {
            "header": heading,
            "header_format": looks.heading if column.kind == "text" else looks.heading_of_numbers,
        }
        for column, heading in zip(table.columns, _headings(table.columns), strict=True)
    ]
    sheet.add_table(
        0,
        0,
        *last,
        {"name": table.name.title(), "style": "Table Style Light 1", "columns": headings},
    )
    widths = [WIDE.get(column.key, WIDTHS[column.kind]) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, widths[place], looks.kinds[column.kind])
        if column.key in {"state", "standing"}:
            _colour(sheet, looks, (1, place, last[0], place))
    sheet.set_row(
        0,
        _height((one.title, width - 3) for one, width in zip(table.columns, widths, strict=True)),
    )
    for row, cells in enumerate(table.rows, start=1):
        sheet.set_row(row, _height(zip(cells, widths, strict=True)))
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write(sheet, (row, place), cell, looks.kinds[column.kind])


def _height(cells: Iterable[tuple[Cell, int]]) -> float:
    """Return the height a row needs; programs do not find it out for themselves."""
    lines = (
        sum(1 + int(len(line) / (LETTERS * width)) for line in cell.split("\n"))
        for cell, width in cells
        if isinstance(cell, str)
    )
    return min(TALLEST, LINE * max(lines, default=1))


def _headings(columns: tuple[Column, ...]) -> list[str]:
    """Return headings that no two columns share, as a table needs."""
    found: list[str] = []
    for place, column in enumerate(columns, start=1):
        heading = xml_text(column.title).strip()[:LONGEST_HEADING] or column.key
        taken = {one.casefold() for one in found}
        found.append(f"{heading} {place}" if heading.casefold() in taken else heading)
    return found


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Look) -> None:
    if isinstance(cell, str):
        _write_text(sheet, place, cell, look)
    elif isinstance(cell, (int, float)):
        sheet.write_number(*place, cell, look)
    elif cell is not None:
        sheet.write_datetime(*place, dt.datetime.combine(cell, dt.time()), look)


def _write_text(sheet: Worksheet, place: tuple[int, int], text: str, look: Look) -> None:
    clean = _RETURN.sub("\n", xml_text(text))
    if len(clean.encode("utf-16-le")) // 2 > LONGEST:
        clean = clean[: LONGEST // 2 - len(CUT)] + CUT
    sheet.write_string(*place, clean, look)


def _colour(sheet: Worksheet, looks: Looks, cells: tuple[int, int, int, int]) -> None:
    for word, look in looks.words.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.conditional_format(*cells, rule)


def _print_on(sheet: Worksheet, *, wide: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(wide, 0)
    sheet.set_footer("&L&A&R&P / &N")
