"""Both reports as their readers meet them: HTML in Chromium, Markdown through a parser.

The shipped firms for looks and access; then a questionnaire and an answer file whose every
free text is hostile, or is whatever Hypothesis thinks of, which must change no tag.
"""

from __future__ import annotations

import functools
import html.parser
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from browser import HOSTILE, NARROW, barriers, contrast, overhang, unfold
from builders import (
    LAW,
    component,
    initiative,
    judge,
    question,
    questionnaire_values,
    stream,
)
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.questionnaire import Questionnaire
from it4it_assess.report.design import Audience, Design
from it4it_assess.report.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from it4it_assess.model.assessment import Assessment

FIRMS = ("bakery", "agency", "manufacturer")
AUDIENCES: tuple[Audience, ...] = ("owner", "board", "consultant")
WIDTHS = (NARROW, 768, 1440)
WIDE = WIDTHS[-1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("firm", FIRMS)
def test_axe_finds_no_barrier_in_a_page_as_it_first_shows(
    firm: str,
    audience: Audience,
    scheme: str,
    opened: Callable[..., Page],
    page_of: Callable[..., str],
) -> None:
    # The widths take turns, so that each is seen with every audience in both schemes.
    width = WIDTHS[(FIRMS.index(firm) + AUDIENCES.index(audience)) % len(WIDTHS)]
    page = opened(page_of(firm, audience), width=width, color_scheme=scheme)
    assert barriers(page) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", NARROW), ("dark", WIDE)])
def test_axe_finds_no_barrier_with_everything_unfolded(
    scheme: str, width: int, opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    page = opened(page_of("bakery"), width=width, color_scheme=scheme)
    unfold(page)
    assert barriers(page) == []


def test_axe_finds_no_barrier_in_what_is_printed(
    opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    page = opened(page_of("agency", "owner"))
    page.emulate_media(media="print")
    assert barriers(page) == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("firm", FIRMS)
def test_no_page_scrolls_sideways_at_any_width(
    firm: str, audience: Audience, opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    page = opened(page_of(firm, audience), width=NARROW)
    unfold(page)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = overhang(page)
    assert wide == dict.fromkeys(WIDTHS, 0)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("firm", FIRMS)
def test_no_page_is_larger_than_350_kb(
    firm: str, audience: Audience, page_of: Callable[..., str]
) -> None:
    assert len(page_of(firm, audience).encode()) <= 350_000


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("firm", FIRMS)
def test_the_owners_page_prints_on_one_sheet(
    firm: str, paper: str, opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    assert sheets(opened(page_of(firm, "owner")).pdf(format=paper)) == 1


def test_what_is_folded_on_screen_is_printed(
    opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    page = opened(page_of("bakery"), java_script_enabled=False)
    folded = page.locator("details.fold").first.locator("li").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert page.locator("details[open] details dd").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_charts_stand_out_from_what_they_stand_on(
    scheme: str, opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    """Axe cannot judge text in SVG. WCAG 1.4.3: a contrast of 4.5 to 1 at this size."""
    pairs = opened(page_of("bakery"), color_scheme=scheme).evaluate(
        """() => {
            const paper = getComputedStyle(document.documentElement).backgroundColor;
            const ground = (one) => {
                if (one.matches(".on")) {
                    let bar = one.previousElementSibling;
                    while (bar.tagName !== "rect") bar = bar.previousElementSibling;
                    return getComputedStyle(bar).fill;
                }
                return one.matches(".number") ? getComputedStyle(
                    one.previousElementSibling).fill : paper;
            };
            return [...document.querySelectorAll("svg text")].map(
                (one) => [getComputedStyle(one).fill, ground(one)]);
        }"""
    )
    assert len({tuple(pair) for pair in pairs}) > 3
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_contrast_is_wcags() -> None:
    # black on white is 21 to 1 by definition; #777 on white is WCAG's own near miss of 4.48
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.005)


def test_the_page_reads_and_unfolds_without_scripts(
    opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    text = page_of("bakery")
    shown = opened(text).locator("main").inner_text().replace("Unfold everything", "")
    page = opened(text, java_script_enabled=False)
    assert page.locator("main").inner_text().split() == shown.split()
    assert page.locator("button, input").count() == 0
    first = page.locator("details").first
    hidden = first.locator("ul").first
    assert not hidden.is_visible()
    first.locator("summary").click()
    assert hidden.is_visible()


def test_a_table_is_sorted_by_a_column_both_ways_and_its_sum_stays_last(
    opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    page = opened(page_of("bakery"))
    table = page.locator("#scores ~ table").first
    button = table.get_by_role("button", name="Score")
    for order in ("ascending", "descending"):
        button.click()
        head = table.locator("thead th").nth(1)
        assert head.get_attribute("aria-sort") == order
        scores = [float(one) for one in table.locator("tbody td:nth-child(2)").all_inner_texts()]
        assert scores[:-1] == sorted(scores[:-1], reverse=order == "descending")
        assert table.locator("tbody tr").last.inner_text().startswith("Overall")
    assert barriers(page) == []


def test_answers_are_filtered_and_everything_folds_out(
    opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    page = opened(page_of("bakery", "consultant"))
    rows = page.locator("[data-row]")
    page.get_by_label("Show only answers with").fill("ZEBRA")
    assert rows.locator("visible=true").count() == 0
    page.get_by_label("Show only answers with").fill("s2p.architecture.flow")
    assert rows.locator("visible=true").count() == 1
    page.get_by_label("Show only answers with").fill("")
    page.get_by_role("button", name="Unfold everything").click()
    assert page.locator("details:not([open])").count() == 0
    assert rows.locator("visible=true").count() == rows.count() == 148
    page.get_by_role("button", name="Fold everything").click()
    assert page.locator("details[open]").count() == 0


def test_the_policy_lets_in_our_own_script_and_style_and_no_other(
    chromium: Browser, page_of: Callable[..., str], tmp_path: Path
) -> None:
    strange = "<script>document.title = 'pwned'</script><p id=p style='color: red'>x</p>"
    path = tmp_path / "page.html"
    path.write_text(page_of("bakery").replace("<main>", f"<main>{strange}"), encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto(path.as_uri())
    assert page.title().endswith("first")
    colour = page.evaluate("getComputedStyle(document.querySelector('#p')).color")
    assert colour == page.evaluate("getComputedStyle(document.body).color")
    assert len(heard) == 2  # both are told off, our own are not
    assert page.get_by_role("button", name="Unfold everything").is_visible()
    context.close()


@pytest.mark.parametrize("firm", FIRMS)
def test_every_link_leads_to_a_place_in_the_page(
    firm: str, opened: Callable[..., Page], page_of: Callable[..., str]
) -> None:
    links = opened(page_of(firm)).evaluate(
        "[...document.links].map(a => [a.getAttribute('href'), !!document.querySelector(a.hash)])"
    )
    assert links
    assert [href for href, found in links if not (href.startswith("#") and found)] == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_runs_nothing_and_reads_as_written_in_a_browser(
    kind: str, opened: Callable[..., Page]
) -> None:
    page = opened(rendered(HOSTILE[kind], "html"), width=NARROW)
    unfold(page)
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("document.scripts.length") == 1
    assert page.locator("header .firm").text_content() == f"{HOSTILE[kind]} organisation"
    assert overhang(page) <= 0


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_changes_no_tag_of_the_html(kind: str) -> None:
    check_html(HOSTILE[kind])


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_changes_no_block_and_no_column_of_the_markdown(kind: str) -> None:
    check_markdown(HOSTILE[kind])


@pytest.mark.parametrize("audience", ["owner", "board"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_changes_no_report_for_anybody(kind: str, audience: Audience) -> None:
    check_html(HOSTILE[kind], audience)
    check_markdown(HOSTILE[kind], audience)


READABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn"])
    | st.sampled_from("\n<>&|`*_#-+.[]()!\\~"),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.strip()))


@settings(LAW, max_examples=50)
@given(READABLE)
def test_no_text_at_all_changes_a_tag_of_the_html(text: str) -> None:
    check_html(text)


@settings(LAW, max_examples=50)
@given(READABLE)
def test_no_text_at_all_changes_a_block_or_a_column_of_the_markdown(text: str) -> None:
    check_markdown(text)


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_plain_pages_that_hostile_ones_are_held_against_show_the_texts(form: str) -> None:
    must = {
        "organisation", "country", "law", "person", "role", "note", "voice", "currency",
        "holder", "holder-role", "title", "version", "notice", "value", "means", "criterion",
        "asks", "reads", "goal", "pull", "lens", "view", "group", "sector",
        "regulation", "rule", "because", "stream", "component", "without", "ask", "work",
        "outcome", "owner", "first-step", "step", "done", "risk", "expect", "answer",
        "reason", "evidence",
    }  # fmt: skip
    assert must <= shown(plain(form)[1])


@pytest.fixture(scope="session")
def page_of(example: Callable[[str], Assessment], shipped: Questionnaire) -> Callable[..., str]:
    """Return a shipped firm's HTML report, rendered once a session."""

    @functools.cache
    def page(firm: str, audience: Audience = "board") -> str:
        return render(example(firm), shipped, "html", Design(audience))

    return page


def sheets(pdf: bytes) -> int:
    """Return how many pages a PDF by Chromium has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def slot(name: str) -> str:
    """Return a place for a free text of this name."""
    return SLOT + name


SLOT = "\ue000"
BOTH = ("sell", "run")


def asked() -> dict[str, Any]:
    """Return a questionnaire with a slot for every free text it can hold."""
    levels = {value: slot("level") for value in range(6)}
    texts = {"why": slot("why"), "evidence": [slot("evidence")], "lenses": ["lens"]}
    advice = {value: slot("advice") for value in range(6)}
    streams = []
    for name in (*BOTH, "office"):
        asks = [
            question(f"{name}.{n}", levels=levels, advice=advice, v3=f"{name}-stage", **texts)
            | {"ask": slot("ask")}
            for n in range(5)
        ]
        part = component(
            f"{name}.part",
            *asks,
            about=slot("about"),
            without=slot("without"),
            data_objects=[slot("object")],
        ) | {"title": slot("component")}
        works = [
            initiative(
                f"{name}.work{n}",
                {f"{name}.{n}": 4},
                needs=[f"{name}.work{n - 1}"] if n else [],
                outcome=slot("outcome"),
                driven_by=slot("driven"),
                owner=slot("owner"),
                first_step=slot("first-step"),
                steps=[slot("step"), slot("step")],
                done_when=slot("done"),
                risk=slot("risk"),
                resistance={"expect": slot("expect"), "answer": slot("answer")},
                tools=[f"{name}.tool"],
                indicators=[f"{name}.measure"],
            )
            | {"title": slot("work")}
            for n in range(5)
        ]
        tool = {"id": f"{name}.tool", "title": slot("tool"), "look_for": slot("look-for")}
        measure = {
            "id": f"{name}.measure",
            "title": slot("measure"),
            "unit": slot("unit"),
            "direction": "up",
        }
        kind = "primary" if name in BOTH else "supporting"
        streams.append(
            stream(
                name,
                part,
                kind=kind,
                about=slot("about"),
                initiatives=works,
                tools=[tool],
                indicators=[measure],
            )
            | {"title": slot("stream")}
        )
    return questionnaire_values(
        *streams,
        about=slot("about"),
        notice=slot("notice"),
        criteria=[
            {"id": one, "title": slot("criterion"), "asks": slot("asks"), "reads": slot("reads")}
            for one in ("pain", "goals", "gap", "readiness", "effort", "enabling")
        ],
        dependencies=[{"stream": "run", "needs": "sell", "score": 5, "because": slot("because")}],
        goals=[
            {
                "id": "goal",
                "title": slot("goal"),
                "says": slot("says"),
                "pulls": {f"{one}.part": {"strength": 4, "because": slot("pull")} for one in BOTH},
            }
        ],
        lenses=[{"id": "lens", "title": slot("lens"), "about": slot("about")}],
        views=[
            {
                "id": "view",
                "title": slot("view"),
                "about": slot("about"),
                "groups": [
                    {
                        "id": "group",
                        "title": slot("group"),
                        "about": slot("about"),
                        "stages": [
                            {"id": f"{one}-stage", "title": slot("stage")}
                            for one in (*BOTH, "office")
                        ],
                    }
                ],
            }
        ],
        sectors=[{"id": "trade", "title": slot("sector"), "note": slot("sector-note")}],
        regulations=[{"id": "act", "title": slot("regulation"), "note": slot("about")}],
        target_rules=[
            {"when": {"size": "small"}, "stream": "sell", "by": 0.5, "because": slot("rule")}
        ],
        title=slot("title"),
        version=slot("version"),
    ) | {
        "scale": [
            {"value": value, "name": slot("value"), "means": slot("means")} for value in range(6)
        ]
    }


ANSWERS = {
    "format": 1,
    "questionnaire": "slots",
    "questionnaire_version": slot("old-version"),
    "date": "2026-11-02",
    "organisation": {
        "name": slot("organisation"),
        "sector": "trade",
        "employees": 20,
        "country": slot("country"),
        "regulation": ["act", slot("law")],
    },
    "respondents": {
        "ann": {"name": slot("person"), "role": slot("role")},
        "bob": {"name": slot("person"), "role": slot("role")},
    },
    "context": {
        "goals": {"goal": 5},
        "pain": {"sell": 5},
        "capacity": {
            "days_per_quarter": 2,
            "quarters": 2,
            "day_rate": 500,
            "currency": slot("currency"),
        },
        "stakeholders": [
            {"name": slot("holder"), "role": slot("holder-role"), "influence": 5, "support": 1}
        ],
    },
    "answers": {
        "sell.0": {"level": 1, "note": slot("note"), "evidence": [slot("evidence")]},
        "sell.1": {"unknown": True, "note": slot("note")},
        "sell.2": {
            "by": {"ann": {"level": 5, "note": slot("voice")}, "bob": {"level": 0}},
            "note": slot("note"),
        },
        "sell.3": {"by": {"ann": {"unknown": True, "note": slot("voice")}, "bob": "unknown"}},
        "sell.4": 1,
        "run.0": {"not_applicable": slot("reason")},
        "run.1": 2,
        "run.2": {"level": 3, "unsure": True},
        "office.0": 1,
        "office.1": 2,
        "office.2": 2,
    },
}


def filled(values: Any, text: str) -> Any:
    """Return values with the text in every slot, its name after it."""
    if isinstance(values, dict):
        return {key: filled(value, text) for key, value in values.items()}
    if isinstance(values, list):
        return [filled(value, text) for value in values]
    if isinstance(values, str) and values.startswith(SLOT):
        return f"{text} {values.removeprefix(SLOT)}"
    return values


def rendered(text: str, form: str, audience: Audience = "consultant") -> str:
    """Return a report with this text in every free-text field there is."""
    questions = Questionnaire.model_validate(filled(asked(), text))
    answers = AnswerFile.model_validate(filled(ANSWERS, text))
    return render(judge(questions, answers), questions, form, Design(audience))


class Tags(html.parser.HTMLParser):
    """What an HTML text is made of: its tags with the names of their attributes, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Blocks:
    """What a Markdown text is made of: its blocks and what is inside their lines, its words."""

    def __init__(self, page: str) -> None:
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        for token in PARSER.parse(page):
            self.tags.append((token.type, token.tag))
            for inner in token.children or []:
                if inner.type in {"text", "softbreak"}:
                    self.text += inner.content or " "
                else:
                    self.tags.append((inner.type, inner.tag))
            self.text += "\n"


PARTS: dict[str, type[Tags | Blocks]] = {"html": Tags, "md": Blocks}


@functools.cache
def plain(form: str, audience: Audience = "consultant") -> tuple[list[tuple[str, ...]], str]:
    parts = PARTS[form](rendered("plain", form, audience))
    return parts.tags, parts.text


def shown(text: str, before: str = "plain") -> set[str]:
    """Return the names of the slots whose whole text can be read in a page."""
    return {name for name in names([asked(), ANSWERS]) if f"{before} {name}" in text}


def names(values: Any) -> set[str]:
    if isinstance(values, dict):
        return names(list(values.values()))
    if isinstance(values, list):
        return {name for value in values for name in names(value)}
    is_slot = isinstance(values, str) and values.startswith(SLOT)
    return {values.removeprefix(SLOT)} if is_slot else set()


def check_html(text: str, audience: Audience = "consultant") -> None:
    tags, words = plain("html", audience)
    page = Tags(rendered(text, "html", audience))
    assert page.tags == tags
    assert shown(page.text, text) >= shown(words)


def check_markdown(text: str, audience: Audience = "consultant") -> None:
    tags, words = plain("md", audience)
    page = Blocks(rendered(text, "md", audience))
    assert page.tags == tags
    assert shown(one_line(page.text), one_line(text)) >= shown(words)


def one_line(text: str) -> str:
    """Return text as Markdown keeps it: every run of white space is one space."""
    return " ".join(text.split())
