"""A blank answer file with every question and its levels as comments."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from it4it_assess.files.save import as_yaml

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from it4it_assess.model.questionnaire import Questionnaire, ValueStream

WIDTH = 96

HEAD = """\
# Answers of one organisation on one date, for `it4it-assess report`.
#
# Write the level that fits best after each question's colon. Besides a level you may write
#   unknown                                  nobody could say (a finding, never counted as no)
#   {level: 2, unsure: true}                 one step either way
#   {level: 3, note: a note, evidence: [what you saw]}
#   {not_applicable: why}                    leaves the sum
#   {by: {anna: 1, jo: 3}}                   several people, each with an own word
# and leave what was not asked empty: it widens the range and counts for nothing else.
"""
MORE_OF_THE_FIRM = "  # also: sector, employees, it_staff, country, regulation"


def blank_answers(
    questionnaire: Questionnaire,
    *,
    name: str,
    today: dt.date,
    quick: bool,
    questionnaire_name: str,
) -> str:
    """Return an answer file with no answers in it yet, ready for an editor."""
    return "\n".join(
        [
            HEAD + "format: 1",
            f"questionnaire: {as_yaml(questionnaire_name)}",
            f"questionnaire_version: {as_yaml(questionnaire.version)}",
            f"date: {today.isoformat()}",
            f"organisation: {{name: {as_yaml(name)}}}{MORE_OF_THE_FIRM}",
            "respondents: {}  # such as {anna: {name: Anna de Vries, role: owner}}",
            *_context(questionnaire),
            "answers:",
            *(line for stream in questionnaire.streams for line in _stream(stream, quick=quick)),
            "",
        ]
    )


def _context(questionnaire: Questionnaire) -> Iterator[str]:
    primary = [stream for stream in questionnaire.streams if stream.kind == "primary"]
    yield "context:"
    if questionnaire.goals:
        yield "  # How important is each goal, 0 to 5? Take out the # before those that matter."
        yield "  goals:"
        for goal in questionnaire.goals:
            yield f"    # {goal.id}: 3  # {goal.title}"
    yield "  # How much does each part of IT hurt today, 0 (not at all) to 5 (it stops the firm)?"
    yield "  pain:"
    for stream in primary:
        yield f"    # {stream.id}: 3  # {stream.title}"
    yield "  # Does somebody back a change (sponsor), are the skills there, are people open to it?"
    yield "  readiness:"
    for stream in primary:
        yield f"    # {stream.id}: {{sponsor: 3, skills: 3, openness: 3}}"
    order = ", ".join(criterion.id for criterion in questionnaire.criteria)
    yield f"  criteria: [{order}]  # most important first"
    yield "  capacity: {days_per_quarter: 20, quarters: 4}  # also: day_rate, currency"


def _stream(stream: ValueStream, *, quick: bool) -> Iterator[str]:
    yield ""
    yield f"  # ===== {stream.title} ====="
    for part in stream.components:
        yield ""
        yield f"  # --- {part.title} ---"
        for question in part.questions:
            if quick and not question.essential:
                continue
            yield from _comment(question.ask, "")
            for value, sentence in question.levels.items():
                yield from _comment(sentence, f"{value:g} ")
            yield f"  {question.id}:"


def _comment(text: str, mark: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"  # {mark}",
        subsequent_indent="  # " + " " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
