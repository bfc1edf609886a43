"""Which initiative in which quarter: bundles by value a day, or the proven best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.bundles import (
    ROOM,
    Candidate,
    check_needs,
    closure,
    work_order,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from it4it_assess.model.assessment import Method

__all__ = ["Candidate", "closure", "plan", "work_order"]


def plan(
    initiatives: Sequence[Candidate],
    *,
    capacity: Sequence[float],
    method: Method = "greedy",
) -> dict[Hashable, int | None]:
    """Return the quarter, from 1, each initiative is done in; None where it does not fit.

    Initiatives are `(id, value, days, needs)`; capacity is days for each quarter. The
    answer is in working order.

    `greedy`: each initiative goes, in `work_order`, into the first quarter that has room
    and is no earlier than what it needs. A heuristic: `make bench` shows what it loses.
    `optimal`: the most value, sooner (`bundles.plan_value`), by the extra `optimal`; never
    worth less than the greedy plan. `optimal.best_plan` also tells how much better any plan
    could be.

    Raises ValueError for an unknown need, a cycle, or an unknown method, and AssessError
    where the extra is not installed.
    """
    candidates = [Candidate(*one) for one in initiatives]
    check_needs(candidates)
    quarters = _greedy(candidates, capacity)
    if method == "greedy":
        return quarters
    if method == "optimal":
        from it4it_assess.engine.optimal import best_plan  # noqa: PLC0415  a heavy extra

        return best_plan(candidates, capacity=capacity, start=quarters).quarters
    msg = f"no such method: {method!r}; there are 'greedy' and 'optimal'"
    raise ValueError(msg)


def _greedy(
    candidates: Sequence[Candidate], capacity: Sequence[float]
) -> dict[Hashable, int | None]:
    by_id = {one.id: one for one in candidates}
    left = list(capacity)
    quarters: dict[Hashable, int | None] = {}
    for name in work_order(candidates):
        before = [quarters[need] for need in by_id[name].needs]
        quarters[name] = None
        if None in before:
            continue
        earliest = max((quarter for quarter in before if quarter is not None), default=1)
        for quarter in range(earliest, len(left) + 1):
            if by_id[name].days <= left[quarter - 1] + ROOM:
                left[quarter - 1] -= by_id[name].days
                quarters[name] = quarter
                break
    return quarters
