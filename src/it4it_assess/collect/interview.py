"""An interview from beginning to end: the file, the lock, the questions, the answers kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.plain import interview
from it4it_assess.collect.sitting import begin, is_open
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.load import load_both, load_questionnaire
from it4it_assess.files.save import PRIVATE, as_yaml, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

DEFAULT = "it4it"


class Scope(NamedTuple):
    """Which questions to ask, and who answers."""

    quick: bool = False
    stream: str | None = None
    only_unanswered: bool = False
    only_unknown: bool = False
    respondent: str | None = None


def run(
    path: Path,
    scope: Scope,
    questionnaire_name: str | None,
    *,
    lines: Iterator[str],
    out: TextIO,
) -> None:
    """Run an interview on a file, making the file first where there is none."""
    if not path.exists():
        _make(path, questionnaire_name or DEFAULT, lines, out)
    questionnaire, answers = load_both(path, questionnaire_name)
    wanted = _wanted(questionnaire, answers, scope)
    with Keeper(path, tuple(questionnaire.questions)) as keeper:
        _welcome(keeper, answers, scope)
        sitting = begin(questionnaire, answers.answers, wanted, scope.respondent)
        if scope.only_unknown:
            sitting = sitting._replace(at=0)  # they have an answer: it is what is asked again
        try:
            sitting = interview(questionnaire, sitting, keeper.keep, lines, out)
        finally:
            out.write(f"\nEverything answered is in {path}.\n")
    left = sum(is_open(sitting.answers.get(name), scope.respondent) for name in sitting.queue)
    out.write(f"{left} open. Go on with: it4it-assess interview {path}\n" if left else "")


def _make(path: Path, name: str, lines: Iterator[str], out: TextIO) -> None:
    """Make an answer file with nothing but the firm's name in it."""
    questionnaire = load_questionnaire(name)
    out.write(f"{path} is new. What is the organisation called? ")
    out.flush()
    firm = (next(lines, "") or "").strip()
    if not firm:
        raise AssessError(f"{path}: an organisation needs a name; nothing was written")
    text = (
        "format: 1\n"
        f"questionnaire: {as_yaml(name)}\n"
        f"questionnaire_version: {as_yaml(questionnaire.version)}\n"
        f"organisation: {{name: {as_yaml(firm)}}}\n"
        "answers: {}\n"
    )
    write_whole(path, text.encode(), mode=PRIVATE)


def _welcome(keeper: Keeper, answers: AnswerFile, scope: Scope) -> None:
    """Put a respondent who is new into the file, so that their answers have an owner."""
    if scope.respondent is not None and scope.respondent not in answers.respondents:
        keeper.put(("respondents", scope.respondent), {"name": scope.respondent})


def _wanted(
    questionnaire: Questionnaire, answers: AnswerFile, scope: Scope
) -> Callable[[str], bool]:
    """Return which questions the scope takes in."""
    streams = [stream.id for stream in questionnaire.streams]
    if scope.stream is not None and scope.stream not in streams:
        raise UnknownNameError(
            f"there is no stream {scope.stream!r}; there is {', '.join(streams)}"
        )

    def wanted(name: str) -> bool:
        answer = answers.answers.get(name)
        return (
            (not scope.quick or questionnaire.questions[name].essential)
            and (scope.stream is None or questionnaire.stream_of[name].id == scope.stream)
            and (not scope.only_unanswered or is_open(answer, scope.respondent))
            and (not scope.only_unknown or (answer is not None and answer.unknown))
        )

    return wanted
