"""What may be told of a group without telling of a firm in it.

k is the smallest group. Small groups are folded together; in a table with totals a small cell
is hidden, and with it as many others as it takes so that no subtraction gives it back; a
quantile is given where at least k firms lie on either side of it. Counts here are of firms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEAST = 3
"""No group smaller than this is ever shown."""
MOST_GROUPS = 40
"""A breakdown shows the largest so many; the others are folded together."""

Cell = tuple[int, int]
Grid = list[list[int]]


class Folded(NamedTuple):
    """The groups that are shown, in order of name, and those that are only shown together."""

    shown: tuple[str, ...]
    together: tuple[str, ...]


def fold(counts: Mapping[str, int], k: int, most: int = MOST_GROUPS) -> Folded:
    """Fold groups below k together, and the next smallest too until they are two and k firms.

    Groups of nobody are left out. So every group shown, and the others together, has k firms
    or more, and none of those folded can be had by subtraction from the total.
    """
    ordered = sorted((n, name) for name, n in counts.items() if n)
    folded = [
        place for place, (n, _) in enumerate(ordered) if n < k or len(ordered) - place > most
    ]
    hidden = len(folded)
    while 0 < hidden < len(ordered) and (hidden == 1 or sum(n for n, _ in ordered[:hidden]) < k):
        hidden += 1
    names = [name for _, name in ordered]
    return Folded(tuple(sorted(names[hidden:])), tuple(sorted(names[:hidden])))


def protect(grid: Sequence[Sequence[int]], k: int) -> frozenset[Cell]:
    """Return the cells to hide in a table whose row and column totals are known.

    All of 1 to k - 1 firms, and more: every row and column that hides something hides two
    cells and k firms, and every hidden cell lies on a round of hidden cells, along which one
    firm more here and one less there leaves all totals as they are. Where that cannot be had,
    every cell is hidden.
    """
    rows, columns = len(grid), len(grid[0]) if grid else 0
    every = frozenset((row, column) for row in range(rows) for column in range(columns))
    filled = {cell for cell in every if grid[cell[0]][cell[1]]}
    hidden = {cell for cell in filled if grid[cell[0]][cell[1]] < k}
    while (at_risk := _at_risk(grid, hidden, k)) is not None:
        more = _cheapest(grid, filled, hidden, at_risk)
        if not more:
            return every
        hidden |= more
    return frozenset(hidden)


def _at_risk(grid: Sequence[Sequence[int]], hidden: set[Cell], k: int) -> Cell | None:
    """Return a hidden cell that could be worked out, or whose row or column hides too little."""
    for cell in sorted(hidden):
        for side in (0, 1):
            line = [one for one in hidden if one[side] == cell[side]]
            if len(line) == 1 or sum(grid[row][column] for row, column in line) < k:
                return cell
        if not _on_a_round(cell, hidden):
            return cell
    return None


def _on_a_round(cell: Cell, hidden: set[Cell]) -> bool:
    """Say whether its row can be reached from its column over other hidden cells."""
    others = hidden - {cell}
    rows, columns = {cell[0]}, set[int]()
    while True:
        found = {column for row, column in others if row in rows} - columns
        columns |= found
        reached = {row for row, column in others if column in columns} - rows
        rows |= reached
        if cell[1] in columns:
            return True
        if not reached:
            return False


def _cheapest(
    grid: Sequence[Sequence[int]], filled: set[Cell], hidden: set[Cell], cell: Cell
) -> set[Cell]:
    """Return what to hide so that a cell lies on a round of four; the fewest firms first."""
    row, column = cell
    best: tuple[int, tuple[Cell, ...]] | None = None
    for other_row in range(len(grid)):
        for other_column in range(len(grid[0])):
            if other_row == row or other_column == column:
                continue
            corners = ((row, other_column), (other_row, column), (other_row, other_column))
            if not filled.issuperset(corners):
                continue
            more = tuple(one for one in corners if one not in hidden)
            cost = sum(grid[one[0]][one[1]] for one in more)
            if more and (best is None or (cost, more) < best):
                best = (cost, more)
    return set() if best is None else set(best[1])


def bins(counts: Sequence[int], k: int) -> Iterator[tuple[int, int, int]]:
    """Join neighbouring levels until each lot has k firms: first level, last level, firms.

    Nothing where all of them together have fewer.
    """
    lots: list[tuple[int, int, int]] = []
    start, held = 0, 0
    for level, count in enumerate(counts):
        held += count
        if held >= k:
            lots.append((start, level, held))
            start, held = level + 1, 0
    if lots and start < len(counts):
        first, _, firms = lots.pop()
        lots.append((first, len(counts) - 1, firms + held))
    yield from lots


def is_shielded(share: float, firms: int, k: int) -> bool:
    """Say whether k firms or more lie on either side of a quantile, 0 to 1, of so many."""
    return min(share, 1 - share) * firms >= k - 1e-9


def is_told(part: int, firms: int, k: int) -> bool:
    """Say whether a part and the rest may be told apart: each is nobody, or k firms or more."""
    return (part in {0, firms} and firms >= k) or min(part, firms - part) >= k
