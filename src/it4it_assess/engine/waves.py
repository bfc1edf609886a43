"""The roadmap: a first wave in the first stream, then value a day, quarter by quarter."""

from __future__ import annotations

import datetime as dt
from math import fsum
from typing import TYPE_CHECKING

from it4it_assess.engine.backlog import lifted
from it4it_assess.engine.bundles import closure
from it4it_assess.engine.criteria import MOST
from it4it_assess.engine.ranking import SPONSOR
from it4it_assess.engine.schedule import Job, schedule
from it4it_assess.engine.scoring import Cells, central
from it4it_assess.model.assessment import Lift, PlannedInitiative, Roadmap, Wave

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.engine.backlog import OpenInitiative, Rise
    from it4it_assess.model.answers import AnswerFile, Context
    from it4it_assess.model.assessment import Method, Ranking, Reading
    from it4it_assess.model.questionnaire import Initiative, Questionnaire

MONTHS_A_QUARTER = 3
MONTHS_A_YEAR = 12


def lay_out(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    ranking: Ranking,
    backlog: Mapping[str, OpenInitiative],
    *,
    today: dt.date,
    method: Method,
) -> Roadmap:
    """Lay the open initiatives out over the quarters of the firm's capacity."""
    capacity = answers.context.capacity
    value = _question_values(questionnaire, answers, ranking)
    jobs = {name: Job(work, _worth(work, questionnaire, value)) for name, work in backlog.items()}
    unbacked = _unbacked(questionnaire, ranking, jobs)
    wanted = {name: job for name, job in jobs.items() if name not in unbacked}
    days = [capacity.days_per_quarter] * capacity.quarters
    planned_so = schedule(wanted, days, _focus(ranking), questionnaire, readings, targets, method)
    quarters = planned_so.quarters
    order = [name for name, quarter in quarters.items() if quarter is not None]
    order.sort(key=lambda name: quarters[name] or 0)
    waves, lifts = _waves(questionnaire, answers, readings, backlog, quarters, order, today)
    left_out = {
        **{
            name: _no_room(jobs[name].open.days, capacity.days_per_quarter)
            for name, quarter in quarters.items()
            if quarter is None
        },
        **dict.fromkeys(
            (name for name in jobs if name in unbacked), "nobody sponsors its stream yet"
        ),
    }
    rate = capacity.day_rate
    planned = [
        _planned(
            questionnaire.initiatives[name],
            jobs[name],
            quarters.get(name),
            rate,
            lifts[name] if name in lifts else _would_lift(questionnaire, readings, name),
            left_out.get(name, ""),
        )
        for name in [*order, *left_out]
    ]
    total = fsum(job.days for job in planned if job.quarter is not None)
    return Roadmap(
        size=answers.organisation.size,
        method=method,
        value=planned_so.value,
        bound=planned_so.bound,
        gap=planned_so.gap,
        currency=capacity.currency,
        waves=waves,
        initiatives=tuple(planned),
        today=projected_scores(questionnaire, readings),
        days=total,
        cost=None if rate is None else total * rate,
    )


def projected_scores(
    questionnaire: Questionnaire, readings: Mapping[str, Reading]
) -> dict[str, float]:
    """Return each stream's score by the same formula as today's."""
    cells = Cells(questionnaire, readings)
    found = {stream.id: cells.stream(stream) for stream in questionnaire.streams}
    return {name: central(cell) for name, cell in found.items() if cell is not None}


def _question_values(
    questionnaire: Questionnaire, answers: AnswerFile, ranking: Ranking
) -> dict[str, float]:
    """Return what a rise of each question is worth: its stream's value, more under a goal.

    An enabler is weighed as the mean of the primary streams. A question whose component an
    important goal pulls on counts up to double (our judgement).
    """
    streams = {stream.id: stream.value for stream in ranking.streams}
    mean = fsum(streams.values()) / len(streams) if streams else 1.0
    pulls = component_pulls(questionnaire, answers.context)
    return {
        question: streams.get(questionnaire.stream_of[question].id, mean)
        * (1 + pulls.get(part.id, 0.0))
        for question, part in questionnaire.component_of.items()
    }


def component_pulls(questionnaire: Questionnaire, context: Context) -> dict[str, float]:
    """Return, for each component, the strongest pull of a goal times its importance, 0 to 1."""
    pulls: dict[str, float] = {}
    for goal in questionnaire.goals:
        importance = context.goals.get(goal.id, 0.0)
        for part, pull in goal.pulls.items():
            strength = importance / MOST * pull.strength / MOST
            pulls[part] = max(pulls.get(part, 0.0), strength)
    return pulls


def _worth(
    work: OpenInitiative, questionnaire: Questionnaire, value: Mapping[str, float]
) -> float:
    """Return what an initiative's rises are worth together.

    What lies above the stream's usual target counts half: first what most firms need.
    """
    width = questionnaire.values[-1] - questionnaire.values[0]
    usual = {stream.id: questionnaire.usual_target(stream) for stream in questionnaire.streams}
    return fsum(
        value[rise.question] * rise.share * (_climb(rise, usual[rise.stream]) / width)
        for rise in work.rises
    )


def _climb(rise: Rise, usual: float) -> float:
    """Return the height of a rise in scale units, the part above the usual target halved."""
    below = max(0.0, min(rise.after, usual) - rise.before)
    return below + (rise.after - rise.before - below) / 2


def _focus(ranking: Ranking) -> str | None:
    """Return the stream the first wave is for: the first, or the most valued of the gated."""
    return ranking.streams[0].id if ranking.streams else None


def _unbacked(questionnaire: Questionnaire, ranking: Ranking, jobs: Mapping[str, Job]) -> set[str]:
    """Return the work of streams nobody sponsors, unless a sponsored stream needs it."""
    lone = {stream.id for stream in ranking.streams if SPONSOR in stream.gated_by}
    needs = {name: job.open.needs for name, job in jobs.items()}
    backed = {
        inner
        for name in jobs
        if questionnaire.stream_of[name].id not in lone
        for inner in closure(name, needs)
    }
    return set(jobs) - backed


def _waves(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    backlog: Mapping[str, OpenInitiative],
    quarters: Mapping[str, int | None],
    order: list[str],
    today: dt.date,
) -> tuple[tuple[Wave, ...], dict[str, tuple[Lift, ...]]]:
    capacity = answers.context.capacity
    now = dict(readings)
    waves, lifts = [], {}
    for quarter in range(1, capacity.quarters + 1):
        names = [name for name in order if quarters[name] == quarter]
        for name in names:
            lifts[name] = _would_lift(questionnaire, now, name)
            for lift in lifts[name]:
                now[lift.question] = lifted(now[lift.question], lift.after)
        days = fsum(backlog[name].days for name in names)
        waves.append(
            Wave(
                quarter=quarter,
                starts=_quarter_start(today, quarter),
                ends=_quarter_start(today, quarter + 1) - dt.timedelta(days=1),
                capacity=capacity.days_per_quarter,
                days=days,
                cost=None if capacity.day_rate is None else days * capacity.day_rate,
                initiatives=tuple(names),
                projected=projected_scores(questionnaire, now),
            )
        )
    return tuple(waves), lifts


def _quarter_start(today: dt.date, quarter: int) -> dt.date:
    """Return the first of the month after today, and every three months from there."""
    months = today.year * MONTHS_A_YEAR + today.month + MONTHS_A_QUARTER * (quarter - 1)
    return dt.date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1)


def _would_lift(
    questionnaire: Questionnaire, readings: Mapping[str, Reading], name: str
) -> tuple[Lift, ...]:
    return tuple(
        Lift(
            question=question,
            ask=questionnaire.questions[question].ask,
            before=readings[question].level,
            after=level,
        )
        for question, level in questionnaire.initiatives[name].lifts.items()
        if lifted(readings[question], level) is not readings[question]
    )


def _no_room(days: float, capacity: float) -> str:
    if days > capacity:
        return f"takes {days:g} days, and a quarter has {capacity:g}"
    return "does not fit in the days the plan has"


def _planned(
    work: Initiative,
    job: Job,
    quarter: int | None,
    rate: float | None,
    lifts: tuple[Lift, ...],
    left_out_because: str,
) -> PlannedInitiative:
    return PlannedInitiative(
        id=work.id,
        title=work.title,
        stream=job.open.stream,
        quarter=quarter,
        days=job.open.days,
        cost=None if rate is None else rate * job.open.days,
        value=job.worth,
        needs=job.open.needs,
        outcome=work.outcome,
        owner=work.owner,
        first_step=work.first_step,
        steps=work.steps,
        done_when=work.done_when,
        driven_by=work.driven_by,
        risk=work.risk,
        resistance=work.resistance,
        tools=work.tools,
        indicators=work.indicators,
        lifts=lifts,
        left_out_because=left_out_because,
    )
