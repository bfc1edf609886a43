"""`rank`: which stream first, why, and what would change that."""

from __future__ import annotations

from it4it_assess.cli.options import (
    AnswersArgument,
    FormatOption,
    Output,
    QuestionnaireOption,
    ViewOption,
    WhatIfOption,
)


def rank(
    answers: AnswersArgument,
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    what_if: WhatIfOption = None,
    view: ViewOption = None,
) -> None:
    """Say which value stream to adopt first, how sure that is, and what would change it.

    Examples:
      it4it-assess rank bakery.yaml
      it4it-assess rank bakery.yaml --what-if pain.d2c=2 --what-if targets.r2f=3.5
      it4it-assess rank bakery.yaml --view it4it-3.0
      it4it-assess rank bakery.yaml --format json | jq -r .first
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import assessed
    from it4it_assess.report import words
    from it4it_assess.report.data import rank_data
    from it4it_assess.report.figures import in_shares, points

    asked, assessment = assessed(answers, questionnaire, what_if, view)
    if output is Output.JSON:
        console.print_json(rank_data(assessment))
        return
    before = assessed(answers, questionnaire, view=view)[1] if what_if else None
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
