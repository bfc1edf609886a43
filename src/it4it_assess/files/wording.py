"""What the models object to, in the words of somebody who writes answer files."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic_core import ErrorDetails

LONGEST_SHOWN = 40
LONGEST_MEANT = 200
"""No id is longer than this; what is longer is not compared with them."""
KEY = "[key]"
"""How pydantic marks an error in a mapping's key, not its value."""

HOW_TO_ANSWER = "give a level, unknown, {level: 2, unsure: true} or {not_applicable: why}"
_NUMBER = re.compile(r"[-+]?(0|[1-9]\d{0,14})(\.\d{1,15})?")


def nearest(
    name: object, known: Iterable[object], otherwise: str = "remove it, or check the spelling"
) -> str:
    """Return "did you mean X" for a name nobody knows, or what to do without a guess."""
    meant = str(name)
    if len(meant) > LONGEST_MEANT:
        return otherwise
    close = get_close_matches(meant, [str(one) for one in known], n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else otherwise


def shown(value: object) -> str:
    """Return a value as its writer sees it, short enough for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "`key: value` lines"
    return _cut(repr(value) if isinstance(value, str) else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _key(key: str) -> str:
    """Write a key as it stands, and one with something invisible in it so that it shows."""
    return _cut(key if _shows(key) else repr(key))


def _shows(key: str) -> bool:
    return key.isprintable() and key == key.strip()


class Objection(NamedTuple):
    """One thing a model objects to: what it is about, what was given, and the limits."""

    name: str
    given: object
    about: Mapping[str, Any]


def in_plain_words(error: ErrorDetails, siblings: Iterable[str]) -> tuple[str, str]:
    """Return cause and remedy of one validation error; `siblings` are the keys allowed there."""
    kind = error["type"]
    about: Mapping[str, Any] = error.get("ctx", {})
    objection = Objection(_name(error["loc"]), error.get("input"), about)
    if kind == "extra_forbidden":
        return _stranger(str(error["loc"][-1]), objection, siblings, depth=len(error["loc"]))
    if kind == "model_type" and about.get("class_name") == "Answer":
        kind = "answer_word"
    told = _WORDS.get(kind)
    if told is None:
        return f"{objection.name} cannot be {shown(objection.given)}", "check this line"
    return told(objection)


def _name(loc: tuple[str | int, ...]) -> str:
    """Name the place of an error: a key, an entry of a list, or a level."""
    last = loc[-1] if loc else "the file"
    if last == KEY:
        return "the key"
    if len(loc) > 1 and loc[-2] in {"levels", "advice"}:
        return f"level {_cut(str(last))}"
    if isinstance(last, int):
        return f"entry {last + 1} of {loc[-2]}" if len(loc) > 1 else f"entry {last + 1}"
    return _cut(str(last))


def _stranger(
    key: str, objection: Objection, siblings: Iterable[str], *, depth: int
) -> tuple[str, str]:
    if not _shows(key):
        return f"{_key(key)} is not known here", "retype it: it has a blank that does not show"
    if depth == 1 and "." in key:
        return f"{_key(key)} is not known here", "indent it below answers"
    hint = nearest(key, siblings)
    if objection.given is None and not hint.startswith("did you") and key != "<<":
        return f"{shown(key)} stands alone", "a comma ends a text in { }; put it in quotes"
    return f"{_key(key)} is not known here", hint


def _should_be(what: str, remedy: str) -> Callable[[Objection], tuple[str, str]]:
    def told(objection: Objection) -> tuple[str, str]:
        return f"{objection.name} should be {what}, not {_kind(objection.given)}", remedy

    return told


def _should_be_a_number(what: str) -> Callable[[Objection], tuple[str, str]]:
    def told(objection: Objection) -> tuple[str, str]:
        given = objection.given
        quoted = isinstance(given, str) and _NUMBER.fullmatch(given)
        remedy = (
            f"write it without quotes: {given}" if quoted else "write a plain number such as 3"
        )
        return f"{objection.name} should be {what}, not {_kind(given)}", remedy

    return told


def _should_be_text(objection: Objection) -> tuple[str, str]:
    given = objection.given
    number = isinstance(given, (int, float)) and not isinstance(given, bool)
    remedy = f'put it in quotes: "{given}"' if number else "write text"
    return f"{objection.name} should be text, not {_kind(given)}", remedy


def _should_hold_lines(objection: Objection) -> tuple[str, str]:
    cause = f"{objection.name} should hold `key: value` lines, not {_kind(objection.given)}"
    return cause, "write them below it, indented"


def _answer(objection: Objection) -> tuple[str, str]:
    given = objection.given
    quoted = isinstance(given, str) and _NUMBER.fullmatch(given)
    remedy = f"write it without quotes: {given}" if quoted else HOW_TO_ANSWER
    return f"{objection.name} cannot be answered with {shown(given)}", remedy


def _too_few(objection: Objection) -> tuple[str, str]:
    least = objection.about["min_length"]
    if least == 1:
        return f"{objection.name} is empty", "add at least one entry"
    return f"{objection.name} has too few entries", f"give at least {least}"


def _no_day(objection: Objection) -> tuple[str, str]:
    cause = f"{objection.name}: {shown(objection.given)} is not a day of the calendar"
    return cause, "write it as 2026-11-02"


_WORDS: dict[str, Callable[[Objection], tuple[str, str]]] = {
    "missing": lambda o: (f"{o.name} is missing", "add it"),
    "string_type": _should_be_text,
    "float_type": _should_be_a_number("a number"),
    "int_type": _should_be_a_number("a whole number"),
    "int_from_float": lambda o: (f"{o.name} should be a whole number, not {o.given}", "round it"),
    "bool_type": lambda o: (
        f"{o.name} should be true or false, not {shown(o.given)}",
        "write true or false",
    ),
    "dict_type": _should_hold_lines,
    "model_type": _should_hold_lines,
    "tuple_type": _should_be("a list", "write [one, two]"),
    "literal_error": lambda o: (
        f"{o.name} cannot be {shown(o.given)}",
        f"use {o.about['expected']}",
    ),
    "string_too_short": lambda o: (f"{o.name} is empty", "write something or remove it"),
    "too_short": _too_few,
    "string_pattern_mismatch": lambda o: (
        f"{shown(o.given)} is not an id",
        "use lower-case letters, digits, dots and dashes",
    ),
    "greater_than_equal": lambda o: (
        f"{o.name}: {o.given} is below {o.about['ge']:g}",
        f"give {o.about['ge']:g} or more",
    ),
    "greater_than": lambda o: (
        f"{o.name}: {o.given} is not above {o.about['gt']:g}",
        f"give more than {o.about['gt']:g}",
    ),
    "less_than_equal": lambda o: (
        f"{o.name}: {o.given} is above {o.about['le']:g}",
        f"give {o.about['le']:g} or less",
    ),
    "finite_number": lambda o: (f"{o.name} is not a finite number", "write a number"),
    "not_a_date": lambda o: (
        f"{o.name}: {shown(o.given)} is not a date",
        "write it as 2026-11-02",
    ),
    "date_from_datetime_parsing": _no_day,
    "date_parsing": _no_day,
    "answer_word": _answer,
    "left_empty": lambda o: (f"{o.about['key']} is empty", "write something or remove it"),
    "answer_twice": lambda o: (
        f"{o.name} says two things at once: {o.about['said']}",
        "keep one of them",
    ),
    "unsure_of_nothing": lambda o: (
        f"{o.name} is unsure of no level",
        "give the level too, or answer unknown",
    ),
    "agreed_alone": lambda o: (
        f"{o.name} is agreed, but by nobody: there is no by beside it",
        "write {by: {anna: 1, jo: 3}, agreed: 2}, or the level alone",
    ),
    "voice_in_voice": lambda o: (
        f"{o.name} holds a voice inside a voice",
        "give one answer a respondent",
    ),
    "order_and_weights": lambda o: (
        f"{o.name} gives both criteria and weights",
        "keep the order or the weights",
    ),
    "no_weight": lambda o: (f"{o.name}: all weights are nought", "give at least one above nought"),
    "one_circumstance": lambda o: (
        f"{o.name} names {o.about['named']}",
        "give one of size, sector, regulation and goal",
    ),
}


def _kind(value: object) -> str:
    """Name a value's kind as its writer sees it."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return f"the text {shown(value)}" if isinstance(value, str) else shown(value)


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
