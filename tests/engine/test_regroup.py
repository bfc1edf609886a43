"""The same answers in another view."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, TODAY
from it4it_assess.engine.assess import assess
from it4it_assess.engine.regroup import in_view, regroup
from it4it_assess.errors import UnknownNameError
from it4it_assess.files.load import load_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SEVEN = ["evaluate", "explore", "integrate", "deploy", "release", "consume", "operate"]


@pytest.fixture(scope="module")
def bakery(shipped: Questionnaire) -> AnswerFile:
    return load_answers(EXAMPLES / "bakery.yaml", shipped)


def test_the_seven_streams_of_version_three_are_ranked(
    shipped: Questionnaire, bakery: AnswerFile
) -> None:
    assessment = assess(*in_view(shipped, bakery, "it4it-3.0"), today=TODAY)
    assert sorted(stream.id for stream in assessment.ranking.streams) == sorted(SEVEN)
    assert assessment.ranking.first in SEVEN
    assert assessment.roadmap.waves[0].initiatives


def test_every_question_keeps_its_place_and_its_initiatives(shipped: Questionnaire) -> None:
    view = next(view for view in shipped.views if view.id == "it4it-3.0")
    seven = regroup(shipped, view)
    assert set(seven.questions) == set(shipped.questions)
    assert set(seven.initiatives) == set(shipped.initiatives)
    assert seven.needs == shipped.needs


def test_a_group_scores_the_same_ranked_or_shown(
    shipped: Questionnaire, bakery: AnswerFile, example: Callable[[str], Assessment]
) -> None:
    shown = {group.id: group for group in example("bakery").scorecard.views["it4it-3.0"]}
    ranked = assess(*in_view(shipped, bakery, "it4it-3.0"), today=TODAY).scorecard.streams
    for stream in ranked:
        assert stream.score == pytest.approx(shown[stream.id].score, abs=1e-12)
        assert (stream.low, stream.high) == pytest.approx(
            (shown[stream.id].low, shown[stream.id].high), abs=1e-12
        )


def test_pain_follows_the_questions(shipped: Questionnaire, bakery: AnswerFile) -> None:
    """A group feels the mean pain of the streams its questions come from; enablers have none."""
    seven, answers = in_view(shipped, bakery, "it4it-3.0")
    for group in seven.streams:
        felt = [
            bakery.context.pain[stream]
            for question in group.questions
            if (stream := shipped.stream_of[question.id].id) in bakery.context.pain
        ]
        assert answers.context.pain[group.id] == pytest.approx(fsum(felt) / len(felt))


def test_a_view_of_whole_components_ranks_too(shipped: Questionnaire, bakery: AnswerFile) -> None:
    assessment = assess(*in_view(shipped, bakery, "service-model"), today=TODAY)
    assert {stream.id for stream in assessment.ranking.streams} == {
        "conceptual",
        "logical",
        "consumable",
        "realised",
    }


def test_an_unknown_view_names_those_there_are(shipped: Questionnaire, bakery: AnswerFile) -> None:
    with pytest.raises(UnknownNameError, match=r"it4it-3\.0, service-model"):
        in_view(shipped, bakery, "it4it-4.0")
