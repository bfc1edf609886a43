"""`--what-if`: does what it says, changes nothing on disk, refuses clearly.

All on the shop of tests/cases/own-questionnaire: four criteria, pain, gap, readiness and
effort, in that order, so that their rank-order centroids are 25, 13, 7 and 3 of 48.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
ANSWERS = SHOP / "answers.yaml"


def test_without_a_change_selling_comes_first(tool: Tool) -> None:
    data = tried(tool)
    assert data["first"] == "verkopen"
    weights = {"pain": 25 / 48, "gap": 13 / 48, "readiness": 7 / 48, "effort": 3 / 48}
    assert data["weights"] == pytest.approx(weights)
    # (2 x 1 + 1 x 2) / 3 = 4/3 against a target of 3, on a scale 3 wide: 5 x (5/3) / 3
    assert points(data, "verkopen") == pytest.approx(
        {"pain": 4, "gap": 25 / 9, "readiness": 3, "effort": points(data, "verkopen")["effort"]}
    )


def test_less_pain_moves_the_pick_and_the_text_says_so(tool: Tool) -> None:
    data = tried(tool, "pain.verkopen=0")
    assert data["first"] == "draaien"
    assert points(data, "verkopen")["pain"] == 0
    out = tool("rank", ANSWERS, "--what-if", "pain.verkopen=0").stdout
    assert "Without this change it would be Verkopen." in out
    same = tool("rank", ANSWERS, "--what-if", "pain.verkopen=5").stdout
    assert "With this change the pick stays as it is." in same


def test_one_weight_is_set_and_the_others_keep_their_proportions(tool: Tool) -> None:
    # the other three weigh 25 + 7 + 3 = 35 of 48; they now share 0.1 in that proportion
    weights = {"pain": 2.5 / 35, "gap": 0.9, "readiness": 0.7 / 35, "effort": 0.3 / 35}
    assert tried(tool, "weights.gap=0.9")["weights"] == pytest.approx(weights)


def test_a_target_moves_the_gap(tool: Tool) -> None:
    # 2 - 4/3 = 2/3 on a scale 3 wide: 5 x (2/3) / 3
    assert points(tried(tool, "targets.verkopen=2"), "verkopen")["gap"] == pytest.approx(10 / 9)


def test_capacity_changes_what_a_quarter_holds(tool: Tool) -> None:
    def quarters(*changes: str) -> list[Any]:
        return [
            (wave["capacity"], wave["days"])
            for wave in tried(tool, *changes, of="roadmap")["waves"]
        ]

    assert quarters() == [(2, 2), (2, 2)]
    assert quarters("capacity.days_per_quarter=0") == [(0, 0), (0, 0)]
    [(room, used), *none] = quarters("capacity.days_per_quarter=40", "capacity.quarters=1")
    assert (room, none) == (40, [])
    assert used > 4


def test_an_order_of_criteria_gives_its_centroids_and_leaves_the_rest_out(tool: Tool) -> None:
    # two criteria: (1 + 1/2) / 2 and (1/2) / 2
    weights = {"pain": 0, "gap": 0.25, "readiness": 0, "effort": 0.75}
    assert tried(tool, "criteria=effort,gap")["weights"] == pytest.approx(weights)


def test_whole_weights_replace_an_order(tool: Tool) -> None:
    weights = tried(tool, "criteria=effort,gap", "weights={pain: 3, gap: 1}")["weights"]
    assert weights == pytest.approx({"pain": 0.75, "gap": 0.25, "readiness": 0, "effort": 0})


def test_an_answer_is_changed(tool: Tool) -> None:
    # storing 1 (weight 1), kopie 4 (weight 2): (1 + 8) / 3 = 3, the target itself
    data = tried(tool, "answers.draaien.kopie.terug=4")
    assert points(data, "draaien")["gap"] == 0
    told = tried(tool, "answers.draaien.kopie.terug=4", of="explain", name="draaien")
    assert told["value"] == pytest.approx(3)


def test_an_answer_can_be_given_in_its_long_form_or_taken_away(tool: Tool) -> None:
    unsure = tried(
        tool,
        "answers.draaien.kopie.terug={level: 3, unsure: true}",
        of="explain",
        name="draaien.kopie.terug",
    )
    assert unsure["value"] == 3
    assert "2 to 4" in unsure["text"]
    gone = tried(
        tool,
        "answers.draaien.storing.opschrijven=",
        of="explain",
        name="draaien.storing.opschrijven",
    )
    assert gone["value"] is None
    assert "Unanswered" in gone["text"]


def test_changes_add_up_in_the_order_given(tool: Tool) -> None:
    data = tried(tool, "pain.verkopen=0", "criteria=gap", "context.pain.verkopen=1")
    assert points(data, "verkopen")["pain"] == 1
    assert data["weights"]["gap"] == 1


def test_nothing_on_disk_changes(tool: Tool, tmp_path: Path) -> None:
    shutil.copytree(SHOP, tmp_path / "shop")

    def state() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes())
            for path in (tmp_path / "shop").rglob("*")
            if path.is_file()
        }

    before = state()
    for command in ("rank", "roadmap", "explain"):
        ended = tool(command, "shop/answers.yaml", "--what-if", "pain.verkopen=0")
        assert (ended.returncode, ended.stderr) == (0, "")
    assert state() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("pain.verkopen", "write it as PATH=VALUE"),
        ("=3", "write it as PATH=VALUE"),
        ("pain.verkoop=3", "did you mean verkopen"),
        ("pain.verkopen=9", "9 is above 5"),
        ("pain.verkopen=much", "much"),
        ("pain.verkopen=[", "bracket"),
        ("pain.verkopen={a: 1, a: 2}", "twice"),
        ("weights.gap=1.5", "a share from 0 to 1"),
        ("weights.gap=true", "a share from 0 to 1"),
        ("weights.gab=0.5", "did you mean gap"),
        ("weights.goals=0.5", "goals"),
        ("targets.verkopen=9", "9"),
        ("capacity.quarters=0", "0 is below 1"),
        ("capacity.days=3", "days is not known"),
        ("criteria=", "criteri"),
        ("criteria=gap,gap", "twice"),
        ("criteria=gap,nonsense", "nonsense"),
        ("answers.verkopen.kassa.nonsense=2", "nonsense"),
        ("answers.verkopen.kassa.prijs=0", "0 is not on the scale"),
        ("answers=3", "answers."),
        ("organisation.employees=3", "organisation cannot be changed"),
    ],
)  # fmt: skip
def test_a_bad_change_ends_with_2_and_one_clear_line(change: str, said: str, tool: Tool) -> None:
    ended = tool("rank", ANSWERS, "--what-if", change)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith(f"--what-if {change}: ")
    complaint = ended.stderr.removeprefix(f"--what-if {change}: ")
    assert said in complaint
    assert not any(word in complaint for word in ("literal", "NoneType", "dict", "pydantic"))


def test_one_bad_change_among_good_ones_stops_the_run(tool: Tool) -> None:
    ended = tool("rank", ANSWERS, "-w", "pain.verkopen=1", "-w", "nonsense=1")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("--what-if nonsense=1: ")


def tried(tool: Tool, *changes: str, of: str = "rank", name: str | None = None) -> Any:
    """Return a command's JSON with these changes tried."""
    options = [word for change in changes for word in ("--what-if", change)]
    ended = tool(of, ANSWERS, *([name] if name else []), "--format", "json", *options)
    assert (ended.returncode, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


def points(data: Any, stream: str) -> Any:
    return next(one["points"] for one in data["streams"] if one["id"] == stream)
