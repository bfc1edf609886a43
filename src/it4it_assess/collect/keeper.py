"""Keeping an answer file while an interview writes to it: nothing lost, nothing overwritten."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from it4it_assess.errors import AssessError
from it4it_assess.files.edit import with_value, without_value
from it4it_assess.files.save import PRIVATE, dressed, write_whole
from it4it_assess.files.source import read_text
from it4it_assess.model.answers import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType


ANSWERS = "answers"


TOP = tuple(AnswerFile.model_fields)


class ChangedElsewhereError(AssessError):
    """The file is not as this interview left it: somebody else wrote to it."""


class HeldElsewhereError(AssessError):
    """Another interview holds the file."""


class Keeper:
    """Holds one answer file: a lock beside it, and the text as it was last written.

    Each change is on disk (written, synced, renamed, folder synced) when `put` returns.
    `order` is that of the keys, for those that are new.
    """

    def __init__(self, path: Path, order: Sequence[str]) -> None:
        self.path = path
        self._order = (*TOP, *order)
        self._lock = path.with_name(f".{path.name}.lock")
        self._text = ""
        self._dress = b""

    def __enter__(self) -> Self:
        self._hold()
        try:
            self._text = read_text(self.path)
            self._dress = self.path.read_bytes()
        except BaseException:
            self._lock.unlink(missing_ok=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.unlink(missing_ok=True)

    def put(self, path: Sequence[str], value: Any) -> None:
        """Put one value on disk; None takes out what is there, but leaves a question standing."""

        def change(text: str) -> str:
            if value is None and path[0] != ANSWERS:
                return without_value(text, path)
            return with_value(text, path, value, self._order)

        self.rewrite(change)

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
            write_whole(self.path, dressed(text, like=self._dress), mode=PRIVATE)
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
            except OSError as error:
                raise AssessError(
                    f"{self.path}: nothing can be written in its folder ({error.strerror}); "
                    "free it, or copy the file to a folder of your own"
                ) from error
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
        except (ProcessLookupError, OverflowError):
            return False  # it has ended, or is no number of a process
        except PermissionError:
            pass  # somebody else's process, but there
        return True
