"""Scores over several dates: each answer file scored with its own questionnaire."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from it4it_assess.engine.mixing import comparable, judge
from it4it_assess.model.comparison import Line, Trend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.mixing import Judged, Sitting
    from it4it_assess.model.assessment import GroupScore, Score, StreamScore


def trend(sittings: Sequence[Sitting]) -> Trend:
    """Return every score over the sittings, in the order they are given.

    Raises AssessError for different questionnaires, or versions on different scales.
    """
    for before, after in pairwise(sittings):
        comparable(before, after)
    states = [judge(sitting) for sitting in sittings]
    return Trend(
        dates=tuple(one.answers.date for one in sittings),
        versions=tuple(one.questionnaire.version for one in sittings),
        first=tuple(state.ranking.first for state in states),
        overall=_line("overall", "Overall", [state.card.overall for state in states]),
        streams=_stream_lines(states),
        lenses=_lens_lines(states),
    )


def _stream_lines(states: Sequence[Judged]) -> tuple[Line, ...]:
    rows = [{one.id: one for one in state.card.streams} for state in states]
    return tuple(
        _line(name, title, scores).model_copy(
            update={"targets": tuple(None if one is None else one.target for one in scores)}
        )
        for name, title in _titles(rows).items()
        for scores in [[row.get(name) for row in rows]]
    )


def _lens_lines(states: Sequence[Judged]) -> tuple[Line, ...]:
    rows = [{one.id: one for one in state.card.lenses} for state in states]
    return tuple(
        _line(name, title, [row.get(name) for row in rows])
        for name, title in _titles(rows).items()
    )


def _titles(
    rows: Sequence[Mapping[str, StreamScore] | Mapping[str, GroupScore]],
) -> dict[str, str]:
    """Return the title of everything that is scored at some date, by its latest title."""
    return {name: one.title for row in (rows[-1], *rows) for name, one in row.items()}


def _line(name: str, title: str, scores: Sequence[Score | None]) -> Line:
    return Line(
        id=name,
        title=title,
        scores=tuple(one.score if one else None for one in scores),
        lows=tuple(one.low if one else None for one in scores),
        highs=tuple(one.high if one else None for one in scores),
        targets=tuple(None for _ in scores),
    )
