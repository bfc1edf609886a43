"""One score over several dates as a small inline SVG; the table beside it has the figures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from it4it_assess.report.trend import TrendLine

WIDTH, HEIGHT = 260, 150
LEFT, RIGHT, TOP, BOTTOM = 20, 4, 22, 24
INSET = 18
"""Room for a figure before the first date and behind the last."""


def draw_trend(line: TrendLine, lowest: float, highest: float) -> Markup:
    """Draw a score's way over the dates, with its range as a band and its target dashed."""

    def x(place: float) -> float:
        return LEFT + INSET + place * (WIDTH - LEFT - RIGHT - 2 * INSET)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - lowest) / (highest - lowest) * (HEIGHT - TOP - BOTTOM)

    places = [x(place) for place in line.at]
    shapes = [
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" '
        f'y2="{y(tick):.1f}"/><text class="tick" x="{LEFT - 10}" y="{y(tick) + 4:.1f}">'
        f"{tick:g}</text>"
        for tick in (lowest, highest)
    ]
    shapes += [
        f'<line class="range" x1="{place:.1f}" x2="{place:.1f}" y1="{y(low):.1f}" '
        f'y2="{y(high):.1f}"/>'
        for place, low, high in zip(places, line.lows, line.highs, strict=True)
        if low is not None and high is not None and low < high
    ]
    shapes += _joined("aim", places, [None if aim is None else y(aim) for aim in line.targets])
    heights = [None if score is None else y(score) for score in line.scores]
    shapes += _joined("way", places, heights)
    for place, height, figure in zip(places, heights, line.figures, strict=True):
        if height is not None:
            shapes.append(
                f'<circle class="dot" cx="{place:.1f}" cy="{height:.1f}" r="4"/>'
                f'<text class="tick figure" x="{place:.1f}" y="{height - 9:.1f}">{figure}</text>'
            )
    for place, text, anchor in ((LEFT, line.ticks[0], "start"), (WIDTH, line.ticks[1], "end")):
        shapes.append(
            f'<text class="tick {anchor}" x="{place}" y="{HEIGHT - 6}">{escape(text)}</text>'
        )
    described = "; ".join(
        f"{date} {figure}" for date, figure in zip(line.dates, line.figures, strict=True)
    )
    return Markup(  # noqa: S704  every text inside went through escape
        f'<svg class="chart trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="trend-{line.id}-title trend-{line.id}-desc">'
        f'<title id="trend-{line.id}-title">{escape(line.title)} over time</title>'
        f'<desc id="trend-{line.id}-desc">{escape(described)}</desc>{"".join(shapes)}</svg>'
    )


def _joined(kind: str, at: Sequence[float], heights: Sequence[float | None]) -> Iterator[str]:
    """Join neighbouring points by lines; where a date has no figure the line is broken."""
    points = list(zip(at, heights, strict=True))
    for (start, high), (end, low) in pairwise(points):
        if high is not None and low is not None:
            yield (
                f'<line class="{kind}" x1="{start:.1f}" y1="{high:.1f}" x2="{end:.1f}" '
                f'y2="{low:.1f}"/>'
            )
