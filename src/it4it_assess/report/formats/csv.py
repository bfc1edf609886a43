"""CSV: each table as a file, for spreadsheets and scripts.

RFC 4180 in UTF-8, with a byte order mark: without it Excel reads names like Müller wrong.
Numbers have a decimal point and are rounded as in the report; a cell without a value is
empty. Text that a spreadsheet would take for a formula has a quote before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.spreadsheet_text import as_csv, harmless
from it4it_assess.report.tables import all_tables

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files
    from it4it_assess.report.table import Cell, Table


def render(assessment: Assessment, questionnaire: Questionnaire) -> Files:
    """Return a CSV file for each table."""
    return {
        f"-{table.name}.csv": _written(table).encode("utf-8-sig")
        for table in all_tables(assessment, questionnaire)
    }


def _written(table: Table) -> str:
    heading = [column.key for column in table.columns]
    return as_csv([heading, *([_cell(cell) for cell in row] for row in table.rows)])


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return f"{cell:.15g}" if isinstance(cell, (int, float)) else cell.isoformat()
