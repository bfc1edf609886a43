"""`interview`: ask, one question at a time, every answer on disk before the next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from it4it_assess.cli.options import QuestionnaireOption


def interview(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The answer file; made when it is not there.")
    ],
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the essential question of each component.")
    ] = False,
    stream: Annotated[
        str | None, typer.Option("--stream", metavar="ID", help="Only this stream's questions.")
    ] = None,
    only_unanswered: Annotated[
        bool, typer.Option("--only-unanswered", help="Only what has no answer yet.")
    ] = False,
    only_unknown: Annotated[
        bool, typer.Option("--only-unknown", help="Only what nobody could say.")
    ] = False,
    respondent: Annotated[
        str | None,
        typer.Option("--as", metavar="WHO", help="Answer as this respondent, beside the others."),
    ] = None,
    questionnaire: QuestionnaireOption = None,
) -> None:
    """Ask the questions and write each answer down before the next is asked.

    A level is one of the digits shown; h lists everything else that can be said: unknown,
    unsure, does not apply, notes, back, undo. Leave with q or Ctrl-C whenever you like: it
    goes on at the first open question. Answers may come from a pipe, one a line.

    Examples:
      it4it-assess interview bakery.yaml
      it4it-assess interview bakery.yaml --quick --as anna
      it4it-assess interview bakery.yaml --only-unknown
    """
    import sys

    from it4it_assess.cli.work import today
    from it4it_assess.collect.interview import Scope, run

    run(
        file,
        Scope(quick, stream, only_unanswered, only_unknown, respondent, questionnaire),
        today=today(),
        lines=iter(sys.stdin.readline, ""),
        out=sys.stdout,
    )
