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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.files.references import Complaint
    from it4it_assess.model.questionnaire import Questionnaire


def answer_complaints(values: Any, questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Complain of what an answer file says that its questionnaire does not know."""
    streams = [stream.id for stream in questionnaire.streams]
    criteria = [criterion.id for criterion in questionnaire.criteria]
    respondents = [found.value for found in at(values, "respondents.@")]
    for pattern, known, what in (
        ("answers.@", questionnaire.questions.keys(), "question"),
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
    voices = at(values, "answers.*.by.@")
    yield from unknown_names(voices, respondents, "respondent", "list them under respondents")
    yield from repeated(
        [*at(values, "context.criteria.*"), *at(values, "context.criteria.*.*")], "criterion"
    )
    scale = questionnaire.values
    for pattern in (
        "answers.*",
        "answers.*.level",
        "answers.*.agreed",
        "answers.*.by.*",
        "answers.*.by.*.level",
    ):
        yield from off_scale(values, pattern, scale)
    yield from out_of_range(values, "context.targets.*", scale, "target")
