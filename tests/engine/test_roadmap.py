from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW
from it4it_assess.engine.roadmap import Candidate, closure, plan, work_order

NEEDS = {"c": ("b",), "b": ("a",), "a": (), "d": ("a", "b")}


def test_a_bundle_is_an_initiative_and_all_it_needs_in_working_order() -> None:
    assert closure("c", NEEDS) == ("a", "b", "c")
    assert closure("d", NEEDS) == ("a", "b", "d")
    assert closure("a", NEEDS) == ("a",)
    assert closure("e", NEEDS) == ("e",)


def test_the_most_value_a_day_comes_first() -> None:
    jobs = [Candidate("slow", 6, 4), Candidate("fast", 4, 1), Candidate("middle", 4, 2)]
    assert work_order(jobs) == ["fast", "middle", "slow"]


def test_a_worthless_need_is_carried_by_what_needs_it() -> None:
    # alone: need 0, lone 2 / 1 = 2; together need and prize are 12 / 4 = 3
    jobs = [Candidate("lone", 2, 1), Candidate("need", 0, 2), Candidate("prize", 12, 2, ("need",))]
    assert work_order(jobs) == ["need", "prize", "lone"]


def test_a_bundle_is_valued_anew_once_a_part_of_it_is_done() -> None:
    # base and top 9 / 3 = 3 come first; then side is alone, 4 / 2 = 2, ahead of lone 3 / 2
    jobs = [
        Candidate("lone", 3, 2),
        Candidate("base", 0, 2),
        Candidate("top", 9, 1, ("base",)),
        Candidate("side", 4, 2, ("base",)),
    ]
    assert work_order(jobs) == ["base", "top", "side", "lone"]


def test_equal_value_a_day_takes_the_shorter_then_the_order_given() -> None:
    assert work_order([Candidate("long", 4, 4), Candidate("short", 1, 1)]) == ["short", "long"]
    assert work_order([Candidate("one", 1, 1), Candidate("two", 1, 1)]) == ["one", "two"]


def test_work_that_takes_no_time_comes_first() -> None:
    assert work_order([Candidate("big", 9, 1), Candidate("free", 1, 0)]) == ["free", "big"]


def test_each_initiative_goes_into_the_first_quarter_with_room() -> None:
    jobs = [Candidate("a", 9, 3), Candidate("b", 6, 3), Candidate("c", 1, 1)]
    # a fills three of four days, b has to wait, c slips in beside a
    assert plan(jobs, capacity=[4, 4]) == {"a": 1, "b": 2, "c": 1}


def test_the_plan_is_in_working_order() -> None:
    jobs = [Candidate("c", 1, 1), Candidate("a", 9, 3), Candidate("b", 6, 3)]
    assert list(plan(jobs, capacity=[4, 4])) == ["a", "b", "c"]


def test_nothing_is_done_before_what_it_needs() -> None:
    jobs = [Candidate("first", 9, 3), Candidate("need", 0, 2), Candidate("top", 2, 1, ("need",))]
    # first 3 a day, then need and top 2 / 3: need has no room beside first, top would have
    assert plan(jobs, capacity=[4, 4]) == {"first": 1, "need": 2, "top": 2}


def test_what_does_not_fit_is_left_out_with_all_that_needs_it() -> None:
    jobs = [Candidate("big", 9, 5), Candidate("top", 9, 1, ("big",)), Candidate("small", 1, 1)]
    assert plan(jobs, capacity=[4, 4]) == {"big": None, "top": None, "small": 1}


def test_a_quarter_may_be_shorter_than_the_others() -> None:
    assert plan([Candidate("a", 1, 3)], capacity=[2, 3]) == {"a": 2}
    assert plan([Candidate("a", 1, 3)], capacity=[]) == {"a": None}


def test_ten_tenths_fill_a_day() -> None:
    # ten times 0.1 is not 1 in floating point, yet all fit and an eleventh does not
    jobs = [Candidate(number, 1, 0.1) for number in range(11)]
    quarters = list(plan(jobs, capacity=[1]).values())
    assert quarters == [1] * 10 + [None]


def test_plain_tuples_do() -> None:
    assert plan([("a", 1, 1, ()), ("b", 1, 1, ("a",))], capacity=[2]) == {"a": 1, "b": 1}  # type: ignore[list-item]


def test_a_need_nobody_listed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'a' needs 'ghost', which is not among the initiatives"):
        plan([Candidate("a", 1, 1, ("ghost",))], capacity=[1])


def test_initiatives_that_need_each_other_in_a_circle_are_refused() -> None:
    jobs = [Candidate("a", 1, 1, ("b",)), Candidate("b", 1, 1, ("a",))]
    with pytest.raises(ValueError, match="in a circle: "):
        plan(jobs, capacity=[2])


def test_a_method_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no such method: 'best'"):
        plan([], capacity=[1], method="best")  # type: ignore[arg-type]


@st.composite
def jobs(draw: st.DrawFn) -> list[Candidate]:
    """Draw up to nine initiatives, each needing only ones before it."""
    found: list[Candidate] = []
    for number in range(draw(st.integers(1, 9))):
        needs = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        value, days = draw(st.integers(0, 20)), draw(st.integers(1, 8))
        found.append(Candidate(number, value, days, tuple(sorted(needs))))
    return draw(st.permutations(found))


CAPACITY = st.lists(st.integers(0, 12), min_size=1, max_size=4)


@given(jobs(), CAPACITY)
@LAW
def test_a_plan_keeps_capacity(found: list[Candidate], capacity: list[float]) -> None:
    quarters = plan(found, capacity=capacity)
    for quarter, room in enumerate(capacity, start=1):
        assert sum(one.days for one in found if quarters[one.id] == quarter) <= room


@given(jobs(), CAPACITY)
@LAW
def test_a_plan_names_each_initiative_once_and_none_before_what_it_needs(
    found: list[Candidate], capacity: list[float]
) -> None:
    quarters = plan(found, capacity=capacity)
    assert sorted(map(str, quarters)) == sorted(str(one.id) for one in found)
    place = {name: at for at, name in enumerate(quarters)}
    for one in found:
        for need in one.needs:
            assert place[need] < place[one.id]
            mine, theirs = quarters[one.id], quarters[need]
            assert mine is None or (theirs is not None and theirs <= mine)


@given(jobs(), CAPACITY)
@LAW
def test_a_plan_leaves_out_only_what_has_no_room(
    found: list[Candidate], capacity: list[float]
) -> None:
    quarters = plan(found, capacity=capacity)
    left = [
        room - sum(one.days for one in found if quarters[one.id] == quarter)
        for quarter, room in enumerate(capacity, start=1)
    ]
    for one in found:
        needs = [quarters[need] for need in one.needs]
        if quarters[one.id] is None and None not in needs:
            earliest = max((need for need in needs if need is not None), default=1)
            assert all(room < one.days for room in left[earliest - 1 :])


@given(jobs())
@LAW
def test_no_head_of_the_work_has_less_value_a_day_than_the_best_bundle(
    found: list[Candidate],
) -> None:
    by_id = {one.id: one for one in found}
    needs = {one.id: one.needs for one in found}
    order = work_order(found)
    value = [0, *accumulate(by_id[name].value for name in order)]
    days = [0, *accumulate(by_id[name].days for name in order)]
    heads = [value[end] / days[end] for end in range(1, len(order) + 1)]
    for name in by_id:
        bundle = [by_id[inner] for inner in closure(name, needs)]
        worth = sum(one.value for one in bundle) / sum(one.days for one in bundle)
        assert max(heads) >= worth - 1e-12
