"""What an interview shows of the question on the table, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.sitting import is_open, minutes_left
from it4it_assess.engine.reading import read_answer
from it4it_assess.engine.scoring import stream_part

if TYPE_CHECKING:
    from it4it_assess.collect.sitting import Sitting
    from it4it_assess.model.answers import Answer
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream


class Card(NamedTuple):
    """The question on the table with all that is shown around it."""

    place: str
    progress: str
    ask: str
    levels: tuple[tuple[str, str], ...]


def card(questionnaire: Questionnaire, sitting: Sitting) -> Card:
    """Lay the question on the table out; there must be one."""
    name = sitting.question
    assert name is not None  # noqa: S101  the caller asks only while there is a question
    question = questionnaire.questions[name]
    stream = questionnaire.stream_of[name]
    waiting = sum(is_open(sitting.answers.get(one), sitting.who) for one in sitting.queue)
    own = [one for one in sitting.queue if questionnaire.stream_of[one].id == stream.id]
    return Card(
        place=f"{stream.title}: {questionnaire.component_of[name].title}",
        progress=(
            f"{sitting.at + 1} of {len(sitting.queue)}"
            f" (in this stream {own.index(name) + 1} of {len(own)});"
            f" {waiting} open, about {minutes_left(sitting)} min"
        ),
        ask=question.ask,
        levels=tuple(
            (f"{value:g}", sentence) for value, sentence in sorted(question.levels.items())
        ),
    )


def said(answer: Answer | None) -> str:
    """Say in words what a question is answered with."""
    if answer is None:
        return "open"
    if answer.by:
        voices = ", ".join(f"{name}: {said(voice)}" for name, voice in answer.by.items())
        return voices if answer.agreed is None else f"{voices}; agreed {answer.agreed:g}"
    if answer.not_applicable is not None:
        return f"does not apply ({answer.not_applicable})"
    if answer.unknown:
        return "unknown"
    level = "open" if answer.level is None else f"{answer.level:g}"
    doubt = " (unsure)" if answer.unsure else ""
    note = f' "{answer.note}"' if answer.note else ""
    return level + doubt + note


def live_scores(questionnaire: Questionnaire, sitting: Sitting) -> list[str]:
    """Return each stream's score so far, by the same formula as a report's."""
    readings = {
        name: read_answer(name, sitting.answers.get(name), questionnaire.values, {})
        for name in questionnaire.questions
    }

    def line(stream: ValueStream) -> str:
        part = stream_part(stream, readings)
        if part is None:
            return f"{stream.title}: does not apply"
        mean = "no answer yet" if part.mean is None else f"{part.mean:.1f}"
        return (
            f"{stream.title}: {mean} ({part.low:.1f} to {part.high:.1f}), "
            f"{part.coverage:.0%} answered"
        )

    return [line(stream) for stream in questionnaire.streams]


def reasons_why(questionnaire: Questionnaire, sitting: Sitting) -> list[str]:
    """Return why the question on the table is asked, and what an assessor would look at."""
    if sitting.question is None:
        return []
    question = questionnaire.questions[sitting.question]
    part = questionnaire.component_of[question.id]
    lines = [question.why, f"Without it: {part.without}"]
    lines += [f"Ask to see: {thing}" for thing in question.evidence]
    return [line for line in lines if line.strip()]
