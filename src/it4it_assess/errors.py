"""What can go wrong for a user, and the exit code each outcome has."""

from __future__ import annotations

from typing import NamedTuple

EXIT_OK = 0
EXIT_FOUND = 1
"""A check found something."""
EXIT_CANNOT_RUN = 2
"""Usage, a missing file, or input that cannot be read."""
EXIT_BUG = 3
EXIT_INTERRUPTED = 130

SHOWN_PROBLEMS = 50
"""How many problems of one file are listed before the rest is only counted."""


class Problem(NamedTuple):
    """One thing wrong in a file: where (counted from 1), what, and what to do about it."""

    source: str
    line: int
    column: int
    cause: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}:{self.column}" if self.line else self.source
        return f"{place}: {self.cause}; {self.remedy}" if self.remedy else f"{place}: {self.cause}"


class AssessError(Exception):
    """Something the user can put right; shown without a traceback."""


class UnreadableError(AssessError):
    """A file that cannot be opened at all."""


class InvalidFileError(AssessError):
    """A file that was read and holds problems; `more` counts those that are not listed."""

    def __init__(self, problems: list[Problem], more: int = 0) -> None:
        self.more = more
        self.problems = sorted(set(problems), key=lambda p: (p.source, p.line, p.column, p.cause))
        shown = [str(problem) for problem in self.problems[:SHOWN_PROBLEMS]]
        left = len(self.problems) - len(shown) + more
        if left:
            shown.append(f"... and {left} more")
        super().__init__("\n".join(shown))


class UnknownNameError(AssessError):
    """A name given on the command line that nothing answers to."""
