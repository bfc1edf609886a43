"""Draws at answer level: what the ranking would be if open answers turned out otherwise.

Each draw takes weights that keep the order of the criteria, a value inside the bounds for
each answer that is unsure, unknown or missing, one respondent's word for each question that
several answered and did not agree on, and a rating for each pain, goal or readiness that
nobody gave. Effort stays at today's estimate. Draws are held in columns, one value a draw: in
plain Python a column costs a fraction of the same work done draw by draw.
"""

from __future__ import annotations

from math import fsum
from operator import add
from typing import TYPE_CHECKING

from it4it_assess.engine.backlog import question_shares
from it4it_assess.engine.criteria import MOST, priorities, rate
from it4it_assess.engine.deck import deck
from it4it_assess.engine.ranking import (
    criteria_order,
    ranked_streams,
    unsponsored,
)
from it4it_assess.engine.robustness import by_criterion, rank_shares, weighted_column
from it4it_assess.engine.scoring import SLACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.engine.criteria import Ratings, Standing
    from it4it_assess.engine.deck import Draws
    from it4it_assess.model.answers import Context
    from it4it_assess.model.assessment import Ranking, Reading, StreamRank
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream

    Column = Sequence[float]

SAMPLES = 5_000
"""Draws of an assessment: plus or minus 1.4 points at 95 % confidence, at worst."""

SEED = 1

GATED_PENALTY = 10.0
"""Taken off a gated stream's value in a draw, so that it ranks behind every open one."""


def sampled_rank_shares(
    questionnaire: Questionnaire,
    context: Context,
    readings: Mapping[str, Reading],
    standings: Mapping[str, Standing],
    ranking: Ranking,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> dict[str, tuple[float, ...]]:
    """Return, for each ranked stream, the share of draws in which it takes each rank."""
    streams = ranked_streams(questionnaire, standings)
    if not streams:
        return {}
    names: list[str] = [criterion.id for criterion in questionnaire.criteria]
    groups = [
        [names.index(one) for one in tied] for tied in criteria_order(questionnaire, context)
    ]
    drawn = deck(tuple(len(group) for group in groups), samples, seed)
    weights = by_criterion(drawn.weights, groups, len(names))
    draws = drawn.columns()
    scores = _score_columns(questionnaire, readings, standings, samples, draws)
    waiting = waiting_columns(questionnaire, scores, samples)
    ratings = rate(questionnaire, context)
    places = {place.id: place for place in ranking.streams}
    values = []
    for stream in streams:
        row: dict[str, float | Column] = {
            **_points(places[stream.id], draws),
            "gap": gap_column(questionnaire, standings[stream.id].target, scores[stream.id]),
            "enabling": enabling_column(questionnaire, stream, ratings, waiting),
        }
        column = weighted_column([row[name] for name in names], weights)
        values.append(gated(column, context, stream, waiting))
    shares = rank_shares(values)
    return {stream.id: tuple(share) for stream, share in zip(streams, shares, strict=True)}


def _score_columns(
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    standings: Mapping[str, Standing],
    samples: int,
    draws: Iterator[Draws],
) -> dict[str, list[float]]:
    """Draw every stream's score, in scale units."""
    shares = question_shares(questionnaire, readings)
    return {
        stream.id: _score_column(stream, readings, shares, samples, draws)
        for stream in questionnaire.streams
        if stream.id in standings
    }


def _score_column(
    stream: ValueStream,
    readings: Mapping[str, Reading],
    shares: Mapping[str, float],
    samples: int,
    draws: Iterator[Draws],
) -> list[float]:
    fixed = 0.0
    column = [0.0] * samples
    for question in stream.questions:
        reading, share = readings[question.id], shares.get(question.id)
        if share is None:
            continue
        levels = [share * voice.level for voice in reading.voices if voice.level is not None]
        if len(set(levels)) > 1 and reading.agreed is None:
            picks = next(draws).picks(len(levels))
            column = list(map(add, column, map(levels.__getitem__, picks)))
        elif reading.low < reading.high:
            fixed += share * reading.low
            width = share * (reading.high - reading.low)
            column = [
                value + width * drawn
                for value, drawn in zip(column, next(draws).even, strict=True)
            ]
        else:
            fixed += share * reading.low
    return [fixed + value for value in column]


def waiting_columns(
    questionnaire: Questionnaire, scores: Mapping[str, Column], samples: int
) -> dict[tuple[str, str], list[bool]]:
    """Say, for each dependency, in which draws the needed stream is below its score."""
    waiting: dict[tuple[str, str], list[bool]] = {}
    for need in questionnaire.dependencies:
        if need.needs in scores:
            pair = (need.stream, need.needs)
            before = waiting.get(pair, [False] * samples)
            waiting[pair] = [
                was or score < need.score - SLACK
                for was, score in zip(before, scores[need.needs], strict=True)
            ]
    return waiting


def _points(place: StreamRank, draws: Iterator[Draws]) -> dict[str, float | Column]:
    """Return a stream's points on each criterion, drawn where nobody rated it."""
    return {
        value.criterion: [
            value.low + (value.high - value.low) * drawn for drawn in next(draws).even
        ]
        if value.assumed
        else value.points
        for value in place.criteria
    }


def gap_column(questionnaire: Questionnaire, target: float, scores: Column) -> list[float]:
    """Return a stream's points for its gap in each draw."""
    scale_up = MOST / (questionnaire.values[-1] - questionnaire.values[0])
    return [scale_up * max(0.0, target - score) for score in scores]


def enabling_column(
    questionnaire: Questionnaire,
    stream: ValueStream,
    ratings: Ratings,
    waiting: Mapping[tuple[str, str], Sequence[bool]],
) -> float | list[float]:
    """Return the priority of the streams that wait for this one, in each draw."""
    priority = priorities(questionnaire, stream, ratings)
    total = fsum(priority.values())
    held: list[float] | None = None
    for other, carried in priority.items():
        flags = waiting.get((other, stream.id))
        if flags is None or not total:
            continue
        points = MOST * carried / total
        held = [
            before + (points if flag else 0.0)
            for before, flag in zip(held or [0.0] * len(flags), flags, strict=True)
        ]
    return 0.0 if held is None else held


def gated(
    values: list[float],
    context: Context,
    stream: ValueStream,
    waiting: Mapping[tuple[str, str], Sequence[bool]],
) -> list[float]:
    """Put a stream behind every open one in the draws in which it is gated."""
    if unsponsored(context, stream):
        return [value - GATED_PENALTY for value in values]
    gates = [flags for (waiter, _), flags in waiting.items() if waiter == stream.id]
    if not gates:
        return values
    return [
        value - GATED_PENALTY if any(flags) else value
        for value, flags in zip(values, zip(*gates, strict=True), strict=True)
    ]
