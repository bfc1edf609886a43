"""One value changed in a hand-written text: comments, order and style stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW
from conftest import EXAMPLES
from it4it_assess.files.edit import with_value, without_value
from it4it_assess.files.edit_keys import with_comment, with_copy, with_keys
from it4it_assess.files.strict_yaml import read_yaml

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

ORDER = ("a.1", "a.2", "a.3", "b.1")
BY_HAND = """\
# the bakery, second talk
format: 1   # never another

organisation: {name: "no", employees: 48}  # two short of fifty
context:
  # Anna: "not again"
  pain: {d2c: 5}
answers:
  # --- the first part
  a.1: 2        # said in the hall
  a.2:
    level: 3
    note: >-
      It is on the door,
      under the calendar.

  # about b.1: ask Jo again
  b.1: {level: 1, evidence: [photo, 'mail of 3 May']}  # he laughed
# the end
"""
VALUES = st.one_of(
    st.integers(0, 5),
    st.none(),
    st.just("unknown"),
    st.fixed_dictionaries(
        {"level": st.integers(0, 5)},
        optional={"note": st.sampled_from(["x", "a: b", "no", "#a", "two\nlines", "'", "🥐"])},
    ),
)


def comments(text: str) -> list[str]:
    """Return every comment, given that # begins nothing else in these texts."""
    return [line.partition("# ")[2] for line in text.splitlines() if "# " in line]


@LAW
@given(edits=st.lists(st.tuples(st.sampled_from(ORDER), VALUES), max_size=6))
def test_any_edits_change_what_they_name_and_no_comment(edits: list[tuple[str, Any]]) -> None:
    text = BY_HAND
    expected = read_yaml(BY_HAND, "here.yaml").value
    for question, value in edits:
        text = with_value(text, ["answers", question], value, ORDER)
        expected["answers"][question] = value
    document = read_yaml(text, "here.yaml")
    assert document.problems == []
    assert document.value == expected
    kept = [one for one in comments(text) if one in comments(BY_HAND)]
    assert kept == comments(BY_HAND)


@pytest.mark.parametrize("firm", ["agency", "bakery", "manufacturer"])
def test_an_answer_changed_in_a_shipped_example_changes_its_own_lines_only(
    firm: str, shipped: Questionnaire
) -> None:
    text = (EXAMPLES / f"{firm}.yaml").read_text(encoding="utf-8")
    order = list(shipped.questions)
    written = read_yaml(text, firm).value["answers"]
    for question in order[::5]:
        lines = text.splitlines()
        new = with_value(text, ["answers", question], 3, order).splitlines()
        line = next(at for at, one in enumerate(new) if one.startswith(f"  {question}: 3"))
        rest = len(new) - line - 1
        assert new[:line] == lines[:line]
        assert new[line + 1 :] == lines[len(lines) - rest :]
        assert (len(new) > len(lines)) == (question not in written)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("answers:\n", "answers:\n  a.1: 5\n"),
        ("answers: {}\n", "answers:\n  a.1: 5\n"),
        ("answers: # none yet\n", "answers: # none yet\n  a.1: 5\n"),
        ("answers: {a.1: 2}  # x\n", "answers: {a.1: 5}  # x\n"),
        ("answers: {a.2: 2}\n", "answers: {a.2: 2, a.1: 5}\n"),
        ("answers:\n  a.1: 2 # x\n", "answers:\n  a.1: 5 # x\n"),
        ("answers:\n  a.1:\n  b.1: 2\n", "answers:\n  a.1: 5\n  b.1: 2\n"),
        ("answers:\n  'a.1': '2'\n", "answers:\n  'a.1': 5\n"),
        ("answers:\n  a.1: |\n    x\n\n    y\n  b.1: 1\n", "answers:\n  a.1: 5\n  b.1: 1\n"),
        ("answers:\n  a.1: 1\n...\n", "answers:\n  a.1: 5\n...\n"),
        ("answers:\n    b.1: 1", "answers:\n    a.1: 5\n    b.1: 1"),
        ("format: 1", "format: 1\nanswers:\n  a.1: 5\n"),
        ("answers:\n  # a.1: 3\n", "answers:\n  a.1: 5\n  # a.1: 3\n"),
        ("x: &x 1\nanswers: {a.1: *x}\n", "x: &x 1\nanswers: {a.1: 5}\n"),
    ],
)
def test_a_value_is_put_where_a_person_would_put_it(before: str, after: str) -> None:
    assert with_value(before, ["answers", "a.1"], 5, ORDER) == after


def test_a_new_answer_goes_behind_the_one_asked_before_it() -> None:
    text = "answers:\n  a.1: 1  # one\n  # about b\n  b.1: 2\n"
    after = with_value(text, ["answers", "a.3"], 4, ORDER)
    assert after == "answers:\n  a.1: 1  # one\n  a.3: 4\n  # about b\n  b.1: 2\n"


def test_keys_on_the_way_are_made() -> None:
    assert with_value("format: 1\n", ["context", "pain", "d2c"], 5) == (
        "format: 1\ncontext:\n  pain:\n    d2c: 5\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("answers:\n  a.1: &u 2\n  a.2: *u\n", id="others-point-at-it"),
        pytest.param("\ufeffanswers: {a.1: 1}\n", id="a-mark-in-the-way"),
    ],
)
def test_a_text_that_cannot_take_a_change_is_left_alone(text: str) -> None:
    with pytest.raises(ValueError, match=r"answers\.a\.1 cannot be changed in place"):
        with_value(text, ["answers", "a.1"], 5, ORDER)


@pytest.mark.parametrize(
    ("before", "names", "after"),
    [
        ("answers:\n  a.1: 2 # x\n", {"a.1": "b.1"}, "answers:\n  b.1: 2 # x\n"),
        ("answers: {a.1: 2, a.2: 3}\n", {"a.2": "b"}, "answers: {a.1: 2, b: 3}\n"),
        (
            "answers:\n  a.1: 1\n  # between\n  a.2: 2\n",
            {"a.1": "a.2", "a.2": "a.1"},
            "answers:\n  a.2: 1\n  # between\n  a.1: 2\n",
        ),
        ("answers:\n  'a.1': |\n    a.1\n", {"a.1": "b"}, "answers:\n  b: |\n    a.1\n"),
        ("answers:\n  a.1:\n    level: 3\n", {"a.1": "no"}, 'answers:\n  "no":\n    level: 3\n'),
    ],
)
def test_keys_are_renamed_where_they_stand(before: str, names: dict[str, str], after: str) -> None:
    assert with_keys(before, ["answers"], names) == after


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("answers:\n  a.1: 1\n  a.2: 2\n", {"a.1": "a.2"}),
        ("answers:\n  a.1: 1\n", {"a.2": "a.3"}),
        ("answers:\n", {"a.2": "a.3"}),
        ("answers: &x {a.1: 1}\nother: *x\n", {"a.1": "b"}),
    ],
    ids=["a-key-twice", "no-such-key", "nothing-there", "others-point-at-it"],
)
def test_keys_that_cannot_be_renamed_are_left_alone(text: str, names: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"answers.* cannot be changed in place"):
        with_keys(text, ["answers"], names)


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("answers:\n  a.1: 2 # x\n", "answers/a.1", "answers:\n  # why\n  # a.1: 2 # x\n"),
        ("answers:\n  a.1: 2", "answers/a.1", "answers:\n  # why\n  # a.1: 2\n"),
        (
            "answers:\n  a.1:\n    level: 2\n\n    note: x\n  b.1: 1\n",
            "answers/a.1",
            "answers:\n  # why\n  # a.1:\n  #   level: 2\n  #\n  #   note: x\n  b.1: 1\n",
        ),
        ("answers: {a.1: 2} # x\n", "answers/a.1", "# why\n# a.1: 2\nanswers: {} # x\n"),
        (
            "answers: {a.1: 2, a.2: {level: 3}, a.3: 1}\n",
            "answers/a.2",
            "# why\n# a.2: {level: 3}\nanswers: {a.1: 2, a.3: 1}\n",
        ),
        (
            "answers:\n  {a.1: 2,\n   a.2: 3}\n",
            "answers/a.2",
            "answers:\n  # why\n  # a.2: 3\n  {a.1: 2}\n",
        ),
        (
            "answers: {a.1: 2, # x\n  a.2: 3, # y\n  a.3: 1 # z\n  }\n",
            "answers/a.3",
            "answers: {a.1: 2, # x\n  a.2: 3, # y\n  # why\n  # a.3: 1\n   # z\n  }\n",
        ),
        (
            "answers: {a.1: 2, # x\n  a.2: 3, # y\n  a.3: 1 }\n",
            "answers/a.2",
            "answers: {a.1: 2, # x\n  # why\n  # a.2: 3\n   # y\n  a.3: 1 }\n",
        ),
        ("x:\n  y:\n    z: 1\n", "x/y/z", "x:\n  y:\n    # why\n    # z: 1\n"),
    ],
)
def test_an_entry_becomes_a_comment_where_it_stood(before: str, path: str, after: str) -> None:
    assert with_comment(before, path.split("/"), "why") == after


def test_a_reason_over_several_lines_is_one_comment() -> None:
    after = with_comment("a: 1\nb: 2\n", ["a"], "one\u2028two\n  three")
    assert after == "# one two three\n# a: 1\nb: 2\n"


def test_an_entry_that_others_point_at_is_left_alone() -> None:
    with pytest.raises(ValueError, match=r"answers\.a\.1 cannot be changed in place"):
        with_comment("answers:\n  a.1: &u 2\n  a.2: *u\n", ["answers", "a.1"], "why")


def test_a_copy_stands_above_as_a_comment() -> None:
    text = "answers:\n  a.1:\n    level: 2 # hm\n  b.1: {level: 1}\n"
    after = with_copy(with_copy(text, ["answers", "a.1"], "was:"), ["answers", "b.1"], "was:")
    assert after == (
        "answers:\n  # was:\n  # a.1:\n  #   level: 2 # hm\n  a.1:\n    level: 2 # hm\n"
        "  # was:\n  # b.1: {level: 1}\n  b.1: {level: 1}\n"
    )


@LAW
@given(
    removed=st.lists(st.sampled_from(["a.1", "a.2", "b.1"]), unique=True),
    named=st.permutations(["a.1", "a.2", "b.1"]),
)
def test_names_and_comments_change_no_other_value_and_lose_no_word(
    removed: list[str], named: list[str]
) -> None:
    names = dict(zip(["a.1", "a.2", "b.1"], named, strict=True))
    text = with_keys(BY_HAND, ["answers"], names)
    expected = read_yaml(BY_HAND, "here.yaml").value
    expected["answers"] = {names[old]: one for old, one in expected["answers"].items()}
    for name in removed:
        text = with_comment(text, ["answers", name], "no longer asked")
        del expected["answers"][name]
    document = read_yaml(text, "here.yaml")
    assert document.problems == []
    assert document.value == {**expected, "answers": expected["answers"] or None}
    for word in ("the bakery, second talk", "said in the hall", "under the calendar", "he laughed",
                 "mail of 3 May", "the end"):  # fmt: skip
        assert word in text


@pytest.mark.parametrize(
    ("path", "gone", "left"),
    [
        (("answers", "a.1"), "  a.1: 2        # said in the hall\n", ""),
        (("organisation", "employees"), ", employees: 48", ""),
        (("organisation", "name"), 'name: "no", ', ""),
        (
            ("context", "pain", "d2c"),
            BY_HAND[BY_HAND.index("context:") : BY_HAND.index("answers:")],
            "",
        ),
        (("answers", "b.1", "level"), "level: 1, ", ""),
        (("answers", "b.1", "evidence"), ", evidence: [photo, 'mail of 3 May']", ""),
        (("answers", "c.9"), "", ""),
    ],
    ids=str,
)
def test_what_is_taken_out_leaves_the_rest_as_it_was(
    path: tuple[str, ...], gone: str, left: str
) -> None:
    assert without_value(BY_HAND, path) == BY_HAND.replace(gone, left, 1 if gone else 0)


@LAW
@given(
    kept=st.dictionaries(st.sampled_from(ORDER), VALUES, max_size=3),
    name=st.sampled_from(["new.1", "new.2"]),
    value=VALUES.filter(lambda value: value is not None),
)
def test_taking_out_what_was_put_in_gives_the_text_back(
    kept: dict[str, Any], name: str, value: Any
) -> None:
    text = BY_HAND
    for key, one in kept.items():
        text = with_value(text, ("answers", key), one, ORDER)
    assert without_value(with_value(text, ("answers", name), value), ("answers", name)) == text
    deep = ("context", "goals", name)
    assert without_value(with_value(text, deep, value), deep) == text
