"""The random numbers of a triage: the same at every step, so that only answers move it."""

from __future__ import annotations

from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.beliefs import Belief
    from it4it_assess.model.questionnaire import Questionnaire

    Column = Sequence[float]

DRAWS = 500
"""Draws of the streams' scores: a share of 90 % is then known to within 3 points, at worst."""

FILLED = 4
"""Draws filled in question by question; these few cost as much time as all the rest of a step."""

SEED = 1

FIRM = ""
"""Stands for the firm beside the ids of streams, components and questions."""


class Chance(NamedTuple):
    """Standard normal numbers: a column over the draws for each use, and those of the filled."""

    firm: Column
    scores: Mapping[str, Column]
    days: Mapping[str, Column]
    filled: Sequence[Mapping[str, float]]
    """For each filled draw, a number for the firm and every stream, component and question."""


def chance(questionnaire: Questionnaire) -> Chance:
    """Draw the random numbers.

    Every column holds the same evenly spread quantiles in an order of its own (McKay,
    Beckman and Conover 1979): means and shares come out with less noise than from free draws.
    """
    random = Random(SEED)  # noqa: S311  a simulation, not a secret

    def column(count: int) -> list[float]:
        numbers = [NormalDist().inv_cdf((place + 0.5) / count) for place in range(count)]
        random.shuffle(numbers)
        return numbers

    streams = [stream.id for stream in questionnaire.streams]
    everything = [FIRM, *streams, *questionnaire.components, *questionnaire.questions]
    filled = {name: column(FILLED) for name in everything}
    return Chance(
        firm=column(DRAWS),
        scores={name: column(DRAWS) for name in streams},
        days={name: column(DRAWS) for name in streams},
        filled=[
            {name: numbers[draw] for name, numbers in filled.items()} for draw in range(FILLED)
        ],
    )


def ends(beliefs: Sequence[Belief], count: int) -> list[int]:
    """Return where in so many draws the share of each belief ends."""
    found, so_far = [], 0.0
    for belief in beliefs:
        so_far += belief.chance
        found.append(min(count, round(so_far * count)))
    return [*found[:-1], count]
