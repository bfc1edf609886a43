"""Answer files read one after the other: questionnaires once, and what is wrong as a value."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from it4it_assess.errors import AssessError, InvalidFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.errors import Problem
    from it4it_assess.files.many import Meant
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

Made = TypeVar("Made")
"""What is made of a file."""


class RefusedFile(NamedTuple):
    """A file that could not be worked on: the message, and its problems where it was read.

    `missing` marks a folder or pattern in which there is no file.
    """

    path: str
    message: str
    problems: tuple[Problem, ...] = ()
    missing: bool = False


class Done(NamedTuple):
    """What one file comes to: a command's own value, and what to say on stderr about it."""

    path: str
    value: object
    notes: tuple[str, ...] = ()


class Read(NamedTuple):
    """An answer file with its questionnaire, and what to say of how they fit."""

    questionnaire: Questionnaire
    answers: AnswerFile
    notes: tuple[str, ...]


def attempt(file: Meant, *, work: Callable[[Path], Done]) -> Done | RefusedFile:
    """Work on a file; what keeps it from being worked on comes back as a value."""
    if file.missing:
        return RefusedFile(str(file.path), file.missing, missing=True)
    try:
        return work(file.path)
    except AssessError as error:
        return refused(file.path, error)
    except OSError as error:
        what = error.filename or file.path
        return RefusedFile(str(file.path), f"{what}: {error.strerror or error}")


def refused(path: str | Path, error: AssessError) -> RefusedFile:
    """Return an error as the outcome of a file."""
    problems = tuple(error.problems) if isinstance(error, InvalidFileError) else ()
    return RefusedFile(str(path), str(error), problems)


def read_and(
    make: Callable[[str, Questionnaire, AnswerFile], Made],
    path: str | Path,
    questionnaire: str | None,
) -> Made | RefusedFile:
    """Read one file and make something of it; what keeps it from being read is a value."""
    from it4it_assess.files.load import load_both  # noqa: PLC0415  loads models

    try:
        asked, answers = load_both(path, questionnaire, remembered)
    except AssessError as error:
        return refused(path, error)
    return make(str(path), asked, answers)


def read(path: Path, questionnaire: str | None) -> Read:
    """Read an answer file with the questionnaire and version it names, or the one given."""
    from it4it_assess.files.load import load_both, other_version  # noqa: PLC0415  loads models

    asked, answers = load_both(path, questionnaire, remembered)
    warning = None if questionnaire is not None else other_version(path, asked, answers)
    return Read(asked, answers, () if warning is None else (warning,))


@lru_cache(maxsize=8)
def remembered(name: str | Path) -> Questionnaire:
    """Load a questionnaire once for all the files that name it."""
    from it4it_assess.files.load import load_questionnaire  # noqa: PLC0415  loads models

    return load_questionnaire(name)
