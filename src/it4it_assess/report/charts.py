"""Charts made from the data as inline SVG, each beside a table with the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.gantt import gantt
from it4it_assess.report.svg import FULL, HUES, Box, Caption, bar, dot, drawing, line, short, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from it4it_assess.report.first_screen import Trials
    from it4it_assess.report.plan import Person
    from it4it_assess.report.rows import Row
    from it4it_assess.report.why import Bar, Part

__all__ = ["contributions", "gantt", "influence", "ranges", "trials"]

ROW = 50
LONGEST = 30
WIDE, NARROW, LETTER = 560, 270, 7.5
"""Pixels a chart has at least, on a screen and on a phone, and a letter of its labels at most."""
ACROSS, GAP = 20, 5
MOST = 5.0
"""Influence and support are rated from 0 to this."""


def trials(places: Sequence[Trials]) -> Markup:
    """Draw a hundred dots, full where the pick comes first and hollow where another does."""
    won = places[0].trials if places else 0
    down = -(-100 // ACROSS)
    step = FULL / ACROSS
    shapes = [
        dot(
            "won" if place < won else "lost",
            (place % ACROSS + 0.5) * step,
            8 + place // ACROSS * 16,
            4.5,
        )
        for place in range(100)
    ]
    described = "; ".join(f"{one.title} first in {one.trials} of 100" for one in places)
    caption = Caption("trials", "First places of a hundred trials", described)
    return drawing(caption, down * 16, shapes)


def contributions(bars: Sequence[Bar]) -> Markup:
    """Draw each stream's value, out of 1, as a bar of its criteria's parts."""
    shapes = []
    for place, one in enumerate(bars):
        y, x = place * ROW, 0.0
        title = short(f"{one.rank}. {one.title}", LONGEST)
        shapes.append(text("label gated" if one.gates else "label", 0, y + 16, title))
        shapes.append(text("figure end", FULL, y + 16, one.value))
        shapes.append(bar("track", Box(0, y + 24, FULL, 18)))
        for hue, part in enumerate(one.parts):
            width = max(0.0, part.share * FULL)
            if width > 0:
                kind, says = f"part hue-{hue % HUES + 1}", f"{part.title} {part.value}"
                named = f"rank.{one.id}.{part.criterion}"
                shapes.append(bar(kind, Box(x, y + 24, width, 18), says=says, named=named))
                shapes += _labels(part, x, y + 38)
            x += width
    described = "; ".join(f"{one.title} {one.value}" for one in bars)
    title = "What each criterion adds to each stream, out of 1"
    return drawing(Caption("contributions", title, described), len(bars) * ROW, shapes)


def _labels(part: Part, x: float, y: float) -> list[str]:
    """Write as much into a part of a bar as fits: its name, its figure, or nothing."""
    named = f"{part.title} {part.value}"
    labels = []
    for room, where in ((WIDE, "wide-only"), (NARROW, "narrow-only")):
        fits = (room * part.share - 12) / LETTER
        says = next((one for one in (named, part.value) if len(one) <= fits), None)
        if says is not None:
            labels.append(text(f"on {where}", x, y, says, away=5))
    return labels


def ranges(name: str, title: str, rows: Sequence[Row], scale: Sequence[float]) -> Markup:
    """Draw each score as a dot on its range, with the level held and the target.

    A ring shows where the plan ends, where there is one.
    """
    lowest, highest = scale[0], scale[-1]
    bottom = len(rows) * ROW

    def x(value: float) -> float:
        return 1 + (value - lowest) / (highest - lowest) * (FULL - 2)

    shapes = []
    for value in scale:
        shapes.append(text("tick", x(value), bottom + 14, f"{value:g}"))
        shapes += [
            line("grid", (x(value), place * ROW + 24), (x(value), place * ROW + 42))
            for place in range(len(rows))
        ]
    for place, row in enumerate(rows):
        shapes += _range(row, place * ROW, scale, x)
    described = "; ".join(
        f"{row.title} {row.score}, range {row.range}, level {row.level}, target {row.target}"
        for row in rows
    )
    return drawing(Caption(name, title, described), bottom + 20, shapes)


def _range(row: Row, y: int, scale: Sequence[float], x: Callable[[float], float]) -> list[str]:
    shapes = [
        text("label", 0, y + 16, short(row.title, LONGEST)),
        text("figure end", FULL, y + 16, row.score),
        bar("track", Box(1, y + 31, FULL - 2, 4)),
    ]
    if row.low is None or row.high is None:
        return shapes
    wide = max(0.5, x(row.high) - x(row.low))
    says = f"{row.score}, range {row.range}"
    shapes.append(bar("range", Box(x(row.low), y + 27, wide, 12), says=says, named=row.id))
    if row.reached is not None:
        level = scale[row.reached]
        shapes.append(bar("held", Box(x(scale[0]), y + 31.5, x(level) - x(scale[0]), 3)))
    if row.aim is not None:
        shapes.append(line("target", (x(row.aim), y + 23), (x(row.aim), y + 43)))
    if row.after is not None:
        shapes.append(dot("after", x(row.after), y + 33, 5))
    if row.at is not None:
        shapes.append(dot("dot", x(row.at), y + 33, 6))
    return shapes


def influence(people: Sequence[Person]) -> Markup:
    """Draw the people as numbers, further right the more they support, higher the more they sway.

    The numbers are those of the table beside it; who cannot be placed is only there.
    """
    height, edge = 260, 22
    half = height / 2
    shapes = [
        bar("quarter first", Box(0, 0, 50, half)),
        bar("quarter", Box(50, 0, 50, half)),
        bar("quarter", Box(0, half, 50, half)),
        bar("quarter", Box(50, half, 50, half)),
        text("corner", 0, 16, "Talk to them first", away=8),
        text("corner end", FULL, 16, "Let them open the work", away=-8),
        text("corner", 0, height - 8, "Keep them told", away=8),
        text("corner end", FULL, height - 8, "Let them try it early", away=-8),
    ]
    taken: dict[tuple[float, float], int] = {}
    for number, person in enumerate(people, start=1):
        if person.strength is None or person.favour is None:
            continue
        at = (person.favour, person.strength)
        aside = taken.get(at, 0)
        taken[at] = aside + 1
        x = 5 + person.favour / MOST * 86 + 3 * aside
        y = edge + 14 + (1 - person.strength / MOST) * (height - 2 * edge - 28)
        shapes += [dot("dot", x, y, 11), text("number", x, y + 4.5, str(number))]
    described = "; ".join(
        f"{number}, {one.name}: influence {one.influence}, support {one.support}"
        for number, one in enumerate(people, start=1)
    )
    title = "People by influence, upwards, and support, to the right"
    return drawing(Caption("influence", title, described), height, shapes)
