"""The page over many reports: by name, for everyone, never a league table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser import HOSTILE, NARROW, WIDE, barriers, validated
from it4it_assess.files.brand import Brand
from it4it_assess.report.design import Design
from it4it_assess.report.listing import Refused, Row
from it4it_assess.report.site import render_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

ROWS = [
    Row(
        "a/answers", "Anker", "2026-11-02", "Detect to Correct", "The pick is clear (90 %)", "95 %"
    ),
    Row("b", "Bos & Zn", "2025-01-30", "none yet", "No stream can go first yet", "0 %"),
    Row("c 1#", "Bos & Zn", "2026-02-01", "Plan", "The pick leans this way (61 %)", "40 %"),
]
REFUSED = [Refused("d.yaml", "d.yaml:3:1: name is missing; add it (and 2 more)")]
BRAND = Brand("Ours", "", "#336699", ("a@b.example",), "Thanks.")


def page(brand: Brand = Brand()) -> str:  # noqa: B008  a value
    return render_index(ROWS, REFUSED, "html", Design("board", None, brand), "1.0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("brand", [Brand(), BRAND], ids=["plain", "branded"])
def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(
    scheme: str, width: int, brand: Brand, opened: Callable[..., Page]
) -> None:
    shown = opened(page(brand), width=width, color_scheme=scheme)
    assert barriers(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_keeps_the_rules_of_html(tmp_path: Path) -> None:
    for name, brand in (("plain", Brand()), ("branded", BRAND)):
        (tmp_path / f"{name}.html").write_text(page(brand), encoding="utf-8")
    (tmp_path / "none.html").write_text(
        render_index([], REFUSED, "html", Design(), "1.0"), encoding="utf-8"
    )
    ended = validated(*tmp_path.iterdir())
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_only_name_and_date_can_be_sorted_by(opened: Callable[..., Page]) -> None:
    shown = opened(page())
    assert shown.locator("thead button").all_inner_texts() == ["Organisation", "Date"]
    shown.get_by_role("button", name="Date").click()
    dates = shown.locator("tbody time").all_inner_texts()
    assert dates == ["30 Jan 2025", "1 Feb 2026", "2 Nov 2026"]
    shown.get_by_role("button", name="Date").click()
    assert shown.locator("tbody time").all_inner_texts() == dates[::-1]


def test_each_line_leads_to_its_report_and_says_whose_it_is(opened: Callable[..., Page]) -> None:
    links = opened(page()).locator("tbody a")
    found = [(one.inner_text(), one.get_attribute("href")) for one in links.all()]
    assert found == [
        ("Anker", "a/answers.html"),
        ("Bos & Zn (b)", "b.html"),
        ("Bos & Zn (c 1#)", "c%201%23.html"),
    ]


def test_the_same_in_markdown() -> None:
    text = render_index([ROWS[0]._replace(sure="Clear")], REFUSED, "md", Design(), "1.0")
    assert text.splitlines()[:7] == [
        "# Reports: 1 report",
        "",
        "By name. Each firm is on its own way: the reports are not held against each other.",
        "",
        "| Organisation | Date | What first | How sure | Answered |",
        "| :-- | :-- | :-- | :-- | --: |",
        "| [Anker](a/answers.md) | 2 Nov 2026 | Detect to Correct | Clear | 95 % |",
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_name_does_anything(text: str, opened: Callable[..., Page]) -> None:
    rows = [Row(text.replace("/", "-"), text, "2026-11-02", text, text, text)]
    shown = opened(render_index(rows, [Refused(text, text)], "html", Design(), "1.0"))
    assert shown.evaluate("window.__pwned") is None
    assert shown.locator("tbody tr").count() == 1
