"""`report`: one organisation or many, in any of the formats."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import MethodOption, QuestionnaireOption, ViewOption

if TYPE_CHECKING:
    from collections.abc import Sequence


class Audience(StrEnum):
    """Whom a report is for."""

    OWNER = "owner"
    BOARD = "board"
    CONSULTANT = "consultant"


FORMAT_HELP = (
    "One or several of md, html, json, csv, tasks, archimate, xlsx, docx, pdf; "
    "md and html when not given. May be repeated."
)


def _formats(given: list[str] | None) -> list[str]:
    """Return the formats asked for, each once: by several options, or one with commas."""
    from it4it_assess.report.formats import FORMATS, USUAL

    named = [name.strip() for one in given or USUAL for name in one.split(",")]
    for name in named:
        if name not in FORMATS:
            raise typer.BadParameter(f"{name!r} is not one of {', '.join(FORMATS)}.")
    return list(dict.fromkeys(named))


def report(
    answers: Annotated[
        list[Path],
        typer.Argument(
            metavar="ANSWERS...",
            help="Answer files (YAML), folders of them, or patterns.",
            autocompletion=complete.answer_files,
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Where the reports go.")
    ] = Path("reports"),
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            autocompletion=complete.formats,
            callback=_formats,
            help=FORMAT_HELP,
            show_default=False,
        ),
    ] = None,
    questionnaire: QuestionnaireOption = None,
    view: ViewOption = None,
    method: MethodOption = "greedy",
    audience: Annotated[
        Audience,
        typer.Option(
            "--audience",
            "-a",
            help="One page for the owner, the whole for the board, every answer for a consultant.",
        ),
    ] = Audience.BOARD,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates",
            metavar="DIR",
            help="Your own templates, or blocks of them, for md, html and pdf.",
            show_default=False,
        ),
    ] = None,
    brand: Annotated[
        Path | None,
        typer.Option(
            "--brand",
            metavar="FILE",
            help="Name, logo, colour and contact lines; else brand.yaml among the templates.",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Write nothing; end with 1 and a diff where a report is not what it should be.",
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not list what was written.")] = False,
) -> int:
    """Write a report of each answer file, named after it.

    Examples:
      it4it-assess report bakery.yaml
      it4it-assess report clients/ --out site --format html
      it4it-assess report clients/ --out site --check
      it4it-assess report bakery.yaml --format md,html
      it4it-assess report bakery.yaml --audience owner --brand our-firm/brand.yaml
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import assessed
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_FOUND, EXIT_OK, AssessError
    from it4it_assess.files.many import answer_files
    from it4it_assess.report.design import design
    from it4it_assess.report.formats import USUAL, rendered, require

    files = answer_files(answers)
    _refuse_one_name_twice(files)
    wanted = formats or USUAL
    for name in wanted:
        require(name)
    look = design(audience.value, templates, brand)
    put = _compared if check else _written
    failed, differs = False, False
    for path in files:
        try:
            asked, assessment = assessed(path, questionnaire, view=view, method=method)
        except AssessError as error:
            console.note(str(error))
            failed = True
            continue
        for name in wanted:
            for ending, data in rendered(name, assessment, asked, look).items():
                lines = put(out / f"{path.stem}{ending}", data)
                differs = differs or (check and bool(lines))
                if not quiet:
                    console.print_lines(lines)
    if failed:
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if differs else EXIT_OK


def _written(target: Path, data: bytes) -> list[str]:
    """Write a report, and return what to say of it."""
    from it4it_assess.files.save import write_if_changed

    target.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(target, data)
    return [str(target)]


def _compared(target: Path, data: bytes) -> list[str]:
    """Return how a report on disk differs from what it should be; nothing where it does not."""
    from it4it_assess.report.drift import drift

    return drift(str(target), data, target.read_bytes() if target.is_file() else None)


def _refuse_one_name_twice(answers: Sequence[Path]) -> None:
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
