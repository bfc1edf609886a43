"""The initiatives that would still lift something in this firm, and what each would bring."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.roadmap import Candidate, closure, work_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import FirmSize, Initiative, Questionnaire, ValueStream


class OpenInitiative(NamedTuple):
    """An initiative not yet in place: its days and its gain for each stream, in scale units.

    A gain counts up to the stream's target and starts from where the initiatives it needs
    already bring a question, so that gains along a chain add up without counting twice.
    """

    id: str
    stream: str
    days: float
    needs: tuple[str, ...]
    gains: dict[str, float]


def open_initiatives(
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    size: FirmSize,
) -> dict[str, OpenInitiative]:
    """Return the initiatives that would lift something, with the ones they need."""
    shares = question_shares(questionnaire, readings)
    catalogue = questionnaire.initiatives
    missing = {name: work for name, work in catalogue.items() if not _in_place(work, readings)}
    needs = {
        name: tuple(need for need in work.needs if need in missing)
        for name, work in missing.items()
    }
    gains = {
        name: _gains(work, closure(name, needs), questionnaire, readings, targets, shares)
        for name, work in missing.items()
    }
    wanted = {name for name, gain in gains.items() if gain}
    kept = {inner for name in wanted for inner in closure(name, needs)}
    return {
        name: OpenInitiative(
            id=name,
            stream=questionnaire.stream_of[name].id,
            days=work.effort_days.for_size(size),
            needs=needs[name],
            gains=gains[name],
        )
        for name, work in missing.items()
        if name in kept
    }


def reach(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """Return, for each question, the streams whose score or plan its answer can change."""
    needs = {name: work.needs for name, work in questionnaire.initiatives.items()}
    streams: dict[str, set[str]] = {
        question: {stream.id} for stream in questionnaire.streams for question in _ids(stream)
    }
    for name, work in questionnaire.initiatives.items():
        served = {questionnaire.stream_of[question].id for question in work.lifts}
        for inner in closure(name, needs):
            for question in questionnaire.initiatives[inner].lifts:
                streams[question] |= served
    return {question: frozenset(found) for question, found in streams.items()}


def _ids(stream: ValueStream) -> list[str]:
    return [question.id for question in stream.questions]


def question_shares(
    questionnaire: Questionnaire, readings: Mapping[str, Reading]
) -> dict[str, float]:
    """Return how much of its stream's score each applicable question carries, 0 to 1."""
    shares: dict[str, float] = {}
    for stream in questionnaire.streams:
        parts = [
            (part, [ask for ask in part.questions if _applies(readings[ask.id])])
            for part in stream.components
        ]
        whole = fsum(part.weight for part, asks in parts if asks)
        for part, asks in parts:
            weight = fsum(ask.weight for ask in asks)
            for ask in asks:
                shares[ask.id] = part.weight / whole * ask.weight / weight
    return shares


def standing(reading: Reading) -> float:
    """Return where planning takes a question to stand: its level, else mid-range."""
    return reading.level if reading.level is not None else (reading.low + reading.high) / 2


def days_to_target(
    stream: ValueStream, gap: float, backlog: Mapping[str, OpenInitiative]
) -> tuple[float, bool]:
    """Return the days it takes to close a stream's gap, and whether they close it.

    Initiatives are taken in order of gain per day, each with what it needs, until the
    gap is closed; prerequisites in other streams count.
    """
    needs = {name: work.needs for name, work in backlog.items()}
    wanted = {
        inner
        for name, work in backlog.items()
        if work.gains.get(stream.id, 0) > 0
        for inner in closure(name, needs)
    }
    order = work_order(
        [
            Candidate(name, work.gains.get(stream.id, 0.0), work.days, work.needs)
            for name, work in backlog.items()
            if name in wanted
        ]
    )
    days, gained = 0.0, 0.0
    for name in order:
        if gained >= gap:
            break
        work = backlog[str(name)]
        days += work.days
        gained += work.gains.get(stream.id, 0.0)
    return days, gained >= gap


def _applies(reading: Reading) -> bool:
    return reading.state != "not_applicable"


def _in_place(work: Initiative, readings: Mapping[str, Reading]) -> bool:
    """Say whether every question is surely at the level already (or does not apply)."""
    return all(
        not _applies(readings[question]) or readings[question].low >= level
        for question, level in work.lifts.items()
    )


def _gains(
    work: Initiative,
    bundle: tuple[str, ...],
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    shares: Mapping[str, float],
) -> dict[str, float]:
    gains: dict[str, list[float]] = {}
    for question, level in work.lifts.items():
        if question not in shares:
            continue
        stream = questionnaire.stream_of[question].id
        before = max(
            [standing(readings[question])]
            + [
                questionnaire.initiatives[need].lifts.get(question, 0.0)
                for need in bundle
                if need != work.id
            ]
        )
        rise = min(level, targets[stream]) - before
        if rise > 0:
            gains.setdefault(stream, []).append(shares[question] * rise)
    return {stream: fsum(parts) for stream, parts in gains.items()}
