"""YAML by a faster parser, where it is installed and nothing in a text is doubtful.

yaml-rs (the extra `fast`) gives no places and reads some things otherwise than we do: 012 and
0x1f as numbers, `? ` and anchors, block texts. A text with anything of the kind in it, even
inside a note, is not read here but strictly, and so is every text in which a problem is found
afterwards. Tests hold both readers together.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

parse: Callable[..., Any] | None = None
"""The faster parser; None where the extra is not installed."""

with contextlib.suppress(ImportError):
    import yaml_rs

    parse = yaml_rs.loads

LONGEST = 64_000
"""Characters read here at most, so that there are never too many values either."""

MOST_BRACKETS = 4
"""Brackets of a kind in one line; with few, and little indentation, nothing is nested deep."""

_DOUBTFUL = (
    "\n" + " " * 12,
    *"&*!|>%@`\\\t",
    *("---", "\n...", "<<", "- -", "-\n", " ?", "\n?", "[?", "{?", ",?", "-?", ":?"),
    *("{:", "[:", ",:", "-:", " :", "\n:", ":,", ":}", ":]", ":[", ":{", ":-", "::"),
)
_DOUBTFUL_NUMBERS = [
    re.compile(pattern)
    for pattern in (
        r"0(?<![0-9A-Za-z.+-]0)[0-9A-Za-z_]",  # 012, 0x1f
        r"0(?<=[+-]0)(?<![0-9A-Za-z][+-]0)[0-9A-Za-z_]",  # -012, but not 2026-01
        r"_(?<=[0-9]_)",  # 1_000
        r"\.(?<![0-9A-Za-z]\.)",  # .5, .inf
        r"\.(?<=[0-9]\.)(?![0-9])",  # 5.
    )
]
"""Each begins with the one character it is about, which `re` skips to quickly."""

_ANY_DIGIT = str.maketrans("123456789", "000000000")
_MANY_DIGITS = "0" * 13
"""In numbers so long that they stay text there are at least so many digits on end."""


def quick_yaml(text: str) -> Any:
    """Return the values in a text; None where it should be read strictly."""
    if parse is None or is_doubtful(text):
        return None
    try:
        return parse(text, parse_datetime=False)
    except (ValueError, TypeError):  # the strict reader says what is wrong, and where
        return None


def is_doubtful(text: str) -> bool:
    """Say whether another reader might take something in a text otherwise than we do."""
    return (
        not text.isascii()
        or len(text) > LONGEST
        or text[:1] in {"?", ".", ":"}
        or any(mark in text for mark in _DOUBTFUL)
        or any(number.search(text) for number in _DOUBTFUL_NUMBERS)
        or _MANY_DIGITS in text.translate(_ANY_DIGIT)
        or not all(_is_plain(line) for line in text.split("\n"))
    )


def _is_plain(line: str) -> bool:
    """Say whether a line closes the few brackets it opens."""
    return (
        line.count("{") == line.count("}") <= MOST_BRACKETS
        and line.count("[") == line.count("]") <= MOST_BRACKETS
    )
