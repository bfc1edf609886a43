"""How a run ends: 0 fine, 1 found something, 2 could not run, 3 a bug, 130 interrupted."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from conftest import Tool

BAKERY = EXAMPLES / "bakery.yaml"
SHOP = ROOT / "tests" / "cases" / "own-questionnaire" / "answers.yaml"
BAD = "format: 1\nquestionnaire: it4it\norganisation: {name: A}\nanswers:\n  d2c.nonsense: 3\n"

BREAKS = """
import sys
from it4it_assess.cli import app
from it4it_assess.portfolio import reading
def load(*_):
    raise RuntimeError("this line was not meant to run")
reading.read = load
sys.exit(app.main())
"""
WAITS = """
import signal, sys
from it4it_assess.cli import app
from it4it_assess.portfolio import reading
def load(*_):
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("loading", flush=True)
    signal.pause()
reading.read = load
sys.exit(app.main())
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "nonsense"),
        (["score"], "ANSWERS"),
        (["score", str(BAKERY), "--nonsense"], "--nonsense"),
        (["score", str(BAKERY), "--format", "xml"], "xml"),
        (["report"], "ANSWERS"),
        (["demo", "--example", "butcher"], "butcher"),
        (["questionnaire", "nonsense"], "nonsense"),
        (["demo", "too many"], "too many"),
    ],
)
def test_a_usage_error_ends_with_2_and_is_said_on_stderr(
    arguments: list[str], said: str, tool: Tool
) -> None:
    ended = tool(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert "--help" in ended.stderr or "-h" in ended.stderr


@pytest.mark.parametrize("command", ["score", "rank", "roadmap", "explain", "report"])
def test_a_file_that_is_not_there_ends_with_2(command: str, tool: Tool) -> None:
    ended = tool(command, "nowhere.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("nowhere.yaml: there is no such file")


def test_a_bad_file_ends_with_2_and_says_where_and_what_to_do(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path / "bad.yaml", BAD)
    ended = tool("score", "bad.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("bad.yaml:5:3: there is no question 'd2c.nonsense'; ")


def test_validate_ends_with_1_on_problems_and_2_when_a_file_cannot_be_read(
    tool: Tool, tmp_path: Path
) -> None:
    write(tmp_path / "bad.yaml", BAD)
    found = tool("validate", "bad.yaml", SHOP)
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.splitlines()[0].startswith("bad.yaml:5:3: ")
    assert found.stdout.splitlines()[1] == f"{SHOP}: in order"
    unread = tool("validate", "bad.yaml", "nowhere.yaml")
    assert unread.returncode == 2
    assert unread.stdout == "\n".join([*found.stdout.splitlines()[:1], ""])
    assert unread.stderr.startswith("nowhere.yaml: ")


def test_validate_takes_folders_and_patterns_as_the_other_commands_do(
    tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / "firms" / "none").mkdir(parents=True)
    write(tmp_path / "firms" / "bad.yaml", BAD)
    write(tmp_path / "firms" / "policy.yaml", "min: {overall: 1}\n")
    write(tmp_path / "firms" / "good.yaml", (EXAMPLES / "bakery.yaml").read_text(encoding="utf-8"))
    by_folder, by_pattern = tool("validate", "firms"), tool("validate", "firms/*d.yaml")
    assert (by_folder.returncode, by_folder.stderr) == (1, "")
    assert by_folder.stdout.splitlines()[0].startswith("firms/bad.yaml:5:3: ")
    assert by_folder.stdout.splitlines()[-1] == "firms/good.yaml: in order"
    assert by_pattern.stdout == by_folder.stdout
    empty = tool("validate", "firms/none", "firms/x*", "firms/good.yaml", "--format", "json")
    assert empty.returncode == 2
    assert json.loads(empty.stdout) == {
        "problems": [],
        "unread": [
            "firms/none: there is no answer file in this folder",
            "firms/x*: no file has a name like this",
        ],
    }


def test_validate_marks_lines_on_github(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path / "a,b.yaml", BAD)
    ended = tool("validate", "a,b.yaml", "--format", "github")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.startswith(
        "::error file=a%2Cb.yaml,line=5,col=3,title=readable::there is no question 'd2c.nonsense'"
    )


def test_validate_quietly_still_tells_the_problems(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path / "bad.yaml", BAD)
    loud, quiet = tool("validate", "bad.yaml"), tool("validate", "bad.yaml", "--quiet")
    assert (quiet.returncode, quiet.stdout) == (1, loud.stdout)


def test_lint_ends_with_1_when_it_finds_something(tool: Tool, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for path in (SHOP.parent / "vragen").iterdir():
        text = path.read_text(encoding="utf-8")
        write(folder / path.name, text.replace("essential: true", "essential: false"))
    ended = tool("questionnaire", "lint", "./mine")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "verkopen.kassa: 0 essential questions" in ended.stdout


def test_a_bug_ends_with_3_and_a_traceback_in_a_file_not_on_the_screen(tmp_path: Path) -> None:
    ended = child(BREAKS, tmp_path, "score", "answers.yaml")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    named = re.search(rf"{re.escape(str(tmp_path))}\S+\.log", ended.stderr)
    assert named
    log = Path(named.group())
    assert log.stat().st_mode & 0o777 == 0o600
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "this line was not meant to run" in log.read_text(encoding="utf-8")


def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITS, "score", "answers.yaml"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "loading\n"
        running.send_signal(signal.SIGINT)
        out, said = running.communicate(timeout=30)
    assert (running.returncode, out) == (130, "")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["score", SHOP],
        ["score", SHOP, "--format", "json"],
        ["rank", SHOP],
        ["rank", SHOP, "--format", "json"],
        ["roadmap", SHOP],
        ["explain", SHOP],
        ["validate", SHOP],
        ["report", SHOP],
        ["questionnaire", "schema"],
    ],
    ids=lambda arguments: " ".join(str(one) for one in arguments if one is not SHOP),
)
def test_a_reader_that_has_gone_is_no_error(arguments: list[Any], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = run([*MODULE, *map(str, arguments)], tmp_path, stdout=writing)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [["--version"], ["score", SHOP], ["rank", SHOP]], ids=str)
def test_a_full_disk_ends_with_2_and_a_clear_line(arguments: list[Any], tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = run([*MODULE, *map(str, arguments)], tmp_path, stdout=full.fileno())
    assert (ended.returncode, ended.stderr) == (2, "No space left on device\n")


def test_what_a_report_cannot_write_is_said_in_a_line(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path / "reports", "a file where the folder should be")
    ended = tool("report", SHOP)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "reports: File exists\n"


MODULE = [sys.executable, "-m", "it4it_assess"]


def child(code: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-c", code, *arguments], folder)


def run(
    command: list[str], folder: Path, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
