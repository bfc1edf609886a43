"""Every answer as it was given: who said what, notes and evidence, for whoever checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment, Reading
    from it4it_assess.model.questionnaire import Question, Questionnaire

STANDS = {
    "level": "",
    "unsure": "unsure",
    "unknown": "nobody knows",
    "unanswered": "not answered",
    "not_applicable": "does not apply",
}


class Said(NamedTuple):
    """What one person said to one question."""

    who: str
    role: str
    level: str
    note: str


class Answered(NamedTuple):
    """One question with its answer, and all that was said and shown for it."""

    id: str
    ask: str
    level: str
    stands: str
    means: str
    weight: str
    may_be: str
    note: str
    reason: str
    voices: tuple[Said, ...]
    evidence: tuple[str, ...]


class Component(NamedTuple):
    """A component's questions in the order they are asked."""

    id: str
    title: str
    stream: str
    answers: tuple[Answered, ...]


def every_answer(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Component, ...]:
    """Return each component with its questions as they were answered."""
    return tuple(
        Component(
            part.id,
            part.title,
            stream.title,
            tuple(
                _answered(question, assessment.readings[question.id], assessment)
                for question in part.questions
            ),
        )
        for stream in questionnaire.streams
        for part in stream.components
    )


def _answered(question: Question, reading: Reading, assessment: Assessment) -> Answered:
    people = assessment.respondents
    open_end = reading.low < reading.high and reading.state != "not_applicable"
    return Answered(
        id=question.id,
        ask=question.ask,
        level="-" if reading.level is None else f"{reading.level:g}",
        stands=STANDS[reading.state],
        means="" if reading.level is None else question.levels.get(reading.level, ""),
        weight=f"{question.weight:g}",
        may_be=f"{reading.low:g} to {reading.high:g}" if open_end else "",
        note=reading.note,
        reason=reading.reason,
        voices=tuple(
            Said(
                people[voice.respondent].name or voice.respondent,
                voice.role,
                ("-" if voice.level is None else f"{voice.level:g}")
                + (", unsure" if voice.unsure else ""),
                voice.note,
            )
            for voice in reading.voices
        ),
        evidence=reading.evidence,
    )
