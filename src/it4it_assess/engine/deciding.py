"""The one answer that would change the pick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.reading import at_level
from it4it_assess.model.assessment import DecidingAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import Questionnaire


def deciding_answer(
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    first: str | None,
    first_of: Callable[[str, Mapping[str, Reading]], str | None],
) -> DecidingAnswer | None:
    """Return the answer whose smallest change puts another stream first; None if none does.

    Open answers (unknown, unsure, missing, disputed) are looked at before sure ones, and
    only within what they may be; the nearest change wins, then the questionnaire's order.
    """
    applicable = [reading for reading in readings.values() if reading.state != "not_applicable"]
    for group, is_open in (
        ([reading for reading in applicable if _open(reading)], True),
        ([reading for reading in applicable if not _open(reading)], False),
    ):
        found = [
            change
            for reading in group
            for change in [_nearest(questionnaire, readings, reading, first, first_of)]
            if change is not None
        ]
        if found:
            _, question, level, then = min(found, key=lambda change: change[0])
            return DecidingAnswer(
                question=question,
                stream=questionnaire.stream_of[question].id,
                now=readings[question].level,
                would_be=level,
                first=then,
                open=is_open,
            )
    return None


def _open(reading: Reading) -> bool:
    said = {voice.level for voice in reading.voices if voice.level is not None}
    return reading.low < reading.high or (len(said) > 1 and reading.agreed is None)


def _levels(questionnaire: Questionnaire, reading: Reading) -> Sequence[float]:
    """Return the levels an open answer may turn out at, or all others for a sure one."""
    if not _open(reading):
        return questionnaire.values
    said = [voice.level for voice in reading.voices if voice.level is not None]
    low, high = min([reading.low, *said]), max([reading.high, *said])
    return [value for value in questionnaire.values if low <= value <= high]


def _nearest(
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    reading: Reading,
    first: str | None,
    first_of: Callable[[str, Mapping[str, Reading]], str | None],
) -> tuple[float, str, float, str | None] | None:
    """Return the nearest level at which another stream is first: distance, question, level, it."""
    now = reading.level if reading.level is not None else (reading.low + reading.high) / 2
    levels = sorted(_levels(questionnaire, reading), key=lambda level: (abs(level - now), level))
    for level in levels:
        then = _first_at(readings, reading, level, first_of)
        if then != first:
            return abs(level - now), reading.question, level, then
    return None


def _first_at(
    readings: Mapping[str, Reading],
    reading: Reading,
    level: float,
    first_of: Callable[[str, Mapping[str, Reading]], str | None],
) -> str | None:
    changed = at_level(reading, level)
    return first_of(reading.question, {**readings, reading.question: changed})
