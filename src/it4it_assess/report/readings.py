"""Short readings of the same answers: through each lens, by indicator, in money."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures
from it4it_assess.report.rows import Row, score_row

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SHOWN = 3
MONTHS = 12


class LensReading(NamedTuple):
    """What one lens shows: its score, its weakest answers, the planned work that helps."""

    row: Row
    about: str
    weakest: tuple[str, ...]
    unknown: int
    helps: tuple[str, ...]


class Measure(NamedTuple):
    """An indicator the firm follows: where it stands and where it should go."""

    id: str
    title: str
    unit: str
    better: str
    baseline: str
    current: str
    target: str
    by_hand: str


class Cost(NamedTuple):
    """One line of the money view; `id` is what explains its amount."""

    id: str
    what: str
    amount: str
    how: str


def lens_readings(assessment: Assessment, questionnaire: Questionnaire) -> tuple[LensReading, ...]:
    """Return a short reading through each lens."""
    planned = {job.id: job for job in assessment.roadmap.initiatives if job.quarter is not None}
    abouts = {lens.id: lens.about for lens in questionnaire.lenses}
    readings = []
    for lens in assessment.scorecard.lenses:
        tagged = questionnaire.seen_through[lens.id]
        known = [
            (level, one)
            for one in tagged
            if (level := assessment.readings[one.id].level) is not None
        ]
        known.sort(key=lambda pair: pair[0])
        readings.append(
            LensReading(
                row=score_row(lens.id, lens.title, lens),
                about=abouts[lens.id],
                weakest=tuple(f"{one.ask} {level:g}" for level, one in known[:SHOWN]),
                unknown=sum(assessment.readings[one.id].state == "unknown" for one in tagged),
                helps=tuple(
                    f"{job.title} (Q{job.quarter})"
                    for name, job in planned.items()
                    if lens.id in questionnaire.initiatives[name].lenses
                )[:SHOWN],
            )
        )
    return tuple(readings)


def measures(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return the indicators the firm follows, in its own figures."""
    known = questionnaire.indicators
    return tuple(
        Measure(
            id=name,
            title=known[name].title,
            unit=known[name].unit,
            better="more" if known[name].direction == "up" else "less",
            baseline=_plain(reading.baseline),
            current=_plain(reading.current),
            target=_plain(reading.target),
            by_hand=known[name].by_hand,
        )
        for name, reading in assessment.indicators.items()
    )


def costs(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Cost, ...]:
    """Return what the plan costs beside the owner's own estimate of what is lost today.

    Both are the firm's own figures; no saving is claimed.
    """
    money, plan = assessment.money, assessment.roadmap
    lines = []
    if plan.cost is not None:
        how = f"{figures.days(plan.days)} at your day rate"
        cost = figures.money(plan.cost, plan.currency)
        lines.append(Cost("money.plan", "Your own people's time", cost, how))
    for name, amount in money.tools_per_year.items():
        title = questionnaire.tools[name].title
        amount_written = figures.money(amount, plan.currency)
        lines.append(Cost(f"money.{name}", title, amount_written, "a year, your figure"))
    if money.hours_lost_per_month is not None:
        hours = money.hours_lost_per_month * MONTHS
        rate = money.cost_per_hour
        lost = figures.money(None if rate is None else hours * rate, plan.currency)
        how = f"{hours:g} hours a year by your own estimate"
        if rate is not None:
            how += f", at {figures.money(rate, plan.currency)} an hour"
        lines.append(Cost("money.lost", "Hours lost to IT trouble today", lost, how))
    return tuple(lines)


def _plain(value: float | None) -> str:
    return figures.NOTHING if value is None else f"{value:g}"
