"""The screen of the interview with keys, as styled lines: no terminal is touched here.

From the top: where we are, how far, the question, its levels, then room for reasons or
scores, and at the bottom what was said and which keys there are.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.card import card, level_of, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.card import Card
    from it4it_assess.collect.sitting import Sitting

    Fragment = tuple[str, str]
    Line = list[Fragment]

MARGIN = 1
NARROWEST = 20
BAR = 16

SHORT = 16
"""Lines below the question under which a blank line is one too many."""

TOO_SMALL = "... a larger window shows the rest; so does --plain"

ROOMY = 4
"""Lines of room from which a panel may begin with a blank one."""

KEY_HELP = (
    ("u", "unsure"),
    ("?", "unknown"),
    ("n", "not applicable"),
    ("s", "skip"),
    ("b", "back"),
    ("z", "undo"),
    ("+", "note"),
    ("e", "evidence"),
    ("a", "who"),
    ("j", "jump"),
    ("w", "why"),
    ("p", "scores"),
    ("h", "help"),
    ("q", "leave"),
)
MOST_NEEDED = (("h", "all keys"), ("q", "leave"))
FIRM_KEYS = {"s", "b", "z", "j", "w", "p", "h", "q"}
"""What goes with what is asked of the firm; the other keys need a question."""


class Face(NamedTuple):
    """What the screen shows beside the question: a panel of lines, and a message below it."""

    name: str = ""
    panel: tuple[str, ...] = ()
    page: int = 0
    message: str = ""


def screen(
    asks: Mapping[str, Ask], sitting: Sitting, face: Face, *, width: int, height: int
) -> list[Line]:
    """Return the lines of the screen, `height` at most, each at most `width` columns."""
    wide = max(NARROWEST, width - 2 * MARGIN)
    laid = card(asks, sitting)
    top: list[Line] = [
        _ends(laid.place, sitting.who or "", width, "class:place"),
        _progress(laid, wide),
        [],
    ]
    top += [[("class:ask", line)] for line in _wrapped(laid.ask.ask, wide)]
    top += [*([[]] if height > len(top) + SHORT else []), *_levels(laid.ask, sitting, wide)]
    said = _below(sitting, face, wide)
    bottom = [*said, *_keys(laid.ask, wide, height - len(top) - len(said))]
    room = height - len(top) - len(bottom)
    if room < 0:
        top = [*top[: room - 1], [("class:message", TOO_SMALL)]]
    gap: list[Line] = [[]] if face.panel and room > ROOMY else []
    panel = [*gap, *_panel(face, wide, room - len(gap))] if room > 0 else []
    filling: list[Line] = [[] for _ in range(max(0, room - len(panel)))]
    return [_in_margin(line) for line in [*top, *panel, *filling, *bottom]][-height:]


def _in_margin(line: Line) -> Line:
    if line and line[0][0] == "class:place":
        return line
    return [("", " " * MARGIN), *line]


def _ends(left: str, right: str, width: int, style: str) -> Line:
    """Put one text at each end of a line."""
    space = width - len(right) - 2 * MARGIN
    text = f"{' ' * MARGIN}{_cut(left, space - 1).ljust(max(0, space))}{right}{' ' * MARGIN}"
    return [(style, text[:width])]


def _progress(laid: Card, wide: int) -> Line:
    full = round(laid.share * BAR)
    bar = "█" * full + "░" * (BAR - full)
    text = (
        f" {laid.share:.0%}, {laid.open} open, about {laid.minutes} min;"
        f" here {laid.number_here} of {laid.total_here}"
        if laid.sure is None
        else f" {laid.share:.0%} sure"
    )
    return [("class:bar", bar), ("class:dim", text[: wide - BAR])]


def _levels(ask: Ask, sitting: Sitting, wide: int) -> Iterator[Line]:
    """Lay the choices out, the one that stands marked by more than its colour."""
    stands = level_of(sitting.now, sitting.who)
    mark = "" if stands is None else f"{stands:g}"
    deepest = max((len(choice.key) for choice in ask.choices), default=0)
    for choice in ask.choices:
        chosen = choice.key == mark
        style = "class:chosen" if chosen else ""
        head = f"{'>' if chosen else ' '} {choice.key.rjust(deepest)}  "
        for place, line in enumerate(_wrapped(choice.means, wide - len(head))):
            key_style = "class:chosen" if chosen else "class:key"
            yield [(key_style, head if not place else " " * len(head)), (style, line)]
    if ask.hint:
        yield from ([("class:dim", line)] for line in _wrapped(ask.hint, wide))


def _panel(face: Face, wide: int, room: int) -> list[Line]:
    """Return the page of the panel that is turned to; behind the last page there is none."""
    lines = [line for one in face.panel for line in _wrapped(one, wide)]
    if len(lines) <= room:
        return _as_panel(lines) if face.page % 2 == 0 else []
    size = max(1, room - 1)
    count = -(-len(lines) // size)
    page = face.page % (count + 1)
    more = [f"... {face.name}: more"] if page < count - 1 else []
    return _as_panel([*lines[page * size : (page + 1) * size], *more])


def _as_panel(lines: Iterable[str]) -> list[Line]:
    return [[("class:panel", line)] for line in lines]


def _below(sitting: Sitting, face: Face, wide: int) -> list[Line]:
    """Return what was said, or a message in its place, and the remark above it."""
    remark = _wrapped(sitting.remark, wide) if sitting.remark else []
    if face.message:
        said = [[("class:message", line)] for line in _wrapped(face.message, wide)]
    else:
        said = [[("class:dim", _cut(f"Now: {told(sitting.now, sitting.who)}", wide))]]
    return [*([("class:remark", line)] for line in remark), *said]


def _keys(ask: Ask, wide: int, room: int) -> list[Line]:
    """Return the keys that can be pressed; the most needed alone where there is no room."""
    scale = ask.choices[:1] + ask.choices[-1:]
    answer = ("-".join(choice.key for choice in scale), "answer")
    first = answer if ask.at_once else ("type", "and Enter")
    fit = [pair for pair in KEY_HELP if ask.is_question or pair[0] in FIRM_KEYS]
    lines = _key_lines([first, *fit], wide)
    return lines if len(lines) <= room else _key_lines([first, *MOST_NEEDED], wide)[:1]


def _key_lines(helps: Iterable[tuple[str, str]], wide: int) -> list[Line]:
    lines: list[Line] = [[]]
    used = 0
    for key, word in helps:
        size = len(key) + len(word) + 3
        if used + size > wide and lines[-1]:
            lines.append([])
            used = 0
        lines[-1] += [("class:key", key), ("class:dim", f" {word}  ")]
        used += size
    return lines


def _cut(text: str, wide: int) -> str:
    return text if len(text) <= wide else f"{text[: max(0, wide - 3)]}..."


def _wrapped(text: str, wide: int) -> list[str]:
    return textwrap.wrap(text, max(1, wide), break_on_hyphens=False) or [""]
