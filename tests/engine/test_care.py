"""Signs of answering without looking: few, kind, and only once there is enough to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import answer_file, asked, flat, questionnaire
from conftest import EXAMPLES
from it4it_assess.engine.care import levels_by_respondent, signs
from it4it_assess.files.load import load_both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.care import Sign

ASKED = asked(a=8, b=8, c=24)
NAMES = tuple(ASKED.questions)
END = (
    "That may be right; it may also mean that the questions were tiring. "
    "Worth a chat before the workshop."
)


def look(levels: Sequence[float], name: str = "Jo") -> tuple[Sign, ...]:
    """Return the signs in the answers of one respondent beside a varied one."""
    answers = {
        question: {"by": {"jo": level, "ria": place % 6}}
        for place, (question, level) in enumerate(zip(NAMES, levels, strict=False))
    }
    return signs(ASKED, answer_file(answers, respondents={"jo": {"name": name}, "ria": {}}))


def test_one_value_throughout_is_told() -> None:
    (sign,) = look([3] * 12 + [2])
    assert (sign.respondent, sign.kind) == ("jo", "one value")
    assert (sign.answers, sign.alike, sign.longest_run) == (13, 12, 12)
    assert sign.said == f"Jo gave 3 to 12 of 13 questions. {END}"


def test_of_few_answers_nothing_is_said() -> None:
    assert look([3] * 11) == ()
    assert len(look([3] * 12)) == 1


def test_nearly_all_in_the_middle_of_the_scale_is_told() -> None:
    (sign,) = look([2, 3] * 14 + [5, 0])  # 28 of 30, and 90 % of 30 is 27
    assert (sign.kind, sign.answers, sign.alike, sign.longest_run) == ("middle", 30, 28, 1)
    assert sign.said.startswith("Jo gave the middle of the scale (2 or 3) to 28 of 30 questions.")
    assert look([2, 3] * 13 + [5, 0, 1, 4]) == ()  # 26 of 30
    assert look([2, 3] * 14 + [5]) == ()  # all but one, of too few


def test_the_middle_of_an_uneven_scale_is_one_value_and_of_two_values_none() -> None:
    for scale, level, kinds in (((1, 2, 3, 4, 5), 3, ["one value"]), ((0, 1), 0, [])):
        asks = questionnaire(flat("a", 14), scale=scale)
        levels = [level] * 14 if len(scale) > 2 else [0, 1] * 7
        answers = {f"a.{place}": one for place, one in enumerate(levels, start=1)}
        found = signs(asks, answer_file(answers, respondents={"jo": {}}))
        assert [sign.kind for sign in found] == kinds


def test_no_spread_within_any_stream_is_told() -> None:
    (sign,) = look([1] * 8 + [4] * 8 + [2] * 8)
    assert (sign.kind, sign.alike, sign.longest_run) == ("one value a stream", 24, 8)
    assert sign.said == (
        "Jo gave every question of a stream the same level, in all 3 streams with 4 answers or "
        f"more. {END}"
    )


def test_a_long_run_is_told() -> None:
    (sign,) = look([0, 5, 1, 4] + [2] * 12 + [0, 5, 1, 4])
    assert (sign.kind, sign.alike, sign.longest_run) == ("long run", 12, 12)
    assert sign.said == f"Jo gave 2 to 12 questions in a row. {END}"
    assert look([0, 5, 1, 4] + [2] * 11 + [0, 5, 1, 4, 3]) == ()


def test_a_run_goes_by_the_order_of_asking_and_passes_over_what_was_not_answered() -> None:
    levels: dict[str, Any] = dict.fromkeys(NAMES[:12], 1)
    answers = {name: {"by": {"jo": levels.get(name, "unknown")}} for name in reversed(NAMES)}
    (sign,) = signs(ASKED, answer_file(answers, respondents={"jo": {}, "ria": {}}))
    assert (sign.answers, sign.longest_run) == (12, 12)
    assert sign.said.startswith("jo gave")


def test_varied_answers_show_no_sign() -> None:
    assert look([place % 6 for place in range(24)]) == ()


def test_plain_answers_are_those_of_the_only_respondent_and_else_of_nobody() -> None:
    plain = {"a.1": 2, "a.2": "unknown", "a.3": None}
    assert levels_by_respondent(answer_file(plain, respondents={"jo": {}})) == {"jo": {"a.1": 2}}
    assert levels_by_respondent(answer_file(plain, respondents={"jo": {}, "ria": {}})) == {
        "jo": {},
        "ria": {},
    }
    assert levels_by_respondent(answer_file(plain)) == {}


@pytest.mark.parametrize("name", ["bakery", "agency", "manufacturer"])
def test_nobody_in_a_shipped_example_is_suspected(name: str) -> None:
    assert signs(*load_both(EXAMPLES / f"{name}.yaml")) == ()
