"""Every figure of a page carries the name that `explain` knows it by."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from it4it_assess.engine.explain import explainable
from it4it_assess.report.design import Audience, Design
from it4it_assess.report.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

FIGURE = re.compile(r"<?>?(EUR )?[\d.,]+( %| days?| to [\d.]+| \([\d.]+ to [\d.]+\)| of .*)?")
GIVEN = {"Influence", "Support"}
"""Columns of what the firm wrote down itself, from which nothing is worked out."""
EMPTY = {"br", "img", "link", "meta", "rect", "line", "circle", "text", "title", "desc", "svg"}


class Figures(HTMLParser):
    """The figures in a page's cells, each with the nearest name that explains it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.label: str | None = None
        self.found: list[tuple[str, str, str | None]] = []
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("data-explain")
        if name:
            self.names.add(name)
        if tag not in EMPTY:
            self.open.append((tag, name))
        if tag == "td":
            self.label = values.get("data-label") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            while self.open.pop()[0] != tag:
                pass
        if tag == "td":
            self.label = None

    def handle_data(self, data: str) -> None:
        if self.label is not None and FIGURE.fullmatch(data.strip()):
            near = next((name for _, name in reversed(self.open) if name), None)
            self.found.append((self.label, data, near))


@pytest.mark.parametrize("audience", ["owner", "board", "consultant"])
@pytest.mark.parametrize("firm", ["bakery", "agency", "manufacturer"])
def test_every_figure_in_a_table_has_a_name_that_explain_knows(
    firm: str,
    audience: Audience,
    example: Callable[[str], Assessment],
    shipped: Questionnaire,
) -> None:
    page = Figures(render(example(firm), shipped, "html", Design(audience)))
    known = explainable(shipped, example(firm))
    assert len(page.found) >= {"owner": 3, "board": 300, "consultant": 300}[audience]
    assert [one for one in page.found if one[2] is None and one[0] not in GIVEN] == []
    assert page.names - set(known) == set()


def test_the_page_says_how_to_ask(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    page = render(example("bakery"), shipped, "html")
    told = re.findall(r'<p class="explain">.*?</p>', page)
    assert len(told) == 3
    named = {name for line in told for name in re.findall(r"<code>([a-z0-9.-]+)</code>", line)}
    assert named <= set(explainable(shipped, example("bakery")))
    assert {"rank", "overall", "d2c", "roadmap.q1"} <= named
