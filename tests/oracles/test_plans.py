"""The best plan against another way to write the problem, solved by scipy.

Here x[i, q] says that initiative i is done in quarter q. The solver behind scipy is HiGHS too:
what is independent is the problem as it is written, and how its answer is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from dice import dice_of
from it4it_assess.engine.bundles import Candidate, plan_value
from it4it_assess.engine.optimal import best_plan, gap, keeps_rules
from it4it_assess.engine.roadmap import plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

EVERY = 5
"""Each fifth case only: a case is two runs of a solver."""


def test_best_plans_are_worth_what_scipys_are(seeds: range) -> None:
    better = 0
    for seed in seeds[::EVERY]:
        found, capacity = any_work(dice_of(seed))
        usual = plan(found, capacity=capacity)
        best = best_plan(found, capacity=capacity, start=usual)
        assert keeps_rules(found, capacity, best.quarters)
        assert plan_value(found, best.quarters, len(capacity)) == best.value
        assert abs(best.value - most(found, capacity)) <= 1e-6 * max(1, best.value)
        assert gap(best.value, best.bound) == 0
        value = plan_value(found, usual, len(capacity))
        assert value <= best.value
        better += value < best.value
    assert better


def any_work(dice: Random) -> tuple[list[Candidate], list[float]]:
    """Throw up to twelve initiatives and days for about half of the work."""
    count, quarters = dice.randint(4, 12), dice.randint(1, 4)
    found = [
        Candidate(
            number,
            dice.randint(0, 40) / 4,
            dice.randint(1, 16) / 2,
            tuple(dice.sample(range(number), min(number, dice.choice([0, 0, 1, 2])))),
        )
        for number in range(count)
    ]
    room = 0.5 * sum(one.days for one in found) / quarters
    return found, [round(2 * dice.uniform(0.7, 1.5) * room) / 2 for _ in range(quarters)]


def most(found: Sequence[Candidate], capacity: Sequence[float]) -> float:
    """Return the most that any plan is worth."""
    count, quarters = len(found), len(capacity)
    worth = np.array([[one.value * (quarters - q) for q in range(quarters)] for one in found])
    at = {one.id: place for place, one in enumerate(found)}
    rows, least, largest = [], [], []
    for place, one in enumerate(found):
        once = np.zeros((count, quarters))
        once[place] = 1
        rows.append(once)
        least.append(0.0)
        largest.append(1.0)
        for need in one.needs:
            for quarter in range(quarters):
                by_then = np.zeros((count, quarters))
                by_then[at[need], : quarter + 1] = 1
                by_then[place, : quarter + 1] = -1
                rows.append(by_then)
                least.append(0.0)
                largest.append(np.inf)
    for quarter, room in enumerate(capacity):
        spent = np.zeros((count, quarters))
        spent[:, quarter] = [one.days for one in found]
        rows.append(spent)
        least.append(0.0)
        largest.append(room)
    solved = milp(
        -worth.ravel(),
        integrality=np.ones(count * quarters),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array([row.ravel() for row in rows]), least, largest),
        options={"mip_rel_gap": 0},
    )
    assert solved.success
    return float(-solved.fun)
