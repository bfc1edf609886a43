"""`--method optimal` and `--capacity-curve`, as somebody at a terminal meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import EXAMPLES
from it4it_assess.model.assessment import Roadmap
from it4it_assess.report.words import proof

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Tool
    from it4it_assess.model.assessment import Assessment

BAKERY = EXAMPLES / "bakery.yaml"
BEST = (
    "The roadmap is proven best: of the plans that do as much for the first stream in the "
    "first quarter, none is worth more by the values and days given."
)
NO_EXTRA = "raise ImportError('blocked')\n"


def printed(ended: Any) -> str:
    assert (ended.returncode, ended.stderr) == (0, "")
    return str(ended.stdout)


def test_the_best_plan_is_printed_with_how_good_it_is(tool: Tool) -> None:
    assert BEST in printed(tool("roadmap", BAKERY, "--method", "optimal")).split("\n")
    assert BEST not in printed(tool("roadmap", BAKERY))


def test_json_of_the_best_plan_is_json_alone_with_method_bound_and_gap(
    tool: Tool, example: Callable[[str], Assessment]
) -> None:
    best = json.loads(printed(tool("roadmap", BAKERY, "--method", "optimal", "-f", "json")))
    usual = json.loads(printed(tool("roadmap", BAKERY, "-f", "json")))
    assert (best["method"], best["gap"]) == ("optimal", 0)
    assert best["value"] <= best["bound"] <= best["value"] * (1 + 1e-6)
    assert (usual["method"], usual["bound"], usual["gap"]) == ("greedy", None, None)
    assert usual["value"] == example("bakery").roadmap.value
    assert best["value"] > usual["value"]
    assert set(best) == set(usual)


def test_the_best_plan_is_the_same_bytes_every_time(tool: Tool) -> None:
    ask = ("roadmap", BAKERY, "--method", "optimal", "--format", "json")
    assert printed(tool(*ask)) == printed(tool(*ask))


def test_a_report_of_the_best_plan_says_so(tool: Tool, tmp_path: Path) -> None:
    printed(tool("report", BAKERY, "--method", "optimal", "--out", "best"))
    for form in ("md", "html"):
        text = (tmp_path / "best" / f"bakery.{form}").read_text(encoding="utf-8")
        assert BEST in text
        assert "heuristic" not in text


@pytest.mark.parametrize("command", ["roadmap", "report"])
def test_without_the_solver_its_extra_is_named(command: str, tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "highspy.py").write_text(NO_EXTRA, encoding="utf-8")
    ended = tool(command, BAKERY, "--method", "optimal", PYTHONPATH=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "the optimal plan needs the solver HiGHS, which is not installed; "
        "run: pip install 'it4it-assess[optimal]'\n"
    )


def test_a_capacity_curve_is_a_table_and_a_sentence(tool: Tool) -> None:
    out = printed(tool("roadmap", BAKERY, "--capacity-curve"))
    table, said = out.split("\n\n")
    scale, sentence = said.rstrip("\n").split("\n")
    rows = [line.split("\t") for line in table.split("\n")[1:]]
    assert [row[0] for row in rows] == [
        "Days a quarter", "10", "15", "20 (now)", "25", "30", "33 (+1 day a week)", "40", "60",
    ]  # fmt: skip
    assert all(len(row) == 4 for row in rows)
    assert scale == "Worth is beside the plan of today's days, which is 100 %."
    assert sentence.startswith("One more day a week (13 days a quarter) ")


@pytest.mark.parametrize("method", ["greedy", "optimal"])
def test_a_capacity_curve_as_json_has_the_roadmap_among_its_points(
    method: str, tool: Tool
) -> None:
    ask = ("roadmap", BAKERY, "--method", method, "--format", "json")
    curve = json.loads(printed(tool(*ask, "--capacity-curve")))
    roadmap = json.loads(printed(tool(*ask)))
    assert set(curve) == {
        "organisation", "first", "method", "quarters", "now", "one_more_day_a_week", "points",
        "says",
    }  # fmt: skip
    [own] = [point for point in curve["points"] if point["more"] == 0]
    assert (own["value"], own["gap"]) == (roadmap["value"], roadmap["gap"])
    assert curve["says"].startswith("One more day a week")
    if method == "optimal":
        values = [point["value"] for point in curve["points"]]
        assert values == sorted(values)


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (None, "The roadmap is a heuristic and is not proved to be the best one."),
        (0, BEST),
        (0.0301, "The roadmap is within 3.1 % of the best possible plan."),
        (0.03, "The roadmap is within 3 % of the best possible plan."),
        (0.00001, "The roadmap is within 0.1 % of the best possible plan."),
    ],
)
def test_a_gap_is_never_told_smaller_than_it_is(gap: float | None, said: str) -> None:
    roadmap = Roadmap(
        size="small", method="optimal", value=1, gap=gap, currency="EUR", waves=(),
        initiatives=(), today={}, days=0, cost=None,
    )  # fmt: skip
    assert proof(roadmap) == said
