"""What the greedy plan loses: its worth beside the best plan's, over random initiatives.

Run by `make bench`. Each row is INSTANCES cases of so many initiatives over so many quarters;
days for about 62 % of the work, 0.6 to 1.2 needs an initiative. The same cases every time.
`seconds` is processor time, the one column that differs from machine to machine.
"""

from __future__ import annotations

import os
import statistics
import time
from random import Random

from it4it_assess.engine.bundles import Candidate, plan_value
from it4it_assess.engine.optimal import best_plan, gap
from it4it_assess.engine.roadmap import plan

INSTANCES = int(os.environ.get("BENCH_PLANS", "5"))
SIZES = [(30, 4), (30, 8), (60, 4), (60, 8), (100, 4), (100, 8)]
DAYS = (1, 2, 3, 4, 5, 6, 8, 10, 12)
FITS = 0.62


def instance(count: int, quarters: int, seed: int) -> tuple[list[Candidate], list[float]]:
    """Throw initiatives that need some of those before them, and days for most of the work."""
    dice = Random(f"{count} {quarters} {seed}")  # noqa: S311
    often = dice.uniform(0.3, 0.6)
    found = [
        Candidate(
            number,
            dice.randint(1, 100) / 10,
            dice.choice(DAYS),
            tuple(sorted({dice.randrange(number) for _ in range(2) if dice.random() < often}))
            if number
            else (),
        )
        for number in range(count)
    ]
    room = round(FITS * sum(one.days for one in found) / quarters)
    return found, [room] * quarters


def main() -> None:
    """Print the table."""
    heads = ("least", "median", "most", "not best", "proven", "widest gap", "seconds")
    print(f"{'initiatives, quarters':24}" + "".join(f"{head:>12}" for head in heads))
    for count, quarters in SIZES:
        kept, gaps, better, spent = [], [], 0, []
        for seed in range(INSTANCES):
            found, capacity = instance(count, quarters, seed)
            usual = plan(found, capacity=capacity)
            began = time.process_time()
            best = best_plan(found, capacity=capacity, start=usual)
            spent.append(time.process_time() - began)
            value = plan_value(found, usual, quarters)
            kept.append(value / best.value)
            gaps.append(gap(best.value, best.bound))
            better += best.value > value
        figures = (
            f"{min(kept):.3f}",
            f"{statistics.median(kept):.3f}",
            f"{max(kept):.3f}",
            f"{better} of {INSTANCES}",
            f"{gaps.count(0)} of {INSTANCES}",
            f"{100 * max(gaps):.2f} %",
            f"{statistics.median(spent):.1f}",
        )
        print(
            f"{f'{count}, {quarters}':24}" + "".join(f"{one:>12}" for one in figures), flush=True
        )


if __name__ == "__main__":
    main()
