"""PDF: tagged, titled, in its language, from the page alone; a clear word where Pango is not."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from it4it_assess.report import render as rendering
from it4it_assess.report.chart_looks import with_own_looks
from it4it_assess.report.formats import rendered
from office import inflated, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

WITHOUT_PANGO = """
import ctypes.util, cffi, sys
def no_library(self, name, *rest): raise OSError(f"cannot load library {name!r}")
cffi.FFI.dlopen = no_library
from it4it_assess.errors import AssessError
try:
    import it4it_assess.report.formats.pdf
except AssessError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def data(example: Callable[[str], Assessment], shipped: Questionnaire) -> bytes:
    return rendered("pdf", example("agency"), shipped)[".pdf"]


def test_it_is_tagged_titled_and_says_its_language(data: bytes) -> None:
    assert data.startswith(b"%PDF-1.7")
    whole = inflated(data)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", whole)
    assert b"/StructTreeRoot" in whole
    assert b"/Lang (en)" in whole
    assert re.search(rb"pdfuaid:part[^0-9]{1,3}1", whole)
    assert b"/DisplayDocTitle true" in whole


def test_it_says_what_the_page_says(
    data: bytes, tmp_path: Path, example: Callable[[str], Assessment]
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    said = " ".join(text_of(path).split())
    judged = example("agency")
    for stream in judged.scorecard.streams:
        figures = f"{stream.title} {stream.score:.1f} {stream.low:.1f} to {stream.high:.1f}"
        assert figures in said


def test_no_clock_is_in_it(data: bytes) -> None:
    assert b"/CreationDate" not in inflated(data)
    assert b"/ModDate" not in inflated(data)


def test_nothing_is_fetched_that_the_page_does_not_hold(
    example: Callable[[str], Assessment],
    shipped: Questionnaire,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A page that asks for files of the machine gets none of them."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    from it4it_assess.report.formats import pdf  # noqa: PLC0415  only this test needs it

    asked_for: list[str] = []

    class Watched(pdf.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: object = None) -> object:
            asked_for.append(url)
            return super().fetch(url, headers)

    page = f'<html lang="en"><title>x</title><p>y<img alt="z" src="{secret.as_uri()}"></p></html>'
    monkeypatch.setattr(pdf, "URLFetcher", Watched)
    monkeypatch.setattr(pdf, "rendered_page", lambda *_: page)
    written = rendered("pdf", example("agency"), shipped)[".pdf"]
    assert asked_for == [secret.as_uri()]
    assert b"/Subtype /Form" not in inflated(written)
    assert rendering.render(example("agency"), shipped, "html") != page


def test_where_pango_is_missing_it_says_so_and_what_to_do() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.stdout.startswith(
        "the pdf format needs the library Pango, which is not installed; on Debian: apt-get "
    )


def test_charts_have_their_colours_on_paper(data: bytes) -> None:
    """The accent #0b5d57 of the dots, and the warm #a3341f of the first criterion's part.

    11/255 = 0.043, 93/255 = 0.365, 87/255 = 0.341; 163/255 = 0.639, 52/255 = 0.204,
    31/255 = 0.122.
    """
    fills = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn)", inflated(data))
    seen = {tuple(round(float(part), 2) for part in fill) for fill in fills}
    assert {(0.04, 0.36, 0.34), (0.64, 0.2, 0.12)} <= seen


def test_a_chart_takes_the_colours_for_paper_and_only_its_own_rules() -> None:
    page = (
        "<style>:root { --a: #111; --b: #222 } p { color: red } .chart .dot { fill: var(--a) }"
        " rect { fill: var(--b); stroke: var(--c) }"
        " @media (prefers-color-scheme: dark) { :root { --a: #eee } .chart .dot { fill: red } }"
        " @media print { :root { --b: #333 } p { color: blue } }</style>"
        "<p><svg class='chart'></svg>"
    )
    assert with_own_looks(page).endswith(
        "<p><svg class='chart'><style>.chart .dot { fill: #111 }"
        "rect { fill: #333; stroke: black }</style></svg>"
    )
