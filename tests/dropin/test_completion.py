"""What TAB offers, asked by the shells themselves through the scripts they are given."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

BASH = """\
eval "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
read -r _ _ _ _ function _ <<<"$(complete -p it4it-assess)"
"$function" it4it-assess
printf '%s\\n' "${COMPREPLY[@]}"
"""
ZSH = """\
compdef() { :; }
_arguments() { local -a offered; eval "offered=(${${1#*\\(\\(}%\\)\\)})"; print -rl -- $offered; }
_files() { print -r -- "any file"; }
eval "$1"
shift
words=("$@") CURRENT=$#
_it4it_assess_completion
"""
FISH = """\
eval $argv[1]
complete --do-complete $argv[2] | string replace --regex '\\t.*' ''
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Make a folder with files to choose from, and the program on the path."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "it4it-assess"
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m it4it_assess "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    desk = tmp_path / "desk"
    (desk / "clients").mkdir(parents=True)
    shutil.copy(EXAMPLES / "bakery.yaml", desk)
    for name in ("barber.yml", "badge.png", "clients/two words.yaml", "x$(touch gotcha).yaml"):
        (desk / name).write_text("", encoding="utf-8")
    return desk


def run(desk: Path, *command: str, **variables: str) -> str:
    kept = {name: os.environ[name] for name in ("XDG_CACHE_HOME",)}
    ended = subprocess.run(
        command, cwd=desk, capture_output=True, text=True, check=False, timeout=60,
        env={**kept, "HOME": str(desk.parent), "PATH": f"{desk.parent}/bin:{os.environ['PATH']}",
             **variables},
    )  # fmt: skip
    assert ended.stderr == ""
    return ended.stdout


def offered(shell: str, desk: Path, *words: str) -> list[str]:
    """Return what a shell would offer for the last of these words."""
    script = run(desk, "it4it-assess", _IT4IT_ASSESS_COMPLETE=f"source_{shell}")
    line = ("it4it-assess", *words)
    match shell:
        case "bash":
            said = run(desk, "bash", "--norc", "-c", BASH, "bash", script, *line)
        case "zsh":
            said = run(desk, "zsh", "-fc", ZSH, "zsh", script, *line)
        case _:
            said = run(desk, "fish", "--no-config", "-c", FISH, script, " ".join(line))
    return said.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (["comp"], ["compare"]),
        (["questionnaire", "cross"], ["crosswalk"]),
        (["rank", "ba"], ["bakery.yaml", "barber.yml"]),
        (["report", "bakery.yaml", "--format", "md,h"], ["md,html"]),
        (["report", "--audience", "o"], ["owner"]),
        (["interview", "bakery.yaml", "--stream", "d"], ["d2c"]),
        (["rank", "bakery.yaml", "--view", "it4it"], ["it4it-3.0"]),
        (["rank", "bakery.yaml", "--questionnaire", "it"], ["it4it"]),
        (["questionnaire", "schema", "pol"], ["policy"]),
    ],
    ids=" ".join,
)
def test_a_word_is_completed(shell: str, words: list[str], choices: list[str], desk: Path) -> None:
    found = [one.partition(":")[0] for one in offered(shell, desk, *words)]
    assert found == choices
    assert not (desk / "gotcha").exists()


def test_a_folder_that_is_alone_is_opened_and_blanks_are_written_for_bash(desk: Path) -> None:
    assert offered("bash", desk, "validate", "cl") == ["clients/", r"clients/two\ words.yaml"]
    assert "clients/two words.yaml" in offered("zsh", desk, "validate", "cl")


def test_where_nothing_is_known_the_shell_offers_files(desk: Path) -> None:
    assert offered("bash", desk, "report", "--brand", "ba") == [""]
    assert offered("zsh", desk, "report", "--brand", "ba") == ["any file"]
    assert "badge.png" in offered("fish", desk, "report", "--brand", "ba")


def test_a_name_that_a_shell_would_run_is_not_offered(desk: Path) -> None:
    assert offered("bash", desk, "rank", "x") == [""]
    assert not (desk / "gotcha").exists()


def test_only_the_command_that_is_named_is_built(desk: Path) -> None:
    asks = (
        "import os, sys\nfrom it4it_assess.cli import app\ntry:\n    app.main()\nfinally:\n"
        "    print(*sorted(one for one in sys.modules if one.startswith('it4it_assess.cli.')))"
    )
    said = run(
        desk, sys.executable, "-c", asks, _IT4IT_ASSESS_COMPLETE="complete_bash",
        COMP_WORDS="it4it-assess\nrank\nba", COMP_CWORD="2",
    )  # fmt: skip
    *choices, loaded = said.splitlines()
    assert choices == ["bakery.yaml", "barber.yml"]
    assert "it4it_assess.cli.rank" in loaded
    assert "it4it_assess.cli.report" not in loaded
