from __future__ import annotations

from random import Random

import pytest

from it4it_assess.engine.deck import Deck
from it4it_assess.engine.robustness import weight_columns


@pytest.mark.parametrize("sizes", [[1, 1, 1], [3], [1, 2]])
def test_a_deck_holds_what_one_generator_draws_in_turn(sizes: list[int]) -> None:
    random = Random(1)  # noqa: S311  a simulation, not a secret
    groups, start = [], 0
    for size in sizes:
        groups.append(range(start, start + size))
        start += size
    weights = weight_columns(3, groups, 10, random)
    columns = [[random.random() for _ in range(10)] for _ in range(3)]
    deck = Deck(sizes, 10, 1)
    assert deck.weights == weights
    for _ in "again":  # what was drawn is kept
        drawn = [list(one.even) for one, _ in zip(deck.columns(), "abc", strict=False)]
        assert drawn == columns


def test_a_draw_picks_a_place_as_far_along_as_it_lies() -> None:
    draws = next(Deck([1], 100, 1).columns())
    assert list(draws.picks(3)) == [int(drawn * 3) for drawn in draws.even]
    assert set(draws.picks(3)) == {0, 1, 2}
