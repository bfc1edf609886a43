"""The page of a portfolio and of a firm among its peers, as a browser shows them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import HOSTILE, NARROW, barriers, overhang, unfold
from firms_together import firm, summed_up
from it4it_assess.model.portfolio import AmongPeers, Standing
from it4it_assess.report.portfolio import render_firm, render_portfolio

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return both pages, of firms of many kinds, some with hostile sectors."""
    sectors = ["food", "care", "retail", HOSTILE["closers"]]
    firms = [
        firm(
            n % 200,
            None if n % 11 == 0 else n % 50 / 10,
            sector=sectors[n % 4],
            employees=(5, 20, 90, None)[n // 7 % 4],
            country=("NL", "BE", "DE")[n % 3],
            year=2025 + n // 200,
            first=("a", "b", None)[n // 5 % 3],
            unknown=("a.2",) if n % 3 else (),
        )
        for n in range(240)
    ]
    told = summed_up(firms, tmp_path_factory.mktemp("kept"))
    placed = AmongPeers(
        organisation=HOSTILE["script"],
        date="2026-11-02",
        first_date="2025-11-02",
        questionnaire="Tiny",
        version="1.0",
        notice="",
        group={"sector": "food", "size": "small"},
        at_least=40,
        standings=(
            Standing(id="overall", title="Overall", score=2.5, band="middle", before=2.0),
            Standing(id="a", title="A", score=None, band=None, before=None),
        ),
    )
    return {"portfolio": render_portfolio(told), "firm": render_firm(placed)}


@pytest.mark.parametrize(("scheme", "width"), [("light", NARROW), ("dark", 768), ("light", 1440)])
@pytest.mark.parametrize("name", ["portfolio", "firm"])
def test_no_barrier_and_no_overhang(
    name: str, scheme: str, width: int, opened: Callable[..., Page], pages: dict[str, str]
) -> None:
    page = opened(pages[name], width=width, color_scheme=scheme)
    assert overhang(page) == 0
    unfold(page)
    assert (overhang(page), barriers(page)) == (0, [])
    assert page.evaluate("window.__pwned") is None


def test_the_pages_keep_to_the_rules_of_html(pages: dict[str, str], tmp_path: Path) -> None:
    files = []
    for name, text in pages.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(text, encoding="utf-8")
    validator = Path(sys.prefix, "node/node_modules/html-validate/bin/html-validate.mjs")
    assert validator.is_file(), "html-validate is missing; `make test` brings it (needs npm)"
    rules = Path(__file__).with_name("html-validate.json")
    ended = subprocess.run(
        ["node", validator, "--config", rules, "--formatter", "text", *files],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_every_chart_says_what_it_shows_and_has_a_table_behind_it(
    opened: Callable[..., Page], pages: dict[str, str]
) -> None:
    page = opened(pages["portfolio"])
    charts = page.locator("svg.chart")
    assert charts.count() == 5
    for chart in charts.all():
        assert chart.locator("> title").text_content()
        assert chart.locator("> desc").text_content()
    assert page.locator("table").count() >= charts.count()


def test_no_table_can_be_sorted_into_a_league(
    opened: Callable[..., Page], pages: dict[str, str]
) -> None:
    page = opened(pages["portfolio"])
    assert page.locator("th button, table.sort").count() == 0
    assert "It is no league table" in page.inner_text("main")
    assert "Firm 1" not in pages["portfolio"]


def test_a_firms_page_names_its_group_and_bands(pages: dict[str, str]) -> None:
    text = pages["firm"]
    assert (
        "Beside at least 40 other organisations of the same sector (food) and size "
        "(10 to 49 people)." in text
    )
    assert "in the middle half" in text
    assert "+0.5" in text
