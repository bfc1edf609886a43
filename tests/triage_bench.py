"""Triage held against the full interview on simulated firms, run by `make bench`.

For each firm: the stream that an assessment of all its answers puts first, and what triage
says after each question until it stops. The parameters of triage were chosen on firms of
other seeds. Prints a table and judges nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from itertools import pairwise
from multiprocessing import Pool
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, NamedTuple

from firms import simulated
from it4it_assess.engine.assess import assess
from it4it_assess.engine.triage import inquire, look
from it4it_assess.files.load import load_questionnaire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from firms import Firm
    from it4it_assess.engine.triage import Triage
    from it4it_assess.model.answers import Answer

FIRMS = int(os.environ.get("BENCH_FIRMS", "500"))
SEED = int(os.environ.get("BENCH_SEED", "2026"))
TODAY = dt.date(2026, 11, 2)
MOMENTS = (0, 5, 10, 20, 40, 60)
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
QUESTIONNAIRE = load_questionnaire("it4it")


class Case(NamedTuple):
    """One firm: what the full interview says, and what triage said after each question."""

    kind: str
    first: str | None
    path: Sequence[Triage]
    seconds: Sequence[float]

    def right(self, step: int = -1) -> bool:
        """Say whether triage named the full interview's stream at a step."""
        return self._at(step).first == self.first

    def sure(self, step: int = -1) -> float:
        """Return how sure triage was at a step."""
        return self._at(step).confidence

    def _at(self, step: int) -> Triage:
        return self.path[step if step < len(self.path) else -1]


def triaged(firm: Firm) -> Case:
    """Ask a firm what triage wants to know until it stops."""
    inquiry = inquire(QUESTIONNAIRE, firm.answers)
    given: dict[str, Answer | None] = {}
    path, seconds = [], []
    while True:
        start = time.process_time()
        step = look(inquiry, given)
        seconds.append(time.process_time() - start)
        path.append(step)
        if step.question is None:
            break
        given[step.question] = firm.answers.answers[step.question]
    full = assess(QUESTIONNAIRE, firm.answers, today=TODAY, samples=1)
    return Case(firm.kind, full.ranking.first, path, seconds)


def cases(count: int, seed: int, processes: int = 2) -> list[Case]:
    """Triage so many simulated firms."""
    with Pool(processes) as pool:
        return pool.map(triaged, simulated(QUESTIONNAIRE, count, seed), chunksize=5)


def told(some: Sequence[Case], step: int = -1) -> tuple[float, float]:
    """Return the mean stated confidence at a step, and how often it named the same stream."""
    return fmean(case.sure(step) for case in some), fmean(case.right(step) for case in some)


def _row(name: str, some: Sequence[Case]) -> str:
    asked = [case.path[-1].asked for case in some]
    low, middle, high = quantiles(asked, n=4, method="inclusive")
    sure, right = told(some)
    share = middle / len(QUESTIONNAIRE.questions)
    questions = f"{middle:g} ({low:g} to {high:g})"
    return (
        f"{name:18}{len(some):>6}{right:>11.1%}{sure:>9.1%}"
        f"{questions:>22}{share:>9.0%}{max(asked):>6}"
    )


def _calibration(some: Sequence[Case], step: int) -> str:
    """Return a line: stated and same in all, then in each bin of stated confidence."""
    sure, right = told(some, step)
    parts = [f"{sure:>7.1%}{right:>7.1%}{100 * (sure - right):>+6.1f}"]
    for low, high in pairwise(BINS):
        inside = [case for case in some if low <= case.sure(step) < high]
        if inside:
            sure, right = told(inside, step)
            parts.append(f"{100 * sure:>4.0f}{100 * right:>4.0f}{len(inside):>5}")
        else:
            parts.append(f"{'-':>13}")
    return "  ".join(parts)


def main() -> None:
    """Print the tables."""
    start = time.perf_counter()
    done = cases(FIRMS, SEED)
    print(f"Triage on {FIRMS} simulated firms, seed {SEED}\n")
    head = f"{'same first':>11}{'stated':>9}{'asked (quartiles)':>22}{'of all':>9}{'most':>6}"
    print(f"{'kind of firm':18}{'firms':>6}{head}")
    for kind in dict.fromkeys(case.kind for case in done):
        print(_row(kind, [case for case in done if case.kind == kind]))
    print(_row("all", done))
    print("\nConfidence as stated and how often the first stream was the same, in %;")
    print("in all, and by bins of the stated (stated, same, firms):")
    bins = "  ".join(f"{f'{low:.0%} to {min(high, 1):.0%}':>13}" for low, high in pairwise(BINS))
    print(f"{'asked':8}{'stated':>7}{'same':>7}{'off':>6}  {bins}")
    for step in (*MOMENTS, -1):
        print(f"{step if step >= 0 else 'its end':<8}{_calibration(done, step)}")
    steps = sorted(1000 * second for case in done for second in case.seconds)
    middle, last = steps[len(steps) // 2], steps[len(steps) * 99 // 100]
    print(
        f"\nA step takes {middle:.0f} ms of processor time (median; {last:.0f} ms at most in 99 of"
        f" 100).\nAll of this took {time.perf_counter() - start:.0f} s."
    )


if __name__ == "__main__":
    main()
