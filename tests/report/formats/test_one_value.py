"""One number, one value: every figure in every format is the JSON report's, rounded once.

The JSON report holds the exact numbers. What the other formats show is compared with it
figure by figure, by what the cell or field means; `shown` is the only rounding.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from docx import Document
from markdown_it import MarkdownIt

from hostile import firm
from it4it_assess.report.formats import rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

FIRMS = ("bakery", "agency", "manufacturer", "made up")
Firm = tuple["Assessment", "Questionnaire"]
Figures = dict[tuple[str, str], str]
"""A figure as it is shown, by what it is of and which of its figures it is."""


@pytest.fixture(scope="module", params=FIRMS)
def whose(
    request: pytest.FixtureRequest,
    example: Callable[[str], Assessment],
    shipped: Questionnaire,
) -> Firm:
    """Return a shipped firm, or one with open, unsure and disputed answers everywhere."""
    if request.param == "made up":
        return firm(0, plain=True)
    return example(request.param), shipped


@pytest.fixture(scope="module")
def exact(whose: Firm) -> dict[str, Any]:
    """Return the assessment in the JSON report."""
    read: dict[str, Any] = json.loads(rendered("json", *whose)[".json"])["assessment"]
    return read


def shown(value: float | None, places: int) -> str:
    """Return a number as it is to be shown; nothing where there is none."""
    return "" if value is None else f"{round(value, places) + 0.0:.{places}f}"


def share(value: float) -> str:
    """Return a share as a whole percentage, or what is said of one that is not quite whole."""
    if 0.99 < value < 1:
        return ">99 %"
    if 0 < value < 0.001:
        return "<0.1 %"
    return f"{100 * value:.1f} %" if 0 < value < 0.01 else f"{100 * value:.0f} %"


def parts(exact: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every score by the id it goes by in tables."""
    card = exact["scorecard"]
    found = {"overall": card["overall"]}
    for stream in card["streams"]:
        found[stream["id"]] = stream
        found |= {part["id"]: part for part in stream["components"]}
    found |= {f"lens {lens['id']}": lens for lens in card["lenses"]}
    for view, groups in card["views"].items():
        found |= {f"{view} {group['id']}": group for group in groups}
    return found


def expected_tables(exact: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the figures of the tables, unrounded, each column with its decimals."""
    plan, streams = exact["roadmap"], [one["id"] for one in exact["scorecard"]["streams"]]
    return {
        "scores": [
            {
                "score": (one["score"], 1),
                "low": (one["low"], 1),
                "high": (one["high"], 1),
                "level": (one["level"], 0),
                "level_low": (one["level_low"], 0),
                "level_high": (one["level_high"], 0),
                "target": (one.get("target"), 1),
                "gap": (one.get("gap"), 1),
                "answered": (one["coverage"], None),
            }
            for one in parts(exact).values()
        ],
        "ranking": [
            {
                "rank": (one["rank"], 0),
                "value": (one["value"], 2),
                **{name: (part, 2) for name, part in one["contributions"].items()},
                "first_share": (exact["robustness"]["rank_shares"][one["id"]][0], None),
            }
            for one in exact["ranking"]["streams"]
        ],
        "answers": [
            {
                "level": (one["level"], 9),
                "low": (one["low"], 9),
                "high": (one["high"], 9),
                "distance": (one["deviation"], 1),
                "consensus": (one["consensus"], 2),
            }
            for one in exact["readings"].values()
        ],
        "roadmap": [
            {"quarter": (one["quarter"], 0), "days": (one["days"], 9), "cost": (one["cost"], 0)}
            for one in plan["initiatives"]
        ],
        "quarters": [
            {"quarter": (0, 0), **{name: (plan["today"].get(name), 1) for name in streams}},
            *(
                {
                    "quarter": (one["quarter"], 0),
                    "capacity": (one["capacity"], 9),
                    "days": (one["days"], 9),
                    "cost": (one["cost"], 0),
                    **{name: (one["projected"].get(name), 1) for name in streams},
                }
                for one in plan["waves"]
            ),
        ],
    }


def is_the_same(cell: object, value: float | None, places: int | None) -> bool:
    """Say whether a cell holds a number as it is to be shown; shares are hundredths."""
    if value is None or cell in {"", None}:
        return value is None and cell in {"", None}
    if places is None:
        as_text = share(value)
        kept = {">99 %": 0.99, "<0.1 %": 0.001}.get(as_text)
        wanted = float(as_text.split()[0]) / 100 if kept is None else kept
        return abs(float(str(cell)) - wanted) < 1e-9
    return float(str(cell)) == float(shown(value, places))


def test_csv_shows_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    files = rendered("csv", *whose)
    for name, wanted in expected_tables(exact).items():
        text = files[f"-{name}.csv"].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        compare(name, [dict(row) for row in rows], wanted)


def test_the_workbook_shows_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    keys = {
        name.removeprefix("-").removesuffix(".csv"): text.decode("utf-8-sig").split("\r\n")[0]
        for name, text in rendered("csv", *whose).items()
    }
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", *whose)[".xlsx"]))
    for name, wanted in expected_tables(exact).items():
        heading = keys[name].split(",")
        rows = [
            dict(zip(heading, row, strict=True))
            for row in book[name.title()].iter_rows(min_row=2, values_only=True)
        ]
        compare(name, rows, wanted)


def compare(name: str, rows: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    assert len(rows) == len(wanted), name
    for row, numbers in zip(rows, wanted, strict=True):
        for key, (value, places) in numbers.items():
            assert is_the_same(row[key], value, places), (name, key, row[key], value)


def score_cells(one: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return a score's figures as a page shows them: score, range, level, answered."""
    low, high = shown(one["low"], 1), shown(one["high"], 1)
    low_level, high_level, level = one["level_low"], one["level_high"], one["level"]
    around = f"{low_level} to {high_level}"
    levels = around if level is None else f"{level}"
    if level is not None and low_level != high_level:
        levels = f"{level} ({around})"
    nothing = one["low"] is None
    return (
        shown(one["score"], 1) or "-",
        "-" if nothing else (low if low == high else f"{low} to {high}"),
        "-" if nothing else levels,
        share(one["coverage"]),
    )


def page_rows(exact: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the rows of figures that Markdown, HTML and Word show, in their order."""
    card, plan, ranking = exact["scorecard"], exact["roadmap"], exact["ranking"]
    rows: list[tuple[str, ...]] = []
    for one in [*card["streams"], {**card["overall"], "title": "Overall"}]:
        score, around, level, answered = score_cells(one)
        target = shown(one.get("target"), 1) or "-"
        gap = shown(one.get("gap"), 1) or "-"
        rows.append((one["title"], score, around, level, target, gap, answered))
    for stream in card["streams"]:
        rows += [(part["title"], *score_cells(part)) for part in stream["components"]]
    rows += [(lens["title"], *score_cells(lens)) for lens in card["lenses"]]
    for groups in card["views"].values():
        rows += [(group["title"], *score_cells(group)) for group in groups]
    streams = [stream["id"] for stream in card["streams"]]
    for label, scores in [
        ("Today", plan["today"]),
        *((f"Q{one['quarter']},", one["projected"]) for one in plan["waves"]),
    ]:
        rows.append((label, *(shown(scores.get(name), 1) or "-" for name in streams)))
    for stream in ranking["streams"]:
        rows.append(
            (stream["title"], *(shown(one, 2) for one in stream["contributions"].values()))
        )
    return rows


def missing(wanted: Sequence[tuple[str, ...]], tables: list[list[str]]) -> list[tuple[str, ...]]:
    """Return the rows of figures that no row of the tables has, in order beside its title."""
    found = []
    for title, *figures in wanted:
        match = [
            row
            for row in tables
            if title in row[0] and [cell for cell in row[1:] if cell][: len(figures)] == figures
        ]
        if not match:
            found.append((title, *figures))
    return found


def test_markdown_shows_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    rows: list[list[str]] = []
    for token in parser.parse(rendered("md", *whose)[".md"].decode()):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level > 3:
            rows[-1].append("".join(one.content for one in token.children or ()))
    assert missing(page_rows(exact), rows) == []


def test_html_shows_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    text = rendered("html", *whose)[".html"].decode()
    rows = [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.DOTALL)
    ]
    assert missing(page_rows(exact), rows) == []


def test_word_shows_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    document = Document(io.BytesIO(rendered("docx", *whose)[".docx"]))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert missing(page_rows(exact), rows) == []
    values = [(one["title"], shown(one["value"], 2)) for one in exact["ranking"]["streams"]]
    assert missing(values, rows) == []


def test_archimate_shows_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    names = {"a": "http://www.opengroup.org/xsd/archimate/3.0/"}
    root = ET.fromstring(rendered("archimate", *whose)[".archimate.xml"])  # noqa: S314  made here
    found: dict[str, dict[str, str]] = {
        one.attrib["identifier"]: {
            prop.attrib["propertyDefinitionRef"].removeprefix("prop-"): prop.findtext(
                "a:value", "", names
            )
            for prop in one.findall("a:properties/a:property", names)
        }
        for one in root.findall("a:elements/a:element", names)
    }
    streams = {stream["id"] for stream in exact["scorecard"]["streams"]}
    for name, one in parts(exact).items():
        kind = "stream" if name in streams else "component"
        if (shows := found.get(f"{kind}-{name}")) is not None:
            for key, value in (
                ("score", one["score"]),
                ("low", one["low"]),
                ("high", one["high"]),
            ):
                assert is_the_same(shows.get(key, ""), value, 1)
            assert is_the_same(shows.get("level", ""), one["level"], 0)
            assert is_the_same(shows["answered"], one["coverage"], None)
    for stream in exact["ranking"]["streams"]:
        assert is_the_same(found[f"stream-{stream['id']}"]["value"], stream["value"], 2)
    for wave in exact["roadmap"]["waves"]:
        shows = found[f"plateau-{wave['quarter']}"]
        assert is_the_same(shows["days"], wave["days"], 9)
        for name, value in wave["projected"].items():
            assert is_the_same(shows[f"score-{name}"], value, 1)
    for job in exact["roadmap"]["initiatives"]:
        if job["quarter"] is not None:
            assert is_the_same(found[f"work-{job['id']}"]["days"], job["days"], 9)
            assert is_the_same(found[f"work-{job['id']}"].get("cost", ""), job["cost"], 0)


def test_tasks_show_the_jsons_numbers(whose: Firm, exact: dict[str, Any]) -> None:
    planned = [job for job in exact["roadmap"]["initiatives"] if job["quarter"] is not None]
    currency = exact["roadmap"]["currency"]
    for data in rendered("tasks", *whose).values():
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]
        for job, row in zip(planned, rows, strict=True):
            [days] = {
                one for cell in row for one in re.findall(r"Days:(?:\*\*)? ([\d.]+) day", cell)
            }
            assert is_the_same(days, job["days"], 9)
            if job["cost"] is not None:
                said = re.findall(r"Cost:(?:\*\*)? (\S.*? [\d,]+)$", "\n".join(row), re.MULTILINE)
                assert said == [f"{currency} {round(job['cost'], 0):,.0f}"]
