"""The same answers in another view: its groups become the streams that are ranked.

What the firm said of a stream (pain, readiness, target) is spread over the groups by where
each group's questions come from. A goal pulls on a stage as hard as it pulls, on average,
on the components of the stage's questions.
"""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING

from it4it_assess.engine.targets import target_values
from it4it_assess.errors import UnknownNameError
from it4it_assess.model.answers import Readiness
from it4it_assess.model.questionnaire import Component, Goal, Pull, ValueStream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from it4it_assess.model.answers import AnswerFile, Context
    from it4it_assess.model.questionnaire import (
        Initiative,
        Questionnaire,
        View,
        ViewGroup,
    )


def in_view(
    questionnaire: Questionnaire, answers: AnswerFile, name: str
) -> tuple[Questionnaire, AnswerFile]:
    """Return a questionnaire regrouped by one of its views, and the answers to fit.

    Raises UnknownNameError for a view the questionnaire does not have.
    """
    view = find_view(questionnaire, name)
    regrouped = regroup(questionnaire, view)
    targets = target_values(questionnaire, answers)
    context = _spread(questionnaire, regrouped, answers.context, targets)
    return regrouped, answers.model_copy(update={"context": context})


def find_view(questionnaire: Questionnaire, name: str) -> View:
    """Return the view of that name; UnknownNameError lists those there are."""
    for view in questionnaire.views:
        if view.id == name:
            return view
    known = ", ".join(view.id for view in questionnaire.views) or "none"
    raise UnknownNameError(f"{questionnaire.id} has no view {name!r}; its views: {known}")


def regroup(questionnaire: Questionnaire, view: View) -> Questionnaire:
    """Return the questionnaire with the view's groups as its streams."""
    parts = {group.id: tuple(_parts(questionnaire, group)) for group in view.groups}
    groups = [group for group in view.groups if parts[group.id]]
    place = {
        question.id: group.id
        for group in groups
        for part in parts[group.id]
        for question in part.questions
    }
    works = _homes(questionnaire.initiatives.values(), place)
    streams = tuple(
        ValueStream(
            id=group.id,
            title=group.title,
            about=group.about,
            target=_mean(
                questionnaire.usual_target(questionnaire.stream_of[question.id])
                for part in parts[group.id]
                for question in part.questions
            ),
            components=parts[group.id],
            initiatives=tuple(
                work for work in works.get(group.id, ()) if set(work.lifts) <= place.keys()
            ),
            tools=tuple(questionnaire.tools.values()) if group is groups[0] else (),
            indicators=tuple(questionnaire.indicators.values()) if group is groups[0] else (),
        )
        for group in groups
    )
    kept = {work.id for stream in streams for work in stream.initiatives}
    streams = tuple(
        stream.model_copy(
            update={
                "initiatives": tuple(
                    work.model_copy(
                        update={"needs": tuple(need for need in work.needs if need in kept)}
                    )
                    for work in stream.initiatives
                )
            }
        )
        for stream in streams
    )
    fields = {name: getattr(questionnaire, name) for name in type(questionnaire).model_fields}
    return type(questionnaire).model_validate(
        {
            **fields,
            "streams": streams,
            "dependencies": view.dependencies,
            "goals": tuple(
                _regrouped(questionnaire, goal, streams) for goal in questionnaire.goals
            ),
            "target_rules": (),
            "views": (),
        }
    )


def _parts(questionnaire: Questionnaire, group: ViewGroup) -> Iterable[Component]:
    """Yield a group's parts: its stages with the questions that feed them, or components."""
    for stage in group.stages:
        if asked := questionnaire.feeding[stage.id]:
            yield Component(id=stage.id, title=stage.title, questions=asked)
    for name in group.components:
        yield questionnaire.components[name]


def _homes(works: Iterable[Initiative], place: Mapping[str, str]) -> dict[str, list[Initiative]]:
    """Put each initiative into the group that holds most of what it lifts."""
    homes: dict[str, list[Initiative]] = {}
    for work in works:
        counts = Counter(place[question] for question in work.lifts if question in place)
        if counts:
            homes.setdefault(counts.most_common(1)[0][0], []).append(work)
    return homes


def _regrouped(questionnaire: Questionnaire, goal: Goal, streams: Iterable[ValueStream]) -> Goal:
    """Return a goal that pulls on the view's parts instead of the components."""
    pulls = {}
    for stream in streams:
        for part in stream.components:
            if part.id in goal.pulls:
                pulls[part.id] = goal.pulls[part.id]
                continue
            felt = [
                goal.pulls.get(questionnaire.component_of[question.id].id, Pull(strength=0.0))
                for question in part.questions
            ]
            strongest = max(felt, key=lambda pull: pull.strength)
            strength = _mean(pull.strength for pull in felt)
            if strength > 0:
                pulls[part.id] = Pull(strength=strength, because=strongest.because)
    return goal.model_copy(update={"pulls": pulls})


def _spread(
    questionnaire: Questionnaire,
    regrouped: Questionnaire,
    context: Context,
    targets: Mapping[str, float],
) -> Context:
    """Return a context whose ratings by stream are ratings by group."""
    origins = {
        group.id: [questionnaire.stream_of[question.id].id for question in group.questions]
        for group in regrouped.streams
    }
    return context.model_copy(
        update={
            "pain": _by_group(origins, context.pain),
            "readiness": {
                group: Readiness(
                    **{
                        part: _by_group({group: streams}, _rated(context, part)).get(group)
                        for part in Readiness.model_fields
                    }
                )
                for group, streams in origins.items()
            },
            "targets": _by_group(origins, targets),
        }
    )


def _rated(context: Context, part: str) -> dict[str, float]:
    """Return one part of the readiness of each stream where it is rated."""
    return {
        stream: value
        for stream, readiness in context.readiness.items()
        if (value := getattr(readiness, part)) is not None
    }


def _by_group(origins: Mapping[str, list[str]], given: Mapping[str, float]) -> dict[str, float]:
    """Return the mean of what was given for the streams each group's questions come from."""
    found = {
        group: [given[stream] for stream in streams if stream in given]
        for group, streams in origins.items()
    }
    return {group: _mean(values) for group, values in found.items() if values}


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return fsum(listed) / len(listed)
