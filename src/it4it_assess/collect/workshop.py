"""A consensus workshop: the topics one by one, and each agreement on disk before the next."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple, TextIO

from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.table import settled_line, topic_lines
from it4it_assess.engine.agenda import agenda, within
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.edit import with_value
from it4it_assess.files.load import load_both

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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


class Held(NamedTuple):
    """A workshop's outcome: the questionnaire, and the agendas before and after."""

    questionnaire: Questionnaire
    before: Agenda
    after: Agenda


class NotALevelError(AssessError):
    """Something that is not a level of the scale."""


def record(path: Path, question: str, level: str, note: str = "", name: str | None = None) -> Held:
    """Record on what level the people behind a question's voices have agreed."""
    with Keeper(path, ()) as keeper:
        questionnaire, answers = load_both(path, name)
        before = agenda(questionnaire, answers)
        answers = _settled(keeper, questionnaire, answers, question, (level, note))
    return Held(questionnaire, before, agenda(questionnaire, answers))


def ask(
    path: Path,
    minutes: int | None,
    *,
    lines: Iterator[str],
    out: TextIO,
    name: str | None = None,
) -> Held:
    """Walk through the agenda until the topics, the lines or the patience are at an end."""
    with Keeper(path, ()) as keeper:
        questionnaire, answers = load_both(path, name)
        before = agenda(questionnaire, answers)
        topics = before.topics if minutes is None else within(before.topics, minutes)
        try:
            answers = _walk(keeper, questionnaire, answers, topics, (lines, out))
        finally:
            out.write(f"\nEverything agreed is in {path}.\n")
    return Held(questionnaire, before, agenda(questionnaire, answers))


def _walk(
    keeper: Keeper,
    questionnaire: Questionnaire,
    answers: AnswerFile,
    topics: Sequence[Topic],
    talk: tuple[Iterator[str], TextIO],
) -> AnswerFile:
    lines, out = talk
    at, shown = 0, -1
    while at < len(topics):
        topic = topics[at]
        if at != shown:
            out.write("\n")
            out.writelines(
                f"{'  ' * depth}{line}\n"
                for depth, line in topic_lines(questionnaire, topic, at + 1)
            )
            shown = at
        out.write(f"{at + 1} of {len(topics)}. Agreed on (h for help): ")
        out.flush()
        line = next(lines, None)
        if line is None or line.strip() == "q":
            out.write("\n")
            return answers
        said = line.strip()
        if said in {"s", "b"}:
            at = at + 1 if said == "s" else max(0, at - 1)
            continue
        if said in {"", "h"}:
            out.writelines(f"{one}\n" for one in HELP)
            continue
        if said.startswith("+"):
            answers = _noted(keeper, answers, topic.question, said[1:].strip())
            continue
        level, _, why = said.partition(" ")
        try:
            answers = _settled(keeper, questionnaire, answers, topic.question, (level, why))
        except NotALevelError as error:
            out.write(f"{error}\n")
            continue
        settled = next(
            one for one in agenda(questionnaire, answers).settled if one.question == topic.question
        )
        out.write(f"Agreed. {settled_line(settled)}\n")
        at += 1
    out.write("That was the last question.\n")
    return answers


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
        why = f"{why} (agreed on {answer.agreed:g} before)".strip()
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
