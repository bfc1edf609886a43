"""Two assessments side by side: numbers worked by hand, and laws for any two."""

from __future__ import annotations

import datetime as dt
from math import fsum
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    LAW,
    NO_ANSWER,
    TODAY,
    answer_file,
    asked,
    component,
    flat,
    improvable,
    initiative,
    leaning,
    question,
    questionnaire,
    stream,
)
from it4it_assess.engine.assess import assess
from it4it_assess.engine.compare import compare
from it4it_assess.engine.mixing import STEPS, Sitting, judge, stairs
from it4it_assess.engine.progress import way_gone
from it4it_assess.engine.trend import trend
from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from it4it_assess.model.comparison import Change, Comparison
    from it4it_assess.model.questionnaire import Questionnaire

ROUNDING = 1e-12


def between(
    asks: Questionnaire, old: dict[str, Any], new: dict[str, Any], **contexts: Any
) -> Comparison:
    """Compare two sets of answers to one questionnaire; `then` and `now` are the contexts."""
    return compare(
        Sitting(asks, answer_file(old, **contexts.get("then", {}))),
        Sitting(asks, answer_file(new, **contexts.get("now", {}))),
    )


# Scores


def test_a_changed_answer_is_the_answers_part() -> None:
    # stream a: (1 + 3) / 2 = 2, then (2 + 3) / 2 = 2.5; overall (2 + 1) / 2 to (2.5 + 1) / 2
    told = between(asked(a=2, b=1), {"a.1": 1, "a.2": 3, "b.1": 1}, {"a.1": 2, "a.2": 3, "b.1": 1})
    first, second = told.streams
    assert (first.old, first.new, first.delta, first.parts) == (2, 2.5, 0.5, {"answers": 0.5})
    assert (second.delta, second.parts) == (0, {})
    assert (told.overall.old, told.overall.new) == (1.5, 1.75)
    assert told.changed == ("answers",)


def test_a_new_question_with_its_answer_is_the_questionnaires_part() -> None:
    # a.1 and a.2 at 3; a version with a third question, answered 0: (3 + 3 + 0) / 3 = 2
    old = Sitting(asked(a=2), answer_file({"a.1": 3, "a.2": 3}))
    new = Sitting(asked(a=3), answer_file({"a.1": 3, "a.2": 3, "a.3": 0}))
    told = compare(old, new)
    assert told.streams[0].parts == {"questionnaire": -1}
    assert told.answers == ()
    assert told.changed == ("questionnaire",)
    assert told.questionnaire.added == ("a.3",)


def test_a_question_that_went_and_an_answer_that_rose_each_have_their_part() -> None:
    # (0 + 1 + 2) / 3 = 1; without a.3: (0 + 1) / 2 = 0.5; then a.1 from 0 to 3: (3 + 1) / 2 = 2
    old = Sitting(asked(a=3), answer_file({"a.1": 0, "a.2": 1, "a.3": 2}))
    new = Sitting(asked(a=2), answer_file({"a.1": 3, "a.2": 1}))
    told = compare(old, new)
    assert told.streams[0].parts == {"questionnaire": -0.5, "answers": 1.5}
    assert told.streams[0].delta == 1
    assert told.questionnaire.removed == ("a.3",)


def test_a_weight_that_changed_is_the_questionnaires_part() -> None:
    # (4 + 0) / 2 = 2; with a.1 three times as heavy: (3 * 4 + 0) / 4 = 3
    heavy = questionnaire(
        stream("a", component("a.part", question("a.1", weight=3), question("a.2")))
    )
    answers = answer_file({"a.1": 4, "a.2": 0})
    told = compare(Sitting(asked(a=2), answers), Sitting(heavy, answers))
    assert told.streams[0].parts == {"questionnaire": 1}
    assert told.questionnaire.reweighed == ("a.1",)


def test_words_that_changed_are_told() -> None:
    answers = answer_file({"a.1": 1})
    words = questionnaire(stream("a", component("a.part", question("a.1") | {"ask": "What now?"})))
    told = compare(Sitting(asked(a=1), answers), Sitting(words, answers))
    assert told.questionnaire.reworded == ("a.1",)
    assert told.streams[0].delta == 0


def test_a_stream_that_is_in_one_version_only_has_no_change() -> None:
    answers = answer_file({"a.1": 1})
    told = compare(Sitting(asked(a=1, b=1), answers), Sitting(asked(a=1, c=1), answers))
    shown = {one.id: (one.old_coverage, one.new_coverage, one.delta) for one in told.streams}
    assert shown == {"a": (1, 1, 0), "c": (None, 0, None), "b": (0, None, None)}


def test_too_few_answers_leave_a_range_and_no_change() -> None:
    # one of two answered is 50 %, below 60 %: then only a range, (1 + 0) / 2 to (1 + 5) / 2
    told = between(asked(a=2), {"a.1": 1}, {"a.1": 1, "a.2": 3}).streams[0]
    assert (told.old, told.new, told.delta, told.parts) == (None, 2, None, None)
    assert (told.old_low, told.old_high, told.new_low) == (0.5, 3, 2)


def test_a_score_whose_questions_all_changed_is_not_taken_apart() -> None:
    # Then a.1 was not asked and a.2 was 2; now a.2 is gone and a.1 is 4. Between the two, with
    # the new questions and the old answers, nothing is answered at all.
    then = questionnaire(
        stream("a", component("a.part", question("a.1", weight=0.1), question("a.2")))
    )
    told = compare(
        Sitting(then, answer_file({"a.2": 2})), Sitting(asked(a=1), answer_file({"a.1": 4}))
    ).streams[0]
    assert (told.old, told.new, told.delta, told.parts) == (2, 4, 2, None)


def test_a_score_that_can_no_longer_be_given_is_still_told_as_it_was() -> None:
    # (1 + 3) / 2 = 2; with one of two answered there is only a range
    told = between(asked(a=2), {"a.1": 1, "a.2": 3}, {"a.1": 1}).streams[0]
    assert (told.old, told.new, told.delta, told.parts) == (2, None, None, None)


def test_a_target_that_rose_because_the_firm_grew_is_the_organisations_part() -> None:
    # 3 - 1 = 2; from fifty people on the target is 3.5
    grown = {"when": {"size": "medium"}, "stream": "a", "by": 0.5, "because": "many hands"}
    asks = questionnaire(flat("a", 1, target=3), target_rules=[grown])
    then, now = {"employees": 5}, {"employees": 60}
    told = between(
        asks, {"a.1": 1}, {"a.1": 1}, then={"organisation": then}, now={"organisation": now}
    )
    gap = told.streams[0].gap
    assert (gap.old, gap.new, gap.parts) == (2, 2.5, {"organisation": 0.5})
    assert told.changed == ("organisation",)


def test_a_gap_tells_targets_from_answers() -> None:
    # 3 - 1 = 2; with the answer at 2: 1; with the target at 4: 2
    told = between(
        asked(a=1), {"a.1": 1}, {"a.1": 2}, then={"targets": {"a": 3}}, now={"targets": {"a": 4}}
    )
    assert told.streams[0].gap.parts == {"answers": -1, "targets": 1}
    assert (told.streams[0].old_target, told.streams[0].new_target) == (3, 4)


# The pick


PAIN = {"criteria": ["pain"]}


def test_the_pick_that_moved_hangs_on_what_moved_it() -> None:
    # pain alone counts: a 5/5 = 1 and b 2/5 = 0.4 then; a 1/5 = 0.2 now
    told = between(
        asked(a=1, b=1),
        {"a.1": 1, "b.1": 1},
        {"a.1": 2, "b.1": 1},
        then={**PAIN, "pain": {"a": 5, "b": 2}},
        now={**PAIN, "pain": {"a": 1, "b": 2}},
    )
    assert (told.pick.old, told.pick.new) == ("a", "b")
    assert [(move.step, move.before, move.after) for move in told.pick.moves] == [
        ("ratings", "a", "b")
    ]
    assert told.pick.without == {"answers": "b", "ratings": "a"}
    fallen = told.ranking[1]
    assert (fallen.old, fallen.new) == (1, 0.2)
    assert list(fallen.parts or {}) == ["ratings"]
    assert fallen.delta == pytest.approx(-0.8)
    assert [(one.id, one.old_rank, one.new_rank) for one in told.ranking] == [
        ("b", 2, 1),
        ("a", 1, 2),
    ]
    pain = told.ranking[1].criteria[0]
    assert (pain.criterion, pain.old_points, pain.new_points) == ("pain", 5, 1)
    assert [(one.path, one.old, one.new) for one in told.settings] == [("pain.a", "5", "1")]


def test_a_gate_that_opened_by_an_answer_moves_the_pick() -> None:
    # b needs a at 2; then a stands at 0 and b is gated, now a stands at 3
    told = between(
        leaning(),
        {"a.1": 0, "b.1": 0},
        {"a.1": 3, "b.1": 0},
        then={**PAIN, "pain": {"a": 1, "b": 5, "c": 0}},
        now={**PAIN, "pain": {"a": 1, "b": 5, "c": 0}},
    )
    assert (told.pick.old, told.pick.new) == ("a", "b")
    assert told.pick.without == {"answers": "a"}
    gates = {one.id: (len(one.old_gates), len(one.new_gates)) for one in told.ranking}
    assert gates["b"] == (1, 0)


def test_weights_are_told_in_shares_however_they_are_given() -> None:
    told = between(
        asked(a=1),
        {"a.1": 1},
        {"a.1": 1},
        then={"criteria": ["pain", "gap"]},
        now={"weights": {"pain": 1, "gap": 3}},
    )
    # rank order: (1 + 1/2) / 2 = 75 % and (1/2) / 2 = 25 %
    assert [(one.path, one.old, one.new) for one in told.settings] == [
        ("weights.pain", "75.0 %", "25.0 %"),
        ("weights.gap", "25.0 %", "75.0 %"),
    ]
    assert told.changed == ("weights",)


# Answers


@pytest.mark.parametrize(
    ("old", "new", "move", "moved"),
    [
        (1, 3, "up", 1),  # (1 + 1) / 2 to (3 + 1) / 2
        (3, 1, "down", -1),
        (2, {"level": 2, "unsure": True}, "less-sure", 0),
        ({"level": 2, "unsure": True}, 2, "surer", 0),
        ("unknown", 3, "now-known", 1),  # 1 to (3 + 1) / 2
        (None, 3, "now-known", 1),
        (3, "unknown", "now-unknown", -1),
        (None, "unknown", "now-unknown", 0),
        (3, None, "no-longer-answered", -1),
        (3, NO_ANSWER, "now-not-applicable", -1),  # (3 + 1) / 2 to 1
        (NO_ANSWER, 3, "applies-again", 1),
        ({"by": {"ann": 2, "bob": 1}}, {"by": {"ann": 3, "bob": 1}}, "voices", 0),
    ],
)
def test_each_way_an_answer_can_change_has_a_name(
    old: Any, new: Any, move: str, moved: float
) -> None:
    told = between(asked(a=2), {"a.1": old, "a.2": 1}, {"a.1": new, "a.2": 1}).answers
    assert [(one.question, one.move, one.moved) for one in told] == [("a.1", move, moved)]


def test_an_answer_that_says_the_same_is_not_told() -> None:
    noted = {"level": 2, "note": "seen", "evidence": ["a list"]}
    assert between(asked(a=1), {"a.1": 2}, {"a.1": noted}).answers == ()


def test_what_moved_its_stream_most_stands_first_with_its_voices() -> None:
    told = between(
        asked(a=2),
        {"a.1": 1, "a.2": {"by": {"ann": 0, "bob": 2}}},
        {"a.1": 2, "a.2": {"by": {"bob": 4, "cat": 5}}},
    ).answers
    assert [one.question for one in told] == ["a.2", "a.1"]
    said = [(voice.respondent, voice.old, voice.new) for voice in told[0].voices]
    assert said == [("bob", 2, 4), ("cat", None, 5), ("ann", 0, None)]


# Initiatives


def test_an_initiative_is_done_when_all_it_lifts_is_reached_and_was_not() -> None:
    asks = improvable(
        initiative("both", {"a.1": 3, "a.2": 2}),
        initiative("one", {"a.1": 2}),
        initiative("never", {"a.3": 4}),
    )
    told = between(asks, {"a.1": 0, "a.2": 1, "a.3": 3}, {"a.1": 3, "a.2": 2, "a.3": 3})
    works = {one.id: one for one in told.initiatives}
    assert list(works) == ["both", "one"]
    # by itself: a.1 + 3 and a.2 + 1 of three questions; a.1 + 3 of three
    assert works["both"].moved == {"a": pytest.approx(4 / 3)}
    assert works["one"].moved == {"a": pytest.approx(1)}
    assert (works["both"].shared_with, works["one"].shared_with) == (("one",), ("both",))
    # together each question counts once
    assert told.together == {"a": pytest.approx(4 / 3)}


def test_an_initiative_is_partly_done_or_lost_again() -> None:
    asks = improvable(
        initiative("half", {"a.1": 3, "a.2": 3}), initiative("lost", {"a.3": 2}), count=3
    )
    told = between(asks, {"a.1": 0, "a.2": 1, "a.3": 2}, {"a.1": 3, "a.2": 2, "a.3": 1})
    shown = [(one.id, one.standing, one.reached, one.missing) for one in told.initiatives]
    assert shown == [
        ("half", "partly", ("a.1",), ("a.2",)),
        ("lost", "slipped", (), ("a.3",)),
    ]


def test_what_was_in_place_or_does_not_apply_is_not_called_done() -> None:
    asks = improvable(initiative("was", {"a.1": 2}), initiative("off", {"a.2": 2, "a.3": 2}))
    told = between(asks, {"a.1": 2, "a.2": 0, "a.3": 2}, {"a.1": 4, "a.2": NO_ANSWER, "a.3": 2})
    assert told.initiatives == ()


def test_what_nobody_could_say_before_may_have_been_in_place() -> None:
    asks = improvable(initiative("known", {"a.1": 2}))
    told = between(asks, {"a.1": "unknown", "a.2": 1, "a.3": 1}, {"a.1": 2, "a.2": 1, "a.3": 1})
    assert told.initiatives[0].open_before == ("a.1",)


# Indicators


@pytest.mark.parametrize(
    ("baseline", "target", "current", "way"),
    [
        (10, 4, 7, 0.5),
        (10, 4, 13, -0.5),
        (10, 4, 1, 1.5),
        (4, 10, 10, 1),
        (4, 4, 4, None),
        (None, 4, 4, None),
        (4, None, 4, None),
        (4, 5, None, None),
    ],
)
def test_the_share_of_the_way_is_from_baseline_to_target(
    baseline: float | None, target: float | None, current: float | None, way: float | None
) -> None:
    assert way_gone(baseline, target, current) == way


def test_indicators_know_which_way_is_better_and_take_what_the_new_file_leaves_out() -> None:
    asks = questionnaire(
        flat(
            "a",
            1,
            indicators=[
                {"id": "a.hours", "title": "Hours", "unit": "hours", "direction": "down"},
                {"id": "a.seen", "title": "Seen", "unit": "per cent", "direction": "up"},
            ],
        )
    )
    told = between(
        asks,
        {},
        {},
        then={"indicators": {"a.hours": {"baseline": 9, "target": 4, "current": 8}}},
        now={
            "indicators": {
                "a.hours": {"current": 3},
                "a.seen": {"baseline": 50, "target": 20, "current": 40},
            }
        },
    ).indicators
    hours, seen = told
    assert (hours.baseline, hours.target, hours.before, hours.current) == (9, 4, 8, 3)
    assert (hours.way, hours.reached, hours.against_direction) == (1.2, True, False)
    assert (seen.reached, seen.against_direction) == (True, True)


# What cannot be compared


def test_other_questionnaires_and_scales_are_refused() -> None:
    answers = answer_file({})
    other = questionnaire(flat("a", 1), id="other")
    with pytest.raises(AssessError) as refused:
        compare(Sitting(asked(a=1), answers), Sitting(other, answers))
    assert str(refused.value) == (
        "the answers were given to different questionnaires, tiny and other; "
        "compare answers to the same one"
    )
    short = questionnaire(flat("a", 1), scale=(0, 1), version="2.0")
    with pytest.raises(AssessError) as refused:
        trend([Sitting(asked(a=1), answers), Sitting(short, answers)])
    assert str(refused.value) == (
        "versions 1.0 and 2.0 of tiny score on different scales; "
        "their levels mean different things and cannot be compared"
    )


# Trend


def test_a_trend_gives_each_date_its_score_its_target_and_its_pick() -> None:
    dated = [
        answer_file({"a.1": level}, targets={"a": 4}).model_copy(
            update={"date": dt.date(year, 1, 1)}
        )
        for year, level in ((2024, 1), (2025, None), (2026, 3))
    ]
    told = trend([Sitting(asked(a=1), answers) for answers in dated])
    assert [date.year for date in told.dates if date] == [2024, 2025, 2026]
    assert told.streams[0].scores == (1, None, 3)
    assert (told.streams[0].lows, told.streams[0].highs) == ((1, 0, 3), (1, 5, 3))
    assert told.streams[0].targets == (4, 4, 4)
    assert told.first == ("a", "a", "a")


# Laws


SOME = settings(LAW, max_examples=40)
"""Each draw is two whole judgements a step."""
ANSWER = st.sampled_from(
    [None, "unknown", NO_ANSWER, 0, 1, 2, 3, 4, 5, {"level": 2, "unsure": True}]
)
RATING = st.integers(0, 5)


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    """Draw one of two versions of a questionnaire with any answers and any context."""
    works = [initiative("a-work", {"a.1": 3, "b.1": 2}), initiative("b-work", {"a.1": 2}, 4)]
    lens = [{"id": "safe", "title": "Safe"}]
    asks = draw(
        st.sampled_from(
            [
                questionnaire(
                    stream(
                        "a",
                        component("a.x", question("a.1", lenses=["safe"]), question("a.2")),
                        initiatives=works,
                    ),
                    flat("b", 2),
                    lenses=lens,
                    dependencies=[{"stream": "b", "needs": "a", "score": 2}],
                ),
                questionnaire(
                    stream(
                        "a",
                        component("a.x", question("a.1", weight=3, lenses=["safe"])),
                        component("a.y", question("a.3")),
                        initiatives=works,
                    ),
                    flat("b", 3),
                    flat("c", 1),
                    lenses=lens,
                    version="2.0",
                ),
            ]
        )
    )
    context = draw(
        st.fixed_dictionaries(
            {
                "pain": st.dictionaries(st.sampled_from("ab"), RATING),
                "targets": st.dictionaries(st.sampled_from("ab"), RATING),
                "weights": st.fixed_dictionaries(
                    {"pain": st.integers(1, 3), "gap": RATING, "effort": RATING}
                ),
                "capacity": st.fixed_dictionaries({"days_per_quarter": st.integers(1, 30)}),
            }
        )
    )
    answers = {name: draw(ANSWER) for name in asks.questions}
    firm = {"employees": draw(st.sampled_from([None, 5, 20, 200]))}
    return Sitting(asks, answer_file(answers, organisation=firm, **context))


def changes(told: Comparison) -> list[Change]:
    inner = [part for one in told.streams for part in one.components]
    gaps = [one.gap for one in told.streams]
    return [told.overall, *told.streams, *inner, *gaps, *told.lenses, *told.ranking]


@SOME
@given(sittings(), sittings())
def test_parts_add_up_to_the_change_and_the_change_to_the_figures(
    old: Sitting, new: Sitting
) -> None:
    for change in changes(compare(old, new)):
        if change.old is None or change.new is None:
            assert (change.delta, change.parts) == (None, None)
            continue
        assert change.delta == pytest.approx(change.new - change.old, abs=ROUNDING)
        if change.parts is not None:
            assert fsum(change.parts.values()) == change.delta


@SOME
@given(sittings(), sittings())
def test_the_ends_are_what_assess_says_of_each_file(old: Sitting, new: Sitting) -> None:
    way = stairs(old, new)
    for sitting, state in ((old, way[0]), (new, way[-1])):
        judged = assess(*sitting, today=TODAY, samples=1)
        assert (state.card, state.ranking) == (judged.scorecard, judged.ranking)
        assert state.readings == judged.readings


@LAW
@given(sittings())
def test_a_file_beside_itself_shows_no_change(one: Sitting) -> None:
    told = compare(one, one)
    assert told.changed == ()
    assert [*told.answers, *told.initiatives, *told.settings] == []
    assert all(not change.delta for change in changes(told))
    assert told.pick.moves == ()


@SOME
@given(sittings(), sittings())
def test_turned_round_the_changes_are_the_other_way(old: Sitting, new: Sitting) -> None:
    there, back = compare(old, new), compare(new, old)
    ways = {one.id: one.delta for one in back.streams}
    for change in there.streams:
        turned = ways[change.id]
        if change.delta is None:
            assert turned is None
        else:
            assert turned == pytest.approx(-change.delta, abs=ROUNDING)


@SOME
@given(sittings(), sittings())
def test_without_a_class_that_did_not_change_nothing_is_said(old: Sitting, new: Sitting) -> None:
    told = compare(old, new)
    assert list(told.pick.without) == list(told.changed)
    parts = {step for change in changes(told) for step in change.parts or {}}
    assert parts <= set(told.changed)
    assert {move.step for move in told.pick.moves} <= set(told.changed)


@LAW
@given(st.lists(st.tuples(RATING, RATING), min_size=1, max_size=4))
def test_levels_that_changed_move_their_stream_by_the_sum_of_what_each_moves(
    pairs: list[tuple[int, int]],
) -> None:
    asks = asked(a=len(pairs))
    old = {f"a.{place}": then for place, (then, _) in enumerate(pairs, start=1)}
    new = {f"a.{place}": now for place, (_, now) in enumerate(pairs, start=1)}
    told = between(asks, old, new)
    moved = fsum(one.moved or 0.0 for one in told.answers)
    assert moved == pytest.approx(told.streams[0].delta, abs=ROUNDING)


def test_the_order_of_the_steps_is_a_promise() -> None:
    assert STEPS == (
        "questionnaire",
        "answers",
        "organisation",
        "ratings",
        "targets",
        "capacity",
        "weights",
    )


def test_the_mixed_answers_keep_their_own_file_untouched() -> None:
    old = Sitting(asked(a=1), answer_file({"a.1": 1}, pain={"a": 1}))
    new = Sitting(asked(a=1), answer_file({"a.1": 2}, pain={"a": 5}))
    before = (old.answers.model_dump(), new.answers.model_dump())
    assert judge(new).readings["a.1"].level == 2
    compare(old, new)
    assert (old.answers.model_dump(), new.answers.model_dump()) == before
