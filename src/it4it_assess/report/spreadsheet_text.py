"""Text that stays text when a spreadsheet opens the file it is in."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ACTS = re.compile(
    r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
)
QUOTE = "'"


def harmless(text: str) -> str:
    """Return text with a quote before it where a spreadsheet would take it for a formula.

    That is text that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a
    line's end, after OWASP's advice on CSV injection; something that does not show may
    stand before it.
    """
    return QUOTE + text if _ACTS.match(text) else text


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV by RFC 4180: commas, CRLF, quotes where they are needed."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()
