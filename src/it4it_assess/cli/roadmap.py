"""`roadmap`: what to do in which quarter."""

from __future__ import annotations

from it4it_assess.cli.options import (
    AnswersArgument,
    FormatOption,
    Output,
    QuestionnaireOption,
    ViewOption,
    WhatIfOption,
)


def roadmap(
    answers: AnswersArgument,
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    what_if: WhatIfOption = None,
    view: ViewOption = None,
) -> None:
    """Lay out what to do in which quarter, within the days the firm has.

    Examples:
      it4it-assess roadmap bakery.yaml
      it4it-assess roadmap bakery.yaml --what-if capacity.days_per_quarter=40
      it4it-assess roadmap bakery.yaml --format json
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import assessed
    from it4it_assess.report import words
    from it4it_assess.report.data import roadmap_data
    from it4it_assess.report.figures import days, money, months, points

    asked, assessment = assessed(answers, questionnaire, what_if, view)
    plan = assessment.roadmap
    if output is Output.JSON:
        console.print_json(roadmap_data(assessment))
        return
    console.print_text(words.headline(assessment))
    if (job := words.next_monday(assessment)) is not None:
        console.print_text(f"Next Monday: {job.first_step} ({job.title})\n")
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
