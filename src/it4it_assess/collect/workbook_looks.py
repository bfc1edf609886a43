"""How the cells of a form's workbook look, and how text gets into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.collect.workbook_layout import MOST_IN_A_CELL, cut

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LINE = 14.5
"""The height of a line of text, in points."""
HIGHEST = 400
"""Excel shows no row higher than 409 points."""


class Styles(NamedTuple):
    """The looks of cells; those that take answers are the only ones not locked."""

    title: Format
    text: Format
    soft: Format
    strong: Format
    head: Format
    part: Format
    part_text: Format
    ask: Format
    bold: Format
    plain: Format
    levels: Format
    cell: Format
    mark: Format
    number: Format


def styles_of(book: Workbook) -> Styles:
    """Make the looks known to a workbook."""

    def style(**look: Any) -> Format:
        usual = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 11}
        return book.add_format({**usual, **look})

    edge = {"border": 1, "border_color": "#D9D6CD"}
    part = {"bold": True, "bg_color": "#E7F0EE"}
    box = {**edge, "locked": False, "bg_color": "#FFFBEA"}
    return Styles(
        title=style(bold=True, font_size=20, text_wrap=False),
        text=style(),
        soft=style(font_color="#555D66"),
        strong=style(bold=True),
        head=style(bold=True, font_color="#FFFFFF", bg_color="#0B5D57", valign="vcenter"),
        part=style(**part, font_color="#0B5D57"),
        part_text=style(bg_color="#E7F0EE", font_color="#1D2126"),
        ask=style(**edge),
        bold=style(bold=True),
        plain=style(font_color="#555D66"),
        levels=style(**edge),
        cell=style(**box),
        mark=style(**box, align="center", bold=True),
        number=style(align="left"),
    )


def put_text(
    sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None
) -> None:
    """Write text as text: `=` at its beginning makes no formula of it."""
    if text:
        sheet.write_string(row, column, cut(text, MOST_IN_A_CELL), style)
    else:
        sheet.write_blank(row, column, None, style)


def lock(sheet: Worksheet) -> None:
    """Lock all but the answers, without a password; widths and heights stay free."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
