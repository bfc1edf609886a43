"""Paths into raw values, and what is said of names and numbers found there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW
from it4it_assess.files.references import (
    Complaint,
    Found,
    at,
    is_number,
    off_scale,
    out_of_range,
    unknown_names,
)

VALUES: dict[str, Any] = {
    "answers": {"a.1": 2, "a.2": {"by": {"anna": 1, "jo": None}}, "a.3": [3]},
    "streams": ["one", {"id": "two"}],
    "empty": None,
}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("answers", [(("answers",), VALUES["answers"])]),
        ("answers.@", [(("answers", name), name) for name in ("a.1", "a.2", "a.3")]),
        ("answers.*.by.@", [(("answers", "a.2", "by", name), name) for name in ("anna", "jo")]),
        (
            "answers.*.by.*",
            [(("answers", "a.2", "by", "anna"), 1), (("answers", "a.2", "by", "jo"), None)],
        ),
        ("streams.*", [(("streams", 0), "one"), (("streams", 1), {"id": "two"})]),
        ("streams.*.id", [(("streams", 1, "id"), "two")]),
        (
            "answers.*.*",
            [
                (("answers", "a.2", "by"), {"anna": 1, "jo": None}),
                (("answers", "a.3", 0), 3),
            ],
        ),
        ("streams.@", []),
        ("empty", [(("empty",), None)]),
        ("empty.*", []),
        ("empty.@", []),
        ("gone", []),
        ("gone.*.id", []),
        ("answers.a", []),
    ],
)
def test_a_pattern_finds_what_is_there_and_passes_over_what_is_not(
    pattern: str, found: list[tuple[Any, Any]]
) -> None:
    assert [*at(VALUES, pattern)] == [Found(*one) for one in found]


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.floats() | st.sampled_from(["a", "b", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", 0, 1.5]), inner, max_size=3)
    ),
    max_leaves=12,
)


@LAW
@given(values=ANYTHING, pattern=st.sampled_from(["*", "@", "a", "a.*", "*.a.@", "*.*.*", "a.b.*"]))
def test_whatever_the_values_are_a_path_leads_to_what_was_found(
    *, values: Any, pattern: str
) -> None:
    for found in at(values, pattern):
        there = values
        for step in found.path[:-1] if pattern.endswith("@") else found.path:
            there = there[step]
        if pattern.endswith("@"):
            assert found.value in there
        else:
            assert there is found.value


@LAW
@given(values=ANYTHING)
def test_no_values_are_too_odd_to_be_complained_of(values: Any) -> None:
    for complaints in (
        unknown_names(at(values, "*.*"), ["a"], "thing"),
        off_scale(values, "*.*", [0, 1]),
        out_of_range(values, "*.*", [0, 1], "target"),
    ):
        for path, cause, remedy in complaints:
            assert len(path) == 2
            assert cause
            assert remedy


def test_a_name_that_is_known_is_not_complained_of() -> None:
    assert [*unknown_names(at({"a": ["x", "z"]}, "a.*"), ["x", "y"], "lens")] == [
        Complaint(("a", 1), "there is no lens 'z'", "remove it, or check the spelling")
    ]


def test_only_numbers_can_be_off_a_scale() -> None:
    values = {"a": [1, 1.0, 2.5, 6, True, "7", None, [9]]}
    assert [(one.path[1], one.cause) for one in off_scale(values, "a.*", [1.0, 2.0])] == [
        (2, "2.5 is not on the scale"),
        (3, "6 is not on the scale"),
    ]


def test_a_target_may_lie_between_two_values_but_not_outside_them() -> None:
    values = {"a": 0, "b": 2.5, "c": 5, "d": 5.01, "e": -1, "f": "9", "g": True}
    assert [*out_of_range(values, "*", [0, 5], "target")] == [
        Complaint(("d",), "a target of 5.01 is off the scale", "give one from 0 to 5"),
        Complaint(("e",), "a target of -1 is off the scale", "give one from 0 to 5"),
    ]


@pytest.mark.parametrize(
    ("value", "number"),
    [(0, True), (1.5, True), (True, False), (False, False), ("1", False), (None, False)],
)
def test_true_and_false_are_no_numbers(*, value: object, number: bool) -> None:
    assert is_number(value) is number
