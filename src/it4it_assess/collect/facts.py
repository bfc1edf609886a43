"""What files say about the firm and what matters to it, brought together: the first one counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.model.answers import Context, Organisation, Respondent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile

CRITERIA, WEIGHTS = ("context", "criteria"), ("context", "weights")
STAKEHOLDERS = ("context", "stakeholders")
AS_A_WHOLE = {WEIGHTS}
"""Weights only mean something together: two people's are not mixed."""


class Said(NamedTuple):
    """What one file says in one place, in words."""

    source: str
    date: dt.date | None
    said: str


class Conflict(NamedTuple):
    """A place where files say different things: the path in the merged file, and who says what.

    A respondent's word has the path `answers, QUESTION, by, RESPONDENT`, an agreed level
    `answers, QUESTION, agreed`; anything else that of the value itself.
    """

    path: tuple[str, ...]
    kept: Said
    others: tuple[Said, ...]


class Facts(NamedTuple):
    """Everything in a file but its answers."""

    organisation: Organisation
    respondents: dict[str, Respondent]
    context: Context


def joined_facts(
    named: Sequence[tuple[str, AnswerFile]],
) -> tuple[Facts, tuple[Conflict, ...]]:
    """Bring the facts of several files together.

    The first file that states a value keeps it; the others' are returned as conflicts.
    """
    stated: dict[tuple[str, ...], list[tuple[Said, Any]]] = {}
    for source, file in named:
        for path, value in _stated(file):
            said = Said(source, file.date, in_words(value))
            stated.setdefault(path, []).append((said, value))
    conflicts = tuple(_differing(stated))
    if CRITERIA in stated and WEIGHTS in stated:
        conflicts += (_weighed_both_ways(stated),)
    values: dict[str, Any] = {}
    for path, ((_, value), *_others) in stated.items():
        _put(values, path, value)
    context = values.get("context", {})
    if STAKEHOLDERS[1] in context:
        context[STAKEHOLDERS[1]] = tuple(context[STAKEHOLDERS[1]].values())
    facts = Facts(
        organisation=Organisation.model_validate(values["organisation"]),
        respondents={
            name: Respondent.model_validate(values.get("respondents", {}).get(name, {}))
            for _, file in named
            for name in file.respondents
        },
        context=Context.model_validate(context),
    )
    return facts, conflicts


def in_words(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(in_words, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {in_words(one)}' for key, one in value.items())}}}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def kindly(text: str) -> str:
    """Return a name without what should make no difference: case and blanks."""
    return " ".join(text.split()).casefold()


def _stated(file: AnswerFile) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each value a file states outside its answers, with its path."""
    values = file.model_dump(
        exclude_unset=True, include={"organisation", "respondents", "context"}
    )
    people = values.get("context", {}).pop(STAKEHOLDERS[1], ())
    yield from _leaves(values, ())
    met: dict[str, int] = {}
    for person in people:
        name = kindly(person["name"])
        met[name] = met.get(name, 0) + 1
        yield (*STAKEHOLDERS, name if met[name] == 1 else f"{name} {met[name]}"), person


def _leaves(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    for key, value in values.items():
        here = (*path, key)
        if isinstance(value, dict) and here not in AS_A_WHOLE:
            yield from _leaves(value, here)
        elif value is not None and value != "":
            yield here, value


def _differing(stated: Mapping[tuple[str, ...], list[tuple[Said, Any]]]) -> Iterator[Conflict]:
    for path, ((kept, value), *rest) in stated.items():
        others = [said for said, other in rest if not _same(value, other)]
        if others:
            yield Conflict(path, kept, tuple(others))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return kindly(one) == kindly(other)
    return bool(one == other)


def _weighed_both_ways(stated: dict[tuple[str, ...], list[tuple[Said, Any]]]) -> Conflict:
    """Settle an order of criteria against weights: a file may hold one of them only."""
    order = list(stated)
    first, second = sorted((CRITERIA, WEIGHTS), key=order.index)
    given = stated.pop(second)
    return Conflict(second, stated[first][0][0], tuple(said for said, _ in given))


def _put(values: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        values = values.setdefault(key, {})
    values[path[-1]] = value
