"""`roadmap`: what to do in which quarter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli.options import (
    FilesArgument,
    FormatOption,
    MethodOption,
    Output,
    QuestionnaireOption,
    ViewOption,
    WhatIfOption,
)

if TYPE_CHECKING:
    from it4it_assess.cli.work import Choices
    from it4it_assess.model.assessment import Assessment, Method
    from it4it_assess.model.capacity import CapacityCurve
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.portfolio.reading import Done


def roadmap(
    answers: FilesArgument,
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    what_if: WhatIfOption = None,
    view: ViewOption = None,
    method: MethodOption = "greedy",
    capacity_curve: Annotated[
        bool,
        typer.Option(
            "--capacity-curve", help="Show what more or fewer days a quarter would buy instead."
        ),
    ] = False,
) -> int:
    """Lay out what to do in which quarter, within the days the firm has.

    Of several files, a folder or a pattern, JSON is one document a line.

    Examples:
      it4it-assess roadmap bakery.yaml
      it4it-assess roadmap bakery.yaml --what-if capacity.days_per_quarter=40
      it4it-assess roadmap bakery.yaml --method optimal
      it4it-assess roadmap bakery.yaml --capacity-curve
      it4it-assess roadmap bakery.yaml --format json
    """
    from functools import partial

    from it4it_assess.cli.each import each
    from it4it_assess.cli.work import Choices, today

    today()  # a date that cannot be read is said once
    choices = Choices(questionnaire, tuple(what_if or ()), view)
    work, show = (_curve, _print_curve) if capacity_curve else (_planned, _print_plan)
    asked_for = partial(work, choices=choices, method=method, output=output)
    return each(answers, asked_for, show, output)


def _planned(path: Path, *, choices: Choices, method: Method, output: Output) -> Done:
    from it4it_assess.cli.work import assessed
    from it4it_assess.portfolio.reading import Done
    from it4it_assess.report.data import roadmap_data

    asked, assessment = assessed(path, *choices, method)
    if output is Output.JSON:
        return Done(str(path), roadmap_data(assessment))
    return Done(str(path), (asked, assessment))


def _curve(path: Path, *, choices: Choices, method: Method, output: Output) -> Done:
    from it4it_assess.cli.work import chosen, today
    from it4it_assess.engine.assess import assess
    from it4it_assess.engine.capacity import capacity_curve
    from it4it_assess.portfolio.reading import Done
    from it4it_assess.report.capacity import curve_data

    asked, file = chosen(path, *choices)
    assessment = assess(asked, file, today=today(), method=method)
    curve = capacity_curve(asked, file, assessment, method=method)
    if output is Output.JSON:
        return Done(str(path), curve_data(assessment, curve))
    return Done(str(path), (asked, curve))


def _print_curve(drawn: tuple[Questionnaire, CapacityCurve]) -> None:
    from it4it_assess.cli import console
    from it4it_assess.report.capacity import CURVE_HEADS, curve_rows, one_more_day

    asked, curve = drawn
    titles = {stream.id: stream.title for stream in asked.streams}
    console.print_table(
        f"What more or fewer days would buy in {curve.quarters} quarters",
        CURVE_HEADS,
        curve_rows(curve, titles),
        left=2,
    )
    if any(point.of_now is not None for point in curve.points):
        console.print_text("Worth is beside the plan of today's days, which is 100 %.")
    console.print_text(one_more_day(curve, titles))


def _print_plan(planned: tuple[Questionnaire, Assessment]) -> None:
    from it4it_assess.cli import console
    from it4it_assess.report import words
    from it4it_assess.report.figures import days, money, months, points

    asked, assessment = planned
    plan = assessment.roadmap
    console.print_text(words.headline(assessment))
    if (job := words.next_monday(assessment)) is not None:
        console.print_text(f"Next Monday: {job.first_step} ({job.title})\n")
    if plan.method == "optimal":
        console.print_text(f"{words.proof(plan)}\n")
    jobs = {job.id: job for job in plan.initiatives}
    for wave in plan.waves:
        rows = [
            (
                jobs[name].title,
                asked.stream_of[name].title,
                jobs[name].owner,
                days(jobs[name].days),
                money(jobs[name].cost, plan.currency),
            )
            for name in wave.initiatives
        ]
        console.print_table(
            f"Quarter {wave.quarter}, {months(wave.starts, wave.ends)}: "
            f"{wave.days:g} of {days(wave.capacity)}",
            ("What", "Stream", "Who", "Days", "Cost"),
            rows or [("nothing planned", "", "", "", "")],
            left=3,
        )
    titles = {stream.id: stream.title for stream in asked.streams}
    console.print_table(
        "Projected scores",
        ("", *(title for name, title in titles.items() if name in plan.today)),
        [
            ("Today", *(points(plan.today[name]) for name in titles if name in plan.today)),
            *(
                (
                    f"End of quarter {wave.quarter}",
                    *(points(wave.projected[name]) for name in titles if name in wave.projected),
                )
                for wave in plan.waves
            ),
        ],
    )
    left = [job for job in plan.initiatives if job.quarter is None]
    if left:
        many = f"{len(left)} more initiatives" if len(left) > 1 else "One more initiative"
        console.print_text(f"{many} would help and did not go into the plan; see the report.")
