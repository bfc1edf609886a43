"""An interview from beginning to end: the file, the lock, the questions, the answers kept."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TextIO

from it4it_assess.collect.acts import as_id
from it4it_assess.collect.asks import questions
from it4it_assess.collect.conversation import Conversation
from it4it_assess.collect.course import course
from it4it_assess.collect.intake import intake, of_respondent, values_of
from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.sitting import begin, is_open
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.load import find_questionnaire, load_questionnaire, name_from
from it4it_assess.files.save import PRIVATE, as_yaml, short_answer, write_whole
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.sitting import Change, Sitting
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

    Talk = Callable[[Conversation, Sitting], Sitting]

DEFAULT = "it4it"


class Scope(NamedTuple):
    """Which questions to ask, of which questionnaire, and who answers.

    `firm` says whether to ask of the firm first; None: where the file says nothing of it.
    """

    quick: bool = False
    triage: bool = False
    stream: str | None = None
    only_unanswered: bool = False
    only_unknown: bool = False
    respondent: str | None = None
    questionnaire: str | None = None
    firm: bool | None = None

    @property
    def narrowed(self) -> bool:
        """Whether only some questions are asked, so that the firm is not what it is about."""
        return bool(self.stream or self.only_unanswered or self.only_unknown)


def make(path: Path, name: str | None, firm: str, today: dt.date) -> None:
    """Make an answer file with nothing but the firm's name in it."""
    firm = "".join(one for one in firm if one.isprintable()).strip()
    if not firm:
        raise AssessError(f"{path}: an organisation needs a name; nothing was written")
    folder = find_questionnaire(name or DEFAULT)
    questionnaire = load_questionnaire(folder)
    text = (
        "format: 1\n"
        f"questionnaire: {as_yaml(name_from(folder, path.parent))}\n"
        f"questionnaire_version: {as_yaml(questionnaire.version)}\n"
        f"date: {today.isoformat()}\n"
        f"organisation: {{name: {as_yaml(firm)}}}\n"
        "answers: {}\n"
    )
    write_whole(path, text.encode(), mode=PRIVATE)


def run(
    path: Path, questionnaire: Questionnaire, answers: AnswerFile, scope: Scope, talk: Talk
) -> Sitting:
    """Run an interview on a loaded file by a way of talking; every change is on disk at once."""
    scope = _spoken_as(scope)
    asks = _asks(questionnaire, answers, scope)
    said = {**values_of(_of_the_firm(asks), answers), **answers.answers}
    wanted = _wanted(questionnaire, answers, scope)
    among = [name for name, ask in asks.items() if ask.is_question and wanted(name)]
    queue = [name for name, ask in asks.items() if not ask.is_question]
    follow = course(questionnaire, answers, asks, among) if scope.triage else _as_it_is
    queue += [] if scope.triage else among
    sitting = begin(queue, said, _starts(queue, asks, said, scope), scope.respondent)
    if scope.only_unknown:
        sitting = sitting._replace(at=0)  # all have an answer: it is what is asked again
    with Keeper(path, tuple(asks)) as keeper:
        kept = _keeping(keeper, answers, asks)
        return talk(Conversation(questionnaire, asks, kept, follow), follow(sitting))


def _spoken_as(scope: Scope) -> Scope:
    """Return the scope with its respondent by an id, which is all that a file can hold."""
    if scope.respondent is None:
        return scope
    who = as_id(scope.respondent)
    if not who:
        raise AssessError(
            f"--as: {scope.respondent!r} holds no letter or digit; give one such as anna"
        )
    return scope._replace(respondent=who)


def lines_talk(lines: Iterator[str], out: TextIO) -> Talk:
    """Return the way of talking line by line."""
    from it4it_assess.collect.plain import interview  # noqa: PLC0415  one of two

    return lambda talk, sitting: interview(talk, sitting, lines, out)


def keys_talk() -> Talk:
    """Return the way of talking with one key an answer, on a terminal."""
    from it4it_assess.collect.terminal import interview  # noqa: PLC0415  heavy

    return interview


def _as_it_is(sitting: Sitting) -> Sitting:
    return sitting


def _asks(questionnaire: Questionnaire, answers: AnswerFile, scope: Scope) -> dict[str, Ask]:
    """Return everything that is asked: who answers, the firm, then the questions."""
    if scope.firm is False:
        return questions(questionnaire)
    who = scope.respondent
    new_voice = of_respondent(who) if who is not None and who not in answers.respondents else {}
    said_nothing = not answers.answers or not (answers.context.goals or answers.context.pain)
    wanted = scope.firm or (said_nothing and not scope.narrowed)
    return {**new_voice, **(intake(questionnaire) if wanted else {}), **questions(questionnaire)}


def _of_the_firm(asks: Mapping[str, Ask]) -> dict[str, Ask]:
    return {name: ask for name, ask in asks.items() if not ask.is_question}


def _starts(
    queue: list[str], asks: Mapping[str, Ask], said: Mapping[str, object], scope: Scope
) -> Iterator[str]:
    """Return where to begin: what was skipped of the firm is not asked for again and again."""
    begun = any(asks[name].is_question and not is_open(said.get(name)) for name in said)
    of_firm = [name for name in queue if not asks[name].is_question]
    rest = (name for name in queue if asks[name].is_question)
    return rest if begun and scope.firm is None else chain(of_firm, rest)


def _keeping(
    keeper: Keeper, answers: AnswerFile, asks: Mapping[str, Ask]
) -> Callable[[Sitting, Change], None]:
    """Return a way to keep changes that lists a new respondent before their first answer."""
    known = set(answers.respondents)

    def keep(sitting: Sitting, change: Change) -> None:
        value = change.after
        path = asks[change.ask].path
        if isinstance(value, Answer):
            for name in value.by:
                if name not in known:
                    keeper.put(("respondents", name), sitting.people.get(name, {"name": name}))
                    known.add(name)
            value = short_answer(value)
        elif path[0] == "respondents":
            known.add(path[1])
        keeper.put(path, value)

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
            and (not scope.only_unknown or _is_unknown(answer, scope.respondent))
        )

    return wanted


def _is_unknown(answer: Answer | None, who: str | None) -> bool:
    """Say whether nobody could answer, or this respondent could not."""
    if answer is None or not answer.by:
        return answer is not None and answer.unknown
    voices = [answer.by[who]] if who in answer.by else list(answer.by.values())
    return all(voice.unknown for voice in voices)
