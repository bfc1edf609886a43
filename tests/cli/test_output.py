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

HOSTILE = r"\e[2J\e]0;owned\a\x9b31m\b\r\x7f\u202e"
"""Clears the screen, renames the window, colours, rubs out, overwrites, turns round (YAML)."""


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
    for command in (["validate"], ["score"], ["report", "--out", "out"]):
        ended = tool(*command, "--", name, cwd=folder)
        assert (ended.returncode, ended.stderr) == (0, "")
    stem = name.removesuffix(".yaml")
    written = {path.name for path in (folder / "out").iterdir()}
    assert written == {f"{stem}.md", f"{stem}.html"}


@pytest.mark.parametrize("command", ["score", "rank", "roadmap", "explain", "validate"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_nothing_in_an_answer_file_reaches_the_terminal_raw(
    command: str, form: str, tool: Tool, tmp_path: Path
) -> None:
    hostile = hostile_answers(tmp_path)
    ended = tool(command, hostile, "--format", form)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ACTS.findall(ended.stdout) == []
    if command in {"score", "rank"} and form == "table":
        assert r"\x1b[2J" in ended.stdout  # shown, not hidden


@pytest.mark.parametrize(
    "what", ["verkopen.kassa.storing", "kantoor.wie.beslist", "draaien.kopie.terug"]
)
def test_no_note_or_reason_or_voice_reaches_the_terminal_raw(
    what: str, tool: Tool, tmp_path: Path
) -> None:
    ended = tool("explain", hostile_answers(tmp_path), what)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ACTS.findall(ended.stdout) == []


def test_no_error_carries_what_a_file_or_a_caller_says_to_the_terminal_raw(
    tool: Tool, tmp_path: Path
) -> None:
    text = ANSWERS.read_text(encoding="utf-8").replace("./vragen", str(SHOP / "vragen"))
    bad = tmp_path / f"bad{ESCAPE}[31m.yaml"
    bad.write_text(
        text + f'  "no{HOSTILE}": 3\n  kantoor.wie.beslist: "{HOSTILE}"\n', encoding="utf-8"
    )
    raw = f"{ESCAPE}[2J\x9b31m"
    for arguments in (
        ["score", bad],
        ["validate", bad],
        ["validate", bad, "--format", "json"],
        ["report", bad, f"nowhere{raw}.yaml"],
        ["rank", f"nowhere{raw}.yaml"],
        ["rank", ANSWERS, "--what-if", f"pain.{raw}=3"],
        ["explain", ANSWERS, raw],
        ["questionnaire", "show", "it4it", raw],
        ["questionnaire", "lint", f"nowhere{raw}"],
        ["score", ANSWERS, f"--{raw}"],
        ["score", ANSWERS, "--format", raw],
        [raw],
    ):
        ended = tool(*arguments)
        assert ended.returncode in {1, 2}
        assert ended.stdout + ended.stderr != ""
        assert (arguments, ACTS.findall(ended.stdout + ended.stderr)) == (arguments, [])


def words(text: str) -> list[str]:
    return re.findall(r"[\w.]+", text)


def hostile_answers(folder: Path) -> Path:
    """Write the shop's answers with terminal escapes in every text a command may print."""
    text = ANSWERS.read_text(encoding="utf-8").replace("./vragen", str(SHOP / "vragen"))
    for old, new in (
        ("IJzerhandel Bos", f'"IJzerhandel {HOSTILE}"'),
        ("name: Piet Bos", f'name: "Piet {HOSTILE}"'),
        ("role: eigenaar", f'role: "eigenaar {HOSTILE}"'),
        ("currency: EUR", f'currency: "EUR {HOSTILE}"'),
        ("els: 1}", f'els: {{level: 1, note: "note {HOSTILE}"}}}}'),
        ("Piet denkt aan het boek van zijn vader.", f'"note {HOSTILE}"'),
        ("terug: unknown", f'terug: {{unknown: true, note: "note {HOSTILE}"}}'),
        ("not_applicable: Piet is alleen", f'not_applicable: "reason {HOSTILE}"'),
    ):
        assert old in text
        text = text.replace(old, new)
    path = folder / "hostile.yaml"
    path.write_text(text, encoding="utf-8")
    return path
