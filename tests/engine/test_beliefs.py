"""What answers tell about those not given, against the textbook and worked by hand."""

from __future__ import annotations

from math import log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import pytest

from builders import answer_file, asked, component, question, questionnaire, stream
from it4it_assess.engine.backlog import question_shares
from it4it_assess.engine.beliefs import (
    FIRM_MEAN,
    FIRM_SPREAD,
    SPREADS,
    Belief,
    Line,
    Normal,
    StreamHeard,
    believe,
    below,
    hear,
    moments,
    pool,
)
from it4it_assess.engine.reading import read_answers

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

START = 5 * FIRM_MEAN
FIRM = (5 * FIRM_SPREAD) ** 2


def heard_of(asks: Questionnaire, levels: dict[str, float]) -> dict[str, StreamHeard]:
    shares = question_shares(asks, read_answers(asks, answer_file({})))
    return {one.id: hear(one, levels, shares, asks.values) for one in asks.streams}


def believed(asks: Questionnaire, levels: dict[str, float]) -> list[Belief]:
    return believe(heard_of(asks, levels), asks.values)


def variances(belief: Belief) -> tuple[float, float, float]:
    """Return the variances of streams, components and questions, in levels squared."""
    spread = belief.spread
    return spread.stream**2, spread.component**2, spread.question**2


def at_first(line: Line) -> tuple[float, float]:
    """Return mean and variance where nothing is known of the firm but the prior."""
    return line.at + line.slope * START, line.variance + line.slope**2 * FIRM


def test_two_measurements_are_pooled_by_one_over_their_variance() -> None:
    pooled, told = pool([Normal(1, 1), Normal(4, 2)])
    assert pooled.mean == pytest.approx((1 / 1 + 4 / 2) / (1 + 1 / 2))  # 2
    assert pooled.variance == pytest.approx(1 / (1 + 1 / 2))
    # They are 3 apart, where the difference of two such has the variance 1 + 2.
    assert told == pytest.approx(log(NormalDist(0, sqrt(3)).pdf(3)))


def test_one_measurement_is_itself_and_tells_nothing() -> None:
    pooled, told = pool([Normal(3, 0.5)])
    assert tuple(pooled) == pytest.approx((3, 0.5))
    assert told == pytest.approx(0)


def test_a_level_lies_between_what_is_heard_of_it_and_the_level_above() -> None:
    assert below(Normal(3, 1), 3) == Line(at=0.75 * 3, slope=0.25, variance=0.75)
    assert below(None, 3) == Line(at=0, slope=1, variance=3)


def test_before_any_answer_every_spread_is_as_likely_and_firms_stand_at_the_prior() -> None:
    beliefs = believed(asked(a=1, b=1), {})
    assert [one.chance for one in beliefs] == pytest.approx([1 / len(SPREADS)] * len(SPREADS))
    for one in beliefs:
        assert tuple(one.firm) == pytest.approx((START, FIRM))
        whole = FIRM + sum(variances(one))
        assert at_first(one.streams["a"].score) == pytest.approx((START, whole))


def test_one_answer_moves_its_component_most_and_another_stream_least() -> None:
    asks = questionnaire(
        stream("a", component("a.x", question("a.x.1"), question("a.x.2"))),
        stream("b", component("b.x", question("b.x.1"))),
    )
    for one in believed(asks, {"a.x.1": 4}):
        apart, between, noise = variances(one)
        whole = FIRM + apart + between + noise
        surprise = (4 - START) / whole
        assert one.firm.mean == pytest.approx(START + FIRM * surprise)
        assert one.firm.variance == pytest.approx(FIRM - FIRM**2 / whole)
        other = START + (FIRM + apart + between) * surprise  # what a.x.2 is taken to be
        line = one.streams["a"].score
        assert line.at + line.slope * one.firm.mean == pytest.approx((4 + other) / 2)
        line = one.streams["b"].score
        assert line.at + line.slope * one.firm.mean == pytest.approx(START + FIRM * surprise)


def test_a_spread_is_as_likely_as_it_foretold_the_answers() -> None:
    beliefs = believed(asked(a=2), {"a.1": 1, "a.2": 4})
    told = []
    for one in beliefs:
        apart, between, noise = variances(one)
        shared, whole = FIRM + apart + between, FIRM + apart + between + noise
        # Two normals of one mean: the first from the prior, the second given the first.
        second = START + shared / whole * (1 - START)
        rest = whole - shared**2 / whole
        told.append(NormalDist(START, sqrt(whole)).pdf(1) * NormalDist(second, sqrt(rest)).pdf(4))
    assert [one.chance for one in beliefs] == pytest.approx([one / sum(told) for one in told])


def test_even_answers_speak_for_little_noise_and_uneven_ones_for_much() -> None:
    even = believed(asked(a=8), {f"a.{number}": 2 for number in range(1, 9)})
    uneven = believed(asked(a=8), {f"a.{number}": 5 * (number % 2) for number in range(1, 9)})
    assert max(even, key=lambda one: one.chance).spread.question == pytest.approx(5 * 0.10)
    assert max(uneven, key=lambda one: one.chance).spread.question == pytest.approx(5 * 0.32)


def test_how_an_open_question_moves_with_its_score() -> None:
    asks = asked(a=2, b=1)
    heard = heard_of(asks, {"b.1": 2})
    for one in believe(heard, asks.values):
        apart, between, noise = variances(one)
        found = moments(one, "a", "a.part", 0.5, heard["a"])
        shared = one.firm.variance + apart + between
        assert found.variance == pytest.approx(shared + noise)
        # The score is the mean of two such questions: half with itself, half with the other.
        assert found.covariance == pytest.approx(shared + noise / 2)
        assert found.score_variance == pytest.approx(shared + noise / 2)


def test_a_score_stays_within_what_its_open_questions_can_make_of_it() -> None:
    heard = heard_of(asked(a=4), {"a.1": 5, "a.2": 3})["a"]
    assert (heard.fixed, heard.lowest, heard.highest) == (2, 2, 2 + 5 / 2)


def test_a_stream_answered_in_full_is_known() -> None:
    for one in believed(asked(a=2, b=1), {"a.1": 1, "a.2": 4}):
        assert tuple(one.streams["a"].score) == pytest.approx((2.5, 0, 0))


def test_beliefs_do_not_change_with_the_unit_of_the_scale() -> None:
    small = believed(asked(a=3, b=2), {"a.1": 1, "b.2": 4})
    streams = (
        stream(name, component(f"{name}.part", *(question(f"{name}.{n}") for n in numbers)))
        for name, numbers in (("a", (1, 2, 3)), ("b", (1, 2)))
    )
    large = believed(questionnaire(*streams, scale=range(100, 160, 10)), {"a.1": 110, "b.2": 140})
    for one, other in zip(small, large, strict=True):
        assert other.chance == pytest.approx(one.chance)
        assert other.firm.mean == pytest.approx(100 + 10 * one.firm.mean)
