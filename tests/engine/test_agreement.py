from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW
from it4it_assess.engine.agreement import (
    average_deviation,
    consensus,
    krippendorff_alpha,
    low_median,
    within_group_agreement,
)

LEVELS = st.integers(0, 5)
RATINGS = st.lists(LEVELS, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("ratings", "middle"),
    [([4], 4), ([1, 5], 1), ([5, 1, 3], 3), ([4, 1, 5, 1], 1), ([0, 2, 3, 5], 2)],
)
def test_the_low_median_is_the_lower_middle_rating(ratings: list[float], middle: float) -> None:
    assert low_median(ratings) == middle


@given(RATINGS)
@LAW
def test_the_low_median_is_always_a_rating_somebody_gave(ratings: list[int]) -> None:
    assert low_median(ratings) in ratings


def test_the_average_deviation_is_about_the_median_unless_told_otherwise() -> None:
    # median of 1 1 4 5 is 2.5: (1.5 + 1.5 + 1.5 + 2.5) / 4
    assert average_deviation([1, 1, 4, 5]) == 1.75
    # mean of 0 0 3 is 1: (1 + 1 + 2) / 3; about the median 0: 3 / 3
    assert average_deviation([0, 0, 3], about="mean") == pytest.approx(4 / 3)
    assert average_deviation([0, 0, 3]) == 1


@given(RATINGS)
@LAW
def test_no_centre_is_nearer_to_the_ratings_than_their_median(ratings: list[int]) -> None:
    about_median = average_deviation(ratings)
    assert about_median <= average_deviation(ratings, about="mean") + 1e-12
    for centre in range(6):
        assert about_median <= sum(abs(one - centre) for one in ratings) / len(ratings) + 1e-12


def test_consensus_of_two_neighbours_is_worked_by_hand() -> None:
    # one each on the first two of three values: mean 0.5, both 0.5 off, 1 - 0.5 / 2 = 0.75
    assert consensus([1, 1, 0]) == pytest.approx(1 + log2(0.75))


@given(st.lists(st.integers(0, 6), min_size=2, max_size=7).filter(any))
@LAW
def test_consensus_runs_from_nought_to_one_and_does_not_look_which_end_is_up(
    counts: list[int],
) -> None:
    assert -1e-12 <= consensus(counts) <= 1
    assert consensus(counts[::-1]) == pytest.approx(consensus(counts), abs=1e-12)


def test_within_group_agreement_is_cut_off_at_nought() -> None:
    # variance of 0 5 is 12.5, the uniform null of six options 35 / 12: 1 - 4.29 is below 0
    assert within_group_agreement([0, 5], options=6) == 0
    # variance of 2 3 3 4 is 2 / 3: 1 - (2 / 3) / (35 / 12) = 1 - 8 / 35
    assert within_group_agreement([2, 3, 3, 4], options=6) == pytest.approx(27 / 35)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_of_two_values_is_worked_by_hand(metric: str) -> None:
    # units 11 22 12, so three of each value. Observed: 12 and 21, that is 2 distances;
    # expected by chance: 2 x 3 x 3 / (6 - 1) = 3.6 distances. With two values there is only
    # one distance, so every metric gives 1 - 2 / 3.6.
    ratings = [[1, 2, 1], [1, 2, 2]]
    assert krippendorff_alpha(ratings, metric=metric) == pytest.approx(1.6 / 3.6)  # type: ignore[arg-type]


def test_alpha_leaves_out_what_only_one_respondent_answered() -> None:
    assert krippendorff_alpha([[1, 2, 1, 5], [1, 2, 2, None]]) == krippendorff_alpha(
        [[1, 2, 1], [1, 2, 2]]
    )


def test_alpha_is_one_when_nobody_ever_gave_another_value() -> None:
    assert krippendorff_alpha([[3, 3], [3, 3]]) == 1


def test_alpha_of_noughts_alone_is_no_division_by_nought() -> None:
    # 0 beside 0 has the ratio distance 0; units 00 02: observed 2, expected 2 x 3 x 1 / 3 = 2
    assert krippendorff_alpha([[0, 0], [0, 2]], metric="ratio") == 0


def test_alpha_refuses_ratings_of_which_no_two_are_about_the_same_thing() -> None:
    with pytest.raises(ValueError, match="two ratings"):
        krippendorff_alpha([[1, None], [None, 2]])


@given(
    st.lists(st.lists(st.none() | LEVELS, min_size=3, max_size=3), min_size=3, max_size=4).filter(
        lambda rows: any(
            sum(one is not None for one in unit) > 1 for unit in zip(*rows, strict=True)
        )
    )
)
@LAW
def test_alpha_is_at_most_one_and_does_not_look_who_said_what(
    rows: list[list[float | None]],
) -> None:
    alpha = krippendorff_alpha(rows)
    assert alpha <= 1
    assert krippendorff_alpha(rows[::-1]) == pytest.approx(alpha)
