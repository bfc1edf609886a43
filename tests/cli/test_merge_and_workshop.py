"""`merge` and `workshop` as they are typed: what they print, write, refuse and end with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

FILE = """\
format: 1
questionnaire: it4it
date: {date}
organisation: {{name: Café Rosa}}
respondents: {{{who}: {{}}}}
answers:
  d2c.incident.record: {{level: {level}, note: "{note}"}}
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    for name, who, level, date, note in (
        ("anna", "anna", 0, "2026-10-01", "[a](x) | <b>"),
        ("jo", "jo", 5, "2026-10-02", "# not a heading"),
        ("anna-2", "anna", 1, "2026-10-03", ""),
    ):
        text = FILE.format(who=who, level=level, date=date, note=note)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_merging_without_a_conflict_ends_with_nought(people: Path, tool: Tool) -> None:
    ended = tool("merge", "anna.yaml", "jo.yaml", "--out", "rosa.yaml")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "rosa.yaml: 1 question, 2 respondents\n"
        "What each file brought\n"
        "- anna.yaml: 1 question, anna\n"
        "- jo.yaml: 1 question, jo\n\n"
        "See what to talk about: it4it-assess workshop rosa.yaml\n"
    )
    assert (people / "rosa.yaml").exists()


def test_conflicts_are_listed_with_their_lines_and_end_with_one(people: Path, tool: Tool) -> None:
    ended = tool("merge", "anna.yaml", "jo.yaml", "anna-2.yaml", "--out", "rosa.yaml")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert (
        "1 conflict:\n"
        'anna.yaml:7: d2c.incident.record, anna: 0 "[a](x) | <b>" here; '
        "1 in anna-2.yaml:7 counts\n"
    ) in ended.stdout
    assert (people / "rosa.yaml").exists()


def test_merge_as_json_is_json_and_nothing_else(people: Path, tool: Tool) -> None:
    ended = tool("merge", "anna.yaml", "anna-2.yaml", "-o", "rosa.yaml", "--format", "json")
    told = json.loads(ended.stdout)
    assert list(told) == [
        "out",
        "organisation",
        "questions",
        "respondents",
        "brought",
        "conflicts",
        "care",
    ]
    (conflict,) = told["conflicts"]
    assert conflict["path"] == ["answers", "d2c.incident.record", "by", "anna"]
    assert conflict["kept"] == {
        "source": "anna-2.yaml",
        "line": 7,
        "date": "2026-10-03",
        "said": "1",
    }
    assert ended.returncode == 1
    assert (people / "rosa.yaml").exists()


def test_an_output_that_is_there_is_not_overwritten(people: Path, tool: Tool) -> None:
    before = (people / "jo.yaml").read_bytes()
    ended = tool("merge", "anna.yaml", "anna-2.yaml", "--out", "jo.yaml")
    assert ended.returncode == 2
    assert ended.stderr.startswith("jo.yaml: it is there already and is not one of the files;")
    assert (people / "jo.yaml").read_bytes() == before


def test_what_people_disagree_on_can_be_settled_from_beginning_to_end(
    people: Path, tool: Tool
) -> None:
    assert tool("merge", "anna.yaml", "jo.yaml", "-o", "rosa.yaml").returncode == 0
    agenda = tool("workshop", "rosa.yaml")
    assert agenda.stdout.startswith("Café Rosa: 1 question to talk about, about 5 minutes in all.")
    recorded = tool(
        "workshop", "rosa.yaml", "--record", "d2c.incident.record=2", "--note", "the list"
    )
    assert (recorded.returncode, recorded.stderr) == (0, "")
    assert "- d2c.incident.record: 2 (anna 0, jo 5). the list\n" in recorded.stdout
    assert "Nothing left to talk about." in recorded.stdout
    told = tool("explain", "rosa.yaml", "d2c.incident.record").stdout
    assert "Agreed at 2 by the workshop (the list); voices anna 0, jo 5" in told
    assert tool("workshop", "rosa.yaml").stdout.startswith("Café Rosa: nothing is left to talk")
    assert tool("validate", "rosa.yaml").returncode == 0
    assert (people / "rosa.yaml").read_text(encoding="utf-8").count("agreed: 2") == 1


def test_a_workshop_may_be_held_from_a_pipe(people: Path, tool: Tool) -> None:
    tool("merge", "anna.yaml", "jo.yaml", "-o", "rosa.yaml")
    ended = subprocess.run(
        [sys.executable, "-m", "it4it_assess", "workshop", "rosa.yaml", "--ask"],
        cwd=people,
        input="3 as seen\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ended.stderr == ""
    assert "Agreed. d2c.incident.record: 3 (anna 0, jo 5). as seen\n" in ended.stdout
    assert "agreed: 3" in (people / "rosa.yaml").read_text(encoding="utf-8")


def test_an_agenda_to_print_is_harmless_markdown(people: Path, tool: Tool) -> None:
    tool("merge", "anna.yaml", "jo.yaml", "-o", "rosa.yaml")
    ended = tool("workshop", "rosa.yaml", "--out", "agenda.md")
    assert (ended.stdout, ended.returncode) == ("The agenda is in agenda.md\n", 0)
    text = (people / "agenda.md").read_text(encoding="utf-8")
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert "<a " not in page
    assert re.findall(r"<h\d>(.+)</h\d>", page) == [
        "Workshop agenda: Café Rosa",
        "1. When something breaks, where does it get written down?",
    ]
    cells = re.findall(r"<td[^>]*>(.*)</td>", page)
    assert cells == ["anna", "0", "[a](x) | &lt;b&gt;", "jo", "5", "# not a heading"]
    printed = tool("workshop", "rosa.yaml", "--format", "md").stdout
    assert printed == text


def test_an_agenda_as_json_is_json_and_nothing_else(people: Path, tool: Tool) -> None:
    tool("merge", "anna.yaml", "jo.yaml", "-o", "rosa.yaml")
    told = json.loads(tool("workshop", "rosa.yaml", "--format", "json", "--minutes", "3").stdout)
    assert (told["topics"], told["minutes"]) == ([], 0)
    assert told["left_out"] == ["d2c.incident.record"]
    assert told["care"] == []
    assert (people / "rosa.yaml").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--record", "d2c.incident.record"], "'d2c.incident.record' is not QUESTION=LEVEL"),
        (["--note", "x"], "add --record QUESTION=LEVEL"),
        (["--ask", "--record", "a=1"], "--ask goes with --minutes only"),
        (["--ask", "--format", "json"], "--ask goes with --minutes only"),
        (["--out", "x.md", "--format", "json"], "--out writes Markdown"),
        (["--out", "anna.yaml"], "these are the answers"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    people: Path, tool: Tool, options: list[str], words: str
) -> None:
    before = (people / "anna.yaml").read_bytes()
    ended = tool("workshop", "anna.yaml", *options)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert (people / "anna.yaml").read_bytes() == before


def test_one_person_s_file_is_told_what_to_do_first(people: Path, tool: Tool) -> None:
    ended = tool("workshop", "anna.yaml")
    assert "no question was answered by more than one person." in ended.stdout
    assert (people / "anna.yaml").exists()
