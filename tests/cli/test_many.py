"""Many files in one run: each in its place, none hiding another, whatever the number of jobs."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
READING = ["validate", "score", "rank", "roadmap", "explain"]
IN_LINES = ["score", "rank", "roadmap", "explain"]


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Return a folder of three clients, one of them broken, one in a folder of its own."""
    folder = tmp_path / "clients"
    (folder / "north").mkdir(parents=True)
    shutil.copytree(SHOP / "vragen", folder / "vragen")
    shutil.copytree(SHOP / "vragen", folder / "north" / "vragen")
    for path in (folder / "anna.yaml", folder / "north" / "answers.yaml"):
        shutil.copy(SHOP / "answers.yaml", path)
    text = (SHOP / "answers.yaml").read_text(encoding="utf-8")
    (folder / "bert.yaml").write_text(text + "  kantoor.nonsense: 2\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", READING)
def test_a_bad_file_in_a_folder_hides_no_other(command: str, tool: Tool, clients: Path) -> None:
    ended = tool(command, "clients/")
    said = ended.stderr + ended.stdout
    assert ended.returncode == (1 if command == "validate" else 2)
    assert "clients/bert.yaml:" in said
    places = [said_at(ended.stdout, name) for name in ("anna.yaml", "north/answers.yaml")]
    assert places == sorted(places)
    assert -1 not in places
    assert clients.is_dir()


@pytest.mark.parametrize("command", READING)
def test_an_empty_folder_and_a_lost_file_hide_no_other(
    command: str, tool: Tool, clients: Path
) -> None:
    (clients.parent / "empty").mkdir()
    ended = tool(command, "empty/", "gone.yaml", "no-*.yaml", "clients/anna.yaml")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "empty: there is no answer file in this folder",
        "gone.yaml: there is no such file; check the name",
        "no-*.yaml: no file has a name like this",
    ]
    assert "clients/anna.yaml" in ended.stdout


@pytest.mark.parametrize("command", IN_LINES)
def test_json_of_many_is_a_line_for_each_with_the_document_of_one(
    command: str, tool: Tool, clients: Path
) -> None:
    alone = json.loads(tool(command, "clients/anna.yaml", "--format", "json").stdout)
    assert "file" not in alone
    ended = tool(command, "clients/", "--format", "json")
    anna, bert, north = map(json.loads, ended.stdout.splitlines())
    assert anna == {"file": "clients/anna.yaml", **alone}
    assert north == {"file": "clients/north/answers.yaml", **alone}
    assert set(bert) == {"file", "error"}
    assert bert["error"].startswith("clients/bert.yaml:")
    assert ended.returncode == 2
    assert clients.is_dir()


def test_a_folder_with_one_file_is_many_so_that_its_shape_never_changes(
    tool: Tool, clients: Path
) -> None:
    (line,) = tool("score", "clients/north", "--format", "json").stdout.splitlines()
    assert json.loads(line)["file"] == "clients/north/answers.yaml"
    (line,) = tool("score", "clients/ann*", "--format", "json").stdout.splitlines()
    assert json.loads(line)["file"] == "clients/anna.yaml"
    assert clients.is_dir()


def test_explain_takes_its_last_word_for_what_to_explain(tool: Tool, clients: Path) -> None:
    one = tool("explain", "clients/anna.yaml", "rank").stdout
    many = tool("explain", "clients/anna.yaml", "clients/north/", "rank")
    assert many.returncode == 0
    assert many.stdout == f"== clients/anna.yaml\n{one}== clients/north/answers.yaml\n{one}"
    assert clients.is_dir()


@pytest.mark.parametrize(
    "command",
    [
        ["validate"],
        ["score"],
        ["score", "--format", "json"],
        ["check", "--min", "overall=4"],
        ["check", "--min", "overall=4", "--format", "sarif"],
    ],
    ids=" ".join,
)
def test_any_number_of_jobs_prints_the_same_bytes(
    command: list[str], tool: Tool, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        shutil.copy(EXAMPLES / "bakery.yaml", folder / f"{number:02}.yaml")
    (folder / "07.yaml").write_text(
        "format: 1\nquestionnaire: it4it\norganisation: {}\nanswers: {}\n", encoding="utf-8"
    )
    name, *options = command
    runs = [tool(name, "many", *options, "--jobs", jobs) for jobs in ("1", "2", "3")]
    assert runs[0].stdout
    assert {(run.returncode, run.stdout, run.stderr) for run in runs} == {
        (runs[0].returncode, runs[0].stdout, runs[0].stderr)
    }


def test_validate_still_takes_a_questionnaires_folder_as_one_thing(
    tool: Tool, clients: Path
) -> None:
    ended = tool("validate", "clients/vragen", "clients/north")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "clients/vragen: in order\nclients/north/answers.yaml: in order\n"
    assert clients.is_dir()


def test_migrate_and_anonymise_take_folders_and_write_nothing_beside_a_bad_file(
    tool: Tool, clients: Path
) -> None:
    ended = tool("migrate", "clients/north", "nowhere-*.yaml", "--check")
    assert (ended.returncode, ended.stderr) == (
        2,
        "nowhere-*.yaml: no file has a name like this\n",
    )
    ended = tool("anonymise", "clients/", "--out", "copies", "--key", "key.json")
    assert ended.returncode == 2
    assert not (clients.parent / "copies").exists()
    (clients / "bert.yaml").unlink()
    ended = tool("anonymise", "clients/", "--out", "copies", "--key", "key.json")
    assert ended.returncode == 0, ended.stderr
    assert len(list((clients.parent / "copies").iterdir())) == 2


def said_at(text: str, name: str) -> int:
    return text.find(f"clients/{name}")
