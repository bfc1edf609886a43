"""Weighted sums over answers, exact and many at a time.

An answer adds the same few numbers to every score it is part of: its component's, a lens's,
a stage's. A float is a whole number of some small power of two, so the numbers are counted in
that unit here: whole numbers add up exactly in any order, and the division at the end rounds
them once, which is what `math.fsum` does.

The numbers of one answer stand side by side in one long whole number, as in the columns of an
abacus, so a single addition adds them all:

    low | high | mean | applying | known | ... known, low and high at each level or above ...

The first three are weighted sums in scale units, the others weights. All that depends on the
questionnaire alone is worked out once and kept with it.
"""

from __future__ import annotations

from math import fsum
from operator import mul
from typing import TYPE_CHECKING, NamedTuple, Protocol

from it4it_assess.engine.levels import achievement_rating, level_from_ratings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from it4it_assess.model.assessment import State
    from it4it_assess.model.questionnaire import Questionnaire

SUMS = 3
"""The columns of sums, which may be below nought; those of weights come after them."""

MOST_KEPT = 20_000
"""How many levels reached are kept; a few questions can only come to so many."""


class Stand(Protocol):
    """Where a question stands: a `Reading`, or as much of one as a score needs."""

    @property
    def state(self) -> State: ...  # noqa: D102  as in Reading
    @property
    def level(self) -> float | None: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102


class Cell(NamedTuple):
    """A part of a score: mean and bounds in scale units, coverage from 0 to 1, its weight.

    The levels count the values of the scale from 0. `mean` and `level` are None where
    nothing is known.
    """

    mean: float | None
    low: float
    high: float
    coverage: float
    weight: float
    level: int | None
    level_low: int
    level_high: int


class Tally:
    """The columns of one questionnaire, and what each answer or part adds to them."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        numbers = list(_numbers(questionnaire))
        self.values = questionnaire.values
        self.unit = max(number.as_integer_ratio()[1] for number in numbers)
        self.width = sum(abs(self.count(number)) for number in numbers).bit_length() + 1
        self.mask = (1 << self.width) - 1
        self._half = 1 << (self.width - 1)
        self._halves = self.columns([self._half] * SUMS)
        by_weight: dict[float, _AnswerRows] = {}
        self._answers = {
            question.id: by_weight.setdefault(question.weight, _AnswerRows(self, question.weight))
            for question in questionnaire.questions.values()
        }
        self._parts = _PartRows(self)
        self._levels = (len(self.values) - 1) * self.width
        self._level_mask = (1 << self._levels) - 1
        self.reached = _LevelsReached(self)

    def rows(self, stands: Mapping[str, Stand]) -> dict[str, int]:
        """Return what each question adds to the columns, by its id; nought: no part in it."""
        rows = {}
        for name, answers in self._answers.items():
            stand = stands[name]
            applies = stand.state != "not_applicable"
            rows[name] = answers[stand.level, stand.low, stand.high] if applies else 0
        return rows

    def row(self, question: str, level: float) -> int:
        """Return what a question that surely stands at a level adds to the columns."""
        return self._answers[question][level, level, level]

    def cell(self, weight: float, rows: Iterable[int]) -> Cell | None:
        """Add up the rows of questions; None when none of them applies."""
        total = sum(rows)
        if not total:
            return None
        total += self._halves  # so that no column is below nought while it is read
        mask, half, width, unit = self.mask, self._half, self.width, self.unit
        weights = total >> width * SUMS
        applying = (weights & mask) / unit
        known = (weights >> width & mask) / unit
        return Cell(
            ((total >> width * 2 & mask) - half) / unit / known if known else None,
            ((total & mask) - half) / unit / applying,
            ((total >> width & mask) - half) / unit / applying,
            known / applying,
            weight,
            *self._reached(weights),
        )

    def combine(self, weight: float, cells: Iterable[Cell | None]) -> Cell | None:
        """Combine cells into one of the given weight; None when nothing applies.

        Mean, bounds and coverage are monotone in those of each part, so the parts' lows and
        highs give exact bounds.
        """
        parts = [cell for cell in cells if cell is not None]
        if not parts:
            return None
        rows = self._parts
        weighed = sum([rows[part[4:]] for part in parts])  # by weight and levels
        applying = (weighed & self.mask) / self.unit
        known = (weighed >> self.width & self.mask) / self.unit
        means = [part.mean * part.weight for part in parts if part.mean is not None]
        _, lows, highs, coverages, weights, *_ = zip(*parts, strict=True)
        return Cell(
            fsum(means) / known if means else None,
            fsum(map(mul, lows, weights)) / applying,
            fsum(map(mul, highs, weights)) / applying,
            fsum(map(mul, coverages, weights)) / applying,
            weight,
            *self._reached(weighed),
        )

    def _reached(self, weights: int) -> tuple[int | None, int, int]:
        """Return the level reached by what is known, by the lows and by the highs."""
        applying, known = weights & self.mask, weights >> self.width & self.mask
        steps, mask, reached = self._levels, self._level_mask, self.reached
        weights >>= 2 * self.width
        return (
            reached[weights & mask, known] if known else None,
            reached[weights >> steps & mask, applying],
            reached[weights >> 2 * steps, applying],
        )

    def count(self, number: float) -> int:
        """Return a number as so many units."""
        above, below = number.as_integer_ratio()
        return above * (self.unit // below)

    def columns(self, numbers: Iterable[int]) -> int:
        """Put numbers side by side, the first at the low end."""
        return sum(number << self.width * place for place, number in enumerate(numbers))

    def weights(self, weight: float, level: int | None, low: int, high: int) -> list[int]:
        """Return the columns of weights of something that stands at these levels."""
        units = self.count(weight)
        at_least = [
            units if place is not None and place >= step else 0
            for place in (level, low, high)
            for step in range(1, len(self.values))
        ]
        return [units, 0 if level is None else units, *at_least]


class _AnswerRows(dict[tuple[float | None, float, float], int]):
    """What a question of one weight adds to all columns, by its level, low and high."""

    def __init__(self, tally: Tally, weight: float) -> None:
        super().__init__()
        self._tally, self._weight = tally, weight

    def __missing__(self, stand: tuple[float | None, float, float]) -> int:
        tally, (level, low, high) = self._tally, stand
        sums = [tally.count(value * self._weight) for value in (low, high, level or 0.0)]
        place = tally.values.index
        at = None if level is None else place(level)
        weights = tally.weights(self._weight, at, place(low), place(high))
        row = self[stand] = tally.columns([*sums, *weights])
        return row


class _PartRows(dict[tuple[float, int | None, int, int], int]):
    """What a cell adds to the columns of weights, by its weight and levels."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally

    def __missing__(self, stand: tuple[float, int | None, int, int]) -> int:
        row = self[stand] = self._tally.columns(self._tally.weights(*stand))
        return row


class _LevelsReached(dict[tuple[int, int], int]):
    """Levels by the weight at each level or above and the whole; the same come up again."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally

    def __missing__(self, weighed: tuple[int, int]) -> int:
        if len(self) >= MOST_KEPT:
            self.clear()
        tally, (columns, whole) = self._tally, weighed
        shares = (
            (columns >> tally.width * place & tally.mask) / tally.unit / (whole / tally.unit)
            for place in range(len(tally.values) - 1)
        )
        self[weighed] = level = level_from_ratings(map(achievement_rating, shares))
        return level


def _numbers(questionnaire: Questionnaire) -> Iterator[float]:
    """Yield every number that any sum may be made of, as often as one sum may hold it."""
    for question in questionnaire.questions.values():
        yield question.weight
        yield from (question.weight * value for value in questionnaire.values)
    for stream in questionnaire.streams:
        yield stream.weight
        yield from (part.weight for part in stream.components)
    for view in questionnaire.views:
        for group in view.groups:
            yield from (1.0 for _ in group.stages)
            yield from (questionnaire.components[name].weight for name in group.components)
