"""DOCX: the report as a Word document to edit, its charts as pictures beside the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.view import lay_out_page
from it4it_assess.report.word import Word
from it4it_assess.report.word_judgement import (
    write_disputes,
    write_first,
    write_scores,
    write_unknown,
    write_why,
)
from it4it_assess.report.word_plan import (
    write_lenses,
    write_method,
    write_money,
    write_people,
    write_roadmap,
)

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files

STORY = (
    write_first,
    write_why,
    write_scores,
    write_unknown,
    write_disputes,
    write_roadmap,
    write_money,
    write_people,
    write_lenses,
    write_method,
)
"""The parts in the order of the HTML report."""


def render(assessment: Assessment, questionnaire: Questionnaire) -> Files:
    """Return the report as one Word document."""
    page = lay_out_page(assessment, questionnaire)
    word = Word(
        f"{page.organisation}: {page.questionnaire}",
        assessment.date,
        questionnaire.language,
        f"it4it-assess {assessment.tool}",
    )
    for write in STORY:
        write(word, page)
    return {".docx": word.saved()}
