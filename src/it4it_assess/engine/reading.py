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
    from collections.abc import Iterator, Mapping, Sequence

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
    blank = Reading(
        question=question,
        state="unknown" if given.unknown else "unanswered",
        level=None,
        low=values[0],
        high=values[-1],
        note=given.note,
        evidence=given.evidence,
    )
    if given.by:
        return _settled(_read_voices(blank, given.by, values, respondents), given.agreed)
    if given.not_applicable is not None:
        return blank.model_copy(update={"state": "not_applicable", "reason": given.not_applicable})
    if given.level is None:
        return blank
    low, high = _span(given.level, values, unsure=given.unsure)
    state = "unsure" if given.unsure else "level"
    return blank.model_copy(
        update={"state": state, "level": given.level, "low": low, "high": high}
    )


def _span(level: float, values: Sequence[float], *, unsure: bool) -> tuple[float, float]:
    """Return the lowest and highest a level may be: one step each way when unsure."""
    place = values.index(level)
    reach = 1 if unsure else 0
    return values[max(0, place - reach)], values[min(len(values) - 1, place + reach)]


def _read_voices(
    blank: Reading,
    by: Mapping[str, Answer],
    values: Sequence[float],
    respondents: Mapping[str, Respondent],
) -> Reading:
    """Take the low median of the voices that give a level, and keep them all.

    Not knowing and disagreeing stay apart: the bounds come from what the voices are
    unsure of, the disagreement is a figure of its own.
    """
    heard = blank.model_copy(update={"voices": tuple(_voices(by, respondents))})
    leveled = [(said.level, said.unsure) for said in by.values() if said.level is not None]
    if not leveled:
        return _without_level(heard, by)
    levels = [level for level, _ in leveled]
    spans = [_span(level, values, unsure=unsure) for level, unsure in leveled]
    low = low_median([lowest for lowest, _ in spans])
    high = low_median([highest for _, highest in spans])
    update: dict[str, object] = {
        "state": "level" if low == high else "unsure",
        "level": low_median(levels),
        "low": low,
        "high": high,
    }
    if len(levels) >= TWO:
        step = (values[-1] - values[0]) / (len(values) - 1)
        deviation = average_deviation(levels)
        update["deviation"] = deviation
        update["consensus"] = consensus([levels.count(value) for value in values])
        update["disputed"] = deviation > DISPUTED_SHARE * len(values) * step
    return heard.model_copy(update=update)


def _settled(heard: Reading, agreed: float | None) -> Reading:
    """Put what the voices agreed on in the place of their middle; their distance stays."""
    if agreed is None:
        return heard
    return heard.model_copy(
        update={
            "state": "level",
            "level": agreed,
            "low": agreed,
            "high": agreed,
            "agreed": agreed,
            "disputed": False,
            "reason": "",
        }
    )


def _voices(by: Mapping[str, Answer], respondents: Mapping[str, Respondent]) -> Iterator[Voice]:
    for name, said in by.items():
        role = respondents[name].role if name in respondents else ""
        yield Voice(
            respondent=name, role=role, level=said.level, unsure=said.unsure, note=said.note
        )


def _without_level(heard: Reading, by: Mapping[str, Answer]) -> Reading:
    """Read voices none of which gives a level: it applies unless all say that it does not."""
    reasons = [said.not_applicable for said in by.values() if said.not_applicable is not None]
    if len(reasons) == len(by):
        together = "; ".join(dict.fromkeys(reasons))
        return heard.model_copy(update={"state": "not_applicable", "reason": together})
    asked = any(said.unknown for said in by.values())
    return heard.model_copy(update={"state": "unknown" if asked else "unanswered"})


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
