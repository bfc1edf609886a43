"""`validate`: is an answer file, or a questionnaire folder, in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from it4it_assess.cli.options import FormatOption, Output, QuestionnaireOption


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Answer files, or questionnaire folders.",
            show_default=False,
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print problems only.")] = False,
) -> int:
    """Check files and list every problem: file, line, column, what is wrong, what to do.

    Ends with 1 when a problem is found and 2 when a file cannot be read.

    Examples:
      it4it-assess validate bakery.yaml
      it4it-assess validate clients/*.yaml --quiet
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import load
    from it4it_assess.errors import (
        EXIT_CANNOT_RUN,
        EXIT_FOUND,
        EXIT_OK,
        AssessError,
        InvalidFileError,
        Problem,
    )
    from it4it_assess.files.load import load_questionnaire

    found: list[Problem] = []
    unread: list[str] = []
    for path in files:
        try:
            if path.is_dir():
                load_questionnaire(path.resolve())
            else:
                load(path, questionnaire)
        except InvalidFileError as error:
            found += error.problems
            if output is Output.TABLE:
                console.print_lines(str(error).splitlines())
        except AssessError as error:
            unread.append(str(error))
            console.note(str(error))
        else:
            if output is Output.TABLE and not quiet:
                console.print_lines([f"{path}: in order"])
    if output is Output.JSON:
        console.print_json(
            {"problems": [problem._asdict() for problem in found], "unread": unread}
        )
    if unread:
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if found else EXIT_OK
