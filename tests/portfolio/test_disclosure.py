"""Nothing that is told of a group tells of a firm in it: the rules, and what a reader can do."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW
from it4it_assess.portfolio.disclosure import bins, fold, is_shielded, is_told, protect

K = 5
COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 30))


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert fold({"food": 3, "retail": 9, "care": 20}, K) == (("care",), ("food", "retail"))


def test_two_small_groups_that_make_up_too_few_take_a_third() -> None:
    assert fold({"a": 1, "b": 2, "c": 6, "d": 7}, K) == (("d",), ("a", "b", "c"))


def test_two_small_groups_that_make_up_enough_are_alone_together() -> None:
    assert fold({"a": 3, "b": 4, "c": 6}, K) == (("c",), ("a", "b"))


def test_of_too_many_groups_the_largest_are_shown() -> None:
    assert fold({"a": 6, "b": 7, "c": 8, "d": 9}, K, most=2) == (("c", "d"), ("a", "b"))


@LAW
@given(COUNTS, st.integers(3, 8))
def test_folded_groups_are_all_large_enough(counts: dict[str, int], k: int) -> None:
    folded = fold(counts, k)
    assert sorted(folded.shown + folded.together) == sorted(n for n in counts if counts[n])
    assert all(counts[name] >= k for name in folded.shown)
    if folded.together and folded.shown:
        assert len(folded.together) > 1
        assert sum(counts[name] for name in folded.together) >= k


def test_a_small_cell_takes_three_others_with_it_to_hide() -> None:
    # Of the ways round from the 2, the cheapest is over 8, 7 and 9.
    grid = [[2, 8, 30], [7, 9, 30], [30, 30, 30]]
    assert protect(grid, K) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert protect([[5, 0, 9], [8, 7, 6]], K) == frozenset()


def test_where_nothing_can_hide_a_cell_nothing_is_shown() -> None:
    assert len(protect([[2, 10], [10, 0]], K)) == 4


def fills(grid: list[list[int]], hidden: frozenset[tuple[int, int]]) -> list[list[list[int]]]:
    """Return every table with these totals and these cells shown: all a reader can think of."""
    found = []
    cells = sorted(hidden)
    rows = [sum(row) for row in grid]
    columns = [sum(column) for column in zip(*grid, strict=True)]
    reach = [range(min(rows[row], columns[column]) + 1) for row, column in cells]
    for values in product(*reach):
        made = [list(row) for row in grid]
        for (row, column), value in zip(cells, values, strict=True):
            made[row][column] = value
        if [sum(row) for row in made] == rows and [
            sum(column) for column in zip(*made, strict=True)
        ] == columns:
            found.append(made)
    return found


@LAW
@given(
    st.integers(2, 3).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=2, max_size=2
        )
    )
)
def test_no_hidden_cell_can_be_worked_out_from_the_totals(grid: list[list[int]]) -> None:
    k = 3
    hidden = protect(grid, k)
    shown = [
        grid[row][column]
        for row in range(len(grid))
        for column in range(len(grid[0]))
        if (row, column) not in hidden
    ]
    assert all(cell == 0 or cell >= k for cell in shown)
    if len(hidden) == len(grid) * len(grid[0]):
        return  # nothing but the totals is told
    possible = fills(grid, hidden)
    for row, column in hidden:
        assert len({made[row][column] for made in possible}) > 1


@LAW
@given(
    st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=2, max_size=6),
    st.integers(3, 8),
)
def test_every_line_that_hides_anything_hides_two_cells_and_k_firms(
    grid: list[list[int]], k: int
) -> None:
    hidden = protect(grid, k)
    if len(hidden) == len(grid) * len(grid[0]):
        return
    for side, length in ((0, len(grid)), (1, len(grid[0]))):
        for place in range(length):
            line = [grid[cell[0]][cell[1]] for cell in hidden if cell[side] == place]
            assert not line or (len(line) > 1 and sum(line) >= k)


def test_neighbouring_levels_join_until_they_are_enough() -> None:
    # 1 + 2 + 30, then 4 + 0 + 9, and the last 1 goes with those before it.
    assert list(bins([1, 2, 30, 4, 0, 9, 1], K)) == [(0, 2, 33), (3, 6, 14)]
    assert list(bins([1, 2, 1], K)) == []


@LAW
@given(st.lists(st.integers(0, 30), min_size=1, max_size=7), st.integers(3, 8))
def test_joined_levels_lose_nobody_and_are_large_enough(counts: list[int], k: int) -> None:
    lots = list(bins(counts, k))
    if sum(counts) < k:
        assert lots == []
        return
    assert sum(firms for _, _, firms in lots) == sum(counts)
    assert all(firms >= k for _, _, firms in lots)
    assert [low for low, _, _ in lots] == [0, *(high + 1 for _, high, _ in lots[:-1])]
    assert lots[-1][1] == len(counts) - 1


@pytest.mark.parametrize(
    ("share", "firms", "told"),
    [
        (0.5, 9, False),
        (0.5, 10, True),
        (0.25, 19, False),
        (0.75, 20, True),
        (0.1, 49, False),
        (0.1, 50, True),
        (0.9, 50, True),
    ],
)
def test_a_quantile_needs_k_firms_on_either_side(share: float, firms: int, told: bool) -> None:  # noqa: FBT001
    assert is_shielded(share, firms, K) is told


def test_a_part_is_told_where_neither_it_nor_the_rest_is_small() -> None:
    assert [is_told(part, 12, K) for part in (0, 1, 5, 7, 8, 12)] == [
        True, False, True, True, False, True,
    ]  # fmt: skip
    assert not is_told(0, 4, K)
