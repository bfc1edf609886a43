"""The lines of a comparison's tables: figures then and now, as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import comparison_words as words
from it4it_assess.report import figures, progress_words
from it4it_assess.report.comparison_words import PLACES, SEEN, STEPS, signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.comparison import (
        AnswerChange,
        Change,
        Comparison,
        IndicatorChange,
        RankChange,
        ScoreChange,
        Step,
        StreamChange,
    )


class Column(NamedTuple):
    """A class of change that some figure of a table has a part from."""

    step: Step
    title: str


class Moved(NamedTuple):
    """A score then and now, as written; `parts` are in the order of the table's columns."""

    title: str
    old: str
    new: str
    delta: str
    parts: tuple[str, ...]
    old_range: str
    new_range: str
    target: str
    gap: str
    inner: tuple[Moved, ...] = ()


class Place(NamedTuple):
    """A stream in the ranking, then and now."""

    title: str
    place: str
    old: str
    new: str
    delta: str
    parts: tuple[str, ...]
    gates: tuple[str, ...]
    criteria: tuple[tuple[str, str, str], ...] = ()


class Answered(NamedTuple):
    """A question answered otherwise."""

    ask: str
    stream: str
    move: str
    old: str
    new: str
    moved: str
    voices: str


class Measured(NamedTuple):
    """An indicator with its start, aim and today's figure, and how far it came."""

    title: str
    unit: str
    better: str
    start: str
    before: str
    now: str
    aim: str
    verdict: str


def heads_of(changes: Sequence[Change]) -> tuple[Column, ...]:
    """Return the classes of change that any of these figures has a part from."""
    seen = {
        step for one in changes for step, part in (one.parts or {}).items() if abs(part) >= SEEN
    }
    return tuple(Column(step, title) for step, title in STEPS.items() if step in seen)


def _parts(change: Change, heads: Sequence[Column]) -> tuple[str, ...]:
    if change.parts is None:
        return tuple(figures.NOTHING for _ in heads)
    return tuple(signed(change.parts.get(head.step, 0.0)) for head in heads)


def moved(change: ScoreChange, heads: Sequence[Column]) -> Moved:
    """Lay a score's change out as a line."""
    return Moved(
        title=change.title,
        old=figures.points(change.old, PLACES),
        new=figures.points(change.new, PLACES),
        delta=signed(change.delta),
        parts=_parts(change, heads),
        old_range=figures.span(change.old_low, change.old_high),
        new_range=figures.span(change.new_low, change.new_high),
        target=figures.NOTHING,
        gap=figures.NOTHING,
    )


def _then_now(old: float | None, new: float | None) -> str:
    """Write a figure that stayed once, and one that did not as then and now."""
    then, now = figures.points(old, PLACES), figures.points(new, PLACES)
    return then if then == now else f"{then} to {now}"


def place(change: RankChange, heads: Sequence[Column]) -> Place:
    """Lay a stream's change of place out as a line."""
    then, now = change.old_rank, change.new_rank
    before = "" if then == now else f", was {then or 'not ranked'}"
    gates = [f"Then: {gate}" for gate in change.old_gates if gate not in change.new_gates]
    gates += [f"Now: {gate}" for gate in change.new_gates]
    return Place(
        title=change.title,
        place=f"{now or figures.NOTHING}{before}",
        old=figures.points(change.old, PLACES),
        new=figures.points(change.new, PLACES),
        delta=signed(change.delta),
        parts=_parts(change, heads),
        gates=tuple(gates),
    )


def place_in_full(
    change: RankChange, heads: Sequence[Column], criteria: Mapping[str, str]
) -> Place:
    """Lay a stream's change of place out with the criteria that changed, by their titles."""
    return place(change, heads)._replace(
        criteria=tuple(
            (
                criteria[one.criterion],
                _then_now(one.old_points, one.new_points),
                _then_now(one.old_contribution, one.new_contribution),
            )
            for one in change.criteria
            if (one.old_points, one.old_contribution) != (one.new_points, one.new_contribution)
        )
    )


def measured(one: IndicatorChange) -> Measured:
    """Lay an indicator out as a line."""
    return Measured(
        title=one.title,
        unit=one.unit,
        better="more" if one.direction == "up" else "less",
        start=_plain(one.baseline),
        before=_plain(one.before),
        now=_plain(one.current),
        aim=_plain(one.target),
        verdict=progress_words.indicator(one),
    )


def _plain(value: float | None) -> str:
    return figures.NOTHING if value is None else f"{value:g}"


def moved_stream(stream: StreamChange, heads: Sequence[Column]) -> Moved:
    """Lay a stream's change out as a line, with its components."""
    return moved(stream, heads)._replace(
        target=_then_now(stream.old_target, stream.new_target),
        gap=_then_now(stream.gap.old, stream.gap.new),
        inner=tuple(moved(part, heads) for part in stream.components),
    )


def answered(one: AnswerChange, named: Mapping[str, str]) -> Answered:
    """Lay a changed answer out as a line."""
    return Answered(
        ask=one.ask,
        stream=named[one.stream],
        move=words.MOVES[one.move],
        old=words.standing(one.old, one.old_state),
        new=words.standing(one.new, one.new_state),
        moved=signed(one.moved),
        voices=words.voices(one.voices),
    )


def gap_reasons(comparison: Comparison) -> tuple[str, ...]:
    """Say where a gap changed for another reason than the answers."""
    said = []
    for stream in comparison.streams:
        others = {
            step: part
            for step, part in (stream.gap.parts or {}).items()
            if step != "answers" and abs(part) >= SEEN
        }
        if others:
            parts = [f"{signed(part)} from {STEPS[step]}" for step, part in others.items()]
            said.append(f"{stream.title}'s gap: {figures.joined(parts)}.")
    return tuple(said)
