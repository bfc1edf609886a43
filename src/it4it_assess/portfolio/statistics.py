"""Counts and quantiles of one section of a portfolio, by DuckDB over the Parquet files.

What comes from here is exact and not yet fit to be shown: summary.py holds back what would
tell of a firm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.portfolio.store import ORGANISATIONS, SCORES, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from it4it_assess.model.portfolio import Dimension
    from it4it_assess.portfolio.disclosure import Folded

DIMENSIONS: tuple[Dimension, ...] = ("sector", "size", "country")
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles asked for; `quantile_cont` interpolates between neighbours."""
QUANTILES = ", ".join(f"quantile_cont(score, {share})" for share in SHARES)
SAME = 1e-9
"""Scores closer than this are the same score."""

Key = tuple[str | None, ...]


class Head(NamedTuple):
    """A questionnaire's version, with how many files and firms there are of it."""

    questionnaire: str
    version: str
    files: int
    firms: int
    other_version: int
    same_day: int


class Lot(NamedTuple):
    """The scores of some firms: how many, and quantiles in the order of SHARES."""

    scored: int
    quantiles: tuple[float | None, ...]


class Moves(NamedTuple):
    """Scores from first to last: of how many firms, how many rose, stayed and fell."""

    firms: int
    median: float
    rose: int
    same: int
    fell: int


HEADS = """
SELECT questionnaire, version, count(*), count(*) FILTER (latest),
  count(*) FILTER (said_version <> version), count(*) - count(DISTINCT (firm, date))
FROM organisations GROUP BY ALL ORDER BY questionnaire, version
"""
NOW = """
CREATE OR REPLACE TEMP TABLE now AS
SELECT firm, sitting, sector, size, country, first, known, unknown FROM organisations
WHERE latest AND questionnaire = ? AND version = ?
"""
MOVES = """
WITH own AS (
  SELECT firm, subject, arg_min(score, sitting) AS before, arg_max(score, sitting) AS after
  FROM organisations JOIN scores USING (firm, sitting)
  WHERE questionnaire = ? AND version = ? AND score IS NOT NULL
  GROUP BY ALL HAVING count(DISTINCT date) > 1
)
SELECT subject, count(*), median(after - before), count(*) FILTER (after > before + {same}),
  count(*) FILTER (abs(after - before) <= {same}), count(*) FILTER (after < before - {same})
FROM own GROUP BY subject
"""


def open_files(connection: DuckDBPyConnection, folder: Path) -> None:
    """Let the two Parquet files of a folder be asked by their names."""
    for name in (ORGANISATIONS, SCORES):
        view, source = name.removesuffix(".parquet"), quoted(folder / name)
        connection.execute(f"CREATE OR REPLACE VIEW {view} AS FROM {source}")


def heads(connection: DuckDBPyConnection) -> list[Head]:
    """Return the sections there are, by questionnaire and version."""
    return [Head(*row) for row in connection.execute(HEADS).fetchall()]


def begin(connection: DuckDBPyConnection, head: Head) -> None:
    """Turn to a section: the firms of it, each at its last date."""
    connection.execute(NOW, [head.questionnaire, head.version])


def count_by(connection: DuckDBPyConnection, column: str) -> dict[Any, int]:
    """Return how many firms have each value of a column."""
    rows = connection.execute(f"SELECT {column}, count(*) FROM now GROUP BY 1 ORDER BY 1")  # noqa: S608
    return dict(rows.fetchall())


def place(connection: DuckDBPyConnection, folded: Mapping[Dimension, Folded]) -> None:
    """Give each firm its groups: those shown keep their name, the others have none."""
    for dimension in DIMENSIONS:
        connection.execute(
            f"UPDATE now SET {dimension} = NULL WHERE NOT list_contains(?, {dimension})",  # noqa: S608
            [list(folded[dimension].shown)],
        )


def count_groups(connection: DuckDBPyConnection, columns: Sequence[str]) -> dict[Key, int]:
    """Return how many firms there are in each group by these columns."""
    named = ", ".join(columns)
    rows = connection.execute(f"SELECT {named}, count(*) FROM now GROUP BY ALL").fetchall()  # noqa: S608
    return {row[:-1]: row[-1] for row in rows}


def lots(connection: DuckDBPyConnection, columns: Sequence[str] = ()) -> dict[Key, dict[str, Lot]]:
    """Return the quantiles of every score in each group by these columns."""
    named = "".join(f"{column}, " for column in columns)
    asked = (
        f"SELECT {named} subject, count(score), {QUANTILES} "  # noqa: S608
        "FROM now JOIN scores USING (firm, sitting) GROUP BY ALL"
    )
    found: dict[Key, dict[str, Lot]] = {}
    for row in connection.execute(asked).fetchall():
        key, (subject, scored, *quantiles) = row[: len(columns)], row[len(columns) :]
        found.setdefault(key, {})[subject] = Lot(scored, tuple(quantiles))
    return found


def levels(connection: DuckDBPyConnection) -> dict[str, dict[int, int]]:
    """Return how many scored firms hold each level, by score."""
    asked = (
        "SELECT subject, level, count(*) FROM now JOIN scores USING (firm, sitting) "
        "WHERE score IS NOT NULL AND level IS NOT NULL GROUP BY ALL"
    )
    found: dict[str, dict[int, int]] = {}
    for subject, level, firms in connection.execute(asked).fetchall():
        found.setdefault(subject, {})[level] = firms
    return found


def moves(connection: DuckDBPyConnection, head: Head) -> dict[str, Moves]:
    """Return what became of every score from a firm's first date to its last."""
    asked = MOVES.format(same=SAME)
    rows = connection.execute(asked, [head.questionnaire, head.version]).fetchall()
    return {row[0]: Moves(*row[1:]) for row in rows}


def told_and_unknown(connection: DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Return how many firms knew and how many did not know the answer, by question."""
    found: dict[str, tuple[int, int]] = {}
    for column, place_of in (("known", 0), ("unknown", 1)):
        asked = f"SELECT unnest({column}) AS question, count(*) FROM now GROUP BY 1"  # noqa: S608
        for question, firms in connection.execute(asked).fetchall():
            known, unknown = found.get(question, (0, 0))
            found[question] = (firms, unknown) if place_of == 0 else (known, firms)
    return found
