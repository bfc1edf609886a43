"""JSON: the whole assessment with exact numbers, for other programs.

Its schema is `it4it-assess questionnaire schema report`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.files.schema import as_json
from it4it_assess.model.published import (
    Asked,
    AskedComponent,
    AskedIndicator,
    AskedQuestion,
    AskedStream,
    PublishedReport,
)

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files


def render(assessment: Assessment, questionnaire: Questionnaire) -> Files:
    """Return the report as one JSON file."""
    report = PublishedReport(format=1, questionnaire=_asked(questionnaire), assessment=assessment)
    return {".json": as_json(report.model_dump(mode="json")).encode()}


def _asked(questionnaire: Questionnaire) -> Asked:
    return Asked(
        id=questionnaire.id,
        title=questionnaire.title,
        version=questionnaire.version,
        language=questionnaire.language,
        notice=questionnaire.notice,
        scale=questionnaire.scale,
        criteria=questionnaire.criteria,
        streams=tuple(
            AskedStream(
                id=stream.id,
                title=stream.title,
                kind=stream.kind,
                components=tuple(
                    AskedComponent(
                        id=part.id,
                        title=part.title,
                        questions=tuple(
                            AskedQuestion(id=one.id, ask=one.ask, essential=one.essential)
                            for one in part.questions
                        ),
                    )
                    for part in stream.components
                ),
            )
            for stream in questionnaire.streams
        ),
        goals={goal.id: goal.title for goal in questionnaire.goals},
        indicators={
            name: AskedIndicator(title=one.title, unit=one.unit, direction=one.direction)
            for name, one in questionnaire.indicators.items()
        },
        tools={name: tool.title for name, tool in questionnaire.tools.items()},
    )
