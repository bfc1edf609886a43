"""`report`: one organisation or many, in any of the formats."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import (
    DaskOption,
    FilesArgument,
    JobsOption,
    MethodOption,
    QuestionnaireOption,
    ViewOption,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.files.many import Meant


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
    answers: FilesArgument,
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
    jobs: JobsOption = None,
    dask: DaskOption = None,
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help="Make every report, whatever is known of earlier runs."),
    ] = False,
) -> int:
    """Write a report of each answer file, named after it, in folders as the answers are.

    Several files get a page over all of them, index.html or index.md. A report whose answers
    have not changed since it was made is not made again.

    Examples:
      it4it-assess report bakery.yaml
      it4it-assess report clients/ --out site --format html
      it4it-assess report clients/ --out site --check
      it4it-assess report clients/ --out site --jobs 8
      it4it-assess report bakery.yaml --format md,html
      it4it-assess report bakery.yaml --audience owner --brand our-firm/brand.yaml
    """
    from contextlib import nullcontext

    from it4it_assess.cli import console
    from it4it_assess.cli.each import workers
    from it4it_assess.cli.work import today
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_FOUND, EXIT_OK
    from it4it_assess.files.many import meant
    from it4it_assess.portfolio.cache import opened
    from it4it_assess.portfolio.index import has_index, put_index, rows_on_disk, unfinished
    from it4it_assess.portfolio.reporting import Memory, Order, Reported, reported
    from it4it_assess.report.formats import USUAL

    files = list(meant(answers))
    _refuse_one_name_twice(files)
    wanted = tuple(formats or USUAL)
    order = Order(
        out,
        wanted,
        today(),
        check,
        questionnaire,
        view,
        method,
        audience.value,
        templates,
        brand,
    )
    indexed = has_index(files, order)
    kept: list[Reported] = []
    failed, differs = False, False
    with (
        nullcontext() if no_cache else opened() as cache,
        console.progress("reports", len(files), quiet=quiet) as progress,
        unfinished(order, indexed=indexed) as keep,
        workers(dask) as pool,
    ):
        rows = rows_on_disk(order) if indexed else None
        memory = None if cache is None else Memory.of(order, cache, rows)
        for one in reported(files, order, memory, jobs=jobs, pool=pool, progress=progress):
            for line in (*one.notes, *([one.refused] if one.refused else [])):
                console.note(line)
            failed = failed or bool(one.refused)
            differs = differs or (check and bool(one.lines))
            if not quiet:
                console.print_lines(one.lines)
            if indexed:
                keep(one)
                kept.append(one._replace(lines=()))
        if indexed:
            lines = put_index(kept, order, memory)
            differs = differs or (check and bool(lines))
            if not quiet:
                console.print_lines(lines)
        if memory is not None:
            memory.flush()
    if failed:
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if differs else EXIT_OK


def _refuse_one_name_twice(files: Sequence[Meant]) -> None:
    """Refuse files whose reports would overwrite each other."""
    from it4it_assess.errors import AssessError

    seen: dict[str, Path] = {}
    for file in files:
        other = seen.setdefault(file.name, file.path)
        if other is not file.path and not file.missing:
            raise AssessError(
                f"{other} and {file.path} would both be reported as {file.name}; rename one, "
                "report them to different folders, or name the folder that both are in"
            )
