"""The README shows real output: each `$ it4it-assess` block is run and compared."""

from __future__ import annotations

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

import pexpect

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

README = ROOT / "README.md"
BLOCK = re.compile(r"(```console\n\$ (it4it-assess [^\n]*)\n)(.*?)(```)", re.DOTALL)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SLIPS = """\
format: 1
questionnaire: it4it
organisation: {name: Slips, employes: 12}
answers:
  d2c.incident.recrod: 2
  d2c.problem.cause: no
  d2c.incident.priority: {level: 7, note: said Jo, on Monday}
  d2c.problem.cause: 2
"""


def on_a_terminal(command: str, folder: Path) -> str:
    """Run a command in a folder on a terminal of 96 columns without colours."""
    kept = {name: os.environ[name] for name in ("PATH",)}
    output = pexpect.run(
        f"{sys.executable} -m it4it_assess {command.removeprefix('it4it-assess ')}",
        cwd=str(folder),
        env={**kept, "HOME": str(folder), "TERM": "xterm"},
        encoding="utf-8",
        timeout=60,
        dimensions=(50, 96),
    )
    lines = ESCAPE.sub("", str(output)).strip().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def test_what_the_readme_shows_is_what_the_tool_prints(
    golden: Callable[[Path, str], None], tmp_path: Path
) -> None:
    for example in EXAMPLES.glob("*.yaml"):
        shutil.copy(example, tmp_path)
    (tmp_path / "slips.yaml").write_text(SLIPS, encoding="utf-8")

    def shown(block: re.Match[str]) -> str:
        return block[1] + on_a_terminal(block[2], tmp_path) + block[4]

    golden(README, BLOCK.sub(shown, README.read_text(encoding="utf-8")))
