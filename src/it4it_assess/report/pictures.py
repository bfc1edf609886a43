"""Charts as small pictures for documents: shapes only, the words and figures stand beside them.

A picture without letters needs no font, so it is the same on every machine, and a title in
any script stays text that can be edited. Drawn four times as large and made smaller, so that
edges are smooth.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.report.rows import Row

FINE = 4
WIDTH, HEIGHT = 480, 48
EDGE = 14
DENSITY = 300
PAPER, GRID, BAND, DOT, MARK = "#FFFFFF", "#D4DAE2", "#A9C1DD", "#1F3A5F", "#B4530A"
PALETTE = ("#1F5A94", "#C65D07", "#2F7D4F", "#7A4FA3", "#B0315E", "#5B6770")
"""Colours that differ in lightness too, each 3 to 1 or more against white."""


class Canvas:
    """A drawing in units of a finished pixel."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.size = (width, height)
        self._image = Image.new("RGB", (width * FINE, height * FINE), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a filled rectangle from its top left corner."""
        if width > 0:
            corners = (x, y, x + width, y + height)
            scaled = [round(one * FINE) for one in corners]
            self._draw.rectangle((*scaled[:2], scaled[2] - 1, scaled[3] - 1), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a filled circle about its middle."""
        corners = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse([round(one * FINE) for one in corners], fill=colour)

    def png(self) -> bytes:
        """Return the drawing as PNG."""
        data = io.BytesIO()
        small = self._image.resize(self.size, Image.Resampling.LANCZOS)
        small.save(data, "PNG", dpi=(DENSITY, DENSITY))
        return data.getvalue()


def score_picture(row: Row, lowest: float, highest: float) -> bytes:
    """Draw a score as a dot on its range, with its target as a mark, along the scale."""
    canvas = Canvas()
    middle, room = HEIGHT / 2, WIDTH - 2 * EDGE

    def x(value: float) -> float:
        return EDGE + (value - lowest) / (highest - lowest) * room

    canvas.bar(EDGE, middle - 1, room, 2, GRID)
    for step in range(6):
        canvas.bar(EDGE + step / 5 * room - 1, middle - 8, 2, 16, GRID)
    if row.low is not None and row.high is not None:
        canvas.bar(x(row.low) - 1, middle - 7, x(row.high) - x(row.low) + 2, 14, BAND)
    if row.aim is not None:
        canvas.bar(x(row.aim) - 2, 4, 4, HEIGHT - 8, MARK)
    if row.at is not None:
        canvas.disc(x(row.at), middle, 10, DOT)
    return canvas.png()


def parts_picture(shares: Sequence[float], widest: float) -> bytes:
    """Draw a bar of its parts, in the order of `PALETTE`, on a common scale up to `widest`."""
    canvas = Canvas()
    at = 0.0
    for place, share in enumerate(shares):
        width = share / widest * WIDTH if widest > 0 else 0.0
        canvas.bar(at, 8, width - 1, HEIGHT - 16, PALETTE[place % len(PALETTE)])
        at += width
    return canvas.png()


def swatch(place: int) -> bytes:
    """Draw the colour of a part, for a legend."""
    canvas = Canvas(36, 36)
    canvas.bar(2, 2, 32, 32, PALETTE[place % len(PALETTE)])
    return canvas.png()


def quarter_picture(quarter: int, many: int, begins: float, share: float) -> bytes:
    """Draw when in the plan a piece of work is done: a bar in its quarter.

    `begins` and `share` are shares of the quarter's days, 0 to 1.
    """
    canvas = Canvas()
    column = WIDTH / many
    for line in range(many + 1):
        canvas.bar(min(line * column, WIDTH - 2), 0, 2, HEIGHT, GRID)
    at = (quarter - 1 + min(begins, 1.0)) * column
    canvas.bar(at, 10, max(6.0, min(share, 1.0) * column - 2), HEIGHT - 20, DOT)
    return canvas.png()
