"""`validate`: is an answer file, or a questionnaire folder, in order?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import QuestionnaireOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from it4it_assess.errors import InvalidFileError, Problem


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
) -> int:
    """Check files and list every problem: file, line, column, what is wrong, what to do.

    Ends with 1 when a problem is found and 2 when a file cannot be read.

    Examples:
      it4it-assess validate bakery.yaml
      it4it-assess validate clients/ --quiet
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import load
    from it4it_assess.errors import (
        EXIT_CANNOT_RUN,
        EXIT_FOUND,
        EXIT_OK,
        AssessError,
        InvalidFileError,
    )
    from it4it_assess.files.load import load_questionnaire

    found: list[Problem] = []
    unread: list[str] = []
    for path in _meant(files, unread):
        try:
            if path.is_dir():
                load_questionnaire(path.resolve())
            else:
                load(path, questionnaire)
        except InvalidFileError as error:
            found += error.problems
            _print(path, error, output)
        except AssessError as error:
            unread.append(str(error))
        else:
            if output is Findings.TABLE and not quiet:
                console.print_lines([f"{path}: in order"])
    for message in unread:
        console.note(message)
    if output is Findings.JSON:
        console.print_json(
            {"problems": [problem._asdict() for problem in found], "unread": unread}
        )
    if unread:
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if found else EXIT_OK


def _meant(files: Sequence[Path], unread: list[str]) -> Iterator[Path]:
    """Yield questionnaire folders as they are, and the answer files that all else means."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.load import HEAD
    from it4it_assess.files.many import answer_files

    for one in files:
        if (one / HEAD).is_file():
            yield one
            continue
        try:
            yield from answer_files([one])
        except AssessError as error:
            unread.append(str(error))


def _print(path: Path, error: InvalidFileError, output: Findings) -> None:
    """Print a file's problems as lines, or as the commands by which GitHub marks its lines."""
    import sys

    from it4it_assess.cli import console

    if output is Findings.TABLE:
        console.print_lines(str(error).splitlines())
    elif output is Findings.GITHUB:
        from it4it_assess.report.outcomes import as_annotations, unreadable

        sys.stdout.write(as_annotations([unreadable(path, error.problems)]))
