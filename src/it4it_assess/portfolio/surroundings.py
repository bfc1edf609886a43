"""All that a report depends on beside its answers, as hashes, without loading any of it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from it4it_assess import __version__
from it4it_assess.errors import UnknownNameError
from it4it_assess.files.find import bundled_questionnaires, find_questionnaire
from it4it_assess.portfolio.cache import hashed
from it4it_assess.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from it4it_assess.portfolio.cache import Seen

NOT_CACHED = {"pdf"}
"""Formats whose bytes depend on the system's own fonts and libraries."""

LIBRARIES = re.compile(
    r"(jinja2|markupsafe|pydantic|pydantic_core|pyyaml|yaml_rs|xlsxwriter|python_docx|lxml|"
    r"pillow|highspy|numpy)-[^-]+\.dist-info",
    re.IGNORECASE,
)
MOST_LOGO = 100_000
"""Bytes of the files beside a brand file that could be its logo; a larger one is refused."""

_SAYS = re.compile(
    rb"^(questionnaire|questionnaire_version):[ \t]+(['\"]?)([^'\"#\s&*!|>{\[%@`,][^'\"#\s]*)\2"
    rb"[ \t]*(?:#.*)?\r?$",
    re.MULTILINE,
)
_KEY = re.compile(rb"^[\"']?questionnaire(?:_version)?[\"']?[ \t]*:", re.MULTILINE)


class Surroundings:
    """What the reports of one run depend on, as it was when it was first looked at."""

    def __init__(self, options: str, templates: Path | None, brand: Path | None) -> None:
        self._options, self._templates, self._brand = options, templates, brand
        self._folders: dict[Path, bytes] = {}
        self.digest = self._now()
        self._bundled = {
            hashed(name)[:8]: name for name in bundled_questionnaires() if "@" not in name
        }

    def hold(self) -> bool:
        """Say whether everything is still as it was when it was first looked at."""
        return self.digest == self._now() and all(
            _of_folder(folder) == digest for folder, digest in self._folders.items()
        )

    def of_questionnaire(self, path: Path, seen: Seen, given: str | None) -> bytes | None:
        """Return the hash of the questionnaire a file is read with; None where it is not plain."""
        try:
            folder = find_questionnaire(given) if given else self._named(path, seen)
        except (UnknownNameError, OSError):
            return None
        if folder is None:
            return None
        if folder not in self._folders:
            self._folders[folder] = _of_folder(folder)
        return self._folders[folder]

    def _named(self, path: Path, seen: Seen) -> Path | None:
        """Return the folder of the questionnaire a file names, by the hashes of its name."""
        name = self._bundled.get(seen.says[:8])
        if name is not None:
            for kept in bundled("questionnaires").glob(f"{name}@*"):
                if hashed(kept.name.partition("@")[2])[:8] == seen.says[8:]:
                    return find_questionnaire(name, version=kept.name.partition("@")[2])
            return find_questionnaire(name)
        words = said(path.read_bytes()) if seen.says else None
        if words is None:
            return None
        return find_questionnaire(words[0], beside=path.parent, version=words[1])

    def _now(self) -> bytes:
        parts = [self._options, __version__, sys.version, *_libraries()]
        folders = [Path(__file__).parents[1], bundled("report_templates")]
        folders += [] if self._templates is None else [self._templates]
        brands = [one for one in (self._brand, self._templates) if one is not None]
        files = [path for folder in folders for path in _files(folder)]
        for one in brands:
            folder = one if one.is_dir() else one.parent
            files += [path for path in sorted(folder.iterdir()) if _may_be_logo(path)]
        return hashed(*parts, *_contents([*files, *(one for one in brands if one.is_file())]))


def says(data: bytes) -> bytes:
    """Return the hashes of the questionnaire and version that answers name; empty if not plain."""
    words = said(data)
    if words is None:
        return b""
    return hashed(words[0])[:8] + hashed(words[1] or "")[:8]


def said(data: bytes) -> tuple[str, str | None] | None:
    """Return the questionnaire and version that answers name, where they say so plainly.

    Whoever relies on it has seen that the same bytes were really read with these.
    """
    found = {one[1]: one[3] for one in _SAYS.finditer(data)}
    if len(_KEY.findall(data)) != len(found) or b"questionnaire" not in found:
        return None
    try:
        version = found.get(b"questionnaire_version")
        return found[b"questionnaire"].decode(), None if version is None else version.decode()
    except UnicodeDecodeError:
        return None


def _of_folder(folder: Path) -> bytes:
    try:
        return hashed(*_contents(path for path in sorted(folder.iterdir()) if path.is_file()))
    except OSError:
        return os.urandom(8)  # what cannot be read is like nothing else


def _contents(files: Iterable[Path]) -> Iterable[bytes | str]:
    for path in files:
        yield str(path)
        yield path.read_bytes()


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".j2", ".css", ".js", ".yaml"} and path.is_file()
    ]


def _may_be_logo(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= MOST_LOGO


def _libraries() -> list[str]:
    """Return the names and versions of the libraries that reports are made with."""
    found = set[str]()
    for place in sys.path:
        if os.path.isdir(place or "."):  # noqa: PTH112  as the import system does
            found.update(name for name in os.listdir(place or ".") if LIBRARIES.fullmatch(name))  # noqa: PTH208
    return sorted(found)
