"""Pages as a real browser shows them: what is looked for in every page the tool makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from playwright.sync_api import Page

VALIDATOR = Path(sys.prefix, "node/node_modules/html-validate/bin/html-validate.mjs")
HTML_RULES = Path(__file__).parent / "report" / "html-validate.json"
NARROW, WIDE = 320, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}

HOSTILE = {
    "script": "<script>window.__pwned = 1</script>",
    "image": "<img src=x onerror='window.__pwned = 1'>",
    "closers": "</p></td></table></main></style></title></svg><script>window.__pwned = 1</script>",
    "attribute": '" onmouseover="window.__pwned = 1" x=\'',
    "template": "{{7*7}} {% raw %} {# x #} ${7*7}",
    "entity": "&lt;b&gt; &amp; &#60;",
    "pipe": "a | b \\| c |",
    "backtick": "` `` ``` ~~~",
    "link": "![x](javascript:window.__pwned=1) ](javascript:window.__pwned=1) [x]: <y>",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ \\",
    "heading": "## not a heading #",
    "rule": "---",
    "underline": "===",
    "list": "- [ ] not a list",
    "number": "1. not a list",
    "quote": "> not a quote",
    "turned": "\u202eright to left\u202c \u05d0\u05d1\u05d2 \u0627\u0644\u0639",
    "unseen": "zero\u200bwidth\u200d\ufeff joiners",
    "lines": "one\n\n# two\n\n    three\n| four |\n| -- |\n",
    "long": "x" * 10_000,
}


def validated(*pages: Path) -> subprocess.CompletedProcess[str]:
    """Return what html-validate says of these pages."""
    assert VALIDATOR.is_file(), "html-validate is missing; `make test` brings it (needs npm)"
    return subprocess.run(
        ["node", VALIDATOR, "--config", HTML_RULES, "--formatter", "text", *pages],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds: each rule that is broken, with the first piece that breaks it."""
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
