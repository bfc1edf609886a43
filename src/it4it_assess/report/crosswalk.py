"""Tables from components to other frameworks, or to the stages of a view, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.errors import UnknownNameError

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire


class Walk(NamedTuple):
    """One row of a crosswalk: from something to what it answers to."""

    id: str
    title: str
    to: tuple[str, ...]


class Crossing(NamedTuple):
    """A crosswalk both ways."""

    title: str
    there: tuple[Walk, ...]
    back: tuple[Walk, ...]


def crosswalk(questionnaire: Questionnaire, name: str) -> Crossing:
    """Return the crosswalk to a framework or a view; UnknownNameError lists those there are."""
    if name in questionnaire.crosswalks:
        title, targets, pairs = _to_framework(questionnaire, name)
    elif name in {view.id for view in questionnaire.views}:
        title, targets, pairs = _to_view(questionnaire, name)
    else:
        known = [*questionnaire.crosswalks, *(view.id for view in questionnaire.views)]
        raise UnknownNameError(
            f"{questionnaire.id} has no crosswalk to {name!r}; there is {', '.join(known)}"
        )
    parts = questionnaire.components
    return Crossing(
        title=title,
        there=tuple(
            Walk(
                part.id,
                part.title,
                tuple(_named(to, targets) for frm, to in pairs if frm == part.id),
            )
            for part in parts.values()
        ),
        back=tuple(
            Walk(to, text, tuple(parts[frm].title for frm, one in pairs if one == to))
            for to, text in targets.items()
            if any(one == to for _, one in pairs)
        ),
    )


def _named(target: str, targets: dict[str, str]) -> str:
    return target if targets[target] == target else f"{target} {targets[target]}"


def _to_framework(
    questionnaire: Questionnaire, name: str
) -> tuple[str, dict[str, str], list[tuple[str, str]]]:
    walk = questionnaire.crosswalks[name]
    pairs = [
        (part.id, entry)
        for part in questionnaire.components.values()
        for entry in part.crosswalk.get(name, ())
    ]
    return walk.title, walk.entries, pairs


def _to_view(
    questionnaire: Questionnaire, name: str
) -> tuple[str, dict[str, str], list[tuple[str, str]]]:
    view = next(one for one in questionnaire.views if one.id == name)
    targets: dict[str, str] = {}
    pairs: dict[tuple[str, str], None] = {}
    for group in view.groups:
        for stage in group.stages:
            targets[stage.id] = f"{group.title}: {stage.title}"
            for question in questionnaire.feeding[stage.id]:
                pairs[questionnaire.component_of[question.id].id, stage.id] = None
        for part in group.components:
            targets[group.id] = group.title
            pairs[part, group.id] = None
    return view.title, targets, list(pairs)
