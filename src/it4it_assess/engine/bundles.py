"""Initiatives with what they need: bundles, the order of work by value a day, what plans share."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from math import fsum, inf
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

Id = TypeVar("Id", bound="Hashable")

ROOM = 1e-9
"""Days may overshoot a quarter by this much: sums of tenths are not exact."""


class Candidate(NamedTuple):
    """An initiative to plan: its value, its days, and the ids that come first."""

    id: Hashable
    value: float
    days: float
    needs: tuple[Hashable, ...] = ()


def closure(start: Id, needs: Mapping[Id, Iterable[Id]]) -> tuple[Id, ...]:
    """Return an initiative and all it needs, what comes first first."""
    done: dict[Id, None] = {}

    def visit(one: Id) -> None:
        if one not in done:
            for need in needs.get(one, ()):
                visit(need)
            done[one] = None

    visit(start)
    return tuple(done)


def work_order(candidates: Sequence[Candidate]) -> list[Hashable]:
    """Return the ids in the order to do them: again and again the best bundle.

    A bundle is an initiative with all it still needs; the best has the most value a day
    (weighted shortest job first, after Smith 1956; bundles because taking the best single
    one is wrong under precedence). Ties: fewer days, then the order given.
    """
    left = {one.id: one for one in candidates}
    needs = {one.id: one.needs for one in candidates}
    bundles = {one.id: closure(one.id, needs) for one in candidates}
    merit = {name: _merit([left[inner] for inner in bundle]) for name, bundle in bundles.items()}
    order: list[Hashable] = []
    while left:
        best = max(left, key=merit.__getitem__)
        taken = bundles[best]
        order.extend(taken)
        for name in taken:
            del left[name]
        gone = set(taken)
        for name in left:
            if not gone.isdisjoint(bundles[name]):
                bundles[name] = tuple(inner for inner in bundles[name] if inner not in gone)
                merit[name] = _merit([left[inner] for inner in bundles[name]])
    return order


def _merit(bundle: Sequence[Candidate]) -> tuple[float, float]:
    value = fsum(one.value for one in bundle)
    days = fsum(one.days for one in bundle)
    return (value / days if days else inf, -days)


def plan_value(
    candidates: Iterable[Candidate], quarters: Mapping[Any, int | None], count: int
) -> float:
    """Return what a plan over `count` quarters is worth: value times the quarters it is there.

    What is done in quarter q is there for count - q + 1 quarters, its own among them (the
    cost of delay, after Reinertsen 2009). What is not done is worth nothing.
    """
    return fsum(
        one.value * (count - quarter + 1)
        for one in candidates
        if (quarter := quarters.get(one.id)) is not None
    )


def check_needs(candidates: Sequence[Candidate]) -> None:
    """Refuse needs that are not listed, or that go round in a circle, with a ValueError."""
    ids = {one.id for one in candidates}
    for one in candidates:
        for need in one.needs:
            if need not in ids:
                msg = f"{one.id!r} needs {need!r}, which is not among the initiatives"
                raise ValueError(msg)
    try:
        TopologicalSorter({one.id: one.needs for one in candidates}).prepare()
    except CycleError as error:
        msg = f"initiatives need each other in a circle: {' -> '.join(map(str, error.args[1]))}"
        raise ValueError(msg) from error
