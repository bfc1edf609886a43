"""The random numbers of the trials, drawn once: every firm is tried with the same ones.

What is drawn hangs on the seed, on how many draws there are and on how many criteria are
tied at each place of the order; neither which criteria they are nor the answers matter. A
batch of firms therefore shares a deck.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from it4it_assess.engine.robustness import place_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Draws:
    """A column of evenly drawn numbers, 0 to 1."""

    def __init__(self, even: Iterable[float]) -> None:
        self.even = array("d", even)
        self._picks: dict[int, array[int]] = {}

    def picks(self, count: int) -> array[int]:
        """Return the same draws as places from 0 to below `count`, each as likely."""
        if count not in self._picks:
            self._picks[count] = array("L", (int(drawn * count) for drawn in self.even))
        return self._picks[count]


class Deck:
    """Weights by place, and after them columns of evenly drawn numbers, 0 to 1, without end."""

    def __init__(self, sizes: Sequence[int], samples: int, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  a simulation, not a secret
        self._samples = samples
        self.weights = place_columns(sizes, samples, self._random)
        self._columns: list[Draws] = []

    def columns(self) -> Iterator[Draws]:
        """Yield the columns of even numbers, from the first, drawing those not yet drawn."""
        place = 0
        while True:
            if place == len(self._columns):
                draw = self._random.random
                self._columns.append(Draws(draw() for _ in range(self._samples)))
            yield self._columns[place]
            place += 1


@lru_cache(maxsize=4)  # at 5,000 draws a deck takes 1 MB, and 80 KB for each open answer
def deck(sizes: tuple[int, ...], samples: int, seed: int) -> Deck:
    """Return the deck of an order with so many tied criteria at each place."""
    return Deck(sizes, samples, seed)
