"""The body of knowledge that comes with the tool, held to what it promises."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT
from it4it_assess.engine.backlog import (
    in_place,
    lifted,
    open_initiatives,
    question_shares,
    worthwhile,
)
from it4it_assess.engine.content import ALIKE_ABOVE, lint_content, reading_grade
from it4it_assess.engine.reading import read_answers
from it4it_assess.files.load import load_answers
from it4it_assess.files.schema import json_schema
from it4it_assess.model.answers import Answer, AnswerFile, Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

COMPONENTS = {"s2p": 6, "r2d": 9, "r2f": 9, "d2c": 8}
"""IT4IT 2.1: 32 functional components over the four value streams."""

STREAM_FOR_EXAMPLE = {"bakery": "d2c", "agency": "r2d", "manufacturer": "s2p"}


def test_every_functional_component_has_its_questions(shipped: Questionnaire) -> None:
    counted = {
        stream.id: len(stream.components) for stream in shipped.streams if stream.kind == "primary"
    }
    assert counted == COMPONENTS
    assert all(len(part.questions) >= 3 for part in shipped.components.values())
    assert 120 <= len(shipped.questions) <= 160


def test_the_house_rules_of_wording_find_nothing(shipped: Questionnaire) -> None:
    assert lint_content(shipped) == []


def test_no_two_level_sentences_are_nearly_the_same(shipped: Questionnaire) -> None:
    """Counted here by brute force over all pairs, not by the index that `lint` uses."""
    sentences = []
    for question in shipped.questions.values():
        for sentence in question.levels.values():
            words = "".join(
                c.lower() if c.isalnum() or c == "'" else " " for c in sentence
            ).split()
            sentences.append((set(zip(words, words[1:], words[2:], strict=False)), sentence))
    alike = [
        (one, other)
        for (first, one), (second, other) in combinations(sentences, 2)
        if len(first & second) > ALIKE_ABOVE * min(len(first), len(second))
    ]
    assert len(sentences) == 6 * len(shipped.questions)
    assert alike == []


def test_an_owner_can_read_it(shipped: Questionnaire) -> None:
    grades = [
        reading_grade(text)
        for question in shipped.questions.values()
        for text in (question.ask, *question.levels.values())
    ]
    assert median(grades) <= 9
    assert all(len(question.ask.split()) <= 24 for question in shipped.questions.values())


def test_every_step_has_advice_and_every_component_says_what_goes_wrong(
    shipped: Questionnaire,
) -> None:
    for question in shipped.questions.values():
        assert set(question.advice) == set(shipped.values[:-1]), question.id
        assert question.why, question.id
        assert question.evidence, question.id
    assert all(part.without and part.about for part in shipped.components.values())


def test_every_stage_and_lens_is_fed(shipped: Questionnaire) -> None:
    stages = Counter(question.v3 for question in shipped.questions.values())
    view = next(view for view in shipped.views if view.id == "it4it-3.0")
    assert len(view.groups) == 7
    assert sum(len(group.stages) for group in view.groups) == 28
    assert all(stages[stage.id] >= 2 for group in view.groups for stage in group.stages)
    for lens in shipped.lenses:
        tagged = [one.id for one in shipped.questions.values() if lens.id in one.lenses]
        assert len(tagged) >= 8, lens.id
        assert len({shipped.stream_of[name].id for name in tagged}) >= 3, lens.id
        assert any(lens.id in work.lenses for work in shipped.initiatives.values()), lens.id


def test_initiatives_say_all_that_a_plan_needs(shipped: Questionnaire) -> None:
    assert len(shipped.initiatives) >= 100
    for work in shipped.initiatives.values():
        days = work.effort_days
        assert days.micro <= days.small <= days.medium <= 15, work.id
        assert days.small <= 10, work.id
        assert 3 <= len(work.steps) <= 6, work.id
        assert all((work.outcome, work.owner, work.first_step, work.done_when, work.risk)), work.id
        assert work.driven_by, work.id
        assert work.resistance is not None, work.id


def test_the_context_is_there(shipped: Questionnaire) -> None:
    assert len(shipped.goals) >= 10
    assert all(pull.because for goal in shipped.goals for pull in goal.pulls.values())
    assert len(shipped.sectors) >= 6
    pulled = {part for goal in shipped.goals for part in goal.pulls}
    assert pulled == set(shipped.components)
    tooled = {
        part for stream in shipped.streams for tool in stream.tools for part in tool.components
    }
    assert tooled >= {part for part in shipped.components if not part.startswith("supporting.")}


@pytest.mark.parametrize("level", range(6))
def test_initiatives_lead_from_every_level_to_the_target(
    shipped: Questionnaire, level: int
) -> None:
    """Every question starts at `level`; doing all that is open takes each to its target."""
    answers = AnswerFile(
        format=1,
        questionnaire=shipped.id,
        organisation=Organisation(name="Everywhere the same"),
        answers={question: Answer(level=float(level)) for question in shipped.questions},
    )
    readings = read_answers(shipped, answers)
    targets = {stream.id: shipped.usual_target(stream) for stream in shipped.streams}
    shares = question_shares(shipped, readings)
    todo = worthwhile(
        open_initiatives(shipped, readings, targets, "small", shares, shipped.initiatives)
    )
    assert bool(todo) == (level < 3)
    while todo:
        ready = next(work for work in todo.values() if not set(work.needs) & set(todo))
        for name, height in shipped.initiatives[ready.id].lifts.items():
            readings[name] = lifted(readings[name], height)
        assert in_place(shipped.initiatives[ready.id], readings)
        del todo[ready.id]
    for stream in shipped.streams:
        for question in stream.questions:
            reached = readings[question.id].level
            assert reached is not None
            assert reached >= min(targets[stream.id], 3), question.id


@pytest.mark.parametrize(("name", "first"), STREAM_FOR_EXAMPLE.items())
def test_each_example_is_complete_and_leads_to_its_own_stream(
    name: str, first: str, shipped: Questionnaire, example: Callable[[str], Assessment]
) -> None:
    answers = load_answers(EXAMPLES / f"{name}.yaml", shipped)
    assessment = example(name)
    states = Counter(reading.state for reading in assessment.readings.values())
    assert set(answers.answers) == set(shipped.questions)
    assert states["unanswered"] == 0
    assert min(states["unknown"], states["not_applicable"], states["unsure"]) >= 3
    assert len(answers.respondents) >= 3
    assert sum(reading.disputed for reading in assessment.readings.values()) >= 3
    assert assessment.ranking.first == first
    assert 0.6 <= assessment.robustness.rank_shares[first][0] < 1
    assert assessment.assumptions == ()


@pytest.mark.parametrize("name", STREAM_FOR_EXAMPLE)
def test_the_first_quarter_serves_the_first_stream(
    name: str, example: Callable[[str], Assessment]
) -> None:
    assessment = example(name)
    jobs = {job.id: job for job in assessment.roadmap.initiatives}
    first = assessment.roadmap.waves[0]
    own = [jobs[one] for one in first.initiatives if jobs[one].stream == assessment.ranking.first]
    assert len(own) >= len(first.initiatives) / 2
    assert first.days >= 0.8 * first.capacity


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("it4it/answers.schema.json", "answers"),
        ("it4it/policy.schema.json", "policy"),
        ("questionnaire.schema.json", "questionnaire"),
        ("stream.schema.json", "stream"),
        ("changes.schema.json", "changes"),
        ("report.schema.json", "report"),
        ("portfolio.schema.json", "portfolio"),
    ],
)
def test_the_schemas_that_travel_are_those_of_the_models(
    file: str, name: str, shipped: Questionnaire
) -> None:
    travelling = json.loads((ROOT / "questionnaires" / file).read_text(encoding="utf-8"))
    named = shipped if file.startswith("it4it/") else None
    made = json_schema(name, named)
    assert travelling == made, "run `make schemas`"
