"""The best plan against every plan there is, and what the solver may not do."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import LAW, PRIZED, flat, improvable, initiative, judge, questionnaire
from dice import any_firm, dice_of
from it4it_assess.engine.bundles import Candidate, plan_value
from it4it_assess.engine.optimal import best_plan, first_wave, gap, keeps_rules
from it4it_assess.engine.roadmap import plan
from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from it4it_assess.engine.optimal import BestPlan

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
SOLVED = settings(LAW, max_examples=60)
"""Each example is a run of the solver."""

FIRMS = 150

CAPACITY = st.lists(st.integers(0, 12), min_size=1, max_size=3)


@st.composite
def jobs(draw: st.DrawFn, most: int = 5) -> list[Candidate]:
    """Draw initiatives, each needing only ones before it, in any order."""
    found: list[Candidate] = []
    for number in range(draw(st.integers(1, most))):
        needs = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else set()
        value, days = draw(st.integers(0, 20)), draw(st.integers(0, 8))
        found.append(Candidate(number, value, days, tuple(sorted(needs))))
    return draw(st.permutations(found))


def every_plan(
    found: Sequence[Candidate], capacity: Sequence[float]
) -> Iterator[dict[Any, int | None]]:
    """Yield every plan that keeps the rules."""
    choices = [None, *range(1, len(capacity) + 1)]
    for chosen in product(choices, repeat=len(found)):
        quarters = {one.id: quarter for one, quarter in zip(found, chosen, strict=True)}
        if keeps_rules(found, capacity, quarters):
            yield quarters


def solved(found: Sequence[Candidate], capacity: Sequence[float], **more: Any) -> BestPlan:
    start = plan(found, capacity=capacity)
    return best_plan(found, capacity=capacity, start=start, **more)


def instance(count: int, quarters: int) -> tuple[list[Candidate], list[float]]:
    """Return a case that the solver does not see through at once."""
    dice = dice_of(1)
    found = [
        Candidate(
            number,
            dice.randint(1, 100) / 10,
            dice.choice([1, 2, 3, 5, 8]),
            (dice.randrange(number),) if number and dice.random() < 0.6 else (),
        )
        for number in range(count)
    ]
    room = round(0.6 * sum(one.days for one in found) / quarters)
    return found, [room] * quarters


def test_the_greedy_plan_takes_the_best_a_day_and_the_best_plan_takes_both_others() -> None:
    # a is worth 1.1 a day and leaves one day idle; b and c are worth 1 a day and fill all four
    found = [Candidate("a", 3.3, 3), Candidate("b", 2, 2), Candidate("c", 2, 2)]
    assert plan(found, capacity=[4]) == {"a": 1, "b": None, "c": None}
    assert plan(found, capacity=[4], method="optimal") == {"b": 1, "c": 1, "a": None}


def test_a_plan_is_worth_each_value_for_the_quarters_it_is_there() -> None:
    found = [Candidate("a", 3, 1), Candidate("b", 5, 1), Candidate("c", 7, 1)]
    # of four quarters: a in the first is there for 4, b in the third for 2, c never
    assert plan_value(found, {"a": 1, "b": 3, "c": None}, 4) == 3 * 4 + 5 * 2


def test_soon_is_worth_more_than_late() -> None:
    # one fits in each quarter: 9 x 2 + 4 x 1 = 22 this way, 4 x 2 + 9 x 1 = 17 the other
    found = [Candidate("low", 4, 3), Candidate("high", 9, 3)]
    best = solved(found, [3, 3])
    assert best.quarters == {"high": 1, "low": 2}
    assert best.value == 22


def test_the_first_wave_is_worth_at_least_its_floor() -> None:
    # alone the best is b in quarter 1 and a in 2: 9 x 2 + 4; with a first it is 4 x 2 + 9
    found = [Candidate("a", 4, 3), Candidate("b", 9, 3)]
    start = {"a": 1, "b": 2}
    free = best_plan(found, capacity=[3, 3], start=start)
    held = best_plan(found, capacity=[3, 3], start=start, first={"a"}, floor=4)
    assert (free.value, held.value) == (22, 17)
    assert held.quarters == start
    assert held.bound == pytest.approx(17, rel=1e-6)


def test_one_big_quarter_in_working_order_is_pinedos_optimal_sequence() -> None:
    chains = json.loads((PUBLISHED / "cd3_smith_pinedo_chains.json").read_text(encoding="utf-8"))
    days, worth = chains["input"]["p"], chains["input"]["w"]
    found = [
        Candidate(job, worth[job - 1], days[job - 1], chain[place - 1 : place] if place else ())
        for chain in chains["input"]["chains"]
        for place, job in enumerate(chain)
    ]
    quarters = plan(found, capacity=[sum(days)], method="optimal")
    assert list(quarters) == chains["expected"]["sequence"]
    assert set(quarters.values()) == {1}


def test_pinedos_chains_cut_into_three_quarters_are_as_good_as_any_of_all_plans() -> None:
    chains = json.loads((PUBLISHED / "cd3_smith_pinedo_chains.json").read_text(encoding="utf-8"))
    days, worth = chains["input"]["p"], chains["input"]["w"]
    found = [
        Candidate(job, worth[job - 1], days[job - 1], tuple(chain[max(0, place - 1) : place]))
        for chain in chains["input"]["chains"]
        for place, job in enumerate(chain)
    ]
    # the optimal sequence cut after jobs 2 and 6: 3 + 6 + 4 + 8 = 21 days, then 6 + 10 + 5
    for capacity in ([21, 21], [14, 14, 14]):
        most = max(plan_value(found, one, len(capacity)) for one in every_plan(found, capacity))
        assert solved(found, capacity).value == most


@given(jobs(), CAPACITY)
@SOLVED
def test_no_plan_of_all_plans_is_worth_more(found: list[Candidate], capacity: list[float]) -> None:
    best = solved(found, capacity)
    most = max(plan_value(found, one, len(capacity)) for one in every_plan(found, capacity))
    assert best.value == most
    assert best.bound == pytest.approx(most, rel=1e-6, abs=1e-9)
    assert gap(best.value, best.bound) == 0


@given(jobs(4), CAPACITY, st.sets(st.integers(0, 3)))
@SOLVED
def test_no_plan_of_all_with_such_a_first_wave_is_worth_more(
    found: list[Candidate], capacity: list[float], first: set[int]
) -> None:
    floor = first_wave(found, plan(found, capacity=capacity), first)
    best = solved(found, capacity, first=first, floor=floor)
    most = max(
        plan_value(found, one, len(capacity))
        for one in every_plan(found, capacity)
        if first_wave(found, one, first) >= floor
    )
    assert first_wave(found, best.quarters, first) >= floor
    assert best.value == most
    assert best.bound == pytest.approx(most, rel=1e-6, abs=1e-9)


@given(jobs(12), CAPACITY)
@SOLVED
def test_a_best_plan_keeps_the_rules_and_is_never_worth_less_than_the_greedy_one(
    found: list[Candidate], capacity: list[float]
) -> None:
    best = plan(found, capacity=capacity, method="optimal")
    assert keeps_rules(found, capacity, best)
    usual = plan(found, capacity=capacity)
    assert plan_value(found, best, len(capacity)) >= plan_value(found, usual, len(capacity))


@given(jobs(8), CAPACITY)
@SOLVED
def test_a_best_plan_is_in_working_order_and_leaves_out_only_what_has_no_room(
    found: list[Candidate], capacity: list[float]
) -> None:
    best = plan(found, capacity=capacity, method="optimal")
    place = {name: at for at, name in enumerate(best)}
    assert set(place) == {one.id for one in found}
    used = [
        sum(one.days for one in found if best[one.id] == quarter)
        for quarter in range(1, len(capacity) + 1)
    ]
    for one in found:
        assert all(place[need] < place[one.id] for need in one.needs)
        needs = [best[need] for need in one.needs]
        if best[one.id] is None and None not in needs:
            earliest = max((need for need in needs if need is not None), default=1)
            assert all(
                days + one.days > room
                for days, room in list(zip(used, capacity, strict=True))[earliest - 1 :]
            )


def test_a_search_cut_short_states_a_bound_and_still_gives_a_plan() -> None:
    found, capacity = instance(30, 6)
    usual = plan_value(found, plan(found, capacity=capacity), len(capacity))
    short, full = solved(found, capacity, nodes=1), solved(found, capacity)
    assert gap(full.value, full.bound) == 0
    assert usual <= short.value <= full.value <= short.bound
    assert gap(short.value, short.bound) == pytest.approx(1 - short.value / short.bound)
    assert 0 < gap(short.value, short.bound) < 0.1


@pytest.mark.parametrize(
    "found",
    [
        {"a": 1, "b": None, "c": None},  # worth 3.3, not 4
        {"a": 1, "b": 1, "c": 1},  # seven days in four
        None,  # nothing found in time
    ],
)
def test_a_worse_or_unruly_answer_of_the_solver_leaves_the_start_as_it_is(
    found: dict[str, int | None] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("it4it_assess.engine.optimal.solve", lambda *_: (found, 5.0))
    work = [Candidate("a", 3.3, 3), Candidate("b", 2, 2), Candidate("c", 2, 2)]
    best = best_plan(work, capacity=[4], start={"a": None, "b": 1, "c": 1})
    assert best.quarters == {"b": 1, "c": 1, "a": None}
    assert (best.value, best.bound) == (4.0, 5.0)


def test_an_answer_whose_first_wave_falls_short_leaves_the_start_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = {"a": 2, "b": 1}
    monkeypatch.setattr("it4it_assess.engine.optimal.solve", lambda *_: (late, 30.0))
    work, start = [Candidate("a", 4, 3), Candidate("b", 9, 3)], {"a": 1, "b": 2}
    best = best_plan(work, capacity=[3, 3], start=start, first={"a"}, floor=4)
    assert best.quarters == start


def test_what_is_worth_nothing_goes_where_the_best_plan_has_room_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without: dict[str, int | None] = {"a": None, "b": 1, "c": 1, "idle": None}
    monkeypatch.setattr("it4it_assess.engine.optimal.solve", lambda *_: (without, 8.0))
    work = [
        Candidate("a", 3.3, 3),
        Candidate("b", 2, 2),
        Candidate("c", 2, 2),
        Candidate("idle", 0, 1),
    ]
    start = {"a": 1, "b": None, "c": None, "idle": 1}
    best = best_plan(work, capacity=[4, 1], start=start)
    assert best.quarters == {"b": 1, "c": 1, "idle": 2, "a": None}


def test_a_gap_is_a_share_of_the_bound_and_nought_within_the_solvers_exactness() -> None:
    assert gap(97, 100) == pytest.approx(0.03)
    assert gap(100, 100) == 0
    assert gap(100, 100.00001) == 0
    assert gap(0, 0) == 0


def test_a_plan_before_its_need_or_over_its_days_breaks_the_rules() -> None:
    found = [Candidate("a", 1, 2), Candidate("b", 1, 2, ("a",))]
    assert keeps_rules(found, [2, 2], {"a": 1, "b": 2})
    assert not keeps_rules(found, [2, 2], {"a": 2, "b": 1})
    assert not keeps_rules(found, [2, 2], {"a": None, "b": 1})
    assert not keeps_rules(found, [2, 2], {"a": 1, "b": 1})


def test_nothing_to_plan_and_no_quarters_need_no_search() -> None:
    assert plan([], capacity=[4], method="optimal") == {}
    assert plan([Candidate("a", 1, 1)], capacity=[], method="optimal") == {"a": None}


@pytest.mark.parametrize("buffered", [True, False])
def test_the_solver_prints_nothing(buffered: bool, tmp_path: Path) -> None:  # noqa: FBT001
    code = (
        "from it4it_assess.engine.roadmap import plan\n"
        "jobs = [('a', 3.3, 3, ()), ('b', 2, 2, ()), ('c', 2, 2, ())]\n"
        "print('before')\n"
        "found = plan(jobs, capacity=[4], method='optimal')\n"
        "print(found)\n"
    )
    out = tmp_path / "out"
    with out.open("wb") as file:
        options = [] if buffered else ["-u"]
        subprocess.run([sys.executable, *options, "-c", code], stdout=file, check=True)
    assert out.read_text(encoding="utf-8") == "before\n{'b': 1, 'c': 1, 'a': None}\n"


def test_what_waits_in_the_buffers_of_c_goes_nowhere_too(tmp_path: Path) -> None:
    code = (
        "import ctypes\n"
        "from it4it_assess.engine.highs import nothing_on_stdout\n"
        "c = ctypes.CDLL(None)\n"
        "c.printf(b'kept\\n')\n"
        "with nothing_on_stdout():\n"
        "    c.printf(b'noise\\n')\n"
        "c.printf(b'kept too\\n')\n"
    )
    out = tmp_path / "out"
    with out.open("wb") as file:
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True)
    assert out.read_text(encoding="utf-8") == "kept\nkept too\n"


def test_a_closed_standard_output_does_not_matter() -> None:
    code = (
        "import os, sys\n"
        "os.close(1)\n"
        "sys.stdout = None\n"
        "from it4it_assess.engine.roadmap import plan\n"
        "jobs = [('a', 3.3, 3, ()), ('b', 2, 2, ()), ('c', 2, 2, ())]\n"
        "assert plan(jobs, capacity=[4], method='optimal')['b'] == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(AssessError) as raised:
        plan([Candidate("a", 1, 1)], capacity=[1], method="optimal")
    assert str(raised.value) == (
        "the optimal plan needs the solver HiGHS, which is not installed; "
        "run: pip install 'it4it-assess[optimal]'"
    )


# Roadmaps


def roadmaps(*work: Any, count: int, **context: Any) -> tuple[Any, Any]:
    """Return the greedy and the best roadmap of the same firm."""
    asked = improvable(*work, count=count)
    answers = {f"a.{number}": 0 for number in range(1, count + 1)}
    given = {**PRIZED, **context}
    return (
        judge(asked, answers, **given).roadmap,
        judge(asked, answers, method="optimal", **given).roadmap,
    )


def quarters(roadmap: Any) -> dict[str, int | None]:
    return {job.id: job.quarter for job in roadmap.initiatives}


def test_a_roadmap_says_what_it_is_worth_and_how_it_was_planned() -> None:
    # each lifts one of two questions by 3 of 5: worth 0.3; 1 quarter: 0.3 for what fits
    greedy, best = roadmaps(
        initiative("one", {"a.1": 3}, 3),
        initiative("two", {"a.2": 3}, 3),
        count=2,
        capacity={"days_per_quarter": 3, "quarters": 1},
    )
    assert (greedy.method, greedy.bound, greedy.gap) == ("greedy", None, None)
    assert greedy.value == pytest.approx(0.3)
    assert (best.method, best.gap) == ("optimal", 0)
    assert best.value == pytest.approx(0.3)
    assert best.bound == pytest.approx(0.3, rel=1e-6)


def test_a_best_roadmap_is_worth_more_where_the_greedy_one_leaves_days_idle() -> None:
    # a rise of 3 on one of four questions is worth 3 / 5 / 4 = 0.15, one of 2 is worth 0.1:
    # odd 0.25 in 3 days is the most a day and leaves a day idle; the others 0.15 + 0.15 fill it
    greedy, best = roadmaps(
        initiative("odd", {"a.1": 3, "a.2": 2}, 3),
        initiative("even", {"a.3": 3}, 2),
        initiative("other", {"a.4": 3}, 2),
        count=4,
        capacity={"days_per_quarter": 4, "quarters": 1},
    )
    assert (greedy.value, best.value) == (pytest.approx(0.25), pytest.approx(0.3))
    assert best.gap == 0
    assert quarters(greedy) == {"odd": 1, "even": None, "other": None}
    assert quarters(best) == {"even": 1, "other": 1, "odd": None}
    assert best.waves[0].projected == {"a": pytest.approx((3 + 3) / 4)}


def test_work_that_would_be_idle_is_dropped_and_the_bound_still_counts_it() -> None:
    # as above, but both of two days lift the same question: together 0.3 by their values, and
    # the second would lift nothing. Without it odd, 0.25, is the best: 0.25 of at most 0.3
    _, best = roadmaps(
        initiative("odd", {"a.1": 3, "a.2": 2}, 3),
        initiative("even", {"a.3": 3}, 2),
        initiative("same", {"a.3": 3}, 2),
        count=4,
        capacity={"days_per_quarter": 4, "quarters": 1},
    )
    assert quarters(best)["odd"] == 1
    assert best.value == pytest.approx(0.25)
    assert best.bound == pytest.approx(0.3)
    assert best.gap == pytest.approx(1 / 6)


def test_the_best_roadmap_serves_the_first_stream_first_as_much_as_the_greedy_one() -> None:
    # b weighs more, but a goes first: its work stays in the first quarter
    asked = questionnaire(
        flat("a", 1, target=3, initiatives=[initiative("for-a", {"a.1": 3}, 3)]),
        flat("b", 1, target=3, initiatives=[initiative("for-b", {"b.1": 3}, 3)]),
        goals=[{"id": "more", "title": "More", "pulls": {"b.part": {"strength": 5}}}],
    )
    context: dict[str, Any] = {
        "criteria": ["pain"],
        "pain": {"a": 5, "b": 4},
        "goals": {"more": 5},
        "capacity": {"days_per_quarter": 3, "quarters": 2},
    }
    # for-a is worth 1 x 0.6 and for-b, under its goal, 0.8 x 2 x 0.6: b first would be more
    best = judge(asked, {"a.1": 0, "b.1": 0}, method="optimal", **context).roadmap
    assert quarters(best) == {"for-a": 1, "for-b": 2}
    assert best.value == pytest.approx(0.6 * 2 + 0.96)
    assert best.gap == 0


def test_best_roadmaps_of_any_firms_are_never_worth_less_and_do_nothing_idle() -> None:
    better = 0
    for seed in range(FIRMS):
        dice = dice_of(seed)
        asked, file = any_firm(dice)
        greedy = judge(asked, file).roadmap
        best = judge(asked, file, method="optimal").roadmap
        assert best.value >= greedy.value - 1e-12
        assert best.bound is not None
        assert best.value <= best.bound
        assert best.gap == gap(best.value, best.bound)
        assert all(wave.days <= wave.capacity + 1e-9 for wave in best.waves)
        done = quarters(best)
        for job in best.initiatives:
            if job.quarter is not None:
                assert job.lifts or any(job.id in other.needs for other in best.initiatives)
                assert all((done[need] or 99) <= job.quarter for need in job.needs)
        better += best.value > greedy.value + 1e-9
    assert better
