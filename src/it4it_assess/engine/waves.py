"""The roadmap: a first wave in the first stream, then value a day, quarter by quarter."""

from __future__ import annotations

import datetime as dt
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import standing
from it4it_assess.engine.criteria import MOST
from it4it_assess.engine.ranking import SPONSOR
from it4it_assess.engine.roadmap import Candidate, closure, plan
from it4it_assess.engine.scoring import Cells, central
from it4it_assess.model.assessment import Lift, PlannedInitiative, Roadmap, Wave

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.engine.backlog import OpenInitiative, Rise
    from it4it_assess.model.answers import AnswerFile, Context
    from it4it_assess.model.assessment import Ranking, Reading
    from it4it_assess.model.questionnaire import Initiative, Questionnaire

MONTHS_A_QUARTER = 3
MONTHS_A_YEAR = 12


class Job(NamedTuple):
    """An open initiative as the plan sees it: what it is worth to this firm."""

    open: OpenInitiative
    worth: float


def lay_out(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    ranking: Ranking,
    backlog: Mapping[str, OpenInitiative],
    *,
    today: dt.date,
) -> Roadmap:
    """Lay the open initiatives out over the quarters of the firm's capacity."""
    capacity = answers.context.capacity
    value = _question_values(questionnaire, answers, ranking)
    jobs = {name: Job(work, _worth(work, questionnaire, value)) for name, work in backlog.items()}
    unbacked = _unbacked(questionnaire, ranking, jobs)
    wanted = {name: job for name, job in jobs.items() if name not in unbacked}
    days = [capacity.days_per_quarter] * capacity.quarters
    quarters = _without_idle_work(wanted, days, _focus(ranking), questionnaire, readings, targets)
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
        method="greedy",
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


def lifted(reading: Reading, level: float) -> Reading:
    """Return a reading after an initiative brought it to at least `level`.

    What does not apply stays so, and what stands higher already stays as it is.
    """
    if reading.state == "not_applicable" or standing(reading) >= level:
        return reading
    return reading.model_copy(
        update={"state": "level", "level": level, "low": level, "high": level}
    )


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


def _without_idle_work(
    jobs: Mapping[str, Job],
    days: list[float],
    focus: str | None,
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
) -> dict[str, int | None]:
    """Plan, drop what other planned work makes idle, and plan again until nothing is idle."""
    needs = {name: job.open.needs for name, job in jobs.items()}
    left, aside = dict(jobs), dict[str, int | None]()
    while True:
        quarters = _plan_in_two(left, days, focus)
        idle = _idle(left, quarters, questionnaire, readings, targets)
        if not idle:
            return {**quarters, **aside}
        # what waits for idle work did not fit; without that work it cannot be planned at all
        waiting = {name for name in left if idle & {*closure(name, needs)}} - idle
        aside.update(dict.fromkeys((name for name in left if name in waiting), None))
        left = {name: job for name, job in left.items() if name not in idle | waiting}


def _plan_in_two(
    jobs: Mapping[str, Job], days: list[float], focus: str | None
) -> dict[str, int | None]:
    """Fill the first quarter from the focus stream and what it needs, then plan the rest."""
    needs = {name: job.open.needs for name, job in jobs.items()}
    focused = {
        inner
        for name, job in jobs.items()
        if job.open.stream == focus and job.worth > 0
        for inner in closure(name, needs)
    }
    first = plan(
        [_candidate(name, jobs[name], needs[name]) for name in jobs if name in focused],
        capacity=days[:1],
    )
    done = {str(name): 1 for name, quarter in first.items() if quarter is not None}
    used = fsum(jobs[name].open.days for name in done)
    rest = plan(
        [
            _candidate(name, job, tuple(need for need in needs[name] if need not in done))
            for name, job in jobs.items()
            if name not in done
        ],
        capacity=[days[0] - used, *days[1:]],
    )
    return {**done, **{str(name): quarter for name, quarter in rest.items()}}


def _candidate(name: str, job: Job, needs: tuple[str, ...]) -> Candidate:
    return Candidate(name, job.worth, job.open.days, needs)


def _idle(
    jobs: Mapping[str, Job],
    quarters: Mapping[str, int | None],
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
) -> set[str]:
    """Return planned work that lifts nothing once the work before it is done."""
    now = dict(readings)
    needed = {
        need for name, job in jobs.items() if quarters[name] is not None for need in job.open.needs
    }
    idle = set()
    for name in sorted(
        (name for name, quarter in quarters.items() if quarter is not None),
        key=lambda name: quarters[name] or 0,
    ):
        lifts = questionnaire.initiatives[name].lifts
        useful = any(
            now[question].state != "not_applicable"
            and standing(now[question]) < min(level, targets[questionnaire.stream_of[question].id])
            for question, level in lifts.items()
        )
        if not useful and name not in needed:
            idle.add(name)
        for question, level in lifts.items():
            now[question] = lifted(now[question], level)
    return idle


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
