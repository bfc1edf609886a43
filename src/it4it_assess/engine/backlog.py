"""The initiatives that would still lift something in this firm, and what each would bring."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.bundles import closure
from it4it_assess.engine.reading import at_level
from it4it_assess.engine.scoring import SLACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from it4it_assess.engine.tally import Stand
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import FirmSize, Initiative, Questionnaire, ValueStream


class Rise(NamedTuple):
    """A question an initiative lifts: its share of its stream's score, from where to where."""

    question: str
    stream: str
    share: float
    before: float
    after: float

    @property
    def gain(self) -> float:
        """What the rise adds to the stream's score, in scale units."""
        return self.share * (self.after - self.before)


class OpenInitiative(NamedTuple):
    """An initiative not yet in place: its days, what it still needs, and what it lifts.

    A rise counts up to the stream's target and starts from where the initiatives it needs
    already bring the question, so that rises along a chain add up without counting twice.
    """

    id: str
    stream: str
    days: float
    needs: tuple[str, ...]
    bundle: tuple[str, ...]
    """The initiative with all it still needs, what comes first first."""
    rises: tuple[Rise, ...]
    gains: dict[str, float]
    """What the initiative adds to each stream's score, in scale units."""


def open_initiatives(
    questionnaire: Questionnaire,
    readings: Mapping[str, Stand],
    targets: Mapping[str, float],
    size: FirmSize,
    shares: Mapping[str, float],
    names: Iterable[str],
) -> dict[str, OpenInitiative]:
    """Return those of the named initiatives that are not yet in place, by id."""
    found = {}
    for name in names:
        work = questionnaire.initiatives[name]
        if in_place(work, readings):
            continue
        needs = {
            inner: tuple(
                need
                for need in questionnaire.initiatives[inner].needs
                if not in_place(questionnaire.initiatives[need], readings)
            )
            for inner in closure(name, questionnaire.needs)
        }
        bundle = closure(name, needs)
        rises = tuple(_rises(work, bundle, questionnaire, readings, targets, shares))
        streams = dict.fromkeys(rise.stream for rise in rises)
        found[name] = OpenInitiative(
            id=name,
            stream=questionnaire.stream_of[name].id,
            days=work.effort_days.for_size(size),
            needs=needs[name],
            bundle=bundle,
            rises=rises,
            gains={
                stream: fsum(rise.gain for rise in rises if rise.stream == stream)
                for stream in streams
            },
        )
    return found


def worthwhile(backlog: Mapping[str, OpenInitiative]) -> dict[str, OpenInitiative]:
    """Return the open initiatives that lift something, and those that these need."""
    kept = {inner for work in backlog.values() if work.rises for inner in work.bundle}
    return {name: work for name, work in backlog.items() if name in kept}


def reach(questionnaire: Questionnaire) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return, for each question, the initiatives and the streams that its answer can change."""
    needs = questionnaire.needs
    works: dict[str, set[str]] = {question: set() for question in questionnaire.questions}
    streams: dict[str, set[str]] = {
        question: {questionnaire.stream_of[question].id} for question in questionnaire.questions
    }
    for name, work in questionnaire.initiatives.items():
        served = {questionnaire.stream_of[question].id for question in work.lifts}
        for inner in closure(name, needs):
            for question in questionnaire.initiatives[inner].lifts:
                works[question].add(name)
                streams[question] |= served
    return {
        question: (frozenset(works[question]), frozenset(streams[question]))
        for question in questionnaire.questions
    }


def question_shares(
    questionnaire: Questionnaire, readings: Mapping[str, Stand]
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


def standing(reading: Stand) -> float:
    """Return where planning takes a question to stand: its level, else mid-range."""
    return reading.level if reading.level is not None else (reading.low + reading.high) / 2


def lifted(reading: Reading, level: float) -> Reading:
    """Return a reading after an initiative brought it to at least `level`.

    What does not apply stays so, and what stands higher already stays as it is.
    """
    if reading.state == "not_applicable" or standing(reading) >= level:
        return reading
    return at_level(reading, level)


def planning_score(
    stream: ValueStream, readings: Mapping[str, Stand], shares: Mapping[str, float]
) -> float:
    """Return a stream's score with every open question at mid-range, as rises count it."""
    return fsum(
        shares[question.id] * standing(readings[question.id])
        for question in stream.questions
        if question.id in shares
    )


def days_to_target(
    stream: ValueStream, gap: float, backlog: Mapping[str, OpenInitiative]
) -> tuple[float, bool]:
    """Return about how many days close a stream's gap, and whether the known work closes it.

    The open work that lifts the stream, with what it needs, brings so much for so many
    days; closing the gap takes the gap's share of them, and all of them where it is wider.
    """
    if gap <= SLACK:
        return 0.0, True
    gains = []
    wanted: dict[str, None] = {}
    for work in backlog.values():
        if stream.id in work.gains:
            gains.append(work.gains[stream.id])
            wanted.update(dict.fromkeys(work.bundle))
    days, gain = fsum(backlog[name].days for name in wanted), fsum(gains)
    return (days * min(1.0, gap / gain), True) if gain >= gap - SLACK else (days, False)


def in_place(work: Initiative, readings: Mapping[str, Stand]) -> bool:
    """Say whether every question is surely at the level already (or does not apply)."""
    return all(
        readings[question].low >= level or not _applies(readings[question])
        for question, level in work.lifts.items()
    )


def _applies(reading: Stand) -> bool:
    return reading.state != "not_applicable"


def _rises(
    work: Initiative,
    bundle: tuple[str, ...],
    questionnaire: Questionnaire,
    readings: Mapping[str, Stand],
    targets: Mapping[str, float],
    shares: Mapping[str, float],
) -> Iterable[Rise]:
    for question, level in work.lifts.items():
        if question not in shares:
            continue
        stream = questionnaire.stream_of[question].id
        before = standing(readings[question])
        for need in bundle:
            if need != work.id:
                before = max(before, questionnaire.initiatives[need].lifts.get(question, before))
        after = min(level, targets[stream])
        if after > before:
            yield Rise(question, stream, shares[question], before, after)
