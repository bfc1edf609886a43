"""What reaches the screen: colours only where wanted, nothing cut, nothing raw."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

BAKERY = EXAMPLES / "bakery.yaml"
SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
ANSWERS = SHOP / "answers.yaml"

ESCAPE = "\x1b"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal may act on: all controls but tab and line feed, and turns of direction."""

CLEARS = r"\e[2J\e]0;owned\a\b\x7f"
"""Clears the screen, renames the window, rings, rubs out (as YAML spells it)."""
COLOURS = r"\x9b31m\x85\r"
"""The same in the other alphabet of controls: eight bits, not seven."""
TURNS = r"\u202e\u2066"
"""Turns the reading direction round, so that a name reads as another."""


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"NO_COLOR": "1"},
        {"TERM": "dumb"},
        {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb"},
    ],
    ids=["pipe", "no-color", "dumb", "dumb-forced"],
)
@pytest.mark.parametrize(
    "arguments",
    [["rank", str(ANSWERS)], ["score", "--help"], ["score"]],
    ids=["result", "help", "usage-error"],
)
def test_a_pipe_gets_no_escapes(
    arguments: list[str], environment: dict[str, str], tool: Tool, tmp_path: Path
) -> None:
    ended = tool(*arguments, cwd=tmp_path, **environment)
    assert ESCAPE not in ended.stdout + ended.stderr
    assert ended.stdout + ended.stderr != ""


@pytest.mark.parametrize("arguments", [["rank", str(ANSWERS)], ["score", "--help"]], ids=str)
def test_force_color_colours_a_pipe_and_changes_no_word(arguments: list[str], tool: Tool) -> None:
    plain, forced = tool(*arguments), tool(*arguments, FORCE_COLOR="1", TERM="xterm-256color")
    assert ESCAPE in forced.stdout
    assert words(re.sub(r"\x1b\[[\d;]*m", "", forced.stdout)) == words(plain.stdout)


@pytest.mark.parametrize("command", ["score", "rank", "roadmap", "explain"])
def test_json_is_the_same_bytes_however_colours_are_asked_for(command: str, tool: Tool) -> None:
    plain = tool(command, ANSWERS, "--format", "json")
    forced = tool(
        command, ANSWERS, "--format", "json", FORCE_COLOR="1", COLUMNS="20", TERM="xterm"
    )
    assert json.loads(plain.stdout)
    assert (forced.stdout, forced.stderr) == (plain.stdout, "")


@pytest.mark.parametrize("command", ["score", "rank", "roadmap", "explain"])
def test_a_pipe_gets_whole_lines_however_narrow_the_screen(command: str, tool: Tool) -> None:
    assert tool(command, ANSWERS, COLUMNS="40").stdout == tool(command, ANSWERS).stdout


def test_help_fits_a_narrow_screen(tool: Tool) -> None:
    ended = tool("rank", "--help", COLUMNS="40")
    assert ended.returncode == 0
    assert max(len(line) for line in ended.stdout.splitlines()) <= 40


@pytest.mark.parametrize(
    "name", ["two words.yaml", "brood \U0001f35e.yaml", "two\nlines.yaml", "-x.yaml"]
)
def test_a_file_may_have_any_name(name: str, tool: Tool, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(SHOP, folder)
    (folder / "answers.yaml").rename(folder / name)
    for command in (["score"], ["report", "--out", "out"]):
        ended = tool(*command, "--", name, cwd=folder)
        assert (ended.returncode, ended.stderr) == (0, "")
    stem = name.removesuffix(".yaml")
    written = {path.name for path in (folder / "out").iterdir()}
    assert written == {f"{stem}.md", f"{stem}.html"}


@pytest.mark.parametrize("command", ["score", "validate", "report"])
def test_controls_in_an_answer_file_are_refused_with_their_place(
    command: str, tool: Tool, tmp_path: Path
) -> None:
    ended = tool(command, hostile_answers(tmp_path, CLEARS))
    assert ended.returncode == (1 if command == "validate" else 2)
    said = ended.stdout + ended.stderr
    assert ":6:22: a control character (U+001B)" in said
    assert ACTS.findall(said) == []


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("what", [COLOURS, TURNS], ids=["colours", "turns"])
@pytest.mark.parametrize("command", ["score", "rank", "explain"])
def test_nothing_in_an_answer_file_reaches_the_terminal_raw(
    command: str, what: str, form: str, tool: Tool, tmp_path: Path
) -> None:
    ended = tool(command, hostile_answers(tmp_path, what), "--format", form)
    assert ended.returncode in {0, 2}  # shown harmlessly, or refused
    assert ended.stdout + ended.stderr != ""
    assert ACTS.findall(ended.stdout + ended.stderr) == []


@pytest.mark.parametrize("name", ["verkopen.kassa.storing", "kantoor.wie.beslist"])
def test_no_note_or_reason_or_voice_reaches_the_terminal_raw(
    name: str, tool: Tool, tmp_path: Path
) -> None:
    ended = tool("explain", hostile_answers(tmp_path, TURNS), name)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ACTS.findall(ended.stdout) == []
    assert r"\u202e" in ended.stdout  # shown, not hidden


def test_no_error_carries_what_a_file_or_a_caller_says_to_the_terminal_raw(
    tool: Tool, tmp_path: Path
) -> None:
    text = ANSWERS.read_text(encoding="utf-8").replace("./vragen", str(SHOP / "vragen"))
    bad = tmp_path / f"bad{ESCAPE}[31m.yaml"
    bad.write_text(
        f'{text}  "no{COLOURS}{TURNS}": 3\n  kantoor.wie.beslist: "{CLEARS}{COLOURS}"\n',
        encoding="utf-8",
    )
    raw = f"{ESCAPE}[2J\x9b31m"
    for arguments in (
        ["validate", bad],
        ["validate", bad, "--format", "json"],
        ["report", bad, f"nowhere{raw}.yaml"],
        ["rank", ANSWERS, "--what-if", f"pain.{raw}=3"],
        ["explain", ANSWERS, raw],
        ["questionnaire", "show", "it4it", raw],
        ["questionnaire", "lint", f"nowhere{raw}"],
        ["score", ANSWERS, f"--{raw}"],
        ["score", ANSWERS, "--format", raw],
        [raw],
    ):
        ended = tool(*arguments)
        said = ended.stdout + ended.stderr
        assert ended.returncode in {1, 2}
        assert said != ""
        assert (arguments, ACTS.findall(said)) == (arguments, [])


def words(text: str) -> list[str]:
    return re.findall(r"[\w.]+", text)


def hostile_answers(folder: Path, hostile: str) -> Path:
    """Write the shop's answers with this in every text that a command may print."""
    text = ANSWERS.read_text(encoding="utf-8").replace("./vragen", str(SHOP / "vragen"))
    for old, new in (
        ("IJzerhandel Bos", f'"IJzerhandel {hostile}"'),
        ("name: Piet Bos", f'name: "Piet {hostile}"'),
        ("role: eigenaar", f'role: "eigenaar {hostile}"'),
        ("currency: EUR", f'currency: "EUR {hostile}"'),
        ("els: 1}", f'els: {{level: 1, note: "note {hostile}"}}}}'),
        ("Piet denkt aan het boek van zijn vader.", f'"note {hostile}"'),
        ("terug: unknown", f'terug: {{unknown: true, note: "note {hostile}"}}'),
        ("not_applicable: Piet is alleen", f'not_applicable: "reason {hostile}"'),
    ):
        assert old in text
        text = text.replace(old, new)
    path = folder / "hostile.yaml"
    path.write_text(text, encoding="utf-8")
    return path
