"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from it4it_assess.cli import complete

AnswersArgument = Annotated[
    Path,
    typer.Argument(
        metavar="ANSWERS",
        help="An answer file (YAML).",
        show_default=False,
        autocompletion=complete.answer_files,
    ),
]
FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="ANSWERS...",
        help="Answer files (YAML), folders of them, or patterns.",
        autocompletion=complete.answer_files,
        show_default=False,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        metavar="N",
        help="Work with so many processes; one for each processor when there are many files.",
        show_default=False,
    ),
]
DaskOption = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help=(
            "Work on the workers of this Dask scheduler, such as tcp://10.0.0.5:8786; they must "
            "see the same files (needs: pip install 'it4it-assess[dask]')."
        ),
        show_default=False,
    ),
]
QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        "-q",
        metavar="NAME|FOLDER",
        help="Read the answers with this questionnaire, not the one the file names.",
        autocompletion=complete.questionnaires,
        show_default=False,
    ),
]
WhatIfOption = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        "-w",
        metavar="PATH=VALUE",
        help=(
            "Try a change without touching the file; may be repeated. "
            "Such as pain.d2c=2, weights.gap=0.5, targets.r2f=2.5, "
            "capacity.days_per_quarter=30, criteria=gap,pain or answers.d2c.incident.record=3."
        ),
        show_default=False,
    ),
]
ViewOption = Annotated[
    str | None,
    typer.Option(
        "--view",
        metavar="VIEW",
        help="Regroup the same answers, such as it4it-3.0 for the seven value streams.",
        autocompletion=complete.views,
        show_default=False,
    ),
]


PlanMethod = Literal["greedy", "optimal"]
MethodOption = Annotated[
    PlanMethod,
    typer.Option(
        "--method",
        help=(
            "How to plan: greedy, the most value a day first; or optimal, by a solver that "
            "proves how good its plan is (needs: pip install 'it4it-assess[optimal]')."
        ),
    ),
]


class Output(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[
    Output,
    typer.Option("--format", "-f", help="A table to read, or JSON and nothing else."),
]
