"""Draws at answer level: what the ranking would be if open answers turned out otherwise.

Each draw takes weights that keep the order of the criteria, a value inside the bounds for
each answer that is unsure, unknown or missing, one respondent's word for each question that
several answered, and a rating for each pain, goal or readiness that nobody gave. Effort
stays at today's estimate.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import question_shares
from it4it_assess.engine.ranking import (
    MOST,
    SPONSOR,
    criteria_order,
    goals_value,
    pain_value,
    ranked_streams,
)
from it4it_assess.engine.robustness import rank_shares, weight_draws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from it4it_assess.engine.ranking import Standing
    from it4it_assess.model.answers import Context
    from it4it_assess.model.assessment import Ranking, Reading
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream

SAMPLES = 10_000
"""Draws of an assessment: plus or minus one point at 95 % confidence."""

SEED = 1

GATED_PENALTY = 10.0
"""Taken off a gated stream's value in a draw, so that it ranks behind every open one."""


class OpenScore(NamedTuple):
    """A stream's score as a sum: what is fixed, spans to draw in, and voices to draw from."""

    fixed: float
    spans: tuple[tuple[float, float, float], ...]
    voices: tuple[tuple[float, tuple[float, ...]], ...]

    def draw(self, random: Callable[[], float]) -> float:
        """Draw one score, in scale units."""
        score = self.fixed
        for share, low, width in self.spans:
            score += share * (low + width * random())
        for share, levels in self.voices:
            score += share * levels[int(random() * len(levels))]
        return score


def open_score(
    stream: ValueStream, readings: Mapping[str, Reading], shares: Mapping[str, float]
) -> OpenScore:
    """Split a stream's score into what is fixed and what is open."""
    fixed = 0.0
    spans, voices = [], []
    for question in stream.questions:
        reading, share = readings[question.id], shares.get(question.id)
        if share is None:
            continue
        levels = tuple(voice.level for voice in reading.voices if voice.level is not None)
        if len(set(levels)) > 1:
            voices.append((share, levels))
        elif reading.low < reading.high:
            spans.append((share, reading.low, reading.high - reading.low))
        else:
            fixed += share * reading.low
    return OpenScore(fixed, tuple(spans), tuple(voices))


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
    streams = [stream.id for stream in ranked_streams(questionnaire, standings)]
    random = Random(seed)  # noqa: S311  a simulation, not a secret
    draw = _value_draws(questionnaire, context, readings, standings, ranking, random)
    return dict(zip(streams, map(tuple, rank_shares(len(streams), samples, draw)), strict=True))


def _value_draws(
    questionnaire: Questionnaire,
    context: Context,
    readings: Mapping[str, Reading],
    standings: Mapping[str, Standing],
    ranking: Ranking,
    random: Random,
) -> Callable[[], Sequence[float]]:
    """Return a function that draws every ranked stream's value once."""
    names: list[str] = [criterion.id for criterion in questionnaire.criteria]
    streams = ranked_streams(questionnaire, standings)
    groups = [
        [names.index(one) for one in tied] for tied in criteria_order(questionnaire, context)
    ]
    weights = weight_draws(len(names), groups, random)
    scores = _score_draws(questionnaire, readings, standings, random)
    rows = _rows(ranking, [stream.id for stream in streams])
    ranges = _unrated(ranking, [stream.id for stream in streams])
    gap = names.index("gap") if "gap" in names else None
    enabling = names.index("enabling") if "enabling" in names else None
    scale_up = MOST / (questionnaire.values[-1] - questionnaire.values[0])
    targets = [standings[stream.id].target for stream in streams]
    place = {stream.id: at for at, stream in enumerate(streams)}
    needs = [
        (place[need.stream], place.get(need.needs), need.needs, need.score)
        for need in questionnaire.dependencies
        if need.stream in place and need.needs in standings
    ]
    support = _support(questionnaire, context, streams)
    unsponsored = [
        any(gate.id == SPONSOR for gate in stream.gates)
        for stream in sorted(ranking.streams, key=lambda one: place[one.id])
    ]
    number = random.random

    def values() -> Sequence[float]:
        weight, score = next(weights), scores()
        for at, criterion, low, width in ranges:
            rows[at][criterion] = low + width * number()
        waiting: list[set[int]] = [set() for _ in streams]
        gated = list(unsponsored)
        for waiter, helper, name, least in needs:
            if score[name] < least:
                gated[waiter] = True
                if helper is not None:
                    waiting[helper].add(waiter)
        drawn = []
        for at, stream in enumerate(streams):
            row = rows[at]
            if gap is not None:
                row[gap] = scale_up * max(0.0, targets[at] - score[stream.id])
            if enabling is not None:
                row[enabling] = MOST * _held(support[at], waiting[at])
            value = 0.0
            for part, points in zip(weight, row, strict=True):
                value += part * points
            drawn.append(value - GATED_PENALTY if gated[at] else value)
        return drawn

    return values


def _held(support: Mapping[int, float], waiting: set[int]) -> float:
    held = 0.0
    for other in sorted(waiting):
        held += support.get(other, 0.0)
    return held


def _support(
    questionnaire: Questionnaire, context: Context, streams: Sequence[ValueStream]
) -> list[dict[int, float]]:
    """Return, for each stream, the share of priority each other stream carries."""
    priority = [
        pain_value(context, stream).points + goals_value(questionnaire, context, stream).points
        for stream in streams
    ]
    shares = []
    for at in range(len(streams)):
        total = 0.0
        for other, carried in enumerate(priority):
            total += carried if other != at else 0.0
        shares.append(
            {
                other: carried / total
                for other, carried in enumerate(priority)
                if other != at and total
            }
        )
    return shares


def _score_draws(
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    standings: Mapping[str, Standing],
    random: Random,
) -> Callable[[], dict[str, float]]:
    """Return a function that draws every stream's score once."""
    shares = question_shares(questionnaire, readings)
    scores = {
        stream.id: open_score(stream, readings, shares)
        for stream in questionnaire.streams
        if stream.id in standings
    }
    number = random.random
    return lambda: {name: score.draw(number) for name, score in scores.items()}


def _rows(ranking: Ranking, streams: Sequence[str]) -> list[list[float]]:
    points = {one.id: [value.points for value in one.criteria] for one in ranking.streams}
    return [list(points[stream]) for stream in streams]


def _unrated(ranking: Ranking, streams: Sequence[str]) -> list[tuple[int, int, float, float]]:
    """Return what nobody rated: row, criterion, lowest points, width."""
    found = []
    by_id = {one.id: one for one in ranking.streams}
    for row, stream in enumerate(streams):
        for criterion, value in enumerate(by_id[stream].criteria):
            if value.assumed:
                found.append((row, criterion, value.low, value.high - value.low))
    return found
