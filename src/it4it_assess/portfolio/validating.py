"""Whether one answer file, or one questionnaire folder, is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.files.load import HEAD, load_questionnaire
from it4it_assess.portfolio.reading import Done, read

if TYPE_CHECKING:
    from pathlib import Path


def is_questionnaire(path: Path) -> bool:
    """Say whether a folder is a questionnaire's."""
    return (path / HEAD).is_file()


def in_order(path: Path, *, questionnaire: str | None) -> Done:
    """Read a file or folder; AssessError where it is not in order."""
    if path.is_dir():
        load_questionnaire(path.resolve())
        return Done(str(path), None)
    return Done(str(path), None, read(path, questionnaire).notes)
