"""A policy out of its file and of what the command line adds; it names only what has a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.errors import InvalidFileError, UnknownNameError
from it4it_assess.files.references import at, unknown_names
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.wording import nearest
from it4it_assess.model.policy import OVERALL, Policy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from it4it_assess.model.questionnaire import Questionnaire

FLOORS = ("min", "min_level", "min_coverage")


def scored_names(questionnaire: Questionnaire) -> list[str]:
    """Return the ids that a policy can name."""
    streams = [stream.id for stream in questionnaire.streams]
    lenses = [lens.id for lens in questionnaire.lenses]
    return [OVERALL, *streams, *questionnaire.components, *lenses]


def load_policy(path: Path, known: Collection[str]) -> Policy:
    """Load a policy file; InvalidFileError lists every problem with its place."""
    sheet = Sheet(path)
    policy = sheet.as_model(Policy)
    for floors in FLOORS:
        sheet.note(unknown_names(at(sheet.values, f"{floors}.@"), known, "stream or component"))
    if sheet.problems or policy is None:
        raise InvalidFileError(sheet.problems, sheet.more)
    return policy


def with_floors(
    policy: Policy, given: Mapping[str, Sequence[str]], known: Collection[str]
) -> Policy:
    """Return a policy with floors added as they are written on a command line: NAME=NUMBER.

    A bare number is for `overall`. UnknownNameError where a name or number cannot be one.
    """
    update: dict[str, Any] = {}
    for field, written in given.items():
        floors = dict(getattr(policy, field))
        for one in written:
            name, equals, number = one.rpartition("=")
            name = name if equals else OVERALL
            if name not in known:
                raise UnknownNameError(
                    f"--{field.replace('_', '-')} {one}: nothing here is called {name!r}; "
                    f"{nearest(name, known)}"
                )
            floors[name] = _number(field, one, number)
        update[field] = floors
    return Policy.model_validate({**policy.model_dump(), **update})


def _number(field: str, one: str, number: str) -> float:
    option = f"--{field.replace('_', '-')} {one}"
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if not 0 <= value < float("inf"):
        raise UnknownNameError(f"{option}: {number!r} is no number; write it as d2c=2.5")
    if field == "min_level":
        if value != int(value):
            raise UnknownNameError(f"{option}: a level is a whole number")
        return int(value)
    if field == "min_coverage" and value > 1:
        raise UnknownNameError(f"{option}: coverage is a share from 0 to 1, such as 0.8")
    return value
