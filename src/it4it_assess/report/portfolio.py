"""A portfolio, and one firm among its peers, laid out as pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess import __version__
from it4it_assess.report import figures, portfolio_chart
from it4it_assess.report.comparison_tables import Table
from it4it_assess.report.design import Design
from it4it_assess.report.figures import NOTHING, percent, points
from it4it_assess.report.portfolio_chart import Lying, Part
from it4it_assess.report.render import brand_values, environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.portfolio import (
        AmongPeers,
        Breakdown,
        Dimension,
        FirstCount,
        PublishedPortfolio,
        Quantiles,
        Section,
        Spread,
    )

SMALLEST = {"": "Another stream, or none yet", "none": "None can go first yet"}
BANDS = {
    "lower": "in the lower quarter",
    "middle": "in the middle half",
    "upper": "in the upper quarter",
}
SIZES = {
    "micro": "below 10 people",
    "small": "10 to 49 people",
    "medium": "50 people or more",
}
SPREAD_HEADS = ("Scored", "Too little answered", "p10", "p25", "Median", "p75", "p90")


class GroupRow(NamedTuple):
    """A group: its name, how many firms, and a figure a column with what goes with it."""

    name: str
    firms: str
    cells: tuple[tuple[str, str], ...]


class BreakdownView(NamedTuple):
    """One breakdown: what by, its groups, and what is not shown."""

    title: str
    rows: tuple[GroupRow, ...]
    chart: tuple[Lying, ...]
    hidden: str
    is_pair: bool


class FirstsView(NamedTuple):
    """Which streams come first in the groups of one kind."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[GroupRow, ...]


class SectionView(NamedTuple):
    """One version of a questionnaire, ready to be looped over."""

    title: str
    version: str
    firms: str
    notes: tuple[str, ...]
    scale: tuple[float, float]
    subjects: tuple[str, ...]
    spreads: tuple[tuple[str, tuple[str, ...]], ...]
    lying: tuple[Lying, ...]
    levels: tuple[tuple[str, str], ...]
    over_time: tuple[tuple[str, tuple[str, ...]], ...]
    breakdowns: tuple[BreakdownView, ...]
    firsts: tuple[Part, ...]
    firsts_by: tuple[FirstsView, ...]
    unknowns: tuple[tuple[str, str, str], ...]


class PortfolioPage(NamedTuple):
    """Everything the page of a portfolio shows."""

    organisation: str
    headline: str
    date: str
    k: int
    refused: int
    sections: tuple[SectionView, ...]
    too_small: tuple[str, ...]
    notice: str
    questionnaire: str
    version: str
    tool: str


class FirmRow(NamedTuple):
    """One score of a firm among its peers."""

    title: str
    score: str
    band: str
    before: str
    change: str


class FirmPage(NamedTuple):
    """Everything the page of one firm among its peers shows."""

    organisation: str
    headline: str
    date: str
    iso_date: str
    peers: str
    first_date: str
    rows: tuple[FirmRow, ...]
    notice: str
    questionnaire: str
    version: str
    tool: str


def render_portfolio(told: PublishedPortfolio) -> str:
    """Return the page of a portfolio: HTML that needs no other file."""
    return _render("portfolio.html.j2", lay_out_portfolio(told))


def render_firm(placed: AmongPeers) -> str:
    """Return the page of one firm among its peers."""
    return _render("peers.html.j2", lay_out_firm(placed))


def _render(name: str, page: PortfolioPage | FirmPage) -> str:
    template = environment("html").get_template(name)
    return template.render(
        page=page,
        boxes=portfolio_chart.boxes,
        parts=portfolio_chart.parts,
        brand=brand_values(Design().brand),
    )


def lay_out_portfolio(told: PublishedPortfolio) -> PortfolioPage:
    """Lay a portfolio out for a page."""
    firms = sum(section.firms for section in told.sections)
    notices = dict.fromkeys(section.notice for section in told.sections if section.notice)
    return PortfolioPage(
        organisation="Portfolio",
        headline=f"What {firms:,} organisations say together",
        date="",
        k=told.smallest_group,
        refused=told.refused,
        sections=tuple(_section(one, told.smallest_group) for one in told.sections),
        too_small=tuple(f"{one.questionnaire} {one.version}" for one in told.too_small),
        notice=" ".join(notices),
        questionnaire=", ".join(dict.fromkeys(one.title for one in told.sections)),
        version=", ".join(dict.fromkeys(one.version for one in told.sections)),
        tool=__version__,
    )


def section_table(section: Section) -> Table:
    """Return where each score lies, for a terminal."""
    return Table(
        f"{section.title} {section.version}: {section.firms:,} organisations",
        ("", *SPREAD_HEADS),
        [(one.title, *_spread(one)) for one in section.spreads],
    )


def _section(section: Section, k: int) -> SectionView:
    named = {one.id: one.title for one in section.spreads}
    return SectionView(
        title=section.title,
        version=section.version,
        firms=f"{section.firms:,}",
        notes=tuple(_notes(section)),
        scale=(section.lowest, section.highest),
        subjects=tuple(named.values()),
        spreads=tuple((one.title, _spread(one)) for one in section.spreads),
        lying=tuple(
            Lying(one.title, points(one.quantiles.p50), one.quantiles) for one in section.spreads
        ),
        levels=tuple((one.title, _levels(one)) for one in section.spreads),
        over_time=tuple(
            (one.title, _over_time(one)) for one in section.spreads if one.over_time is not None
        ),
        breakdowns=tuple(_breakdown(one, list(named), k) for one in section.breakdowns),
        firsts=tuple(_first(one, section, named) for one in section.firsts.all),
        firsts_by=tuple(
            FirstsView(
                f"By {by}",
                tuple(_stream(one.stream, named) for one in section.firsts.all),
                tuple(
                    GroupRow(
                        _name(by, group.name),
                        f"{group.firms:,}",
                        tuple((_count(one.firms), "") for one in group.counts),
                    )
                    for group in groups
                ),
            )
            for by, groups in section.firsts.by.items()
        ),
        unknowns=tuple((one.ask, one.stream, percent(one.share)) for one in section.unknowns),
    )


def _notes(section: Section) -> list[str]:
    notes = [f"{section.files:,} answer files; each organisation counts once, at its last date."]
    if section.other_version:
        notes.append(
            f"{section.other_version:,} of the files name another version than the one they "
            "were read with; bring them over with it4it-assess migrate."
        )
    if section.same_day:
        notes.append(
            f"{section.same_day:,} of the files are of an organisation that has another one of "
            "the same date (or none has a date); the later path counts."
        )
    return notes


def _spread(one: Spread) -> tuple[str, ...]:
    lies = one.quantiles
    return (
        _count(one.scored),
        _count(one.not_enough),
        *(points(value) for value in (lies.p10, lies.p25, lies.p50, lies.p75, lies.p90)),
    )


def _count(firms: int | None) -> str:
    return NOTHING if firms is None else f"{firms:,}"


def _levels(one: Spread) -> str:
    said = [
        (
            f"level {lot.lowest}"
            if lot.lowest == lot.highest
            else f"levels {lot.lowest} to {lot.highest}"
        )
        + f": {percent(lot.share)}"
        for lot in one.levels
    ]
    return ", ".join(said) or NOTHING


def _over_time(one: Spread) -> tuple[str, ...]:
    moved = one.over_time
    if moved is None:
        return ()
    shares = (moved.rose, moved.same, moved.fell)
    return (
        f"{moved.firms:,}",
        *(NOTHING if share is None else percent(share) for share in shares),
        _signed(moved.median_change),
    )


def _signed(change: float | None) -> str:
    return NOTHING if change is None else f"{change + 0.0:+.1f}"


def _breakdown(one: Breakdown, subjects: Sequence[str], k: int) -> BreakdownView:
    rows = tuple(
        GroupRow(
            _names(group.names),
            f"{group.firms:,}",
            tuple(_lies(group.quantiles.get(subject)) for subject in subjects),
        )
        for group in one.groups
    )
    lying = tuple(
        Lying(row.name, points(group.quantiles[subjects[0]].p50), group.quantiles[subjects[0]])
        for row, group in zip(rows, one.groups, strict=True)
    )
    hidden = (
        f"{one.hidden} groups are not shown: some have fewer than {k} organisations, and the "
        "others would let those be worked out."
        if one.hidden
        else ""
    )
    title = f"By {figures.joined(list(one.by))}"
    return BreakdownView(title, rows, lying, hidden, len(one.by) > 1)


def _lies(quantiles: Quantiles | None) -> tuple[str, str]:
    """Write the median and the middle half, as far as they may be told."""
    if quantiles is None or quantiles.p25 is None or quantiles.p75 is None:
        return points(quantiles.p50 if quantiles else None), ""
    return points(quantiles.p50), f"{points(quantiles.p25)} to {points(quantiles.p75)}"


def _names(names: Mapping[Dimension, str | None]) -> str:
    return ", ".join(_name(by, name) for by, name in names.items())


def _name(by: Dimension, name: str | None) -> str:
    """Write a group's name; those too small to show are together."""
    if name is None:
        return f"all other {'countries' if by == 'country' else by + 's'}"
    if not name:
        return f"{by} not said"
    return SIZES[name] if by == "size" else name


def _stream(stream: str, named: Mapping[str, str]) -> str:
    return SMALLEST.get(stream) or named[stream]


def _first(one: FirstCount, section: Section, named: Mapping[str, str]) -> Part:
    firms = one.firms or 0
    share = firms / section.firms
    return Part(_stream(one.stream, named), f"{firms:,}, {percent(share)}", share)


def lay_out_firm(placed: AmongPeers) -> FirmPage:
    """Lay one firm among its peers out for a page."""
    if placed.group is None:
        peers = "There are too few like it to compare with."
    else:
        shared = [f"{by} ({_name(by, name)})" for by, name in placed.group.items()]
        like = f"of the same {figures.joined(shared)}" if shared else "of every kind"
        peers = f"Beside at least {placed.at_least:,} other organisations {like}."
    return FirmPage(
        organisation=placed.organisation,
        headline="Among its peers",
        date=_day(placed.date),
        iso_date=placed.date or "",
        peers=peers,
        first_date=_day(placed.first_date),
        rows=tuple(
            FirmRow(
                one.title,
                points(one.score),
                BANDS[one.band] if one.band else "cannot be told",
                points(one.before),
                _signed(
                    None
                    if one.score is None or one.before is None
                    else round(one.score - one.before, 1)
                ),
            )
            for one in placed.standings
        ),
        notice=placed.notice,
        questionnaire=placed.questionnaire,
        version=placed.version,
        tool=__version__,
    )


def _day(date: str | None) -> str:
    return "" if date is None else figures.day(dt.date.fromisoformat(date))
