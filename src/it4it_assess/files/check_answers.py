"""What an answer file says that its questionnaire does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.files.references import (
    at,
    off_scale,
    out_of_range,
    repeated,
    unknown_names,
)
from it4it_assess.model.answers import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from it4it_assess.files.references import Complaint
    from it4it_assess.model.questionnaire import Questionnaire


def answer_complaints(values: Any, questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Complain of what an answer file says that its questionnaire does not know."""
    streams = [stream.id for stream in questionnaire.streams]
    criteria = [criterion.id for criterion in questionnaire.criteria]
    if not _in_order(values, questionnaire):
        yield from _about_answers(values, questionnaire)
    for pattern, known, what in (
        ("context.goals.@", [goal.id for goal in questionnaire.goals], "goal"),
        ("context.pain.@", streams, "value stream"),
        ("context.readiness.@", streams, "value stream"),
        ("context.targets.@", streams, "value stream"),
        ("context.indicators.@", questionnaire.indicators.keys(), "indicator"),
        ("context.money.tools_per_year.@", questionnaire.tools.keys(), "tool"),
        ("context.criteria.*", criteria, "criterion"),
        ("context.criteria.*.*", criteria, "criterion"),
        ("context.weights.@", criteria, "criterion"),
    ):
        yield from unknown_names(at(values, pattern), known, what)
    yield from repeated(
        [*at(values, "context.criteria.*"), *at(values, "context.criteria.*.*")], "criterion"
    )
    yield from out_of_range(values, "context.targets.*", questionnaire.values, "target")


def _about_answers(values: Any, questionnaire: Questionnaire) -> Iterator[Complaint]:
    known, scale = questionnaire.questions.keys(), questionnaire.values
    yield from unknown_names(at(values, "answers.@"), known, "question")
    yield from unknown_names(
        at(values, "answers.*.by.@"),
        [found.value for found in at(values, "respondents.@")],
        "respondent",
        "list them under respondents",
    )
    for pattern in (
        "answers.*",
        "answers.*.level",
        "answers.*.agreed",
        "answers.*.by.*",
        "answers.*.by.*.level",
    ):
        yield from off_scale(values, pattern, scale)


def _in_order(values: dict[Any, Any], questionnaire: Questionnaire) -> bool:
    """Say at a glance that nothing is wrong with any answer; looking for places takes longer."""
    answers, respondents = values.get("answers"), values.get("respondents", {})
    if not isinstance(answers, dict) or not isinstance(respondents, dict):
        return False
    fitting = frozenset((*questionnaire.values, None, UNKNOWN))
    several: list[Any] = [
        said["by"] for said in answers.values() if isinstance(said, dict) and "by" in said
    ]
    return _all_fit(answers, questionnaire.questions, fitting) and all(
        _all_fit(by, respondents, fitting) for by in several
    )


def _all_fit(
    answers: Any, names: Mapping[Any, Any], fitting: frozenset[float | str | None]
) -> bool:
    if not isinstance(answers, dict):
        return False
    long = [said for said in answers.values() if isinstance(said, dict)]
    levels = [said.get("level") if isinstance(said, dict) else said for said in answers.values()]
    levels += [said["agreed"] for said in long if "agreed" in said]
    try:
        return answers.keys() <= names.keys() and fitting.issuperset(levels)
    except TypeError:  # a list where a level should be
        return False
