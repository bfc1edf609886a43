"""Questionnaires already read and checked, kept by what was in their files.

Reading half a megabyte of YAML and checking every reference costs more than all the rest
of a score. What comes out is kept as JSON in the user's cache folder under a name made
from the files' bytes and this tool's version: a changed file has another name, and every
kept file may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import stat
from typing import TYPE_CHECKING

from pydantic import ValidationError

from it4it_assess import __version__
from it4it_assess.files.cache_place import OWNER_ONLY, cache_folder
from it4it_assess.files.source import MAX_BYTES
from it4it_assess.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def compiled(folder: Path, load: Callable[[Path], Questionnaire]) -> Questionnaire:
    """Return a folder's questionnaire, from the cache where its files have not changed."""
    kept = _kept_as(folder)
    if kept is None:
        return load(folder)
    with contextlib.suppress(OSError, ValidationError):
        return Questionnaire.model_validate_json(kept.read_bytes())
    questionnaire = load(folder)
    with contextlib.suppress(OSError):
        _keep(kept, questionnaire)
    return questionnaire


def _kept_as(folder: Path) -> Path | None:
    """Return the name a folder's questionnaire is kept under; None where it cannot be known."""
    mark = hashlib.sha256(__version__.encode())
    try:
        cache = cache_folder()
        for file in sorted(folder.iterdir()):
            about = file.stat()
            if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES:
                data = file.read_bytes()
                mark.update(f"\0{file.name}\0{len(data)}\0".encode())
                mark.update(data)
    except (OSError, RuntimeError):
        return None
    return cache / f"questionnaire-{mark.hexdigest()}.json"


def _keep(kept: Path, questionnaire: Questionnaire) -> None:
    from it4it_assess.files.save import write_whole  # noqa: PLC0415  only once a change

    kept.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    data = questionnaire.model_dump_json(exclude_defaults=True)
    write_whole(kept, data.encode(), mode=0o600)
