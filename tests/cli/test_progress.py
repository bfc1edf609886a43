"""A bar on a terminal for what takes a while, and nothing of it anywhere else."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pexpect

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
AT_ONCE = """
import sys
from it4it_assess.cli import console
console.PATIENCE = console.REDRAW = 0
from it4it_assess.__main__ import main
sys.exit(main())
"""


def clients(folder: Path) -> None:
    shutil.copytree(SHOP / "vragen", folder / "clients" / "vragen")
    for name in "abcdef":
        shutil.copy(SHOP / "answers.yaml", folder / "clients" / f"{name}.yaml")


def test_a_bar_counts_the_reports_and_leaves_nothing_behind(tmp_path: Path) -> None:
    clients(tmp_path)
    child = pexpect.spawn(
        sys.executable,
        ["-c", AT_ONCE, "report", "clients", "--quiet"],
        cwd=str(tmp_path),
        env={**os.environ, "TERM": "xterm-256color", "HOME": str(tmp_path)},
        encoding="utf-8",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert child.before
    assert "4/6" in child.before
    assert "6/6" in child.before
    assert child.before.rstrip().endswith("\x1b[2K")  # the line is wiped


def test_a_pipe_gets_no_bar(tool: Tool, tmp_path: Path) -> None:
    clients(tmp_path)
    ended = tool("report", "clients", "--quiet")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
