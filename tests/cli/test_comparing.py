"""`compare`: the story, the pages, the order by date, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES
from it4it_assess.files.load import load_both
from it4it_assess.files.save import save_answers
from years import a_year_later, two_years_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tool

EXPECTED = Path(__file__).with_name("compare")
HEAD = "format: 1\nquestionnaire: it4it\norganisation: {name: %s}\n"


@pytest.fixture
def years(tmp_path: Path) -> list[Path]:
    """Write the bakery of three years, and return the files."""
    asked, bakery = load_both(EXAMPLES / "bakery.yaml")
    paths = [tmp_path / f"{year}.yaml" for year in (2026, 2027, 2028)]
    for path, answers in zip(
        paths,
        (bakery, a_year_later(asked, bakery), two_years_later(asked, bakery)),
        strict=True,
    ):
        save_answers(answers, path)
    return paths


def written(folder: Path, name: str, firm: str, *, date: str = "", answers: str = "{}") -> Path:
    path = folder / name
    dated = f"date: {date}\n" if date else ""
    path.write_text(f"{HEAD % firm}{dated}answers: {answers}\n", encoding="utf-8")
    return path


def test_the_terminal_tells_the_story_then_the_tables(
    tool: Tool, years: list[Path], golden: Callable[[Path, str], None]
) -> None:
    ended = tool("compare", *years[:2])
    assert (ended.returncode, ended.stderr) == (0, "")
    golden(EXPECTED / "story.txt", ended.stdout)


def test_three_files_add_a_table_over_time(
    tool: Tool, years: list[Path], golden: Callable[[Path, str], None]
) -> None:
    golden(EXPECTED / "three-years.txt", tool("compare", *years).stdout)


def test_markdown_goes_to_the_terminal_or_to_a_file(
    tool: Tool, years: list[Path], tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    shown = tool("compare", *years, "--format", "md")
    golden(EXPECTED / "three-years.md", shown.stdout)
    ended = tool("compare", *years, "--format", "md", "--out", "out.md")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "out.md\n", "")
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == shown.stdout


def test_html_is_the_same_bytes_under_any_hash_seed(tool: Tool, years: list[Path]) -> None:
    once, again = (
        tool("compare", *years, "--format", "html", PYTHONHASHSEED=seed).stdout for seed in "12"
    )
    assert once.startswith("<!DOCTYPE html>")
    assert once == again


def test_json_has_the_keys_that_the_help_promises(tool: Tool, years: list[Path]) -> None:
    ended = tool("compare", *years[:2], "--format", "json")
    data = json.loads(ended.stdout)
    told = " ".join(tool("compare", "--help").stdout.split())
    assert f"JSON has the keys {', '.join([*data][:-1])} and {[*data][-1]}" in told
    d2c = next(stream for stream in data["streams"] if stream["id"] == "d2c")
    assert d2c["parts"] == {"answers": d2c["delta"]}
    assert d2c["new"] - d2c["old"] == pytest.approx(d2c["delta"])
    assert data["pick"]["without"]["ratings"] == "d2c"
    assert data["trend"]["dates"] == ["2026-11-02", "2027-11-01"]


def test_more_than_two_are_put_in_order_of_their_dates(tool: Tool, years: list[Path]) -> None:
    first, second, third = years
    assert tool("compare", third, first, second).stdout == tool("compare", *years).stdout


def test_two_are_compared_in_the_order_given(tool: Tool, years: list[Path]) -> None:
    told = tool("compare", years[1], years[0]).stdout
    assert "The first file is the younger one; they are compared in the order given." in told


def test_a_table_for_a_file_is_refused(tool: Tool, years: list[Path]) -> None:
    ended = tool("compare", *years[:2], "--out", "out.txt")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "out.txt: a table goes to the terminal; add --format md, html or json\n"
    )


def test_files_of_two_firms_are_refused_unless_that_is_wanted(tool: Tool, tmp_path: Path) -> None:
    one = written(tmp_path, "one.yaml", "Bakkerij De Vries")
    other = written(tmp_path, "other.yaml", "Smederij Jansen")
    ended = tool("compare", one.name, other.name)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "one.yaml is of Bakkerij De Vries, other.yaml is of Smederij Jansen; "
        "give files of one firm, or add --any-organisation to compare them all the same\n"
    )
    assert tool("compare", one, other, "--any-organisation").returncode == 0


def test_a_firm_may_spell_its_name_another_way(tool: Tool, tmp_path: Path) -> None:
    one = written(tmp_path, "one.yaml", "Café de Vries B.V.")
    other = written(tmp_path, "other.yaml", '"CAFE DE  VRIES BV"')
    assert tool("compare", one, other).returncode == 0


def test_a_file_without_a_date_among_three_is_refused(tool: Tool, tmp_path: Path) -> None:
    paths = [
        written(tmp_path, f"{place}.yaml", "Bos", date=date)
        for place, date in enumerate(("2026-01-01", "", "2027-01-01"))
    ]
    ended = tool("compare", *(path.name for path in paths))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "1.yaml: has no date, and more than two files are put in order by date; "
        "add a line such as date: 2026-11-02\n"
    )
    assert tool("compare", paths[0], paths[1]).returncode == 0


def test_the_old_file_is_read_with_the_questionnaire_of_its_time(
    tool: Tool, tmp_path: Path
) -> None:
    folder = EXAMPLES.parents[2] / "tests" / "cases" / "own-questionnaire"
    before = tmp_path / "vragen-oud"
    before.mkdir()
    for source in (folder / "vragen").iterdir():
        text = source.read_text(encoding="utf-8")
        before.joinpath(source.name).write_text(
            text.replace('version: "', 'version: "oud-'), encoding="utf-8"
        )
    answers = folder / "answers.yaml"
    ended = tool("compare", answers, answers, "--old-questionnaire", before, "--format", "json")
    data = json.loads(ended.stdout)
    assert data["questionnaire"]["old_version"] == f"oud-{data['questionnaire']['new_version']}"
    assert data["changed"] == ["questionnaire"]
