"""Charts are the figures again as shapes: where each bar begins and ends, worked by hand."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW, flat, initiative, judge, questionnaire
from it4it_assess.report import charts, mermaid
from it4it_assess.report.first_screen import Trials, first_places, plain_sureness
from it4it_assess.report.gantt import placed
from it4it_assess.report.view import lay_out_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.view import Page

FIRMS = ("bakery", "agency", "manufacturer")


@pytest.fixture
def page() -> Page:
    """Two quarters of ten days: base and fix fill the first, late half of the second."""
    asked = questionnaire(
        flat(
            "a",
            4,
            target=4,
            initiatives=[
                initiative("base", {"a.1": 4}, 4),
                initiative("fix", {"a.2": 4, "a.3": 4}, 6, needs=["base"]),
                initiative("late", {"a.4": 2}, 5, needs=["fix"]),
            ],
        )
    )
    context: dict[str, Any] = {
        "criteria": ["pain"],
        "pain": {"a": 5},
        "capacity": {"days_per_quarter": 10, "quarters": 2},
        "stakeholders": [
            {"name": "Ann", "influence": 5, "support": 0},
            {"name": "Bob"},
            {"name": "Cy", "influence": 5, "support": 0},
        ],
    }
    answers = {"a.1": 0, "a.2": 0, "a.3": 0, "a.4": 0}
    return lay_out_page(judge(asked, answers, **context), asked)


def parts(drawing: str, kind: str) -> list[dict[str, str]]:
    """Return the shapes of a kind."""
    root = ET.fromstring(f"<all>{drawing}</all>")  # noqa: S314  it is our own
    return [one.attrib for one in root.iter() if kind in one.get("class", "").split()]


def test_work_is_placed_one_after_the_other_by_its_days(page: Page) -> None:
    # of ten days a quarter: 4, then 6; then 5 in the second
    assert [(one.job.id, one.begins, one.ends) for one in placed(page.quarters)] == [
        ("base", 0, 0.4),
        ("fix", 0.4, 1.0),
        ("late", 1, 1.5),
    ]


def test_the_gantt_draws_bars_of_their_days_and_a_line_to_what_waits(page: Page) -> None:
    drawing = charts.gantt(page.quarters, page.streams)
    broad = drawing[: drawing.index("</svg>") + 6]
    # two quarters share the 60 % right of the titles: 30 % each, of which 0.2 is a gap
    assert [(one["x"], one["width"]) for one in parts(broad, "hue-1")] == [
        ("40%", "11.8%"),
        ("52%", "17.8%"),
        ("70%", "14.8%"),
    ]
    assert [(one["x1"], one["x2"]) for one in parts(broad, "leans")] == [
        ("52%", "52%"),
        ("52%", "52%"),
        ("70%", "70%"),
        ("70%", "70%"),
    ]
    # 10 of 10 days and 5 of 10, of a column less 0.8
    assert [one["width"] for one in parts(broad, "used")] == ["29.2%", "14.6%"]


def test_scores_stand_on_a_scale_from_end_to_end(page: Page) -> None:
    row = page.streams[0]._replace(at=2.5, low=0.0, high=5.0, aim=4.0, reached=2, after=3.0)
    drawing = charts.ranges("x", "X", [row], page.values)
    # the scale from 0 to 5 takes the drawing less 1 % at each end
    assert [one["cx"] for one in parts(drawing, "dot")] == ["50%"]
    assert [one["cx"] for one in parts(drawing, "after")] == ["59.8%"]  # 1 + 3 / 5 x 98
    assert [one["x1"] for one in parts(drawing, "target")] == ["79.4%"]  # 1 + 4 / 5 x 98
    assert [(one["x"], one["width"]) for one in parts(drawing, "range")] == [("1%", "98%")]
    assert [one["width"] for one in parts(drawing, "held")] == ["39.2%"]  # 2 / 5 x 98


@pytest.mark.parametrize("firm", FIRMS)
def test_the_parts_of_a_contribution_are_as_long_as_its_value(
    firm: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    bars = lay_out_page(example(firm), shipped).ranking
    drawn = parts(charts.contributions(bars), "part")
    for bar in bars:
        mine = [one for one in drawn if one["data-explain"].startswith(f"rank.{bar.id}.")]
        total = sum(float(one["width"].rstrip("%")) for one in mine)
        assert total == pytest.approx(100 * sum(part.share for part in bar.parts), abs=0.04)


def test_a_hundred_dots_are_full_as_often_as_the_pick_wins() -> None:
    drawing = charts.trials([Trials("a", "A", 63), Trials("b", "B", 37)])
    assert (len(parts(drawing, "won")), len(parts(drawing, "lost"))) == (63, 37)


@pytest.mark.parametrize("firm", FIRMS)
def test_first_places_add_up_to_a_hundred(
    firm: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    del shipped
    places = first_places(example(firm))
    assert places[0].id == example(firm).ranking.first
    assert sum(one.trials for one in places) == 100
    assert f"in {places[0].trials} of 100 tries" in plain_sureness(example(firm))


def test_people_at_one_place_stand_side_by_side(page: Page) -> None:
    drawn = parts(charts.influence(page.people), "dot")
    # support 0 is at 5 %, the second 3 % further; who is not rated is not drawn
    assert [one["cx"] for one in drawn] == ["5%", "8%"]
    assert len({one["cy"] for one in drawn}) == 1


def test_mermaid_draws_the_plan_in_days_of_the_calendar(page: Page) -> None:
    quarter = page.quarters[0]
    # judged on 2 Nov 2026: the quarter begins with December and has 31 + 31 + 28 = 90 days
    assert quarter.starts == dt.date(2026, 12, 1)
    assert mermaid.gantt([quarter]).splitlines()[7:] == [
        "  1. Base :2026-12-01, 36d",  # 0.4 x 90
        "  2. Fix :2027-01-06, 54d",  # 36 days later, for 0.6 x 90
        "```",
    ]


def test_mermaid_places_people_off_the_edges(page: Page) -> None:
    # 0.05 + 0.9 x 0 / 5 and 0.05 + 0.9 x 5 / 5
    assert mermaid.quadrant(page.people).splitlines()[9:] == [
        '  "1": [0.05, 0.95]',
        '  "3": [0.05, 0.95]',
        "```",
    ]


def test_a_radar_of_fewer_than_three_streams_is_not_drawn(page: Page) -> None:
    assert mermaid.radar(page.streams, page.values) == ""


LINES = re.compile(
    r"```mermaid|```|gantt|  accTitle: The plan by quarter|  dateFormat YYYY-MM-DD"
    r"|  axisFormat %b %Y|  todayMarker off|  section Q\d+"
    r"|  \d+\. [^:;#%{}\[\]<>\"`|\\~]+ :\d{4}-\d\d-\d\d, \d+d"
)


@given(st.text(max_size=80))
@LAW
def test_no_title_breaks_a_mermaid_block(title: str) -> None:
    asked = questionnaire(flat("a", 1, initiatives=[initiative("fix", {"a.1": 3})]))
    page = lay_out_page(judge(asked, {"a.1": 0}, pain={"a": 5}), asked)
    quarter = page.quarters[0]
    job = quarter.jobs[0]._replace(title=title)
    told = mermaid.gantt([quarter._replace(jobs=(job,))])
    assert [line for line in told.split("\n")[:-1] if not LINES.fullmatch(line)] == []
