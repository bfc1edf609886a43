"""The one answer that would change the pick."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import standing
from it4it_assess.model.assessment import DecidingAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import Questionnaire


def deciding_answer(
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    first: str | None,
    first_at: Callable[[str, float], str | None],
) -> DecidingAnswer | None:
    """Return the answer whose smallest change puts another stream first; None if none does.

    Open answers (unknown, unsure, missing, disputed) are looked at before sure ones, and
    only within what they may be; the nearest change wins, then the questionnaire's order,
    then the lower level. Changes are tried in just this order, so the first that does it is
    the answer. `first_at` says which stream is first with a question at a level.
    """
    applicable = [reading for reading in readings.values() if reading.state != "not_applicable"]
    for group, is_open in (
        ([reading for reading in applicable if _open(reading)], True),
        ([reading for reading in applicable if not _open(reading)], False),
    ):
        for change in sorted(_changes(questionnaire, group)):
            then = first_at(change.question, change.level)
            if then != first:
                return DecidingAnswer(
                    question=change.question,
                    stream=questionnaire.stream_of[change.question].id,
                    now=readings[change.question].level,
                    would_be=change.level,
                    first=then,
                    open=is_open,
                )
    return None


class _Change(NamedTuple):
    """A question at another level; the fields are in the order in which changes are tried."""

    distance: float
    place: int
    level: float
    question: str


def _changes(questionnaire: Questionnaire, group: Sequence[Reading]) -> Iterable[_Change]:
    for place, reading in enumerate(group):
        now = standing(reading)
        for level in _levels(questionnaire, reading):
            yield _Change(abs(level - now), place, level, reading.question)


def _open(reading: Reading) -> bool:
    said = {voice.level for voice in reading.voices if voice.level is not None}
    return reading.low < reading.high or (len(said) > 1 and reading.agreed is None)


def _levels(questionnaire: Questionnaire, reading: Reading) -> Sequence[float]:
    """Return the levels an open answer may turn out at, or all others for a sure one."""
    if not _open(reading):
        return [value for value in questionnaire.values if value != reading.level]
    said = [voice.level for voice in reading.voices if voice.level is not None]
    low, high = min([reading.low, *said]), max([reading.high, *said])
    return [value for value in questionnaire.values if low <= value <= high]
