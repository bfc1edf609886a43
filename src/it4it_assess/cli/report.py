"""`report`: Markdown and HTML for one organisation or many."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from it4it_assess.cli.options import MethodOption, QuestionnaireOption, ViewOption


class ReportFormat(StrEnum):
    """The formats a report can be written in."""

    MD = "md"
    HTML = "html"


def report(
    answers: Annotated[
        list[Path],
        typer.Argument(metavar="ANSWERS...", help="Answer files (YAML).", show_default=False),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Where the reports go.")
    ] = Path("reports"),
    formats: Annotated[
        list[ReportFormat] | None,
        typer.Option("--format", "-f", help="May be repeated; both when not given."),
    ] = None,
    questionnaire: QuestionnaireOption = None,
    view: ViewOption = None,
    method: MethodOption = "greedy",
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not list what was written.")] = False,
) -> int:
    """Write a report of each answer file, named after it.

    Examples:
      it4it-assess report bakery.yaml
      it4it-assess report clients/*.yaml --out site --format html
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import assessed
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_OK, AssessError
    from it4it_assess.files.save import write_if_changed
    from it4it_assess.report.render import FORMATS, render

    _refuse_one_name_twice(answers)
    out.mkdir(parents=True, exist_ok=True)
    failed = False
    for path in answers:
        try:
            asked, assessment = assessed(path, questionnaire, view=view, method=method)
        except AssessError as error:
            console.note(str(error))
            failed = True
            continue
        for form in formats or list(ReportFormat):
            target = out / f"{path.stem}.{FORMATS[form].ending}"
            write_if_changed(target, render(assessment, asked, form).encode())
            if not quiet:
                console.print_text(str(target))
    return EXIT_CANNOT_RUN if failed else EXIT_OK


def _refuse_one_name_twice(answers: list[Path]) -> None:
    """Refuse files whose reports would overwrite each other."""
    from it4it_assess.errors import AssessError

    seen: dict[str, Path] = {}
    for path in answers:
        other = seen.setdefault(path.stem, path)
        if other is not path:
            raise AssessError(
                f"{other} and {path} would both be reported as {path.stem}; "
                "rename one, or report them to different folders"
            )
