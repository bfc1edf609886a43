"""The page on pipelines: every block of it is run, or held against what reads it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml
from action_runner import Runner
from pipeline import commit, firms, lowered

from conftest import ROOT
from it4it_assess import errors

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
GITLAB = ROOT / "docs" / "gitlab-ci.yml"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def blocks(kind: str, word: str = "") -> list[str]:
    """Return the page's blocks of a kind that hold a word."""
    return [text for one, text in BLOCKS if one == kind and word in text]


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Make a firm's repository with the policy of the page and its reports committed."""
    folder = firms(tmp_path / "firm")
    [policy] = blocks("yaml", "min_level:")
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    bash("it4it-assess report clients --out reports --quiet", folder)
    commit(folder, "Reports")
    return folder


def bash(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lines as a job does, with the program at hand; the first that fails ends them."""
    programs = folder.parent / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "it4it-assess"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m it4it_assess "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],  # noqa: S607
        cwd=folder,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def of_form(schema: str, path: Path) -> str:
    """Return what a schema of a host has to say against a file."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    ended = subprocess.run(
        [*command, str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    return ended.stdout + ended.stderr if ended.returncode else ""


def test_every_kind_of_block_is_looked_at() -> None:
    assert {kind for kind, _ in BLOCKS} == {"sh", "yaml", "make"}
    assert len(blocks("yaml")) == 4


@pytest.mark.parametrize("script", blocks("sh"))
def test_the_commands_of_the_page_run(script: str, firm: Path) -> None:
    for line in script.splitlines():
        ended = bash(line, firm)
        assert ended.returncode == 0, (line, ended.stdout, ended.stderr)


def test_the_exit_codes_are_those_of_the_program() -> None:
    rows = dict(re.findall(r"^\| (\d) \| (\w+)", PAGE, re.MULTILINE))
    codes = (errors.EXIT_OK, errors.EXIT_FOUND, errors.EXIT_CANNOT_RUN, errors.EXIT_BUG)
    assert rows == dict(zip(map(str, codes), ("fine", "found", "could", "a"), strict=True))


def test_the_github_job_passes_and_fails(firm: Path, tmp_path: Path) -> None:
    [text] = blocks("yaml", "runs-on:")
    [scanning] = blocks("yaml", "upload-sarif")
    path = tmp_path / "workflow.yml"
    path.write_text(text + scanning, encoding="utf-8")
    assert of_form("github-workflows", path) == ""
    steps = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["assess"]["steps"]
    [given] = [step["with"] for step in steps if "it4it-assess" in step["uses"]]
    inputs = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in given.items()
    }
    temp = tmp_path / "temp"
    bash("true", firm)
    (temp / "it4it-assess").mkdir(parents=True)
    (temp / "it4it-assess" / "bin").symlink_to(firm.parent / "programs")
    runner = Runner(ROOT / "action.yml", firm, temp)
    ended = runner.run(inputs, {}, only="assess")
    assert ended.code == 0, ended.log
    lowered(firm / "clients" / "bakery.yaml", "d2c.incident.home-help")
    commit(firm, "Worse")
    ended = runner.run(inputs, {}, only="assess")
    assert (ended.code, ended.outputs) == (1, {"validate": "0", "check": "1", "report": "1"})


def test_the_gitlab_job_passes_and_fails(firm: Path) -> None:
    assert of_form("gitlab-ci", GITLAB) == ""
    [job] = yaml.safe_load(GITLAB.read_text(encoding="utf-8")).values()
    script = "\n".join(job["script"])
    ended = bash(script, firm)
    assert ended.returncode == 0, ended.stderr
    report = firm / job["artifacts"]["reports"]["junit"]
    assert "<failure" not in report.read_text(encoding="utf-8")
    lowered(firm / "clients" / "bakery.yaml", "d2c.incident.home-help")
    commit(firm, "Worse")
    assert bash(script, firm).returncode == 1
    failed = ET.fromstring(report.read_text(encoding="utf-8")).iter("failure")  # noqa: S314  our own
    assert any("Incident: scores 0.60" in one.attrib["message"] for one in failed)


def test_the_hooks_of_the_page_are_those_of_the_project(tmp_path: Path) -> None:
    [text] = blocks("yaml", "it4it-report-check")
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    usual = {one["id"]: one.get("args", []) for one in hooks}
    shown = yaml.safe_load(text)["repos"][0]["hooks"]
    assert {one["id"]: one.get("args", []) for one in shown} == usual


def test_the_makefile_says_one_line_until_a_rule_breaks(firm: Path) -> None:
    [text] = blocks("make")
    (firm / "Makefile").write_text(text, encoding="utf-8")
    ended = bash("make --silent reports", firm)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "0 of 163 rules broken in 3 files\n"
    lowered(firm / "clients" / "bakery.yaml", "d2c.incident.home-help")
    ended = bash("make --silent reports", firm)
    assert ended.returncode == 2
    assert "clients/bakery.yaml:346:3: " in ended.stdout


def test_every_relative_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
