"""An earlier state of an answer file: another file, or a git revision of it."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from it4it_assess.errors import AssessError
from it4it_assess.files.source import is_file

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 60


@contextmanager
def earlier(baseline: str, of: Path) -> Iterator[Path]:
    """Give the path of a baseline: a file, a folder with a file of that name, or REV:FILE.

    `REV:` alone is the same file at that revision. AssessError where it cannot be had.
    """
    path = Path(baseline)
    if is_file(path / of.name):
        path /= of.name
    if is_file(path):
        yield path
        return
    revision, colon, name = baseline.partition(":")
    if not colon or not revision or revision.startswith("-"):
        raise AssessError(
            f"{baseline}: there is no such baseline; name a file, a folder, "
            f"or a git revision and a file, such as HEAD~1:{of}"
        )
    place = Path(name) if name else of
    data = _from_git(revision, place, baseline)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / of.name
        copy.write_bytes(data)
        yield copy


def _from_git(revision: str, place: Path, baseline: str) -> bytes:
    """Return a file as it was at a git revision."""
    folder = place.parent if place.parent.is_dir() else Path()
    try:
        ended = subprocess.run(  # noqa: S603  no shell, and a revision never begins with a dash
            ["git", "-C", str(folder), "show", f"{revision}:./{place.name}"],  # noqa: S607
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except FileNotFoundError as error:
        raise AssessError(f"{baseline}: git is not installed; name a file instead") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        raise AssessError(f"{baseline}: git cannot give it: {said[0]}")
    return ended.stdout
