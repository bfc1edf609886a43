"""`migrate` as a consultant runs it whose client's file is a year old."""

from __future__ import annotations

import io
import json
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from interviewing import hold
from it4it_assess.collect.interview import Scope, lines_talk
from it4it_assess.files.load import load_answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Tool

VERSIONS = ROOT / "tests" / "versions"
EXPECTED = VERSIONS / "expected"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return a folder with a client's answers and the shop's three versions in it."""
    shutil.copytree(VERSIONS, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "expected")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "it4it-assess"
    }


@pytest.mark.parametrize("form", ["table", "json", "md"])
def test_a_check_tells_all_and_writes_nothing(
    form: str, client: Path, tool: Tool, golden: Callable[[Path, str], None]
) -> None:
    before = files(client)
    ended = tool("migrate", "answers.yaml", "--check", "--format", form)
    assert (ended.returncode, ended.stderr) == (1, "")
    golden(EXPECTED / f"check.{'txt' if form == 'table' else form}", ended.stdout)
    assert files(client) == before


def test_the_new_file_stands_beside_the_old_and_is_its_owners_alone(
    client: Path, tool: Tool
) -> None:
    before = files(client)
    ended = tool("migrate", "answers.yaml")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-2:] == [
        (
            "Wrote answers-1.2.yaml; answers.yaml is as it was. "
            "Open: 3, of which 3 by this change. Ask them with:"
        ),
        "it4it-assess interview answers-1.2.yaml --only-unanswered",
    ]
    after = files(client)
    written = after.pop("answers-1.2.yaml").decode()
    assert after == before
    assert written == (EXPECTED / "answers-1.2.yaml").read_text(encoding="utf-8")
    assert stat.S_IMODE((client / "answers-1.2.yaml").stat().st_mode) == 0o600


def test_the_command_it_ends_with_asks_what_opened_and_no_more(client: Path, tool: Tool) -> None:
    last = tool("migrate", "answers.yaml").stdout.splitlines()[-1]
    assert last == "it4it-assess interview answers-1.2.yaml --only-unanswered"
    path, heard = client / "answers-1.2.yaml", io.StringIO()
    lines = iter(["2\n", "1\n", "0\n"])
    sitting = hold(path, Scope(only_unanswered=True), lines_talk(lines, heard))
    done = load_answers(path).answers
    asked = ("till.cash.float", "stock.flour.check", "stock.flour.date")
    assert [done[name].level for name in asked] == [2, 1, 0]  # type: ignore[union-attr]
    assert sitting.open == 0
    assert done["stock.flour.check"].note == (  # type: ignore[union-attr]
        "(stock.flour.check in 1.1: anna 2, jo 1 (only the bags))"
    )


def test_a_file_of_the_present_version_is_left_alone(client: Path, tool: Tool) -> None:
    tool("migrate", "answers.yaml", "--in-place")
    before = files(client)
    said = "answers.yaml: answers version 1.2 of shop already; nothing to do\n"
    for option in ("--check", "--in-place", "--out=elsewhere.yaml"):
        ended = tool("migrate", "answers.yaml", option)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, said, "")
    data = json.loads(tool("migrate", "answers.yaml", "-f", "json").stdout)
    assert [(one["changed"], one["written"], one["steps"]) for one in data] == [(False, None, [])]
    assert files(client) == before


def test_in_place_changes_the_file_and_nothing_else(client: Path, tool: Tool) -> None:
    path = client / "answers.yaml"
    path.chmod(0o640)
    before = files(client)
    ended = tool("migrate", "answers.yaml", "--in-place")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Changed answers.yaml. Open: 3" in ended.stdout
    after = files(client)
    assert after.pop("answers.yaml") == (EXPECTED / "answers-1.2.yaml").read_bytes()
    del before["answers.yaml"]
    assert after == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_in_place_keeps_off_a_file_that_an_interview_holds(client: Path, tool: Tool) -> None:
    (client / ".answers.yaml.lock").write_text("1")
    before = files(client)
    ended = tool("migrate", "answers.yaml", "--in-place")
    assert ended.returncode == 2
    assert "(process 1) has this file open" in ended.stderr
    assert files(client) == before


def test_what_was_written_before_a_file_that_could_not_be_is_told(
    client: Path, tool: Tool
) -> None:
    shutil.copy(client / "answers.yaml", client / "second.yaml")
    (client / ".second.yaml.lock").write_text("1")
    before = (client / "second.yaml").read_bytes()
    ended = tool("migrate", "answers.yaml", "answers.yaml", "second.yaml", "--in-place")
    assert ended.returncode == 2
    first, second = ended.stderr.splitlines()
    assert first == "Written before what follows: answers.yaml"
    assert second.startswith("second.yaml: another interview (process 1) has this file open")
    assert (client / "answers.yaml").read_bytes() == (EXPECTED / "answers-1.2.yaml").read_bytes()
    assert (client / "second.yaml").read_bytes() == before


def test_line_ends_and_a_mark_at_the_start_stay(client: Path, tool: Tool) -> None:
    path = client / "answers.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert tool("migrate", "answers.yaml", "--in-place").returncode == 0
    expected = (EXPECTED / "answers-1.2.yaml").read_bytes().replace(b"\n", b"\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected


def test_nothing_is_overwritten_without_being_told(client: Path, tool: Tool) -> None:
    (client / "answers-1.2.yaml").write_text("mine\n")
    ended = tool("migrate", "answers.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "answers-1.2.yaml: it is there already; name another with --out, or add --force\n"
    )
    assert (client / "answers-1.2.yaml").read_text() == "mine\n"
    assert tool("migrate", "answers.yaml", "--force").returncode == 0
    assert (client / "answers-1.2.yaml").read_bytes() == (
        EXPECTED / "answers-1.2.yaml"
    ).read_bytes()


def test_a_file_with_the_old_version_in_its_name_gets_the_new_one(
    client: Path, tool: Tool
) -> None:
    (client / "answers.yaml").rename(client / "bakery-1.0.yaml")
    assert "Wrote bakery-1.2.yaml;" in tool("migrate", "bakery-1.0.yaml").stdout
    assert "Wrote bakery-1.1.yaml;" in tool("migrate", "bakery-1.0.yaml", "--to", "1.1").stdout


def test_a_file_written_to_another_folder_still_finds_its_questionnaire(
    client: Path, tool: Tool
) -> None:
    (client / "next").mkdir()
    assert tool("migrate", "answers.yaml", "--out", "next").returncode == 0
    assert load_answers(client / "next" / "answers.yaml").questionnaire == "../shop"
    assert tool("migrate", "answers.yaml", "--out", "next/year.yaml").returncode == 0
    assert tool("score", "next/year.yaml").returncode == 0


def test_several_files_are_written_or_none(client: Path, tool: Tool) -> None:
    (client / "other").mkdir()
    text = (client / "answers.yaml").read_text(encoding="utf-8")
    other = client / "other" / "answers.yaml"
    other.write_text(text.replace("./shop", "../shop"), encoding="utf-8")
    broken = client / "broken.yaml"
    broken.write_text(text.replace("till.receipts.keep", "till.receipts.kept"), encoding="utf-8")
    before = files(client)

    ended = tool("migrate", "answers.yaml", "broken.yaml", "other/answers.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "broken.yaml:26:3: there is no question 'till.receipts.kept'; "
        "did you mean till.receipts.keep?\nNothing was written.\n"
    )
    ended = tool("migrate", "answers.yaml", "other/answers.yaml", "--out", ".", "--force")
    assert ended.returncode == 2
    assert "answers.yaml and other/answers.yaml would both become" in ended.stderr
    ended = tool("migrate", "answers.yaml", "other/answers.yaml", "--out", "nowhere")
    assert ended.returncode == 2
    assert "several files need a folder that is there" in ended.stderr
    assert files(client) == before

    assert tool("migrate", "answers.yaml", "other/answers.yaml").returncode == 0
    new = files(client).keys() - before.keys()
    assert sorted(new) == ["answers-1.2.yaml", "other/answers-1.2.yaml"]


@pytest.mark.usefixtures("client")
def test_options_that_exclude_each_other_are_told(tool: Tool) -> None:
    ended = tool("migrate", "answers.yaml", "--check", "--in-place")
    assert (ended.returncode, ended.stderr) == (
        2,
        "--out, --in-place and --check exclude each other; give one of them\n",
    )


@pytest.mark.usefixtures("client")
def test_what_was_given_is_given_again_in_the_commands_to_come(tool: Tool) -> None:
    ended = tool("migrate", "answers.yaml", "-q", "./shop", "--to", "1.1", "--check")
    assert ended.stdout.splitlines()[-2:] == [
        "Nothing was written. Write it with:",
        "it4it-assess migrate answers.yaml --to 1.1 -q ./shop",
    ]
    last = tool("migrate", "answers.yaml", "-q", "./shop", "--to", "1.1").stdout.splitlines()[-1]
    assert last == "it4it-assess interview answers-1.1.yaml --only-unanswered -q ./shop@1.1"
    last = tool("migrate", "answers.yaml", "-q", "./shop").stdout.splitlines()[-1]
    assert last == "it4it-assess interview answers-1.2.yaml --only-unanswered -q ./shop"


def test_words_that_changed_without_a_word_are_warned_of(client: Path, tool: Tool) -> None:
    """Nothing says that this answer still means what it meant: the kept version does."""
    changes = client / "shop" / "changes.yaml"
    text = changes.read_text(encoding="utf-8")
    changes.write_text(text.replace("      till.receipts.keep: a photograph counts as well\n", ""))
    ended = tool("migrate", "answers.yaml", "answers.yaml", "--check")
    assert (ended.returncode, ended.stderr) == (
        1,
        (
            "The questionnaire's changes.yaml leaves something out: till.receipts.keep: asks in "
            "other words than in version 1.0; name it under reworded, or under rescaled where its "
            "levels moved\n"
        ),
    )


# --- pinned versions


@pytest.mark.parametrize("command", [["score"], ["rank"], ["roadmap"], ["score", "-f", "json"]])
def test_old_scores_are_the_same_bytes_before_and_after_the_questionnaire_moved(
    command: list[str], tmp_path: Path, tool: Tool
) -> None:
    """Before: only 1.0 was there, as `shop`. After: 1.2 is, with the old ones kept beside it."""
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    shutil.copytree(VERSIONS / "shop@1.0", before / "shop")
    shutil.copy(VERSIONS / "answers.yaml", before)
    shutil.copytree(VERSIONS, after)
    then = tool(*command, "answers.yaml", cwd=before)
    now = tool(*command, "answers.yaml", cwd=after)
    assert (then.returncode, then.stderr) == (0, "")
    assert (now.returncode, now.stderr, now.stdout) == (0, "", then.stdout)


def test_a_version_that_is_not_kept_is_warned_of(client: Path, tool: Tool) -> None:
    path = client / "answers.yaml"
    text = path.read_text(encoding="utf-8").split("context:")[0]
    path.write_text(text.replace('"1.0"', '"0.9"') + "answers: {till.receipts.keep: 1}\n")
    warning = (
        "answers.yaml: answered in version 0.9, read with 1.2; "
        "see what changes with: it4it-assess migrate answers.yaml --check\n"
    )
    for command in ("score", "rank", "validate"):
        ended = tool(command, "answers.yaml")
        assert (ended.returncode, ended.stderr) == (0, warning)
    assert tool("score", "answers.yaml", "-q", "./shop").stderr == ""
    assert tool("interview", "answers.yaml", "--only-unknown").stderr == warning


def test_lint_holds_the_changes_against_the_versions_kept(client: Path, tool: Tool) -> None:
    for name in ("shop", "shop@1.0", "shop@1.1"):
        ended = tool("questionnaire", "lint", name)
        assert (ended.returncode, ended.stdout) == (0, f"{name}: nothing to mend\n")
    shutil.rmtree(client / "shop@1.0")
    shutil.copytree(client / "shop@1.1", client / "shop@1.0")
    head = client / "shop@1.0" / "questionnaire.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace('"1.1"', '"1.0"'))
    (client / "shop@1.0" / "changes.yaml").unlink()
    ended = tool("questionnaire", "lint", "shop")
    assert ended.returncode == 1
    assert "till.cash.count: version 1.0 never had it; take it out of changes.yaml" in ended.stdout
    shutil.rmtree(client / "shop@1.0")
    ended = tool("questionnaire", "lint", "shop")
    assert (ended.returncode, ended.stdout) == (
        1,
        (
            "version 1.0 is not kept: put its folder beside this one, with @1.0 after its name, "
            "so that old answers score as they did\n"
        ),
    )
