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
    unknown_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def cross_check(head: Sheet, sheets: list[Sheet]) -> None:
    """Check ids, references, scale and cycles over the whole folder."""
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
    for sheet in sheets:
        for pattern, what in _REFERS:
            sheet.note(unknown_names(sheet.values, pattern, known[what], what))
        sheet.note(_level_complaints(sheet.values, head.values))
        sheet.note(_crosswalk_complaints(sheet.values, head.values))
    for pattern, what in _HEAD_REFERS:
        head.note(unknown_names(head.values, pattern, known[what], what))
    head.note(_scale_complaints(head.values))
    needs = {
        work["id"]: [need for need in work.get("needs") or [] if need in known["initiative"]]
        for sheet in sheets
        for work in (found.value for found in at(sheet.values, "initiatives.*"))
        if isinstance(work, dict) and _is_name(work.get("id")) and _is_list(work.get("needs"))
    }
    circle = _circle(needs)
    for sheet in sheets:
        for found in at(sheet.values, "initiatives.*.id"):
            if circle and found.value == circle[0]:
                sheet.note(
                    [
                        Complaint(
                            found.path,
                            f"initiatives need each other in a circle: {' -> '.join(circle)}",
                            "drop one of the needs",
                        )
                    ]
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
                    f"the id {found.value} is taken by a {taken[found.value]}",
                    "give every thing its own id",
                )
            taken.setdefault(found.value, what)


def _scale(head: Any) -> list[float]:
    return [found.value for found in at(head, "scale.*.value") if is_number(found.value)]


def _scale_complaints(head: Any) -> Iterator[Complaint]:
    values = _scale(head)
    if any(later <= sooner for sooner, later in pairwise(values)):
        yield Complaint(("scale",), "the scale does not rise", "list its values lowest first")


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
    yield from out_of_range(values, "target", scale)


def _crosswalk_complaints(values: Any, head: Any) -> Iterator[Complaint]:
    walks = head.get("crosswalks") if isinstance(head, dict) else None
    known = walks if isinstance(walks, dict) else {}
    yield from unknown_names(values, "components.*.crosswalk.@", known.keys(), "crosswalk")
    for name, walk in known.items():
        entries = walk.get("entries") if isinstance(walk, dict) else None
        if isinstance(entries, dict):
            pattern = f"components.*.crosswalk.{name}.*"
            yield from unknown_names(values, pattern, entries.keys(), f"entry in {name}")


def _circle(needs: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
