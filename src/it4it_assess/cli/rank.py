"""`rank`: which stream first, why, and what would change that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.cli.options import (
    FilesArgument,
    FormatOption,
    Output,
    QuestionnaireOption,
    ViewOption,
    WhatIfOption,
)

if TYPE_CHECKING:
    from it4it_assess.cli.work import Choices
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.portfolio.reading import Done


def rank(
    answers: FilesArgument,
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    what_if: WhatIfOption = None,
    view: ViewOption = None,
) -> int:
    """Say which value stream to adopt first, how sure that is, and what would change it.

    Of several files, a folder or a pattern, JSON is one document a line.

    Examples:
      it4it-assess rank bakery.yaml
      it4it-assess rank bakery.yaml --what-if pain.d2c=2 --what-if targets.r2f=3.5
      it4it-assess rank bakery.yaml --view it4it-3.0
      it4it-assess rank bakery.yaml --format json | jq -r .first
      it4it-assess rank clients/ --format json | jq -r '[.file, .first] | @tsv'
    """
    from functools import partial

    from it4it_assess.cli.each import each
    from it4it_assess.cli.work import Choices, today

    today()  # a date that cannot be read is said once
    choices = Choices(questionnaire, tuple(what_if or ()), view)
    return each(answers, partial(_ranked, choices=choices, output=output), _show, output)


class _Ranked(NamedTuple):
    """A ranking, and the one before the changes tried on it."""

    asked: Questionnaire
    assessment: Assessment
    before: Assessment | None


def _ranked(path: Path, *, choices: Choices, output: Output) -> Done:
    from it4it_assess.cli.work import assessed
    from it4it_assess.portfolio.reading import Done
    from it4it_assess.report.data import rank_data

    asked, assessment = assessed(path, *choices)
    if output is Output.JSON:
        return Done(str(path), rank_data(assessment))
    plain = choices._replace(what_if=())
    before = assessed(path, *plain)[1] if choices.what_if else None
    return Done(str(path), _Ranked(asked, assessment, before))


def _show(ranked: _Ranked) -> None:
    from it4it_assess.cli import console
    from it4it_assess.report import words
    from it4it_assess.report.figures import in_shares, points

    asked, assessment, before = ranked
    criteria = {criterion.id: criterion.title for criterion in asked.criteria}
    rows = [
        (
            f"{stream.rank}. {stream.title}" + (" (gated)" if stream.gates else ""),
            *(points(stream.contributions[name], 2) for name in criteria),
            points(stream.value, 2),
            in_shares(assessment.robustness.rank_shares[stream.id][0]),
        )
        for stream in assessment.ranking.streams
    ]
    console.print_text(words.headline(assessment), words.sureness(assessment))
    if (lead := words.runner_up(assessment)) is not None:
        console.print_text(lead)
    if before is not None:
        console.print_text(words.difference(before, assessment))
    console.print_table(
        f"\n{assessment.organisation.name}",
        ("Stream", *criteria.values(), "Value", "First"),
        rows,
    )
    console.print_list("Why", words.reasons(assessment, asked))
    console.print_list("Gates", words.gates(assessment))
    console.print_list("What would change it", words.changers(assessment, asked))
    console.print_list("Taken for granted", assessment.assumptions)
