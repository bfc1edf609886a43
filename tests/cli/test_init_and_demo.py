"""`init` and `demo`: from nothing to a file to fill in, and from nothing to a report."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from it4it_assess.files.load import load_answers

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool
    from it4it_assess.model.questionnaire import Questionnaire

QUESTIONS = ROOT / "tests" / "cases" / "own-questionnaire" / "vragen"


def test_init_then_validate_then_score(tool: Tool, tmp_path: Path, shipped: Questionnaire) -> None:
    made = tool("init", SOURCE_DATE_EPOCH="1000000000")
    assert (made.returncode, made.stderr) == (0, "")
    assert "answers.yaml" in made.stdout
    assert tool("validate", "answers.yaml").stdout == "answers.yaml: in order\n"
    scored = json.loads(tool("score", "answers.yaml", "--format", "json").stdout)
    assert (scored["overall"]["score"], scored["overall"]["coverage"]) == (None, 0.0)
    answers = load_answers(tmp_path / "answers.yaml", shipped)
    assert list(answers.answers) == list(shipped.questions)
    assert not any(answers.answers.values())
    assert str(answers.date) == "2001-09-09"
    assert answers.questionnaire_version == shipped.version


def test_init_shows_each_question_with_its_levels(
    tool: Tool, tmp_path: Path, shipped: Questionnaire
) -> None:
    tool("init")
    said = " ".join(
        line.strip("# ") for line in (tmp_path / "answers.yaml").read_text("utf-8").splitlines()
    )
    for question in shipped.questions.values():
        levels = (f"{value:g} {text}" for value, text in question.levels.items())
        assert " ".join([question.ask, *levels, f"{question.id}:"]) in said


def test_a_quick_file_asks_the_essential_questions_only(
    tool: Tool, tmp_path: Path, shipped: Questionnaire
) -> None:
    tool("init", "quick.yaml", "--quick")
    asked = load_answers(tmp_path / "quick.yaml", shipped).answers
    assert list(asked) == [name for name, one in shipped.questions.items() if one.essential]


def test_init_does_not_overwrite_unless_forced(tool: Tool, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("mine", encoding="utf-8")
    refused = tool("init")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("answers.yaml: it is there already; ")
    assert path.read_text(encoding="utf-8") == "mine"
    assert tool("init", "--force").returncode == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_a_new_answer_file_is_its_owners_alone(tool: Tool, tmp_path: Path) -> None:
    tool("init")
    assert (tmp_path / "answers.yaml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name",
    ["O'Neil & Søn", 'say "hi": #1', "no", "1e3", "{{7*7}}", "back\\slash", "brood \U0001f35e"],
)
def test_init_keeps_any_name(name: str, tool: Tool, tmp_path: Path) -> None:
    assert tool("init", "--name", name, "--questionnaire", QUESTIONS).returncode == 0
    assert load_answers(tmp_path / "answers.yaml").organisation.name == name


def test_init_where_there_is_no_folder_says_so(tool: Tool) -> None:
    ended = tool("init", "nowhere/answers.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "nowhere" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("place", "file", "named"),
    [
        (".", "answers.yaml", "./vragen"),
        (".", "answers.yaml", "vragen/"),
        (".", "clients/answers.yaml", "./vragen"),
        ("vragen", "answers.yaml", "."),
        ("clients", "answers.yaml", "../vragen"),
    ],
)
def test_a_file_made_for_a_questionnaires_folder_finds_it_again_from_anywhere(
    place: str, file: str, named: str, tool: Tool, tmp_path: Path
) -> None:
    shutil.copytree(QUESTIONS, tmp_path / "vragen")
    (tmp_path / "clients").mkdir()
    made = tool("init", file, "--questionnaire", named, cwd=tmp_path / place)
    assert (made.returncode, made.stderr) == (0, "")
    path = (tmp_path / place / file).resolve()
    for ended in (tool("validate", path.name, cwd=path.parent), tool("validate", path)):
        assert (ended.stdout.endswith(": in order\n"), ended.returncode) == (True, 0)


@pytest.mark.parametrize("example", ["bakery", "agency", "manufacturer"])
def test_demo_in_an_empty_folder_writes_both_reports_and_names_the_page(
    example: str, tool: Tool, tmp_path: Path
) -> None:
    folder = tmp_path / "empty here"
    folder.mkdir()
    ended = tool("demo", "--example", example, cwd=folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    page = folder / "reports" / f"{example}.html"
    written = {path for path in folder.rglob("*") if path.is_file()}
    assert written == {page, page.with_suffix(".md")}
    assert page.as_uri() in ended.stdout


def test_demo_shows_the_bakery_when_not_told_which_and_says_what_rank_says(
    tool: Tool, tmp_path: Path
) -> None:
    ended = tool("demo", "--out", "out")
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == [
        "bakery.html",
        "bakery.md",
    ]
    answers = ended.stdout.splitlines()[-1].partition(": ")[2]
    assert ended.stdout.startswith(tool("rank", answers).stdout)
