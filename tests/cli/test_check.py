"""`check`: floors, baselines, and what a CI job makes of the outcomes."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from conftest import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

FIRM = """\
format: 1
questionnaire: ./shop
organisation: {name: "Shop | 5 % off, inc."}
answers:
  a.1: 3
  a.2: 1
  b.1: 2
"""
SHOP = {
    "questionnaire.yaml": """\
format: 1
id: shop
title: Shop
version: "1.0"
scale: [{value: 0, name: no}, {value: 1, name: a}, {value: 2, name: b}, {value: 3, name: c}]
lenses: [{id: eye, title: Eye}]
streams: [a.yaml, b.yaml]
""",
    "a.yaml": """\
id: a
title: Buying
components:
  - id: a.part
    title: Part
    questions:
      - {id: a.1, ask: First?, levels: {0: n, 1: o, 2: p, 3: q}}
      - {id: a.2, ask: Second?, lenses: [eye], levels: {0: n, 1: o, 2: p, 3: q}}
""",
    "b.yaml": """\
id: b
title: Selling
components:
  - id: b.part
    title: Till
    questions: [{id: b.1, ask: Third?, levels: {0: n, 1: o, 2: p, 3: q}}]
""",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a firm: Buying scores (3 + 1) / 2 = 2, Selling 2, overall (2 + 2) / 2 = 2."""
    (tmp_path / "shop").mkdir()
    for name, text in SHOP.items():
        (tmp_path / "shop" / name).write_text(text, encoding="utf-8")
    path = tmp_path / "firm.yaml"
    path.write_text(FIRM, encoding="utf-8")
    return path


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def outcomes(tool: Tool, *arguments: str) -> list[dict[str, Any]]:
    ended = tool("check", "firm.yaml", *arguments, "--format", "json")
    assert ended.stderr == ""
    (file,) = json.loads(ended.stdout)["files"]
    found: list[dict[str, Any]] = file["outcomes"]
    return found


def test_floors_hold_at_the_very_score_and_not_above_it(shop: Path, tool: Tool) -> None:
    kept = tool("check", shop.name, "--min", "a=2", "--min", "2", "--min", "eye=1")
    assert (kept.returncode, kept.stdout) == (0, "0 of 3 rules broken in 1 file\n")
    broken = tool("check", shop.name, "--min", "a=2.01", "--min", "b.part=3", "--min", "eye=1")
    assert broken.returncode == 1
    assert broken.stdout.splitlines() == [
        "firm.yaml:6:3: Buying: scores 2.00; the floor is 2.01",
        "firm.yaml:7:3: Till: scores 2.00; the floor is 3",
        "2 of 3 rules broken in 1 file",
    ]


def test_levels_and_coverage_have_floors_too(shop: Path, tool: Tool) -> None:
    shop.write_text(FIRM.replace("  a.1: 3\n", ""), encoding="utf-8")
    found = outcomes(
        tool, "--min-level", "b=2", "--min-level", "3", "--min-coverage", "a=0.5",
        "--min-coverage", "0.8", "--min", "a=1",
    )  # fmt: skip
    assert [(one["rule"], one["subject"], one["holds"], one["message"]) for one in found] == [
        ("min", "a", False, "Buying: no score can be given (50% answered); the floor is 1"),
        ("min-level", "b", True, "Selling: reaches level 2; level 2 is asked for"),
        ("min-level", "overall", False, "Overall: reaches level 1; level 3 is asked for"),
        ("min-coverage", "a", True, "Buying: 50.0% answered; 50.0% is asked for"),
        ("min-coverage", "overall", False, "Overall: 75.0% answered; 80.0% is asked for"),
    ]
    assert found[0]["question"] == "a.1", "the one that nobody answered weighs as its lowest"
    assert (found[4]["question"], found[4]["line"]) == ("a.1", 4), "it would stand under answers:"


def test_nothing_may_fall_below_an_earlier_file(shop: Path, tool: Tool) -> None:
    old = shop.with_name("old.yaml")
    old.write_text(FIRM.replace("a.1: 3", "a.1: 2").replace("b.1: 2", "b.1: 3"), encoding="utf-8")
    broken = [one for one in outcomes(tool, "--baseline", "old.yaml") if not one["holds"]]
    assert [(one["subject"], one["question"], one["message"]) for one in broken] == [
        ("overall", "b.1", "Overall: scores 2.00; the baseline has 2.25"),
        ("b", "b.1", "Selling: scores 2.00; the baseline has 3.00"),
        ("b.part", "b.1", "Till: scores 2.00; the baseline has 3.00"),
    ]
    some = outcomes(tool, "--baseline", "old.yaml", "--max-drop", "0.25")
    assert [one["subject"] for one in some if not one["holds"]] == ["b", "b.part"]
    assert tool("check", "firm.yaml", "-b", "old.yaml", "--max-drop", "1").returncode == 0


def test_a_score_that_can_no_longer_be_given_has_fallen(shop: Path, tool: Tool) -> None:
    shutil.copy(shop, shop.with_name("old.yaml"))
    shop.write_text(FIRM.replace("  b.1: 2\n", ""), encoding="utf-8")
    broken = [one["message"] for one in outcomes(tool, "-b", "old.yaml") if not one["holds"]]
    assert broken[0] == "Overall: no score can be given now; the baseline has 2.00"


def test_the_baseline_may_be_a_git_revision(shop: Path, tool: Tool) -> None:
    folder = shop.parent
    shop.write_text(FIRM.replace("a.1: 3", "a.1: 2"), encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    shop.write_text(FIRM.replace("a.1: 3", "a.1: 1"), encoding="utf-8")
    broken = tool("check", "firm.yaml", "--baseline", "HEAD:")
    assert broken.returncode == 1
    assert "firm.yaml:5:3: Buying: scores 1.00; the baseline has 1.50" in broken.stdout
    git(folder, "commit", "-qam", "two")
    assert tool("check", "firm.yaml", "--baseline", "HEAD:firm.yaml").returncode == 0
    assert tool("check", "firm.yaml", "--baseline", "HEAD~1:").returncode == 1
    sub = folder / "sub"
    sub.mkdir()
    again = tool("check", "../firm.yaml", "--baseline", "HEAD~1:", cwd=sub)
    assert again.returncode == 1, "the same file, wherever the tool is started"


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        ("nowhere.yaml", "nowhere.yaml: there is no such baseline; name a file, a folder, "),
        ("--output=x:y", "--output=x:y: there is no such baseline"),
        ("HEAD:", "HEAD:: git cannot give it: fatal: not a git repository"),
    ],
)
def test_a_baseline_that_cannot_be_had_is_said(
    baseline: str, said: str, shop: Path, tool: Tool
) -> None:
    ended = tool("check", shop.name, f"--baseline={baseline}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(said)


def test_a_new_firm_has_nothing_to_fall_below(shop: Path, tool: Tool) -> None:
    folder = shop.parent
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    shutil.copy(shop, folder / "new.yaml")
    (folder / "before").mkdir()
    for baseline in ("HEAD:", "before"):
        ended = tool("check", "new.yaml", "--baseline", baseline, "--min", "a=2.5")
        assert ended.returncode == 1, "its floors hold all the same"
        assert ended.stdout.splitlines()[-1] == "1 of 1 rule broken in 1 file"
        said = f"new.yaml: it is not in {baseline} yet; nothing to fall below\n"
        assert ended.stderr == said
    named = tool("check", "new.yaml", "--baseline", "HEAD:new.yaml")
    assert named.returncode == 2, "a file that is named must be there"
    assert named.stderr.startswith("HEAD:new.yaml: git cannot give it: ")


def test_a_clone_without_older_commits_is_told_to_fetch_some(shop: Path, tool: Tool) -> None:
    folder = shop.parent
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    git(folder, "commit", "-qm", "two", "--allow-empty")
    git(folder, "clone", "-q", "--depth=1", folder.as_uri(), "shallow")
    ended = tool("check", "firm.yaml", "--baseline", "HEAD~1:", cwd=folder / "shallow")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("HEAD~1:: git cannot give it: fatal: ")
    assert ended.stderr.endswith(
        "; this clone has no older commits: let the job fetch more of them\n"
    )


def test_a_policy_lives_in_a_file(shop: Path, tool: Tool) -> None:
    policy = shop.with_name("policy.yaml")
    policy.write_text(
        "format: 1\nmin: {a: 1.5, overall: 2.5}\nmin_coverage: {b: 1}\n", encoding="utf-8"
    )
    found = outcomes(tool, "--policy", "policy.yaml", "--min", "overall=2")
    assert [(one["rule"], one["subject"], one["holds"]) for one in found] == [
        ("min", "a", True),
        ("min", "overall", True),
        ("min-coverage", "b", True),
    ], "the command line has the last word"
    policy.write_text(
        "format: 1\nmin: {bee: 1}\nmin_level: {a: -1}\nmin_coverage: {a: 2}\nmax: 3\n",
        encoding="utf-8",
    )
    ended = tool("check", "firm.yaml", "--policy", "policy.yaml")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "policy.yaml:2:7: there is no stream or component 'bee'; did you mean eye?",
        "policy.yaml:3:13: a: -1 is below 0; give 0 or more",
        "policy.yaml:4:16: a: 2 is above 1; give 1 or less",
        "policy.yaml:5:1: max is not known here; remove it, or check the spelling",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "there is nothing to check; give --min, --baseline or --policy"),
        (["--min", "c=1"], "--min c=1: nothing here is called 'c'"),
        (["--min", "a=much"], "--min a=much: 'much' is no number; write it as d2c=2.5"),
        (["--min", "a=nan"], "--min a=nan: 'nan' is no number; write it as d2c=2.5"),
        (["--min-level", "a=1.5"], "--min-level a=1.5: a level is a whole number"),
        (["--min-coverage", "80"], "--min-coverage 80: coverage is a share from 0 to 1"),
        (["--max-drop", "1"], "--max-drop: there is no baseline to fall below"),
    ],
)
def test_what_cannot_be_checked_is_said(
    arguments: list[str], said: str, shop: Path, tool: Tool
) -> None:
    ended = tool("check", shop.name, *arguments)
    assert ended.returncode == 2
    assert ended.stderr.startswith(said)


def test_a_bad_file_hides_no_broken_rule(shop: Path, tool: Tool) -> None:
    shop.with_name("bad.yaml").write_text(FIRM.replace("a.1: 3", "a.1: 9"), encoding="utf-8")
    ended = tool("check", "bad.yaml", "firm.yaml", "gone.yaml", "--min", "a=3")
    assert ended.returncode == 2
    assert ended.stdout.splitlines() == [
        "firm.yaml:6:3: Buying: scores 2.00; the floor is 3",
        "1 of 1 rule broken in 1 file; 2 files not read",
    ]
    assert "bad.yaml:5:3: 9 is not on the scale" in ended.stderr
    assert "gone.yaml:1:1: there is no such file; check the name" in ended.stderr


def test_folders_and_patterns_mean_the_answer_files_in_them(shop: Path, tool: Tool) -> None:
    for name in ("clients/one.yaml", "clients/deep/two.yml", "clients/.hidden/three.yaml"):
        (shop.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (shop.parent / name).write_text(
            FIRM.replace("./shop", "it4it")
            .replace("a.1: 3", "")
            .replace("a.2: 1", "")
            .replace("b.1: 2", ""),
            encoding="utf-8",
        )
    (shop.parent / "clients" / "policy.yaml").write_text("format: 1\n", encoding="utf-8")
    ended = tool("check", "clients", "--min-coverage", "0", "--format", "json")
    assert [one["file"] for one in json.loads(ended.stdout)["files"]] == [
        "clients/deep/two.yml",
        "clients/one.yaml",
    ]
    ended = tool("check", "clients/*.yaml", "firm.yaml", "firm.y*", "--min-coverage", "0")
    assert ended.returncode == 2, "policy.yaml is taken when a pattern names it"
    assert tool("check", "shop", "--min", "1").stderr == (
        "shop:1:1: there is no answer file in this folder\n"
    )
    assert tool("check", "*.txt", "--min", "1").stderr == (
        "*.txt:1:1: no file has a name like this\n"
    )


def test_junit_has_a_case_for_every_rule(shop: Path, tool: Tool) -> None:
    shop.with_name("bad.yaml").write_text("format: 2\n", encoding="utf-8")
    ended = tool("check", "firm.yaml", "bad.yaml", "--min", "a=3", "--min", "b=1", "-f", "junit")
    root = ET.fromstring(ended.stdout)  # noqa: S314  our own output
    firm, bad = root
    assert (firm.get("tests"), firm.get("failures"), firm.get("errors")) == ("2", "1", "0")
    assert [(case.get("name"), len(case)) for case in firm] == [("min a", 1), ("min b", 0)]
    failure = firm[0][0]
    assert failure.get("message") == "Buying: scores 2.00; the floor is 3"
    assert int(bad.get("errors", "")) == len(bad) > 0


def test_sarif_points_at_lines(shop: Path, tool: Tool) -> None:
    ended = tool("check", shop.name, "--min", "a=3", "--format", "sarif")
    data = json.loads(ended.stdout)
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    (result,) = run["results"]
    assert result["ruleId"] in rules
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "firm.yaml"
    assert place["region"] == {"startLine": 6, "startColumn": 3}


def test_github_gets_annotations_and_a_summary(shop: Path, tool: Tool) -> None:
    odd = shop.with_name("a,b%.yaml")
    shutil.copy(shop, odd)
    page = shop.with_name("summary.md")
    page.write_text("before\n", encoding="utf-8")
    ended = tool(
        "check", odd.name, "--min-coverage", "a=1", "--min", "a=3", "-f", "github",
        GITHUB_STEP_SUMMARY=str(page),
    )  # fmt: skip
    assert ended.stdout == (
        "::error file=a%2Cb%25.yaml,line=6,col=3,title=min::Buying: scores 2.00; the floor is 3\n"
    )
    assert page.read_text(encoding="utf-8").splitlines() == [
        "before",
        "### it4it-assess check",
        "",
        "1 of 2 rules broken in 1 file.",
        "",
        "| File | What is wrong |",
        "| :-- | :-- |",
        "| a,b%.yaml | Buying: scores 2.00; the floor is 3 |",
    ]


def test_the_shipped_firms_keep_to_themselves(tool: Tool) -> None:
    ended = tool("check", EXAMPLES, "--baseline", EXAMPLES)
    assert ended.returncode == 0
    assert ended.stdout.endswith("rules broken in 3 files\n")
