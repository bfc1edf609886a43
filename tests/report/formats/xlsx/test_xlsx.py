"""XLSX: real tables with filters, frozen headings, number formats, colours with words."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from builders import flat, judge, questionnaire
from hostile import firm
from it4it_assess.report.formats import rendered
from it4it_assess.report.tables import all_tables
from office import as_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SHEETS = ["Summary", "Scores", "Ranking", "Answers", "Roadmap", "Quarters", "What nobody knows"]


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def looks(book: Workbook, sheet: str) -> dict[object, str]:
    """Return how the first row's numbers look, by heading."""
    heading, first = list(book[sheet].iter_rows(max_row=2))
    return {name.value: cell.number_format for name, cell in zip(heading, first, strict=True)}


@pytest.fixture(scope="module")
def book(example: Callable[[str], Assessment], shipped: Questionnaire) -> Workbook:
    return opened(rendered("xlsx", example("bakery"), shipped)[".xlsx"])


def test_the_sheets_stand_in_the_order_of_the_report(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS[1:])
def test_a_sheet_is_one_table_with_a_filter_and_a_heading_that_stays(
    name: str, book: Workbook
) -> None:
    sheet = book[name]
    [table] = sheet.tables.values()
    assert table.ref == sheet.dimensions
    assert table.autoFilter is not None
    assert table.autoFilter.ref == table.ref
    assert sheet.freeze_panes == "A2"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]


def test_the_summary_says_what_first(book: Workbook) -> None:
    said = {row[0]: str(row[1]) for row in book["Summary"].values if row[0]}
    assert said["What first"] == "Adopt Detect to Correct first"
    assert said["Next Monday"].startswith("Ask floor and bookkeeper")


def test_numbers_have_the_decimals_of_the_report(book: Workbook) -> None:
    scores = looks(book, "Scores")
    assert (scores["Score"], scores["Level"]) == ("0.0", "0")
    assert scores["Answered"] == "[=0]0%;[<0.01]0.0%;0%"
    roadmap = looks(book, "Roadmap")
    assert (roadmap["Until"], roadmap["Cost"]) == ("yyyy-mm-dd", "#,##0")


def test_a_colour_stands_on_a_word(book: Workbook) -> None:
    """Every rule looks for a word in the cell: who sees no colour reads it."""
    for name, words in (("Scores", "below target"), ("Answers", "nobody knows")):
        sheet = book[name]
        rules = [rule for one in sheet.conditional_formatting for rule in one.rules]
        assert rules
        assert {rule.type for rule in rules} == {"cellIs"}
        assert f'"{words}"' in {rule.formula[0] for rule in rules}
        assert any(cell.value == words for row in sheet for cell in row)


def test_a_table_without_rows_is_still_a_table() -> None:
    asked = questionnaire(flat("a", 1))
    book = opened(rendered("xlsx", judge(asked, {"a.1": 5}), asked)[".xlsx"])
    [table] = book["Roadmap"].tables.values()
    assert table.ref.endswith("2")
    assert all(cell.value is None for cell in book["Roadmap"][2])


def test_headings_that_would_be_the_same_are_told_apart() -> None:
    criteria = [{"id": "pain", "title": "Value"}, {"id": "gap", "title": "value"}]
    asked = questionnaire(flat("a", 1), flat("b", 1), criteria=criteria)
    judged = judge(asked, {"a.1": 1, "b.1": 2})
    headings = [
        cell.value for cell in opened(rendered("xlsx", judged, asked)[".xlsx"])["Ranking"][1]
    ]
    assert headings[3:6] == ["Value", "Value 5", "value 6"]


def test_text_beyond_what_a_cell_holds_is_cut_and_says_so() -> None:
    asked = questionnaire(flat("a", 1))
    judged = judge(asked, {"a.1": {"level": 1, "note": "\U0001f600" * 20_000}})
    sheet = opened(rendered("xlsx", judged, asked)[".xlsx"])["Answers"]
    [note] = [
        cell.value for cell in sheet[2] if isinstance(cell.value, str) and "cut here" in cell.value
    ]
    assert len(note.encode("utf-16-le")) // 2 <= 32_767


def test_the_tables_are_those_of_the_csv_files(
    book: Workbook, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    for table in all_tables(example("bakery"), shipped):
        assert book[table.title].max_row == 1 + max(1, len(table.rows))


def test_nobody_is_named_as_the_one_who_made_it(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    data = rendered("xlsx", example("bakery"), shipped)[".xlsx"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        about = archive.read("docProps/core.xml").decode()
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "<dc:creator></dc:creator>" in about
    assert "2026-11-02T00:00:00Z</dcterms:created>" in about


def test_libreoffice_opens_it_and_shows_what_it_says(
    example: Callable[[str], Assessment], shipped: Questionnaire, tmp_path: Path
) -> None:
    said = as_pdf(rendered("xlsx", example("bakery"), shipped)[".xlsx"], ".xlsx", tmp_path)
    assert "Adopt Detect to Correct first" in said
    assert "below target" in said


def test_libreoffice_shows_hostile_text_as_text(tmp_path: Path) -> None:
    """Were a formula run, LibreOffice would show 2, or an error, and not the formula."""
    judged, asked = firm(0)
    noted = judged.model_copy(
        update={"organisation": judged.organisation.model_copy(update={"name": "=1+1"})}
    )
    said = as_pdf(rendered("xlsx", noted, asked)[".xlsx"], ".xlsx", tmp_path)
    assert "=1+1" in said
    assert "Err:" not in said
