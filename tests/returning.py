"""The same few answers however they are given: typed, in a page, in a workbook."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.collect.invitation import Invitation
from it4it_assess.model.answers import Respondent

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool
    from it4it_assess.model.questionnaire import Questionnaire

FIRM = "Bakkerij De Vries"


class Given(NamedTuple):
    """One answer as somebody gives it: what is picked, and what stands beside it."""

    pick: str
    unsure: bool = False
    reason: str = ""
    note: str = ""
    seen: str = ""


SAID = (
    Given("3"),
    Given("2", unsure=True),
    Given("unknown"),
    Given("not-applicable", reason="we rent it: all of it"),
    Given(""),
    Given("5", note="Jo's word", seen="the list by the printer"),
    Given("0"),
)
TYPED = (
    "3", "u2", "?", "n we rent it: all of it", "s",
    "5", "b", "+ Jo's word", "e the list by the printer", "s", "0", "q",
)  # fmt: skip
"""What `SAID` is at the keys of an interview."""


def invitation(questionnaire: Questionnaire, **changes: Any) -> Invitation:
    """Return an invitation of Anna to every question of a questionnaire."""
    usual = Invitation(
        questionnaire=questionnaire,
        named=questionnaire.id,
        organisation=FIRM,
        who="anna",
        respondent=Respondent(name="Anna de Vries", role="owner"),
        questions=tuple(questionnaire.questions),
    )
    return usual._replace(**changes)


def interviewed(path: Path) -> Path:
    """Give the answers to an interview through a pipe; return the file it writes."""
    lines = "\n".join([FIRM, *TYPED, ""])
    command = ["interview", "--no-firm", str(path), "--quick", "--as", "anna"]
    subprocess.run(
        [sys.executable, "-m", "it4it_assess", *command],
        input=lines,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return path


def scored(path: Path, tool: Tool) -> str:
    """Return an answer file's scores as JSON."""
    ended = tool("score", path, "--format", "json")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
