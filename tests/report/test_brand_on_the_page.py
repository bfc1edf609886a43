"""A firm's brand on the page: shown, escaped, readable in both schemes, and fetched by nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW
from conftest import EXAMPLES
from it4it_assess.files.brand import Brand
from it4it_assess.report.colours import DARK, DARK_CARD, LIGHT, LIGHT_CARD, accents, contrast
from it4it_assess.report.design import Design, design
from it4it_assess.report.render import css_text, digest, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Tool
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

HOSTILE = "</style></p>\"'<script>alert(1)</script>"


def test_the_brand_is_on_the_page_and_escaped(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    brand = Brand(HOSTILE, "data:image/png;base64,AAAA", "#336699", (HOSTILE, "tel 1"), HOSTILE)
    page = render(example("bakery"), shipped, "html", Design(brand=brand))
    assert page.count("<script>") == 1
    assert page.count("</style>") == 1
    assert '<img class="logo" src="data:image/png;base64,AAAA" alt="&lt;/style&gt;' in page
    assert page.count("&lt;script&gt;alert(1)") == 4  # the picture's name, name, line and footer
    assert "--accent: #336699" in page


def test_the_brand_is_in_the_markdown_and_escaped(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    brand = Brand("A*B", "", "", ("x_y_", "<b>"), "| pipe")
    for audience in ("owner", "board"):
        text = render(example("bakery"), shipped, "md", Design(audience, None, brand))
        assert "\nA\\*B · x_y\\_ · \\<b\\>\n\n\\| pipe\n\n" in text


def test_a_page_without_a_brand_names_none(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    page = render(example("bakery"), shipped, "html")
    assert "<img" not in page
    assert page.count("--accent:") == 3  # by day, by night, printed


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
@LAW
def test_any_colour_is_made_readable_by_day_and_by_night(colour: str) -> None:
    made = accents(colour)
    # WCAG 1.4.3 asks for 4.5; links stand on the page and cards, and white text on the colour
    assert min(contrast(made.light, paper) for paper in (LIGHT, LIGHT_CARD)) >= 4.5
    assert min(contrast(made.dark, paper) for paper in (DARK, DARK_CARD, "#0d1f1d")) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    # 0.2126 x 0.0331 + 0.7152 x 0.1329 + 0.0722 x 0.3185 = 0.1251; 1.05 / 0.1751 = 6.0
    assert contrast("#336699", "#ffffff") == pytest.approx(6.0, abs=0.01)
    assert accents("#336699").light == "#336699"
    assert accents("#ffffff").dark == "#ffffff"


@given(st.text(max_size=40))
@LAW
def test_no_text_gets_out_of_a_css_string(text: str) -> None:
    said = css_text(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]{1,6} )*"', said)
    read = re.sub(r"\\([0-9a-f]{1,6}) ", lambda found: chr(int(found[1], 16)), said[1:-1])
    assert read == text


def test_a_digest_is_that_of_the_policy() -> None:
    # printf '' | openssl dgst -sha256 -binary | base64
    assert digest("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_brand_among_the_templates_is_found_and_one_that_is_named_comes_first(
    tmp_path: Path,
) -> None:
    (tmp_path / "brand.yaml").write_text("name: Among", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("name: Named", encoding="utf-8")
    assert design("board", tmp_path, None).brand.name == "Among"
    assert design("board", tmp_path, tmp_path / "other.yaml").brand.name == "Named"
    assert design("board", None, None).brand == Brand()


def test_the_command_line_takes_a_brand(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("name: Noord\naccent: blue\n", encoding="utf-8")
    ended = tool("report", EXAMPLES / "bakery.yaml", "-f", "html", "--brand", "b.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("b.yaml:2:1: 'blue' is not a colour; ")
    (tmp_path / "b.yaml").write_text("name: Noord\n", encoding="utf-8")
    ended = tool(
        "report", EXAMPLES / "bakery.yaml", "-f", "html", "--brand", "b.yaml", "-a", "owner"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    page = (tmp_path / "reports" / "bakery.html").read_text(encoding="utf-8")
    assert "<strong>Noord</strong>" in page
    assert '<html lang="en" class="owner">' in page
