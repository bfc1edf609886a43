from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import answer_file, flat, questionnaire
from it4it_assess.engine.targets import set_targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.assessment import Target


def rule(by: float, because: str = "so", *, stream: str = "a", **when: str) -> dict[str, Any]:
    return {"when": when, "stream": stream, "by": by, "because": because}


def target(
    *rules: dict[str, Any],
    usual: float | None = 3,
    scale: Sequence[float] = range(6),
    organisation: Mapping[str, Any] | None = None,
    **context: Any,
) -> Target:
    asked = questionnaire(
        flat("a", 1, target=usual),
        scale=scale,
        target_rules=list(rules),
        goals=[{"id": "faster", "title": "Faster"}],
    )
    (found,) = set_targets(asked, answer_file(organisation=organisation, **context))
    return found


def test_without_a_word_from_anybody_a_target_is_sixty_per_cent_of_the_scale() -> None:
    assert target(usual=None).value == 3
    assert target(usual=None, scale=(1, 2, 3, 4, 5)).value == 3.4  # 1 + 0.6 x 4
    assert target(usual=None, scale=(0, 0.25, 0.5, 1)).value == 0.6


def test_a_stream_brings_its_usual_target() -> None:
    found = target(usual=2.5)
    assert (found.stream, found.value, found.reasons) == ("a", 2.5, ("usual target 2.5",))


def test_the_firms_own_target_stands_whatever_the_rules_say() -> None:
    found = target(rule(1, sector="food"), organisation={"sector": "food"}, targets={"a": 5})
    assert (found.value, found.reasons) == (5, ("set by the firm",))


@pytest.mark.parametrize(
    ("when", "organisation"),
    [
        ({"size": "micro"}, {"employees": 9}),
        ({"size": "small"}, {"employees": 10}),
        ({"size": "small"}, {"employees": 49}),
        ({"size": "small"}, {}),
        ({"size": "medium"}, {"employees": 50}),
        ({"sector": "food"}, {"sector": "food"}),
        ({"regulation": "gdpr"}, {"regulation": ["haccp", "gdpr"]}),
    ],
)
def test_a_rule_for_such_a_firm_moves_its_target(
    when: dict[str, str], organisation: dict[str, Any]
) -> None:
    found = target(rule(-1, "few hands", **when), organisation=organisation)
    assert (found.value, found.reasons) == (2, ("usual target 3", "-1: few hands"))


@pytest.mark.parametrize(
    ("when", "organisation"),
    [
        ({"size": "micro"}, {"employees": 10}),
        ({"size": "medium"}, {"employees": 49}),
        ({"sector": "food"}, {"sector": "retail"}),
        ({"sector": "food"}, {}),
        ({"regulation": "gdpr"}, {"regulation": ["haccp"]}),
    ],
)
def test_a_rule_for_another_firm_moves_nothing(
    when: dict[str, str], organisation: dict[str, Any]
) -> None:
    assert target(rule(-1, **when), organisation=organisation).value == 3


def test_a_goal_moves_a_target_from_an_importance_of_four() -> None:
    faster = rule(0.5, "speed", goal="faster")
    assert target(faster, goals={"faster": 4}).value == 3.5
    assert target(faster, goals={"faster": 3.9}).value == 3
    assert target(faster).value == 3


def test_rules_for_another_stream_move_nothing() -> None:
    asked = questionnaire(
        flat("a", 1, target=3),
        flat("b", 1, target=2),
        target_rules=[rule(1, stream="b", size="small")],
    )
    assert [one.value for one in set_targets(asked, answer_file())] == [3, 3]


def test_steps_add_up_and_are_told_one_by_one() -> None:
    found = target(
        rule(1, "law", regulation="gdpr"),
        rule(-0.5, "few hands", size="micro"),
        organisation={"employees": 3, "regulation": ["gdpr"]},
    )
    assert found.value == 3.5
    assert found.reasons == ("usual target 3", "+1: law", "-0.5: few hands")


def test_no_step_goes_above_seven_tenths_of_the_scale() -> None:
    found = target(rule(2, size="small"))
    assert (found.value, found.reasons[-1]) == (3.5, "kept between 1 and 3.5")
    # 1 + 0.7 x 4
    assert target(rule(2, size="small"), scale=(1, 2, 3, 4, 5)).value == 3.8


def test_no_step_goes_below_the_second_value_of_the_scale() -> None:
    assert target(rule(-3, size="small")).value == 1
    assert target(rule(-3, size="small"), scale=(0, 0.25, 0.5, 1), usual=0.5).value == 0.25


def test_a_usual_target_above_seven_tenths_is_kept_and_not_raised() -> None:
    assert target(usual=5).value == 5
    assert target(rule(1, size="small"), usual=4.5).value == 4.5
    assert target(rule(-1, size="small"), usual=5).value == 4


def test_what_a_target_was_kept_between_is_what_it_was_kept_between() -> None:
    # the usual 5 may stay, so the upper end told beside it is 5 and not 3.5
    assert target(rule(1, size="small"), usual=5).reasons[-1] == "kept between 1 and 5"


def test_a_usual_target_that_no_rule_moved_stays() -> None:
    # on a scale of two values seven tenths lie below the second value
    found = target(usual=None, scale=(0, 1))
    assert (found.value, found.reasons) == (0.6, ("usual target 0.6",))
