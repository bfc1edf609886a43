"""HTML: the report as one page that needs no other file and no network."""

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
    """Return the report as one HTML file."""
    return {".html": pages.render(assessment, questionnaire, "html", design).encode()}
