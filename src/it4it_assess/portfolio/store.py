"""Judged files kept as two Parquet files, by DuckDB, in memory that does not grow with them.

`organisations.parquet` has a row for each firm and date, `scores.parquet` one for each of its
scores. Neither has a name or a path: a firm is a number, and the numbers follow no order that
tells anything. The same files give the same bytes with the same DuckDB: one thread writes, in
one order.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.errors import AssessError
from it4it_assess.files.save import PRIVATE
from it4it_assess.model.names import plain_name
from it4it_assess.portfolio.reading import RefusedFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from it4it_assess.portfolio.batch import Figures
    from it4it_assess.portfolio.judge import Judged, JudgedFile

MEMORY = "512MB"
"""What DuckDB may use; what does not fit goes to its temporary folder."""

OVERALL = "overall"
ORGANISATIONS, SCORES = "organisations.parquet", "scores.parquet"

SCORE = (
    "STRUCT(subject VARCHAR, score DOUBLE, low DOUBLE, high DOUBLE, level UTINYINT, "
    "level_low UTINYINT, level_high UTINYINT, coverage DOUBLE, target DOUBLE, gap DOUBLE)"
)
COLUMNS = {
    "place": "UINTEGER",
    "who": "VARCHAR",
    "date": "DATE",
    "questionnaire": "VARCHAR",
    "version": "VARCHAR",
    "said_version": "VARCHAR",
    "sector": "VARCHAR",
    "country": "VARCHAR",
    "size": "VARCHAR",
    "employees": "UINTEGER",
    "respondents": "UINTEGER",
    "first": "VARCHAR",
    "scores": f"{SCORE}[]",
    "known": "VARCHAR[]",
    "unknown": "VARCHAR[]",
}

READ = """
CREATE TABLE kept AS FROM
read_json(?, format = 'newline_delimited', columns = {columns}, maximum_object_size = {most})
"""
NUMBERED = """
CREATE TABLE numbered AS
SELECT place, who, dense_rank() OVER (ORDER BY sha256(who))::UINTEGER AS firm,
  row_number() OVER (PARTITION BY who ORDER BY date NULLS FIRST, place)::UINTEGER AS sitting,
  row_number() OVER (
    PARTITION BY who, questionnaire, version ORDER BY date DESC NULLS LAST, place DESC
  ) = 1 AS latest
FROM kept
"""
ORGANISATION_ROWS = """
SELECT firm, sitting, latest, date, questionnaire, version, said_version, sector, country,
  size, employees, respondents, first, s.score AS overall, s.low AS overall_low,
  s.high AS overall_high, s.level AS overall_level, s.coverage, known, unknown
FROM (SELECT *, scores[1] AS s FROM kept JOIN numbered USING (place))
ORDER BY firm, sitting
"""
SCORE_ROWS = """
SELECT firm, sitting, unnest(scores, recursive := true), unnest(range(len(scores))) AS place
FROM kept JOIN numbered USING (place) ORDER BY firm, sitting, place
"""
MOST = 4_000_000
"""Characters that one firm's line may have; a questionnaire of 10,000 questions has fewer."""


class Kept(NamedTuple):
    """What became of the files: how many are kept, and those that were refused.

    `sources` has one file of each questionnaire and version, `numbers` the numbers of the
    firms that were asked for, by name.
    """

    files: int
    refused: tuple[RefusedFile, ...]
    sources: dict[tuple[str, str], str]
    numbers: dict[str, int]


def require_duckdb() -> None:
    """Raise AssessError, with the command that helps, where DuckDB is missing."""
    try:
        import duckdb  # noqa: F401, PLC0415  an extra, and slow to load
    except ImportError as error:
        raise AssessError(
            "a portfolio needs duckdb, which this installation lacks; "
            "install with: pip install 'it4it-assess[portfolio]'"
        ) from error


@contextmanager
def engine(database: str = ":memory:") -> Iterator[DuckDBPyConnection]:
    """Open DuckDB in bounded memory, with one thread, no network and a place to spill to."""
    require_duckdb()
    import duckdb  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="it4it-assess-") as spill:
        settings: dict[str, Any] = {
            "threads": 1,
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "preserve_insertion_order": False,  # every order that counts is asked for
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(database, config=settings) as connection:
            yield connection


def keep(outcomes: Iterable[Judged], folder: Path, names: Sequence[str] = ()) -> Kept:
    """Write the two Parquet files into a folder, whole or not at all, for their owner alone.

    The numbers that firms of these names have in them are told as well.

    The outcomes are taken one by one and go to a temporary file first: DuckDB sorts them
    there, so that memory stays the same however many there are.
    """
    refused, files = [], 0
    sources: dict[tuple[str, str], str] = {}
    numbers: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="it4it-assess-") as aside:
        lines = Path(aside, "judged.jsonl")
        with lines.open("w", encoding="utf-8") as spool:
            for outcome in outcomes:
                if isinstance(outcome, RefusedFile):
                    refused.append(outcome)
                    continue
                spool.write(json.dumps(_row(files, outcome)) + "\n")
                files += 1
                scored = outcome.scored
                sources.setdefault((scored.questionnaire, scored.version), scored.path)
        if files:
            numbers = _write(lines, folder, Path(aside), names)
    return Kept(files, tuple(refused), sources, numbers)


def _write(lines: Path, folder: Path, aside: Path, names: Sequence[str]) -> dict[str, int]:
    with engine(str(aside / "kept.duckdb")) as connection:
        connection.execute(READ.format(columns=COLUMNS, most=MOST), [str(lines)])
        lines.unlink()
        connection.execute(NUMBERED)
        for name, rows in ((ORGANISATIONS, ORGANISATION_ROWS), (SCORES, SCORE_ROWS)):
            whole(folder / name, partial(_copy, connection, rows))
        asked = "SELECT any_value(firm) FROM numbered WHERE who = ?"
        found = {
            name: connection.execute(asked, [plain_name(name)]).fetchall()[0][0] for name in names
        }
    return {name: number for name, number in found.items() if number is not None}


def whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file beside `path` and put it there whole, for its owner alone."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as aside:
        made = Path(aside, path.name)
        write(made)
        made.chmod(PRIVATE)
        made.replace(path)


def _copy(connection: DuckDBPyConnection, rows: str, target: Path) -> None:
    connection.execute(f"COPY ({rows}) TO {quoted(target)} (FORMAT parquet, COMPRESSION zstd)")


def quoted(path: Path) -> str:
    """Return a path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def export(folder: Path, database: Path) -> None:
    """Put the two tables into a DuckDB file, for its owner alone."""

    def write(target: Path) -> None:
        with engine(str(target)) as connection:
            for name in (ORGANISATIONS, SCORES):
                table = name.removesuffix(".parquet")
                source = quoted(folder / name)
                connection.execute(f"CREATE TABLE {table} AS FROM {source}")

    whole(database, write)


def _row(place: int, judged: JudgedFile) -> dict[str, Any]:
    """Return a judged file as one row."""
    scored = judged.scored
    firm = scored.organisation
    return {
        "place": place,
        "who": plain_name(firm.name),
        "date": None if scored.date is None else scored.date.isoformat(),
        "questionnaire": scored.questionnaire,
        "version": scored.version,
        "said_version": judged.said_version,
        **dict(judged.groups.items()),
        "employees": firm.employees,
        "respondents": judged.respondents,
        "first": judged.first,
        "scores": [
            _score(OVERALL, scored.overall),
            *(
                _score(name, figures, scored.targets[name], scored.gaps[name])
                for name, figures in scored.streams.items()
            ),
        ],
        "known": judged.known,
        "unknown": judged.unknown,
    }


def _score(
    subject: str, figures: Figures, target: float | None = None, gap: float | None = None
) -> dict[str, Any]:
    return {"subject": subject, **figures._asdict(), "target": target, "gap": gap}
