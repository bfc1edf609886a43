"""Hostile text in every field: it stays text, in every format and everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from docx import Document
from markdown_it import MarkdownIt
from pydantic import BaseModel

from hostile import STRINGS, TURNS, firm
from it4it_assess.report.formats import rendered
from it4it_assess.report.spreadsheet_text import harmless
from it4it_assess.report.tables import all_tables
from it4it_assess.report.xml_text import xml_text
from office import inflated

if TYPE_CHECKING:
    from collections.abc import Iterator

every_turn = pytest.mark.parametrize("turn", range(TURNS))
ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def test_there_are_many_strings_and_all_differ() -> None:
    assert len(STRINGS) == len(set(STRINGS)) >= 100
    assert max(map(len, STRINGS)) == 10_000


def test_every_text_field_of_a_questionnaire_and_of_answers_is_filled() -> None:
    """A field that is added later and left out of the hostile firm is found here."""
    judged, asked = firm(0, plain=True)
    left = {
        (type(one).__name__, name)
        for one in models([judged, asked])
        for name, field in type(one).model_fields.items()
        if field.annotation is str and not getattr(one, name)
    }
    assert left == {
        ("PlannedInitiative", "left_out_because"),  # empty for what is in the plan
        ("Reading", "reason"),  # empty for what applies
    }


@every_turn
def test_html_holds_the_tags_of_harmless_text_and_nothing_that_runs(turn: int) -> None:
    found = tags(rendered("html", *firm(turn))[".html"].decode())
    assert found == tags(rendered("html", *firm(turn, plain=True))[".html"].decode())
    assert all(name not in {"iframe", "object", "embed"} for name, _ in found)
    assert all(not key.startswith("on") for _, keys in found for key in keys)


@every_turn
def test_markdown_holds_the_marks_of_harmless_text(turn: int) -> None:
    def marks(text: str) -> list[str]:
        parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
        found = []
        for token in parser.parse(text):
            found.append(token.type)
            found += [one.type for one in token.children or () if one.type != "text"]
        return found

    hostile = rendered("md", *firm(turn))[".md"].decode()
    plain = rendered("md", *firm(turn, plain=True))[".md"].decode()
    assert marks(hostile) == marks(plain)


@every_turn
def test_json_holds_every_text_as_it_is(turn: int) -> None:
    judged, asked = firm(turn)
    read = json.loads(rendered("json", judged, asked)[".json"])
    assert read["assessment"] == json.loads(judged.model_dump_json())
    assert read["questionnaire"]["title"] == asked.title


@every_turn
def test_csv_is_read_back_row_by_row_and_no_cell_is_a_formula(turn: int) -> None:
    judged, asked = firm(turn)
    files = rendered("csv", judged, asked)
    tables = all_tables(judged, asked)
    assert len(files) == len(tables)
    for table, data in zip(tables, files.values(), strict=True):
        rows = csv_rows(data.decode("utf-8-sig"))
        assert [len(row) for row in rows] == [len(table.columns)] * (1 + len(table.rows))
        for row, cells in zip(rows[1:], table.rows, strict=True):
            for said, cell in zip(row, cells, strict=True):
                if isinstance(cell, str):
                    assert said == harmless(cell)
                    assert not said.startswith(ACTS)


@every_turn
def test_tasks_are_read_back_row_by_row_and_no_cell_is_a_formula(turn: int) -> None:
    judged, asked = firm(turn)
    jobs = [job for job in judged.roadmap.initiatives if job.quarter is not None]
    assert jobs
    for data in rendered("tasks", judged, asked).values():
        rows = csv_rows(data.decode())
        assert [len(row) for row in rows] == [len(rows[0])] * (1 + len(jobs))
        assert not any(cell.startswith(ACTS) for row in rows for cell in row)


@every_turn
def test_a_workbook_holds_text_as_text_and_numbers_as_numbers(turn: int) -> None:
    judged, asked = firm(turn)
    data = rendered("xlsx", judged, asked)[".xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert self_contained(data)
    for table in all_tables(judged, asked):
        sheet = book[table.title]
        for line, cells in enumerate(table.rows, start=2):
            for place, cell in enumerate(cells, start=1):
                found = sheet.cell(line, place)
                if isinstance(cell, str):
                    assert found.data_type in {"s", "n"}  # a cell without text has no type
                    assert as_read(found.value) == as_read(xml_text(cell))
                elif isinstance(cell, (int, float)):
                    assert (found.data_type, found.value) == ("n", cell)
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    assert all(cell.hyperlink is None for sheet in book for row in sheet for cell in row)


@every_turn
def test_a_word_document_holds_the_paragraphs_and_tables_of_harmless_text(turn: int) -> None:
    data = rendered("docx", *firm(turn))[".docx"]
    assert self_contained(data)
    hostile, plain = shape(data), shape(rendered("docx", *firm(turn, plain=True))[".docx"])
    assert hostile == plain


def test_a_word_document_says_every_text_there_is_room_for() -> None:
    judged, asked = firm(0)
    document = Document(io.BytesIO(rendered("docx", judged, asked)[".docx"]))
    said = as_read("\n".join(one.text or "" for one in document.element.iter() if one.text))
    for job in judged.roadmap.initiatives:
        if job.quarter is not None:
            assert as_read(xml_text(job.title)) in said


@pytest.mark.parametrize("turn", [4, 6])  # where the longest strings are on the page
def test_pdf_runs_nothing_and_leads_nowhere(turn: int) -> None:
    data = rendered("pdf", *firm(turn))[".pdf"]
    assert data.startswith(b"%PDF-1.7")
    for act in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/SubmitForm", b"/EmbeddedFile"):
        assert act not in inflated(data)


def csv_rows(text: str) -> list[list[str]]:
    """Read CSV as a program does that knows RFC 4180, with room for long cells."""
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def as_read(text: object) -> str:
    """Return text without its white space: readers of XML may change that."""
    return re.sub(r"\s+", "", "" if text is None else str(text))


def tags(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(name for name, _ in attrs)))

    Reader().feed(text)
    return found


def shape(data: bytes) -> list[str]:
    """Return the tags of a Word document; breaks within a text are part of the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  made here
    return [one.tag for one in root.iter() if one.tag.partition("}")[2] not in {"br", "tab", "t"}]


def self_contained(data: bytes) -> bool:
    """Say whether an Office file has no macro and no link to anything outside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        links = [archive.read(name) for name in names if name.endswith(".rels")]
    return not any("vba" in name.lower() for name in names) and not any(
        b"External" in one for one in links
    )


def models(values: object) -> Iterator[BaseModel]:
    """Yield every model inside a value."""
    if isinstance(values, BaseModel):
        yield values
        for name in type(values).model_fields:
            yield from models(getattr(values, name))
    elif isinstance(values, dict):
        for one in values.values():
            yield from models(one)
    elif isinstance(values, (list, tuple)):
        for one in values:
            yield from models(one)
