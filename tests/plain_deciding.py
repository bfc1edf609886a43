"""The deciding answer as a textbook would have it: every answer at every level, all judged anew.

What the engine's search comes to must be the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.ranking import rank
from it4it_assess.engine.reading import at_level, read_answers
from it4it_assess.engine.standings import stand_all
from it4it_assess.engine.targets import target_values
from it4it_assess.model.assessment import DecidingAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import Questionnaire


def deciding_answer(questionnaire: Questionnaire, answers: AnswerFile) -> DecidingAnswer | None:
    """Return the answer whose smallest change puts another stream first; open ones before sure."""
    readings = read_answers(questionnaire, answers)
    applicable = [one for one in readings.values() if one.state != "not_applicable"]
    for is_open in (True, False):
        found = [
            change
            for reading in applicable
            if _open(reading) == is_open
            for change in _changes(questionnaire, answers, readings, reading)
        ]
        if found:
            _, _, question, level, then = min(found, key=lambda change: change[:2])
            return DecidingAnswer(
                question=question,
                stream=questionnaire.stream_of[question].id,
                now=readings[question].level,
                would_be=level,
                first=then,
                open=is_open,
            )
    return None


def first(
    questionnaire: Questionnaire, answers: AnswerFile, readings: Mapping[str, Reading]
) -> str | None:
    """Return the first stream of a whole ranking of these readings."""
    aims = target_values(questionnaire, answers)
    standings, _ = stand_all(questionnaire, answers.organisation.size, readings, aims)
    return rank(questionnaire, answers.context, standings).first


def _changes(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    reading: Reading,
) -> list[tuple[float, int, str, float, str | None]]:
    """Return the levels that change the pick: distance, place, question, level, the new first."""
    pick = first(questionnaire, answers, readings)
    now = reading.level if reading.level is not None else (reading.low + reading.high) / 2
    place = list(readings).index(reading.question)
    found = []
    for level in _levels(questionnaire, reading):
        changed = {**readings, reading.question: at_level(reading, level)}
        then = first(questionnaire, answers, changed)
        if then != pick:
            found.append((abs(level - now), place, reading.question, level, then))
    return found


def _open(reading: Reading) -> bool:
    said = {voice.level for voice in reading.voices if voice.level is not None}
    return reading.low < reading.high or (len(said) > 1 and reading.agreed is None)


def _levels(questionnaire: Questionnaire, reading: Reading) -> Sequence[float]:
    """Return the levels an open answer may turn out at, all of them for a sure one."""
    if not _open(reading):
        return questionnaire.values
    said = [voice.level for voice in reading.voices if voice.level is not None]
    low, high = min([reading.low, *said]), max([reading.high, *said])
    return [value for value in questionnaire.values if low <= value <= high]
