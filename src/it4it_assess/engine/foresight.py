"""How the full interview may turn out: the streams' scores, and which stream is then first."""

from __future__ import annotations

from math import fsum, sqrt
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import question_shares
from it4it_assess.engine.beliefs import believe, hear
from it4it_assess.engine.chance import DRAWS, chance, ends
from it4it_assess.engine.criteria import rate
from it4it_assess.engine.ranking import criteria_weights, leader
from it4it_assess.engine.reading import read_answer
from it4it_assess.engine.sampling import enabling_column, gap_column, gated, waiting_columns
from it4it_assess.engine.standings import stand_all
from it4it_assess.engine.targets import target_values
from it4it_assess.engine.workload import days_line, effort_column, filled
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.beliefs import Belief, StreamHeard
    from it4it_assess.engine.chance import Chance, Column
    from it4it_assess.engine.criteria import Ratings, Standing
    from it4it_assess.engine.workload import DaysLine
    from it4it_assess.model.answers import AnswerFile, Context
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import FirmSize, Questionnaire, ValueStream


class Setting(NamedTuple):
    """All that bears on the pick and that answers to questions do not change."""

    questionnaire: Questionnaire
    context: Context
    size: FirmSize
    targets: Mapping[str, float]
    weights: Mapping[str, float]
    ratings: Ratings
    chance: Chance
    read_as: Mapping[str, Mapping[float, Reading]]
    """Each question's reading at each value of the scale."""


class Foresight(NamedTuple):
    """What is foreseen after some answers; scores and firsts hold one entry a draw."""

    shares: Mapping[str, float]
    heard: Mapping[str, StreamHeard]
    beliefs: Sequence[Belief]
    scores: Mapping[str, Column]
    firsts: Sequence[str | None]


def set_out(questionnaire: Questionnaire, answers: AnswerFile) -> Setting:
    """Prepare one firm's case from its context and size."""
    values = questionnaire.values
    return Setting(
        questionnaire=questionnaire,
        context=answers.context,
        size=answers.organisation.size,
        targets=target_values(questionnaire, answers),
        weights=criteria_weights(questionnaire, answers.context),
        ratings=rate(questionnaire, answers.context),
        chance=chance(questionnaire),
        read_as={
            name: {value: read_answer(name, Answer(level=value), values, {}) for value in values}
            for name in questionnaire.questions
        },
    )


def foresee(
    setting: Setting, readings: Mapping[str, Reading], unheard: Sequence[str]
) -> Foresight:
    """Draw how the unheard questions may turn out, and which stream would then be first."""
    questionnaire = setting.questionnaire
    shares = question_shares(questionnaire, readings)
    levels = {
        name: reading.level for name, reading in readings.items() if reading.level is not None
    }
    heard = {
        stream.id: hear(stream, levels, shares, questionnaire.values)
        for stream in questionnaire.streams
        if any(ask.id in shares for ask in stream.questions)
    }
    beliefs = believe(heard, questionnaire.values)
    scores = score_columns(beliefs, heard, setting.chance)
    lines = days_lines(setting, readings, unheard, beliefs)
    return Foresight(shares, heard, beliefs, scores, first_column(setting, scores, lines))


def first_now(setting: Setting, readings: Mapping[str, Reading]) -> str | None:
    """Return the stream that an assessment of these readings puts first."""
    return leader(
        setting.questionnaire,
        setting.context,
        standings(setting, readings),
        setting.weights,
        setting.ratings,
    )


def standings(setting: Setting, readings: Mapping[str, Reading]) -> dict[str, Standing]:
    """Return where each stream stands at these readings."""
    found, _ = stand_all(setting.questionnaire, setting.size, readings, setting.targets)
    return found


def score_columns(
    beliefs: Sequence[Belief], heard: Mapping[str, StreamHeard], chance: Chance
) -> dict[str, list[float]]:
    """Draw every stream's score, in scale units, within what is still possible.

    Each belief has as many of the draws as it is likely.
    """
    columns: dict[str, list[float]] = {name: [] for name in heard}
    start = 0
    for belief, end in zip(beliefs, ends(beliefs, DRAWS), strict=True):
        wide = sqrt(belief.firm.variance)
        firm = [belief.firm.mean + wide * normal for normal in chance.firm[start:end]]
        for name, stream in heard.items():
            at, slope, variance = belief.streams[name].score
            off, low, high = sqrt(variance), stream.lowest, stream.highest
            columns[name] += [
                min(max(at + slope * level + off * normal, low), high)
                for level, normal in zip(firm, chance.scores[name][start:end], strict=True)
            ]
        start = end
    return columns


def days_lines(
    setting: Setting,
    readings: Mapping[str, Reading],
    unheard: Sequence[str],
    beliefs: Sequence[Belief],
) -> dict[str, DaysLine]:
    """Return each stream's line through the scores and days of the draws filled in."""
    cases: dict[str, list[tuple[float, float]]] = {name: [] for name in setting.targets}
    for way in filled(setting.questionnaire, beliefs, unheard, setting.chance):
        full = {**readings, **{name: setting.read_as[name][way[name]] for name in unheard}}
        for name, standing in standings(setting, full).items():
            if standing.days:
                cases[name].append((standing.score, standing.days))
    return {name: days_line(some) for name, some in cases.items()}


def first_column(
    setting: Setting, scores: Mapping[str, Column], lines: Mapping[str, DaysLine]
) -> list[str | None]:
    """Return the stream that is first in each draw; None where all are gated."""
    waiting = waiting_columns(setting.questionnaire, scores, DRAWS)
    values = {
        stream.id: gated(
            _value_column(setting, stream, scores[stream.id], lines[stream.id], waiting),
            setting.context,
            stream,
            waiting,
        )
        for stream in setting.questionnaire.streams
        if stream.kind == "primary" and stream.id in scores
    }
    names = list(values)
    found: list[str | None] = []
    for row in zip(*values.values(), strict=True):
        best = max(row)
        found.append(names[row.index(best)] if best >= 0 else None)
    return found


def _value_column(
    setting: Setting,
    stream: ValueStream,
    scores: Column,
    line: DaysLine,
    waiting: Mapping[tuple[str, str], Sequence[bool]],
) -> list[float]:
    """Return a stream's value in each draw, in points."""
    weights, target = setting.weights, setting.targets[stream.id]
    ratings = setting.ratings[stream.id]
    fixed = fsum(weights.get(name, 0.0) * value.points for name, value in ratings.items())
    gap = gap_column(setting.questionnaire, target, scores)
    normals = setting.chance.days[stream.id]
    effort = effort_column(setting.context, target, line, scores, normals)
    held = enabling_column(setting.questionnaire, stream, setting.ratings, waiting)
    enabling = [held] * DRAWS if isinstance(held, float) else held
    each = [weights.get(name, 0.0) for name in ("gap", "effort", "enabling")]
    return [
        fixed + each[0] * one + each[1] * two + each[2] * three
        for one, two, three in zip(gap, effort, enabling, strict=True)
    ]
