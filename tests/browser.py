"""A page in Chromium without a network, and what tests ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NARROW, WIDE = 320, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a text as a page in a browser without a network; it must stay silent and alone."""
    heard: list[str] = []
    path = tmp_path / "page.html"
    contexts = []

    def show(text: str, *, width: int = WIDE, **options: Any) -> Page:
        path.write_text(text, encoding="utf-8")
        context = chromium.new_context(
            offline=True, viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: heard.append(request.url))
        page.goto(path.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert heard == [path.as_uri()] * len(contexts)


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what axe objects to in the page: the rule, and the first element that breaks it."""
    found = Axe().run(page, options=AXE).response
    assert found["passes"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def overhang(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    pixels: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return pixels


def contrast(ink: str, paper: str) -> float:
    """Return WCAG 2's contrast ratio of two CSS colours written as rgb(r, g, b)."""

    def luminance(colour: str) -> float:
        shares = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
        red, green, blue = (
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in shares
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(ink), luminance(paper)))
    return (bright + 0.05) / (dark + 0.05)
