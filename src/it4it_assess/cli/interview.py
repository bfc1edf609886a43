"""`interview`: ask, one question at a time, every answer on disk before the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import QuestionnaireOption

if TYPE_CHECKING:
    from it4it_assess.collect.interview import Scope, Talk
    from it4it_assess.collect.sitting import Sitting


def interview(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The answer file; made when it is not there.",
            autocompletion=complete.answer_files,
        ),
    ],
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Only the essential question of each component: enough to rank, not to score.",
        ),
    ] = False,
    triage: Annotated[
        bool,
        typer.Option(
            "--triage",
            help="About ten questions, then only what could still change which stream is first.",
        ),
    ] = False,
    stream: Annotated[
        str | None,
        typer.Option(
            "--stream",
            metavar="ID",
            autocompletion=complete.streams,
            help="Only this stream's questions.",
        ),
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
    firm: Annotated[
        bool | None,
        typer.Option(
            "--firm/--no-firm",
            help="Ask of the firm first: goals, pain, readiness, days. Usual where none is given.",
            show_default=False,
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain", help="Line by line, for screen readers, plain terminals and scripts."
        ),
    ] = False,
    questionnaire: QuestionnaireOption = None,
) -> None:
    """Ask the questions and write each answer down before the next is asked.

    One key answers; the keys are shown. Leave with q or Ctrl-C whenever you like: it goes on
    at the first open question. With --plain, or where there is no terminal, an answer is a
    line, and may come from a pipe.

    Examples:
      it4it-assess interview bakery.yaml
      it4it-assess interview bakery.yaml --triage
      it4it-assess interview bakery.yaml --quick --as anna
      it4it-assess interview bakery.yaml --only-unknown
    """
    from it4it_assess.cli.work import load, today
    from it4it_assess.collect.interview import Scope, make, run

    scope = Scope(
        quick=quick,
        triage=triage,
        stream=stream,
        only_unanswered=only_unanswered,
        only_unknown=only_unknown,
        respondent=respondent,
        questionnaire=questionnaire,
        firm=firm,
    )
    if not file.exists():
        make(file, questionnaire, _name_of_the_firm(file), today())
    asked, answers = load(file, questionnaire)
    try:
        sitting = run(file, asked, answers, scope, _talk(plain=plain))
    except KeyboardInterrupt:
        typer.echo(f"\nEverything answered is in {file}.")
        raise
    typer.echo(f"Everything answered is in {file}.")
    _say_what_is_left(file, scope, sitting)


def _name_of_the_firm(file: Path) -> str:
    """Ask for the organisation's name."""
    import sys

    typer.echo(f"{file} is new. What is the organisation called? ", nl=False)
    sys.stdout.flush()
    return sys.stdin.readline()


def _talk(*, plain: bool) -> Talk:
    """Return keys on a terminal, and lines elsewhere or when asked for."""
    import os
    import sys

    from it4it_assess.collect.interview import keys_talk, lines_talk

    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if plain or not terminal or os.environ.get("TERM", "dumb") == "dumb":
        return lines_talk(iter(sys.stdin.readline, ""), sys.stdout)
    return keys_talk()


def _say_what_is_left(file: Path, scope: Scope, sitting: Sitting) -> None:
    """Say how to go on, and what can be had already."""
    import shlex

    name = shlex.quote(str(file))
    if scope.triage:
        typer.echo(sitting.remark)
        typer.echo(f"Why, and what would change it: it4it-assess rank {name}")
        typer.echo(f"A score needs more answers: {_again(name, scope._replace(triage=False))}")
    elif sitting.open:
        typer.echo(f"{sitting.open} open. Go on with: {_again(name, scope)}")
    elif scope.quick:
        typer.echo(f"That is enough to rank: it4it-assess rank {name}")
        whole = _again(name, scope._replace(quick=False))
        typer.echo(f"A score needs 60 % of a stream answered: {whole}")
    else:
        typer.echo(f"All is answered. Now: it4it-assess report {name}")


def _again(name: str, scope: Scope) -> str:
    """Return the command that goes on where this one stopped."""
    import shlex

    asked = [
        *(["--quick"] if scope.quick else []),
        *(["--stream", scope.stream] if scope.stream else []),
        *(["--only-unanswered"] if scope.only_unanswered else []),
        *(["--only-unknown"] if scope.only_unknown else []),
        *(["--as", scope.respondent] if scope.respondent else []),
    ]
    return f"it4it-assess interview {name} {shlex.join(asked)}".rstrip()
