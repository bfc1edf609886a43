"""`portfolio`: what many organisations' answer files say together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli.options import FormatOption, JobsOption, Output, QuestionnaireOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from it4it_assess.model.portfolio import AmongPeers, PublishedPortfolio
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.portfolio.judge import Judged, JudgedFile
    from it4it_assess.portfolio.store import Kept

PAGE, DATA, FIRMS = "index.html", "portfolio.json", "firms"


def portfolio(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...",
            help="Folders of answer files, patterns, or answer files.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Where page, JSON and tables go.")
    ] = Path("portfolio"),
    firm: Annotated[
        list[Path] | None,
        typer.Option(
            "--firm",
            metavar="FILE",
            help="Also write a page of this firm among its peers; may be repeated.",
            show_default=False,
        ),
    ] = None,
    smallest_group: Annotated[
        int,
        typer.Option(
            "--smallest-group", min=3, help="Show nothing that fewer firms than this share."
        ),
    ] = 5,
    database: Annotated[
        Path | None,
        typer.Option(
            "--database",
            metavar="FILE",
            help="Put the tables into this DuckDB file too.",
            show_default=False,
        ),
    ] = None,
    jobs: JobsOption = None,
    output: FormatOption = Output.TABLE,
    questionnaire: QuestionnaireOption = None,
) -> int:
    """Sum up many organisations: distributions, what comes first where, common unknowns.

    Small groups are never shown and there is no league table. Writes index.html and
    portfolio.json, which name nobody, and organisations.parquet and scores.parquet, a row a
    firm, which are yours alone. A file that cannot be read is told and hides no other; the
    command then ends with 2. Needs: pip install 'it4it-assess[portfolio]'.

    Examples:
      it4it-assess portfolio clients/
      it4it-assess portfolio clients/ --out spring --firm clients/bakery.yaml
      it4it-assess portfolio clients/ --format json | jq '.sections[].firsts.all'
    """
    from it4it_assess.cli import console
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_OK
    from it4it_assess.files.many import answer_files
    from it4it_assess.portfolio.store import export, keep, require_duckdb

    require_duckdb()
    paths = answer_files(files)
    firms = [_judged(path, questionnaire) for path in _each_its_own_page(firm or ())]
    out.mkdir(parents=True, exist_ok=True)
    with console.progress("files", len(paths), quiet=output is Output.JSON) as progress:
        outcomes = _outcomes(paths, questionnaire, jobs, progress)
        kept = keep(outcomes, out, [one.scored.organisation.name for _, one in firms])
    for refused in kept.refused:
        console.note(refused.message)
    if not kept.files:
        console.note("none of the files can be read; put them right as said above")
        return EXIT_CANNOT_RUN
    told, placed = _summed_up(kept, firms, out, questionnaire, smallest_group)
    if database is not None:
        export(out, database)
    written = [*_write(told, out), *_write_firms(placed, firm or (), out)]
    if output is Output.JSON:
        console.print_json(told.model_dump(mode="json"))
    else:
        _print(told, written, out, database)
    return EXIT_CANNOT_RUN if kept.refused else EXIT_OK


def _outcomes(
    paths: Sequence[Path],
    questionnaire: str | None,
    jobs: int | None,
    progress: Callable[[int], None] | None,
) -> Iterator[Judged]:
    """Judge the files; few of them in this process, which is quicker than starting others."""
    from functools import partial

    from it4it_assess.portfolio.judge import judge_file
    from it4it_assess.portfolio.spread import processes_for, spread

    work = partial(judge_file, questionnaire=questionnaire)
    return spread(work, paths, processes_for(len(paths), jobs), progress=progress)


def _summed_up(
    kept: Kept,
    firms: Sequence[tuple[Questionnaire, JudgedFile]],
    out: Path,
    questionnaire: str | None,
    smallest_group: int,
) -> tuple[PublishedPortfolio, list[AmongPeers]]:
    """Sum up what is kept in a folder, and place the firms that were asked for in it."""
    from it4it_assess.portfolio.peers import among_peers
    from it4it_assess.portfolio.statistics import open_files
    from it4it_assess.portfolio.store import engine
    from it4it_assess.portfolio.summary import summarise

    asked = {key: _asked(path, questionnaire) for key, path in kept.sources.items()}
    with engine() as connection:
        open_files(connection, out)
        told = summarise(
            connection, asked, smallest_group=smallest_group, refused=len(kept.refused)
        )
        placed = [
            among_peers(
                connection,
                own,
                one,
                kept.numbers.get(one.scored.organisation.name),
                smallest_group,
            )
            for own, one in firms
        ]
    return told, placed


def _each_its_own_page(files: Sequence[Path]) -> Sequence[Path]:
    """Return the files of --firm; two whose pages would have one name are refused."""
    from it4it_assess.errors import AssessError

    seen: dict[str, Path] = {}
    for path in files:
        other = seen.setdefault(path.stem, path)
        if other is not path:
            raise AssessError(
                f"{other} and {path} would both have the page {FIRMS}/{path.stem}.html; "
                "rename one, or give them one at a time"
            )
    return files


def _judged(path: Path, questionnaire: str | None) -> tuple[Questionnaire, JudgedFile]:
    """Judge one firm's file by its questionnaire; what keeps it from being read ends it all."""
    from it4it_assess.files.load import load_both
    from it4it_assess.portfolio.judge import judged

    asked, answers = load_both(path, questionnaire)
    return asked, judged(str(path), asked, answers)


def _asked(path: str, questionnaire: str | None) -> Questionnaire:
    from it4it_assess.files.load import load_both

    return load_both(path, questionnaire)[0]


def _write(told: PublishedPortfolio, out: Path) -> list[Path]:
    from it4it_assess.files.save import write_if_changed
    from it4it_assess.files.schema import as_json
    from it4it_assess.report.portfolio import render_portfolio

    write_if_changed(out / PAGE, render_portfolio(told).encode())
    write_if_changed(out / DATA, as_json(told.model_dump(mode="json")).encode())
    return [out / PAGE, out / DATA]


def _write_firms(placed: Sequence[AmongPeers], files: Sequence[Path], out: Path) -> list[Path]:
    """Write a page of each firm among its peers, for its owner alone."""
    from it4it_assess.files.save import PRIVATE, write_whole
    from it4it_assess.report.portfolio import render_firm

    written = []
    for one, path in zip(placed, files, strict=True):
        target = out / FIRMS / f"{path.stem}.html"
        target.parent.mkdir(exist_ok=True)
        write_whole(target, render_firm(one).encode(), mode=PRIVATE)
        written.append(target)
    return written


def _print(
    told: PublishedPortfolio, written: Sequence[Path], out: Path, database: Path | None
) -> None:
    from it4it_assess.cli import console
    from it4it_assess.portfolio.store import ORGANISATIONS, SCORES
    from it4it_assess.report.portfolio import section_table

    for section in told.sections:
        table = section_table(section)
        console.print_table(table.title, table.heads, table.rows)
    tables = [out / ORGANISATIONS, out / SCORES, *([database] if database else [])]
    console.print_list("To show", [str(path) for path in written])
    console.print_list("Yours alone: a row a firm", [str(path) for path in tables])
