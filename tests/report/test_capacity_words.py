from __future__ import annotations

from typing import Any

import pytest

from it4it_assess.model.capacity import CapacityCurve, CapacityPoint
from it4it_assess.report.capacity import curve_rows, one_more_day

TITLES = {"a": "Plan", "b": "Build", "c": "Run"}


def point(days: float, initiatives: int, of_now: float | None, **reached: Any) -> CapacityPoint:
    return CapacityPoint(
        days_per_quarter=days,
        more=days - 20,
        initiatives=initiatives,
        days=days,
        value=of_now or 0,
        of_now=of_now,
        bound=None,
        gap=None,
        reached={**dict.fromkeys(TITLES, None), **reached},
    )


def curve(*points: CapacityPoint) -> CapacityCurve:
    return CapacityCurve(
        method="greedy", quarters=4, now=20, one_more_day_a_week=33, points=points
    )


def test_a_row_tells_days_initiatives_worth_and_when_each_target_is_reached() -> None:
    found = curve(point(20, 5, 1, a=0, b=3), point(33, 9, 1.234, a=0, b=2, c=4))
    # a is at its target already and is not named
    assert curve_rows(found, TITLES) == [
        ("20 (now)", "Build Q3", "5", "100 %"),
        ("33 (+1 day a week)", "Build Q2, Run Q4", "9", "123 %"),
    ]
    late = curve(point(20, 0, None), point(33, 3, None, b=4, c=1))
    assert curve_rows(late, TITLES) == [
        ("20 (now)", "none", "0", "-"),
        ("33 (+1 day a week)", "Run Q1, Build Q4", "3", "-"),
    ]


@pytest.mark.parametrize(
    ("own", "more", "said"),
    [
        (
            point(20, 5, 1, b=4),
            point(33, 8, 1.34, b=2),
            (
                "brings Build to its target in quarter 2 instead of 4 and adds 34 % to what the "
                "plan is worth, with 3 initiatives more."
            ),
        ),
        (
            point(20, 5, 1),
            point(33, 6, 1.2, a=4, c=3),
            (
                "brings Plan to its target in quarter 4 (today's days do not), brings Run to its "
                "target in quarter 3 (today's days do not) and adds 20 % to what the plan is "
                "worth, with 1 initiative more."
            ),
        ),
        (
            point(20, 5, 1, a=4, b=3, c=4),
            point(33, 5, 1.1, a=3, b=2, c=2),
            (
                "brings Plan to its target in quarter 3 instead of 4, brings Build to its target "
                "in quarter 2 instead of 3, changes when one more stream gets there and adds "
                "10 % to what the plan is worth."
            ),
        ),
        (point(20, 5, 1), point(33, 5, 1.1), "adds 10 % to what the plan is worth."),
        (
            point(20, 5, 1, c=4),
            point(33, 4, 0.98),
            (
                "no longer brings Run to its target (today's days do) and takes 2 % from what the "
                "plan is worth, with 1 initiative fewer."
            ),
        ),
        (point(20, 5, 1), point(33, 5, 1.001), "would change nothing that the plan brings."),
        (point(20, 5, 1), point(33, 6, 1.001), "plans 1 initiative more."),
        (point(20, 0, None), point(33, 3, None), "plans 3 initiatives."),
    ],
)
def test_a_day_a_week_more_is_told_in_a_sentence(
    own: CapacityPoint, more: CapacityPoint, said: str
) -> None:
    told = one_more_day(curve(own, more), TITLES)
    assert told == f"One more day a week (13 days a quarter) {said}"
