"""A returned workbook: its cells as people filled them, and all that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.collect.cells import as_text, clean
from it4it_assess.errors import SHOWN_PROBLEMS, AssessError
from it4it_assess.files.workbook import cell_name

if TYPE_CHECKING:
    from it4it_assess.files.workbook import Grid


class ReturnedBook:
    """A returned workbook, and what was found wrong with it so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.wrong: list[str] = []

    def complain(self, grid: Grid, row: int, column: int, cause: str) -> None:
        """Note what is wrong with a cell."""
        place = cell_name(row, column)
        self.wrong.append(f"{self.source}, sheet {grid.name}, cell {place}: {cause}")

    def own(self, grid: Grid, row: int, column: int) -> Any:
        """Return what somebody put into a cell; a formula or a failed one is nothing."""
        if (row, column) in grid.formulas:
            self.complain(grid, row, column, "this is a formula; type the answer itself")
        elif (row, column) in grid.failed:
            self.complain(grid, row, column, "this shows an error; type the answer itself")
        else:
            return grid.value(row, column)
        return ""

    def text(self, grid: Grid, row: int, column: int) -> str:
        """Return the text in a cell, trimmed and without control characters."""
        return clean(as_text(self.own(grid, row, column)))

    def settle(self) -> None:
        """Raise AssessError with all that is wrong, if anything is."""
        if self.wrong:
            shown = self.wrong[:SHOWN_PROBLEMS]
            left = len(self.wrong) - len(shown)
            raise AssessError("\n".join([*shown, *([f"... and {left} more"] if left else [])]))
