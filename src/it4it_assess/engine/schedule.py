"""The open work in quarters: the first wave in one stream, and no work that lifts nothing."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import lifted, standing
from it4it_assess.engine.bundles import ROOM, Candidate, closure, plan_value
from it4it_assess.engine.roadmap import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from it4it_assess.engine.backlog import OpenInitiative
    from it4it_assess.model.assessment import Method, Reading
    from it4it_assess.model.questionnaire import Questionnaire


class Job(NamedTuple):
    """An open initiative as the plan sees it: what it is worth to this firm."""

    open: OpenInitiative
    worth: float


class Schedule(NamedTuple):
    """The quarter of each initiative, what the plan is worth, and how good that is at best.

    `bound` and `gap` are None where no solver looked. Work that lifts nothing once the
    planned work before it is done stands in no quarter and is left out altogether.
    """

    quarters: dict[str, int | None]
    value: float
    bound: float | None = None
    gap: float | None = None


def schedule(
    jobs: Mapping[str, Job],
    days: Sequence[float],
    focus: str | None,
    questionnaire: Questionnaire,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    method: Method,
) -> Schedule:
    """Plan the jobs over quarters of so many days, the first wave in the focus stream.

    By the method `optimal`: of the work that the greedy plan keeps, the plan that is worth
    most among those that do at least as much for the focus stream in the first quarter.
    """

    def idle(left: Mapping[str, Job], quarters: Mapping[str, int | None]) -> set[str]:
        return _idle(left, quarters, questionnaire, readings, targets)

    usual = _settled(jobs, lambda left: _plan_in_two(left, days, focus), idle)
    value = plan_value(_candidates(usual.jobs), usual.quarters, len(days))
    if method == "greedy":
        return Schedule({**usual.quarters, **usual.aside}, value)
    return _improved(usual, value, days, focus, idle)


class _Settled(NamedTuple):
    """A plan without idle work: what it chose from, the quarters, what waits for idle work."""

    jobs: dict[str, Job]
    quarters: dict[str, int | None]
    aside: dict[str, int | None]


def _settled(
    jobs: Mapping[str, Job],
    planned: Callable[[Mapping[str, Job]], dict[str, int | None]],
    idle_work: Callable[[Mapping[str, Job], Mapping[str, int | None]], set[str]],
) -> _Settled:
    """Plan, drop what other planned work makes idle, and plan again until nothing is idle."""
    needs = _needs(jobs)
    left, aside = dict(jobs), dict[str, int | None]()
    while True:
        quarters = planned(left)
        idle = idle_work(left, quarters)
        if not idle:
            return _Settled(left, quarters, aside)
        # what waits for idle work did not fit; without that work it cannot be planned at all
        waiting = {name for name in left if idle & {*closure(name, needs)}} - idle
        aside.update(dict.fromkeys((name for name in left if name in waiting), None))
        left = {name: job for name, job in left.items() if name not in idle | waiting}


def _improved(
    usual: _Settled,
    value: float,
    days: Sequence[float],
    focus: str | None,
    idle: Callable[[Mapping[str, Job], Mapping[str, int | None]], set[str]],
) -> Schedule:
    """Return the best plan of the usual plan's jobs, or the usual plan if none is better.

    The bound is that of the first search, before idle work is dropped: it holds for every
    plan of a part of the jobs too.
    """
    from it4it_assess.engine.optimal import best_plan, first_wave, gap  # noqa: PLC0415

    first = _focused(usual.jobs, focus)
    floor = first_wave(_candidates(usual.jobs), usual.quarters, first)
    bounds: list[float] = []
    latest: dict[str, int | None] = usual.quarters

    def best_of(left: Mapping[str, Job]) -> dict[str, int | None]:
        nonlocal latest
        best = best_plan(
            _candidates(left),
            capacity=days,
            start={name: latest[name] for name in left},
            first=first,
            floor=floor,
        )
        bounds.append(best.bound)
        latest = {str(name): quarter for name, quarter in best.quarters.items()}
        return latest

    better = _settled(usual.jobs, best_of, idle)
    candidates = _candidates(better.jobs)
    worth = plan_value(candidates, better.quarters, len(days))
    if worth > value and first_wave(candidates, better.quarters, first) >= floor - ROOM:
        value, chosen = worth, {**better.quarters, **better.aside, **usual.aside}
    else:
        chosen = {**usual.quarters, **usual.aside}
    bound = max(value, bounds[0])
    return Schedule(chosen, value, bound, gap(value, bound))


def _plan_in_two(
    jobs: Mapping[str, Job], days: Sequence[float], focus: str | None
) -> dict[str, int | None]:
    """Fill the first quarter from the focus stream and what it needs, then plan the rest."""
    focused = _focused(jobs, focus)
    first = plan(
        _candidates({name: job for name, job in jobs.items() if name in focused}),
        capacity=days[:1],
    )
    done = {str(name): 1 for name, quarter in first.items() if quarter is not None}
    used = fsum(jobs[name].open.days for name in done)
    rest = plan(
        [
            one._replace(needs=tuple(need for need in one.needs if need not in done))
            for one in _candidates(jobs)
            if one.id not in done
        ],
        capacity=[days[0] - used, *days[1:]],
    )
    return {**done, **{str(name): quarter for name, quarter in rest.items()}}


def _focused(jobs: Mapping[str, Job], focus: str | None) -> set[str]:
    """Return the work of worth in the focus stream, and all it needs."""
    needs = _needs(jobs)
    return {
        inner
        for name, job in jobs.items()
        if job.open.stream == focus and job.worth > 0
        for inner in closure(name, needs)
    }


def _needs(jobs: Mapping[str, Job]) -> dict[str, tuple[str, ...]]:
    return {name: job.open.needs for name, job in jobs.items()}


def _candidates(jobs: Mapping[str, Job]) -> list[Candidate]:
    return [
        Candidate(name, job.worth, job.open.days, job.open.needs) for name, job in jobs.items()
    ]


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
