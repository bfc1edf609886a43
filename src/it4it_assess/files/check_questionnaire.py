"""A questionnaire's own consistency: ids, references, levels on the scale, no circles."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from it4it_assess.files.references import (
    Complaint,
    at,
    is_number,
    off_scale,
    out_of_range,
    repeated,
    unknown_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from it4it_assess.files.sheet import Sheet

_DEFINED = {
    "component": "components.*.id",
    "question": "components.*.questions.*.id",
    "initiative": "initiatives.*.id",
    "tool": "tools.*.id",
    "indicator": "indicators.*.id",
    "value stream": "id",
}
_DEFINED_IN_HEAD = {
    "goal": "goals.*.id",
    "lens": "lenses.*.id",
    "view": "views.*.id",
    "group": "views.*.groups.*.id",
    "stage": "views.*.groups.*.stages.*.id",
    "sector": "sectors.*.id",
    "regulation": "regulations.*.id",
    "criterion": "criteria.*.id",
}
_REFERS = (
    ("components.*.questions.*.lenses.*", "lens"),
    ("components.*.questions.*.v3", "stage"),
    ("initiatives.*.lifts.@", "question"),
    ("initiatives.*.needs.*", "initiative"),
    ("initiatives.*.lenses.*", "lens"),
    ("initiatives.*.tools.*", "tool"),
    ("initiatives.*.indicators.*", "indicator"),
    ("tools.*.components.*", "component"),
    ("indicators.*.components.*", "component"),
)
_HEAD_REFERS = (
    ("dependencies.*.stream", "value stream"),
    ("dependencies.*.needs", "value stream"),
    ("goals.*.pulls.@", "component"),
    ("views.*.groups.*.components.*", "component"),
    ("views.*.dependencies.*.stream", "group"),
    ("views.*.dependencies.*.needs", "group"),
    ("target_rules.*.stream", "value stream"),
    ("target_rules.*.when.sector", "sector"),
    ("target_rules.*.when.regulation", "regulation"),
    ("target_rules.*.when.goal", "goal"),
)


def cross_check(head: Sheet, sheets: list[Sheet], *, every_file_read: bool) -> None:
    """Check ids, references, scale and circles over the whole folder.

    With a file that could not be read, nobody can say that an id is not in it.
    """
    known: dict[str, set[Any]] = {
        what: {found.value for found in at(head.values, pattern) if _is_name(found.value)}
        for what, pattern in _DEFINED_IN_HEAD.items()
    }
    for what, pattern in _DEFINED.items():
        known[what] = {
            found.value
            for sheet in sheets
            for found in at(sheet.values, pattern)
            if _is_name(found.value)
        }
    taken: dict[Any, str] = {}
    for sheet, patterns in [(head, _DEFINED_IN_HEAD), *((sheet, _DEFINED) for sheet in sheets)]:
        sheet.note(_taken_ids(sheet, patterns, taken))
    read = known["value stream"]

    def strangers(values: Any, pattern: str, what: str) -> Iterable[Complaint]:
        """Complain of unknown names, but of none that a file nobody could read may hold."""
        places = at(values, pattern)
        if not every_file_read and what in _DEFINED:
            places = (one for one in places if str(one.value).partition(".")[0] in read)
        return unknown_names(places, known[what], what)

    for sheet in sheets:
        for pattern, what in _REFERS:
            sheet.note(strangers(sheet.values, pattern, what))
        sheet.note(_level_complaints(sheet.values, head.values))
        sheet.note(_crosswalk_complaints(sheet.values, head.values))
    for pattern, what in _HEAD_REFERS:
        if every_file_read or what in _DEFINED_IN_HEAD:
            head.note(strangers(head.values, pattern, what))
    head.note(repeated(at(head.values, "criteria.*.id"), "criterion"))
    head.note(_scale_complaints(head.values))
    head.note(_circle_of_streams(head.values))
    _note_circles(sheets, known["initiative"])


def _note_circles(sheets: list[Sheet], known: set[Any]) -> None:
    """Note every circle of initiatives, once, where its first initiative stands."""
    needs = {
        work["id"]: [need for need in work.get("needs") or [] if need in known]
        for sheet in sheets
        for work in (found.value for found in at(sheet.values, "initiatives.*"))
        if isinstance(work, dict) and _is_name(work.get("id")) and _is_list(work.get("needs"))
    }
    while circle := _circle(needs):
        said = f"initiatives need each other in a circle: {' -> '.join(circle)}"
        for sheet in sheets:
            sheet.note(
                Complaint(found.path, said, "drop one of the needs")
                for found in at(sheet.values, "initiatives.*.id")
                if found.value == circle[0]
            )
        needs = {name: inner for name, inner in needs.items() if name not in circle}


def _circle_of_streams(head: Any) -> Iterator[Complaint]:
    """Complain of streams that wait for each other: none of them could ever be first."""
    for pattern in ("dependencies", "views.*.dependencies"):
        for found in at(head, pattern):
            if not isinstance(found.value, list):
                continue
            needs: dict[str, list[str]] = {}
            for one in found.value:
                pair = (one.get("stream"), one.get("needs")) if isinstance(one, dict) else ()
                if pair and all(map(_is_name, pair)):
                    needs.setdefault(str(pair[0]), []).append(str(pair[1]))
            if circle := _circle(needs):
                yield Complaint(
                    (*found.path, 0, "stream"),
                    f"value streams need each other in a circle: {' -> '.join(circle)}",
                    "drop one of the needs",
                )


def _is_name(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(map(_is_name, value)))


def _taken_ids(
    sheet: Sheet, patterns: dict[str, str], taken: dict[Any, str]
) -> Iterator[Complaint]:
    for what, pattern in patterns.items():
        for found in at(sheet.values, pattern):
            if not _is_name(found.value):
                continue
            if found.value in taken and what != "criterion":
                yield Complaint(
                    found.path,
                    f"the id {found.value} is taken by {_article(taken[found.value])}",
                    "give every thing its own id",
                )
            taken.setdefault(found.value, what)


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _scale(head: Any) -> list[float]:
    return [found.value for found in at(head, "scale.*.value") if is_number(found.value)]


def _scale_complaints(head: Any) -> Iterator[Complaint]:
    values = _scale(head)
    if values:
        yield from _score_complaints(head, values)
    if any(later <= sooner for sooner, later in pairwise(values)):
        yield Complaint(("scale",), "the scale does not rise", "list its values lowest first")


def _score_complaints(head: Any, scale: list[float]) -> Iterator[Complaint]:
    for pattern in ("dependencies.*.score", "views.*.dependencies.*.score"):
        yield from out_of_range(head, pattern, scale, "score")


def _level_complaints(values: Any, head: Any) -> Iterator[Complaint]:
    """Complain of levels and lifts that are not on the scale, and of levels left out."""
    scale = _scale(head)
    if not scale:
        return
    for pattern in (
        "components.*.questions.*.levels.@",
        "components.*.questions.*.advice.@",
        "initiatives.*.lifts.*",
    ):
        yield from off_scale(values, pattern, scale)
    for found in at(values, "components.*.questions.*.levels"):
        if isinstance(found.value, dict):
            for value in scale:
                if value not in found.value:
                    yield Complaint(
                        found.path, f"level {value:g} has no sentence", "write one for each level"
                    )
    yield from out_of_range(values, "target", scale, "target")


def _crosswalk_complaints(values: Any, head: Any) -> Iterator[Complaint]:
    walks = head.get("crosswalks") if isinstance(head, dict) else None
    known = walks if isinstance(walks, dict) else {}
    yield from unknown_names(at(values, "components.*.crosswalk.@"), known.keys(), "crosswalk")
    for name, walk in known.items():
        entries = walk.get("entries") if isinstance(walk, dict) else None
        if isinstance(entries, dict):
            pattern = f"components.*.crosswalk.{name}.*"
            yield from unknown_names(at(values, pattern), entries.keys(), f"entry in {name}")


def _circle(needs: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
