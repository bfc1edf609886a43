"""One file's reports: written, or held against those on disk; not made where all is known."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.errors import AssessError
from it4it_assess.portfolio.cache import hashed
from it4it_assess.portfolio.reading import read, remembered
from it4it_assess.portfolio.spread import processes_for, spread
from it4it_assess.portfolio.surroundings import NOT_CACHED, Surroundings, said, says
from it4it_assess.report.listing import Row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from it4it_assess.files.many import Meant
    from it4it_assess.model.assessment import Assessment, Method
    from it4it_assess.portfolio.cache import Cache, Outputs
    from it4it_assess.portfolio.cluster import Cluster
    from it4it_assess.report.design import Audience, Design

CHUNK = 4
"""Files a process reports at a time: more than a second of work."""


class Order(NamedTuple):
    """What reports are asked for, and where they go."""

    out: Path
    formats: tuple[str, ...]
    today: dt.date
    check: bool = False
    questionnaire: str | None = None
    view: str | None = None
    method: Method = "greedy"
    audience: Audience = "board"
    templates: Path | None = None
    brand: Path | None = None


class Reported(NamedTuple):
    """What became of one file; `source` is the hash of the answers it was made from, if sure."""

    path: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    row: Row | None = None
    refused: str = ""
    source: bytes = b""
    dated: bool = False
    made: tuple[tuple[str, Outputs], ...] = ()


def reported(  # noqa: PLR0913  what, how, and by whom
    files: Sequence[Meant],
    order: Order,
    memory: Memory | None,
    *,
    jobs: int | None = 1,
    pool: Cluster | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Reported]:
    """Yield what becomes of each file, in order; what is known to be there is not made again."""
    for keeper in (remembered, _look, _ready):
        keeper.cache_clear()

    def known(file: Meant) -> Reported | None:
        found = None if memory is None or file.missing else memory.find(file)
        if found is None:
            _ready(order)
        return found

    results = spread(
        partial(report_file, order=order),
        files,
        processes_for(len(files), jobs) if pool is None else pool.workers,
        chunk=CHUNK,
        known=known,
        pool=pool,
        progress=progress,
    )
    try:
        for one in results:
            if memory is not None:
                memory.keep(one)
            yield one
    finally:
        if memory is not None:
            memory.flush()


def report_file(file: Meant, *, order: Order) -> Reported:
    """Write one file's reports, or say how those on disk differ."""
    if file.missing:
        return Reported(str(file.path), refused=file.missing)
    try:
        return _report(file, order)
    except AssessError as error:
        return Reported(str(file.path), refused=str(error))


def _report(file: Meant, order: Order) -> Reported:
    from it4it_assess.engine.assess import assess  # noqa: PLC0415  not where all is known
    from it4it_assess.engine.regroup import in_view  # noqa: PLC0415
    from it4it_assess.report.formats import rendered  # noqa: PLC0415

    before = _bytes(file.path)
    asked, answers, notes = given = read(file.path, order.questionnaire)
    plain = not notes and _as_said(file.path, before, order, given.questionnaire)
    if order.view is not None:
        asked, answers = in_view(asked, answers, order.view)
    assessment = assess(asked, answers, today=order.today, method=order.method)
    lines: list[str] = []
    made: list[tuple[str, Outputs]] = []
    for name in order.formats:
        files = rendered(name, assessment, asked, _look(*_look_of(order)))
        for ending, data in files.items():
            lines += put(order.out / f"{file.name}{ending}", data, check=order.check)
        made.append((name, tuple((end, hashed(data)) for end, data in files.items())))
    same = before is not None and before == _bytes(file.path)
    return Reported(
        str(file.path),
        tuple(lines),
        notes,
        _row(file.name, assessment),
        source=hashed(before) if plain and same and before is not None else b"",
        dated=answers.date is not None,
        made=tuple(made),
    )


def put(target: Path, data: bytes, *, check: bool) -> list[str]:
    """Write a file and return its name; to check, return how the one on disk differs."""
    from it4it_assess.files.save import write_if_changed  # noqa: PLC0415  not where all is known
    from it4it_assess.report.drift import drift  # noqa: PLC0415

    if check:
        return drift(str(target), data, target.read_bytes() if target.is_file() else None)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(target, data)
    return [str(target)]


def _row(name: str, assessment: Assessment) -> Row:
    from it4it_assess.report import figures, words  # noqa: PLC0415  not where all is known

    first, robustness = assessment.ranking.first, assessment.robustness
    share = "" if first is None else figures.in_shares(robustness.rank_shares[first][0])
    verdict = words.SURENESS[robustness.verdict]
    return Row(
        name,
        assessment.organisation.name,
        assessment.date.isoformat(),
        "none yet" if first is None else words.title_of(assessment, first),
        f"{verdict} ({share})" if share else verdict,
        figures.percent(assessment.scorecard.overall.coverage),
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _as_said(path: Path, data: bytes | None, order: Order, asked: object) -> bool:
    """Say whether a file was read with the questionnaire that a glance at it finds."""
    if order.questionnaire is not None:
        return True
    words = None if data is None else said(data)
    if words is None:
        return False
    from it4it_assess.files.find import find_questionnaire  # noqa: PLC0415  beside its use

    try:
        found = find_questionnaire(words[0], beside=path.parent, version=words[1])
        return remembered(found) is asked
    except AssessError:
        return False


def _look_of(order: Order) -> tuple[Audience, Path | None, Path | None]:
    return order.audience, order.templates, order.brand


@lru_cache(maxsize=1)
def _look(audience: Audience, templates: Path | None, brand: Path | None) -> Design:
    from it4it_assess.report.design import design  # noqa: PLC0415  not where all is known

    return design(audience, templates, brand)


@lru_cache(maxsize=1)
def _ready(order: Order) -> None:
    """Load what reports are made with, before processes are; AssessError where it is missing."""
    from it4it_assess.report.formats import require  # noqa: PLC0415  not where all is known

    for name in order.formats:
        require(name)
    _look(*_look_of(order))


class Memory:
    """The cache as one run of reports uses it.

    `rows` are lines of an earlier index, believed where the cache has their hash; None where
    there is to be no index.
    """

    def __init__(
        self, order: Order, cache: Cache, around: Surroundings, rows: dict[str, Row] | None
    ) -> None:
        self._order, self._cache, self._around, self._rows = order, cache, around, rows
        self._asked: dict[str, tuple[bytes, bytes]] = {}

    @classmethod
    def of(cls, order: Order, cache: Cache, rows: dict[str, Row] | None) -> Memory | None:
        """Return the memory of a run; None where what it depends on cannot be told."""
        if NOT_CACHED & set(order.formats):
            return None
        options = repr((order.view, order.method, order.audience, order.questionnaire))
        try:
            return cls(order, cache, Surroundings(options, order.templates, order.brand), rows)
        except OSError:
            return None

    def find(self, file: Meant) -> Reported | None:
        """Return what became of a file, where its reports are on disk as they should be."""
        seen = self._cache.look(file.path, says)
        if seen is None:
            return None
        asked = self._around.of_questionnaire(file.path, seen, self._order.questionnaire)
        if asked is None:
            return None
        self._asked[str(file.path)] = (seen.digest, asked)
        row = None if self._rows is None else self._rows.get(file.name)
        for dated in (True, False):
            noted = self._cache.made(self._key(seen.digest, asked, "row", dated=dated))
            if noted is None:
                continue
            if self._rows is not None and (row is None or noted != row_outputs(row)):
                return None
            targets = self._there(file, seen.digest, asked, dated=dated)
            if targets is None:
                return None
            return Reported(str(file.path), () if self._order.check else targets, row=row)
        return None

    def _there(
        self, file: Meant, source: bytes, asked: bytes, *, dated: bool
    ) -> tuple[str, ...] | None:
        """Return a file's reports, where each is on disk with the bytes it should have."""
        targets = []
        for name in self._order.formats:
            outputs = self._cache.made(self._key(source, asked, name, dated=dated))
            if not outputs:
                return None
            for ending, digest in outputs:
                target = self._order.out / f"{file.name}{ending}"
                found = self._cache.look(target)
                if found is None or found.digest != digest:
                    return None
                targets.append(str(target))
        return tuple(targets)

    def keep(self, one: Reported) -> None:
        """Remember what was made of a file, where it is sure from what."""
        source, asked = self._asked.pop(one.path, (b"", b""))
        if one.made and one.source and one.source == source and one.row is not None:
            for name, outputs in (("row", row_outputs(one.row)), *one.made):
                self._cache.note_made(self._key(source, asked, name, dated=one.dated), outputs)
        if self._cache.due():
            self.flush()

    def index_is_there(self, said: bytes, targets: Sequence[Path]) -> bool:
        """Say whether the index pages on disk are those that were made of the same lines."""
        outputs = self._cache.made(hashed(self._around.digest, "index", said))
        if not outputs or [name for name, _ in outputs] != [path.suffix for path in targets]:
            return False
        looks = [self._cache.look(path) for path in targets]
        pairs = zip(looks, outputs, strict=True)
        return all(look is not None and look.digest == one[1] for look, one in pairs)

    def note_index(self, said: bytes, outputs: Outputs) -> None:
        """Remember the index pages made of these lines."""
        self._cache.note_made(hashed(self._around.digest, "index", said), outputs)

    def flush(self) -> None:
        """Write what is remembered, unless what it depends on has changed meanwhile."""
        self._cache.flush(made=self._around.hold())

    def _key(self, source: bytes, asked: bytes, name: str, *, dated: bool) -> bytes:
        today = "" if dated else self._order.today.isoformat()
        return hashed(self._around.digest, source, asked, name, today)


def row_outputs(row: Row) -> Outputs:
    """Return a line of the index as the cache has it: its hash, without the name of the file."""
    return (("", hashed(*row[1:])),)


def earlier_rows(values: Any) -> dict[str, Row]:
    """Return the lines of an earlier index by name, whatever else it holds."""
    if not isinstance(values, dict) or not isinstance(values.get("reports"), list):
        return {}
    found = {}
    for one in values["reports"]:
        if isinstance(one, dict):
            fields = [field for name in Row._fields if isinstance(field := one.get(name), str)]
            if len(fields) == len(Row._fields):
                found[fields[0]] = Row(*fields)
    return found
