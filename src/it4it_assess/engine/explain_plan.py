"""The plan, what it costs and the firm's own figures, told as numbers with their parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from it4it_assess.model.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.answers import IndicatorReading
    from it4it_assess.model.assessment import Assessment, PlannedInitiative, Wave
    from it4it_assess.model.questionnaire import Questionnaire

MONTHS = 12


def plan_tellers(
    questionnaire: Questionnaire, assessment: Assessment
) -> dict[str, Callable[[], Explanation]]:
    """Return what can be explained about the plan, money and indicators, by name."""
    plan, money = assessment.roadmap, assessment.money
    tellers: dict[str, Callable[[], Explanation]] = {"roadmap": partial(_roadmap, assessment)}
    for wave in plan.waves:
        tellers[f"roadmap.q{wave.quarter}"] = partial(_quarter, wave, assessment)
    for job in plan.initiatives:
        tellers[job.id] = partial(_initiative, job)
    if plan.cost is not None:
        tellers["money.plan"] = partial(_cost, assessment)
    if money.hours_lost_per_month is not None:
        tellers["money.lost"] = partial(_lost, assessment)
    for name, amount in money.tools_per_year.items():
        text = f"{questionnaire.tools[name].title}: {amount:g} {plan.currency} a year, as given"
        tellers[f"money.{name}"] = partial(
            Explanation, id=f"money.{name}", text=text, value=amount
        )
    for name, reading in assessment.indicators.items():
        tellers[f"indicator.{name}"] = partial(_indicator, name, reading, questionnaire)
    return tellers


def _roadmap(assessment: Assessment) -> Explanation:
    plan = assessment.roadmap
    return Explanation(
        id="roadmap",
        text=f"{plan.days:g} days over {len(plan.waves)} quarters, for a {plan.size} firm",
        value=plan.days,
        parts=tuple(_initiative(job) for job in plan.initiatives if job.quarter is not None),
    )


def _initiative(job: PlannedInitiative) -> Explanation:
    when = f"quarter {job.quarter}" if job.quarter else f"left out: {job.left_out_because}"
    parts = [
        Explanation(
            id=lift.question,
            text=f"lifts {lift.ask} "
            f"{'unknown' if lift.before is None else f'{lift.before:g}'} to {lift.after:g}",
            value=lift.after,
        )
        for lift in job.lifts
    ]
    parts += [Explanation(id=need, text=f"after {need}") for need in job.needs]
    return Explanation(
        id=job.id,
        text=f"{job.title}: {when}, {job.days:g} days, value {job.value:.4f}, "
        f"{job.value / job.days:.4f} a day",
        value=job.value,
        parts=tuple(parts),
    )


def _quarter(wave: Wave, assessment: Assessment) -> Explanation:
    """Tell a quarter's days job by job, then the scores at its end."""
    name, jobs = f"roadmap.q{wave.quarter}", assessment.roadmap.initiatives
    titles = {one.id: one.title for one in assessment.scorecard.streams}
    parts = [
        Explanation(id=job.id, text=f"{job.title}: {job.days:g} days", value=job.days)
        for job in jobs
        if job.quarter == wave.quarter
    ]
    parts += [
        Explanation(
            id=f"{name}.{stream}",
            text=f"{titles[stream]} at the end: {score:.3f}, scored as today's answers are, with "
            "what the plan has lifted by then",
            value=score,
        )
        for stream, score in wave.projected.items()
    ]
    spent = " + ".join(f"{job.days:g}" for job in jobs if job.quarter == wave.quarter) or "0"
    cost = "" if wave.cost is None else f"; {assessment.roadmap.currency} {wave.cost:,.0f}"
    return Explanation(
        id=name,
        text=f"Quarter {wave.quarter}, {wave.starts} to {wave.ends}: {spent} = {wave.days:g} of "
        f"{wave.capacity:g} days{cost}",
        value=wave.days,
        parts=tuple(parts),
    )


def _cost(assessment: Assessment) -> Explanation:
    """Tell what the plan's days cost at the firm's own day rate."""
    plan = assessment.roadmap
    assert plan.cost is not None
    rate = f"{plan.cost / plan.days:g}" if plan.days else "the day rate"
    return Explanation(
        id="money.plan",
        text=f"{plan.days:g} days x {rate} = {plan.cost:g} {plan.currency}",
        value=plan.cost,
        parts=tuple(
            Explanation(
                id=f"roadmap.q{wave.quarter}",
                text=f"quarter {wave.quarter}: {wave.days:g} days, {wave.cost:g}",
                value=wave.cost,
            )
            for wave in plan.waves
            if wave.cost is not None
        ),
    )


def _lost(assessment: Assessment) -> Explanation:
    """Tell what is lost in a year by the firm's own estimate."""
    money = assessment.money
    assert money.hours_lost_per_month is not None
    hours, rate = money.hours_lost_per_month * MONTHS, money.cost_per_hour
    sums = f"{money.hours_lost_per_month:g} hours a month x {MONTHS} = {hours:g} hours a year"
    amount = None if rate is None else hours * rate
    if rate is not None:
        sums += f" x {rate:g} = {amount:g} {assessment.roadmap.currency}"
    return Explanation(id="money.lost", text=f"By your own estimate: {sums}", value=amount)


def _indicator(name: str, reading: IndicatorReading, questionnaire: Questionnaire) -> Explanation:
    """Tell an indicator as the firm gave it; nothing is worked out from it."""
    about = questionnaire.indicators[name]
    given = {"at the start": reading.baseline, "now": reading.current, "aim": reading.target}
    said = ", ".join(f"{when} {value:g}" for when, value in given.items() if value is not None)
    return Explanation(
        id=f"indicator.{name}",
        text=f"{about.title}, in {about.unit}: {said or 'nothing given'}; as given",
        value=reading.current if reading.current is not None else reading.baseline,
    )
