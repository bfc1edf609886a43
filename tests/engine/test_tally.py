"""The engine's scores are, to the last bit, those of the plain scoring of plain_scoring.py.

Firms are thrown by a seeded generator: weights no float holds exactly, scales below nought
and in tenths, lenses that nothing is tagged with, groups of stages and components.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plain_scoring as plain
from builders import LAW, answer_file, component, question, questionnaire, stream
from conftest import EXAMPLES
from it4it_assess.engine import tally
from it4it_assess.engine.reading import read_answers, take_stands
from it4it_assess.engine.scoring import score
from it4it_assess.engine.targets import set_targets
from it4it_assess.files.load import load_answers
from it4it_assess.model.assessment import Scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

DICE = st.builds(Random, st.integers(0, 10**9))
MANY = settings(LAW, max_examples=1500)

WEIGHTS = (1, 1, 2, 3, 0.1, 0.7, 1 / 3, 1e-3, 7.3, 2**-30, 1e6, 123456.789)
SCALES = (
    tuple(range(6)),
    (0, 1),
    (0, 0.1, 0.2, 0.3),
    (-2, -0.7, 0, 1 / 3),
    (-5, -3, -1),
    tuple(range(0, 101, 10)),
)
VIEW = {
    "id": "view",
    "title": "View",
    "groups": [
        {
            "id": "group.mixed",
            "title": "Mixed",
            "stages": [{"id": name, "title": name} for name in ("stage.one", "stage.none")],
            "components": ["a.x"],
        },
        {"id": "group.stages", "title": "S", "stages": [{"id": "stage.two", "title": "Two"}]},
        {"id": "group.parts", "title": "Parts", "components": ["a.x", "b.x"]},
        {"id": "group.empty", "title": "Nothing"},
    ],
}
LENSES = [{"id": name, "title": name} for name in ("lens.one", "lens.two", "lens.none")]


def any_questionnaire(dice: Random) -> Questionnaire:
    weights = WEIGHTS if dice.random() < 0.7 else (1,)

    def part(name: str) -> dict[str, Any]:
        asks = [
            question(
                f"{name}.{number}",
                weight=dice.choice(weights),
                lenses=dice.sample(["lens.one", "lens.two"], dice.randint(0, 2)),
                v3=dice.choice([None, "stage.one", "stage.two"]),
            )
            for number in range(dice.randint(1, 7))
        ]
        return component(name, *asks, weight=dice.choice(weights))

    streams = [
        stream(
            name,
            *(part(f"{name}.{letter}") for letter in "xyz"[: dice.randint(1, 3)]),
            weight=dice.choice(weights),
        )
        for name in "abc"[: dice.randint(2, 3)]
    ]
    return questionnaire(*streams, scale=dice.choice(SCALES), lenses=LENSES, views=[VIEW])


def any_answer(dice: Random, scale: Sequence[float], *, voices: bool = True) -> Any:
    kind = dice.choice(["level"] * 5 + ["unsure", "unsure", "unknown", "n/a", "by", "none"])
    if kind == "by" and voices:
        given = {name: any_answer(dice, scale, voices=False) for name in ("anna", "jo", "li")}
        return {"by": {name: value for name, value in given.items() if value is not None}}
    level = dice.choice(scale)
    return {
        "level": level,
        "unsure": {"level": level, "unsure": True},
        "unknown": "unknown",
        "n/a": {"not_applicable": "not here"},
    }.get(kind)


def any_answers(dice: Random, asked: Questionnaire) -> AnswerFile:
    share = dice.choice([0.2, 0.6, 1.0])
    return answer_file(
        {name: any_answer(dice, asked.values) for name in asked.questions if dice.random() < share}
    )


def both(asked: Questionnaire, answers: AnswerFile) -> tuple[Scorecard, Scorecard]:
    readings = read_answers(asked, answers)
    aims = {target.stream: target.value for target in set_targets(asked, answers)}
    quick = score(asked, take_stands(asked, answers), aims)
    assert repr(score(asked, readings, aims)) == repr(quick)
    return quick, plain.score(asked, readings, aims)


@pytest.mark.parametrize("name", ["bakery", "agency", "manufacturer"])
def test_an_example_scores_as_the_plain_scoring_scores_it(
    name: str, shipped: Questionnaire
) -> None:
    quick, slow = both(shipped, load_answers(EXAMPLES / f"{name}.yaml", shipped))
    assert repr(quick) == repr(slow)


@given(DICE)
@MANY
def test_any_firm_scores_as_the_plain_scoring_scores_it(dice: Random) -> None:
    asked = any_questionnaire(dice)
    for _ in range(3):
        quick, slow = both(asked, any_answers(dice, asked))
        assert repr(quick) == repr(slow)


@given(DICE)
@settings(LAW, max_examples=200)
def test_firms_thrown_at_the_shipped_questionnaire_score_the_same(
    shipped: Questionnaire, dice: Random
) -> None:
    quick, slow = both(shipped, any_answers(dice, shipped))
    assert repr(quick) == repr(slow)


@given(DICE)
@LAW
def test_scores_are_valid_though_nobody_checked_them(dice: Random) -> None:
    asked = any_questionnaire(dice)
    quick, _ = both(asked, any_answers(dice, asked))
    assert repr(Scorecard.model_validate(quick.model_dump())) == repr(quick)
    assert Scorecard.model_validate_json(quick.model_dump_json()) == quick
    assert quick.model_copy() == quick
    assert quick.overall.model_fields_set == set(type(quick.overall).model_fields)


def test_what_is_kept_of_columns_is_bounded(
    shipped: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "MOST_KEPT", 50)
    dice = Random(1)  # noqa: S311  no secret
    asked = shipped.model_validate(shipped.model_dump())
    for _ in range(3):
        quick, slow = both(asked, any_answers(dice, asked))
        assert repr(quick) == repr(slow)
    assert 0 < len(asked.once(tally.Tally).reached) <= 50


def test_what_is_worked_out_once_does_not_make_questionnaires_differ(
    shipped: Questionnaire,
) -> None:
    fresh = shipped.model_validate(shipped.model_dump())
    both(fresh, answer_file())
    assert fresh == shipped.model_validate(shipped.model_dump())
    assert fresh.once(tally.Tally) is fresh.once(tally.Tally)
