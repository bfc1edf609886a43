"""`report`: the same bytes everywhere, one bad file no harm to the others, dates that hold."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

CASES = ROOT / "tests" / "cases"
SHOP = CASES / "own-questionnaire"
UNDATED = "format: 1\nquestionnaire: ./vragen\norganisation: {name: Bos}\nanswers: {}\n"
LAST_SECOND = "1000079999"
"""2001-09-09 23:59:59 UTC: 1000000000 is 01:46:40 that day, and 22:13:19 is 79999 seconds."""


def test_report_writes_both_forms_and_lists_them(tool: Tool, tmp_path: Path) -> None:
    ended = tool("report", SHOP / "answers.yaml")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "reports/answers.md\nreports/answers.html\n"
    assert files(tmp_path / "reports") == ["answers.html", "answers.md"]


def test_report_writes_only_the_form_asked_for_and_quietly_when_told(
    tool: Tool, tmp_path: Path
) -> None:
    out = tmp_path / "deep" / "er"
    ended = tool("report", SHOP / "answers.yaml", "--format", "html", "--quiet", "--out", out)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert files(out) == ["answers.html"]


def test_the_same_answers_give_the_same_bytes_in_any_surroundings(
    tool: Tool, tmp_path: Path
) -> None:
    # A firm with a stream nobody sponsors, and one with several respondents and open answers.
    alone = tmp_path / "alone.yaml"
    case = (CASES / "no-software-of-its-own" / "answers.yaml").read_text(encoding="utf-8")
    write(alone, case.replace('questionnaire_version: "0.9"', 'questionnaire_version: "1.0"'))
    bakery = tmp_path / "bakery.yaml"
    shutil.copy(EXAMPLES / "bakery.yaml", bakery)
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    first = reported(
        tool, tmp_path, alone.name, bakery.name, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C"
    )
    for place, zone, locale in (
        (tmp_path, "Pacific/Auckland", "C.UTF-8"),
        (elsewhere, "America/Los_Angeles", "tr_TR.UTF-8"),
    ):
        seed = str(len(zone))
        found = reported(
            tool, place, str(alone), str(bakery), PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale
        )
        assert found == first


@pytest.mark.parametrize("command", ["rank", "roadmap"])
def test_json_is_the_same_bytes_under_any_hash_seed(command: str, tool: Tool) -> None:
    answers = CASES / "no-software-of-its-own" / "answers.yaml"
    once, again = (
        tool(command, answers, "--format", "json", PYTHONHASHSEED=seed).stdout for seed in "12"
    )
    assert once == again != ""


def test_a_report_made_twice_is_not_written_twice(tool: Tool, tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        assert tool("report", SHOP / "answers.yaml", "--format", "md").returncode == 0
        made.append((tmp_path / "reports" / "answers.md").stat())
    assert (made[0].st_ino, made[0].st_mtime_ns) == (made[1].st_ino, made[1].st_mtime_ns)


@pytest.mark.parametrize("order", ["bad first", "bad between"])
def test_one_bad_file_does_not_hide_the_others(order: str, tool: Tool, tmp_path: Path) -> None:
    shop(tmp_path)
    text = (tmp_path / "answers.yaml").read_text(encoding="utf-8")
    for name in ("a", "c"):
        write(tmp_path / f"{name}.yaml", text)
    write(tmp_path / "b.yaml", text + "  kantoor.nonsense: 2\n")
    names = ["b.yaml", "a.yaml"] if order == "bad first" else ["a.yaml", "b.yaml", "c.yaml"]
    ended = tool("report", *names, "--format", "md")
    assert ended.returncode == 2
    line = len(text.splitlines()) + 1
    assert ended.stderr.startswith(f"b.yaml:{line}:3: there is no question 'kantoor.nonsense'")
    good = [name.replace("yaml", "md") for name in names if name != "b.yaml"]
    over_all = ["index.md", "index.json"]
    assert files(tmp_path / "reports") == sorted([*good, *over_all])
    assert ended.stdout.splitlines() == [f"reports/{name}" for name in (*good, *over_all)]
    page = (tmp_path / "reports" / "index.md").read_text(encoding="utf-8")
    assert "- b.yaml: b.yaml:" in page.replace("\\", "")
    assert "there is no question" in page


def test_files_of_one_name_in_folders_are_reported_in_folders(tool: Tool, tmp_path: Path) -> None:
    for folder in ("clients/north", "clients/south/far"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(SHOP / "answers.yaml", tmp_path / folder)
        shutil.copytree(SHOP / "vragen", tmp_path / folder / "vragen")
    for named in ("clients", "clients/**/answers.yaml"):
        ended = tool("report", named, "--out", named[:7] + "-site", "--format", "md")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.splitlines() == [
            "clients-site/north/answers.md",
            "clients-site/south/far/answers.md",
            "clients-site/index.md",
            "clients-site/index.json",
        ]
    page = (tmp_path / "clients-site" / "index.md").read_text(encoding="utf-8")
    assert "](north/answers.md)" in page
    assert "](south/far/answers.md)" in page


def test_a_file_named_like_the_page_over_all_is_refused(tool: Tool, tmp_path: Path) -> None:
    shop(tmp_path)
    shutil.copy(tmp_path / "answers.yaml", tmp_path / "index.yaml")
    ended = tool("report", "answers.yaml", "index.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("index.yaml would be reported as index, where the page over")
    assert tool("report", "index.yaml").returncode == 0


def test_two_files_with_one_stem_are_refused_before_anything_is_written(
    tool: Tool, tmp_path: Path
) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        shutil.copy(SHOP / "answers.yaml", tmp_path / folder / "shop.yaml")
    ended = tool("report", "north/shop.yaml", "south/shop.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(
        "north/shop.yaml and south/shop.yaml would both be reported as shop;"
    )
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_a_file_without_a_date_is_dated_by_source_date_epoch(
    zone: str, tool: Tool, tmp_path: Path
) -> None:
    shop(tmp_path)
    write(tmp_path / "undated.yaml", UNDATED)
    text = markdown(tool, tmp_path, "undated.yaml", SOURCE_DATE_EPOCH=LAST_SECOND, TZ=zone)
    assert "\n9 Sep 2001\n" in text
    assert "Oct to Dec 2001" in text  # quarters begin with the month after


def test_a_files_own_date_outweighs_source_date_epoch(tool: Tool, tmp_path: Path) -> None:
    shop(tmp_path)
    text = markdown(tool, tmp_path, "answers.yaml", SOURCE_DATE_EPOCH=LAST_SECOND)
    assert "21 Sep 2026" in text
    assert "2001" not in text


@pytest.mark.parametrize("seconds", ["yesterday", "1e9", "2001-09-09", "99999999999999999999"])
def test_a_bad_source_date_epoch_ends_with_2(seconds: str, tool: Tool, tmp_path: Path) -> None:
    shop(tmp_path)
    write(tmp_path / "undated.yaml", UNDATED)
    ended = tool("rank", "undated.yaml", SOURCE_DATE_EPOCH=seconds)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"SOURCE_DATE_EPOCH: '{seconds}' is not a number of seconds")
    assert len(ended.stderr.splitlines()) == 1


def test_another_questionnaire_can_be_named(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path / "answers.yaml", UNDATED.replace("./vragen", "it4it"))
    text = markdown(tool, tmp_path, "answers.yaml", "--questionnaire", str(SHOP / "vragen"))
    assert "IT in een kleine winkel, version 0.3" in text


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def shop(folder: Path) -> None:
    """Copy the case with a questionnaire of its own, to change its answers."""
    shutil.copytree(SHOP, folder, dirs_exist_ok=True)


def reported(tool: Tool, place: Path, *answers: str, **environment: str) -> dict[str, bytes]:
    """Report from some place and return what each file holds."""
    ended = tool("report", *answers, "--out", "here", cwd=place, **environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    return {path.name: path.read_bytes() for path in (place / "here").iterdir()}


def markdown(tool: Tool, folder: Path, *arguments: str, **environment: str) -> str:
    """Report in Markdown from a folder and return it."""
    ended = tool("report", *arguments, "--format", "md", cwd=folder, **environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    [written] = (folder / "reports").iterdir()
    return written.read_text(encoding="utf-8")


def test_check_writes_nothing_and_finds_nothing_in_reports_just_written(
    tool: Tool, tmp_path: Path
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "clients")
    written = tool("report", "clients", "--out", "site", "--format", "md,html,json,csv")
    assert written.returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").iterdir()}
    ended = tool("report", "clients", "--out", "site", "--format", "md,html,json,csv", "--check")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").iterdir()} == before


def test_check_says_what_differs_and_what_is_missing(tool: Tool, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "bakery.yaml", tmp_path)
    shutil.copy(EXAMPLES / "agency.yaml", tmp_path)
    tool("report", "bakery.yaml", "--out", "site", "--format", "md,xlsx")
    page, book = tmp_path / "site" / "bakery.md", tmp_path / "site" / "bakery.xlsx"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Adopt Detect", "Adapt Detect", 1), encoding="utf-8")
    book.write_bytes(book.read_bytes() + b"x")
    command = ("report", "bakery.yaml", "agency.yaml", "--out", "site", "--check")
    ended = tool(*command, "--format", "md,xlsx")
    assert (ended.returncode, ended.stderr) == (1, "")
    lines = ended.stdout.splitlines()
    assert lines[:2] == ["--- site/bakery.md", "+++ site/bakery.md (from its answers)"]
    assert [line for line in lines if line.startswith("-") and "Adapt Detect" in line]
    assert [line for line in lines if line.startswith("+") and "Adopt Detect" in line]
    assert lines[-5:] == [
        "site/bakery.xlsx: differs",
        "site/agency.md: is missing",
        "site/agency.xlsx: is missing",
        "site/index.md: is missing",
        "site/index.json: is missing",
    ]
    assert not (tmp_path / "site" / "agency.md").exists()
    assert tool(*command, "--quiet").stdout == ""


def test_check_of_a_file_that_cannot_be_read_hides_no_difference(
    tool: Tool, tmp_path: Path
) -> None:
    shutil.copy(EXAMPLES / "bakery.yaml", tmp_path)
    write(tmp_path / "bad.yaml", "format: 2\n")
    ended = tool("report", "bad.yaml", "bakery.yaml", "--format", "md", "--check")
    assert ended.returncode == 2
    names = ("bakery.md", "index.md", "index.json")
    assert ended.stdout.splitlines() == [f"reports/{name}: is missing" for name in names]
    assert "bad.yaml:1:1: format cannot be 2" in ended.stderr
    assert not (tmp_path / "reports").exists()
