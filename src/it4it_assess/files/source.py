"""Text out of a file, or a clear reason why not."""

from __future__ import annotations

import codecs
import stat
from typing import TYPE_CHECKING

from it4it_assess.errors import InvalidFileError, Problem, UnreadableError
from it4it_assess.files.strict_yaml import CONTROL

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4_000_000
"""No answer file or stream file comes near this; a bigger file is the wrong file."""

_CONTROL_BYTES = bytes(byte for byte in range(128) if CONTROL.match(chr(byte)))
_NO_CHARACTER = "\uffff".encode()[:2]
"""How U+FFFE and U+FFFF begin."""

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """Return a file's text, its line ends made plain and a UTF-8 mark dropped.

    Raises UnreadableError where the file cannot be opened or is too large, and
    InvalidFileError where it is not text in UTF-8.
    """
    data = read_bytes(path)
    if data.startswith(_BYTE_ORDER_MARKS):
        raise _not_text(path, 1, 1, "the file is in UTF-16", "save it as UTF-8")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = data.removeprefix(codecs.BOM_UTF8)[: error.start]
        before = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise _not_text(
            path, line, column, "a byte that is not UTF-8 text", "save the file as UTF-8"
        ) from error
    if b"\r" in data:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text) if _may_hold_control(data) else None
    if control is not None:
        before_it = text[: control.start()]
        raise _not_text(
            path,
            before_it.count("\n") + 1,
            len(before_it.rpartition("\n")[2]) + 1,
            f"a control character (U+{ord(control.group()):04X})",
            "remove it, or check that this is the file you mean",
        )
    return text


def _may_hold_control(data: bytes) -> bool:
    """Say at a glance whether some byte may be a control character's; a search takes longer."""
    return len(data.translate(None, _CONTROL_BYTES)) < len(data) or _NO_CHARACTER in data


def read_bytes(path: Path) -> bytes:
    """Return what is in a file; UnreadableError where it cannot be had or is too large."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableError(f"{path}: this is a folder; name a file")
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError(f"{path}: this is not an ordinary file; name one")
        if about.st_size > MAX_BYTES:
            raise UnreadableError(
                f"{path}: {about.st_size / 1e6:.0f} MB is too large; "
                f"the limit is {MAX_BYTES / 1e6:.0f} MB"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"{path}: there is no such file; check the name") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(
            f"{path}: it cannot be read ({reason}); check the path and its permissions"
        ) from error


def _not_text(path: Path, line: int, column: int, cause: str, remedy: str) -> InvalidFileError:
    return InvalidFileError([Problem(str(path), line, column, cause, remedy)])
