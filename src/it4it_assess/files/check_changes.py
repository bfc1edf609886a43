"""A changes file's own consistency: versions in a chain, one fate an id, ids that are there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.files.references import Complaint
from it4it_assess.files.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from it4it_assess.files.strict_yaml import Path
    from it4it_assess.model.changes import Change, ChangesFile
    from it4it_assess.model.questionnaire import Questionnaire

QUESTION = "question"
ANYTHING = ""
"""The kind of an id that only a version long gone knew."""


class Named(NamedTuple):
    """An id that a change names: where, under which heading."""

    path: Path
    id: str
    under: str


def chain_complaints(file: ChangesFile, version: str | None) -> Iterator[Complaint]:
    """Complain of versions that do not lead in one line to the questionnaire's own."""
    changes = file.changes
    for place, (sooner, later) in enumerate(pairwise(changes), start=1):
        if later.source != sooner.to:
            yield Complaint(
                ("changes", place, "from"),
                f"this change is from {later.source}, the one before it leads to {sooner.to}",
                "list the changes oldest first, each from where the one before it ended",
            )
    seen = {changes[0].source}
    for place, change in enumerate(changes):
        if change.to in seen:
            said = f"the changes come to version {change.to} a second time"
            yield Complaint(("changes", place, "to"), said, "give each version its own number")
        seen.add(change.to)
    if version is not None and changes[-1].to != version:
        yield Complaint(
            ("changes", len(changes) - 1, "to"),
            f"the last change leads to {changes[-1].to}, the questionnaire is {version}",
            f"add the change to {version}, or correct the version",
        )
    for place, change in enumerate(changes):
        yield from _fate_complaints(change, place)


def id_complaints(file: ChangesFile, questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Complain of ids that the versions cannot know, walking back from the present one."""
    known = _known(questionnaire)
    last = len(file.changes) - 1
    for place in range(last, -1, -1):
        change = file.changes[place]
        yield from _to_complaints(change, place, known)
        made = {one.id for one in _made(change, place)}
        for one in _left(change, place):
            if one.id in known and one.id not in made:
                said = f"{one.id} is still in version {change.to}"
                yield Complaint(one.path, said, f"take it out of {one.under}")
        if place == last:
            yield from _level_complaints(change, place, questionnaire)
        known = _before(change, place, known)


def _fate_complaints(change: Change, place: int) -> Iterator[Complaint]:
    """Complain of an id with two fates, or that is made in two ways."""
    read = [
        Named(("changes", place, under, name), name, under)
        for under, names in (("reworded", change.reworded), ("rescaled", change.rescaled))
        for name in names
    ]
    made = _made(change, place)
    renamed = set(change.renamed.values())
    for group in (
        _left(change, place),
        made,
        [*(one for one in made if one.id not in renamed), *read],
    ):
        first: dict[str, str] = {}
        for one in group:
            if one.id in first:
                also = first[one.id]
                where = f"twice under {also}" if also == one.under else f"under {also} as well"
                yield Complaint(one.path, f"{one.id} stands {where}", "keep one of the two")
            first.setdefault(one.id, one.under)


def _to_complaints(change: Change, place: int, known: Mapping[str, str]) -> Iterator[Complaint]:
    """Complain of what is not in the version that the change leads to."""
    asked = [
        *(one for one in _made(change, place) if one.under != "renamed"),
        *(
            Named(("changes", place, under, name), name, under)
            for under, names in (("reworded", change.reworded), ("rescaled", change.rescaled))
            for name in names
        ),
    ]
    questions = [name for name, kind in known.items() if kind in {QUESTION, ANYTHING}]
    for named, what, ids in (
        (asked, "no question", questions),
        ([one for one in _made(change, place) if one.under == "renamed"], "nothing", [*known]),
    ):
        strangers = [one for one in named if one.id not in ids]
        for one in strangers:
            yield Complaint(
                one.path,
                f"version {change.to} has {what} called {one.id!r}",
                nearest(one.id, ids),
            )


def _level_complaints(
    change: Change, place: int, questionnaire: Questionnaire
) -> Iterator[Complaint]:
    """Complain of levels moved to where the scale has none."""
    named = ", ".join(f"{value:g}" for value in questionnaire.values)
    for name, one in change.rescaled.items():
        for old, new in one.levels.items():
            if new not in questionnaire.values:
                path = ("changes", place, "rescaled", name, "levels", old)
                yield Complaint(path, f"{new:g} is not on the scale", f"use one of {named}")


def _left(change: Change, place: int) -> list[Named]:
    """Return every id that the change takes away, or gives another meaning."""
    top: Path = ("changes", place)
    return [
        *(Named((*top, "renamed", was), was, "renamed") for was in change.renamed),
        *(Named((*top, "split", was), was, "split") for was in change.split),
        *(
            Named((*top, "joined", now, "from", number), was, "joined")
            for now, one in change.joined.items()
            for number, was in enumerate(one.sources)
        ),
        *(Named((*top, "dropped", was), was, "dropped") for was in change.dropped),
    ]


def _made(change: Change, place: int) -> list[Named]:
    """Return every id that is there only since the change."""
    top: Path = ("changes", place)
    return [
        *(Named((*top, "renamed", was), now, "renamed") for was, now in change.renamed.items()),
        *(
            Named((*top, "split", was, "into", number), now, "split")
            for was, one in change.split.items()
            for number, now in enumerate(one.into)
        ),
        *(Named((*top, "joined", now), now, "joined") for now in change.joined),
        *(Named((*top, "added", number), now, "added") for number, now in enumerate(change.added)),
    ]


def _known(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the kind of every id that an answer file may name."""
    return {
        **dict.fromkeys(questionnaire.questions, QUESTION),
        **{stream.id: "value stream" for stream in questionnaire.streams},
        **{goal.id: "goal" for goal in questionnaire.goals},
        **dict.fromkeys(questionnaire.indicators, "indicator"),
        **dict.fromkeys(questionnaire.tools, "tool"),
    }


def _before(change: Change, place: int, known: Mapping[str, str]) -> dict[str, str]:
    """Return what the version before a change knew, as far as the changes tell."""
    made = {one.id for one in _made(change, place)}
    before = {name: kind for name, kind in known.items() if name not in made}
    for was, now in change.renamed.items():
        before[was] = known.get(now, ANYTHING)
    for one in _left(change, place):
        if one.under != "renamed":
            before[one.id] = ANYTHING if one.under == "dropped" else QUESTION
    return before
