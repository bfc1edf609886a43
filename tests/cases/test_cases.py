"""A folder here is a test: answers.yaml, and what the tool says of it in expected/.

Drop in a folder with an answers.yaml (and a questionnaire of its own, if need be), run
`pytest --update-golden`, and read what it wrote before committing it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tool

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__")


def test_every_folder_here_is_a_case() -> None:
    assert CASES
    assert [path.name for path in CASES if not (path / "answers.yaml").is_file()] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("command", ["score", "rank", "roadmap", "workshop"])
def test_a_case_prints_what_is_expected(
    case: Path, command: str, tool: Tool, golden: Callable[[Path, str], None]
) -> None:
    ended = tool(command, "answers.yaml", cwd=case)
    assert (ended.returncode, ended.stderr) == (0, "")
    golden(expected(case) / f"{command}.txt", ended.stdout)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_reported_as_expected(
    case: Path, tool: Tool, golden: Callable[[Path, str], None], tmp_path: Path
) -> None:
    ended = tool("report", case / "answers.yaml", "--format", "md")
    assert (ended.returncode, ended.stderr) == (0, "")
    written = tmp_path / "reports" / "answers.md"
    golden(expected(case) / "report.md", written.read_text(encoding="utf-8"))


def expected(case: Path) -> Path:
    folder = case / "expected"
    folder.mkdir(exist_ok=True)
    return folder
