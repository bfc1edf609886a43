"""Jinja's sandbox with bounds: no text and no number that a template makes fills the memory."""

from __future__ import annotations

import re
from collections.abc import Sized
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_TIMES = 1_000
"""How often a text or list may be repeated, the highest exponent, and the widest column."""
MOST_TEXT = 20_000_000

_WIDE = re.compile(r"%[^%A-Za-z]*[0-9]{4}|:[^{}]*[0-9]{4}[^{}]*\}")
"""A width of four figures in a format."""
_WIDTH_GIVEN = re.compile(r"%[^%A-Za-z]*\*|:[^{}]*\{")
"""A width that is one of the values to be written."""
GROWING = frozenset(
    [
        "batch",
        "center",
        "expandtabs",
        "indent",
        "ljust",
        "rjust",
        "round",
        "slice",
        "tojson",
        "zfill",
    ]
)
"""Filters and methods of texts whose numbers say how much they make."""
_NOTHING = object()


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with an end to ranges and to repeated text."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read what a page offers without Jinja's slower checks, which it would pass anyway.

        A page is made of tuples: without an underscore in front, a tuple has no attribute that
        changes it or leads out of it.
        """
        if isinstance(obj, tuple) and attribute[:1] != "_":
            found = getattr(obj, attribute, _NOTHING)
            if found is not _NOTHING:
                return found
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply and raise only within reason: `"x" * 1000000000` would fill the memory."""
        if operator == "%":
            if isinstance(left, str):
                _refuse_wide(left, right if isinstance(right, tuple) else (right,))
            return super().call_binop(context, operator, left, right)
        bounded = (right,) if operator == "**" else (left, right)
        repeats = operator == "**" or not all(isinstance(one, (int, float)) for one in bounded)
        if repeats and any(isinstance(one, int) and one > MOST_TIMES for one in bounded):
            raise SecurityError(f"{operator} goes beyond {MOST_TIMES:,}")
        if operator == "*":
            _refuse_long(left, right)
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Let a text format others, of a width within reason."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        def bounded(*given: Any, **named: Any) -> str:
            inside = (
                one for mapping in given if isinstance(mapping, dict) for one in mapping.values()
            )
            _refuse_wide(value.__self__, (*given, *named.values(), *inside))
            return wrapped(*given, **named)

        return bounded

    def call(self, context: Any, obj: Any, *given: Any, **named: Any) -> Any:
        """Call what a page offers; methods of texts only with small numbers."""
        if isinstance(text := getattr(obj, "__self__", None), str):
            _refuse_grown(text, obj.__name__, (*given, *named.values()))
        return super().call(context, obj, *given, **named)


def _refuse_long(left: Any, right: Any) -> None:
    """Refuse a text or list repeated until it would fill the memory."""
    for times, one in ((left, right), (right, left)):
        if isinstance(times, int) and isinstance(one, Sized) and times * len(one) > MOST_TEXT:
            raise SecurityError(f"* makes more than {MOST_TEXT:,}")


def _refuse_wide(form: str, given: Iterable[Any]) -> None:
    """Refuse a format with a width that would fill the memory."""
    asked = given if _WIDTH_GIVEN.search(form) else ()
    if _WIDE.search(form) or any(isinstance(one, int) and one > MOST_TIMES for one in asked):
        raise SecurityError(f"a width goes beyond {MOST_TIMES:,}")


def _refuse_grown(text: Any, name: str, given: tuple[Any, ...]) -> None:
    """Refuse a filter or a text's method that would make a text or list without an end."""
    if name in {"format", "format_map"}:
        _refuse_wide(str(text), given)
    if name == "replace" and len(given) > 1:
        if str(text).count(str(given[0])) * len(str(given[1])) > MOST_TEXT:
            raise SecurityError("replace makes a text too long")
    elif name in GROWING and any(isinstance(one, int) and abs(one) > MOST_TIMES for one in given):
        raise SecurityError(f"{name} goes beyond {MOST_TIMES:,}")


def within_reason(name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses numbers which would fill the memory."""
    first = 1 if hasattr(apply, "jinja_pass_arg") else 0

    @wraps(apply)
    def bounded(*given: Any, **named: Any) -> Any:
        _refuse_grown(given[first], name, (*given[first + 1 :], *named.values()))
        return apply(*given, **named)

    return bounded
