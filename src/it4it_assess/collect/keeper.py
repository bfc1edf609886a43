"""Keeping an answer file while an interview writes to it: nothing lost, nothing overwritten."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from it4it_assess.errors import AssessError
from it4it_assess.files.edit import with_value
from it4it_assess.files.save import PRIVATE, short_answer, write_whole
from it4it_assess.files.source import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from it4it_assess.collect.sitting import Change


BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class ChangedElsewhereError(AssessError):
    """The file is not as this interview left it: somebody else wrote to it."""


class HeldElsewhereError(AssessError):
    """Another interview holds the file."""


class Keeper:
    """Holds one answer file: a lock beside it, and the text as it was last written.

    Each change is on disk (written, synced, renamed, folder synced) when `keep` returns.
    """

    def __init__(self, path: Path, order: Sequence[str]) -> None:
        self.path = path
        self._order = order
        self._lock = path.with_name(f".{path.name}.lock")
        self._text = ""
        self._mark = b""
        self._line_end = "\n"

    def __enter__(self) -> Self:
        self._hold()
        try:
            self._text = read_text(self.path)
            start = self.path.read_bytes()
        except BaseException:
            self._lock.unlink(missing_ok=True)
            raise
        self._mark = BYTE_ORDER_MARK if start.startswith(BYTE_ORDER_MARK) else b""
        self._line_end = "\r\n" if b"\r\n" in start else "\n"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.unlink(missing_ok=True)

    def keep(self, change: Change) -> None:
        """Put one answer on disk."""
        value = None if change.after is None else short_answer(change.after)
        self.put(("answers", change.question), value, self._order)

    def put(self, path: Sequence[str], value: Any, order: Sequence[str] = ()) -> None:
        """Put one value on disk, unless somebody else has changed the file."""
        self.rewrite(lambda text: with_value(text, path, value, order))

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Put a changed text on disk, unless somebody else has changed the file."""
        if read_text(self.path) != self._text:
            raise ChangedElsewhereError(
                f"{self.path}: somebody else has changed this file; nothing was overwritten. "
                "Start the interview again: it goes on from what is there"
            )
        try:
            text = change(self._text)
        except ValueError as error:
            raise AssessError(
                f"{self.path}: {error}; write it in by hand, or start from `it4it-assess init`"
            ) from error
        try:
            data = self._mark + text.replace("\n", self._line_end).encode()
            write_whole(self.path, data, mode=PRIVATE)
        except OSError as error:
            raise AssessError(
                f"{self.path}: the last answer could not be saved ({error.strerror}); "
                "everything before it is on disk"
            ) from error
        self._text = text

    def _hold(self) -> None:
        """Take the lock, or say who has it; a lock whose process is gone is taken over."""
        for _ in range(2):
            try:
                handle = os.open(self._lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
            except FileExistsError:
                if self._is_held():
                    break
                self._lock.unlink(missing_ok=True)
                continue
            with os.fdopen(handle, "w") as lock:
                lock.write(str(os.getpid()))
            return
        raise HeldElsewhereError(
            f"{self.path}: another interview (process {self._holder()}) has this file open; "
            f"close it first, or remove {self._lock}"
        )

    def _holder(self) -> int | None:
        try:
            return int(self._lock.read_text())
        except (OSError, ValueError):
            return None

    def _is_held(self) -> bool:
        holder = self._holder()
        if holder is None:
            return False
        try:
            os.kill(holder, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass  # somebody else's process, but there
        return True
