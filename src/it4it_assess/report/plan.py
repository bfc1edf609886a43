"""The plan as its cards and columns, and the people it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures

if TYPE_CHECKING:
    import datetime as dt

    from it4it_assess.model.assessment import Assessment, PlannedInitiative
    from it4it_assess.model.questionnaire import Questionnaire

TALK_FIRST = "talk to them first, and alone"
DOUBTFUL_SUPPORT = 2
"""Influence or support above this, of 5, counts as strong, or willing."""


class Job(NamedTuple):
    """An initiative as its card shows it."""

    id: str
    title: str
    stream: str
    stream_id: str
    quarter: int | None
    outcome: str
    owner: str
    days: str
    cost: str
    needs: tuple[str, ...]
    need_ids: tuple[str, ...]
    lifts: tuple[str, ...]
    first_step: str
    steps: tuple[str, ...]
    done_when: str
    driven_by: str
    risk: str
    resistance: str
    answer: str
    tools: tuple[str, ...]
    indicators: tuple[str, ...]
    left_out_because: str
    amount: float


class Quarter(NamedTuple):
    """One quarter of the plan."""

    number: int
    when: str
    starts: dt.date
    ends: dt.date
    days: str
    cost: str
    jobs: tuple[Job, ...]
    projected: tuple[str, ...]
    capacity: float
    amount: float


class Person(NamedTuple):
    """A stakeholder, and what the plan asks of the firm about them; figures 0 to 5."""

    name: str
    role: str
    influence: str
    support: str
    advice: str
    strength: float | None
    favour: float | None


def job_card(
    job: PlannedInitiative,
    assessment: Assessment,
    questionnaire: Questionnaire,
    titles: dict[str, str],
) -> Job:
    """Return an initiative as its card shows it."""
    stream = questionnaire.stream_of[job.id]
    return Job(
        id=job.id,
        title=job.title,
        stream=titles[stream.id],
        stream_id=stream.id,
        quarter=job.quarter,
        outcome=job.outcome,
        owner=job.owner,
        days=figures.days(job.days),
        cost=figures.money(job.cost, assessment.roadmap.currency),
        needs=tuple(questionnaire.initiatives[need].title for need in job.needs),
        need_ids=job.needs,
        lifts=tuple(
            f"{lift.ask} {_standing(lift.before)} to {lift.after:g}" for lift in job.lifts
        ),
        first_step=job.first_step,
        steps=job.steps,
        done_when=job.done_when,
        driven_by=job.driven_by,
        risk=job.risk,
        resistance=job.resistance.expect if job.resistance else "",
        answer=job.resistance.answer if job.resistance else "",
        tools=tuple(questionnaire.tools[tool].title for tool in job.tools),
        indicators=tuple(questionnaire.indicators[one].title for one in job.indicators),
        left_out_because=job.left_out_because,
        amount=job.days,
    )


def _standing(level: float | None) -> str:
    return "unknown" if level is None else f"{level:g}"


def quarter_columns(
    assessment: Assessment, jobs: list[Job], titles: dict[str, str]
) -> tuple[Quarter, ...]:
    """Return the quarters with the initiatives in each and the scores at its end."""
    currency = assessment.roadmap.currency
    return tuple(
        Quarter(
            number=wave.quarter,
            when=figures.months(wave.starts, wave.ends),
            starts=wave.starts,
            ends=wave.ends,
            days=f"{wave.days:g} of {figures.days(wave.capacity)}",
            cost=figures.money(wave.cost, currency),
            jobs=tuple(job for job in jobs if job.quarter == wave.quarter),
            projected=tuple(figures.points(wave.projected.get(stream)) for stream in titles),
            capacity=wave.capacity,
            amount=wave.days,
        )
        for wave in assessment.roadmap.waves
    )


def people_to_win(assessment: Assessment) -> tuple[Person, ...]:
    """Return the stakeholders, and what the plan asks of the firm about each."""
    return tuple(
        Person(
            name=one.name,
            role=one.role,
            influence=figures.points(one.influence, 0),
            support=figures.points(one.support, 0),
            advice=_approach(one.influence, one.support),
            strength=one.influence,
            favour=one.support,
        )
        for one in assessment.stakeholders
    )


def _approach(influence: float | None, support: float | None) -> str:
    if influence is None or support is None:
        return "ask where they stand"
    strong, willing = influence > DOUBTFUL_SUPPORT, support > DOUBTFUL_SUPPORT
    if strong and not willing:
        return TALK_FIRST
    if strong:
        return "let them open the work"
    return "let them try it early" if willing else "keep them told"
