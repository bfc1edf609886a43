"""DOCX: Word's own headings, tables and pictures, in the report's order, by nobody's clock."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from PIL import Image

from builders import asked, judge
from hostile import firm
from it4it_assess.report.formats import rendered
from office import as_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

STORY = [
    "Why",
    "Scores",
    "What nobody knows",
    "Where people disagree",
    "Roadmap",
    "Figures and money",
    "People to win",
    "Other readings of the same answers",
    "Method and caveats",
]


@pytest.fixture(scope="module")
def data(example: Callable[[str], Assessment], shipped: Questionnaire) -> bytes:
    return rendered("docx", example("bakery"), shipped)[".docx"]


@pytest.fixture(scope="module")
def document(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def test_it_tells_its_story_under_words_own_headings(document: Any) -> None:
    parts = [(one.style.name, one.text) for one in document.paragraphs]
    assert parts[0] == ("Title", "Adopt Detect to Correct first")
    assert [text for style, text in parts if style == "Heading 1"] == STORY
    assert ("Callout", "Next Monday. ") in [(style, text[:13]) for style, text in parts]
    assert not [
        text for style, text in parts if style.startswith(("Heading", "Title")) and not text
    ]


def test_every_picture_says_in_words_what_it_shows(document: Any) -> None:
    pictures = [one for one in document.element.iter() if one.tag.endswith("}docPr")]
    assert len(pictures) > 50
    assert all(one.get("descr") for one in pictures)
    assert len({one.get("id") for one in pictures}) == len(pictures)
    says = [one.get("descr") for one in pictures]
    assert any(
        one.startswith("Detect to Correct: 1.2, range 1.1 to 1.4, target 3.0") for one in says
    )


def test_a_tables_heading_comes_again_on_each_page_and_rows_stay_whole(document: Any) -> None:
    captioned = [one.text for one in document.paragraphs if one.text.startswith("Table ")]
    repeated = [one for one in document.element.iter() if one.tag.endswith("}tblHeader")]
    assert len(repeated) == len(captioned) > 10
    assert all(table.style.name == "Assessment table" for table in document.tables)


def test_it_is_dated_by_the_answers_and_signed_by_nobody(document: Any, data: bytes) -> None:
    about = document.core_properties
    assert about.created == about.modified == dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    assert about.author == about.last_modified_by
    assert about.author.startswith("it4it-assess ")
    assert about.title == "Bakkerij De Vries: IT4IT for small and medium firms"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_the_language_is_the_questionnaires() -> None:
    questions = asked(a=1)
    dutch = questions.model_copy(update={"language": "nl"})
    made = Document(io.BytesIO(rendered("docx", judge(dutch, {"a.1": 1}), dutch)[".docx"]))
    langs = [one for one in made.styles.element.iter() if one.tag.endswith("}lang")]
    assert langs
    assert all(
        value == "nl" for one in langs for key, value in one.items() if key.endswith("}val")
    )


def test_libreoffice_opens_it_and_shows_what_it_says(data: bytes, tmp_path: Path) -> None:
    said = as_pdf(data, ".docx", tmp_path)
    assert "Adopt Detect to Correct first" in said
    assert "Page 1 of" in said
    positions = [said.index(f"\n{title}") for title in STORY]
    assert positions == sorted(positions)


def test_libreoffice_opens_hostile_text(tmp_path: Path) -> None:
    assert "Method and caveats" in as_pdf(rendered("docx", *firm(0))[".docx"], ".docx", tmp_path)


def test_the_pictures_differ_as_their_scores_do(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        pictures = [Image.open(io.BytesIO(archive.read(name))) for name in names]
    assert len(pictures) > 20
    assert {one.format for one in pictures} == {"PNG"}
    assert len({one.tobytes() for one in pictures}) == len(pictures)
