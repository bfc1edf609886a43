"""Every score of random firms against numpy, written from the formulas and not from the engine.

The formulas: the middle of a question is the low median of what was said; a component is the
weighted mean of its questions, a stream of its components, the whole of its streams; lows and
highs are the same means of the least and the most each answer may be; level n is reached where
more than half of the weight is at n or above and more than 85 % at each level below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from builders import TODAY
from dice import any_firm, dice_of
from it4it_assess.engine.assess import assess

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from it4it_assess.model.answers import Answer, AnswerFile
    from it4it_assess.model.assessment import Reading, Score
    from it4it_assess.model.questionnaire import Component, Question, Questionnaire

EXACT = 1e-9
ENOUGH, HALF, MOST = 0.60, 0.50, 0.85
Array = np.ndarray[Any, np.dtype[np.float64]]

WEIGHT, MEAN, LOW, HIGH, COVERAGE, LEVEL, LEVEL_LOW, LEVEL_HIGH = range(8)
"""What a row of a table of parts holds; what is not known is not a number."""


def test_every_score_of_any_firm_is_that_of_the_formulas(seeds: range) -> None:
    compared = 0
    for seed in seeds:
        asked, file = reweighed(dice_of(seed), *any_firm(dice_of(seed)))
        card = assess(asked, file, today=TODAY, samples=1).scorecard
        whole = []
        for stream, told in zip(asked.streams, card.streams, strict=True):
            parts = []
            for part, scored in zip(stream.components, told.components, strict=True):
                row = row_of(part, asked, file)
                check(scored, row)
                parts.append(row)
                compared += 1
            whole.append(combined(stream.weight, parts, len(asked.values)))
            check(told, whole[-1])
        check(card.overall, combined(1, whole, len(asked.values)))
        for lens, told_lens in zip(asked.lenses, card.lenses, strict=True):
            tagged = [one for one in asked.questions.values() if lens.id in one.lenses]
            check(told_lens, pooled(1, tagged, asked, file))
        for view in asked.views:
            for group, told_group in zip(view.groups, card.views[view.id], strict=True):
                stages = [
                    pooled(
                        1, [q for q in asked.questions.values() if q.v3 == stage.id], asked, file
                    )
                    for stage in group.stages
                ]
                named = [row_of(asked.components[name], asked, file) for name in group.components]
                check(told_group, combined(1, [*stages, *named], len(asked.values)))
    assert compared >= len(seeds)


def test_every_answer_of_any_firm_is_read_as_the_formulas_read_it(seeds: range) -> None:
    for seed in seeds:
        asked, file = any_firm(dice_of(seed))
        readings = assess(asked, file, today=TODAY, samples=1).readings
        for name in asked.questions:
            check_reading(readings[name], file.answers.get(name), asked.values)


def reweighed(
    dice: Random, asked: Questionnaire, file: AnswerFile
) -> tuple[Questionnaire, AnswerFile]:
    """Return the firm with weights of any size in half of the cases, else small whole ones."""
    if dice.random() < 0.5:
        return asked, file
    values = asked.model_dump()
    for stream in values["streams"]:
        asks = [ask for part in stream["components"] for ask in part["questions"]]
        for thing in [stream, *stream["components"], *asks]:
            thing["weight"] = dice.uniform(0.05, 20)
    return type(asked).model_validate(values), file


def said(answer: Answer | None) -> list[tuple[float, bool]]:
    """Return the levels that an answer gives, each with whether it is unsure."""
    if answer is None:
        return []
    voices = answer.by.values() if answer.by else [answer]
    return [(one.level, one.unsure) for one in voices if one.level is not None]


def span(answer: Answer | None, values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return the level, the least and the most an answer may be; None where it does not apply."""
    if answer is not None and answer.not_applicable is not None:
        return None
    given = said(answer)
    if not given:
        return np.nan, values[0], values[-1]
    scale = np.array(values)
    at = np.array([int(np.flatnonzero(scale == level)[0]) for level, _ in given])
    reach = np.array([int(unsure) for _, unsure in given])
    ends = [at, np.maximum(at - reach, 0), np.minimum(at + reach, len(values) - 1)]
    level, low, high = (float(np.quantile(scale[end], 0.5, method="lower")) for end in ends)
    return level, low, high


def pooled(
    weight: float, questions: Iterable[Question], asked: Questionnaire, file: AnswerFile
) -> Array | None:
    """Combine questions."""
    scale = np.array(asked.values)
    rows: list[Array | None] = []
    for one in questions:
        spanned = span(file.answers.get(one.id), asked.values)
        if spanned is None:
            continue
        levels = [
            np.nan if np.isnan(value) else float(np.searchsorted(scale, value))
            for value in spanned
        ]
        known = float(not np.isnan(spanned[0]))
        rows.append(np.array([one.weight, *spanned, known, *levels]))
    return combined(weight, rows, len(scale))


def row_of(part: Component, asked: Questionnaire, file: AnswerFile) -> Array | None:
    """Combine a component's questions."""
    return pooled(part.weight, part.questions, asked, file)


def combined(weight: float, rows: Iterable[Array | None], values: int) -> Array | None:
    """Combine the rows of parts into one row; None where no part applies."""
    there = [row for row in rows if row is not None]
    if not there:
        return None
    table = np.array(there)
    weights = table[:, WEIGHT]

    def mean(column: int) -> float:
        known = ~np.isnan(table[:, column])
        if not known.any():
            return np.nan
        return float(np.average(table[known, column], weights=weights[known]))

    def level(column: int) -> float:
        known = ~np.isnan(table[:, column])
        if not known.any():
            return np.nan
        steps = np.arange(1, values)[:, None]
        share = (weights * known * (table[:, column] >= steps)).sum(1) / weights[known].sum()
        # sums of weights are not exact: what comes this near half, or 85 %, is at it
        largely, fully = share > HALF + EXACT, share > MOST + EXACT
        reached = [n for n in range(1, values) if largely[n - 1] and fully[: n - 1].all()]
        return float(max(reached, default=0))

    return np.array(
        [
            weight,
            *(mean(column) for column in (MEAN, LOW, HIGH, COVERAGE)),
            *(level(column) for column in (LEVEL, LEVEL_LOW, LEVEL_HIGH)),
        ]
    )


def check(told: Score, row: Array | None) -> None:
    """Hold a score against its row: no score and no level below 60 % coverage."""
    if row is None:
        assert told.coverage == 0
        assert (told.score, told.low, told.high) == (None, None, None)
        assert (told.level, told.level_low, told.level_high) == (None, None, None)
        return
    enough = row[COVERAGE] >= ENOUGH - EXACT
    expected = {
        "score": row[MEAN] if enough else None,
        "low": row[LOW],
        "high": row[HIGH],
        "coverage": row[COVERAGE],
        "level": row[LEVEL] if enough else None,
        "level_low": row[LEVEL_LOW],
        "level_high": row[LEVEL_HIGH],
    }
    for field, value in expected.items():
        assert getattr(told, field) == (
            None if value is None else pytest.approx(value, abs=EXACT, rel=EXACT)
        ), field


def check_reading(told: Reading, answer: Answer | None, values: Sequence[float]) -> None:
    """Hold a reading against its answer: level, bounds, and how far the voices agree."""
    spanned = span(answer, values)
    if spanned is None:
        assert told.state == "not_applicable"
        return
    level, low, high = spanned
    assert (told.level is None) == np.isnan(level)
    assert told.level is None or told.level == level
    assert (told.low, told.high) == (low, high)
    levels = np.array([one for one, _ in said(answer)])
    if answer is None or not answer.by or len(levels) < 2:
        assert (told.deviation, told.consensus, told.disputed) == (None, None, False)
        return
    deviation = np.abs(levels - np.median(levels)).mean()
    share = np.array([(levels == value).mean() for value in values])
    places = np.arange(len(values))
    near = 1 - np.abs(places - share @ places) / (len(values) - 1)
    agreed = 1 + sum(part * np.log2(one) for part, one in zip(share, near, strict=True) if part)
    assert told.deviation == pytest.approx(deviation, abs=EXACT)
    assert told.consensus == pytest.approx(agreed, abs=EXACT)
    options, width = len(values), values[-1] - values[0]
    cut = options / 6 * width / (options - 1)  # c/6 options, in scale units
    if abs(deviation - cut) > EXACT:
        assert told.disputed == (deviation > cut)
