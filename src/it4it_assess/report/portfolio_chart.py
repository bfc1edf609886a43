"""Charts of a portfolio as inline SVG; the table beside each has the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report.charts import LONGEST, ROW
from it4it_assess.report.svg import FULL, Box, Caption, bar, dot, drawing, line, short, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from it4it_assess.model.portfolio import Quantiles


class Lying(NamedTuple):
    """Where the scores of some firms lie: a name, the median as written, and the quantiles."""

    title: str
    figure: str
    quantiles: Quantiles


class Part(NamedTuple):
    """A share of the firms, 0 to 1, with its name and as written."""

    title: str
    figure: str
    share: float


def boxes(name: str, title: str, rows: Sequence[Lying], scale: tuple[float, float]) -> Markup:
    """Draw the middle half of the scores as a bar, the middle eight tenths as a line."""
    lowest, highest = scale
    bottom = len(rows) * ROW

    def x(value: float) -> float:
        return 1 + (value - lowest) / (highest - lowest) * (FULL - 2)

    shapes = [
        text(f"tick {where}", at, bottom + 14, f"{value:g}")
        for where, at, value in (("start", 0, lowest), ("end", FULL, highest))
    ]
    for place, row in enumerate(rows):
        y, lies = place * ROW, row.quantiles
        shapes += [
            text("label", 0, y + 16, short(row.title, LONGEST)),
            text("figure end", FULL, y + 16, row.figure),
            bar("track", Box(1, y + 31, FULL - 2, 4)),
        ]
        if lies.p10 is not None and lies.p90 is not None:
            shapes.append(line("leans", (x(lies.p10), y + 33), (x(lies.p90), y + 33)))
        if lies.p25 is not None and lies.p75 is not None:
            wide = max(0.5, x(lies.p75) - x(lies.p25))
            shapes.append(bar("range", Box(x(lies.p25), y + 27, wide, 12)))
        if lies.p50 is not None:
            shapes.append(dot("dot", x(lies.p50), y + 33, 6))
    described = "; ".join(f"{row.title}: {row.figure}" for row in rows)
    return drawing(Caption(name, title, described), bottom + 20, shapes)


def parts(name: str, title: str, rows: Sequence[Part]) -> Markup:
    """Draw each share as a bar."""
    shapes = []
    for place, row in enumerate(rows):
        y = place * ROW
        shapes += [
            text("label", 0, y + 16, short(row.title, LONGEST)),
            text("figure end", FULL, y + 16, row.figure),
            bar("track", Box(0, y + 25, FULL, 14)),
            bar("used", Box(0, y + 25, max(0.3, row.share * FULL), 14)),
        ]
    described = "; ".join(f"{row.title}: {row.figure}" for row in rows)
    return drawing(Caption(name, title, described), len(rows) * ROW, shapes)
