"""What an explanation is: a number, the words for it, and the parts it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterator


class Explanation(Model):
    """One number in words, with the numbers it rests on below it."""

    id: str
    text: str
    value: float | None = None
    parts: tuple[Explanation, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Yield depth and text, top down."""
        yield depth, self.text
        for part in self.parts:
            yield from part.lines(depth + 1)
