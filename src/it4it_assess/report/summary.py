"""The judgement as a short list of what it is about and what it says, the same in each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report import figures, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

METHOD = (
    "Scores are weighted means of the answers; unknown and missing answers widen the range. "
    "A structured self-view, not an audit. Days and gains are estimates."
)


def summary(assessment: Assessment, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield what the report says first: the pick, how sure it is, what to do, and why."""
    yield "What first", words.headline(assessment)
    yield "How sure", words.sureness(assessment)
    if (runner_up := words.runner_up(assessment)) is not None:
        yield "", runner_up
    if (job := words.next_monday(assessment)) is not None:
        yield "Next Monday", job.first_step
        yield "", f"It begins: {job.title} ({figures.days(job.days)})"
    yield from _listed("Why", words.reasons(assessment, questionnaire))
    yield from _listed("Not first", words.gates(assessment))
    yield from _listed("What would change it", words.changers(assessment, questionnaire))
    plan = assessment.roadmap
    cost = "" if plan.cost is None else f", {figures.money(plan.cost, plan.currency)}"
    yield "The plan", f"{figures.days(plan.days)} over {len(plan.waves)} quarters{cost}"
    yield from _listed("Taken for granted", assessment.assumptions)
    yield "Method", METHOD
    if questionnaire.notice:
        yield "", questionnaire.notice
    yield (
        "Made with",
        (f"{questionnaire.title}, version {assessment.version}; it4it-assess {assessment.tool}"),
    )


def _listed(name: str, lines: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines):
        yield "" if place else name, line
