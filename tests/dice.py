"""Any questionnaire and any firm's answers to it, thrown by seeded dice.

Weights are small whole numbers, so that doubling and adding them up is exact.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import builders
from builders import NO_ANSWER, answer_file, component, initiative, question, stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

Values = dict[str, Any]

ORDER = ("pain", "goals", "gap", "readiness", "effort", "enabling")
GOALS = ("faster", "safer")
READINESS = ("sponsor", "skills", "openness")
LEVELS = tuple(range(6))
SCALES = (LEVELS, (0, 0.25, 0.5, 1), (1, 2, 3), (-1, 0, 1))


def dice_of(seed: int) -> Random:
    """Return dice that throw the same for the same seed."""
    return Random(seed)  # noqa: S311  a simulation, not a secret


# Any questionnaire


def some(dice: Random, names: Sequence[str], least: int = 0) -> list[str]:
    """Throw which of some names there are, in any order."""
    return dice.sample(names, dice.randint(least, len(names)))


def any_stream(dice: Random, name: str, scale: Sequence[float], kind: str) -> Values:
    parts = [
        component(
            f"{name}.{part}",
            *(
                question(
                    f"{name}.{part}.{number}",
                    weight=dice.randint(1, 3),
                    lenses=some(dice, ["safe"]),
                    v3=dice.choice([None, "run.early", "run.late"]),
                )
                for number in range(dice.randint(1, 3))
            ),
            weight=dice.randint(1, 3),
        )
        for part in "xy"[: dice.randint(1, 2)]
    ]
    aim = dice.choice(scale[1:])
    return stream(name, *parts, weight=dice.randint(1, 3), target=aim, kind=kind, initiatives=[])


def add_work(dice: Random, among: Sequence[Values], scale: Sequence[float]) -> None:
    """Give the streams up to five initiatives, each needing only ones before it."""
    asks = [ask["id"] for one in among for part in one["components"] for ask in part["questions"]]
    done: list[str] = []
    for number in range(dice.randint(0, 5)):
        lifted = dice.sample(asks, dice.randint(1, min(3, len(asks))))
        lifts = {name: dice.choice(scale[1:]) for name in lifted}
        needs = dice.sample(done, dice.randint(0, min(2, len(done))))
        work = initiative(f"work-{number}", lifts, dice.randint(1, 6), needs=needs)
        dice.choice(among)["initiatives"].append(work)
        done.append(work["id"])


def any_questionnaire(
    dice: Random, scales: Sequence[Sequence[float]] = SCALES, most: int = 3
) -> Questionnaire:
    """Throw streams that lean on each other, with work, goals, a lens and a view."""
    scale = dice.choice(scales)
    names = "abcd"[: dice.randint(1, most)]
    kinds = ["primary"] * (len(names) - 1) + [dice.choice(["primary", "supporting"])]
    among = [any_stream(dice, name, scale, kind) for name, kind in zip(names, kinds, strict=True)]
    add_work(dice, among, scale)
    pairs = [(one, other) for one in names for other in names if one != other]
    leans = dice.sample(pairs, dice.randint(0, min(3, len(pairs))))
    stages = [{"id": stage, "title": stage.title()} for stage in ("run.early", "run.late")]
    groups = [
        {"id": "run", "title": "Run", "stages": stages},
        {"id": "part", "title": "Part", "components": [f"{name}.x" for name in names]},
    ]
    return builders.questionnaire(
        *among,
        scale=scale,
        dependencies=[
            {"stream": one, "needs": other, "score": dice.choice(scale[1:])}
            for one, other in leans
        ],
        goals=[
            {
                "id": goal,
                "title": goal.title(),
                "pulls": {f"{name}.x": {"strength": dice.randint(0, 5)} for name in names},
            }
            for goal in GOALS
        ],
        lenses=[{"id": "safe", "title": "Safe"}],
        views=[{"id": "whole", "title": "Whole", "groups": groups}],
    )


# Any answers


def any_answer(dice: Random, scale: Sequence[float]) -> Any:
    """Throw an answer in any of its states, from one voice or from several."""

    def voice() -> Any:
        level = dice.choice(scale)
        return dice.choice([level, level, {"level": level, "unsure": True}, "unknown"])

    if dice.random() < 0.2:
        return {"by": {f"voice-{place}": voice() for place in range(dice.randint(1, 3))}}
    return voice() if dice.random() < 0.8 else dice.choice([None, NO_ANSWER])


def any_context(dice: Random, names: Sequence[str]) -> Values:
    """Throw what a firm says of itself; anything may be left out."""

    def rated(what: Sequence[str]) -> dict[str, float]:
        return {one: dice.randint(0, 5) for one in some(dice, what)}

    return {
        "criteria": some(dice, ORDER, least=1),
        "pain": rated(names),
        "goals": rated(GOALS),
        "readiness": {name: rated(READINESS) for name in some(dice, names)},
        "capacity": {
            "days_per_quarter": dice.randint(0, 12),
            "quarters": dice.randint(1, 3),
        },
    }


def any_firm(
    dice: Random, scales: Sequence[Sequence[float]] = SCALES, most: int = 3
) -> tuple[Questionnaire, AnswerFile]:
    """Throw a questionnaire and a firm's answers to it."""
    asked = any_questionnaire(dice, scales, most)
    answers = {name: any_answer(dice, asked.values) for name in asked.questions}
    return asked, answer_file(answers, **any_context(dice, [one.id for one in asked.streams]))
