"""`score`: every score of one organisation, or of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli.options import (
    DaskOption,
    FilesArgument,
    FormatOption,
    JobsOption,
    Output,
    QuestionnaireOption,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.portfolio.scoring import Table


def score(
    answers: FilesArgument,
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    components: Annotated[
        bool, typer.Option("--components", "-c", help="Show every component too.")
    ] = False,
    jobs: JobsOption = None,
    dask: DaskOption = None,
) -> int:
    """Score each value stream, with what the score may still turn out to be.

    Of several files, a folder or a pattern, JSON is one document a line.

    Examples:
      it4it-assess score bakery.yaml
      it4it-assess score bakery.yaml --components
      it4it-assess score bakery.yaml --format json | jq .overall
      it4it-assess score clients/ --format json --jobs 4 > scores.jsonl
    """
    from functools import partial

    from it4it_assess.cli.each import each
    from it4it_assess.portfolio.scoring import scored_data, scored_tables

    if output is Output.JSON:
        work = partial(scored_data, questionnaire=questionnaire)
    else:
        work = partial(scored_tables, questionnaire=questionnaire, components=components)
    return each(answers, work, _show, output, jobs, dask)


def _show(tables: Sequence[Table]) -> None:
    from it4it_assess.cli import console

    for table in tables:
        console.print_table(*table)
