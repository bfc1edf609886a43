"""One firm against others like it: in bands, never as a rank, and against itself over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.model.portfolio import AmongPeers, Standing
from it4it_assess.portfolio.store import OVERALL
from it4it_assess.portfolio.summary import titles

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from it4it_assess.model.portfolio import Band, Dimension
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.portfolio.judge import JudgedFile

QUARTERS = 4
"""A band is told where each quarter of the peers has the smallest group's number of firms."""
STEP = 10
"""The number of peers is told in whole tens, rounded down."""
NOBODY = 0
"""Firms are numbered from 1."""

NARROWEST: tuple[tuple[Dimension, ...], ...] = (("sector", "size"), ("sector",), ("size",), ())
PEERS = """
SELECT subject, count(score), quantile_cont(score, 0.25), quantile_cont(score, 0.75)
FROM organisations JOIN scores USING (firm, sitting)
WHERE latest AND questionnaire = ? AND version = ? AND firm <> ? {like} GROUP BY subject
"""
EARLIER = """
SELECT date, subject, score FROM organisations JOIN scores USING (firm, sitting)
WHERE questionnaire = ? AND version = ? AND firm = ? AND (date < ? OR date IS NULL)
QUALIFY sitting = min(sitting) OVER ()
"""


class _Peers(NamedTuple):
    """How many firms have a score, and its lower and upper quartile among them."""

    firms: int
    lower: float | None
    upper: float | None


def among_peers(
    connection: DuckDBPyConnection,
    asked: Questionnaire,
    judged: JudgedFile,
    number: int | None,
    k: int,
) -> AmongPeers:
    """Place a firm among the narrowest group of others that is large enough.

    `number` is the firm's own in the portfolio, None where it is not in it.
    """
    scored, own = judged.scored, number or NOBODY
    like, peers = _peers(connection, judged, own, k)
    earlier = connection.execute(
        EARLIER, [scored.questionnaire, scored.version, own, scored.date]
    ).fetchall()
    before = {subject: score for _, subject, score in earlier}
    figures = {OVERALL: scored.overall, **scored.streams}
    first = earlier[0][0] if earlier else None
    return AmongPeers(
        organisation=scored.organisation.name,
        date=None if scored.date is None else scored.date.isoformat(),
        first_date=None if first is None else first.isoformat(),
        questionnaire=asked.title,
        version=asked.version,
        notice=asked.notice,
        group=like,
        at_least=peers[OVERALL].firms // STEP * STEP if like is not None else None,
        standings=tuple(
            Standing(
                id=name,
                title=title,
                score=figures[name].score,
                band=_band(figures[name].score, peers.get(name), k),
                before=before.get(name),
            )
            for name, title in titles(asked).items()
        ),
    )


def _peers(
    connection: DuckDBPyConnection, judged: JudgedFile, own: int, k: int
) -> tuple[dict[Dimension, str] | None, dict[str, _Peers]]:
    """Return what the narrowest large enough group shares, and its scores by id."""
    scored, row = judged.scored, judged.groups
    for by in NARROWEST:
        if not all(row[name] for name in by):
            continue
        like = "".join(f" AND {name} = ?" for name in by)
        values = [scored.questionnaire, scored.version, own, *(row[name] for name in by)]
        rows = connection.execute(PEERS.format(like=like), values).fetchall()
        peers = {subject: _Peers(*rest) for subject, *rest in rows}
        if OVERALL in peers and peers[OVERALL].firms >= QUARTERS * k:
            return {name: row[name] for name in by}, peers
    return None, {}


def _band(score: float | None, peers: _Peers | None, k: int) -> Band | None:
    if score is None or peers is None or peers.firms < QUARTERS * k:
        return None
    if peers.lower is None or peers.upper is None:
        return None
    if score < peers.lower:
        return "lower"
    return "upper" if score > peers.upper else "middle"
