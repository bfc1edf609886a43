"""Text that stays text in Markdown, in a paragraph and in a table cell alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup

_SPECIAL = re.compile(r"[\\`*\[\]<>|~]|&(?=[A-Za-z0-9#]+;)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_OPENING = re.compile(r"^(#{1,6}|-{2,}|={2,}|[+=>-]|\d+[.)])(?=\s|$)")

REMEMBERED = 2048
"""Texts whose escaped form is kept: a questionnaire's come again and again in its reports."""


def escaped(value: Any) -> Any:
    """Return text with all that Markdown or HTML would act on made harmless, on one line.

    Markup is a block of our own, made harmless where it was made.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _escaped(value)


@lru_cache(maxsize=REMEMBERED)
def _escaped(value: str) -> str:
    text = _SPECIAL.sub(lambda found: "\\" + found.group(), " ".join(value.split()))
    return _OPENING.sub(_quieted, text)


def _quieted(found: re.Match[str]) -> str:
    mark = found.group()
    return f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}"
