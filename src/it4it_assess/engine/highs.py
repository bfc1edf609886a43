"""The planning problem of `optimal.py` written for the solver HiGHS, and its silent run."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from math import fsum, inf, isfinite
from typing import TYPE_CHECKING, Any

from it4it_assess.engine.bundles import ROOM
from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    from it4it_assess.engine.bundles import Candidate

EXACTNESS = 1e-6
"""How exactly the solver keeps a rule, or meets its bound, as a share."""

STDOUT = 1


def solver() -> Any:
    """Return the module of HiGHS, or say how to get it."""
    try:
        import highspy  # noqa: PLC0415  a heavy extra
    except ImportError as error:
        raise AssessError(
            "the optimal plan needs the solver HiGHS, which is not installed; "
            "run: pip install 'it4it-assess[optimal]'"
        ) from error
    return highspy


def solve(
    highs: Any,
    candidates: Sequence[Candidate],
    capacity: Sequence[float],
    start: Mapping[Any, int | None],
    first: Collection[Hashable],
    floor: float,
    nodes: int,
) -> tuple[dict[Hashable, int | None] | None, float]:
    """Return the solver's plan, None where it has none, and its bound on the value."""
    count = len(capacity)
    scale = max(one.value for one in candidates)
    with nothing_on_stdout():
        run = highs.Highs()
        for option, setting in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_max_nodes": nodes,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": EXACTNESS / 10,
        }.items():
            run.setOptionValue(option, setting)
        run.passModel(_model(highs, candidates, capacity, first, floor, scale))
        begin = highs.HighsSolution()
        begin.col_value = [
            float((start[one.id] or inf) <= quarter)
            for one in candidates
            for quarter in range(1, count + 1)
        ]
        run.setSolution(begin)
        run.run()
        done = list(run.getSolution().col_value)
        bound = run.getInfo().mip_dual_bound * scale
    if not isfinite(bound):
        bound = inf
    if len(done) != len(candidates) * count:
        return None, bound
    found: dict[Hashable, int | None] = {}
    for place, one in enumerate(candidates):
        by = [done[place * count + quarter] > 1 / 2 for quarter in range(count)]
        found[one.id] = by.index(True) + 1 if True in by else None
    return found, bound


def _model(
    highs: Any,
    candidates: Sequence[Candidate],
    capacity: Sequence[float],
    first: Collection[Hashable],
    floor: float,
    scale: float,
) -> Any:
    """Return the problem of this module's first lines, its values as shares of the highest."""
    count = len(capacity)
    columns = len(candidates) * count
    rows = list(_rows(candidates, capacity))
    if floor > 0:
        named = {
            place * count: -one.value / scale
            for place, one in enumerate(candidates)
            if one.id in first
        }
        rows.append((named, -floor / scale))
    model = highs.HighsLp()
    model.sense_ = highs.ObjSense.kMaximize
    model.num_col_, model.num_row_ = columns, len(rows)
    model.col_cost_ = [one.value / scale for one in candidates for _ in capacity]
    model.col_lower_, model.col_upper_ = [0.0] * columns, [1.0] * columns
    model.integrality_ = [highs.HighsVarType.kInteger] * columns
    model.row_lower_, model.row_upper_ = [-inf] * len(rows), [most for _, most in rows]
    model.a_matrix_.format_ = highs.MatrixFormat.kRowwise
    starts = [0]
    for row, _ in rows:
        starts.append(starts[-1] + len(row))
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = [column for row, _ in rows for column in row]
    model.a_matrix_.value_ = [factor for row, _ in rows for factor in row.values()]
    return model


def _rows(
    candidates: Sequence[Candidate], capacity: Sequence[float]
) -> Iterator[tuple[dict[int, float], float]]:
    """Yield each rule as factors by column and the most that their sum may be.

    The days of the first q quarters together are implied, and the cuts are better for them.
    """
    count = len(capacity)
    column = {one.id: place * count for place, one in enumerate(candidates)}
    for one in candidates:
        mine = column[one.id]
        for quarter in range(count):
            if quarter:
                yield {mine + quarter - 1: 1.0, mine + quarter: -1.0}, 0.0
            for need in one.needs:
                yield {mine + quarter: 1.0, column[need] + quarter: -1.0}, 0.0
    for quarter, room in enumerate(capacity):
        by_then = {column[one.id] + quarter: one.days for one in candidates}
        before = {column[one.id] + quarter - 1: -one.days for one in candidates if quarter}
        yield {**by_then, **before}, room + ROOM
        if quarter:
            yield by_then, fsum(capacity[: quarter + 1]) + ROOM


@contextmanager
def nothing_on_stdout() -> Iterator[None]:
    """Send what the solver's own code prints nowhere: it prints even when told to be silent.

    Its text waits in the buffers of the C library, so these are emptied before and after.
    """
    if sys.stdout is not None:
        sys.stdout.flush()
    _empty_c_buffers()
    try:
        kept = os.dup(STDOUT)
    except OSError:  # there is no standard output to keep clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STDOUT)
        yield
    finally:
        _empty_c_buffers()
        os.dup2(kept, STDOUT)
        os.close(kept)
        os.close(nowhere)


def _empty_c_buffers() -> None:
    import ctypes  # noqa: PLC0415  only a solver's run needs it

    with suppress(AttributeError, OSError, TypeError):  # where the C library cannot be had
        ctypes.CDLL(None).fflush(None)
