"""From answers as written to readings: what each question stands at, and what it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile, Respondent
    from it4it_assess.model.questionnaire import Questionnaire

DISPUTED_SHARE = 1 / 6
"""Burke and Dunlap's c/6: a deviation above this share of the options is a dispute."""

TWO = 2


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
    common = {"question": question, "note": given.note, "evidence": given.evidence}
    if given.not_applicable is not None:
        return Reading(
            **common,
            state="not_applicable",
            level=None,
            low=values[0],
            high=values[-1],
            reason=given.not_applicable,
        )
    if given.by:
        return _read_voices(common, given.by, values, respondents)
    if given.level is None:
        state = "unknown" if given.unknown else "unanswered"
        return Reading(**common, state=state, level=None, low=values[0], high=values[-1])
    low, high = _span(given, values)
    state = "unsure" if given.unsure else "level"
    return Reading(**common, state=state, level=given.level, low=low, high=high)


def _span(answer: Answer, values: Sequence[float]) -> tuple[float, float]:
    """Return the lowest and highest a level may be: one step each way when unsure."""
    assert answer.level is not None  # only called for answers with a level
    place = values.index(answer.level)
    reach = 1 if answer.unsure else 0
    return values[max(0, place - reach)], values[min(len(values) - 1, place + reach)]


def _read_voices(
    common: dict[str, object],
    by: Mapping[str, Answer],
    values: Sequence[float],
    respondents: Mapping[str, Respondent],
) -> Reading:
    """Take the low median of the voices that give a level, and keep them all.

    Not knowing and disagreeing stay apart: the bounds come from what the voices are
    unsure of, the disagreement is a figure of its own.
    """
    voices = tuple(
        Voice(
            respondent=name,
            role=respondents[name].role if name in respondents else "",
            level=answer.level,
            unsure=answer.unsure,
            note=answer.note,
        )
        for name, answer in by.items()
    )
    leveled = [answer for answer in by.values() if answer.level is not None]
    if not leveled:
        reasons = [answer.not_applicable for answer in by.values() if answer.not_applicable]
        if len(reasons) == len(by):
            return Reading(
                **common,
                state="not_applicable",
                level=None,
                low=values[0],
                high=values[-1],
                voices=voices,
                reason="; ".join(dict.fromkeys(reasons)),
            )
        asked = any(answer.unknown for answer in by.values())
        return Reading(
            **common,
            state="unknown" if asked else "unanswered",
            level=None,
            low=values[0],
            high=values[-1],
            voices=voices,
        )
    levels = [answer.level for answer in leveled if answer.level is not None]
    spans = [_span(answer, values) for answer in leveled]
    low = low_median([lowest for lowest, _ in spans])
    high = low_median([highest for _, highest in spans])
    several = len(levels) >= TWO
    deviation = average_deviation(levels) if several else None
    step = (values[-1] - values[0]) / (len(values) - 1)
    return Reading(
        **common,
        state="level" if low == high else "unsure",
        level=low_median(levels),
        low=low,
        high=high,
        voices=voices,
        deviation=deviation,
        consensus=consensus([levels.count(value) for value in values]) if several else None,
        disputed=deviation is not None and deviation > DISPUTED_SHARE * len(values) * step,
    )


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
    said = [
        {voice.respondent: voice.level for voice in reading.voices if voice.level is not None}
        for reading in shared
    ]
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
