"""An interview from beginning to end: the file, the lock, the questions, the answers kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.plain import interview
from it4it_assess.collect.sitting import begin, is_open
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.load import load_both, load_questionnaire, other_version
from it4it_assess.files.save import PRIVATE, as_yaml, write_whole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from it4it_assess.collect.sitting import Change
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

DEFAULT = "it4it"
NOT_ASKED = (
    "The ranking also wants your goals, where it hurts (pain), who would carry a change "
    "(readiness) and the days you have (capacity). They are not asked here yet: write them "
    "under `context:`, as `it4it-assess init` shows. Till then the middle is taken.\n"
)


class Scope(NamedTuple):
    """Which questions to ask, of which questionnaire, and who answers."""

    quick: bool = False
    stream: str | None = None
    only_unanswered: bool = False
    only_unknown: bool = False
    respondent: str | None = None
    questionnaire: str | None = None


def run(
    path: Path,
    scope: Scope,
    *,
    today: dt.date,
    lines: Iterator[str],
    out: TextIO,
) -> None:
    """Run an interview on a file, making the file first where there is none."""
    if not path.exists():
        _make(path, scope.questionnaire or DEFAULT, today, lines, out)
    questionnaire, answers = load_both(path, scope.questionnaire)
    if scope.questionnaire is None and (warning := other_version(path, questionnaire, answers)):
        out.write(f"{warning}\n")
    wanted = _wanted(questionnaire, answers, scope)
    with Keeper(path, tuple(questionnaire.questions)) as keeper:
        keep = _keeping_respondents(keeper, answers)
        sitting = begin(questionnaire, answers.answers, wanted, scope.respondent)
        if scope.only_unknown:
            sitting = sitting._replace(at=0)  # they have an answer: it is what is asked again
        try:
            sitting = interview(questionnaire, sitting, keep, lines, out)
        finally:
            out.write(f"\nEverything answered is in {path}.\n")
    left = sum(is_open(sitting.answers.get(name), scope.respondent) for name in sitting.queue)
    out.write(f"{left} open. Go on with: it4it-assess interview {path}\n" if left else "")
    if not answers.context.pain or not answers.context.goals:
        out.write(NOT_ASKED)


def _make(path: Path, name: str, today: dt.date, lines: Iterator[str], out: TextIO) -> None:
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
        f"date: {today.isoformat()}\n"
        f"organisation: {{name: {as_yaml(firm)}}}\n"
        "answers: {}\n"
    )
    write_whole(path, text.encode(), mode=PRIVATE)


def _keeping_respondents(keeper: Keeper, answers: AnswerFile) -> Callable[[Change], None]:
    """Return a way to keep changes that lists a new respondent before their first answer."""
    known = set(answers.respondents)

    def keep(change: Change) -> None:
        for name in change.after.by if change.after is not None else ():
            if name not in known:
                keeper.put(("respondents", name), {"name": name})
                known.add(name)
        keeper.keep(change)

    return keep


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
