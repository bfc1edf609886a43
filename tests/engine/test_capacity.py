from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import FEW, PRIZED, TODAY, answer_file, flat, improvable, initiative, questionnaire
from dice import any_firm, dice_of
from it4it_assess.engine.assess import assess
from it4it_assess.engine.capacity import SHARES, WEEKS_A_QUARTER, capacity_curve

if TYPE_CHECKING:
    from it4it_assess.model.capacity import CapacityCurve
    from it4it_assess.model.questionnaire import Questionnaire

FIRMS = 60


def curve(asked: Questionnaire, file: Any, **more: Any) -> CapacityCurve:
    return capacity_curve(asked, file, assess(asked, file, today=TODAY, samples=FEW), **more)


def two_steps(days: float, quarters: int = 2) -> tuple[Questionnaire, Any]:
    """Return a firm with two initiatives of ten days that together bring it to its target."""
    asked = improvable(
        initiative("one", {"a.1": 3}, 10), initiative("two", {"a.2": 3}, 10), count=2
    )
    capacity = {"days_per_quarter": days, "quarters": quarters}
    return asked, answer_file({"a.1": 0, "a.2": 0}, capacity=capacity, **PRIZED)


def test_a_curve_has_the_firms_own_days_shares_of_them_and_a_day_a_week_more() -> None:
    found = curve(*two_steps(12))
    # 6, 9, 12, 15, 18, 24 and 36 are the shares; 12 + 13 weeks is 25
    assert [point.days_per_quarter for point in found.points] == [6, 9, 12, 15, 18, 24, 25, 36]
    assert (found.now, found.one_more_day_a_week, found.quarters) == (12, 25, 2)
    assert [point.more for point in found.points] == [-6, -3, 0, 3, 6, 12, 13, 24]


@pytest.mark.parametrize("method", ["greedy", "optimal"])
def test_each_point_says_what_its_days_bring_and_when(method: Any) -> None:
    found = curve(*two_steps(12), method=method)
    # each is worth 3 / 5 / 2 = 0.3. Twelve days a quarter: one each, 0.3 x 2 + 0.3 = 0.9;
    # from 24 on both at once, 0.6 x 2 = 1.2; below 10 neither fits
    values = {point.days_per_quarter: point.value for point in found.points}
    assert values == {
        6: 0, 9: 0, 12: pytest.approx(0.9), 15: pytest.approx(0.9), 18: pytest.approx(0.9),
        24: pytest.approx(1.2), 25: pytest.approx(1.2), 36: pytest.approx(1.2),
    }  # fmt: skip
    reached = {point.days_per_quarter: point.reached["a"] for point in found.points}
    assert reached == {6: None, 9: None, 12: 2, 15: 2, 18: 2, 24: 1, 25: 1, 36: 1}
    assert [point.initiatives for point in found.points] == [0, 0, 2, 2, 2, 2, 2, 2]
    assert [point.days for point in found.points] == [0, 0, 20, 20, 20, 20, 20, 20]
    assert found.at(25).of_now == pytest.approx(1.2 / 0.9)
    assert found.at(12).of_now == 1
    assert {point.gap for point in found.points} == {None if method == "greedy" else 0}
    bounds = {point.days_per_quarter: point.bound for point in found.points}
    assert bounds == (dict.fromkeys(values) if method == "greedy" else pytest.approx(values))


def test_a_firm_without_days_has_a_curve_of_none_and_of_a_day_a_week() -> None:
    found = curve(*two_steps(0))
    assert [point.days_per_quarter for point in found.points] == [0, 13]
    assert [point.of_now for point in found.points] == [None, None]
    # thirteen days a quarter: one initiative each
    assert [point.reached["a"] for point in found.points] == [None, 2]


def test_a_stream_at_its_target_today_is_reached_in_quarter_nought() -> None:
    asked = questionnaire(flat("a", 1, target=2), flat("b", 1, target=2))
    found = curve(asked, answer_file({"a.1": 2, "b.1": 1}))
    assert found.points[0].reached == {"a": 0, "b": None}


@pytest.mark.parametrize("method", ["greedy", "optimal"])
def test_the_point_of_the_firms_own_days_is_its_roadmap(method: Any) -> None:
    for seed in range(FIRMS):
        asked, file = any_firm(dice_of(seed))
        judged = assess(asked, file, today=TODAY, samples=FEW, method=method)
        own = capacity_curve(asked, file, judged, method=method)
        point, roadmap = own.at(own.now), judged.roadmap
        assert (point.value, point.days, point.gap) == (roadmap.value, roadmap.days, roadmap.gap)
        assert point.initiatives == sum(job.quarter is not None for job in roadmap.initiatives)
        days = file.context.capacity.days_per_quarter
        assert own.one_more_day_a_week == days + WEEKS_A_QUARTER
        assert {days * share for share in SHARES} <= {one.days_per_quarter for one in own.points}
        for one in own.points:
            assert one.days <= one.days_per_quarter * own.quarters + 1e-9
