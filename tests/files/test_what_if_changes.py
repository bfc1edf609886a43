"""A change tried on answers is read as the file would be, and leaves the file's answers alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW, answer_file, flat, questionnaire
from it4it_assess.engine.ranking import criteria_weights
from it4it_assess.errors import AssessError
from it4it_assess.files.what_if import with_changes
from it4it_assess.model.answers import Answer, AnswerFile, Readiness

ASKED = questionnaire(
    flat("a", 2),
    flat("b", 1, indicators=[{"id": "b.days", "title": "D", "unit": "days", "direction": "down"}]),
    goals=[{"id": "calm", "title": "Calm", "pulls": {}}],
)


def answers(**context: Any) -> AnswerFile:
    return answer_file(
        {"a.1": 2, "a.2": {"by": {"anna": 1}}, "b.1": "unknown"},
        respondents={"anna": {"name": "Anna"}},
        **context,
    )


def changed(*changes: str, **context: Any) -> AnswerFile:
    return with_changes(ASKED, answers(**context), changes)


def refused(change: str, **context: Any) -> str:
    with pytest.raises(AssessError) as caught:
        changed(change, **context)
    return str(caught.value)


def test_no_change_is_no_change() -> None:
    assert changed() == answers()


def test_pain_may_be_changed_with_and_without_the_context_before_it() -> None:
    assert changed("pain.a=4").context.pain == {"a": 4}
    assert changed("context.pain.a=4").context.pain == {"a": 4}
    assert changed(" pain.a = 4 ", pain={"a": 1, "b": 2}).context.pain == {"a": 4, "b": 2}


def test_all_that_is_not_changed_stays() -> None:
    before = answers(pain={"a": 1}, targets={"b": 3}, capacity={"quarters": 2})
    after = with_changes(ASKED, before, ["targets.a=2.5"])
    assert after.context.targets == {"b": 3, "a": 2.5}
    assert after.context.model_copy(update={"targets": {}}) == before.context.model_copy(
        update={"targets": {}}
    )
    assert after.answers == before.answers
    assert before == answers(pain={"a": 1}, targets={"b": 3}, capacity={"quarters": 2})


def test_each_part_of_the_context_may_be_changed() -> None:
    after = changed(
        "goals.calm=5",
        "readiness.a.sponsor=1",
        "readiness.a.skills=2",
        "capacity.days_per_quarter=30",
        "criteria=gap,pain",
    ).context
    assert after.goals == {"calm": 5}
    assert after.readiness == {"a": Readiness(sponsor=1, skills=2)}
    assert (after.capacity.days_per_quarter, after.capacity.quarters) == (30, 4)
    assert after.criteria == ("gap", "pain")


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ("answers.a.1=4", Answer(level=4)),
        ("answers.a.1=unknown", Answer(unknown=True)),
        ("answers.a.1={level: 3, unsure: true}", Answer(level=3, unsure=True)),
        ("answers.a.1={by: {anna: 5}}", Answer(by={"anna": Answer(level=5)})),
        ("answers.a.1={not_applicable: a = b}", Answer(not_applicable="a = b")),
        ("answers.a.1=", None),
        ("answers.a.1=~", None),
    ],
)
def test_an_answer_may_be_changed_to_whatever_a_file_may_say(
    change: str, answer: Answer | None
) -> None:
    after = changed(change).answers
    assert after == {**answers().answers, "a.1": answer}


def test_changes_are_made_one_after_the_other() -> None:
    assert changed("pain.a=1", "pain.b=2", "pain.a=3").context.pain == {"a": 3, "b": 2}


def test_one_weight_keeps_the_others_in_proportion() -> None:
    """0.5, 0.3 and 0.2 with the first at 0.8: the rest, 0.2 in all, is shared 3 to 2."""
    weights = changed("weights.pain=0.8", weights={"pain": 0.5, "goals": 0.3, "gap": 0.2})
    said = weights.context.weights
    assert said is not None
    assert said["pain"] == 0.8
    assert said["goals"] == pytest.approx(0.12)
    assert said["gap"] == pytest.approx(0.08)


def test_a_weight_and_an_order_take_each_others_place() -> None:
    weighed = changed("weights.gap=1", criteria=["pain", "gap"]).context
    assert weighed.criteria is None
    assert weighed.weights is not None
    assert weighed.weights["gap"] == 1
    ordered = changed("criteria=[gap, pain]", weights={"pain": 1}).context
    assert (ordered.criteria, ordered.weights) == (("gap", "pain"), None)


@LAW
@given(
    share=st.floats(0, 1),
    weights=st.lists(st.floats(0.01, 9), min_size=2, max_size=2),
)
def test_weights_after_a_change_add_up_to_one_and_the_rest_keep_their_ratio(
    share: float, weights: list[float]
) -> None:
    given_weights = {"pain": 0.5, "goals": weights[0], "gap": weights[1]}
    after = changed(f"weights.pain={share:.6f}", weights=given_weights)
    said = after.context.weights
    assert said is not None
    assert sum(said.values()) == pytest.approx(1)
    assert said["goals"] * weights[1] == pytest.approx(said["gap"] * weights[0])
    assert criteria_weights(ASKED, after.context)["pain"] == pytest.approx(round(share, 6))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("pain.a", "write it as PATH=VALUE, such as pain.d2c=2"),
        ("=3", "write it as PATH=VALUE, such as pain.d2c=2"),
        ("", "write it as PATH=VALUE, such as pain.d2c=2"),
        ("pian.a=3", "pian cannot be changed; did you mean pain?"),
        ("colour=blue", "colour cannot be changed; remove it, or check the spelling"),
        ("format=2", "format cannot be changed"),
        ("organisation.name=X", "organisation cannot be changed"),
        ("answers=3", "write it as answers.QUESTION=VALUE"),
        ("answers.=3", "write it as answers.QUESTION=VALUE"),
        ("pain.c=3", "there is no value stream 'c'; remove it, or check the spelling"),
        ("pain.a=6", "a: 6 is above 5; give 5 or less"),
        ("pain.a=high", "a should be a number, not the text 'high'"),
        ("pain.a=yes", "a should be a number, not the text 'yes'"),
        ("pain.a=", "a should be a number, not nothing"),
        ("pain=3", "pain should hold `key: value` lines, not the number 3"),
        ("goals.clam=3", "there is no goal 'clam'; did you mean calm?"),
        ("targets.a=9", "a target of 9 is off the scale; give one from 0 to 5"),
        ("readiness.a.spnosor=3", "spnosor is not known here; did you mean sponsor?"),
        ("capacity.quarters=2.5", "quarters should be a whole number, not the number 2.5"),
        ("criteria=gap,gap", "criterion gap stands here twice; keep one"),
        ("criteria=gpa", "there is no criterion 'gpa'; did you mean gap?"),
        ("criteria=", "there is no criterion ''"),
        ("weights.cost=0.5", "there is no criterion 'cost'"),
        ("weights.gap=2", "give the weight as a share from 0 to 1"),
        ("weights.gap=-0.1", "give the weight as a share from 0 to 1"),
        ("weights.gap=much", "give the weight as a share from 0 to 1"),
        ("weights.gap=true", "give the weight as a share from 0 to 1"),
        ("weights.gap=", "give the weight as a share from 0 to 1"),
        ("answers.a.1=7", "7 is not on the scale; use one of 0, 1, 2, 3, 4, 5"),
        ("answers.a.1=no", "a.1 cannot be answered with 'no'"),
        ("answers.a.3=2", "there is no question 'a.3'; did you mean a."),
        ("answers.a.1={by: {jo: 2}}", "there is no respondent 'jo'"),
        ("answers.a.1={level: 2, level: 3}", "level stands here twice"),
    ],
)
def test_a_change_that_cannot_be_made_says_why_and_names_the_option(
    change: str, said: str
) -> None:
    message = refused(change)
    assert message.startswith(f"--what-if {change}: ")
    assert said in message
    assert len(message.splitlines()) == 1


def test_a_change_that_is_no_yaml_says_where() -> None:
    assert refused("pain.a=[1").startswith("--what-if")
    assert refused("pain.a={x: 1, x: 2}").startswith("--what-if")


def test_a_weight_that_weighs_all_cannot_be_lowered_without_another() -> None:
    said = refused("weights.pain=0.5", weights={"pain": 1})
    assert said == "--what-if weights.pain=0.5: no other criterion weighs anything"


def test_an_indicator_is_found_although_its_id_has_dots() -> None:
    indicators = changed("indicators.b.days.target=2").context.indicators
    assert indicators["b.days"].target == 2
