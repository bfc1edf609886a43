"""What people could not say, and what they do not agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment, Reading
    from it4it_assess.model.questionnaire import Questionnaire


class Open(NamedTuple):
    """A question that nobody could answer, or that was not asked."""

    id: str
    stream: str
    ask: str
    state: str
    note: str


class Dispute(NamedTuple):
    """A question on which the respondents are far apart."""

    id: str
    stream: str
    ask: str
    voices: tuple[str, ...]
    deviation: str
    consensus: str


class Settled(NamedTuple):
    """A question on which the respondents have agreed, with what each had said."""

    id: str
    stream: str
    ask: str
    level: str
    voices: tuple[str, ...]
    note: str


class Agreement(NamedTuple):
    """How far the respondents agree on one stream."""

    id: str
    stream: str
    shared: int
    alpha: str
    by_role: str


def unknown_questions(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Open, ...]:
    """Return the questions that were asked and that nobody could answer."""
    return tuple(
        Open(
            id=reading.question,
            stream=questionnaire.stream_of[reading.question].title,
            ask=questionnaire.questions[reading.question].ask,
            state=reading.state,
            note=_notes(reading),
        )
        for reading in assessment.readings.values()
        if reading.state == "unknown"
    )


def _notes(reading: Reading) -> str:
    return " ".join(filter(None, [reading.note, *(voice.note for voice in reading.voices)]))


def disputes(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Dispute, ...]:
    """Return the disputed questions, the widest apart first."""
    found = [reading for reading in assessment.readings.values() if reading.disputed]
    found.sort(key=lambda reading: -(reading.deviation or 0.0))
    return tuple(
        Dispute(
            id=reading.question,
            stream=questionnaire.stream_of[reading.question].title,
            ask=questionnaire.questions[reading.question].ask,
            voices=_words(reading, assessment),
            deviation=figures.points(reading.deviation),
            consensus=figures.points(reading.consensus, 2),
        )
        for reading in found
    )


def settled(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Settled, ...]:
    """Return the questions on which the respondents have agreed, in the order of asking."""
    return tuple(
        Settled(
            id=reading.question,
            stream=questionnaire.stream_of[reading.question].title,
            ask=questionnaire.questions[reading.question].ask,
            level=f"{reading.agreed:g}",
            voices=_words(reading, assessment),
            note=reading.note,
        )
        for reading in assessment.readings.values()
        if reading.agreed is not None
    )


def _words(reading: Reading, assessment: Assessment) -> tuple[str, ...]:
    """Say who said what."""
    names = assessment.respondents
    return tuple(
        f"{names[voice.respondent].name or voice.respondent} says "
        + (f"{voice.level:g}" if voice.level is not None else "nothing")
        for voice in reading.voices
    )


def agreements(assessment: Assessment, titles: dict[str, str]) -> tuple[Agreement, ...]:
    """Return how far the respondents agree on each stream they share questions in."""
    return tuple(
        Agreement(
            id=one.stream,
            stream=titles[one.stream],
            shared=one.shared,
            alpha=figures.points(one.alpha, 2),
            by_role=", ".join(f"{role} {level:g}" for role, level in one.by_role.items()),
        )
        for one in assessment.agreement
        if one.shared
    )
