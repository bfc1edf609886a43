"""`portfolio` as its user meets it: files, JSON, refusals, the page of one firm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

SCHEMA = ROOT / "questionnaires" / "portfolio.schema.json"
NAMES = ("bakery", "agency", "manufacturer")


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Return a folder of 24 answer files, each of a firm of its own."""
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(24):
        text = (EXAMPLES / f"{NAMES[number % 3]}.yaml").read_text(encoding="utf-8")
        text = text.replace("\n  name: ", f"\n  name: {number} ", 1)
        (folder / f"{number:02}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_it_writes_a_page_json_and_private_tables(clients: Path, tool: Tool) -> None:
    ended = tool("portfolio", clients, "--firm", clients / "03.yaml", "--database", "all.duckdb")
    assert (ended.returncode, ended.stderr) == (0, "")
    out = clients.parent / "portfolio"
    assert sorted(path.name for path in out.iterdir()) == [
        "firms",
        "index.html",
        "organisations.parquet",
        "portfolio.json",
        "scores.parquet",
    ]
    told = json.loads((out / "portfolio.json").read_text(encoding="utf-8"))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    assert told["sections"][0]["firms"] == 24
    assert (out / "firms" / "03.html").stat().st_mode & 0o777 == 0o600
    assert "Bakkerij" not in (out / "index.html").read_text(encoding="utf-8")
    assert (clients.parent / "all.duckdb").stat().st_mode & 0o777 == 0o600


def test_the_same_folder_gives_the_same_bytes(clients: Path, tool: Tool) -> None:
    found = []
    for out, jobs in (("one", "1"), ("two", "2")):
        assert tool("portfolio", clients, "--out", out, "--jobs", jobs).returncode == 0
        folder = clients.parent / out
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert found[0] == found[1]


def test_json_alone_goes_to_stdout_and_a_refused_file_to_stderr(clients: Path, tool: Tool) -> None:
    bad = clients / "bad.yaml"
    bad.write_text("questionnaire: it4it\norganisation: {name: X}\n", encoding="utf-8")
    ended = tool("portfolio", clients, "--format", "json")
    assert ended.returncode == 2
    assert all(line.startswith(str(bad)) for line in ended.stderr.splitlines())
    told = json.loads(ended.stdout)
    assert (told["refused"], told["sections"][0]["firms"]) == (1, 24)
    assert str(bad) not in ended.stdout


def test_too_few_organisations_are_refused(tool: Tool) -> None:
    ended = tool("portfolio", EXAMPLES)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "there are answers of 3 firms to the same questionnaire, and fewer than 5 are never "
        "summed up; add answer files, or compare single firms with: it4it-assess compare\n"
    )


def test_without_duckdb_the_command_that_helps_is_named(
    clients: Path, tmp_path: Path, tool: Tool
) -> None:
    (tmp_path / "duckdb.py").write_text("raise ImportError\n", encoding="utf-8")
    ended = tool("portfolio", clients, PYTHONPATH=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "a portfolio needs duckdb, which this installation lacks; "
        "install with: pip install 'it4it-assess[portfolio]'\n"
    )
