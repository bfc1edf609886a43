"""Comments: found where they are, put in without changing a value, and put back when lost."""

from __future__ import annotations

import pytest

from it4it_assess.files.comments import comments_in, with_comment, with_comments_of
from it4it_assess.files.strict_yaml import read_yaml

TEXT = """\
# the head
format: 1  # one
note: "# not one"
pain: {a: 1,  # first
  b: 2}
long: |
  # nor this
  text
last: 3
# the end
"""


def test_comments_are_found_with_their_lines_and_texts_are_not_taken_for_them() -> None:
    assert [tuple(one) for one in comments_in(TEXT)] == [
        (1, "# the head"),
        (2, "# one"),
        (4, "# first"),
        (10, "# the end"),
    ]


@pytest.mark.parametrize("path", [("format",), ("pain", "b"), ("long",), ("last",), ("nothing",)])
def test_a_comment_stands_above_its_value_and_changes_none(path: tuple[str, ...]) -> None:
    after = with_comment(TEXT, path, "jo: 5")
    assert read_yaml(after, "").value == read_yaml(TEXT, "").value
    assert after.count("jo: 5") == 1
    assert with_comment(after, path, "jo: 5") == after


def test_a_comment_keeps_the_indent_and_stays_on_one_line() -> None:
    assert with_comment("a:\n  b: 1\n", ("a", "b"), "x\ny\x1b") == "a:\n  # x y \n  b: 1\n"


def test_a_comment_that_no_line_can_take_goes_to_the_end() -> None:
    text = 'a: {b: "one\n  two", c: 1}\n'
    after = with_comment(text, ("a", "c"), "jo: 5")
    assert after == f"{text}# a.c: jo: 5\n"
    assert with_comment(after, ("a", "c"), "jo: 5") == after
    text = "a: [one\n  two, {c: 1}]\n"
    assert with_comment(text, ("a", 1, "c"), "x") == f"{text}# a.1.c: x\n"


def test_comments_that_a_change_took_away_come_back_above_what_they_belong_to() -> None:
    before = "answers:\n  a.1: 1\n  a.2:\n    # above\n    level: 2  # beside\n  a.3: 1 # stays\n"
    after = "answers:\n  a.1: 1\n  a.2: {level: 3}\n  a.3: 1 # stays\n"
    paths = [("answers", "a.1"), ("answers", "a.2")]
    assert with_comments_of(before, after, paths) == (
        "answers:\n  a.1: 1\n  # above\n  # beside\n  a.2: {level: 3}\n  a.3: 1 # stays\n"
    )
    assert with_comments_of(before, before, paths) == before
