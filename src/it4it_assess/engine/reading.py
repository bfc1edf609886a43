"""From answers as written to readings: what each question stands at, and what it may be."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.engine.agreement import (
    MINIMUM_SHARED,
    average_deviation,
    consensus,
    krippendorff_alpha,
    low_median,
)
from it4it_assess.model.answers import Answer
from it4it_assess.model.assessment import Reading, StreamAgreement, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile, Respondent
    from it4it_assess.model.assessment import State
    from it4it_assess.model.questionnaire import Questionnaire

DISPUTED_SHARE = 1 / 6
"""Burke and Dunlap's c/6: a deviation above this share of the options is a dispute."""

TWO = 2


class Stand(NamedTuple):
    """Where a question stands: its state, its level where there is one, and what it may be."""

    state: State
    level: float | None
    low: float
    high: float


class Scale(NamedTuple):
    """All that a single answer can come to: `at` has one step each way where it is unsure."""

    unanswered: Stand
    unknown: Stand
    not_applicable: Stand
    at: Mapping[tuple[float, bool], Stand]


@lru_cache(maxsize=8)
def stands_on(values: tuple[float, ...]) -> Scale:
    """Return where an answer may stand on a scale of these values, lowest first."""
    lowest, highest = values[0], values[-1]
    at = {}
    below, above = (lowest, *values[:-1]), (*values[1:], highest)
    for value, low, high in zip(values, below, above, strict=True):
        at[value, False] = Stand("level", value, value, value)
        at[value, True] = Stand("unsure", value, low, high)
    return Scale(
        Stand("unanswered", None, lowest, highest),
        Stand("unknown", None, lowest, highest),
        Stand("not_applicable", None, lowest, highest),
        at,
    )


def take_stands(questionnaire: Questionnaire, answers: AnswerFile) -> dict[str, Stand]:
    """Say where every question stands: as much of its reading as a score needs."""
    given, scale = answers.answers, stands_on(questionnaire.values)
    return {name: take_stand(given.get(name), scale) for name in questionnaire.questions}


def read_answers(questionnaire: Questionnaire, answers: AnswerFile) -> dict[str, Reading]:
    """Read every question of the questionnaire; one that is missing is unanswered."""
    return {
        question: read_answer(
            question, answers.answers.get(question), questionnaire.values, answers.respondents
        )
        for question in questionnaire.questions
    }


def read_answer(
    question: str,
    answer: Answer | None,
    values: Sequence[float],
    respondents: Mapping[str, Respondent],
) -> Reading:
    """Read one answer against the values of the scale."""
    given = answer or Answer()
    stand = take_stand(given, stands_on(tuple(values)))
    levels = [said.level for said in given.by.values() if said.level is not None]
    told: dict[str, Any] = {}
    if stand.state == "not_applicable":
        told["reason"] = _reason(given)
    if len(levels) >= TWO:
        step = (values[-1] - values[0]) / (len(values) - 1)
        told["deviation"] = average_deviation(levels)
        told["consensus"] = consensus([levels.count(value) for value in values])
        apart = told["deviation"] > DISPUTED_SHARE * len(values) * step
        told["disputed"] = apart and given.agreed is None
    return Reading(
        question=question,
        **stand._asdict(),
        voices=tuple(_voices(given.by, respondents)),
        note=given.note,
        evidence=given.evidence,
        agreed=given.agreed,
        **told,
    )


def at_level(reading: Reading, level: float) -> Reading:
    """Return a reading as it would be at this level for sure; what was said stays in it."""
    return reading.model_copy(
        update={"state": "level", "level": level, "low": level, "high": level}
    )


def take_stand(answer: Answer | None, scale: Scale) -> Stand:
    """Say where one answer leaves its question on the scale.

    Of several voices the low median of those that give a level counts, or what they agreed
    on. Not knowing and disagreeing stay apart: the bounds come from what the voices are
    unsure of, the disagreement is a figure of its own.
    """
    if answer is None:
        return scale.unanswered
    if answer.agreed is not None:
        return scale.at[answer.agreed, False]
    if answer.by:
        return _together([take_stand(voice, scale) for voice in answer.by.values()], scale)
    if answer.not_applicable is not None:
        return scale.not_applicable
    if answer.level is None:
        return scale.unknown if answer.unknown else scale.unanswered
    return scale.at[answer.level, answer.unsure]


def _together(voices: Sequence[Stand], scale: Scale) -> Stand:
    """Take the low median of voices; without a level it applies unless all say it does not."""
    levels = [voice.level for voice in voices if voice.level is not None]
    if levels:
        low = low_median([voice.low for voice in voices if voice.level is not None])
        high = low_median([voice.high for voice in voices if voice.level is not None])
        return Stand("level" if low == high else "unsure", low_median(levels), low, high)
    if all(voice.state == "not_applicable" for voice in voices):
        return scale.not_applicable
    heard = any(voice.state == "unknown" for voice in voices)
    return scale.unknown if heard else scale.unanswered


def _voices(by: Mapping[str, Answer], respondents: Mapping[str, Respondent]) -> Iterator[Voice]:
    for name, said in by.items():
        role = respondents[name].role if name in respondents else ""
        yield Voice(
            respondent=name, role=role, level=said.level, unsure=said.unsure, note=said.note
        )


def _reason(answer: Answer) -> str:
    """Say why a question does not apply, each reason once."""
    said = answer.by.values() if answer.by else [answer]
    return "; ".join(dict.fromkeys(one.not_applicable or "" for one in said))


def stream_agreement(
    questionnaire: Questionnaire, readings: Mapping[str, Reading]
) -> tuple[StreamAgreement, ...]:
    """Say for each stream how far the respondents agree, and what each role gave."""
    return tuple(
        _agreement(stream.id, [readings[question.id] for question in stream.questions])
        for stream in questionnaire.streams
    )


def _agreement(stream: str, readings: Sequence[Reading]) -> StreamAgreement:
    shared = [
        reading
        for reading in readings
        if sum(voice.level is not None for voice in reading.voices) >= TWO
    ]
    names = list(dict.fromkeys(voice.respondent for reading in shared for voice in reading.voices))
    said = [{voice.respondent: voice.level for voice in reading.voices} for reading in shared]
    rows = [[levels.get(name) for levels in said] for name in names]
    by_role: dict[str, list[float]] = {}
    for reading in shared:
        for voice in reading.voices:
            if voice.level is not None and voice.role:
                by_role.setdefault(voice.role, []).append(voice.level)
    return StreamAgreement(
        stream=stream,
        shared=len(shared),
        alpha=krippendorff_alpha(rows) if len(shared) >= MINIMUM_SHARED else None,
        by_role={role: low_median(levels) for role, levels in by_role.items()},
    )
