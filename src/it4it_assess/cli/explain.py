"""`explain`: the arithmetic of any number, down to the answers."""

from __future__ import annotations

from typing import Annotated

import typer

from it4it_assess.cli.options import (
    AnswersArgument,
    FormatOption,
    Output,
    QuestionnaireOption,
    ViewOption,
    WhatIfOption,
)


def explain(
    answers: AnswersArgument,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=(
                "overall, rank, sureness, weights, targets, roadmap, roadmap.q1, money.plan, or "
                "the id of a stream, component, question, lens, view group or initiative; with "
                "a stream also rank., sureness., gap., targets. and agreement. before its id."
            ),
        ),
    ] = "overall",
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    what_if: WhatIfOption = None,
    view: ViewOption = None,
) -> None:
    """Show how a number came about, down to the answers it rests on.

    Examples:
      it4it-assess explain bakery.yaml d2c
      it4it-assess explain bakery.yaml rank.d2c
      it4it-assess explain bakery.yaml d2c.incident.record
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import assessed
    from it4it_assess.engine.explain import explain as explain_number

    asked, assessment = assessed(answers, questionnaire, what_if, view)
    told = explain_number(asked, assessment, what)
    if output is Output.JSON:
        console.print_json(told.model_dump(mode="json"))
        return
    console.print_outline(told.lines())
