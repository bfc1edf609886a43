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

_DOUBTFUL = (*"&*!|<>%@`\\\t", "\n" + " " * 12)
"""What may be a mark of YAML's, and indentation as deep as only many levels need."""

_DOUBTFUL_PLACES = [
    re.compile(pattern)
    for pattern in (
        r"0(?<![0-9A-Za-z.+-]0)[0-9A-Za-z_]",  # 012, 0x1f
        r"0(?<=[+-]0)(?<![0-9A-Za-z][+-]0)[0-9A-Za-z_]",  # -012, but not 2026-01
        r"_(?<=[0-9]_)",  # 1_000
        r"_(?=[0-9_])",  # _2, 1e_3, which are words to us and numbers there
        r"\.(?<![0-9A-Za-z]\.)",  # .5, .inf, ...
        r"\.(?<=[0-9]\.)(?![0-9])",  # 5.
        r"\?(?<![0-9A-Za-z)'\"]\?)",  # ? key
        r"-(?=-|\n| -|\?|:)",  # ---, - -
        r":(?<=[ \n,\[{:]:)",  # {:a
        r":(?=[,}\]\[{:?-])",  # {a:, b}
    )
]
"""Each begins with the one character it is about, which `re` skips to quickly."""

_NO_BRACKETS = bytes(byte for byte in range(128) if byte not in b"{}[]\n")
MOST_IN_EACH_OTHER = 4
"""Rounds of striking out pairs of brackets; what is left then is nested or goes on below."""

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
        or any(place.search(text) for place in _DOUBTFUL_PLACES)
        or _MANY_DIGITS in text.translate(_ANY_DIGIT)
        or not _closes_each_line(text)
    )


def _closes_each_line(text: str) -> bool:
    """Say whether every line closes the brackets it opens, few of them inside each other."""
    brackets = text.encode().translate(None, _NO_BRACKETS)
    for _ in range(MOST_IN_EACH_OTHER):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return not brackets.strip()
