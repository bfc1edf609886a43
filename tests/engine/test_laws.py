"""What holds for any questionnaire and any answers.

Weights are small whole numbers, so that doubling them and adding them up is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders import LAW, NO_ANSWER, answer_file, component, initiative, judge, question
from builders import questionnaire as build
from builders import stream
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from it4it_assess.engine.assess import assess
from it4it_assess.engine.criteria import Standing
from it4it_assess.engine.ranking import rank
from it4it_assess.model.answers import Answer, AnswerFile
from it4it_assess.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from it4it_assess.model.assessment import Reading, Score, Scorecard

Values = dict[str, Any]

SLOW = settings(LAW, max_examples=40)
"""For laws that judge many times an example."""

ORDER = ["pain", "goals", "gap", "readiness", "effort", "enabling"]
WEIGHT = st.integers(1, 3)
POINTS = st.integers(0, 5)
SCALES = st.sampled_from([(0, 1, 2, 3, 4, 5), (0, 0.25, 0.5, 1), (1, 2, 3), (0, 1)])


@st.composite
def components(draw: st.DrawFn, name: str) -> Values:
    asks = [
        question(f"{name}.{number}", weight=draw(WEIGHT))
        for number in range(draw(st.integers(1, 3)))
    ]
    return component(name, *asks, weight=draw(WEIGHT))


@st.composite
def questionnaires(
    draw: st.DrawFn,
    *,
    scales: st.SearchStrategy[Sequence[float]] = SCALES,
    most: int = 3,
    leaning: bool = True,
) -> Questionnaire:
    """Draw streams with components, questions and work; the last stream may be supporting."""
    scale = draw(scales)
    names = "abcd"[: draw(st.integers(1, most))]
    streams = [
        stream(
            name,
            *(draw(components(f"{name}.{part}")) for part in "xy"[: draw(st.integers(1, 2))]),
            weight=draw(WEIGHT),
            target=draw(st.sampled_from(scale[1:])),
            kind=draw(st.sampled_from(["primary", "primary", "supporting"]))
            if name == names[-1]
            else "primary",
        )
        for name in names
    ]
    asks = [ask["id"] for one in streams for part in one["components"] for ask in part["questions"]]
    works: list[str] = []
    for number in range(draw(st.integers(0, 5))):
        home = draw(st.sampled_from(streams))
        lifts = draw(st.dictionaries(st.sampled_from(asks), st.sampled_from(scale[1:]), min_size=1, max_size=3))
        needs = draw(st.sets(st.sampled_from(works), max_size=2)) if works else ()
        work = initiative(f"work-{number}", lifts, draw(st.integers(1, 6)), needs=sorted(needs))
        home.setdefault("initiatives", []).append(work)
        works.append(work["id"])
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda two: two[0] != two[1])
    leans = draw(st.lists(pairs, max_size=3, unique=True)) if leaning and len(names) > 1 else []
    return build(
        *streams,
        scale=scale,
        dependencies=[
            {"stream": one, "needs": other, "score": draw(st.sampled_from(scale[1:]))}
            for one, other in leans
        ],
        goals=[
            {
                "id": goal,
                "title": goal.title(),
                "pulls": {f"{one}.x": {"strength": draw(POINTS)} for one in names},
            }
            for goal in ("faster", "safer")
        ],
    )


def answer(scale: Sequence[float]) -> st.SearchStrategy[Any]:
    """Draw an answer in any of its states, with one voice or several."""
    level = st.sampled_from(scale)
    unsure = level.map(lambda value: {"level": value, "unsure": True})
    voice = level | unsure | st.just("unknown")
    voices = st.lists(voice, min_size=1, max_size=3).map(
        lambda said: {"by": {f"voice-{place}": one for place, one in enumerate(said)}}
    )
    return level | unsure | voices | st.sampled_from(["unknown", None, NO_ANSWER])


@st.composite
def files(draw: st.DrawFn, questionnaire: Questionnaire, **answers: Any) -> AnswerFile:
    """Draw an answer file: answers, context, capacity and an order of criteria."""
    given_answers = {
        name: draw(answers.get("each", answer(questionnaire.values)))
        for name in questionnaire.questions
    }
    names = [one.id for one in questionnaire.streams]
    some = st.sampled_from(names)
    order = draw(st.permutations(ORDER))[: draw(st.integers(1, 6))]
    readiness = st.fixed_dictionaries(
        {}, optional={"sponsor": st.integers(0, 5), "skills": POINTS, "openness": POINTS}
    )
    return answer_file(
        given_answers,
        criteria=order,
        pain=draw(st.dictionaries(some, POINTS)),
        goals=draw(st.dictionaries(st.sampled_from(["faster", "safer"]), POINTS)),
        readiness=draw(st.dictionaries(some, readiness)),
        capacity={"days_per_quarter": draw(st.integers(0, 12)), "quarters": draw(st.integers(1, 3))},
    )


@st.composite
def firms(draw: st.DrawFn, **how: Any) -> tuple[Questionnaire, AnswerFile]:
    """Draw a questionnaire and one firm's answers to it."""
    questionnaire = draw(questionnaires(**how))
    return questionnaire, draw(files(questionnaire))


def changed(file: AnswerFile, **answers: Any) -> AnswerFile:
    """Return a file with other answers in the place of some."""
    now = {name: Answer.model_validate(one) for name, one in answers.items()}
    return file.model_copy(update={"answers": {**file.answers, **now}})
