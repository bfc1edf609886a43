"""The GitHub action: its steps' shell is run for real, by a small runner."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
import yaml
from action_runner import Runner
from pipeline import commit, firms, lowered, project

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from action_runner import Ended

ACTION = ROOT / "action.yml"
BROKEN = "format: 1\nquestionnaire: it4it\norganisation: {name: A}\nanswers:\n  d2c.nonsense: 3\n"
OUT_OF_REACH = "::error file=clients/bakery.yaml,line="


class Action(Protocol):
    """Runs the step that assesses, with these inputs."""

    def __call__(self, **given: str) -> Ended: ...


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return firms(tmp_path / "a firm's work")


@pytest.fixture
def action(firm: Path, tmp_path: Path) -> Action:
    """Run the action with the program at hand in the place of the one it would install."""
    temp = tmp_path / "runner temp"
    program = temp / "it4it-assess" / "bin" / "it4it-assess"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m it4it_assess "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)

    def run(**given: str) -> Ended:
        named = {name.replace("_", "-"): value for name, value in given.items()}
        return Runner(ACTION, firm, temp).run(named, {}, only="assess")

    return run


INDEX = {"index.html", "index.json", "index.md"}
"""What lists the reports of several firms."""


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_action_installs_itself_and_does_all_there_is_to_do(
    firm: Path, tmp_path: Path
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    checkout = project(tmp_path / "the action's checkout")
    ended = Runner(checkout / "action.yml", firm, temp).run(
        {"policy": "policy.yaml", "sarif": "findings.sarif"},
        {"steps.python.outputs.python-path": sys.executable},
    )
    assert ended.code == 0, ended.log
    assert ended.outputs == {"validate": "0", "check": "0", "report": "0"}
    assert names(firm / "reports") == INDEX | {
        f"{one}{ending}"
        for one in ("agency", "bakery", "manufacturer")
        for ending in (".md", ".html")
    }  # fmt: skip
    assert "0 of 6 rules broken in 3 files." in ended.summary
    assert json.loads((firm / "findings.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "\nreports/bakery.md\n" in ended.log


def test_with_nothing_but_files_it_validates_and_reports(action: Action, firm: Path) -> None:
    ended = action(files="clients/bakery.yaml", out="site", format="json", audience="owner")
    assert (ended.code, ended.outputs) == (0, {"validate": "0", "check": "", "report": "0"})
    assert names(firm / "site") == {"bakery.json"}


def test_a_broken_floor_fails_marks_the_line_and_still_reports(action: Action, firm: Path) -> None:
    lowered(firm / "clients" / "bakery.yaml", "d2c.incident.home-help")
    ended = action(min="d2c.incident=0.9  overall=1")
    assert (ended.code, ended.outputs) == (1, {"validate": "0", "check": "1", "report": "0"})
    assert "\n::error file=clients/bakery.yaml,line=346,col=3,title=min::Incident: scores" in (
        "\n" + ended.log
    )
    assert "| clients/bakery.yaml | Incident: scores 0.60; the floor is 0.9 |" in ended.summary
    assert (firm / "reports" / "bakery.html").is_file()


def test_a_fall_since_the_last_commit_fails(action: Action, firm: Path) -> None:
    lowered(firm / "clients" / "bakery.yaml", "d2c.incident.home-help")
    commit(firm, "Worse")
    ended = action(baseline="HEAD~1:", commands="check")
    assert (ended.code, ended.outputs) == (1, {"validate": "", "check": "1", "report": ""})
    assert OUT_OF_REACH in ended.log
    assert action(baseline="HEAD:", commands="check").code == 0
    assert action(baseline="HEAD~1:", max_drop="1", commands="check").code == 0


def test_mistakes_in_a_file_are_marked_and_nothing_is_judged(action: Action, firm: Path) -> None:
    (firm / "clients" / "slip.yaml").write_text(BROKEN, encoding="utf-8")
    ended = action(policy="policy.yaml")
    assert (ended.code, ended.outputs) == (1, {"validate": "1", "check": "", "report": ""})
    assert ended.log.startswith("::error file=clients/slip.yaml,line=5,col=3,title=readable::")
    assert not (firm / "reports").exists()


def test_reports_that_differ_fail_and_stay(action: Action, firm: Path) -> None:
    assert action().code == 0
    assert action(check_only="true").code == 0
    edited = firm / "reports" / "bakery.md"
    edited.write_text("Edited by hand.\n", encoding="utf-8")
    ended = action(check_only="true")
    assert (ended.code, ended.outputs["report"]) == (1, "1")
    assert "-Edited by hand." in ended.log
    assert edited.read_text(encoding="utf-8") == "Edited by hand.\n"


def test_names_with_blanks_dashes_and_patterns_are_taken_as_they_are(
    action: Action, firm: Path
) -> None:
    bakery = firm / "clients" / "bakery.yaml"
    for name in ("two words.yaml", "-dash.yaml", "a*b.yaml", "[c].yaml"):
        shutil.copy(bakery, firm / name)
    ended = action(files="two words.yaml\n-dash.yaml\r\n\na*b.yaml\n[c].yaml\nclients/*r.yaml")
    assert ended.code == 0, ended.log
    assert names(firm / "reports") == INDEX | {
        f"{one}{ending}"
        for one in ("two words", "-dash", "a*b", "[c]", "manufacturer")
        for ending in (".md", ".html")
    }


HOSTILE = (
    "; touch gotcha; `touch gotcha` $(touch gotcha) ${IFS}touch${IFS}gotcha ${{ github.token }}",
    "' ; touch gotcha '", '"; touch gotcha; "', "x\ntouch gotcha\n", "--out=gotcha",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "name",
    ["files", "commands", "policy", "baseline", "min", "max-drop", "sarif", "format", "audience",
     "check-only", "questionnaire"],
)  # fmt: skip
def test_an_input_is_never_run(name: str, text: str, action: Action, firm: Path) -> None:
    before = names(firm)
    ended = action(**{name: text, **({} if name == "files" else {"files": "clients/bakery.yaml"})})
    assert "gotcha" not in names(firm)
    if name == "sarif":
        assert ended.code == 0, "it was not asked to check"
    else:
        assert ended.code == 2, ended.log
        assert names(firm) - {"reports"} == before


@pytest.mark.parametrize("text", HOSTILE)
def test_a_folder_for_reports_is_only_a_name(text: str, action: Action, firm: Path) -> None:
    ended = action(files="clients/bakery.yaml", out=text)
    assert ended.code == 0
    assert {path.name for path in firm.rglob("gotcha")} == set() or text == "--out=gotcha"
    assert (firm / text / "bakery.md").is_file()


def test_extras_are_names_and_nothing_else(firm: Path, tmp_path: Path) -> None:
    used = {"steps.python.outputs.python-path": "/bin/false"}
    for text in HOSTILE:
        ended = Runner(ACTION, firm, tmp_path).run({"extras": text}, used)
        assert (ended.code, ended.log) == (2, "extras: give names such as xlsx,docx\n")


@pytest.mark.parametrize(
    "name",
    ["$(touch gotcha).yaml", "; touch gotcha;.yaml", "::error::hello.yaml",
     "a\n::add-mask::b.yaml",
     "`touch gotcha`.yaml", "%0A::warning::x.yaml"],
)  # fmt: skip
def test_a_file_may_have_any_name(name: str, action: Action, firm: Path) -> None:
    bakery = (firm / "clients" / "bakery.yaml").read_text(encoding="utf-8")
    (firm / name).write_text(bakery, encoding="utf-8")
    (firm / f"x{name}").write_text(BROKEN, encoding="utf-8")
    for given in ({"commands": "report"}, {"min": "overall=4", "commands": "check"}, {}):
        ended = action(files=".", check_only="true", **given)
        assert ended.code in {1, 2}
        assert set(commands(ended.log)) <= {"error file=", "stop-commands"}
    assert not (firm / "gotcha").exists()


def commands(log: str) -> list[str]:
    """Return what GitHub would take for commands in a log, in order."""
    found, stopped = [], None
    for line in log.splitlines():
        if stopped is not None:
            stopped = None if line == f"::{stopped}::" else stopped
        elif line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
            found.append("stop-commands")
        elif line.startswith("::"):
            found.append("error file=" if line.startswith("::error file=") else line)
    assert stopped is None, "the runner would be left deaf"
    return found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"files": ""}, "files: name an answer file or a folder of them\n"),
        ({"commands": "rank"}, "commands: give some of validate, check and report\n"),
        ({"check-only": "yes"}, "check-only: give true or false\n"),
        (
            {"commands": "validate report", "min": "1"},
            "commands: a policy, floor or baseline needs check among them\n",
        ),
    ],
)
def test_what_makes_no_sense_is_said(given: dict[str, str], said: str, action: Action) -> None:
    ended = action(**given)
    assert (ended.code, ended.log) == (2, said)


def test_a_check_of_nothing_fails(action: Action) -> None:
    ended = action(commands="check")
    assert ended.code == 2
    assert "there is nothing to check; give --min, --baseline or --policy" in ended.log


def test_the_action_is_of_the_form_its_host_reads() -> None:
    checks = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-actions",
    ]
    ended = subprocess.run(
        [*checks, str(ACTION)], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 0, ended.stdout


def test_the_shell_of_the_action_has_no_known_flaw(tmp_path: Path) -> None:
    for number, step in enumerate(yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]):
        if "run" in step:
            script = tmp_path / f"{number}.sh"
            script.write_text(step["run"], encoding="utf-8")
            ended = subprocess.run(
                ["shellcheck", "--shell=bash", str(script)],  # noqa: S607
                capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
            assert ended.returncode == 0, ended.stdout
