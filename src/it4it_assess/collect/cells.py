"""What people put into a workbook's cells, and what their office programs make of it."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from typing import Any

from it4it_assess.collect.invitation import as_written
from it4it_assess.collect.workbook_layout import NOT_APPLICABLE, UNKNOWN
from it4it_assess.files.strict_yaml import CONTROL

UNKNOWN_WORDS = {UNKNOWN, "?", "don't know", "do not know", "i don't know"}
NOT_APPLICABLE_WORDS = {NOT_APPLICABLE, "not applicable", "n/a", "na"}
YES_WORDS = set("yes y x 1 true ja j oui si sí sim da tak waar wahr vrai vero verdadero".split())  # noqa: SIM905  words, not code
NO_WORDS = set("no n 0 false nee nein non não onwaar falsch faux falso".split())  # noqa: SIM905
"""Words for yes and no: what people type, and what their office program makes of yes and no."""

SHOWN = 40
"""How much of a cell an error message repeats."""


def level(given: Any, values: tuple[float, ...]) -> float | None:
    """Return the level a cell gives: 3, 3.0, "3" and "3,0" are one; true and dates are none."""
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        return None
    try:
        number = float(word(given).replace(",", "."))
    except ValueError:
        return None
    return next((value for value in values if math.isclose(value, number, rel_tol=1e-9)), None)


def word(given: Any) -> str:
    """Return what a cell says in small letters, however its digits and blanks are written."""
    plain = unicodedata.normalize("NFKC", as_text(given)).replace("\u2019", "'")
    return " ".join(clean(plain).casefold().split())


def is_empty(given: Any) -> bool:
    """Say whether a cell holds nothing, or blanks."""
    return not word(given)


def shown(given: Any) -> str:
    """Return what a cell says in quotes, cut where it is long."""
    text = clean(as_text(given))
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def as_text(given: Any) -> str:
    """Return a cell's value as somebody would type it."""
    if isinstance(given, bool):
        return "TRUE" if given else "FALSE"
    if isinstance(given, float):
        return as_written(given) if math.isfinite(given) else str(given)
    if isinstance(given, (dt.date, dt.time)):
        return given.isoformat()
    return str(given)


def clean(text: str) -> str:
    """Return text as answer files keep it: trimmed, plain line ends, no control characters."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
