"""Answers carried over changes: each kind worked by hand, and what must always hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW, answer_file, asked, judge
from drawn import FILES, PEOPLE, change, changes
from it4it_assess.engine.carrying import told
from it4it_assess.engine.migration import added, clashes, doubtful, migrated, opened
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from it4it_assess.model.changes import Change


def after(answers: dict[str, Any], **kinds: Any) -> dict[str, Any]:
    """Return what becomes of answers over one change."""
    file = answer_file(answers, respondents=PEOPLE)
    return dict(migrated(file, [change(**kinds)]).answers.answers)


def answer(given: Any) -> Answer:
    return Answer.model_validate(given)


def test_a_renamed_question_keeps_its_answer_whole() -> None:
    given = {"level": 3, "unsure": True, "note": "as Jo says", "evidence": ["photo"]}
    assert after({"a.1": given, "a.2": 2}, renamed={"a.1": "b.1"}) == {
        "b.1": answer(given),
        "a.2": answer(2),
    }


def test_two_questions_can_change_names() -> None:
    assert after({"a.1": 1, "a.2": 2}, renamed={"a.1": "a.2", "a.2": "a.1"}) == {
        "a.2": answer(1),
        "a.1": answer(2),
    }


@pytest.mark.parametrize(
    ("carry", "given", "expected"),
    [
        ("keep", 3, 3),
        ("keep", {"not_applicable": "no shop"}, {"not_applicable": "no shop"}),
        ("unsure", 3, {"level": 3, "unsure": True, "note": "(a.1 in 1.0: 3)"}),
        ("unsure", "unknown", {"unknown": True, "note": "(a.1 in 1.0: unknown)"}),
        (
            "unsure",
            {"by": {"anna": 1, "jo": {"level": 3, "note": "hm"}}, "evidence": ["photo"]},
            {
                "by": {"anna": {"level": 1, "unsure": True}, "jo": {"level": 3, "unsure": True}},
                "note": "(a.1 in 1.0: anna 1, jo 3 (hm))",
                "evidence": ["photo"],
            },
        ),
        (
            "unsure",
            {"not_applicable": "no shop"},
            {"note": "(a.1 in 1.0: not applicable: no shop)"},
        ),
        (
            "unsure",
            {"by": {"anna": 1, "jo": {"not_applicable": "no shop"}}},
            {"note": "(a.1 in 1.0: anna 1, jo not applicable: no shop)"},
        ),
        (
            "open",
            {"level": 2, "unsure": True, "note": "early", "evidence": ["photo"]},
            {"note": "early (a.1 in 1.0: 2, unsure)", "evidence": ["photo"]},
        ),
        ("open", {"note": "not asked"}, {"note": "not asked"}),
        ("open", None, None),
    ],
)
def test_a_reworded_question_takes_its_answer_as_the_change_says(
    carry: str, given: Any, expected: Any
) -> None:
    got = after({"a.1": given}, reworded={"a.1": {"because": "words", "carry": carry}})
    assert got == {"a.1": None if expected is None else answer(expected)}


def test_a_split_asks_each_part_again_unless_the_change_says_otherwise() -> None:
    into = {"into": ["a.2", "a.3"], "because": "two things"}
    told_before = answer({"note": "(a.1 in 1.0: 3)"})
    assert after({"a.1": 3}, split={"a.1": into}) == {"a.2": told_before, "a.3": told_before}
    unsure = answer({"level": 3, "unsure": True, "note": "(a.1 in 1.0: 3)"})
    assert after({"a.1": 3}, split={"a.1": {**into, "carry": "unsure"}}) == {
        "a.2": unsure,
        "a.3": unsure,
    }


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (3, 1, {"level": 1, "unsure": True, "note": "(a.1 in 1.0: 3) (a.2 in 1.0: 1)"}),
        ("unknown", "unknown", {"unknown": True, "note": "{1} {2}"}),
        (3, "unknown", {"note": "{1} {2}"}),
        (3, None, {"note": "(a.1 in 1.0: 3)"}),
        (3, {"not_applicable": "no"}, {"note": "{1} {2}"}),
        (None, None, None),
        (
            {"by": {"anna": 4, "jo": 1}},
            {"by": {"jo": 2, "anna": 3}},
            {
                "by": {"anna": {"level": 3, "unsure": True}, "jo": {"level": 1, "unsure": True}},
                "note": "{1} {2}",
            },
        ),
        ({"by": {"anna": 4}}, {"by": {"jo": 2}}, {"note": "{1} {2}"}),
        ({"by": {"anna": 4}}, 2, {"note": "{1} {2}"}),
    ],
)
def test_a_join_takes_the_lowest_as_unsure_only_where_all_are_answered_alike(
    one: Any, other: Any, expected: Any
) -> None:
    """The lowest of some is no lowest of all: a part nobody answered may be lower still."""
    joined = {"a.9": {"from": ["a.1", "a.2"], "because": "one thing", "carry": "unsure"}}
    got = after({"a.1": one, "a.2": other}, joined=joined)
    if isinstance(expected, dict):
        olds = [f"({name} in 1.0: {told(answer(said))})" for name, said in
                (("a.1", one), ("a.2", other)) if said is not None]  # fmt: skip
        expected["note"] = expected["note"].replace("{1} {2}", " ".join(olds))
    assert got == {"a.9": None if expected is None else answer(expected)}


def test_a_join_asks_again_unless_the_change_says_otherwise() -> None:
    joined = {"a.1": {"from": ["a.1", "a.2"], "because": "one thing"}}
    assert after({"a.1": {"level": 3, "note": "x"}, "a.2": 1}, joined=joined) == {
        "a.1": answer({"note": "x (a.1 in 1.0: 3) (a.2 in 1.0: 1)"})
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (1, {"level": 0, "note": "(a.1 in 1.0: 1)"}),
        (2, 2),
        (3, {"note": "(a.1 in 1.0: 3)"}),
        ("unknown", "unknown"),
        ({"not_applicable": "no"}, {"not_applicable": "no"}),
        (
            {"level": 1, "unsure": True, "note": "hm", "evidence": ["photo"]},
            {
                "level": 0,
                "unsure": True,
                "note": "hm (a.1 in 1.0: 1, unsure)",
                "evidence": ["photo"],
            },
        ),
        (
            {"by": {"anna": {"level": 1, "note": "hm"}, "jo": "unknown"}},
            {
                "by": {"anna": {"level": 0, "note": "hm"}, "jo": "unknown"},
                "note": "(a.1 in 1.0: anna 1 (hm), jo unknown)",
            },
        ),
        ({"by": {"anna": 1, "jo": 3}}, {"note": "(a.1 in 1.0: anna 1, jo 3)"}),
        (None, None),
    ],
)
def test_a_moved_level_says_where_it_was_and_one_with_no_place_is_asked_again(
    given: Any, expected: Any
) -> None:
    moved = {"a.1": {"levels": {1: 0, 2: 2}, "because": "the steps moved"}}
    got = after({"a.1": given}, rescaled=moved)
    assert got == {"a.1": None if expected is None else answer(expected)}


def test_what_the_context_names_is_renamed_or_dropped_and_its_values_stay() -> None:
    file = answer_file(
        goals={"calm": 4, "growth": 2},
        pain={"a": 3},
        readiness={"a": {"sponsor": 4}},
        targets={"a": 2},
        indicators={"a.hours": {"baseline": 3}},
        money={"hours_lost_per_month": 5, "tools_per_year": {"a.box": 40, "a.bag": 3}},
    )
    renamed = {"calm": "calm-days", "a": "b", "a.hours": "b.hours", "a.box": "b.box"}
    moved = migrated(file, [change(renamed=renamed, dropped={"growth": "x", "a.bag": "y"})])
    context = moved.answers.context.model_dump(exclude_unset=True)
    assert context == {
        "goals": {"calm-days": 4},
        "pain": {"b": 3},
        "readiness": {"b": {"sponsor": 4}},
        "targets": {"b": 2},
        "indicators": {"b.hours": {"baseline": 3}},
        "money": {"hours_lost_per_month": 5, "tools_per_year": {"b.box": 40}},
    }
    fates = [(fate.place[-1], fate.was, fate.kind) for fate in moved.steps[0].fates]
    assert fates == [
        ("goals", "calm", "renamed"),
        ("goals", "growth", "dropped"),
        ("pain", "a", "renamed"),
        ("readiness", "a", "renamed"),
        ("targets", "a", "renamed"),
        ("indicators", "a.hours", "renamed"),
        ("tools_per_year", "a.box", "renamed"),
        ("tools_per_year", "a.bag", "dropped"),
    ]


def test_what_opened_on_the_way_is_told_by_its_last_name() -> None:
    steps = [
        change(
            "1.0",
            "1.1",
            split={"a.1": {"into": ["a.2", "a.3"], "because": "two things"}},
            reworded={"a.4": "words", "a.5": "words"},
            added=["a.6", "a.7"],
        ),
        change(
            "1.1",
            "1.2",
            renamed={"a.2": "b.2", "a.4": "b.4"},
            joined={"b.6": {"from": ["a.6", "a.8"], "because": "one thing"}},
            split={"a.3": {"into": ["a.3", "b.3"], "because": "two things"}},
            dropped={"a.5": "nobody cared", "a.7": "nobody cared"},
        ),
    ]
    done = migrated(answer_file({"a.1": 1, "a.4": 2, "a.5": 3}), steps)
    assert opened(done) == ["b.2", "a.3", "b.3"]
    assert doubtful(done) == ["b.4"]
    assert added(done) == ["b.6"]


def test_an_entry_in_the_place_of_another_is_found() -> None:
    file = answer_file({"a.1": 1, "a.2": 2}, pain={"a": 1, "b": 2})
    found = clashes(file, change(renamed={"a.1": "a.2", "a": "b"}))
    assert [(one.place[-1], one.was, one.now) for one in found] == [
        ("answers", "a.1", "a.2"),
        ("pain", "a", "b"),
    ]
    assert clashes(file, change(renamed={"a.1": "a.2", "a.2": "a.1"})) == []
    assert clashes(file, change(renamed={"a.1": "a.2"}, dropped={"a.2": "x"})) == []
    split = {"a.1": {"into": ["a.1", "a.3"], "because": "two"}}
    assert clashes(file, change(split=split)) == []


# --- laws


@LAW
@given(file=FILES)
def test_a_change_that_names_nothing_changes_the_version_only(file: Any) -> None:
    moved = migrated(file, [change()]).answers
    assert moved == file.model_copy(update={"questionnaire_version": "1.1"})
    assert migrated(file, []).answers == file


@LAW
@given(file=FILES, step=changes())
def test_every_entry_has_one_fate_and_none_is_lost(file: Any, step: Change) -> None:
    moved = migrated(file, [step])
    fates = moved.steps[0].fates
    was = [(fate.place, fate.was) for fate in fates]
    assert sorted(was) == sorted(
        [(("answers",), name) for name in file.answers] + [(("context", "pain"), "a")]
    )
    for fate in fates:
        assert all(now in moved.answers.answers for now in fate.now if fate.place == ("answers",))
        if fate.place == ("answers",):
            assert fate.said == told(file.answers[fate.was])
            assert bool(fate.now) == (fate.kind != "dropped")


@LAW
@given(file=FILES, step=changes())
def test_a_level_that_is_not_the_old_one_for_certain_carries_its_past(
    file: Any, step: Change
) -> None:
    """No answer says something else than before without saying what it was before."""
    moved = migrated(file, [step])
    for fate in moved.steps[0].fates:
        for now in fate.now if fate.place == ("answers",) else ():
            before, later = file.answers[fate.was], moved.answers.answers[now]
            if later != before and before is not None and fate.said != "open":
                assert later is not None
                assert f"({fate.was} in 1.0: {fate.said})" in later.note


@LAW
@given(file=FILES, first=changes(), second=changes("1.1", "1.2"))
def test_one_by_one_is_the_same_as_all_at_once(file: Any, first: Change, second: Change) -> None:
    halfway = migrated(file, [first]).answers
    assert migrated(halfway, [second]).answers == migrated(file, [first, second]).answers


@LAW
@given(levels=st.dictionaries(st.sampled_from(["a.1", "a.2", "b.1"]), st.integers(0, 5)))
def test_answers_that_are_only_kept_score_the_same(levels: dict[str, int]) -> None:
    questionnaire = asked(a=2, b=1)
    file = answer_file(levels)
    moved = migrated(file, [change(reworded={"a.1": "other words"})]).answers
    before, later = (
        judge(questionnaire, one).model_copy(update={"assumptions": ()}) for one in (file, moved)
    )
    assert later == before
