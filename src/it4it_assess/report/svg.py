"""Shapes of a drawing that keeps its letters' size at any width.

Across, places are per cent of the drawing's width; down, pixels. So one drawing serves a phone
and a wide screen, and no letter shrinks. Every text goes through escape.

Each shape carries the look it has on white paper, for programs that do not lend a page's
stylesheet to its drawings; the stylesheet of a page outweighs it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

FULL = 100.0
HUES = 6
"""Colours of the stylesheet, `hue-1` and so on; a seventh thing has the first again."""
INK, SOFT, LINE, ACCENT, PAPER = "#1b2124", "#566067", "#d5dbdd", "#0b5d57", "#ffffff"
LOOKS = {
    "hue-1": {"fill": "#0b5d57"},
    "hue-2": {"fill": "#2d5fa8"},
    "hue-3": {"fill": "#7a5a00"},
    "hue-4": {"fill": "#6b4a9c"},
    "hue-5": {"fill": "#5b6570"},
    "hue-6": {"fill": "#a3341f"},
    "part": {"stroke": PAPER},
    "track": {"fill": "#e3e8e9"},
    "range": {"fill": "#a9c9c4"},
    "held": {"fill": INK},
    "used": {"fill": ACCENT},
    "dot": {"fill": ACCENT},
    "won": {"fill": ACCENT},
    "lost": {"fill": "none", "stroke": SOFT, "stroke-width": "1.5"},
    "after": {"fill": PAPER, "stroke": ACCENT, "stroke-width": "2.5"},
    "target": {"stroke": "#9a3412", "stroke-width": "3"},
    "grid": {"stroke": LINE},
    "leans": {"stroke": SOFT, "stroke-width": "1.2"},
    "tip": {"fill": SOFT},
    "quarter": {"fill": "#f6f8f8", "stroke": LINE},
    "first": {"fill": "#e9f2f1"},
    "label": {"font-weight": "600"},
    "figure": {"font-weight": "600"},
    "tick": {"fill": SOFT, "font-size": "12", "text-anchor": "middle"},
    "start": {"text-anchor": "start"},
    "end": {"text-anchor": "end"},
    "job": {"font-size": "12.5"},
    "corner": {"fill": SOFT, "font-size": "12.5"},
    "gated": {"fill": SOFT},
    "on": {"fill": PAPER, "font-size": "12.5"},
    "number": {
        "fill": PAPER,
        "font-size": "12.5",
        "font-weight": "600",
        "text-anchor": "middle",
    },
    "narrow-only": {"display": "none"},
}


class Box(NamedTuple):
    """Where a bar stands, and how large it is."""

    x: float
    y: float
    width: float
    height: float


def bar(kind: str, box: Box, *, says: str = "", named: str = "") -> str:
    """Draw a bar; `says` is what a pointer over it reads, `named` what explains it."""
    told = f"<title>{escape(says)}</title>" if says else ""
    marked = f' data-explain="{escape(named)}"' if named else ""
    return (
        f'<rect {_look(kind)} x="{_share(box.x)}" y="{box.y:g}" width="{_share(box.width)}" '
        f'height="{box.height:g}" rx="2"{marked}>{told}</rect>'
    )


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw a straight line between two places."""
    (x1, y1), (x2, y2) = start, end
    return f'<line {_look(kind)} x1="{_share(x1)}" y1="{y1:g}" x2="{_share(x2)}" y2="{y2:g}"/>'


def dot(kind: str, x: float, y: float, radius: float) -> str:
    """Draw a dot about its middle."""
    return f'<circle {_look(kind)} cx="{_share(x)}" cy="{y:g}" r="{radius:g}"/>'


def text(kind: str, x: float, y: float, words: str, *, away: float = 0) -> str:
    """Write words from a place, moved right by so many pixels."""
    moved = f' dx="{away:g}"' if away else ""
    return f'<text {_look(kind)} x="{_share(x)}" y="{y:g}"{moved}>{escape(words)}</text>'


class Caption(NamedTuple):
    """What a drawing is called, and what it shows, for those who do not see it."""

    name: str
    title: str
    description: str


def drawing(caption: Caption, height: float, shapes: Iterable[str], kind: str = "") -> Markup:
    """Return a drawing of shapes, as wide as its place and so many pixels high."""
    name, title, description = caption
    return Markup(  # noqa: S704  every text inside went through escape
        f'<svg class="{f"chart {kind}".strip()}" width="100%" height="{height:g}" role="img" '
        f'font-family="sans-serif" font-size="14" fill="{INK}" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{"".join(shapes)}</svg>'
    )


def short(words: str, longest: int) -> str:
    """Return words cut to a length, with an ellipsis where they were."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


@cache
def _look(kind: str) -> str:
    """Write a shape's classes, and the look they have without a stylesheet."""
    look: dict[str, str] = {}
    for one in kind.split():
        look |= LOOKS.get(one, {})
    return " ".join([f'class="{kind}"', *(f'{key}="{value}"' for key, value in look.items())])


def _share(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
