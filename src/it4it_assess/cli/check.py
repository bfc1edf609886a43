"""`check`: do scores keep to their floors, and to what they were before?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import JobsOption, QuestionnaireOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.report.outcomes import Checked


class Findings(StrEnum):
    """How the outcomes are printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Answer files, folders of them, or patterns.",
            autocompletion=complete.answer_files,
            show_default=False,
        ),
    ],
    least: Annotated[
        list[str] | None,
        typer.Option(
            "--min", metavar="ID=SCORE", help="A floor under a score, such as d2c=2.5 or 2."
        ),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--min-level", metavar="ID=LEVEL", help="A level to reach, such as overall=2."
        ),
    ] = None,
    coverage: Annotated[
        list[str] | None,
        typer.Option(
            "--min-coverage", metavar="ID=SHARE", help="How much is answered, such as 0.8."
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            "-b",
            metavar="FILE|REV:FILE",
            help="No score below this file's; HEAD~1: is the same file one commit ago.",
        ),
    ] = None,
    max_drop: Annotated[
        float | None,
        typer.Option("--max-drop", min=0, help="How far a score may fall below the baseline's."),
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy",
            "-p",
            metavar="FILE",
            autocompletion=complete.answer_files,
            help="Floors and baseline from a file.",
        ),
    ] = None,
    output: Annotated[
        Findings, typer.Option("--format", "-f", help="How the outcomes are printed.")
    ] = Findings.TEXT,
    questionnaire: QuestionnaireOption = None,
    jobs: JobsOption = None,
) -> int:
    """Check that scores keep to their floors and do not fall; for CI jobs.

    Ends with 1 when a rule is broken and 2 when a file cannot be read. In a GitHub job a
    summary goes to its page.

    Examples:
      it4it-assess check bakery.yaml --min d2c=1.2 --min-level overall=1 --min-coverage 0.8
      it4it-assess check clients/ --policy policy.yaml --format sarif > findings.sarif
      it4it-assess check bakery.yaml --baseline HEAD~1:
    """
    from functools import partial

    from it4it_assess.cli.each import outcomes
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_FOUND, EXIT_OK
    from it4it_assess.files.many import meant
    from it4it_assess.portfolio.checking import Rules, checked_file, judged

    rules = Rules(
        policy,
        {"min": least or [], "min_level": level or [], "min_coverage": coverage or []},
        baseline,
        max_drop,
    )
    work = partial(checked_file, questionnaire=questionnaire, rules=rules)
    checked = [judged(one) for one in outcomes(list(meant(files)), work, jobs, quiet=True)]
    _print(checked, output)
    if any(one.unreadable for one in checked):
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if any(one.broken for one in checked) else EXIT_OK


def _print(checked: Sequence[Checked], output: Findings) -> None:
    """Print the outcomes, and leave a summary where a GitHub job wants one."""
    import os
    import sys

    from it4it_assess import __version__
    from it4it_assess.cli import console
    from it4it_assess.report import outcomes

    for one in checked:
        for message, place in one.unreadable:
            console.note(f"{place.file}:{place.line}:{place.column}: {message}")
    match output:
        case Findings.TEXT:
            console.print_lines(outcomes.as_text(checked).splitlines())
        case Findings.JSON:
            sys.stdout.write(outcomes.as_json(checked))
        case Findings.JUNIT:
            sys.stdout.write(outcomes.as_junit(checked))
        case Findings.SARIF:
            sys.stdout.write(outcomes.as_sarif(checked, __version__))
        case Findings.GITHUB:
            sys.stdout.write(outcomes.as_annotations(checked))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as page:
            page.write(outcomes.as_summary(checked))
