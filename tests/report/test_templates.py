"""The templates: what they may do, the order they tell their story in, the figures they share."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from it4it_assess.report.render import FORMS, environment, render
from it4it_assess.report.view import lay_out_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

STORY = [
    "Why",
    "Scores",
    "Roadmap",
    "What nobody knows",
    "Where people disagree",
    "Other readings of the same answers",
    "People to win",
    "Method and caveats",
]
"""What there is to read in any report, in this order; other parts may stand between."""
FIRMS = ("bakery", "agency", "manufacturer")


@pytest.mark.parametrize("form", FORMS)
def test_own_templates_run_in_the_sandbox(form: str, tmp_path: Path) -> None:
    (tmp_path / f"report.{form}.j2").write_text("hello", encoding="utf-8")
    made = environment(form, tmp_path)
    assert isinstance(made, ImmutableSandboxedEnvironment)
    with pytest.raises(SecurityError):
        made.from_string("{{ ''.__class__.__mro__ }}").render()
    with pytest.raises(SecurityError):
        made.from_string("{{ many.append(1) }}").render(many=[])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text", ["{{ nothing }}", "{{ page.nothing }}", "{{ page.nothing | upper }}"]
)
def test_shipped_templates_trip_over_a_missing_name(form: str, text: str) -> None:
    made = environment(form)
    assert made.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        made.from_string(text).render(page=())


@settings(deadline=None)
@given(text=st.text())
def test_shipped_templates_escape_as_jinja_does(text: str) -> None:
    source = (
        "{{ x }}|{{ cell(x, x, x, x) }}|{% set y %}{{ x }}{% endset %}"
        "{{ y }}|{{ [x] | join }}|{{ 7 }}"
    )
    macro = (
        '{% macro cell(label, value, kind="", id="") %}'
        '<td{% if kind %} class="{{ kind }}"{% endif %} data-label="{{ label }}"'
        '{% if id %} data-explain="{{ id }}"{% endif %}>{{ value }}</td>{% endmacro %}'
    )
    plain = Environment(autoescape=True).from_string(macro + source).render(x=text)
    quick = '{% from "macros.html.j2" import cell %}' + source
    assert environment("html").from_string(quick).render(x=text) == plain


def test_a_page_is_laid_out_once_for_all_its_forms_and_anew_for_another_firm(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    one, other = example("bakery"), example("agency")
    assert lay_out_page(one, shipped) is lay_out_page(one, shipped)
    assert lay_out_page(other, shipped).organisation == other.organisation.name
    assert lay_out_page(one, shipped).organisation == one.organisation.name


def test_html_is_escaped_whatever_the_templates_name() -> None:
    assert environment("html").autoescape is True
    written = environment("html").from_string("<b title='{{ x }}'>{{ x }}</b>").render(x="<'\"&>")
    assert written == "<b title='&lt;&#39;&#34;&amp;&gt;'>&lt;&#39;&#34;&amp;&gt;</b>"


def test_markdown_is_escaped_value_by_value() -> None:
    written = environment("md").from_string("**{{ x }}** | {{ 7 }}").render(x="a*b|<c>`d`\n# e")
    assert written == r"**a\*b\|\<c\>\`d\` # e** | 7"


@pytest.mark.parametrize("firm", FIRMS)
def test_both_reports_tell_their_story_in_one_order(
    firm: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    markdown = render(example(firm), shipped, "md")
    page = render(example(firm), shipped, "html")
    first, story = page.split('<section class="part" aria-labelledby="why">')
    parts = re.findall(r'<h2 id="([a-z]+)">(.+)</h2>', story)
    titles = [title for _, title in parts]
    assert re.findall(r"^## (.+)$", markdown, re.MULTILINE) == titles
    assert [title for title in titles if title in STORY] == STORY
    assert re.findall(r'<a href="#([a-z]+)">', first) == [name for name, _ in parts]
    answer = ["Why this one", "How sure", "What would change it", "Next Monday"]
    assert re.findall(r"<h2(?: id=\"[a-z]+\")?>([^<]+)</h2>", first) == answer


@pytest.mark.parametrize("firm", FIRMS)
def test_the_pick_comes_first_of_all(
    firm: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    judged = example(firm)
    first = next(one.title for one in judged.ranking.streams if one.id == judged.ranking.first)
    markdown = render(judged, shipped, "md").splitlines()[0]
    assert markdown.startswith(f"# {judged.organisation.name}: ")
    heading = re.findall(r"<h1 id=\"what\">(.+)</h1>", render(judged, shipped, "html"))
    assert first in markdown
    assert [first in one for one in heading] == [True]


@pytest.mark.parametrize("firm", FIRMS)
def test_both_reports_show_the_same_figures(
    firm: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    markdown = figures(markdown_rows(render(example(firm), shipped, "md")))
    page = figures(html_rows(render(example(firm), shipped, "html")))
    assert page.total() > len(shipped.components)
    assert markdown == page


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("firm", FIRMS)
def test_no_report_stumbles_over_its_punctuation(
    form: str, firm: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    unread = r"<style>.*</style>|<script>.*</script>"
    text = re.sub(unread, "", render(example(firm), shipped, form), flags=re.DOTALL)
    stumbles = re.findall(
        r".{0,30}(?:(?<!\.)\.\.(?!\.)|[?!]\.(?=\s)| ,|;;|None|nan\b).{0,10}", text
    )
    assert stumbles == []


@pytest.mark.parametrize("form", FORMS)
def test_rendering_twice_gives_the_same_text(
    form: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    once = render(example("bakery"), shipped, form)
    assert render(example("bakery"), shipped, form) == once
    assert once.endswith("\n")
    assert "\r" not in once


def figures(rows: list[list[str]]) -> Counter[tuple[str, ...]]:
    """Return the rows' figures without the words beside them, which the forms may set apart."""
    figure = re.compile(r"<?>?[\d.]+(| %| to [\d.]+| \([\d.]+ to [\d.]+\))")
    kept = (tuple(cell for cell in row if figure.fullmatch(cell)) for row in rows)
    return Counter(row for row in kept if row)


def markdown_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    plain = [re.sub(r"\\([^\w\s])", r"\1", line) for line in lines]
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in plain]


def html_rows(text: str) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]
