"""Simulated firms that answered everything: near the shipped examples, made up, and of dice.

They say nothing about real firms. What they are for is to try a method on more than three
cases, some of them harder than life. Needs no test tools: `make bench` uses it as well.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.engine.reading import read_answers
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.model.questionnaire import Questionnaire

EXAMPLES = Path(__file__).resolve().parents[1] / "questionnaires" / "it4it" / "examples"
NAMES = ("agency", "bakery", "manufacturer")
MIDDLE, MOST = 2.5, 5


class Firm(NamedTuple):
    """A simulated firm: what kind it is of, and everything it would answer."""

    kind: str
    answers: AnswerFile


def simulated(questionnaire: Questionnaire, count: int, seed: int) -> list[Firm]:
    """Return firms in turn: of ten, six near an example, two made up, one of dice, one bare.

    One of dice answers each question by a throw, whatever it answered before; a bare one says
    nothing of its goals, pain and readiness, so that only its answers can tell streams apart.
    """
    random = Random(seed)  # noqa: S311  a simulation, not a secret
    examples = [load_answers(EXAMPLES / f"{name}.yaml", questionnaire) for name in NAMES]
    firms = []
    for number in range(count):
        place = number % 10
        if place < 6:
            example = examples[place % len(examples)]
            kind = f"near {NAMES[place % len(examples)]}"
            firms.append(Firm(kind, near(questionnaire, example, random)))
        elif place == 8:
            thrown = {name: random.randint(0, MOST) for name in questionnaire.questions}
            firms.append(Firm("of dice", _made_up(questionnaire, thrown, random)))
        else:
            levels = _hanging_together(questionnaire, random)
            rated = place < 8
            answers = _made_up(questionnaire, levels, random)
            firms.append(Firm("made up", answers) if rated else Firm("bare", _bare(answers)))
    return firms


def near(questionnaire: Questionnaire, example: AnswerFile, random: Random) -> AnswerFile:
    """Return a firm like an example: its streams shifted, every answer and rating redrawn.

    What is unknown, unsure or does not apply stays so.
    """
    firm = random.gauss(0, 0.5)
    shifts = {stream.id: firm + random.gauss(0, 0.5) for stream in questionnaire.streams}
    answers: dict[str, Any] = {}
    for name, reading in read_answers(questionnaire, example).items():
        if reading.state == "not_applicable":
            answers[name] = {"not_applicable": reading.reason}
        elif reading.level is None:
            answers[name] = "unknown"
        else:
            shift = shifts[questionnaire.stream_of[name].id]
            level = _level(reading.level + shift + random.gauss(0, 0.7))
            answers[name] = {"level": level, "unsure": reading.state == "unsure"}
    context = example.context
    order: list[Any] = list(context.criteria or [one.id for one in questionnaire.criteria])
    for _ in range(random.randint(0, 3)):
        place = random.randrange(len(order) - 1)
        order[place : place + 2] = order[place + 1], order[place]
    assert example.organisation.employees is not None
    return _file(
        answers,
        {
            "employees": max(1, round(example.organisation.employees * random.uniform(0.4, 2.5))),
            "sector": example.organisation.sector,
            "regulation": example.organisation.regulation,
        },
        {
            "goals": _moved(context.goals, random),
            "pain": _moved(context.pain, random),
            "readiness": {
                name: _moved(ready.model_dump(exclude_none=True), random)
                for name, ready in context.readiness.items()
            },
            "criteria": order,
            "capacity": {"days_per_quarter": random.choice([8, 15, 20, 30, 60])},
        },
    )


def _moved(ratings: Mapping[str, float], random: Random) -> dict[str, float]:
    return {name: _level(rating + random.gauss(0, 0.9)) for name, rating in ratings.items()}


def _level(value: float) -> float:
    return min(MOST, max(0, round(value)))


def _hanging_together(questionnaire: Questionnaire, random: Random) -> dict[str, float]:
    """Draw levels around a mean of the firm, of each stream and of each component."""
    firm = random.uniform(0.3, 3.7)
    apart, between, noise = random.uniform(0, 1), random.uniform(0, 0.6), random.uniform(0.4, 1.2)
    levels = {}
    for stream in questionnaire.streams:
        height = firm + random.gauss(0, apart)
        for part in stream.components:
            middle = height + random.gauss(0, between)
            for ask in part.questions:
                levels[ask.id] = _level(middle + random.gauss(0, noise))
    return levels


def _made_up(
    questionnaire: Questionnaire, levels: Mapping[str, float], random: Random
) -> AnswerFile:
    """Give made-up levels a made-up context; some ratings and the order may be missing."""
    primary = [stream.id for stream in questionnaire.streams if stream.kind == "primary"]
    goals = random.sample([goal.id for goal in questionnaire.goals], random.randint(0, 5))
    order = [criterion.id for criterion in questionnaire.criteria]
    if random.random() < 0.7:
        random.shuffle(order)
    rated = [name for name in primary if random.random() < 0.9]
    return _file(
        levels,
        {"employees": round(3 * 60 ** random.random())},
        {
            "goals": {name: random.randint(1, MOST) for name in goals},
            "pain": {name: random.randint(0, MOST) for name in rated},
            "readiness": {
                name: {part: random.randint(1, MOST) for part in ("sponsor", "skills", "openness")}
                for name in rated
            },
            "criteria": order,
            "capacity": {"days_per_quarter": random.choice([8, 15, 20, 30, 60])},
        },
    )


def _bare(answers: AnswerFile) -> AnswerFile:
    said = answers.context.model_copy(update={"goals": {}, "pain": {}, "readiness": {}})
    return answers.model_copy(update={"context": said})


def _file(
    answers: Mapping[str, Any], organisation: Mapping[str, Any], context: Mapping[str, Any]
) -> AnswerFile:
    return AnswerFile.model_validate(
        {
            "format": 1,
            "questionnaire": "it4it",
            "organisation": {"name": "Simulated Ltd", **organisation},
            "context": context,
            "answers": answers,
        }
    )
