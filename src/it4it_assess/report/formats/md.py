"""Markdown: a report to keep under git and to read anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report import render as pages
from it4it_assess.report.design import Design

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files


def render(
    assessment: Assessment,
    questionnaire: Questionnaire,
    design: Design = Design(),  # noqa: B008  a value, the same each time
) -> Files:
    """Return the report as one Markdown file."""
    return {".md": pages.render(assessment, questionnaire, "md", design).encode()}
