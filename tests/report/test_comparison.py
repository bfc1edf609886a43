"""A comparison in words and on pages: what it says, and how a browser shows it."""

from __future__ import annotations

import functools
import html
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from browser import NARROW, WIDE, barriers, contrast, overhang, unfold
from builders import answer_file, asked, component, improvable, initiative, question, questionnaire
from builders import stream as one_stream
from conftest import EXAMPLES
from it4it_assess.engine.compare import compare
from it4it_assess.engine.mixing import Sitting
from it4it_assess.engine.trend import trend
from it4it_assess.files.load import load_answers
from it4it_assess.report import comparison_words as words
from it4it_assess.report import progress_words
from it4it_assess.report.comparison import render_comparison
from years import a_year_later, two_years_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from it4it_assess.model.comparison import Comparison
    from it4it_assess.model.questionnaire import Questionnaire


PAIN = {"criteria": ["pain"]}
HOSTILE = "<script>window.__pwned = 1</script>\" onload='x' | `*a*` {{7*7}} </style></svg>"


def between(old: dict[str, Any], new: dict[str, Any], **contexts: Any) -> Comparison:
    asks = asked(a=2, b=1)
    return compare(
        Sitting(asks, answer_file(old, **contexts.get("then", {}))),
        Sitting(asks, answer_file(new, **contexts.get("now", {}))),
    )


# Words


def test_the_story_says_what_moved_and_from_what() -> None:
    # a: (1 + 1) / 2 = 1 to (3 + 2) / 2 = 2.5; overall (1 + 2) / 2 = 1.5 to (2.5 + 2) / 2 = 2.25
    pain = {**PAIN, "pain": {"a": 5}}
    one = between(
        {"a.1": 1, "a.2": 1, "b.1": 2}, {"a.1": 3, "a.2": 2, "b.1": 2}, then=pain, now=pain
    )
    assert words.story(one) == [
        "Up by 0.75 overall; A still comes first.",
        "Overall 1.50 then, 2.25 now, from changed answers.",
        "A: 1.00 then, 2.50 now (+1.50), from changed answers.",
        "Unchanged: B.",
    ]


def test_a_change_of_the_questionnaire_alone_is_said_as_such() -> None:
    one = compare(
        Sitting(asked(a=2), answer_file({"a.1": 3, "a.2": 3})),
        Sitting(asked(a=3), answer_file({"a.1": 3, "a.2": 3, "a.3": 0})),
    )
    assert words.story(one)[2] == (
        "A: 3.00 then, 2.00 now (-1.00), from the questionnaire alone: no answer moved it."
    )
    assert words.cautions(one) == [
        "The questionnaire changed within version 1.0; new questions: 1."
    ]


def test_two_causes_are_named_with_their_parts() -> None:
    # (0 + 1 + 2) / 3 = 1; without a.3 0.5; then a.1 at 3: 2
    one = compare(
        Sitting(asked(a=3), answer_file({"a.1": 0, "a.2": 1, "a.3": 2})),
        Sitting(asked(a=2), answer_file({"a.1": 3, "a.2": 1})),
    )
    assert words.story(one)[1] == (
        "Overall 1.00 then, 2.00 now: -0.50 from the questionnaire and +1.50 from the answers."
    )


def test_the_pick_is_told_with_what_it_hangs_on() -> None:
    one = between(
        {"a.1": 1, "a.2": 1, "b.1": 1},
        {"a.1": 1, "a.2": 1, "b.1": 1},
        then={**PAIN, "pain": {"a": 5, "b": 2}},
        now={**PAIN, "pain": {"a": 1, "b": 2}},
    )
    assert words.headline(one) == "Overall where it stood; B comes first now"
    assert words.pick_story(one) == [
        "The pick moves from A to B.",
        "Without the change in goals, pain and readiness, A would come first.",
        "A: value 1.00 then, 0.20 now: -0.80 from goals, pain and readiness.",
    ]


def test_a_pick_that_two_changes_each_moved_alone_is_told_by_the_order_of_the_steps() -> None:
    # pain and gap count alike, targets are 3. a: (4 + 2) / 10 = 0.6, b: (3 + 2) / 10 = 0.5.
    # With a.1 at 3 a is (4 + 0) / 10 = 0.4; with pain 2 it is (2 + 2) / 10 = 0.4; both 0.2.
    weights = {"weights": {"pain": 1, "gap": 1}}
    asks = asked(a=1, b=1)
    one = compare(
        Sitting(asks, answer_file({"a.1": 1, "b.1": 1}, pain={"a": 4, "b": 3}, **weights)),
        Sitting(asks, answer_file({"a.1": 3, "b.1": 1}, pain={"a": 2, "b": 3}, **weights)),
    )
    assert words.pick_story(one) == [
        "The pick moves from A to B.",
        (
            "No one change moved it alone: put back by itself, each leaves the pick where it "
            "is now. Taken one after another it moves with the answers."
        ),
        (
            "A: value 0.60 then, 0.20 now: -0.20 from the answers and -0.20 from goals, pain "
            "and readiness."
        ),
    ]


def test_no_pick_then_or_now_is_said() -> None:
    gated = {"readiness": {"a": {"sponsor": 0}, "b": {"sponsor": 0}}}
    none = between({"a.1": 1}, {"a.1": 2}, then=gated, now=gated)
    assert words.headline(none) == (
        "Too little is answered to compare the overall score; no stream is ready to go first yet"
    )
    assert words.pick_story(none) == ["No stream was ready to go first, and none is now."]
    lost = between({"a.1": 1}, {"a.1": 1}, now=gated)
    assert words.headline(lost).endswith("; no stream is ready to go first now")
    assert words.pick_story(lost)[:2] == [
        "The pick moves from A to no stream.",
        "Without the change in goals, pain and readiness, A would come first.",
    ]


def test_initiatives_say_what_they_moved_and_what_they_share() -> None:
    asks = improvable(
        initiative("both", {"a.1": 3, "a.2": 2}),
        initiative("one", {"a.1": 2}),
        initiative("half", {"a.2": 1, "a.3": 4}),
    )
    one = compare(
        Sitting(asks, answer_file({"a.1": 0, "a.2": "unknown", "a.3": 2})),
        Sitting(asks, answer_file({"a.1": 3, "a.2": 2, "a.3": 2})),
    )
    # a: (0 + 2) / 2 = 1 then, (3 + 2 + 2) / 3 = 2.33 now. both: 7/3 - 1; one: 5/2 - 1;
    # half: a.2 alone, (0 + 2 + 2) / 3 - 1
    both, only, half = (progress_words.initiative(work, one, asks) for work in one.initiatives)
    assert both == (
        "Both: A +1.33. Answers nobody could give before: 1 of 2; it may have been in place "
        "already. It shares answers with One and Half: do not add them up."
    )
    assert only == "One: A +1.50. It shares answers with Both: do not add them up."
    assert half == (
        "Half: A +0.33. Still to reach: How is a.3 done? Answers nobody could give before: "
        "1 of 1; it may have been in place already. It shares answers with Both: "
        "do not add them up."
    )
    assert progress_words.together(one) == [
        "A: this work by itself moves it by +1.33; in all it changed by +1.33."
    ]


def test_what_the_firm_says_otherwise_is_named_in_words(shipped: Questionnaire) -> None:
    named = {
        "pain.d2c": "Pain: Detect to Correct",
        "readiness.d2c.sponsor": "Readiness: Detect to Correct, sponsor",
        "goals.fewer-outages": "Goal: Fewer outages",
        "capacity.days_per_quarter": "Capacity: days per quarter",
        "weights.gap": "Weight: Gap",
        "organisation.employees": "Firm: employees",
    }
    goal = next(goal.title for goal in shipped.goals if goal.id == "fewer-outages")
    named["goals.fewer-outages"] = f"Goal: {goal}"
    assert {path: words.setting(path, shipped) for path in named} == named


def test_a_file_read_with_another_version_is_cautioned() -> None:
    answers = answer_file({"a.1": 1}).model_copy(update={"questionnaire_version": "0.9"})
    one = compare(Sitting(asked(a=1), answers), Sitting(asked(a=1), answer_file({"a.1": 1})))
    (caution,) = words.cautions(one)
    assert caution == (
        "The older answers name version 0.9 of the questionnaire and are read with version 1.0: "
        "questions worded anew since are taken for the same."
    )


# Pages


@pytest.fixture(scope="module")
def sittings(shipped: Questionnaire) -> list[Sitting]:
    bakery = load_answers(EXAMPLES / "bakery.yaml", shipped)
    years = (bakery, a_year_later(shipped, bakery), two_years_later(shipped, bakery))
    return [Sitting(shipped, answers) for answers in years]


@pytest.fixture(scope="module")
def page_of(sittings: list[Sitting]) -> Callable[[str], str]:
    """Return the bakery's comparison over three years, rendered once a form."""
    one, over_time = compare(sittings[0], sittings[-1]), trend(sittings)
    asks = (sittings[0].questionnaire, sittings[-1].questionnaire)
    return functools.cache(lambda form: render_comparison(one, over_time, asks, form))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_at_any_width_with_all_details_open(
    scheme: str, opened: Callable[..., Page], page_of: Callable[[str], str]
) -> None:
    page = opened(page_of("html"), width=NARROW, color_scheme=scheme)
    assert overhang(page) <= 0
    unfold(page)
    assert overhang(page) <= 0
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_trends_stand_out_from_their_card(
    scheme: str, opened: Callable[..., Page], page_of: Callable[[str], str]
) -> None:
    inks, card = opened(page_of("html"), color_scheme=scheme).evaluate(
        """() => [
            [...new Set([...document.querySelectorAll('svg text')].map(
                one => getComputedStyle(one).fill))],
            getComputedStyle(document.querySelector('.trends figure')).backgroundColor,
        ]"""
    )
    assert inks
    assert [(ink, card) for ink in inks if contrast(ink, card) < 4.5] == []


def test_every_trend_has_a_title_a_description_and_its_figures_in_the_table(
    opened: Callable[..., Page], page_of: Callable[[str], str]
) -> None:
    page = opened(page_of("html"))
    charts = page.locator("svg.trend")
    assert charts.count() == 6
    rows = page.locator("section[aria-labelledby=time] tbody tr")
    for place in range(charts.count()):
        chart = charts.nth(place)
        title, about = chart.locator("title").text_content(), chart.locator("desc").text_content()
        cells = rows.nth(place).locator("td").all_text_contents()
        assert title == f"{rows.nth(place).locator('th').text_content()} over time"
        assert about
        assert [part.split()[-1] for part in about.split("; ")] == cells


def test_every_link_leads_to_a_place_in_the_page(
    opened: Callable[..., Page], page_of: Callable[[str], str]
) -> None:
    links = opened(page_of("html")).evaluate(
        "[...document.links].map(a => [a.getAttribute('href'), !!document.querySelector(a.hash)])"
    )
    assert links
    assert [href for href, found in links if not found] == []


def test_the_markdown_has_the_same_tables_as_the_page(
    opened: Callable[..., Page], page_of: Callable[[str], str]
) -> None:
    read = MarkdownIt("commonmark").enable("table").render(page_of("md"))
    page = opened(page_of("html"))
    unfold(page)
    titles = page.locator("th[scope=row]").evaluate_all(
        "heads => heads.map(head => head.firstChild.textContent.trim())"
    )
    shown = html.unescape(read)
    assert titles
    assert [title for title in titles if title not in shown] == []
    assert read.count("<table>") == page.locator("table").count()
    assert "\n\n\n\n" not in page_of("md")


def test_two_files_without_dates_have_a_page_too() -> None:
    asks = asked(a=1)
    pair = [Sitting(asks, answer_file({"a.1": level})) for level in (1, 2)]
    page = render_comparison(compare(*pair), trend(pair), (asks, asks), "html")
    assert "Between then and now" in page
    assert "undated 1" in page


def hostile() -> str:
    asks = questionnaire(
        one_stream(
            "a", component("a.part", question("a.1") | {"ask": HOSTILE}) | {"title": HOSTILE}
        )
        | {"title": HOSTILE},
        title=HOSTILE,
        notice=HOSTILE,
        version=HOSTILE,
    )
    firm = {"name": HOSTILE, "sector": HOSTILE}
    pair = [
        Sitting(
            asks,
            answer_file(
                {"a.1": {"by": {"ann": level, "bob": 1}}}, organisation=firm, pain={"a": level}
            ).model_copy(update={"questionnaire_version": HOSTILE * 2}),
        )
        for level in (1, 3)
    ]
    return render_comparison(compare(*pair), trend(pair), (asks, asks), "html")


def test_hostile_text_runs_nothing_and_reads_as_written(opened: Callable[..., Page]) -> None:
    page = opened(hostile(), width=NARROW)
    unfold(page)
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("document.scripts.length") == 1, "ours alone"
    assert page.locator("header .firm").text_content() == HOSTILE
    assert overhang(page) <= 0


def test_the_same_sittings_give_the_same_bytes(sittings: list[Sitting]) -> None:
    asks = (sittings[0].questionnaire, sittings[1].questionnaire)
    pages = {
        render_comparison(compare(*sittings[:2]), trend(sittings[:2]), asks, form)
        for form in ("md", "md")
    }
    assert len(pages) == 1
