"""Numbers printed elsewhere, reproduced with the product's own functions.

Each file in `tests/published` names its source and how exact its figures are.
"""

from __future__ import annotations

import json
from fractions import Fraction
from math import fsum
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from it4it_assess.engine.agreement import (
    average_deviation,
    consensus,
    krippendorff_alpha,
    within_group_agreement,
)
from it4it_assess.engine.ranking import additive_value, rank_order_centroid, weighted_parts
from it4it_assess.engine.reading import DISPUTED_SHARE
from it4it_assess.engine.roadmap import Candidate, plan
from it4it_assess.engine.robustness import (
    acceptability,
    rank_shares,
    weight_columns,
    weighted_column,
)
from it4it_assess.engine.scoring import achievement_rating, level_from_ratings, level_reached

if TYPE_CHECKING:
    from collections.abc import Sequence

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
REPRODUCED = {
    "cd3_smith_pinedo_chains",
    "consensus_tastle_wierman",
    "iso33020_levels",
    "krippendorff_alpha",
    "roc_weights",
    "rwg_ad_definitional",
    "smaa_analytic",
    "wsm_minmax_vikor_tzeng_2011",
}
DRAWS = 20_000


def case(name: str) -> Any:
    return json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))


def close(expected: Any, tolerance: float) -> Any:
    return pytest.approx(expected, abs=tolerance, rel=0)


def test_every_published_case_is_reproduced_here() -> None:
    assert {path.stem for path in PUBLISHED.iterdir()} == REPRODUCED


def test_a_plan_of_one_big_quarter_is_pinedos_optimal_sequence_of_two_chains() -> None:
    chains = case("cd3_smith_pinedo_chains")
    days, worth = chains["input"]["p"], chains["input"]["w"]
    first = {chain[0] for chain in chains["input"]["chains"]}
    jobs = [
        Candidate(job, worth[job - 1], days[job - 1], () if job in first else (job - 1,))
        for chain in chains["input"]["chains"]
        for job in chain
    ]
    quarters = plan(jobs, capacity=[sum(days)])
    assert list(quarters) == chains["expected"]["sequence"]
    assert set(quarters.values()) == {1}


def test_consensus_is_tastle_and_wiermans() -> None:
    counted = case("consensus_tastle_wierman")
    printed = [
        (counts, value)
        for counts, value in zip(counted["input"]["freq"], counted["expected"]["cns"], strict=True)
        if value is not None  # null: the paper's own figure could not be found
    ]
    assert len(printed) == 3
    for counts, value in printed:
        assert consensus(counts) == close(value, counted["tolerance"])


def test_shares_are_rated_as_iso_33020_rates_them() -> None:
    levels = case("iso33020_levels")
    rated = [achievement_rating(percent / 100) for percent in levels["input"]["percent"]]
    assert rated == levels["expected"]["rating"]


def test_a_level_follows_from_ratings_as_in_iso_33020() -> None:
    levels = case("iso33020_levels")
    reached = [level_from_ratings(profile) for profile in levels["input"]["profiles"]]
    assert reached == levels["expected"]["level"]


def test_the_level_reached_by_answers_is_that_of_their_ratings() -> None:
    levels = case("iso33020_levels")
    for profile, level in zip(
        levels["input"]["profiles"], levels["expected"]["level"], strict=True
    ):
        answers = answers_rated(profile)
        assert level_reached(answers, scale=range(len(profile) + 1)) == level


def answers_rated(profile: Sequence[str]) -> list[int]:
    """Return twenty answers that reach each level in a share of that rating.

    F 20 of 20, L 14, P 6, N none; an answer at a level is also at those below, so that no
    level can be reached in a larger share than the one below it.
    """
    holders, reach = [], 20
    for rating in profile:
        reach = min(reach, {"F": 20, "L": 14, "P": 6, "N": 0}[rating])
        holders.append(reach)
    return [sum(person < count for count in holders) for person in range(20)]


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_krippendorffs_on_his_own_example(metric: Any) -> None:
    reliability = case("krippendorff_alpha")
    alpha = krippendorff_alpha(reliability["input"]["data"], metric=metric)
    assert alpha == close(reliability["expected"][metric], reliability["tolerance"])


def test_alpha_is_ordinal_unless_told_otherwise() -> None:
    reliability = case("krippendorff_alpha")
    alpha = krippendorff_alpha(reliability["input"]["data"])
    assert alpha == close(reliability["expected"]["ordinal"], reliability["tolerance"])


def test_rank_order_centroids_are_the_published_fractions_and_decimals() -> None:
    weights = case("roc_weights")
    expected = weights["expected"]
    for count in weights["input"]["n"]:
        centroids = rank_order_centroid(count)
        fractions = [float(Fraction(one)) for one in expected["fractions"][str(count)]]
        assert centroids == close(fractions, 1e-12)
        assert centroids == close(expected["decimals"][str(count)], weights["tolerance"])
    for count, decimals in expected["published"].items():
        assert rank_order_centroid(int(count)) == close(decimals, weights["tolerance"])


def test_agreement_within_a_group_is_the_textbooks() -> None:
    group = case("rwg_ad_definitional")
    five, six = group["input"]["ratings5"], group["input"]["ratings6"]
    expected, exact = group["expected"], group["exact_tolerance"]
    assert within_group_agreement(five, options=5) == close(expected["rwg5"], exact)
    assert within_group_agreement(six, options=6) == close(expected["rwg6_truncated"], exact)
    for options, spread in zip(group["input"]["A"], expected["null_var"], strict=True):
        # r_wg = 1 - variance / null variance, so the null variance can be read back
        agreement = within_group_agreement(five, options=options)
        assert expected["var5"] / (1 - agreement) == close(spread, exact)


def test_average_deviations_are_the_textbooks() -> None:
    group = case("rwg_ad_definitional")
    five, six = group["input"]["ratings5"], group["input"]["ratings6"]
    expected, exact = group["expected"], group["exact_tolerance"]
    assert average_deviation(five, about="mean") == close(expected["ADM5"], exact)
    assert average_deviation(five) == close(expected["ADMd5"], exact)
    assert average_deviation(six, about="mean") == close(expected["ADM6"], exact)


def test_a_dispute_starts_where_burke_and_dunlap_cut_off() -> None:
    group = case("rwg_ad_definitional")
    cut_offs = [DISPUTED_SHARE * options for options in group["input"]["cut_points"]]
    assert cut_offs == close(group["expected"]["cutoffs_published"], group["tolerance"])


@pytest.mark.parametrize("number", [1, 2, 3])
def test_shares_of_first_place_are_lengths_and_areas_of_the_weights(number: int) -> None:
    smaa = case("smaa_analytic")
    shares = acceptability(smaa["input"][f"case{number}"], samples=DRAWS)
    first = [row[0] for row in shares]
    assert first == close(smaa["expected"][f"case{number}_first"], smaa["mc_tolerance"])


def test_central_weights_are_the_middles_of_where_each_is_first() -> None:
    smaa = case("smaa_analytic")
    expected, tolerance = smaa["expected"], smaa["mc_tolerance"]
    two = central_weights(smaa["input"]["case2"])
    three = central_weights(smaa["input"]["case3"])
    assert two == [close(weights, tolerance) for weights in expected["case2_cw"]]
    for place in range(3):
        assert three[place][place] == close(expected["case3_cw_diag"], tolerance)


def central_weights(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return for each alternative the mean of the drawn weights at which it is first."""
    columns = weight_columns(len(rows[0]), None, DRAWS, Random(1))  # noqa: S311
    values = [weighted_column(row, columns) for row in rows]
    centres = []
    for one in range(len(rows)):
        won = [
            draw
            for draw in range(DRAWS)
            if rank_shares([[column[draw]] for column in values])[one][0] == 1
        ]
        centres.append([fsum(column[draw] for draw in won) / len(won) for column in columns])
    return centres


def test_a_weighted_sum_between_bounds_is_one_less_the_published_regret() -> None:
    choice = case("wsm_minmax_vikor_tzeng_2011")
    rows, weights = choice["input"]["matrix"], choice["input"]["weights"]
    bounds = [(min(column), max(column)) for column in zip(*rows, strict=True)]
    values = additive_value(rows, weights, bounds, directions=choice["input"]["types"])
    expected, tolerance = choice["expected"], choice["tolerance"]
    assert values == close(expected["weighted_sum_minmax"], tolerance)
    assert [1 - value for value in values] == close(expected["S"], tolerance)


def test_the_parts_of_a_weighted_sum_give_the_published_worst_regret() -> None:
    choice = case("wsm_minmax_vikor_tzeng_2011")
    rows, weights = choice["input"]["matrix"], choice["input"]["weights"]
    bounds = [(min(column), max(column)) for column in zip(*rows, strict=True)]
    worst = [
        max(
            weight - part
            for weight, part in zip(weights, weighted_parts(row, weights, bounds), strict=True)
        )
        for row in rows
    ]
    assert worst == close(choice["expected"]["R"], choice["tolerance"])
