"""The best plan there is, and a bound on how much better any could be: the extra `optimal`.

The problem. Done by the end of quarter q or not: y[i, q], 0 or 1, for each initiative i.

    most of      sum of value[i] * y[i, q] over all i and q, which is `bundles.plan_value`
    what is done stays done            y[i, q - 1] <= y[i, q]
    nothing before what it needs       y[i, q] <= y[need, q]
    no more days than a quarter has    sum of days[i] * (y[i, q] - y[i, q - 1]) <= capacity[q]
    the first wave                     sum of value[i] * y[i, 1] over the named i >= floor

It is the problem that the greedy plan is a heuristic for. HiGHS solves it (`highs.py`) by branch
and cut, in one thread with a fixed seed and a limit of nodes in place of a clock, so that the
same release of HiGHS gives the same plan on every run; another release may give another plan
that is worth the same.
"""

from __future__ import annotations

from math import fsum, inf
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.engine.bundles import ROOM, plan_value, work_order
from it4it_assess.engine.highs import EXACTNESS, solve, solver

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from it4it_assess.engine.bundles import Candidate

    Quarters = Mapping[Any, int | None]

NODES = 2_000
"""Nodes of the search tree before the solver gives up proving: a measure of work, not time."""


class BestPlan(NamedTuple):
    """A plan in working order, what it is worth, and what no plan can be worth more than."""

    quarters: dict[Hashable, int | None]
    value: float
    bound: float


def best_plan(
    candidates: Sequence[Candidate],
    *,
    capacity: Sequence[float],
    start: Quarters,
    first: Collection[Hashable] = (),
    floor: float = 0.0,
    nodes: int = NODES,
) -> BestPlan:
    """Return the plan worth most, or `start`, which must keep the rules, if none is found.

    The initiatives in `first` are together worth at least `floor` in the first quarter.
    Values and days are not below 0. What is worth nothing goes where there is room for it.
    """
    highs = solver()
    count = len(capacity)
    best = _in_order(candidates, _pulled_forward(candidates, capacity, start))
    value = plan_value(candidates, best, count)
    ceiling = count * fsum(one.value for one in candidates)
    if value >= ceiling:
        return BestPlan(best, value, value)
    found, bound = solve(highs, candidates, capacity, best, first, floor, nodes)
    if found is not None and keeps_rules(candidates, capacity, found):
        found = _in_order(candidates, _pulled_forward(candidates, capacity, found))
        worth = plan_value(candidates, found, count)
        if worth > value and first_wave(candidates, found, first) >= floor - ROOM:
            best, value = found, worth
    return BestPlan(best, value, max(value, min(bound, ceiling)))


def gap(value: float, bound: float) -> float:
    """Return the share of the bound, 0 to 1, that a plan may fall short; 0 where it is proven."""
    short = 1 - value / bound if bound > 0 else 0.0
    return short if short > EXACTNESS else 0.0


def keeps_rules(
    candidates: Sequence[Candidate], capacity: Sequence[float], quarters: Quarters
) -> bool:
    """Say whether a plan keeps every quarter's days and does nothing before what it needs."""
    used: list[list[float]] = [[] for _ in capacity]
    for one in candidates:
        quarter = quarters[one.id]
        if quarter is None:
            continue
        used[quarter - 1].append(one.days)
        for need in one.needs:
            before = quarters[need]
            if before is None or before > quarter:
                return False
    return all(fsum(days) <= room + ROOM for days, room in zip(used, capacity, strict=True))


def first_wave(
    candidates: Sequence[Candidate], quarters: Quarters, first: Collection[Hashable]
) -> float:
    """Return what the named initiatives that are done in the first quarter are worth."""
    return fsum(one.value for one in candidates if one.id in first and quarters[one.id] == 1)


def _pulled_forward(
    candidates: Sequence[Candidate], capacity: Sequence[float], quarters: Quarters
) -> dict[Hashable, int | None]:
    """Return the plan with each initiative as early as there is room, until none can move.

    It costs nothing and fills what the solver leaves open: what adds no value, it leaves out.
    """
    by_id = {one.id: one for one in candidates}
    now = dict(quarters)
    order = work_order(candidates)
    moved = True
    while moved:
        moved = False
        for name in order:
            here = now[name] or len(capacity) + 1
            needs = [now[need] for need in by_id[name].needs]
            if None in needs:
                continue
            earliest = max((need for need in needs if need is not None), default=1)
            for quarter in range(earliest, here):
                beside = fsum(one.days for one in candidates if now[one.id] == quarter)
                if beside + by_id[name].days <= capacity[quarter - 1] + ROOM:
                    now[name], moved = quarter, True
                    break
    return now


def _in_order(candidates: Sequence[Candidate], quarters: Quarters) -> dict[Hashable, int | None]:
    """Return the plan quarter by quarter, in each in the order of work; what is left out last."""
    order = sorted(work_order(candidates), key=lambda name: quarters[name] or inf)
    return {name: quarters[name] for name in order}
