"""The plan in a Word document: roadmap, money, people, other readings, and the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.figures import NOTHING
from it4it_assess.report.pictures import quarter_picture
from it4it_assess.report.word import Column, Picture
from it4it_assess.report.word_judgement import CHART, score_table

if TYPE_CHECKING:
    from it4it_assess.report.plan import Job
    from it4it_assess.report.view import Page
    from it4it_assess.report.word import Word


def write_roadmap(word: Word, page: Page) -> None:
    """Write the plan: scores by quarter, what is done when, and each initiative."""
    word.heading("Roadmap", 1)
    cost = "" if page.plan_cost == NOTHING else f", {page.plan_cost} at your day rate"
    word.say(
        f"{page.plan_days} of your own people's time in all{cost}. The first quarter serves the "
        "stream that comes first and what it needs; after that, whatever gains most for a day."
    )
    _write_projection(word, page)
    _write_calendar(word, page)
    for quarter in page.quarters:
        word.heading(f"Quarter {quarter.number}, {quarter.when}", 2)
        for job in quarter.jobs:
            _write_job(word, job)
        if not quarter.jobs:
            word.say("Nothing is planned for this quarter.")
    if page.left_out:
        word.heading("Left out", 2)
        word.bullets(
            [
                (f"{job.title}", f"({job.stream}, {job.days}): {job.left_out_because}")
                for job in page.left_out
            ]
        )


def _write_projection(word: Word, page: Page) -> None:
    nothing = [NOTHING, NOTHING]
    word.table(
        [
            Column("When", 3.6),
            *(Column(row.title, 2.4, figures=True) for row in page.streams),
            Column("Days", 2.4, figures=True),
            Column("Cost", 2.2, figures=True),
        ],
        [
            ["Today", *page.today, *nothing],
            *(
                [
                    f"Q{quarter.number}, {quarter.when}",
                    *quarter.projected,
                    quarter.days,
                    quarter.cost,
                ]
                for quarter in page.quarters
            ),
        ],
        "Projected scores at the end of each quarter, by the same formula as today's.",
    )


def _write_calendar(word: Word, page: Page) -> None:
    rows: list[list[str | Picture]] = []
    for quarter in page.quarters:
        used = 0.0
        for job in quarter.jobs:
            share = job.amount / quarter.capacity if quarter.capacity else 0.0
            picture = quarter_picture(quarter.number, len(page.quarters), used, share)
            says = f"{job.title}: quarter {quarter.number}, {job.days}"
            rows.append(
                [
                    job.title,
                    job.owner,
                    job.days,
                    f"Q{quarter.number}",
                    Picture(picture, says, CHART * 0.8),
                ]
            )
            used += share
    if rows:
        word.table(
            [
                Column("What", 6),
                Column("Who", 3),
                Column("Days", 1.6, figures=True),
                Column("When", 1.5),
                Column(f"Quarters 1 to {len(page.quarters)}", CHART),
            ],
            rows,
            "The plan by quarter: a bar is as long as the days it takes.",
        )


def _write_job(word: Word, job: Job) -> None:
    word.heading(job.title, 3)
    if job.outcome:
        word.say(job.outcome)
    who = ", ".join(
        one for one in (job.owner or "to be named", job.days, job.cost) if one != NOTHING
    )
    steps = "\n".join(f"{place}. {step}" for place, step in enumerate(job.steps, start=1))
    facts = (
        ("Stream", job.stream),
        ("Who, how long", who),
        ("First step", job.first_step),
        ("Steps", steps),
        ("Done when", job.done_when),
        ("Needs first", "; ".join(job.needs)),
        ("Lifts", "\n".join(job.lifts)),
        ("Risk", job.risk),
        ("Expect to hear", job.resistance),
        ("Answer", job.answer),
        ("Tools that help", "; ".join(job.tools)),
        ("Watch", "; ".join(job.indicators)),
    )
    word.facts([(name, text) for name, text in facts if text])


def write_money(word: Word, page: Page) -> None:
    """Write the firm's own indicators and money, where it gave any."""
    if page.measures or page.costs:
        word.heading("Figures and money", 1)
    if page.measures:
        word.table(
            [
                Column("Indicator", 5),
                Column("Start", 1.4, figures=True),
                Column("Now", 1.4, figures=True),
                Column("Aim", 1.4, figures=True),
                Column("Unit", 2),
                Column("How to measure it by hand", 5.8),
            ],
            [
                [
                    f"{one.title} ({one.better} is better)",
                    one.baseline,
                    one.current,
                    one.target,
                    one.unit,
                    one.by_hand,
                ]
                for one in page.measures
            ],
            "Suggested indicators with your own figures.",
        )
    if page.costs:
        word.table(
            [Column("What", 6), Column("Amount", 3, figures=True), Column("From", 8)],
            [[one.what, one.amount, one.how] for one in page.costs],
            "What the plan costs beside what you say is lost today. No saving is promised.",
        )


def write_people(word: Word, page: Page) -> None:
    """Write whom the plan needs, and what to do about each."""
    word.heading("People to win", 1)
    if not page.people:
        word.say("No stakeholders are named in the answer file.")
        return
    word.table(
        [
            Column("Who", 3),
            Column("Role", 6),
            Column("Influence", 1.8, figures=True),
            Column("Support", 1.8, figures=True),
            Column("What to do", 4.4),
        ],
        [[one.name, one.role, one.influence, one.support, one.advice] for one in page.people],
        "The people the plan needs, influence and support from 0 to 5.",
    )


def write_lenses(word: Word, page: Page) -> None:
    """Write the other readings of the same answers: lenses and views."""
    if not page.lenses and not page.views:
        return
    word.heading("Other readings of the same answers", 1)
    if page.lenses:
        score_table(word, page, "Lens", [one.row for one in page.lenses], "Through each lens.")
    for lens in page.lenses:
        word.heading(lens.row.title, 2)
        asked = f" Nobody could answer {lens.unknown} of its questions." if lens.unknown else ""
        word.say(f"{lens.about}{asked}")
        word.bullets([("Weak:", one) for one in lens.weakest])
        word.bullets([("In the plan:", one) for one in lens.helps])
    for view in page.views:
        word.heading(view.title, 2)
        if view.about:
            word.say(view.about)
        score_table(word, page, "Group", view.rows, f"{view.title}.")


def write_method(word: Word, page: Page) -> None:
    """Write how the numbers came about, and what they do not say."""
    word.heading("Method and caveats", 1)
    word.say(
        "A score is a weighted mean: questions make a component, components a stream. Unknown "
        "and missing answers count for nothing in the score and widen its range; what does not "
        "apply is left out. Below 60 % answered only the range is shown. The ranking adds up "
        f"criteria on fixed scales; first-place shares come from {page.samples} seeded trials "
        "over weights that keep the order of the criteria and over every open answer."
    )
    word.table(
        [
            Column("Criterion", 2.6),
            Column("Weight", 1.6, figures=True),
            Column("What it asks", 6.4),
            Column("How it is read", 6.4),
        ],
        [[title, weight, asks, reads] for title, asks, reads, weight in page.criteria],
        "The criteria and their weights.",
    )
    word.table(
        [Column("Value", 1.6, figures=True), Column("Name", 4), Column("Means", 11)],
        [list(step) for step in page.scale],
        "The scale is our own.",
    )
    if page.assumptions:
        word.heading("Taken for granted", 2)
        word.bullets(page.assumptions)
    word.say(
        "This is a structured self-view, not an audit: it says what the answers say. "
        f"{page.plan_proof} Days and gains are estimates."
    )
    if page.notice:
        word.say(page.notice, "Small")
    word.say(f"{page.questionnaire}, version {page.version}; it4it-assess {page.tool}.", "Small")
