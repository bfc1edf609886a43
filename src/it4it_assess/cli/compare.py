"""`compare`: what changed between two dates or more, why, and what it did to the pick."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import QuestionnaireOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.engine.mixing import Sitting
    from it4it_assess.model.comparison import Comparison, Trend
    from it4it_assess.model.questionnaire import Questionnaire

SHOWN_ANSWERS = 10
TWO = 2


class ComparisonFormat(StrEnum):
    """How a comparison is given."""

    TABLE = "table"
    JSON = "json"
    MD = "md"
    HTML = "html"


def compare(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD",
            autocompletion=complete.answer_files,
            help="The older answer file.",
            show_default=False,
        ),
    ],
    new: Annotated[
        list[Path],
        typer.Argument(
            metavar="NEW [MORE...]",
            autocompletion=complete.answer_files,
            help="A newer one. Of more than two, the first and the last by date are compared.",
            show_default=False,
        ),
    ],
    output: Annotated[
        ComparisonFormat,
        typer.Option("--format", "-f", help="To read here, as JSON, or as a page."),
    ] = ComparisonFormat.TABLE,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Where JSON or a page goes.", show_default=False
        ),
    ] = None,
    questionnaire: QuestionnaireOption = None,
    old_questionnaire: Annotated[
        str | None,
        typer.Option(
            "--old-questionnaire",
            metavar="NAME|FOLDER",
            help="Read OLD with this one: the version its answers were given to.",
            show_default=False,
        ),
    ] = None,
    any_organisation: Annotated[
        bool,
        typer.Option("--any-organisation", help="Compare though the names of the firms differ."),
    ] = False,
) -> None:
    """Say what changed between answer files of one firm, and why.

    Changed answers are kept apart from a changed questionnaire, changed ratings, targets,
    capacity and weights. JSON has the keys old, new, steps, changed, overall, streams,
    lenses, pick, ranking, answers, initiatives, together, indicators, settings,
    questionnaire and trend; every score in it has old, new, delta and parts, and the parts,
    one a step, add up to the delta.

    Examples:
      it4it-assess compare bakery-2026.yaml bakery-2027.yaml
      it4it-assess compare bakery-*.yaml --format html --out bakery-trend.html
      it4it-assess compare 2026.yaml 2027.yaml --format json | jq .pick
    """
    from it4it_assess.engine.compare import compare as compare_sittings
    from it4it_assess.engine.trend import trend as trend_of
    from it4it_assess.errors import AssessError

    if out is not None and output is ComparisonFormat.TABLE:
        raise AssessError(f"{out}: a table goes to the terminal; add --format md, html or json")
    paths = [old, *new]
    sittings = [_sitting(old, old_questionnaire or questionnaire)]
    sittings += [_sitting(path, questionnaire) for path in new]
    _refuse_strangers(paths, sittings, any_organisation=any_organisation)
    if len(sittings) > TWO:
        sittings = _by_date(paths, sittings)
    told = compare_sittings(sittings[0], sittings[-1])
    over_time = trend_of(sittings)
    asked = (sittings[0].questionnaire, sittings[-1].questionnaire)
    if output is ComparisonFormat.TABLE:
        _print(told, over_time, asked[-1])
        return
    text = _text(told, over_time, asked, output)
    if out is None:
        import sys

        sys.stdout.write(text)
        return
    from it4it_assess.cli import console
    from it4it_assess.files.save import write_if_changed

    write_if_changed(out, text.encode())
    console.print_text(str(out))


def _sitting(path: Path, questionnaire: str | None) -> Sitting:
    from it4it_assess.cli.work import load
    from it4it_assess.engine.mixing import Sitting

    return Sitting(*load(path, questionnaire))


def _refuse_strangers(
    paths: Sequence[Path], sittings: Sequence[Sitting], *, any_organisation: bool
) -> None:
    """Refuse files of different firms, unless that is what is wanted."""
    from it4it_assess.errors import AssessError
    from it4it_assess.model.names import plain_name

    names = [sitting.answers.organisation.name for sitting in sittings]
    for path, name in zip(paths, names, strict=True):
        if not any_organisation and plain_name(name) != plain_name(names[0]):
            raise AssessError(
                f"{paths[0]} is of {names[0]}, {path} is of {name}; "
                "give files of one firm, or add --any-organisation to compare them all the same"
            )


def _by_date(paths: Sequence[Path], sittings: Sequence[Sitting]) -> list[Sitting]:
    """Return the sittings oldest first; those of one date stay in the order given."""
    from it4it_assess.errors import AssessError

    dated = []
    for path, sitting in zip(paths, sittings, strict=True):
        date = sitting.answers.date
        if date is None:
            raise AssessError(
                f"{path}: has no date, and more than two files are put in order by date; "
                "add a line such as date: 2026-11-02"
            )
        dated.append((date, sitting))
    dated.sort(key=lambda pair: pair[0])
    return [sitting for _, sitting in dated]


def _text(
    told: Comparison,
    over_time: Trend,
    asked: tuple[Questionnaire, Questionnaire],
    output: ComparisonFormat,
) -> str:
    if output is ComparisonFormat.JSON:
        from it4it_assess.cli import console
        from it4it_assess.report.data import comparison_data

        return console.json_text(comparison_data(told, over_time))
    from it4it_assess.report.comparison import render_comparison

    return render_comparison(told, over_time, asked, output)


def _print(told: Comparison, over_time: Trend, asked: Questionnaire) -> None:
    """Tell the story first, then the figures."""
    from it4it_assess.cli import console
    from it4it_assess.report import comparison_words as words
    from it4it_assess.report import progress_words
    from it4it_assess.report.comparison_tables import (
        indicator_table,
        score_table,
        trend_table,
        value_table,
    )

    named = words.titles(told)
    console.print_text(
        f"{told.new.organisation}, between {words.span(told)}.", *words.story(told), ""
    )
    console.print_list("What comes first", words.pick_story(told))
    console.print_list("Mind", words.cautions(told))
    tables = [score_table(told), value_table(told), indicator_table(told)]
    if len(over_time.dates) > TWO:
        tables.append(trend_table(over_time))
    for table in tables:
        if table.rows:
            console.print_table(table.title, table.heads, table.rows, left=table.left)
    by_standing = {"done": "Done", "partly": "Partly done", "slipped": "Lost again"}
    for standing, title in by_standing.items():
        works = [work for work in told.initiatives if work.standing == standing]
        console.print_list(title, [progress_words.initiative(work, told, asked) for work in works])
    console.print_list("What the work did", progress_words.together(told))
    shown = [words.answer(change, named) for change in told.answers[:SHOWN_ANSWERS]]
    if (more := len(told.answers) - len(shown)) > 0:
        shown.append(f"and {more} more; --format md lists them all")
    console.print_list("Answers that changed, what moved most first", shown)
    console.print_list(
        "What else the firm says otherwise",
        [
            f"{words.setting(one.path, asked)}: {one.old or 'not said'} then, "
            f"{one.new or 'not said'} now"
            for one in told.settings
        ],
    )
