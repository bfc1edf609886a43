"""What a workshop has on the table, as lines of text by depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.model.agenda import Agenda, Settled, Topic, Word
    from it4it_assess.model.questionnaire import Questionnaire

    Line = tuple[int, str]


def topic_lines(questionnaire: Questionnaire, topic: Topic, number: int) -> Iterator[Line]:
    """Yield one topic: the question, who says what, what lies between, what hangs on it."""
    stream = questionnaire.stream_of[topic.question].title
    part = questionnaire.component_of[topic.question].title
    yield 0, f"{number}. {topic.ask}"
    yield 1, f"{topic.question} ({stream}: {part}), about {topic.minutes} min"
    for word in topic.voices:
        yield 1, f"{who(word)}: {word.says}{_beside(word)}"
    if topic.note:
        yield 1, f"Noted: {topic.note}"
    yield 1, "What the levels mean:"
    for step in topic.levels:
        yield 2, f"{step.level:g} {step.means}"
    if topic.look_at:
        yield 1, f"Look at: {'; '.join(topic.look_at)}"
    yield 1, topic.effect


def settled_line(one: Settled) -> str:
    """Say what a question was settled at, and what each had said."""
    voices = ", ".join(f"{word.name} {word.says}" for word in one.voices)
    note = f". {one.note}" if one.note else ""
    return f"{one.question}: {one.agreed:g} ({voices}){note}"


def who(word: Word) -> str:
    """Name somebody with their role."""
    return f"{word.name} ({word.role})" if word.role else word.name


def first_line(questionnaire: Questionnaire, agenda: Agenda) -> str:
    """Say which stream comes first today."""
    for stream in questionnaire.streams:
        if stream.id == agenda.first:
            return f"{stream.title} comes first today."
    return "No stream can come first today."


def alone_lines(questionnaire: Questionnaire, agenda: Agenda) -> list[str]:
    """Say which stream would come first if one or the other were right throughout."""
    titles = {stream.id: stream.title for stream in questionnaire.streams}
    return [
        f"As {one.name} sees it, "
        f"{titles[one.first] if one.first is not None else 'no stream'} would come first."
        for one in agenda.alone
        if one.first != agenda.first
    ]


def _beside(word: Word) -> str:
    note = f'. "{word.note}"' if word.note else ""
    return note + (f" [{'; '.join(word.evidence)}]" if word.evidence else "")
