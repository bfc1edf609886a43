"""The page over many reports, in the look of a report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from it4it_assess.report.figures import day
from it4it_assess.report.render import brand_values, environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.report.design import Design
    from it4it_assess.report.listing import Refused, Row


class Entry(NamedTuple):
    """A line as the page shows it."""

    link: Markup
    organisation: str
    iso_date: str
    date: str
    first: str
    sure: str
    coverage: str


class Index(NamedTuple):
    """What the page shows."""

    organisation: str
    headline: str
    entries: tuple[Entry, ...]
    refused: tuple[tuple[str, str], ...]
    date: str
    tool: str
    notice: str = ""


def render_index(
    rows: Sequence[Row], refused: Sequence[Refused], form: str, design: Design, tool: str
) -> str:
    """Return the index of these reports as a page, `html` or `md`, in the order given."""
    brand = design.brand
    dates = sorted(row.date for row in rows)
    often = Counter(row.organisation for row in rows)
    page = Index(
        organisation=brand.name or "Reports",
        headline=f"{len(rows)} {'report' if len(rows) == 1 else 'reports'}",
        entries=tuple(_entry(row, form, often[row.organisation]) for row in rows),
        refused=tuple((one.path, one.reason) for one in refused),
        date=_words(dates[-1]) if dates else "",
        tool=tool,
    )
    template = environment(form).get_template(f"index.{form}.j2")
    return template.render(page=page, brand=brand_values(brand))


def _entry(row: Row, form: str, times: int) -> Entry:
    """Lay out a line; where several reports are one organisation's, with the report's name."""
    called = row.organisation if times == 1 else f"{row.organisation} ({row.name})"
    link = Markup(quote(f"{row.name}.{form}"))  # noqa: S704  nothing is left that a page acts on
    return Entry(link, called, row.date, _words(row.date), row.first, row.sure, row.coverage)


def _words(date: str) -> str:
    return day(dt.date.fromisoformat(date))
