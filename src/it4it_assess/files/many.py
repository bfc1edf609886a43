"""Which answer files are meant by the files, folders and patterns that somebody names."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

from it4it_assess.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = {".yaml", ".yml"}
LONGEST = 4_096
"""Characters of a path; no system opens longer ones, and a pattern takes their square in time."""
HEAD = 4_096
"""Bytes of a file in which its kind shows."""


def answer_files(named: Iterable[Path]) -> list[Path]:
    """Return the answer files meant, each once: in a folder, all below it, in order of name.

    A file that is named is taken whatever it holds; in a folder only what looks like an
    answer file is. UnreadableError where a folder or pattern means nothing.
    """
    found: dict[Path, None] = {}
    for one in named:
        if len(str(one)) > LONGEST:
            raise UnreadableError(f"{str(one)[:40]}...: no file has so long a name")
        if not _is_there(one) and glob.has_magic(str(one)):
            matches = sorted(glob.glob(str(one), recursive=True))  # noqa: PTH207  may be absolute
            if not matches:
                raise UnreadableError(f"{one}: no file has a name like this")
            for match in map(Path, matches):
                found.update(dict.fromkeys(_in_folder(match) if match.is_dir() else [match]))
        elif _is_there(one) and one.is_dir():
            found.update(dict.fromkeys(_in_folder(one)))
        else:
            found[one] = None
    return list(found)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False  # a name too long for any file


def _in_folder(folder: Path) -> list[Path]:
    files = list(_below(folder))
    if not files:
        raise UnreadableError(f"{folder}: there is no answer file in this folder")
    return files


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in SUFFIXES and not hidden and path.is_file() and _holds_answers(path):
            yield path


def _holds_answers(path: Path) -> bool:
    """Say whether a file names a questionnaire and an organisation, as only answer files do."""
    try:
        with path.open("rb") as file:
            start = file.read(HEAD)
    except OSError:
        return True  # what cannot be read is said where it is read
    lines = start.splitlines()
    return any(line.startswith(b"organisation:") for line in lines) and any(
        line.startswith(b"questionnaire:") for line in lines
    )
