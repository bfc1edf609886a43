"""`explain`: the arithmetic of any number, down to the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli.options import (
    FormatOption,
    Output,
    QuestionnaireOption,
    ViewOption,
    WhatIfOption,
)

if TYPE_CHECKING:
    from it4it_assess.cli.work import Choices
    from it4it_assess.portfolio.reading import Done


def explain(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ANSWERS... [WHAT]",
            show_default=False,
            help=(
                "Answer files (YAML), folders/ of them, or patterns; then what to explain: "
                "overall, rank, sureness, weights, targets, roadmap, roadmap.q1, money.plan, or "
                "the id of a stream, component, question, lens, view group or initiative; with "
                "a stream also rank., sureness., gap., targets. and agreement. before its id."
            ),
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    what_if: WhatIfOption = None,
    view: ViewOption = None,
) -> int:
    """Show how a number came about, down to the answers it rests on.

    Without WHAT it is the overall score. Of several files, a folder or a pattern, JSON is one
    document a line.

    Examples:
      it4it-assess explain bakery.yaml d2c
      it4it-assess explain bakery.yaml rank.d2c
      it4it-assess explain bakery.yaml d2c.incident.record
      it4it-assess explain clients/ overall
    """
    from functools import partial

    from it4it_assess.cli import console
    from it4it_assess.cli.each import each
    from it4it_assess.cli.work import Choices, today

    today()  # a date that cannot be read is said once
    files, what = _told_apart(words)
    choices = Choices(questionnaire, tuple(what_if or ()), view)
    work = partial(_explained, what=what, choices=choices, output=output)
    return each(files, work, console.print_outline, output)


def _explained(
    path: Path,
    *,
    what: str,
    choices: Choices,
    output: Output,
) -> Done:
    from it4it_assess.cli.work import assessed
    from it4it_assess.engine.explain import explain as explain_number
    from it4it_assess.portfolio.reading import Done

    told = explain_number(*assessed(path, *choices), what)
    value = told.model_dump(mode="json") if output is Output.JSON else list(told.lines())
    return Done(str(path), value)


def _told_apart(words: list[str]) -> tuple[list[Path], str]:
    """Return the files and what to explain: the last word, unless it can only be a file."""
    last = words[-1]
    a_file = last.endswith((".yaml", ".yml")) or any(sign in last for sign in "/\\*?[")
    if len(words) == 1 or a_file:
        return [Path(word) for word in words], "overall"
    return [Path(word) for word in words[:-1]], last
