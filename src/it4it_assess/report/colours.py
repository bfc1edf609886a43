"""One colour of a firm's own made readable on light and on dark pages.

Contrast is that of WCAG 2.2, success criterion 1.4.3: (L1 + 0.05) / (L2 + 0.05) of relative
luminances, from 1 to 21; text needs 4.5.
"""

from __future__ import annotations

from typing import NamedTuple

ENOUGH = 4.6
"""A little over 4.5, so that rounding a colour to whole steps never falls below it."""
LIGHT, LIGHT_CARD, DARK, DARK_CARD = "#ffffff", "#f6f8f8", "#14181a", "#1c2225"
"""The papers of report.css.j2: page and card, by day and by night."""
ON_DARK = "#0d1f1d"
WASH, RANGE, DARK_RANGE = 0.09, 0.35, 0.45
STEPS = 100
LINEAR = 0.04045
"""Below this share sRGB is linear."""

Triple = tuple[float, float, float]


class Accent(NamedTuple):
    """A colour by day and by night, with the tints that go with it."""

    light: str
    light_wash: str
    light_range: str
    dark: str
    dark_wash: str
    dark_range: str


def accents(colour: str) -> Accent:
    """Return a colour, darkened by day and lightened by night as far as reading asks for."""
    light = _readable(colour, "#000000", (LIGHT, LIGHT_CARD))
    dark = _readable(colour, "#ffffff", (DARK, DARK_CARD, ON_DARK))
    return Accent(
        light=light,
        light_wash=_mixed(LIGHT, light, WASH),
        light_range=_mixed(LIGHT, light, RANGE),
        dark=dark,
        dark_wash=_mixed(DARK, dark, WASH),
        dark_range=_mixed(DARK, dark, DARK_RANGE),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, towards: str, papers: tuple[str, ...]) -> str:
    """Move a colour towards black or white until it can be read on each of the papers."""
    return next(
        mixed
        for step in range(STEPS + 1)
        if all(
            contrast(mixed := _mixed(colour, towards, step / STEPS), paper) >= ENOUGH
            for paper in papers
        )
    )


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _parts(colour: str) -> Triple:
    red, green, blue = (float(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= LINEAR else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
