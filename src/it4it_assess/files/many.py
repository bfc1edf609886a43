"""Which answer files are meant by the files, folders and patterns that somebody names."""

from __future__ import annotations

import glob
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.errors import UnreadableError
from it4it_assess.files.there import is_folder, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIXES = (".yaml", ".yml")
LONGEST = 4_096
"""Characters of a path; no system opens longer ones, and a pattern takes their square in time."""
HEAD = 4_096
"""Bytes of a file in which its kind shows."""


class Meant(NamedTuple):
    """A file that is meant; or, with `missing`, a folder or pattern in which there is none.

    `name` is its place below the folder or pattern it was found by, without its suffix: two
    files of one folder have two names.
    """

    path: Path
    name: str
    missing: str = ""


def meant(
    named: Iterable[Path], *, whole: Callable[[Path], bool] = lambda _: False
) -> Iterator[Meant]:
    """Yield the answer files meant, each once, in the order named; a folder's by their names.

    A file that is named is taken whatever it holds; in a folder only what looks like an
    answer file is. A folder or pattern that means nothing is told in its place. A folder that
    is a `whole` of its own kind is taken as it is.
    """
    seen = set[Path]()
    for one in named:
        for found in [Meant(one, one.name)] if whole(one) else _of(one):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def answer_files(named: Iterable[Path]) -> list[Path]:
    """Return the answer files meant; UnreadableError where a folder or pattern means nothing."""
    paths = []
    for one in meant(named):
        if one.missing:
            raise UnreadableError(one.missing)
        paths.append(one.path)
    return paths


def is_many(named: Iterable[Path]) -> bool:
    """Say whether more than one plain file is named: several, a folder, or a pattern."""
    few = list(named)
    return len(few) != 1 or is_folder(few[0]) or is_pattern(few[0])


def is_pattern(path: Path) -> bool:
    """Say whether a path is to be read as a pattern; a file that has such a name is not."""
    return glob.has_magic(str(path)) and not is_there(path)


def _of(one: Path) -> Iterator[Meant]:
    if len(str(one)) > LONGEST:
        yield Meant(one, "", f"{str(one)[:40]}...: no file has so long a name")
    elif is_folder(one):
        yield from _all(one, _below(one), one, "there is no answer file in this folder")
    elif is_pattern(one):
        fixed = one.parents[len(one.parts) - 1 - _fixed_parts(one)]
        matches = sorted(glob.glob(str(one), recursive=True))  # noqa: PTH207  may be absolute
        paths = (path for match in matches for path in _matched(Path(match)))
        yield from _all(one, paths, fixed, "no file has a name like this")
    else:
        yield Meant(one, one.stem)


def _all(named: Path, paths: Iterator[Path], base: Path, missing: str) -> Iterator[Meant]:
    """Yield files by their place below a folder, or say that there is none."""
    path = None
    for path in paths:
        yield Meant(path, name_below(path, base))
    if path is None:
        yield Meant(named, "", f"{named}: {missing}")


def name_below(path: Path, base: Path) -> str:
    """Return a file's place below a folder, without its suffix."""
    return PurePath(os.path.relpath(path, base)).with_suffix("").as_posix()


def _fixed_parts(pattern: Path) -> int:
    """Return how many parts of a pattern come before the first with a wildcard."""
    return next(place for place, part in enumerate(pattern.parts) if glob.has_magic(part))


def _matched(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _below(path)
    else:
        yield path


def _below(folder: Path) -> Iterator[Path]:
    """Yield the answer files of a folder and of those in it, links to folders aside."""
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        elif entry.name.endswith(SUFFIXES) and entry.is_file():
            path = Path(entry.path)
            if _holds_answers(path):
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
