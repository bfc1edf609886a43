"""Starting is cheap: a run loads only the libraries that its own work needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

BAKERY = str(EXAMPLES / "bakery.yaml")
HEAVY = ("yaml", "jinja2", "pydantic", "rich")
EXTRAS = ("docx", "duckdb", "lxml", "PIL", "weasyprint", "xlsxwriter")

LOADS = """
import contextlib, io, json, sys
from it4it_assess.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    code = main()
assert code == 0, code
print(json.dumps(sorted(sys.modules)))
"""


def test_importing_the_command_line_loads_no_heavy_library(tmp_path: Path) -> None:
    found = loaded(
        "import json, sys\nfrom it4it_assess.cli.app import program\nprogram()\n"
        "print(json.dumps(sorted(sys.modules)))",
        tmp_path,
    )
    assert "it4it_assess.cli.app" in found
    assert (
        found & {*HEAVY, "it4it_assess.engine", "it4it_assess.files", "it4it_assess.report"}
        == set()
    )


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], [*HEAVY, "typer", "it4it_assess.cli"]),
        (["--help"], ["yaml", "jinja2", "pydantic", "it4it_assess.engine"]),
        (["score", BAKERY], ["jinja2", "rich"]),
        (
            ["score", BAKERY, "--format", "json"],
            ["jinja2", "rich", "it4it_assess.engine.robustness"],
        ),
        (["rank", BAKERY, "--format", "json"], ["jinja2", "rich"]),
        (["rank", BAKERY], ["jinja2"]),
        (["roadmap", BAKERY, "--format", "json"], ["jinja2", "rich", "highspy", "numpy"]),
        (["roadmap", BAKERY, "--capacity-curve"], ["jinja2", "rich", "highspy", "numpy"]),
        (["explain", BAKERY, "--format", "json"], ["jinja2", "rich"]),
        (["validate", BAKERY, "--quiet"], ["jinja2", "rich", "it4it_assess.report"]),
        (["migrate", BAKERY], ["jinja2", "rich", "it4it_assess.collect"]),
        (["init"], ["jinja2", "it4it_assess.report"]),
        (["report", BAKERY, "--quiet"], ["rich", *EXTRAS]),
        (["report", BAKERY, "--quiet", "-f", "json,csv"], ["jinja2", "rich", *EXTRAS]),
        (["report", BAKERY, "--quiet", "-f", "xlsx"], ["jinja2", "docx", "weasyprint"]),
        (
            ["form", "--organisation", "X"],
            ["rich", "xlsxwriter", "python_calamine", "it4it_assess.report"],
        ),
        (
            ["form", "--organisation", "X", "--format", "xlsx"],
            ["rich", "jinja2", "python_calamine", "it4it_assess.report"],
        ),
        (
            ["import", BAKERY, "--into", "all.yaml"],
            ["rich", "jinja2", "xlsxwriter", "python_calamine", "it4it_assess.report"],
        ),
        (["compare", BAKERY, BAKERY], ["jinja2", "rich"]),
        (["compare", BAKERY, BAKERY, "--format", "json"], ["jinja2", "rich"]),
        (["compare", BAKERY, BAKERY, "--format", "html"], ["rich"]),
        (["anonymise", BAKERY, "--out", "copies"], ["jinja2", "rich"]),
        (["questionnaire", "list"], ["jinja2", "rich"]),
        (["questionnaire", "schema"], ["jinja2", "rich"]),
    ],
    ids=lambda value: " ".join(word for word in value if word != BAKERY),
)
def test_a_command_loads_only_what_it_needs(
    arguments: list[str], unwanted: list[str], tmp_path: Path
) -> None:
    found = loaded(LOADS, tmp_path, *arguments)
    assert "it4it_assess" in found
    assert sorted(found & set(unwanted)) == []


def test_a_report_does_load_its_template_library(tmp_path: Path) -> None:
    assert {"jinja2", "yaml", "pydantic"} <= loaded(LOADS, tmp_path, "report", BAKERY, "--quiet")


def test_a_report_that_is_there_already_loads_no_model_and_no_template(tmp_path: Path) -> None:
    loaded(LOADS, tmp_path, "report", BAKERY, "--quiet")
    found = loaded(LOADS, tmp_path, "report", BAKERY, "--quiet", "--check")
    unwanted = {"jinja2", "yaml", "rich", "it4it_assess.model", "it4it_assess.engine"}
    assert sorted(found & unwanted) == []


def loaded(code: str, folder: Path, *arguments: str) -> set[str]:
    """Run code in a child and return the modules it says it loaded."""
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(json.loads(ended.stdout))
