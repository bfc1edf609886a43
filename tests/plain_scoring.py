"""Scoring as a textbook would have it: each score from its own questions, part by part.

Slow and plain, sums by `math.fsum`. What the engine's tally comes to must be the same, to
the last bit.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.levels import SLACK, level_reached
from it4it_assess.engine.scoring import MINIMUM_COVERAGE, weighted_mean
from it4it_assess.model.assessment import (
    ComponentScore,
    GroupScore,
    Score,
    Scorecard,
    StreamScore,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import (
        Component,
        Question,
        Questionnaire,
        ValueStream,
        ViewGroup,
    )


class Part(NamedTuple):
    """A weighted part of a score, in scale units; `mean` is None where nothing is known."""

    weight: float
    mean: float | None
    low: float
    high: float
    coverage: float


class Cell(NamedTuple):
    """A part of a score with its levels, which count the values of the scale from 0."""

    part: Part
    level: int | None
    level_low: int
    level_high: int


def question_part(question: Question, reading: Reading) -> Part | None:
    """Return one question's part of a score; None where it does not apply."""
    if reading.state == "not_applicable":
        return None
    known = reading.level is not None
    return Part(question.weight, reading.level, reading.low, reading.high, float(known))


def combine_parts(weight: float, parts: Sequence[Part]) -> Part:
    """Combine one or more parts into one of the given weight.

    Every mean, bound and coverage goes through here. They are monotone in each part, so
    combining the parts' lows and highs gives exact bounds.
    """
    weights = [part.weight for part in parts]
    total = fsum(weights)
    return Part(
        weight=weight,
        mean=weighted_mean([part.mean for part in parts], weights),
        low=fsum(part.low * part.weight for part in parts) / total,
        high=fsum(part.high * part.weight for part in parts) / total,
        coverage=fsum(part.coverage * part.weight for part in parts) / total,
    )


def question_cell(question: Question, reading: Reading, values: Sequence[float]) -> Cell | None:
    """Return one question's cell; None where it does not apply."""
    part = question_part(question, reading)
    if part is None:
        return None
    return Cell(
        part=part,
        level=None if reading.level is None else values.index(reading.level),
        level_low=values.index(reading.low),
        level_high=values.index(reading.high),
    )


def combine(weight: float, cells: Iterable[Cell | None], scale_length: int) -> Cell | None:
    """Combine cells into one of the given weight; None when nothing applies."""
    applying = [cell for cell in cells if cell is not None]
    if not applying:
        return None
    weights = [cell.part.weight for cell in applying]
    known = [(cell.level, cell.part.weight) for cell in applying if cell.level is not None]
    steps = range(scale_length)
    return Cell(
        part=combine_parts(weight, [cell.part for cell in applying]),
        level=level_reached([one for one, _ in known], [share for _, share in known], scale=steps)
        if known
        else None,
        level_low=level_reached([cell.level_low for cell in applying], weights, scale=steps),
        level_high=level_reached([cell.level_high for cell in applying], weights, scale=steps),
    )


def component_cell(
    component: Component, readings: Mapping[str, Reading], values: Sequence[float]
) -> Cell | None:
    """Combine a component's questions."""
    return _cell_of(component.questions, readings, values, component.weight)


def _cell_of(
    asked: Iterable[Question],
    readings: Mapping[str, Reading],
    values: Sequence[float],
    weight: float = 1.0,
) -> Cell | None:
    return combine(
        weight, (question_cell(one, readings[one.id], values) for one in asked), len(values)
    )


def lens_cell(
    questionnaire: Questionnaire, lens: str, readings: Mapping[str, Reading]
) -> Cell | None:
    """Combine the questions tagged with a lens, wherever they stand."""
    return _cell_of(questionnaire.seen_through[lens], readings, questionnaire.values)


def stage_cell(
    questionnaire: Questionnaire, stage: str, readings: Mapping[str, Reading]
) -> Cell | None:
    """Combine the questions that feed a stage of a view."""
    return _cell_of(questionnaire.feeding[stage], readings, questionnaire.values)


def group_cell(
    questionnaire: Questionnaire, group: ViewGroup, readings: Mapping[str, Reading]
) -> Cell | None:
    """Combine a view group's stages and components, each counting once."""
    values = questionnaire.values
    stages = [stage_cell(questionnaire, stage.id, readings) for stage in group.stages]
    parts = [
        component_cell(questionnaire.components[name], readings, values)
        for name in group.components
    ]
    return combine(1.0, stages + parts, len(values))


def score_fields(cell: Cell | None) -> dict[str, float | int | None]:
    """Return what a `Score` shows of a cell, holding back what coverage does not carry."""
    if cell is None:
        nothing = ("score", "low", "high", "level", "level_low", "level_high")
        return {**dict.fromkeys(nothing), "coverage": 0.0}
    enough = cell.part.coverage >= MINIMUM_COVERAGE - SLACK
    return {
        "score": cell.part.mean if enough else None,
        "low": cell.part.low,
        "high": cell.part.high,
        "level": cell.level if enough else None,
        "level_low": cell.level_low,
        "level_high": cell.level_high,
        "coverage": cell.part.coverage,
    }


def score(
    questionnaire: Questionnaire, readings: Mapping[str, Reading], targets: Mapping[str, float]
) -> Scorecard:
    """Score every stream, component, lens and view group of a questionnaire."""
    values = questionnaire.values
    parts = {
        part.id: component_cell(part, readings, values)
        for part in questionnaire.components.values()
    }
    whole = {
        stream.id: combine(
            stream.weight, (parts[part.id] for part in stream.components), len(values)
        )
        for stream in questionnaire.streams
    }
    return Scorecard(
        overall=Score.model_validate(score_fields(combine(1.0, whole.values(), len(values)))),
        streams=tuple(
            _stream_score(stream, whole[stream.id], parts, targets[stream.id])
            for stream in questionnaire.streams
        ),
        lenses=tuple(
            _group_score(lens.id, lens.title, lens_cell(questionnaire, lens.id, readings))
            for lens in questionnaire.lenses
        ),
        views={
            view.id: tuple(
                _group_score(group.id, group.title, group_cell(questionnaire, group, readings))
                for group in view.groups
            )
            for view in questionnaire.views
        },
    )


def _stream_score(
    stream: ValueStream, cell: Cell | None, parts: Mapping[str, Cell | None], target: float
) -> StreamScore:
    fields = score_fields(cell)
    reached = fields["score"]
    return StreamScore.model_validate(
        {
            **fields,
            "id": stream.id,
            "title": stream.title,
            "kind": stream.kind,
            "target": target,
            "gap": None if reached is None else max(0.0, target - reached),
            "components": tuple(
                ComponentScore.model_validate(
                    {**score_fields(parts[part.id]), "id": part.id, "title": part.title}
                )
                for part in stream.components
            ),
        }
    )


def _group_score(group: str, title: str, cell: Cell | None) -> GroupScore:
    return GroupScore.model_validate({**score_fields(cell), "id": group, "title": title})
