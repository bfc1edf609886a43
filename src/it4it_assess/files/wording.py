"""What the models object to, in the words of somebody who writes answer files."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

LONGEST_SHOWN = 40


def nearest(name: object, known: Iterable[object]) -> str:
    """Return "did you mean X" for a name nobody knows, or what to do without a guess."""
    close = get_close_matches(str(name), [str(one) for one in known], n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else "remove it, or check the spelling"


def shown(value: object) -> str:
    """Return a value short enough for a message, in quotes when it is text."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def shown_key(name: object) -> str:
    """Return a key as written, cut short where it is long."""
    text = str(name)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def in_plain_words(error: ErrorDetails, siblings: Iterable[str]) -> tuple[str, str]:
    """Return cause and remedy of one validation error; `siblings` are the keys allowed there."""
    kind, given = error["type"], error.get("input")
    about: Mapping[str, Any] = error.get("ctx", {})
    name = error["loc"][-1] if error["loc"] else "the file"
    name = shown_key(name)
    if kind in _WORDS:
        cause, remedy = _WORDS[kind](name, given, about)
        return cause, remedy
    if kind == "extra_forbidden":
        if given is None and " " in str(name):
            return f"{shown(name)} stands alone", "a comma ends a text in { }; put it in quotes"
        return f"{shown_key(name)} is not known here", nearest(name, siblings)
    return f"{name}: {shown(given)} does not fit", "see `it4it-assess questionnaire schema`"


_WORDS: dict[str, Any] = {
    "missing": lambda name, _, __: (f"{name} is missing", "add it"),
    "string_type": lambda name, given, _: (
        f"{name} should be text, not {_kind(given)}",
        f'put it in quotes: "{given}"' if isinstance(given, (int, float)) else "write text",
    ),
    "float_type": lambda name, given, _: (
        f"{name} should be a number, not {_kind(given)}",
        "write a plain number such as 3",
    ),
    "int_type": lambda name, given, _: (
        f"{name} should be a whole number, not {_kind(given)}",
        "write a plain number such as 3",
    ),
    "int_from_float": lambda name, _, __: (f"{name} should be a whole number", "round it"),
    "bool_type": lambda name, given, _: (
        f"{name} should be true or false, not {shown(given)}",
        "write true or false",
    ),
    "dict_type": lambda name, given, _: (
        f"{name} should hold `key: value` lines, not {_kind(given)}",
        "indent the lines below it",
    ),
    "model_type": lambda name, given, _: (
        f"{name} should hold `key: value` lines, not {_kind(given)}",
        "indent the lines below it",
    ),
    "tuple_type": lambda name, given, _: (
        f"{name} should be a list, not {_kind(given)}",
        "write [one, two]",
    ),
    "literal_error": lambda name, given, about: (
        f"{name} cannot be {shown(given)}",
        f"use {about['expected']}",
    ),
    "string_too_short": lambda name, _, __: (f"{name} is empty", "write something or remove it"),
    "too_short": lambda name, _, __: (f"{name} is empty", "add at least one entry"),
    "string_pattern_mismatch": lambda _, given, __: (
        f"{shown(given)} is not an id",
        "use lower-case letters, digits, dots and dashes",
    ),
    "greater_than_equal": lambda name, given, about: (
        f"{name}: {given} is below {about['ge']:g}",
        f"give {about['ge']:g} or more",
    ),
    "greater_than": lambda name, given, about: (
        f"{name}: {given} is not above {about['gt']:g}",
        f"give more than {about['gt']:g}",
    ),
    "less_than_equal": lambda name, given, about: (
        f"{name}: {given} is above {about['le']:g}",
        f"give {about['le']:g} or less",
    ),
    "finite_number": lambda name, _, __: (f"{name} is not a finite number", "write a number"),
    "not_a_date": lambda name, given, _: (
        f"{name}: {shown(given)} is not a date",
        "write it as 2026-11-02",
    ),
    "date_from_datetime_parsing": lambda name, given, _: (
        f"{name}: {shown(given)} is not a day of the calendar",
        "write it as 2026-11-02",
    ),
    "date_parsing": lambda name, given, _: (
        f"{name}: {shown(given)} is not a day of the calendar",
        "write it as 2026-11-02",
    ),
    "answer_word": lambda name, given, _: (
        f"{name} cannot be answered with {shown(given)}",
        "give a level, unknown, {level: 2, unsure: true} or {not_applicable: why}",
    ),
    "answer_twice": lambda name, _, about: (
        f"{name} says two things at once: {about['said']}",
        "keep one of them",
    ),
    "unsure_of_nothing": lambda name, _, __: (
        f"{name} is unsure of no level",
        "give the level too, or answer unknown",
    ),
    "voice_in_voice": lambda name, _, __: (
        f"{name} holds a voice inside a voice",
        "give one answer a respondent",
    ),
    "order_and_weights": lambda name, _, __: (
        f"{name} gives both criteria and weights",
        "keep the order or the weights",
    ),
    "no_weight": lambda name, _, __: (
        f"{name}: all weights are nought",
        "give at least one above nought",
    ),
}


def _kind(value: object) -> str:
    """Name a value's kind as its writer sees it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return "a list" if isinstance(value, (list, tuple)) else "`key: value` lines"


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that are known where an error lies, walking the models' fields."""
    at: Any = model
    for step in loc[:-1]:
        at = _inner(at, step)
    return [name for one in _models(at) for name in one.model_fields]


def _inner(annotation: Any, step: str | int) -> Any:
    for one in _models(annotation):
        field = one.model_fields.get(str(step))
        if field is not None:
            return field.annotation
    return annotation  # an entry of a list or mapping: its models are those of the whole


def _models(annotation: Any) -> list[Any]:
    """Return every model class inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models(part)]
