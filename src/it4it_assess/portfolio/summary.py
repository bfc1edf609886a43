"""From exact figures to those that may be shown: a published portfolio."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from it4it_assess.errors import AssessError
from it4it_assess.model.portfolio import (
    Breakdown,
    FirstCount,
    Firsts,
    FirstsOfGroup,
    Group,
    LevelShare,
    OpenQuestion,
    OverTime,
    PublishedPortfolio,
    Quantiles,
    Section,
    Spread,
    TooSmall,
)
from it4it_assess.portfolio import statistics
from it4it_assess.portfolio.disclosure import (
    LEAST,
    bins,
    fold,
    is_shielded,
    is_told,
    protect,
)
from it4it_assess.portfolio.statistics import DIMENSIONS, SHARES
from it4it_assess.portfolio.store import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duckdb import DuckDBPyConnection

    from it4it_assess.model.portfolio import Dimension
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.portfolio.disclosure import Folded
    from it4it_assess.portfolio.statistics import Head, Key, Lot, Moves

NONE_YET = "none"
"""In place of a stream's id: no stream can go first yet."""
MOST_QUESTIONS = 15
SEEN = 0.01
"""A share that would be written as less than 1 % is not common."""
SIZES = {"micro": 1, "small": 2, "medium": 3}
"""The order of sizes; other groups go by name, and what is not stated comes last."""


def summarise(
    connection: DuckDBPyConnection,
    questionnaires: Mapping[tuple[str, str], Questionnaire],
    *,
    smallest_group: int,
    refused: int = 0,
) -> PublishedPortfolio:
    """Summarise the portfolio whose files are open; AssessError where nothing may be shown."""
    if smallest_group < LEAST:
        raise AssessError(
            f"a smallest group of {smallest_group} would tell of single firms; "
            f"give {LEAST} or more"
        )
    heads = statistics.heads(connection)
    large = [head for head in heads if head.firms >= smallest_group]
    if not large:
        most = max((head.firms for head in heads), default=0)
        raise AssessError(
            f"there are answers of {most} firms to the same questionnaire, and fewer than "
            f"{smallest_group} are never summed up; add answer files, or compare single firms "
            "with: it4it-assess compare"
        )
    return PublishedPortfolio(
        format=1,
        smallest_group=smallest_group,
        refused=refused,
        sections=tuple(
            _section(
                connection,
                head,
                questionnaires[head.questionnaire, head.version],
                smallest_group,
            )
            for head in large
        ),
        too_small=tuple(
            TooSmall(questionnaire=head.questionnaire, version=head.version)
            for head in heads
            if head not in large
        ),
    )


def _section(connection: DuckDBPyConnection, head: Head, asked: Questionnaire, k: int) -> Section:
    statistics.begin(connection, head)
    folded = {name: fold(statistics.count_by(connection, name), k) for name in DIMENSIONS}
    statistics.place(connection, folded)
    return Section(
        questionnaire=asked.id,
        title=asked.title,
        version=asked.version,
        notice=asked.notice,
        lowest=asked.values[0],
        highest=asked.values[-1],
        files=head.files,
        firms=head.firms,
        other_version=head.other_version,
        same_day=head.same_day,
        spreads=tuple(_spreads(connection, head, asked, k)),
        breakdowns=tuple(_breakdowns(connection, folded, k)),
        firsts=_firsts(connection, folded, k),
        unknowns=tuple(_unknowns(connection, asked, k)),
    )


def titles(asked: Questionnaire) -> dict[str, str]:
    """Return what is scored, by id: overall, then the streams."""
    return {OVERALL: "Overall", **{stream.id: stream.title for stream in asked.streams}}


def _spreads(
    connection: DuckDBPyConnection, head: Head, asked: Questionnaire, k: int
) -> Iterable[Spread]:
    whole = statistics.lots(connection)[()]
    held, moved = statistics.levels(connection), statistics.moves(connection, head)
    for name, title in titles(asked).items():
        lot = whole[name]
        told = is_told(lot.scored, head.firms, k)
        counts = [held.get(name, {}).get(level, 0) for level in range(len(asked.values))]
        yield Spread(
            id=name,
            title=title,
            scored=lot.scored if told else None,
            not_enough=head.firms - lot.scored if told else None,
            quantiles=shown(lot, k),
            levels=tuple(
                LevelShare(lowest=low, highest=high, share=round(firms / sum(counts), 2))
                for low, high, firms in bins(counts, k)
            ),
            over_time=_over_time(moved[name], k) if name in moved else None,
        )


def shown(lot: Lot, k: int) -> Quantiles:
    """Return those quantiles on either side of which there are k firms or more."""
    values = [
        round(value, 1) + 0.0 if value is not None and is_shielded(share, lot.scored, k) else None
        for share, value in zip(SHARES, lot.quantiles, strict=True)
    ]
    return Quantiles(p10=values[0], p25=values[1], p50=values[2], p75=values[3], p90=values[4])


def _over_time(moves: Moves, k: int) -> OverTime | None:
    if moves.firms < k:
        return None
    counts = {"rose": moves.rose, "same": moves.same, "fell": moves.fell}
    seen = fold(counts, k).together
    shares = {
        name: None if name in seen else round(n / moves.firms, 2) for name, n in counts.items()
    }
    median = round(moves.median, 1) + 0.0 if is_shielded(0.5, moves.firms, k) else None
    return OverTime(firms=moves.firms, median_change=median, **shares)


def _breakdowns(
    connection: DuckDBPyConnection, folded: Mapping[Dimension, Folded], k: int
) -> Iterable[Breakdown]:
    useful = [name for name in DIMENSIONS if _places(folded[name])]
    for name in useful:
        counts = statistics.count_groups(connection, [name])
        keys: list[Key] = [(one,) for one in _places(folded[name])]
        groups = _groups(connection, (name,), keys, counts, k)
        yield Breakdown(by=(name,), groups=groups, hidden=0)
    for one, other in combinations(useful, 2):
        counts = statistics.count_groups(connection, [one, other])
        rows, columns = _places(folded[one]), _places(folded[other])
        grid = [[counts.get((row, column), 0) for column in columns] for row in rows]
        hidden = protect(grid, k)
        keys = [
            (row, column)
            for x, row in enumerate(rows)
            for y, column in enumerate(columns)
            if (x, y) not in hidden and grid[x][y]
        ]
        held_back = sum(1 for x, y in hidden if grid[x][y])
        groups = _groups(connection, (one, other), keys, counts, k)
        yield Breakdown(by=(one, other), groups=groups, hidden=held_back)


def _places(folded: Folded) -> list[str | None]:
    """Return the groups of a breakdown; none where it would say no more than the whole."""
    if not folded.shown or (len(folded.shown) == 1 and not folded.together):
        return []
    named = sorted(folded.shown, key=lambda name: (not name, SIZES.get(name, 0), name))
    return [*named, *([None] if folded.together else [])]


def _groups(
    connection: DuckDBPyConnection,
    by: tuple[Dimension, ...],
    keys: Iterable[Key],
    counts: Mapping[Key, int],
    k: int,
) -> tuple[Group, ...]:
    found = statistics.lots(connection, by)
    return tuple(
        Group(
            names=dict(zip(by, key, strict=True)),
            firms=counts[key],
            quantiles={name: shown(lot, k) for name, lot in sorted(found[key].items())},
        )
        for key in keys
    )


def _firsts(connection: DuckDBPyConnection, folded: Mapping[Dimension, Folded], k: int) -> Firsts:
    said = f"coalesce(first, '{NONE_YET}')"
    counts = statistics.count_by(connection, said)
    streams = fold(counts, k)
    columns = [*streams.shown, *([""] if streams.together else [])]
    whole = {**counts, "": sum(counts[name] for name in streams.together)}
    by: dict[Dimension, tuple[FirstsOfGroup, ...]] = {}
    for name in ("sector", "size"):
        groups = _places(folded[name])
        if not groups:
            continue
        found: dict[Key, int] = {}
        for (group, first), firms in statistics.count_groups(connection, [name, said]).items():
            key = (group, first if first in streams.shown else "")
            found[key] = found.get(key, 0) + firms
        grid = [[found.get((group, column), 0) for column in columns] for group in groups]
        hidden = protect(grid, k)
        by[name] = tuple(
            FirstsOfGroup(
                name=group,
                firms=sum(grid[x]),
                counts=tuple(
                    FirstCount(stream=column, firms=None if (x, y) in hidden else grid[x][y])
                    for y, column in enumerate(columns)
                ),
            )
            for x, group in enumerate(groups)
        )
    return Firsts(all=tuple(FirstCount(stream=name, firms=whole[name]) for name in columns), by=by)


def _unknowns(
    connection: DuckDBPyConnection, asked: Questionnaire, k: int
) -> Iterable[OpenQuestion]:
    shares = {
        name: unknown / (known + unknown)
        for name, (known, unknown) in statistics.told_and_unknown(connection).items()
        if unknown and is_told(unknown, known + unknown, k)
    }
    most = sorted(shares, key=lambda name: (-shares[name], name))[:MOST_QUESTIONS]
    for name in most:
        if shares[name] >= SEEN:
            yield OpenQuestion(
                question=name,
                ask=asked.questions[name].ask,
                stream=asked.stream_of[name].title,
                share=round(shares[name], 2),
            )
