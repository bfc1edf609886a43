"""Where a questionnaire is found: by its bundled id, beside the answers, or by its path."""

from __future__ import annotations

import re
from pathlib import Path

from it4it_assess.errors import UnknownNameError
from it4it_assess.files.there import is_file
from it4it_assess.resources import bundled

HEAD = "questionnaire.yaml"
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}")
"""Versions that can be part of a folder's name; others cannot be pinned."""


def find_questionnaire(
    name: str, *, beside: Path | None = None, version: str | None = None
) -> Path:
    """Return the folder of a questionnaire: a bundled id, or a path to a folder.

    A relative path is looked for beside the answer file first. With a version, the folder
    NAME@VERSION that keeps that version comes before the present one.
    """
    places = [Path(name)] if beside is None else [beside / name, Path(name)]
    if "/" not in name and "\\" not in name and name not in {".", ".."}:
        places.insert(0, bundled("questionnaires") / name)
    pinned = version is not None and VERSION.fullmatch(version)
    for folder in places:
        kept = folder.with_name(f"{folder.name}@{version}") if pinned and folder.name else folder
        for one in (kept, folder):
            if is_file(one / HEAD):
                return one
    from it4it_assess.files.wording import shown  # noqa: PLC0415  loads pydantic, for this alone

    known = bundled_questionnaires()
    raise UnknownNameError(
        f"there is no questionnaire {shown(name)}; shipped: {', '.join(known)}, "
        f"or give the path of a folder with a {HEAD}"
    )


def bundled_questionnaires() -> list[str]:
    """Return the names of the questionnaires that come with the tool, kept versions too."""
    return sorted(head.parent.name for head in bundled("questionnaires").glob(f"*/{HEAD}"))
