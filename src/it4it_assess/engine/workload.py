"""Days to a stream's target while answers are open: a straight line through a few cases.

Which initiatives are in place, and how much the others bring, hangs on single answers. A few
draws are therefore filled in question by question and judged like any answer file; the days
of all the other draws lie on the line through score and days, as far off as the few do.
"""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise
from math import fsum, sqrt
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.chance import FILLED, FIRM, ends
from it4it_assess.engine.criteria import MOST
from it4it_assess.engine.scoring import SLACK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.beliefs import Belief, Line
    from it4it_assess.engine.chance import Chance, Column
    from it4it_assess.model.answers import Context
    from it4it_assess.model.questionnaire import Questionnaire


class DaysLine(NamedTuple):
    """A straight line through mean score and mean days, and how far off it the cases lie."""

    score: float
    days: float
    slope: float
    off: float


def filled(
    questionnaire: Questionnaire,
    beliefs: Sequence[Belief],
    unheard: Sequence[str],
    chance: Chance,
) -> list[dict[str, float]]:
    """Return a few ways in which all the unheard questions may turn out together."""
    values = questionnaire.values
    middles = [(low + high) / 2 for low, high in pairwise(values)]
    last = ends(beliefs, FILLED)
    ways = []
    for draw, normals in enumerate(chance.filled):
        belief = beliefs[bisect(last, draw)]
        parts = _component_levels(belief, normals)
        noise = belief.spread.question
        ways.append(
            {
                name: values[
                    bisect(
                        middles,
                        parts[questionnaire.component_of[name].id] + noise * normals[name],
                    )
                ]
                for name in unheard
            }
        )
    return ways


def _component_levels(belief: Belief, normals: Mapping[str, float]) -> dict[str, float]:
    """Draw the level of every component, from the firm down."""
    firm = belief.firm.mean + sqrt(belief.firm.variance) * normals[FIRM]
    found = {}
    for name, stream in belief.streams.items():
        level = _below(stream.level, firm, normals[name])
        for part, line in stream.parts.items():
            found[part] = _below(line, level, normals[part])
    return found


def _below(line: Line, above: float, normal: float) -> float:
    return line.at + line.slope * above + sqrt(line.variance) * normal


def days_line(cases: Sequence[tuple[float, float]]) -> DaysLine:
    """Fit a line to cases of (score, days) by least squares; flat where scores do not differ."""
    if not cases:
        return DaysLine(0.0, 0.0, 0.0, 0.0)
    count = len(cases)
    score = fsum(one for one, _ in cases) / count
    days = fsum(one for _, one in cases) / count
    wide = fsum((one - score) ** 2 for one, _ in cases)
    along = fsum((one - score) * (other - days) for one, other in cases)
    slope = along / wide if wide > SLACK else 0.0
    off = fsum((other - days - slope * (one - score)) ** 2 for one, other in cases)
    return DaysLine(score, days, slope, sqrt(off / max(1, count - 2)))


def effort_column(
    context: Context, target: float, line: DaysLine, scores: Column, normals: Column
) -> list[float]:
    """Return a stream's points for its effort in each draw; all of them at the target."""
    available = context.capacity.days_per_quarter * context.capacity.quarters
    at = line.days - line.slope * line.score
    days = [
        max(0.0, at + line.slope * score + line.off * normal) if target - score > SLACK else 0.0
        for score, normal in zip(scores, normals, strict=True)
    ]
    return [MOST * available / (available + one) if one else MOST for one in days]
