"""What TAB offers for an argument or option: answer files, and names of a questionnaire.

A shell runs the program to complete a word. Whatever keeps names from being had, it then offers
nothing, and the shell goes on to names of files.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.model.questionnaire import Questionnaire

COMPLETING = "_IT4IT_ASSESS_COMPLETE"
"""Set where a shell asks what may stand at the cursor."""
HARMLESS = re.compile(r"[\w ./+,@%-]+")
"""Names that no shell takes for more than a name; others are left to the shell itself."""
FOR_BASH = "complete_bash"


def answer_files(incomplete: str) -> list[str]:
    """Return the YAML files and folders that a path may go on to.

    A folder that is alone is opened, so that the shell puts no blank after its name.
    """
    try:
        found = list(_paths(incomplete))
        while len(found) == 1 and found[0].endswith("/"):
            inside = list(_paths(found[0]))
            if not inside:
                break
            found += inside
    except OSError:
        return []
    return [_for_the_shell(one) for one in found]


def questionnaires(incomplete: str) -> list[str]:
    """Return the questionnaires that come with the tool."""
    from it4it_assess.files.find import bundled_questionnaires

    return [one for one in bundled_questionnaires() if one.startswith(incomplete)]


def formats(incomplete: str) -> list[str]:
    """Return the formats of reports, after those that already stand before a comma."""
    from it4it_assess.report.formats import FORMATS

    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{one}" for one in FORMATS if one.startswith(begun)]


def streams(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids and titles of value streams."""
    asked = _questionnaire(ctx)
    named = asked.streams if asked else ()
    return [(one.id, one.title) for one in named if one.id.startswith(incomplete)]


def views(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of a questionnaire's views."""
    asked = _questionnaire(ctx)
    return [one.id for one in (asked.views if asked else ()) if one.id.startswith(incomplete)]


def _questionnaire(ctx: typer.Context) -> Questionnaire | None:
    """Return the questionnaire that is named on the line, or the shipped one."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.load import load_questionnaire

    try:
        return load_questionnaire(ctx.params.get("questionnaire") or "it4it")
    except (AssessError, OSError):
        return None


def _paths(begun: str) -> Iterator[str]:
    from it4it_assess.files.many import SUFFIXES

    folder, slash, name = begun.rpartition("/")
    for path in sorted(Path(f"{folder}{slash}" or ".").iterdir()):
        hidden = path.name.startswith(".") and not name.startswith(".")
        if hidden or not path.name.startswith(name) or not HARMLESS.fullmatch(path.name):
            continue
        if path.is_dir():
            yield f"{folder}{slash}{path.name}/"
        elif path.suffix in SUFFIXES:
            yield f"{folder}{slash}{path.name}"


def _for_the_shell(path: str) -> str:
    """Write blanks as bash wants them typed; the other shells do it themselves."""
    bash = os.environ.get(COMPLETING) == FOR_BASH
    return path.replace(" ", r"\ ") if bash else path
