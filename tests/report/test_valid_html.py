"""Every page by the rules of HTML, as html-validate reads them.

It comes with `make test`, which asks npm for it once and keeps it in the environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser import validated
from it4it_assess.files.brand import Brand
from it4it_assess.report.design import Audience, Design
from it4it_assess.report.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

BRAND = Brand("Ours", "data:image/png;base64,iVBORw0KGgoAAAAAAAAAAA==", "#336699", ("a", "b"), "c")
AUDIENCES: tuple[Audience, ...] = ("owner", "board", "consultant")


def test_no_page_breaks_a_rule_of_html(
    example: Callable[[str], Assessment], shipped: Questionnaire, tmp_path: Path
) -> None:
    pages = []
    for firm in ("bakery", "agency", "manufacturer"):
        for audience in AUDIENCES:
            for brand in (Brand(), BRAND):
                path = tmp_path / f"{firm}-{audience}-{brand.name}.html"
                text = render(example(firm), shipped, "html", Design(audience, None, brand))
                path.write_text(text, encoding="utf-8")
                pages.append(path)
    ended = validated(*pages)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>x</title></head>'
        '<body><img src="a"><p>x<div></p></body></html>',
        encoding="utf-8",
    )
    ended = validated(path)
    assert ended.returncode == 1
    assert "close-order" in ended.stdout
    assert "wcag/h37" in ended.stdout
