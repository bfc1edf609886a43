"""Scores: weighted means with exact bounds, the level reached, coverage.

Sums are exact and rounded once, here by `math.fsum` and in `tally.py` by whole numbers: the
built-in `sum` adds floats differently from Python 3.12 on, and the same answers must give
the same bytes everywhere.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from it4it_assess.engine.levels import (
    FULLY,
    LARGELY,
    PARTLY,
    SLACK,
    achievement_rating,
    level_from_ratings,
    level_reached,
)
from it4it_assess.engine.tally import Cell, Tally
from it4it_assess.model.assessment import (
    ComponentScore,
    GroupScore,
    Score,
    Scorecard,
    StreamScore,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from it4it_assess.engine.tally import Stand
    from it4it_assess.model.questionnaire import (
        Component,
        Lens,
        Question,
        Questionnaire,
        ValueStream,
        ViewGroup,
    )

__all__ = [
    "FULLY",
    "LARGELY",
    "MINIMUM_COVERAGE",
    "PARTLY",
    "SLACK",
    "Cell",
    "Cells",
    "achievement_rating",
    "central",
    "gap",
    "is_enough",
    "level_from_ratings",
    "level_reached",
    "score",
    "score_fields",
    "weighted_mean",
]

MINIMUM_COVERAGE = 0.6
"""Below this share of answered weight only the range is given, no score (our convention)."""


def weighted_mean(values: Sequence[float | None], weights: Sequence[float]) -> float | None:
    """Return the weighted mean of the values that are there; None when none is."""
    pairs = [
        (value, weight)
        for value, weight in zip(values, weights, strict=True)
        if value is not None and weight > 0
    ]
    if not pairs:
        return None
    total = fsum(weight for _, weight in pairs)
    return fsum(value * weight for value, weight in pairs) / total


class Cells:
    """Every part of the scores of one set of readings; worked out as it is asked for.

    A cell is None where nothing applies.
    """

    def __init__(self, questionnaire: Questionnaire, readings: Mapping[str, Stand]) -> None:
        self._asked = questionnaire
        self._tally = questionnaire.once(Tally)
        self._rows = self._tally.rows(readings)
        self._components: dict[str, Cell | None] = {}
        self._streams: dict[str, Cell | None] = {}

    def component(self, component: Component) -> Cell | None:
        """Combine a component's questions."""
        if component.id not in self._components:
            cell = self._tally.cell(component.weight, self._of(component.questions))
            self._components[component.id] = cell
        return self._components[component.id]

    def stream_with(self, question: str, level: float) -> Cell:
        """Combine the components of a question's stream, the question surely at a level."""
        changed, stream = self._asked.component_of[question], self._asked.stream_of[question]
        row = self._tally.row(question, level)
        rows = [row if one.id == question else self._rows[one.id] for one in changed.questions]
        cell = self._tally.combine(
            stream.weight,
            [
                self._tally.cell(part.weight, rows) if part is changed else self.component(part)
                for part in stream.components
            ],
        )
        assert cell is not None  # the question applies
        return cell

    def lens(self, lens: str) -> Cell | None:
        """Combine the questions tagged with a lens, wherever they stand."""
        return self._tally.cell(1.0, self._of(self._asked.seen_through[lens]))

    def stage(self, stage: str) -> Cell | None:
        """Combine the questions that feed a stage of a view."""
        return self._tally.cell(1.0, self._of(self._asked.feeding[stage]))

    def group(self, group: ViewGroup) -> Cell | None:
        """Combine a view group's stages and components, each counting once."""
        stages = [self.stage(stage.id) for stage in group.stages]
        parts = [self.component(self._asked.components[name]) for name in group.components]
        return self._tally.combine(1.0, stages + parts)

    def stream(self, stream: ValueStream) -> Cell | None:
        """Combine a stream's components; a component with more questions weighs no more for it."""
        if stream.id not in self._streams:
            cell = self._tally.combine(stream.weight, map(self.component, stream.components))
            self._streams[stream.id] = cell
        return self._streams[stream.id]

    def overall(self) -> Cell | None:
        """Combine the streams."""
        return self._tally.combine(1.0, map(self.stream, self._asked.streams))

    def _of(self, questions: Iterable[Question]) -> list[int]:
        """Return what each of the questions adds to the columns."""
        rows = self._rows
        return [rows[question.id] for question in questions]


def is_enough(cell: Cell) -> bool:
    """Say whether enough is answered for a score, not only a range."""
    return cell.coverage >= MINIMUM_COVERAGE - SLACK


def central(cell: Cell) -> float:
    """Return the one figure planning uses: the mean if coverage allows it, else mid-range."""
    if cell.mean is not None and is_enough(cell):
        return cell.mean
    return (cell.low + cell.high) / 2


def gap(reached: float | None, target: float) -> float | None:
    """Return how far a score is below its target, in scale units; None without a score."""
    return None if reached is None else max(0.0, target - reached)


def score_fields(cell: Cell | None) -> dict[str, Any]:
    """Return what a `Score` shows of a cell, holding back what coverage does not carry."""
    if cell is None:
        nothing = ("score", "low", "high", "level", "level_low", "level_high")
        return {**dict.fromkeys(nothing), "coverage": 0.0}
    enough = is_enough(cell)
    return {
        "score": cell.mean if enough else None,
        "low": cell.low,
        "high": cell.high,
        "level": cell.level if enough else None,
        "level_low": cell.level_low,
        "level_high": cell.level_high,
        "coverage": cell.coverage,
    }


def score(
    questionnaire: Questionnaire, readings: Mapping[str, Stand], targets: Mapping[str, float]
) -> Scorecard:
    """Score every stream, component, lens and view group of a questionnaire."""
    cells = Cells(questionnaire, readings)
    return Scorecard.of(
        {
            "overall": Score.of(score_fields(cells.overall())),
            "streams": tuple(
                _stream_score(stream, cells, targets[stream.id])
                for stream in questionnaire.streams
            ),
            "lenses": tuple(
                GroupScore.of(_titled(lens, cells.lens(lens.id))) for lens in questionnaire.lenses
            ),
            "views": {
                view.id: tuple(
                    GroupScore.of(_titled(group, cells.group(group))) for group in view.groups
                )
                for view in questionnaire.views
            },
        }
    )


def _stream_score(stream: ValueStream, cells: Cells, target: float) -> StreamScore:
    fields = score_fields(cells.stream(stream))
    return StreamScore.of(
        {
            **fields,
            "id": stream.id,
            "title": stream.title,
            "kind": stream.kind,
            "target": target,
            "gap": gap(fields["score"], target),
            "components": tuple(
                ComponentScore.of(_titled(part, cells.component(part)))
                for part in stream.components
            ),
        }
    )


def _titled(scored: Component | Lens | ViewGroup, cell: Cell | None) -> dict[str, Any]:
    fields = score_fields(cell)
    fields["id"] = scored.id
    fields["title"] = scored.title
    return fields
