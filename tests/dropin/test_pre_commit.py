"""The pre-commit hooks: installed from a clone and run in a firm's repository, for real."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pipeline import commit, firms, git, lowered, project

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 600
HOOKS = ("it4it-validate", "it4it-check", "it4it-report-check")
BROKEN = "format: 1\nquestionnaire: it4it\norganisation: {name: A}\nanswers:\n  d2c.nonsense: 3\n"


def pre_commit(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pre-commit in a folder; the hooks' environment is kept below `home`."""
    kept = {name: one for name, one in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments, "--color=never"],
        cwd=folder,
        env={**kept, "PRE_COMMIT_HOME": str(home), "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def verdicts(log: str) -> dict[str, str]:
    """Return what became of each hook, by the name it is shown under."""
    lines = [line for line in log.splitlines() if line.startswith("it4it-assess ")]
    return {
        line.partition("..")[0]: line.rpartition(".")[2].strip() for line in lines if ".." in line
    }


def config(repository: Path) -> str:
    hooks = "".join(f"      - id: {one}\n" for one in HOOKS)
    head = git(repository, "rev-parse", "HEAD").strip()
    return f"repos:\n  - repo: {repository}\n    rev: {head}\n    hooks:\n{hooks}"


def test_the_hooks_pass_and_fail_where_they_should(tmp_path: Path) -> None:
    """One test, as the hooks' environment is installed once, from a registry."""
    clone, home, firm = project(tmp_path / "clone"), tmp_path / "home", firms(tmp_path / "firm")
    (firm / ".pre-commit-config.yaml").write_text(config(clone), encoding="utf-8")
    commit(firm, "Hooks")

    def run(*options: str) -> tuple[dict[str, str], str]:
        ended = pre_commit(firm, home, "run", *(options or ("--all-files",)))
        assert ended.returncode == int("Failed" in ended.stdout), ended.stdout
        return verdicts(ended.stdout), ended.stdout

    found, said = run()
    assert found == {
        "it4it-assess validate": "Passed",
        "it4it-assess check": "Passed",
        "it4it-assess report --check": "Failed",
    }, said
    assert "reports/bakery.md" in said

    [program] = home.glob("*/py_env-*/bin/it4it-assess")
    subprocess.run([program, "report", "clients", "--quiet"], cwd=firm, check=True, timeout=60)
    commit(firm, "Reports")
    found, said = run()
    assert set(found.values()) == {"Passed"}, said

    (firm / "reports" / "bakery.md").write_text("Edited by hand.\n", encoding="utf-8")
    git(firm, "add", "--all")
    found, said = run("it4it-report-check")
    assert found == {"it4it-assess report --check": "Failed"}, said
    assert "-Edited by hand." in said
    git(firm, "checkout", "--quiet", "HEAD", "--", ".")

    (firm / "policy.yaml").write_text("min: {d2c.incident: 0.9}\n", encoding="utf-8")
    lowered(firm / "clients" / "bakery.yaml", "d2c.incident.home-help")
    git(firm, "add", "--all")
    found, said = run("it4it-check")
    assert found == {"it4it-assess check": "Failed"}, said
    assert "clients/bakery.yaml:346:3: Incident: scores 0.60; the floor is 0.9" in said
    git(firm, "checkout", "--quiet", "HEAD", "--", ".")

    (firm / "clients" / "two words.yaml").write_text(BROKEN, encoding="utf-8")
    (firm / "elsewhere.yaml").write_text(BROKEN, encoding="utf-8")
    git(firm, "add", "--all")
    found, said = run("it4it-validate")
    assert found == {"it4it-assess validate": "Failed"}, said
    assert "clients/two words.yaml:5:3: there is no question 'd2c.nonsense'" in said
    assert "elsewhere.yaml" not in said
    refused = pre_commit(firm, home, "install")
    assert refused.returncode == 0
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@y.org", "commit", "-qm", "Slip"],  # noqa: S607
            cwd=firm, env={**os.environ, "PRE_COMMIT_HOME": str(home)},
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip


def test_the_hooks_manifest_is_one(tmp_path: Path) -> None:
    clone = project(tmp_path / "clone")
    manifest = clone / ".pre-commit-hooks.yaml"
    ended = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout
