"""A file in tests/bad is a test: what is wrong with it must be said in exactly these words.

Drop in NAME.yaml (or a folder under questionnaires/), run `pytest --update-golden`, and read
NAME.txt (or expected.txt) as an owner would who has never heard of YAML.
"""

from __future__ import annotations

import os
import re
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.load import load_answers, load_questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BAD = ROOT / "tests" / "bad"
ANSWERS = sorted(BAD.glob("*.yaml"))
QUESTIONNAIRES = sorted((BAD / "questionnaires").iterdir())
MESSAGES = sorted(BAD.rglob("*.txt"))

PLACED = re.compile(r"(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<said>.+)")
COUNTED = re.compile(r"\.\.\. and \d+ more")
NOT_OUR_WORDS = re.compile(
    r"mapping|scalar|\bnodes?\b|\btokens?\b|sequence|schema|yaml\.org|pydantic|input should|type="
    r"|literal\[|tuple|(?<!!)\b(?:dict|str|int|float)\b|\[key\]|\bNone\b|\bTrue\b|\bFalse\b"
    r"|NoneType|Errno|Error|Traceback"
)
"""Words of the libraries and of Python, none of which an owner should ever be shown."""
NUMBER_AS_A_NAME = re.compile(r"^\d+ (should|is empty|is missing|cannot|is not known)")


def read_name(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def test_there_are_bad_files() -> None:
    assert ANSWERS
    assert QUESTIONNAIRES


@pytest.mark.parametrize("path", ANSWERS, ids=read_name)
def test_a_bad_answer_file_is_told_what_is_wrong(
    path: Path, golden: Callable[[Path, str], None]
) -> None:
    with pytest.raises(InvalidFileError) as caught:
        load_answers(path)
    golden(path.with_suffix(".txt"), said(caught.value, path.parent))


@pytest.mark.parametrize("path", QUESTIONNAIRES, ids=read_name)
def test_a_bad_questionnaire_is_told_what_is_wrong(
    path: Path, golden: Callable[[Path, str], None]
) -> None:
    with pytest.raises(InvalidFileError) as caught:
        load_questionnaire(path)
    golden(path / "expected.txt", said(caught.value, path))


def said(error: AssessError, folder: Path) -> str:
    return str(error).replace(f"{folder}{os.sep}", "") + "\n"


def test_every_message_belongs_to_a_file() -> None:
    expected = chain(
        (path.with_suffix(".txt") for path in ANSWERS),
        (path / "expected.txt" for path in QUESTIONNAIRES),
    )
    assert sorted(expected) == MESSAGES


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.parent.name + "/" + path.name)
def test_a_message_has_a_place_in_the_file_and_a_remedy(path: Path) -> None:
    for message in messages(path):
        file = path.parent / message["file"]
        lines = file.read_bytes().decode("utf-8", "replace").split("\n")
        assert 1 <= int(message["line"]) <= len(lines)
        assert 1 <= int(message["column"]) <= len(lines[int(message["line"]) - 1]) + 1
        cause, _, remedy = message["said"].partition("; ")
        assert cause
        assert remedy or cause.startswith("there is no questionnaire")


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.parent.name + "/" + path.name)
def test_a_message_is_in_plain_words(path: Path) -> None:
    for message in messages(path):
        assert not NOT_OUR_WORDS.search(message["said"]), message[0]
        assert not NUMBER_AS_A_NAME.search(message["said"]), message[0]


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.parent.name + "/" + path.name)
def test_problems_are_listed_by_place_and_once_each(path: Path) -> None:
    places = [
        (one["file"], int(one["line"]), int(one["column"]), one["said"]) for one in messages(path)
    ]
    assert places == sorted(set(places))


def messages(path: Path) -> list[re.Match[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines
    if COUNTED.fullmatch(lines[-1]):
        del lines[-1]
    found = [PLACED.fullmatch(line) for line in lines]
    placed = [match for match in found if match]
    assert len(placed) == len(found), lines
    return placed


def test_after_fifty_problems_the_rest_is_counted() -> None:
    """Sixty questions nobody knows: fifty lines, and ten more in a number."""
    with pytest.raises(InvalidFileError) as caught:
        load_answers(BAD / "more-than-fifty.yaml")
    assert len(caught.value.problems) == 60
    assert str(caught.value).splitlines()[50:] == ["... and 10 more"]
