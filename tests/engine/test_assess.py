from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    NO_ANSWER,
    TODAY,
    answer_file,
    asked,
    component,
    everywhere,
    flat,
    initiative,
    judge,
    leaning,
    question,
    questionnaire,
    stream,
)
from it4it_assess import __version__
from it4it_assess.engine.assess import assess
from it4it_assess.model.answers import AnswerFile

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

FULL: dict[str, Any] = {
    "organisation": {"employees": 12},
    "criteria": ["pain"],
    "pain": {"a": 3, "b": 2},
    "capacity": {"days_per_quarter": 5},
}
NOT_RATED = "not rated in full; the middle of the scale is used and the doubt is in the shares."


def assumptions(asked: Questionnaire, **values: Any) -> tuple[str, ...]:
    return judge(asked, answer_file(**{**FULL, **values})).assumptions


def test_the_files_own_date_wins_over_today() -> None:
    file = answer_file().model_copy(update={"date": dt.date(2025, 3, 14)})
    judged = assess(asked(a=1), file, today=TODAY, samples=1)
    assert judged.date == dt.date(2025, 3, 14)
    assert judged.roadmap.waves[0].starts == dt.date(2025, 4, 1)


def test_without_a_date_of_its_own_a_file_is_of_today() -> None:
    judged = judge(asked(a=1))
    assert judged.date == TODAY
    assert judged.roadmap.waves[0].starts == dt.date(2026, 12, 1)


def test_an_assessment_says_of_what_and_by_what_it_is() -> None:
    file = answer_file(
        organisation={"name": "Bakery"},
        respondents={"jo": {"name": "Jo"}},
        stakeholders=[{"name": "Anna", "influence": 5}],
    )
    judged = judge(asked(a=1), file)
    assert (judged.questionnaire, judged.version, judged.tool) == ("tiny", "1.0", __version__)
    assert judged.organisation.name == "Bakery"
    assert judged.respondents["jo"].name == "Jo"
    assert judged.stakeholders[0].name == "Anna"


def test_every_question_is_read_and_every_stream_has_its_say() -> None:
    judged = judge(leaning(), {"a.1": 3})
    assert list(judged.readings) == ["a.1", "b.1", "c.1", "s.1"]
    assert [one.id for one in judged.scorecard.streams] == ["a", "b", "c", "s"]
    assert [one.stream for one in judged.targets] == ["a", "b", "c", "s"]
    assert [one.stream for one in judged.agreement] == ["a", "b", "c", "s"]
    assert [one.kind for one in judged.scorecard.streams][-1] == "supporting"


def test_a_target_of_the_firm_is_the_one_scored_against() -> None:
    judged = judge(questionnaire(flat("a", 1, target=3)), {"a.1": 2}, targets={"a": 5})
    (a,) = judged.scorecard.streams
    assert (a.target, a.gap) == (5, 3)


def test_the_same_answers_give_the_same_assessment() -> None:
    answers = {"a.1": "unknown", "b.1": {"by": {"jo": 1, "bo": 4}}}
    one, other = judge(leaning(), answers), judge(leaning(), answers)
    assert one.model_dump_json() == other.model_dump_json()


def test_nothing_is_assumed_when_all_is_said() -> None:
    assert assumptions(asked(a=1, b=1)) == tuple(
        f"{name}: goals, readiness {NOT_RATED}" for name in "AB"
    )
    rated = dict.fromkeys(("sponsor", "skills", "openness"), 3)
    said = questionnaire(flat("a", 1), flat("b", 1), goals=[{"id": "faster", "title": "Faster"}])
    readiness = {"a": rated, "b": rated}
    assert assumptions(said, readiness=readiness, goals={"faster": 3}) == ()


def test_what_the_file_does_not_say_is_told_as_assumed() -> None:
    told = judge(asked(a=1)).assumptions
    assert told == (
        "The number of employees is not given: effort is that of a small firm.",
        "No capacity is given: the plan takes 20 days a quarter over 4 quarters.",
        "No order of criteria is given: the questionnaire's own order is used.",
        f"A: pain, goals, readiness {NOT_RATED}",
    )


def test_weights_are_as_good_as_an_order() -> None:
    told = judge(asked(a=1), weights={"pain": 1}).assumptions
    assert not any("order of criteria" in one for one in told)


def test_answers_to_another_version_are_told() -> None:
    file = answer_file().model_copy(update={"questionnaire_version": "0.9"})
    assert judge(asked(a=1), file).assumptions[-1] == (
        "The answers were given to version 0.9 of the questionnaire and are read with version 1.0."
    )
    same = answer_file().model_copy(update={"questionnaire_version": "1.0"})
    assert not any("version" in one for one in judge(asked(a=1), same).assumptions)


def test_an_empty_answer_file_is_assessed_and_claims_nothing() -> None:
    judged = assess(leaning(), answer_file(), today=TODAY)
    assert (judged.scorecard.overall.score, judged.scorecard.overall.coverage) == (None, 0)
    assert (judged.scorecard.overall.low, judged.scorecard.overall.high) == (0, 5)
    assert judged.robustness.verdict == "contested"


def test_a_firm_to_which_nothing_applies_is_assessed() -> None:
    pair = questionnaire(
        flat("a", 1, initiatives=[initiative("fix", {"a.1": 3})]),
        flat("b", 1),
        dependencies=[{"stream": "a", "needs": "b", "score": 1}],
    )
    judged = judge(pair, {"a.1": NO_ANSWER, "b.1": NO_ANSWER})
    assert (judged.ranking.first, judged.ranking.streams) == (None, ())
    assert judged.robustness.rank_shares == {}
    assert judged.robustness.deciding_answer is None
    assert (judged.roadmap.initiatives, judged.roadmap.today) == ((), {})


def test_the_shortest_file_there_can_be_is_assessed() -> None:
    file = AnswerFile.model_validate(
        {"format": 1, "questionnaire": "tiny", "organisation": {"name": "X"}, "answers": {}}
    )
    assert assess(asked(a=1), file, today=TODAY, samples=1).ranking.first == "a"


@pytest.fixture
def quarters() -> Questionnaire:
    """Another framework: one stream, other ids, other weights and criteria, four values."""
    return questionnaire(
        stream(
            "garden",
            component(
                "soil",
                question("soil.depth", weight=2.5, lenses=["worms"]),
                question("soil.rest", weight=0.5),
                weight=0.2,
            ),
            component("water", question("water.when", lenses=["worms"]), weight=0.6),
            weight=7,
            initiatives=[
                initiative("dig", {"soil.depth": 0.5}, 1.5),
                initiative("tap", {"water.when": 1}, 2.5, needs=["dig"]),
            ],
        ),
        scale=(0, 0.25, 0.5, 1),
        criteria=[{"id": "gap", "title": "Gap"}, {"id": "pain", "title": "Pain"}],
        lenses=[{"id": "worms", "title": "Worms"}],
    )


def test_another_scale_and_other_ids_weights_and_criteria_work_from_end_to_end(
    quarters: Questionnaire,
) -> None:
    answers = {
        "soil.depth": 0.25,
        "soil.rest": {"level": 0.5, "unsure": True},
        "water.when": {"by": {"ann": 0.25, "bob": 1}},
    }
    capacity = {"days_per_quarter": 3, "quarters": 2, "day_rate": 10}
    judged = judge(quarters, answers, capacity=capacity, pain={"garden": 4})
    (garden,) = judged.scorecard.streams
    soil, water = garden.components
    # soil (2.5 x 0.25 + 0.5 x 0.5) / 3; water the low median 0.25; (0.2 soil + 0.6 x 0.25) / 0.8
    assert soil.score == pytest.approx(0.875 / 3)
    assert (soil.low, soil.high) == pytest.approx((0.25, (0.625 + 0.5) / 3))
    assert water.score == 0.25
    assert garden.score == pytest.approx((0.2 * 0.875 / 3 + 0.15) / 0.8)
    # levels count the values: all reach the second, a sixth of soil reaches the third
    assert (soil.level, water.level, garden.level) == (1, 1, 1)
    # the target is 0.6 of the scale
    assert garden.target == 0.6
    assert judged.scorecard.lenses[0].score == pytest.approx(0.25)
    # c/6 of four options a third apart is 0.22; the deviation of 0.25 and 1 is 0.375
    assert judged.readings["water.when"].disputed
    (place,) = judged.ranking.streams
    gap = 5 * (0.6 - (garden.score or 0))
    assert list(place.contributions) == ["gap", "pain"]
    # centroids of two are 3 / 4 and 1 / 4
    assert place.value == pytest.approx(0.75 * gap / 5 + 0.25 * 4 / 5)
    assert judged.ranking.first == "garden"
    assert judged.robustness.verdict == "alone"
    # dig: 1 / 4 x 5 / 6 x 0.25; tap: 3 / 4 of 0.25 to the target of 0.6
    dig, tap = judged.roadmap.initiatives
    assert dig.value == pytest.approx(place.value * 0.25 * 2.5 / 3 * 0.25)
    assert tap.value == pytest.approx(place.value * 0.75 * 0.35)
    assert [wave.initiatives for wave in judged.roadmap.waves] == [("dig",), ("tap",)]
    assert judged.roadmap.cost == 40
    # soil (2.5 x 0.5 + 0.5 x 0.5) / 3 = 0.5, then water 1: 0.25 x 0.5 + 0.75 x 1
    assert judged.roadmap.waves[1].projected == {"garden": pytest.approx(0.875)}


@pytest.mark.parametrize("scale", [(0, 1), (1, 2, 3, 4, 5), (-2, -1, 0, 1, 2), (0, 10, 100)])
def test_the_ends_of_any_scale_are_its_lowest_and_highest_score(scale: tuple[float, ...]) -> None:
    pair = questionnaire(flat("a", 2), flat("b", 1), scale=scale)
    lowest = judge(pair, everywhere(pair, scale[0]))
    highest = judge(pair, everywhere(pair, scale[-1]))
    assert (lowest.scorecard.overall.score, lowest.scorecard.overall.level) == (scale[0], 0)
    top = highest.scorecard.overall
    assert (top.score, top.level) == (scale[-1], len(scale) - 1)
    assert [value.points for value in highest.ranking.streams[0].criteria][2] == 0
    empty = judge(pair).scorecard.overall
    assert (empty.low, empty.high) == (scale[0], scale[-1])
