"""The registry: each format is one module and one folder of tests, loaded when asked for."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT
from it4it_assess.errors import AssessError
from it4it_assess.report import formats
from it4it_assess.report.formats import FORMATS, rendered, require

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tool
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

BAKERY = EXAMPLES / "bakery.yaml"
SHOP = ROOT / "tests" / "cases" / "own-questionnaire" / "answers.yaml"


def test_each_format_is_one_module_and_one_folder_of_tests() -> None:
    modules = {one.name for one in pkgutil.iter_modules(formats.__path__)}
    tested = {path.parent.name for path in Path(__file__).parent.glob("*/test_*.py")}
    assert modules == tested == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_same_bytes_twice(
    name: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    once = rendered(name, example("bakery"), shipped)
    assert once
    assert all(once.values())
    assert rendered(name, example("bakery"), shipped) == once


def test_every_format_is_the_same_bytes_in_any_surroundings(tool: Tool, tmp_path: Path) -> None:
    found = []
    for zone, locale, seed in (("UTC", "C", "1"), ("Pacific/Auckland", "tr_TR.UTF-8", "2")):
        out = tmp_path / seed
        ended = tool(
            "report",
            SHOP,
            "--format",
            ",".join(FORMATS),
            "--out",
            out,
            TZ=zone,
            LC_ALL=locale,
            PYTHONHASHSEED=seed,
        )
        assert (ended.returncode, ended.stderr) == (0, "")
        found.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(found[0]) > len(FORMATS)
    assert found[0] == found[1]


def test_the_help_names_every_format(tool: Tool) -> None:
    said = tool("report", "--help", COLUMNS="200").stdout
    assert ", ".join(FORMATS) in said


def test_formats_may_be_repeated_or_come_with_commas_and_are_written_once(
    tool: Tool, tmp_path: Path
) -> None:
    ended = tool("report", BAKERY, "-f", "html, md", "-f", "md", "--out", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [f"{tmp_path}/bakery.html", f"{tmp_path}/bakery.md"]


def test_a_format_nobody_knows_is_answered_with_those_there_are(
    tool: Tool, tmp_path: Path
) -> None:
    ended = tool("report", BAKERY, "-f", "md,htm", COLUMNS="200")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"'htm' is not one of {', '.join(FORMATS)}." in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_named_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needy = formats.Format("nothing", extra="docx", needs=("json", "no_such_library"))
    monkeypatch.setitem(FORMATS, "md", needy)
    with pytest.raises(AssessError) as caught:
        require("md")
    assert str(caught.value) == (
        "the md format needs no_such_library, which this installation lacks; "
        "install with: pip install 'it4it-assess[docx]'"
    )
