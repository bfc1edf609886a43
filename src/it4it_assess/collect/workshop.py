"""A consensus workshop: the topics one by one, and each agreement on disk before the next."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.invitation import plain
from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.table import settled_line, topic_lines
from it4it_assess.engine.agenda import agenda, within
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.edit import with_value
from it4it_assess.files.load import load_both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from it4it_assess.model.agenda import Agenda, Topic
    from it4it_assess.model.answers import Answer, AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

ORDER = ("by", "agreed", "note", "evidence")

HELP = (
    "LEVEL        agree on a level, as in: 2",
    "LEVEL WHY    agree, and note why, as in: 2 Jo showed the list",
    "+TEXT        note something and leave the question open",
    "s            leave it open and go on",
    "b            go back one question",
    "h            this help",
    "q            leave; everything agreed is saved",
)


STEPS = {"s": 1, "b": -1}


class Talk(NamedTuple):
    """How a workshop talks: the lines that come in, and a way to say something."""

    lines: Iterator[str]
    say: Callable[[str], object]


class Held(NamedTuple):
    """A workshop's outcome: the questionnaire, and the agendas before and after."""

    questionnaire: Questionnaire
    before: Agenda
    after: Agenda


class NotALevelError(AssessError):
    """Something that is not a level of the scale."""


def record(path: Path, question: str, level: str, note: str = "", name: str | None = None) -> Held:
    """Record on what level the people behind a question's voices have agreed."""
    note = plain(note, "--note")
    with Keeper(path, ()) as keeper:
        questionnaire, answers = load_both(path, name)
        before = agenda(questionnaire, answers)
        answers = _settled(keeper, questionnaire, answers, question, (level, note))
    return Held(questionnaire, before, agenda(questionnaire, answers))


def ask(
    path: Path,
    minutes: int | None,
    talk: Talk,
    name: str | None = None,
) -> Held:
    """Walk through the agenda until the topics, the lines or the patience are at an end."""
    with Keeper(path, ()) as keeper:
        questionnaire, answers = load_both(path, name)
        before = agenda(questionnaire, answers)
        topics = before.topics if minutes is None else within(before.topics, minutes)
        try:
            answers = _walk(keeper, questionnaire, answers, topics, talk)
        finally:
            talk.say(f"\nEverything agreed is in {path}.\n")
    return Held(questionnaire, before, agenda(questionnaire, answers))


def _walk(
    keeper: Keeper,
    questionnaire: Questionnaire,
    answers: AnswerFile,
    topics: Sequence[Topic],
    talk: Talk,
) -> AnswerFile:
    at, shown = 0, -1
    while at < len(topics):
        topic = topics[at]
        if at != shown:
            talk.say(_laid_out(questionnaire, answers, topic, at + 1))
            shown = at
        talk.say(f"{at + 1} of {len(topics)}. Agreed on (h for help): ")
        line = next(talk.lines, None)
        said = "q" if line is None else "".join(filter(str.isprintable, line)).strip()
        if said == "q":
            talk.say("\n")
            return answers
        if said in STEPS:
            at = max(0, at + STEPS[said])
            continue
        answers, told, done = _answered(keeper, questionnaire, answers, topic.question, said)
        talk.say(f"{told}\n")
        at += done
    talk.say("That was the last question.\n")
    return answers


def _laid_out(questionnaire: Questionnaire, answers: AnswerFile, topic: Topic, number: int) -> str:
    lines = [f"{'  ' * depth}{line}" for depth, line in topic_lines(questionnaire, topic, number)]
    answer = answers.answers[topic.question]
    if answer is not None and answer.agreed is not None:
        lines.append(f"  Agreed on {answer.agreed:g} so far")
    return "\n".join(["", *lines, ""])


def _answered(
    keeper: Keeper, questionnaire: Questionnaire, answers: AnswerFile, question: str, said: str
) -> tuple[AnswerFile, str, int]:
    """Do what a line says: the answers after it, what to say to it, and how far to go on."""
    if said in {"", "h"}:
        return answers, "\n".join(HELP), 0
    if said.startswith("+"):
        return _noted(keeper, answers, question, said[1:].strip()), "Noted; still open.", 0
    level, _, why = said.partition(" ")
    try:
        after = _settled(keeper, questionnaire, answers, question, (level, why.strip()))
    except NotALevelError as error:
        return answers, f"{error}, or h for help", 0
    settled = next(one for one in agenda(questionnaire, after).settled if one.question == question)
    return after, f"Agreed. {settled_line(settled)}", 1


def _settled(
    keeper: Keeper,
    questionnaire: Questionnaire,
    answers: AnswerFile,
    question: str,
    agreed: tuple[str, str],
) -> AnswerFile:
    """Put an agreed level and why on disk; return the answers with it."""
    answer = _with_voices(keeper.path, questionnaire, answers, question)
    text, why = agreed
    level = next((value for value in questionnaire.values if f"{value:g}" == text), None)
    if level is None:
        scale = ", ".join(f"{value:g}" for value in questionnaire.values)
        raise NotALevelError(f"{text!r} is no level; give one of {scale}")
    if answer.agreed not in {None, level}:
        why = _joined(why, f"agreed on {answer.agreed:g} before")
    after = answer.model_copy(update={"agreed": level, "note": _joined(answer.note, why)})
    return _kept(keeper, answers, question, after)


def _noted(keeper: Keeper, answers: AnswerFile, question: str, text: str) -> AnswerFile:
    """Put a note beside the voices."""
    answer = answers.answers[question]
    assert answer is not None  # noqa: S101  it is on the agenda
    after = answer.model_copy(update={"note": _joined(answer.note, text)})
    return _kept(keeper, answers, question, after)


def _kept(keeper: Keeper, answers: AnswerFile, question: str, after: Answer) -> AnswerFile:
    before = answers.answers[question]
    changes = [
        (key, value)
        for key, value in (("note", after.note), ("agreed", after.agreed))
        if value != getattr(before, key)
    ]

    def change(text: str) -> str:
        for key, value in changes:
            text = with_value(text, ("answers", question, key), value, ORDER)
        return text

    keeper.rewrite(change)
    return answers.model_copy(update={"answers": {**answers.answers, question: after}})


def _with_voices(
    path: Path, questionnaire: Questionnaire, answers: AnswerFile, question: str
) -> Answer:
    """Return a question's answer, which must hold voices."""
    if question not in questionnaire.questions:
        close = get_close_matches(question, questionnaire.questions, n=1)
        hint = f"did you mean {close[0]}?" if close else "`it4it-assess workshop` lists them"
        raise UnknownNameError(f"there is no question {question!r}; {hint}")
    answer = answers.answers.get(question)
    if answer is None or not answer.by:
        raise AssessError(
            f"{path}: {question} has no voices to agree between; "
            f"answer it with `it4it-assess interview {path}`"
        )
    return answer


def _joined(note: str, more: str) -> str:
    return f"{note}; {more}" if note and more else note or more
