"""`validate`: is an answer file, or a questionnaire folder, in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from it4it_assess.cli.options import FormatOption, JobsOption, Output, QuestionnaireOption


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Answer files, folders of them, patterns, or questionnaire folders.",
            show_default=False,
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
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
    broken, table = False, output is Output.TABLE
    meant_files = list(meant(files, whole=is_questionnaire))
    for one in outcomes(
        meant_files, partial(in_order, questionnaire=questionnaire), jobs, quiet=quiet
    ):
        if not isinstance(one, RefusedFile):
            for line in one.notes:
                console.note(line)
            if table and not quiet:
                console.print_lines([f"{one.path}: in order"])
        elif one.problems:
            broken = True
            if table:
                console.print_lines(one.message.splitlines())
            else:
                found += one.problems
        else:
            unread.append(one.message)
            console.note(one.message)
    if not table:
        console.print_json(
            {"problems": [problem._asdict() for problem in found], "unread": unread}
        )
    if unread:
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if broken else EXIT_OK
