"""An earlier state of an answer file: another file, or a git revision of it."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from it4it_assess.errors import AssessError
from it4it_assess.files.there import is_file, is_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 60


@contextmanager
def earlier(baseline: str, of: Path) -> Iterator[Path | None]:
    """Give the path of a baseline: a file, a folder with a file of that name, or REV:FILE.

    `REV:` alone is the same file at that revision. None where a folder or revision is there
    and the file was not in it yet: a new firm has nothing to fall below. AssessError where the
    baseline itself cannot be had.
    """
    path = Path(baseline)
    if is_folder(path):
        path /= of.name
        if not path.exists():
            yield None
            return
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
    if not name and _was_not_there(revision, place):
        yield None
        return
    data = _from_git(revision, place, baseline)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / of.name
        copy.write_bytes(data)
        yield copy


def _was_not_there(revision: str, place: Path) -> bool:
    """Say whether a git revision is there and the file is not in it."""
    listed = _git(place, "ls-tree", revision, "--", f"./{place.name}")
    return listed.returncode == 0 and not listed.stdout


def _from_git(revision: str, place: Path, baseline: str) -> bytes:
    """Return a file as it was at a git revision."""
    shown = _git(place, "show", f"{revision}:./{place.name}")
    if shown.returncode:
        said = shown.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        cut = _git(place, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        why = "; this clone has no older commits: let the job fetch more of them" if cut else ""
        raise AssessError(f"{baseline}: git cannot give it: {said[0]}{why}")
    return shown.stdout


def _git(place: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git where a file lies."""
    folder = place.parent if place.parent.is_dir() else Path()
    try:
        return subprocess.run(  # noqa: S603  no shell, and a revision never begins with a dash
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except FileNotFoundError as error:
        raise AssessError("--baseline: git is not installed; name a file instead") from error
