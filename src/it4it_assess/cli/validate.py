"""`validate`: is an answer file, or a questionnaire folder, in order?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import JobsOption, QuestionnaireOption

if TYPE_CHECKING:
    from it4it_assess.portfolio.reading import RefusedFile


class Findings(StrEnum):
    """How the problems are printed."""

    TABLE = "table"
    JSON = "json"
    GITHUB = "github"


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Answer files, folders of them, patterns, or questionnaire folders.",
            autocompletion=complete.answer_files,
            show_default=False,
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    output: Annotated[
        Findings,
        typer.Option("--format", "-f", help="Lines to read, JSON, or GitHub annotations."),
    ] = Findings.TABLE,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print problems only.")] = False,
    jobs: JobsOption = None,
) -> int:
    """Check files and list every problem: file, line, column, what is wrong, what to do.

    Ends with 1 when a problem is found and 2 when a file cannot be read.

    Examples:
      it4it-assess validate bakery.yaml
      it4it-assess validate clients/ --quiet --jobs 4
    """
    from functools import partial

    from it4it_assess.cli import console
    from it4it_assess.cli.each import outcomes
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_FOUND, EXIT_OK, Problem
    from it4it_assess.files.many import meant
    from it4it_assess.portfolio.reading import RefusedFile
    from it4it_assess.portfolio.validating import in_order, is_questionnaire

    found: list[Problem] = []
    unread: list[str] = []
    table = output is Findings.TABLE
    meant_files = list(meant(files, whole=is_questionnaire))
    for one in outcomes(
        meant_files, partial(in_order, questionnaire=questionnaire), jobs, quiet=quiet
    ):
        if not isinstance(one, RefusedFile):
            if table and not quiet:
                console.print_lines([f"{one.path}: in order"])
        elif one.problems:
            found += one.problems
            _print(one, output)
        else:
            unread.append(one.message)
            console.note(one.message)
    if output is Findings.JSON:
        console.print_json(
            {"problems": [problem._asdict() for problem in found], "unread": unread}
        )
    if unread:
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if found else EXIT_OK


def _print(one: RefusedFile, output: Findings) -> None:
    """Print a file's problems as lines, or as the commands by which GitHub marks its lines."""
    import sys

    from it4it_assess.cli import console

    if output is Findings.TABLE:
        console.print_lines(one.message.splitlines())
    elif output is Findings.GITHUB:
        from it4it_assess.report.outcomes import as_annotations, unreadable

        sys.stdout.write(as_annotations([unreadable(one.path, one.problems)]))
