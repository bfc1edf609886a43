from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    LAW,
    NO_ANSWER,
    altered,
    asked,
    component,
    flat,
    judge,
    question,
    questionnaire,
    stream,
)
from it4it_assess.engine.scoring import (
    achievement_rating,
    level_from_ratings,
    level_reached,
    weighted_mean,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.model.assessment import Score, Scorecard, StreamScore
    from it4it_assess.model.questionnaire import Questionnaire

LEVELS = st.lists(st.integers(0, 5), min_size=1, max_size=8)


def card(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Scorecard:
    return judge(questionnaire, answers).scorecard


def only_stream(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> StreamScore:
    (score,) = card(questionnaire, answers).streams
    return score


def bounds(score: Score) -> tuple[float | None, ...]:
    return (score.low, score.high, score.level_low, score.level_high)


# Means


def test_a_weighted_mean_leaves_out_what_is_not_there() -> None:
    # (1 x 2 + 2 x 5) / 3
    assert weighted_mean([2, None, 5], [1, 7, 2]) == 4


def test_a_weighted_mean_of_nothing_is_no_nought() -> None:
    assert weighted_mean([], []) is None
    assert weighted_mean([None, None], [1, 1]) is None
    assert weighted_mean([3, None], [0, 1]) is None


def test_a_weight_of_nought_counts_for_nothing() -> None:
    assert weighted_mean([5, 2], [0, 3]) == 2


def test_values_and_weights_must_pair_up() -> None:
    with pytest.raises(ValueError, match="shorter"):
        weighted_mean([1, 2], [1])


@pytest.fixture
def weighted() -> Questionnaire:
    """Two streams, weights on everything, a lens over two of them and a view of both kinds."""
    return questionnaire(
        stream(
            "a",
            component(
                "a.x",
                question("a.x.1", weight=2, lenses=["safe"]),
                question("a.x.2", weight=1, v3="run.early"),
            ),
            component("a.y", question("a.y.1", weight=5, v3="run.late"), weight=3),
            weight=1,
        ),
        stream(
            "b",
            component("b.z", question("b.z.1", weight=4, lenses=["safe"], v3="run.late")),
            weight=4,
        ),
        lenses=[{"id": "safe", "title": "Safe"}, {"id": "green", "title": "Green"}],
        views=[
            {
                "id": "whole",
                "title": "Whole",
                "groups": [
                    {
                        "id": "run",
                        "title": "Run",
                        "stages": [
                            {"id": "run.early", "title": "Early"},
                            {"id": "run.late", "title": "Late"},
                        ],
                        "components": ["a.x"],
                    },
                    {"id": "rest", "title": "Rest"},
                ],
            }
        ],
    )


WEIGHTED_ANSWERS = {"a.x.1": 4, "a.x.2": 1, "a.y.1": 2, "b.z.1": 5}


def test_a_scale_may_begin_far_below_nought() -> None:
    score = only_stream(questionnaire(flat("a", 2), scale=(-100, 0)), {"a.1": -100, "a.2": -100})
    assert (score.score, score.low, score.high) == (-100, -100, -100)


def test_a_component_is_the_weighted_mean_of_its_questions(weighted: Questionnaire) -> None:
    x, y = card(weighted, WEIGHTED_ANSWERS).streams[0].components
    assert x.score == 3  # (2 x 4 + 1 x 1) / 3
    assert y.score == 2


def test_a_stream_is_the_weighted_mean_of_its_components(weighted: Questionnaire) -> None:
    a, b = card(weighted, WEIGHTED_ANSWERS).streams
    assert a.score == 2.25  # (1 x 3 + 3 x 2) / 4
    assert b.score == 5


def test_overall_is_the_weighted_mean_of_the_streams(weighted: Questionnaire) -> None:
    # (1 x 2.25 + 4 x 5) / 5
    assert card(weighted, WEIGHTED_ANSWERS).overall.score == pytest.approx(4.45)


@pytest.fixture
def lopsided() -> Questionnaire:
    """A component of nine questions beside one of a single question."""
    return questionnaire(
        stream(
            "a",
            component("a.x", *(question(f"a.x.{number}") for number in range(9))),
            component("a.y", question("a.y.0")),
        )
    )


def test_a_component_with_more_questions_weighs_no_more_for_it(lopsided: Questionnaire) -> None:
    score = only_stream(lopsided, dict.fromkeys(lopsided.questions, 5) | {"a.y.0": 0})
    assert score.score == 2.5  # (5 + 0) / 2, not 45 / 10


def test_a_lens_is_the_weighted_mean_of_its_questions_wherever_they_are(
    weighted: Questionnaire,
) -> None:
    safe, _ = card(weighted, WEIGHTED_ANSWERS).lenses
    assert (safe.id, safe.title) == ("safe", "Safe")
    assert safe.score == pytest.approx(28 / 6)  # (2 x 4 + 4 x 5) / 6


def test_a_lens_no_question_has_says_nothing(weighted: Questionnaire) -> None:
    _, green = card(weighted, WEIGHTED_ANSWERS).lenses
    assert green.coverage == 0
    assert (green.score, green.level) == (None, None)
    assert bounds(green) == (None, None, None, None)


def test_a_group_of_a_view_is_the_mean_of_its_stages_and_components(
    weighted: Questionnaire,
) -> None:
    run, rest = card(weighted, WEIGHTED_ANSWERS).views["whole"]
    # early: 1; late: (5 x 2 + 4 x 5) / 9 = 30 / 9; component x: 3; each weighs 1
    assert run.score == pytest.approx((1 + 30 / 9 + 3) / 3)
    assert rest.score is None


def test_a_component_in_a_group_keeps_its_weight(weighted: Questionnaire) -> None:
    stages = [{"id": "run.early", "title": "Early"}]
    group = {"id": "run", "title": "Run", "stages": stages, "components": ["a.y"]}
    view = {"id": "whole", "title": "Whole", "groups": [group]}
    (run,) = card(altered(weighted, views=[view]), WEIGHTED_ANSWERS).views["whole"]
    # early with its 1 weighs 1, component y with its 2 weighs 3
    assert run.score == 1.75


def test_the_gap_is_what_is_missing_to_the_target_and_never_below_nought() -> None:
    both = questionnaire(flat("a", 1, target=3), flat("b", 1, target=2))
    a, b = card(both, {"a.1": 1, "b.1": 5}).streams
    assert (a.gap, b.gap) == (2, 0)


# Coverage


def test_a_missing_answer_is_not_a_no() -> None:
    score = only_stream(asked(a=3), {"a.1": 4, "a.2": 2})
    assert score.score == 3  # (4 + 2) / 2, not / 3
    assert score.coverage == pytest.approx(2 / 3)


@pytest.mark.parametrize("blank", [None, "unknown", {"note": "ask Jo"}, {"by": {"jo": "unknown"}}])
def test_unknown_and_unanswered_lower_coverage_alike(blank: Any) -> None:
    score = only_stream(asked(a=4), {"a.1": 1, "a.2": 1, "a.3": 1, "a.4": blank})
    assert (score.score, score.coverage) == (1, 0.75)


def test_sixty_per_cent_answered_carry_a_score() -> None:
    score = only_stream(asked(a=5), {"a.1": 4, "a.2": 4, "a.3": 1})
    assert score.coverage == 0.6
    assert (score.score, score.level) == (3, 2)  # all three reach 1, two of three reach 2


def test_below_sixty_per_cent_only_the_range_is_given() -> None:
    score = only_stream(asked(a=5), {"a.1": 4, "a.2": 4})
    assert score.coverage == 0.4
    assert (score.score, score.level, score.gap) == (None, None, None)
    assert bounds(score) == (1.6, 4.6, 0, 5)  # 8 / 5 and (8 + 15) / 5


@pytest.mark.parametrize("weights", [[1] * 7, [1] * 11, [3, 4], [2, 2, 3]])
def test_three_of_five_in_every_component_are_sixty_per_cent(weights: list[int]) -> None:
    parts = [
        component(
            f"a.{part}", *(question(f"a.{part}.{number}") for number in range(5)), weight=weight
        )
        for part, weight in enumerate(weights)
    ]
    wide = questionnaire(stream("a", *parts))
    answers = dict.fromkeys((one for one in wide.questions if one[-1] in "012"), 2)
    assert only_stream(wide, answers).score == 2


def test_coverage_counts_weight_not_questions() -> None:
    heavy = questionnaire(
        stream("a", component("a.x", question("a.1", weight=3), question("a.2", weight=1)))
    )
    assert only_stream(heavy, {"a.1": 2}).coverage == 0.75
    assert only_stream(heavy, {"a.2": 2}).coverage == 0.25


def test_coverage_of_a_stream_weighs_its_components(weighted: Questionnaire) -> None:
    a, _ = card(weighted, {"a.x.1": 4, "a.y.1": 2}).streams
    assert a.coverage == pytest.approx((1 * 2 / 3 + 3 * 1) / 4)


# Bounds


def test_an_unsure_answer_may_be_one_step_off() -> None:
    score = only_stream(asked(a=2), {"a.1": 3, "a.2": {"level": 2, "unsure": True}})
    assert (score.score, score.low, score.high) == (2.5, 2, 3)
    # at worst 3 and 1: both reach 1, half reach 2, which is not above 50 %; at best 3 and 3
    assert (score.level, score.level_low, score.level_high) == (2, 1, 3)


def test_an_unsure_answer_at_the_end_of_the_scale_stays_on_it() -> None:
    score = only_stream(
        asked(a=2), {"a.1": {"level": 0, "unsure": True}, "a.2": {"level": 5, "unsure": True}}
    )
    assert (score.low, score.high) == (2, 3)  # (0 + 4) / 2 and (1 + 5) / 2


def test_what_nobody_answered_may_be_anything() -> None:
    score = only_stream(asked(a=3), {"a.1": 3, "a.2": "unknown"})
    assert score.low == 1  # 3 / 3
    assert score.high == pytest.approx(13 / 3)  # (3 + 5 + 5) / 3
    assert bounds(only_stream(asked(a=2), {})) == (0, 5, 0, 5)


def test_what_does_not_apply_leaves_the_score_and_its_bounds() -> None:
    score = only_stream(asked(a=3), {"a.1": 4, "a.2": 2, "a.3": NO_ANSWER})
    assert (score.score, score.low, score.high, score.coverage) == (3, 3, 3, 1)


def test_a_component_in_which_nothing_applies_leaves_its_stream(weighted: Questionnaire) -> None:
    a, _ = card(weighted, {"a.x.1": 4, "a.x.2": 1, "a.y.1": NO_ANSWER}).streams
    assert (a.score, a.low, a.high, a.coverage) == (3, 3, 3, 1)
    y = a.components[1]
    assert (y.score, y.low, y.high, y.coverage) == (None, None, None, 0)


def test_a_stream_in_which_nothing_applies_leaves_the_whole() -> None:
    scores = card(asked(a=1, b=1), {"a.1": 3, "b.1": NO_ANSWER})
    assert scores.overall.score == 3
    assert scores.overall.coverage == 1
    assert scores.streams[1].gap is None


# Levels


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ([5, 5, 5, 0], 1),  # 75 % reach 1: largely, and nothing higher counts
        ([5] * 7 + [0], 5),  # 87.5 % reach every level
        ([1, 0], 0),  # 50 % is not above 50 %
        ([1, 1, 0], 1),
        ([5] * 17 + [0] * 3, 1),  # 85 % is not above 85 %
        ([3] * 6 + [2], 3),  # all reach 2, 86 % reach 3
        ([2, 2, 1, 1], 1),  # all reach 1, half reach 2
        ([2, 2, 2, 1], 2),
        ([0, 0, 0], 0),
        ([], 0),
    ],
)
def test_a_level_is_reached_when_most_reach_it_and_nearly_all_the_ones_below(
    answers: list[float], level: int
) -> None:
    assert level_reached(answers) == level


def test_a_mean_can_hide_a_hole_that_the_level_shows() -> None:
    score = only_stream(asked(a=4), {"a.1": 5, "a.2": 5, "a.3": 5, "a.4": 0})
    assert (score.score, score.level) == (3.75, 1)


def test_weights_count_in_a_level() -> None:
    assert level_reached([3, 0], [9, 1]) == 3  # 90 %
    assert level_reached([3, 0], [1, 9]) == 0  # 10 %


def test_exactly_half_is_not_most_whatever_the_weights_are_written_in() -> None:
    # 0.1 + 0.2 of 0.6 is half, as is 1 + 2 of 6; and 17 of 20 tenths are 85 %
    assert level_reached([1, 1, 0], [1, 2, 3]) == 0
    assert level_reached([1, 1, 0], [0.1, 0.2, 0.3]) == 0
    assert level_reached([2] * 17 + [0] * 3, [0.1] * 20) == 1


def test_the_shares_asked_for_can_be_set() -> None:
    assert level_reached([2, 2, 2, 0], largely=0.8) == 0  # 75 % is not above 80 %
    assert level_reached([2, 2, 2, 0], fully=0.7) == 2


def test_a_level_counts_the_values_of_the_scale() -> None:
    # all reach 0.25; two of three reach 0.5
    assert level_reached([1, 0.5, 0.25], scale=(0, 0.25, 0.5, 1)) == 2


def test_ratings_change_just_above_their_limits() -> None:
    limits = {0: "N", 0.15: "N", 0.16: "P", 0.5: "P", 0.51: "L", 0.85: "L", 0.86: "F", 1: "F"}
    assert {share: achievement_rating(share) for share in limits} == limits


def test_no_ratings_are_level_nought() -> None:
    assert level_from_ratings([]) == 0


def test_a_stream_reaches_its_level_from_its_components_not_its_questions(
    lopsided: Questionnaire,
) -> None:
    # 90 % of the questions reach 5, and only half of the components
    score = only_stream(lopsided, dict.fromkeys(lopsided.questions, 5) | {"a.y.0": 0})
    assert [part.level for part in score.components] == [5, 0]
    assert score.level == 0


def test_one_weak_component_of_four_keeps_a_stream_at_level_one() -> None:
    parts = [component(f"a.{part}", question(f"a.{part}.q")) for part in "wxyz"]
    four = questionnaire(stream("a", *parts))
    score = only_stream(four, {"a.w.q": 5, "a.x.q": 5, "a.y.q": 5, "a.z.q": 0})
    assert [part.level for part in score.components] == [5, 5, 5, 0]
    assert score.level == 1


@given(LEVELS, st.data())
@LAW
def test_raising_an_answer_never_lowers_the_level(levels: list[int], data: st.DataObject) -> None:
    raised = [level + data.draw(st.integers(0, 5 - level)) for level in levels]
    assert level_reached(raised) >= level_reached(levels)


@given(LEVELS)
@LAW
def test_a_level_lies_between_the_lowest_and_the_highest_answer(levels: list[int]) -> None:
    assert min(levels) <= level_reached(levels) <= max(levels)


@given(LEVELS, st.data())
@LAW
def test_a_share_of_equal_answers_is_one_heavier_answer(
    levels: list[int], data: st.DataObject
) -> None:
    times = [data.draw(st.integers(1, 4)) for _ in levels]
    repeated = [level for level, count in zip(levels, times, strict=True) for _ in range(count)]
    assert level_reached(levels, times) == level_reached(repeated)
