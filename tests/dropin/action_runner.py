"""A small runner of composite actions: the shell of their steps is run as GitHub runs it.

`uses:` steps are not run; what they would put out is given. Of expressions only plain names
are known, and only outside the shell's text: anything else fails.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EXPRESSION = re.compile(r"\$\{\{ ([a-z.-]+) \}\}")
SECONDS = 300


class Ended(NamedTuple):
    """How an action ended: the exit code of its last step, its log, summary and outputs."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]


class Runner:
    """Runs the steps of an action in a workspace, one after the other."""

    def __init__(self, action: Path, workspace: Path, temp: Path) -> None:
        self.path = action
        self.action = yaml.safe_load(action.read_text(encoding="utf-8"))
        self.workspace = workspace
        self.temp = temp
        self.names: dict[str, str] = {}

    def run(
        self, given: Mapping[str, str], used: Mapping[str, str], *, only: str | None = None
    ) -> Ended:
        """Run the steps with these inputs, and these outputs of steps that use others.

        With `only`, the one step of this id.
        """
        unknown = set(given) - set(self.action["inputs"])
        assert not unknown, f"no such inputs: {unknown}"
        values = {name: one["default"] for name, one in self.action["inputs"].items()}
        self.names = {f"inputs.{name}": one for name, one in {**values, **given}.items()}
        self.names |= used
        summary = self.temp / "summary.md"
        summary.write_text("", encoding="utf-8")
        log, code = "", 0
        for step in self.action["runs"]["steps"]:
            if "uses" in step or only not in {None, step.get("id")}:
                continue
            code, said = self._step(step, summary)
            log += said
            if code:
                break
        outputs = {
            name: self._resolved(one["value"]) for name, one in self.action["outputs"].items()
        }
        return Ended(code, log, summary.read_text(encoding="utf-8"), outputs)

    def _step(self, step: dict[str, Any], summary: Path) -> tuple[int, str]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input would become text of the script"
        script, outputs = self.temp / "step.sh", self.temp / "outputs"
        script.write_text(step["run"], encoding="utf-8")
        outputs.write_text("", encoding="utf-8")
        env = {name: self._resolved(text) for name, text in step.get("env", {}).items()}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # noqa: S607
            cwd=self.workspace / self._resolved(step.get("working-directory", ".")),
            env={
                **{name: os.environ[name] for name in ("PATH", "XDG_CACHE_HOME")},
                "HOME": str(self.temp),
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_ACTION_PATH": str(self.path.parent),
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(summary),
                **env,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        for line in outputs.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.names[f"steps.{step.get('id')}.outputs.{name}"] = value
        return ended.returncode, ended.stdout

    def _resolved(self, text: str) -> str:
        """Put values in the place of expressions, all at once as GitHub does."""

        def value(found: re.Match[str]) -> str:
            name = found[1]
            known = name in self.names or name.startswith("steps.")
            assert known, f"no such name: {name}"
            return self.names.get(name, "")

        resolved = EXPRESSION.sub(value, text)
        assert "${{" not in EXPRESSION.sub("", text), f"more than a name: {text}"
        return resolved
