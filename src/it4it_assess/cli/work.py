"""What most commands begin with: files in, an assessment out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Assessment, Method
    from it4it_assess.model.questionnaire import Questionnaire

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


class Choices(NamedTuple):
    """How answers are to be read: by which questionnaire, with which changes, in which view."""

    questionnaire: str | None
    what_if: tuple[str, ...]
    view: str | None


def today() -> dt.date:
    """Return SOURCE_DATE_EPOCH's day when it is set, else the clock's."""
    import datetime as dt
    import os

    seconds = os.environ.get(EPOCH_VARIABLE)
    if seconds is None:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.datetime.fromtimestamp(int(seconds), tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise AssessError(
            f"{EPOCH_VARIABLE}: {seconds!r} is not a number of seconds; set a whole number"
        ) from error


def load(path: Path, questionnaire: str | None) -> tuple[Questionnaire, AnswerFile]:
    """Load an answer file with the questionnaire and version it names, or the one given.

    Says so on stderr where the version it names is not kept and another is read.
    """
    from it4it_assess.cli.console import note
    from it4it_assess.portfolio.reading import read

    asked, answers, notes = read(path, questionnaire)
    for line in notes:
        note(line)
    return asked, answers


def assessed(
    path: Path,
    questionnaire: str | None,
    what_if: Sequence[str] | None = None,
    view: str | None = None,
    method: Method = "greedy",
) -> tuple[Questionnaire, Assessment]:
    """Load and assess an answer file: with changes tried on it, in a view, when asked for."""
    from it4it_assess.engine.assess import assess

    asked, answers = chosen(path, questionnaire, what_if, view)
    return asked, assess(asked, answers, today=today(), method=method)


def chosen(
    path: Path, questionnaire: str | None, what_if: Sequence[str] | None, view: str | None
) -> tuple[Questionnaire, AnswerFile]:
    """Load an answer file with changes tried on it, in a view, when asked for."""
    asked, answers = load(path, questionnaire)
    if what_if:
        answers = changed(asked, answers, what_if)
    if view is not None:
        from it4it_assess.engine.regroup import in_view

        asked, answers = in_view(asked, answers, view)
    return asked, answers


def changed(
    questionnaire: Questionnaire, answers: AnswerFile, what_if: Sequence[str]
) -> AnswerFile:
    """Return the answers with each PATH=VALUE change made."""
    from it4it_assess.files.what_if import with_changes

    return with_changes(questionnaire, answers, what_if)
