"""A firm's repository as the pages on pipelines suppose it: clients, a policy, reports."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "format: 1\nmin: {overall: 1}\nmin_coverage: {overall: 0.8}\n"
"""A policy that the shipped firms keep to."""

PROJECT = (
    ".pre-commit-hooks.yaml", "LICENSE", "README.md", "action.yml", "man", "pyproject.toml",
    "questionnaires", "report_templates", "src",
)  # fmt: skip
"""What an installation needs of this project."""


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody, and return what it says."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false"]
    return subprocess.run(
        ["git", *who, *arguments],  # noqa: S607
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def commit(folder: Path, words: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", words)


def firms(folder: Path) -> Path:
    """Make a repository with the shipped firms as clients, and a policy they keep to."""
    (folder / "clients").mkdir(parents=True)
    for one in EXAMPLES.glob("*.yaml"):
        shutil.copy(one, folder / "clients")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Answers")
    return folder


def project(folder: Path) -> Path:
    """Make a repository of this project as it stands, committed or not."""
    folder.mkdir()
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        else:
            shutil.copy(source, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "The project")
    return folder


def lowered(path: Path, question: str) -> None:
    """Give a question's answer the lowest level there is."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    [place] = [number for number, line in enumerate(lines) if line.startswith(f"  {question}:")]
    lines[place] = f"  {question}: 0\n"
    path.write_text("".join(lines), encoding="utf-8")
