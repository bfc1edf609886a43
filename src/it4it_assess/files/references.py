"""References between ids, checked on the raw values so that each has its place.

A pattern is a path with `*` for each list entry or mapping value, and `@` for the mapping
keys themselves.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.errors import SHOWN_PROBLEMS
from it4it_assess.files.wording import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from it4it_assess.files.strict_yaml import Path


class Found(NamedTuple):
    """A value or key at a place."""

    path: Path
    value: Any


class Complaint(NamedTuple):
    """Something wrong at a path of one file's values."""

    path: Path
    cause: str
    remedy: str


def at(values: Any, pattern: str) -> Iterator[Found]:
    """Yield every value of the raw data that a pattern points at."""
    return _at(values, pattern.split("."), ())


def _at(value: Any, steps: list[str], path: Path) -> Iterator[Found]:
    if not steps:
        yield Found(path, value)
        return
    step, rest = steps[0], steps[1:]
    if step == "@" and isinstance(value, dict):
        for key in value:
            yield Found((*path, key), key)
    elif step == "*" and isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _at(inner, rest, (*path, place))
    elif step == "*" and isinstance(value, dict):
        for key, inner in value.items():
            yield from _at(inner, rest, (*path, key))
    elif isinstance(value, dict) and step in value:
        yield from _at(value[step], rest, (*path, step))


def unknown_names(
    places: Iterable[Found],
    known: Collection[Any],
    what: str,
    otherwise: str = "remove it, or check the spelling",
) -> Iterable[Complaint]:
    """Complain of each name found that is not among the known ids; `otherwise` says what to do.

    A guess at what was meant is made for as many as will be shown, and no more.
    """
    strangers = (
        found
        for found in places
        if not isinstance(found.value, (dict, list)) and found.value not in known
    )
    for count, found in enumerate(strangers):
        guess = nearest(found.value, known, otherwise) if count < SHOWN_PROBLEMS else ""
        yield Complaint(found.path, f"there is no {what} {shown(found.value)}", guess)


def off_scale(values: Any, pattern: str, scale: Sequence[float]) -> Iterable[Complaint]:
    """Complain of each number at the pattern that is not a value of the scale."""
    named = ", ".join(f"{value:g}" for value in scale)
    for found in at(values, pattern):
        if is_number(found.value) and found.value not in scale:
            yield Complaint(
                found.path, f"{found.value} is not on the scale", f"use one of {named}"
            )


def out_of_range(
    values: Any, pattern: str, scale: Sequence[float], what: str
) -> Iterable[Complaint]:
    """Complain of each number at the pattern that lies outside the scale."""
    for found in at(values, pattern):
        if is_number(found.value) and not scale[0] <= found.value <= scale[-1]:
            yield Complaint(
                found.path,
                f"a {what} of {found.value} is off the scale",
                f"give one from {scale[0]:g} to {scale[-1]:g}",
            )


def is_number(value: object) -> bool:
    """Say whether a raw value is a finite number; true and false are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def repeated(found: Iterable[Found], what: str) -> Iterator[Complaint]:
    """Complain of each name that was there before."""
    seen = set()
    for one in found:
        if not isinstance(one.value, str):
            continue
        if one.value in seen:
            yield Complaint(one.path, f"{what} {one.value} stands here twice", "keep one")
        seen.add(one.value)
