"""What holds for any questionnaire and any answers.

Firms are thrown by a seeded generator of our own (`tests/firms.py`): hypothesis would spend most
of its time on drawing them piece by piece.
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import LAW, NO_ANSWER, answer_file, judge
from dice import (
    GOALS,
    LEVELS,
    ORDER,
    READINESS,
    any_context,
    any_firm,
    any_questionnaire,
)
from it4it_assess.engine.criteria import Standing
from it4it_assess.engine.explain import explainable
from it4it_assess.engine.ranking import rank
from it4it_assess.engine.triage import inquire, look, triage
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Assessment, Score
    from it4it_assess.model.questionnaire import Questionnaire

Values = dict[str, Any]

DICE = st.builds(Random, st.integers(0, 10**6))
MANY = settings(LAW, max_examples=300)
"""For laws that only rare firms put to the test."""

ROUNDING = 1e-9


def sure_firm(dice: Random) -> tuple[Questionnaire, AnswerFile]:
    """Throw a firm that answered, and rated, all there is; one criterion counts."""
    asked = any_questionnaire(dice)
    names = [one.id for one in asked.streams]
    return asked, answer_file(
        {name: dice.choice([*asked.values, NO_ANSWER]) for name in asked.questions},
        criteria=[dice.choice(ORDER)],
        pain={name: dice.randint(0, 5) for name in names},
        goals={goal: dice.randint(1, 5) for goal in GOALS},
        readiness={name: {part: dice.randint(0, 5) for part in READINESS} for name in names},
    )


def answering(file: AnswerFile, answers: Mapping[str, Any]) -> AnswerFile:
    """Return a file with these answers in the place of its own."""
    now = {name: Answer.model_validate(one) for name, one in answers.items()}
    return file.model_copy(update={"answers": {**file.answers, **now}})


def quick(asked: Questionnaire, file: AnswerFile) -> Assessment:
    """Judge without the draws."""
    return judge(asked, file, samples=1)


# Scores


def scores(judged: Assessment) -> Iterator[Score]:
    """Yield every score of an assessment, always in the same order."""
    card = judged.scorecard
    yield card.overall
    for one in card.streams:
        yield one
        yield from one.components
    yield from card.lenses
    for groups in card.views.values():
        yield from groups


def completion(dice: Random, asked: Questionnaire, file: AnswerFile) -> Values:
    """Throw how the open answers turn out: at a level or, where nobody gave one, needless."""
    found = {}
    for name, reading in quick(asked, file).readings.items():
        if reading.state in {"unknown", "unanswered"}:
            found[name] = dice.choice([*asked.values, NO_ANSWER])
        elif reading.state == "unsure":
            found[name] = turned_out(dice, file.answers[name], asked.values)
    return found


def turned_out(dice: Random, answer: Answer | None, values: Sequence[float]) -> Any:
    """Throw for each unsure voice the level it named or one beside it."""
    assert answer is not None
    if answer.by:
        return {"by": {name: turned_out(dice, one, values) for name, one in answer.by.items()}}
    if answer.level is None:
        return answer
    place, reach = values.index(answer.level), int(answer.unsure)
    return dice.choice(values[max(0, place - reach) : place + reach + 1])


@given(DICE)
@LAW
def test_bounds_contain_every_completion(dice: Random) -> None:
    asked, file = any_firm(dice)
    full = answering(file, completion(dice, asked, file))
    for then, now in zip(scores(quick(asked, file)), scores(quick(asked, full)), strict=True):
        if now.coverage == 0:
            continue  # nothing applies any more
        assert now.coverage == pytest.approx(1)
        assert now.low == now.score == now.high
        assert now.level_low == now.level == now.level_high
        assert lies_within(now, then)


def lies_within(score: Score, bounds: Score) -> bool:
    """Say whether a score and its level lie within the bounds of another."""
    means = (bounds.low, score.score, bounds.high)
    levels = (bounds.level_low, score.level, bounds.level_high)
    if None in means or None in levels:
        return False
    low, mean, high = (one or 0.0 for one in means)
    lowest, level, highest = (one or 0 for one in levels)
    return low - ROUNDING <= mean <= high + ROUNDING and lowest <= level <= highest


@pytest.mark.parametrize("end", ["low", "high"])
@given(DICE)
@LAW
def test_bounds_are_reached(end: str, dice: Random) -> None:
    asked, file = any_firm(dice)
    before = quick(asked, file)
    ends = {
        name: NO_ANSWER if one.state == "not_applicable" else getattr(one, end)
        for name, one in before.readings.items()
    }
    after = quick(asked, answering(file, ends))
    for then, now in zip(scores(before), scores(after), strict=True):
        assert now.score == getattr(then, end)
        assert now.level == getattr(then, f"level_{end}")


@given(DICE)
@LAW
def test_a_score_that_is_given_lies_within_its_bounds(dice: Random) -> None:
    for one in scores(quick(*any_firm(dice))):
        assert one.score is None or lies_within(one, one)


@given(DICE)
@LAW
def test_raising_an_answer_never_lowers_a_score_or_a_level(dice: Random) -> None:
    asked, file = any_firm(dice)
    before = quick(asked, file)
    raised = {
        name: dice.choice([one for one in asked.values if one >= reading.level])
        for name, reading in before.readings.items()
        if reading.state == "level" and reading.level is not None and dice.random() < 0.5
    }
    after = quick(asked, answering(file, raised))
    for then, now in zip(scores(before), scores(after), strict=True):
        for field in ("score", "low", "high", "level", "level_low", "level_high", "coverage"):
            was, became = getattr(then, field), getattr(now, field)
            assert (was is None) == (became is None)
            assert was is None or became >= was


@given(DICE)
@LAW
def test_doubling_all_weights_changes_nothing(dice: Random) -> None:
    asked, file = any_firm(dice)
    weights = {name: dice.randint(1, 9) for name in ORDER}
    twice = {name: 2 * weight for name, weight in weights.items()}
    one, other = (
        judge(asked, weighing(file, weights)),
        judge(doubled(asked), weighing(file, twice)),
    )
    assert one.model_dump() == other.model_dump()


def weighing(file: AnswerFile, weights: Mapping[str, float]) -> AnswerFile:
    context = file.context.model_copy(update={"criteria": None, "weights": weights})
    return file.model_copy(update={"context": context})


def doubled(asked: Questionnaire) -> Questionnaire:
    """Return a questionnaire with twice every weight."""
    values = asked.model_dump()
    for one in values["streams"]:
        asks = [ask for part in one["components"] for ask in part["questions"]]
        for thing in [one, *one["components"], *asks]:
            thing["weight"] *= 2
    return type(asked).model_validate(values)


# The ranking


@given(DICE)
@LAW
def test_a_value_is_its_parts_and_its_points_lie_in_their_range(dice: Random) -> None:
    ranking = quick(*any_firm(dice)).ranking
    assert fsum(ranking.weights.values()) == pytest.approx(1)
    for place in ranking.streams:
        assert place.value == pytest.approx(fsum(place.contributions.values()))
        assert -ROUNDING <= place.value <= 1 + ROUNDING
        for value in place.criteria:
            assert -ROUNDING <= value.low <= value.points + ROUNDING
            assert value.points <= value.high + ROUNDING <= 5 + 2 * ROUNDING


@given(DICE)
@LAW
def test_open_streams_stand_before_gated_ones_each_by_value(dice: Random) -> None:
    ranking = quick(*any_firm(dice)).ranking
    keys = [(bool(place.gates), -place.value) for place in ranking.streams]
    assert keys == sorted(keys)
    assert [place.rank for place in ranking.streams] == list(range(1, len(keys) + 1))
    expected = ranking.streams[0].id if keys and not keys[0][0] else None
    assert ranking.first == expected


@given(DICE)
@MANY
def test_dropping_a_losing_stream_keeps_the_winner(dice: Random) -> None:
    asked = any_questionnaire(dice, [LEVELS], most=4)
    context = answer_file(**any_context(dice, [one.id for one in asked.streams])).context
    standings = {one.id: any_standing(dice) for one in asked.streams}
    whole = rank(asked, context, standings)
    losers = [place.id for place in whole.streams if place.id != whole.first]
    assume(losers)
    loser = dice.choice(losers)
    left = rank(asked, context, {name: one for name, one in standings.items() if name != loser})
    kept = [place for place in whole.streams if place.id != loser]
    assert {one.id: one.value for one in left.streams} == {one.id: one.value for one in kept}
    if not any(loser in place.gated_by for place in kept):  # dropping a need opens its gate
        assert [one.id for one in left.streams] == [one.id for one in kept]
        assert left.first == whole.first


def any_standing(dice: Random) -> Standing:
    score, target = dice.randint(0, 50) / 10, dice.randint(0, 50) / 10
    days = dice.randint(0, 40)
    return Standing(score, low=score, high=score, target=target, days=days, closes=True)


# Draws


@given(DICE)
@LAW
def test_every_rank_is_taken_once_in_every_draw(dice: Random) -> None:
    judged = judge(*any_firm(dice))
    shares = judged.robustness.rank_shares
    assert set(shares) == {place.id for place in judged.ranking.streams}
    ones = pytest.approx([1] * len(shares))
    assert [fsum(row) for row in shares.values()] == ones
    assert [fsum(column) for column in zip(*shares.values(), strict=True)] == ones


@given(DICE)
@LAW
def test_the_same_firm_is_judged_the_same(dice: Random) -> None:
    firm = any_firm(dice)
    assert judge(*firm).model_dump_json() == judge(*firm).model_dump_json()


@given(DICE)
@MANY
def test_with_all_answered_and_rated_every_draw_is_the_ranking(dice: Random) -> None:
    judged = judge(*sure_firm(dice), samples=2)
    places = judged.ranking.streams
    values = sorted(place.value for place in places)
    assume(all(higher - lower > ROUNDING for lower, higher in pairwise(values)))
    expected = {
        place.id: tuple(float(number == place.rank) for number in range(1, len(places) + 1))
        for place in places
    }
    assert judged.robustness.rank_shares == expected


# The deciding answer


@given(DICE)
@LAW
def test_the_deciding_answer_decides(dice: Random) -> None:
    asked, file = any_firm(dice)
    judged = quick(asked, file)
    found = judged.robustness.deciding_answer
    assume(found)
    assert found is not None
    assert found.first != judged.ranking.first
    changed = answering(file, {found.question: found.would_be})
    assert quick(asked, changed).ranking.first == found.first


def changes(
    asked: Questionnaire, judged: Assessment, *, is_open: bool
) -> Iterator[tuple[float, int, str, float]]:
    """Yield each change of the open, or the sure, answers: how far, which question, to what."""
    for place, (name, reading) in enumerate(judged.readings.items()):
        said = [voice.level for voice in reading.voices if voice.level is not None]
        low, high = min([reading.low, *said]), max([reading.high, *said])
        if reading.state == "not_applicable" or is_open != (low < high):
            continue
        now = (low + high) / 2 if reading.level is None else reading.level
        for value in asked.values:
            if not is_open or low <= value <= high:
                yield abs(value - now), place, name, value


@given(DICE)
@LAW
def test_no_other_answer_decides_with_a_smaller_change(dice: Random) -> None:
    asked, file = any_firm(dice, [(0, 1, 2), (0, 1, 5)], most=2)
    judged = quick(asked, file)
    first, found = judged.ranking.first, judged.robustness.deciding_answer
    for is_open in (True, False):
        for _, _, name, value in sorted(changes(asked, judged, is_open=is_open)):
            if quick(asked, answering(file, {name: value})).ranking.first != first:
                assert found is not None
                assert (found.question, found.would_be) == (name, value)
                assert found.open is is_open
                return
    assert found is None


# The roadmap


@given(DICE)
@LAW
def test_a_roadmap_keeps_capacity_and_does_everything_once(dice: Random) -> None:
    roadmap = quick(*any_firm(dice)).roadmap
    jobs = {work.id: work for work in roadmap.initiatives}
    assert len(jobs) == len(roadmap.initiatives)
    done = [name for wave in roadmap.waves for name in wave.initiatives]
    assert sorted(done) == sorted(name for name, work in jobs.items() if work.quarter)
    for wave in roadmap.waves:
        assert all(jobs[name].quarter == wave.quarter for name in wave.initiatives)
        assert wave.days == pytest.approx(fsum(jobs[name].days for name in wave.initiatives))
        assert wave.days <= wave.capacity + ROUNDING
    assert roadmap.days == pytest.approx(fsum(wave.days for wave in roadmap.waves))


@given(DICE)
@LAW
def test_a_roadmap_does_nothing_before_what_it_needs(dice: Random) -> None:
    roadmap = quick(*any_firm(dice)).roadmap
    quarters = {work.id: work.quarter for work in roadmap.initiatives}
    place = {name: at for at, name in enumerate(quarters)}
    for work in roadmap.initiatives:
        for need in work.needs:
            if work.quarter is not None:
                assert quarters[need] is not None
                assert (quarters[need] or 0) <= work.quarter
                assert place[need] < place[work.id]


@given(DICE)
@MANY
def test_everything_in_a_roadmap_lifts_something_or_is_needed_in_it(dice: Random) -> None:
    roadmap = quick(*any_firm(dice)).roadmap
    planned = [work for work in roadmap.initiatives if work.quarter is not None]
    needed = {need for work in planned for need in work.needs}
    assert [work.id for work in planned if not work.lifts and work.id not in needed] == []


@given(DICE)
@LAW
def test_what_is_left_out_says_why(dice: Random) -> None:
    for work in quick(*any_firm(dice)).roadmap.initiatives:
        assert bool(work.left_out_because) == (work.quarter is None)


@given(DICE)
@LAW
def test_projected_scores_are_those_of_the_lifted_answers(dice: Random) -> None:
    asked, file = any_firm(dice)
    roadmap = quick(asked, file).roadmap
    jobs = {work.id: work for work in roadmap.initiatives}
    for wave in roadmap.waves:
        lifts = [lift for name in wave.initiatives for lift in jobs[name].lifts]
        file = answering(file, {lift.question: lift.after for lift in lifts})
        assert quick(asked, file).roadmap.today == wave.projected


# Explanations


@given(DICE)
@LAW
def test_every_number_can_be_explained(dice: Random) -> None:
    asked, file = any_firm(dice)
    judged = quick(asked, file)
    told = {name: tell() for name, tell in explainable(asked, judged).items()}
    for one in judged.scorecard.streams:
        assert one.score is None or told[one.id].value == one.score
    for place in judged.ranking.streams:
        assert told[f"rank.{place.id}"].value == place.value
    for work in judged.roadmap.initiatives:
        assert told[work.id].value == work.value
    for explanation in told.values():
        assert all(text for _, text in explanation.lines())


# Triage


@given(DICE)
@LAW
def test_triage_asks_each_question_once_and_ends(dice: Random) -> None:
    questionnaire, firm = any_firm(dice)
    full = {name: answer or Answer(unknown=True) for name, answer in firm.answers.items()}
    inquiry = inquire(questionnaire, firm)
    said: dict[str, Answer | None] = {}
    while True:
        found = look(inquiry, said)
        assert found.asked == len(said)
        assert 0 < found.confidence <= 1
        assert found.left <= len(full) - len(said)
        if found.question is None:
            break
        assert found.question not in said
        said[found.question] = full[found.question]


@given(DICE)
@LAW
def test_with_every_question_answered_triage_is_the_assessment(dice: Random) -> None:
    questionnaire, firm = any_firm(dice)
    levels = {name: dice.choice(questionnaire.values) for name in questionnaire.questions}
    answers = answer_file(levels).model_copy(update={"context": firm.context})
    first = judge(questionnaire, answers).ranking.first
    assert triage(questionnaire, answers) == (None, first, 1.0, len(levels), 0)
    unknown = firm.model_copy(
        update={
            "answers": {name: one or Answer(unknown=True) for name, one in firm.answers.items()}
        }
    )
    assert triage(questionnaire, unknown).first == judge(questionnaire, unknown).ranking.first
