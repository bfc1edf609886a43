"""Draws of how the full interview may turn out: scores, days, and the stream then first.

The random numbers are the same at every step of a sitting, so that what is foreseen moves
with the answers only. Scores are drawn for each stream as a whole; a few draws are filled
in question by question, and the days to the target of all the others are read from these
by a straight line through score and days.
"""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise
from math import fsum, sqrt
from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.criteria import MOST
from it4it_assess.engine.sampling import enabling_column, gap_column, gated, waiting_columns
from it4it_assess.engine.scoring import SLACK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.beliefs import Belief, Line, StreamHeard
    from it4it_assess.engine.criteria import Ratings
    from it4it_assess.model.answers import Context
    from it4it_assess.model.questionnaire import Questionnaire

    Column = Sequence[float]

DRAWS = 500
"""Draws of the streams' scores: a share of 90 % is then known to within 3 points."""

FILLED = 6
"""Draws filled in question by question; each costs as much as all the others together."""

SEED = 1

FIRM = ""
"""Stands for the firm beside the ids of streams, components and questions."""


class Chance(NamedTuple):
    """The random numbers of a sitting: standard normal, a column or a row for each use."""

    firm: Column
    streams: Mapping[str, Column]
    days: Mapping[str, Column]
    fill: Sequence[Mapping[str, float]]
    """For each filled draw, a number for the firm and every stream, component and question."""


def chance(questionnaire: Questionnaire) -> Chance:
    """Draw the random numbers of a sitting.

    Each column takes the same evenly spread quantiles in another order (McKay, Beckman and
    Conover 1979): means and shares come out with far less noise than from free draws.
    """
    random = Random(SEED)  # noqa: S311  a simulation, not a secret
    quantile = NormalDist().inv_cdf

    def spread(count: int) -> list[float]:
        column = [quantile((place + 0.5) / count) for place in range(count)]
        random.shuffle(column)
        return column

    streams = [stream.id for stream in questionnaire.streams]
    fill = {
        name: spread(FILLED)
        for name in [FIRM, *streams, *questionnaire.components, *questionnaire.questions]
    }
    return Chance(
        firm=spread(DRAWS),
        streams={name: spread(DRAWS) for name in streams},
        days={name: spread(DRAWS) for name in streams},
        fill=[{name: column[draw] for name, column in fill.items()} for draw in range(FILLED)],
    )


def split(beliefs: Sequence[Belief], count: int) -> list[int]:
    """Return where in `count` draws each belief's share of them ends."""
    ends, so_far = [], 0.0
    for belief in beliefs:
        so_far += belief.chance
        ends.append(min(count, round(so_far * count)))
    return [*ends[:-1], count]


def score_columns(
    beliefs: Sequence[Belief], heard: Mapping[str, StreamHeard], chance: Chance
) -> dict[str, list[float]]:
    """Draw every stream's score, in scale units, within what is still possible."""
    columns: dict[str, list[float]] = {name: [] for name in heard}
    start = 0
    for belief, end in zip(beliefs, split(beliefs, DRAWS), strict=True):
        if start == end:
            continue
        at, width = belief.firm.mean, sqrt(belief.firm.variance)
        firm = [at + width * z for z in chance.firm[start:end]]
        for name, stream in heard.items():
            base, slope, variance = belief.streams[name].score
            wide = sqrt(variance)
            low, high = stream.lowest, stream.highest
            columns[name] += [
                min(max(base + slope * level + wide * z, low), high)
                for level, z in zip(firm, chance.streams[name][start:end], strict=True)
            ]
        start = end
    return columns


def filled(
    questionnaire: Questionnaire,
    beliefs: Sequence[Belief],
    open_questions: Sequence[str],
    chance: Chance,
) -> list[dict[str, float]]:
    """Return a few ways in which all the open questions may be answered together."""
    values = questionnaire.values
    middles = [(low + high) / 2 for low, high in pairwise(values)]
    ways = []
    ends = split(beliefs, FILLED)
    for draw, z in enumerate(chance.fill):
        belief = beliefs[bisect(ends, draw)]
        noise = belief.spread.question
        firm = belief.firm.mean + sqrt(belief.firm.variance) * z[FIRM]
        parts: dict[str, float] = {}
        for name, stream in belief.streams.items():
            level = _down(stream.level, firm, z[name])
            parts.update(
                (part, _down(line, level, z[part])) for part, line in stream.parts.items()
            )
        ways.append(
            {
                ask: values[
                    bisect(middles, parts[questionnaire.component_of[ask].id] + noise * z[ask])
                ]
                for ask in open_questions
            }
        )
    return ways


def _down(line: Line, above: float, z: float) -> float:
    return line.at + line.slope * above + sqrt(line.variance) * z


class DaysLine(NamedTuple):
    """Days to a target as a straight line through the score, and how far off it is."""

    score: float
    days: float
    slope: float
    off: float


def days_line(points: Sequence[tuple[float, float]]) -> DaysLine:
    """Fit a line through (score, days) by least squares; level where the points do not tell."""
    count = len(points)
    if not count:
        return DaysLine(0.0, 0.0, 0.0, 0.0)
    score, days = (fsum(column) / count for column in zip(*points, strict=True))
    wide = fsum((one - score) ** 2 for one, _ in points)
    slope = (
        fsum((one - score) * (two - days) for one, two in points) / wide if wide > SLACK else 0.0
    )
    off = fsum((two - days - slope * (one - score)) ** 2 for one, two in points)
    return DaysLine(score, days, slope, sqrt(off / max(1, count - 2)))


def effort_column(
    context: Context, target: float, line: DaysLine, scores: Column, normals: Column
) -> list[float]:
    """Return a stream's points for its effort in each draw."""
    available = context.capacity.days_per_quarter * context.capacity.quarters
    at = line.days - line.slope * line.score
    limit = target - SLACK
    days = [
        max(0.0, at + line.slope * score + line.off * z) if score < limit else 0.0
        for score, z in zip(scores, normals, strict=True)
    ]
    return [MOST * available / (available + one) if one else MOST for one in days]


def firsts(
    questionnaire: Questionnaire,
    context: Context,
    weights: Mapping[str, float],
    ratings: Ratings,
    targets: Mapping[str, float],
    scores: Mapping[str, Column],
    days: Mapping[str, DaysLine],
    chance: Chance,
) -> list[str | None]:
    """Return the stream that is first in each draw; None where all are gated."""
    waiting = waiting_columns(questionnaire, scores, DRAWS)
    values, names = [], []
    for stream in questionnaire.streams:
        if stream.kind != "primary" or stream.id not in scores:
            continue
        own, target = scores[stream.id], targets[stream.id]
        fixed = fsum(weights[name] * value.points for name, value in ratings[stream.id].items())
        gap = gap_column(questionnaire, target, own)
        effort = effort_column(context, target, days[stream.id], own, chance.days[stream.id])
        held = enabling_column(questionnaire, stream, ratings, waiting)
        enabling = [held] * DRAWS if isinstance(held, float) else held
        wg, we, wn = weights["gap"], weights["effort"], weights["enabling"]
        column = [
            fixed + wg * one + we * two + wn * three
            for one, two, three in zip(gap, effort, enabling, strict=True)
        ]
        values.append(gated(column, context, stream, waiting))
        names.append(stream.id)
    found: list[str | None] = []
    for row in zip(*values, strict=True):
        best = max(row)
        found.append(names[row.index(best)] if best >= 0 else None)
    return found
