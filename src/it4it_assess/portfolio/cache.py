"""What was made of what, by content: so that work whose input has not changed is not repeated.

One SQLite file in the user's cache folder, its owner's alone. It holds hashes only: no answer,
no name, no path. Nothing in it is believed that does not check: a line has a check sum, a file's
hash is believed without reading the file only while size, times and inode are those it was
hashed at, and only if it had not been written in the moments before (git's rule for its index).
A file that is broken is dropped, and whatever goes wrong, the work is done without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
import stat
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.files.cache_place import OWNER_ONLY, cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME = "reports-1.sqlite"
MOST_BYTES = 1_000_000_000
"""Size above which the half not used for longest is dropped."""
RACY = 2_000_000_000
"""Nanoseconds a file must have been left alone before its times are believed."""
FLUSH_EVERY = 1.0
"""Seconds that a killed run may lose of what it knew."""
DAY = 86_400
DIGEST = 20
CHECK = 8
ENDING = re.compile(r"[-.A-Za-z0-9_]{0,80}")

SEEN = (
    "CREATE TABLE seen (path BLOB PRIMARY KEY, mark BLOB, digest BLOB, says BLOB, "
    "used INTEGER, sum BLOB) WITHOUT ROWID"
)
MADE = "CREATE TABLE made (key BLOB PRIMARY KEY, made BLOB, used INTEGER, sum BLOB) WITHOUT ROWID"

Outputs = tuple[tuple[str, bytes], ...]
"""What was written: the end of each file's name, and the hash of the bytes in it."""


class Seen(NamedTuple):
    """A file's hash, and `says`: hashes of words in it that its reader wanted kept."""

    digest: bytes
    says: bytes


def hashed(*parts: bytes | str) -> bytes:
    """Return one hash of several parts, each with its length."""
    mark = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        mark.update(len(data).to_bytes(8, "big"))
        mark.update(data)
    return mark.digest()


class Cache:
    """The cache of one run; every method does without the file where it is of no use."""

    def __init__(self, base: sqlite3.Connection, place: Path) -> None:
        self._base: sqlite3.Connection | None = base
        self._place = place
        self._seen: list[tuple[bytes, bytes, bytes, bytes, int, bytes]] = []
        self._made: list[tuple[bytes, bytes, int, bytes]] = []
        self._today = int(time.time()) // DAY
        self._flushed = time.monotonic()

    def look(self, path: Path, says: Callable[[bytes], bytes] = lambda _: b"") -> Seen | None:
        """Return a file's hash, by its times where they prove it; None where there is none."""
        name = hashed(os.fspath(path.absolute()))
        try:
            about = path.stat()
            mark = _mark(about)
            row = self._row("SELECT mark, digest, says, used, sum FROM seen WHERE path=?", name)
            if row is not None and row[0] == mark and row[4] == _sum(name, *row[:3]):
                if row[3] != self._today:
                    self._note_seen(name, mark, row[1], row[2])
                return Seen(row[1], row[2])
            begun = time.time_ns()
            data = path.read_bytes()
            seen = Seen(hashed(data), says(data))
            if (
                _mark(path.stat()) == mark
                and max(about.st_mtime_ns, about.st_ctime_ns) + RACY < begun
            ):
                self._note_seen(name, mark, *seen)
        except OSError:
            return None
        return seen

    def made(self, key: bytes) -> Outputs | None:
        """Return what was made under a key; None where that is not known."""
        row = self._row("SELECT made, used, sum FROM made WHERE key=?", key)
        if row is None or row[2] != _sum(key, row[0]):
            return None
        if row[1] != self._today:
            self._made.append((key, row[0], self._today, row[2]))
        return _unpacked(row[0])

    def note_made(self, key: bytes, outputs: Outputs) -> None:
        """Remember what was made under a key, from the next `flush` on."""
        data = b"".join(ending.encode() + b"\0" + digest for ending, digest in outputs)
        self._made.append((key, data, self._today, _sum(key, data)))

    def due(self) -> bool:
        """Say whether what is remembered should be written now."""
        return time.monotonic() - self._flushed > FLUSH_EVERY

    def flush(self, *, made: bool = True) -> None:
        """Write what is remembered; without `made`, what was made is forgotten."""
        self._flushed = time.monotonic()
        rows = self._made if made else []
        with self._guarded() as base:
            if base is not None and (self._seen or rows):
                base.execute("BEGIN IMMEDIATE")
                base.executemany("REPLACE INTO seen VALUES (?,?,?,?,?,?)", self._seen)
                base.executemany("REPLACE INTO made VALUES (?,?,?,?)", rows)
                base.execute("COMMIT")
        self._seen, self._made = [], []

    def close(self) -> None:
        """Let go of the file, smaller where it had grown too large."""
        with self._guarded() as base:
            if base is not None:
                _prune(base)
                base.close()
        self._base = None

    def _note_seen(self, name: bytes, mark: bytes, digest: bytes, says: bytes) -> None:
        total = _sum(name, mark, digest, says)
        self._seen.append((name, mark, digest, says, self._today, total))

    def _row(self, query: str, key: bytes) -> tuple[Any, ...] | None:
        with self._guarded() as base:
            if base is None:
                return None
            row: tuple[Any, ...] | None = base.execute(query, (key,)).fetchone()
            return row
        return None

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        """Give the file; where it turns out to be broken, drop it and go on without."""
        try:
            yield self._base
        except sqlite3.Error as error:
            base, self._base = self._base, None
            with contextlib.suppress(sqlite3.Error):
                if base is not None:
                    base.close()
            if not _is_busy(error):
                _drop(self._place)


@contextlib.contextmanager
def opened() -> Iterator[Cache | None]:
    """Give the cache of this user; None where there is no place for one."""
    cache = None
    with contextlib.suppress(OSError, RuntimeError, sqlite3.Error):
        folder = cache_folder()
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        cache = _opened(folder / NAME)
    try:
        yield cache
    finally:
        if cache is not None:
            cache.close()


def _opened(place: Path) -> Cache | None:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if not _is_private(place):
        return None  # somebody else could have written it
    for _ in range(2):
        base = None
        try:
            base = sqlite3.connect(place, timeout=5, isolation_level=None)
            base.executescript(
                "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            )
            if _as_expected(base):
                return Cache(base, place)
        except sqlite3.Error as error:
            if _is_busy(error):
                return None
        if base is not None:
            base.close()
        _drop(place)
        os.close(os.open(place, os.O_CREAT | os.O_RDWR, 0o600))
    return None


def _as_expected(base: sqlite3.Connection) -> bool:
    """Say whether the file holds our two tables and nothing else; an empty one gets them."""
    find = "SELECT sql FROM sqlite_master ORDER BY name"
    if base.execute(find).fetchall() == []:
        base.execute("BEGIN IMMEDIATE")
        if base.execute(find).fetchall() == []:
            base.execute(MADE)
            base.execute(SEEN)
        base.execute("COMMIT")
    return base.execute(find).fetchall() == [(MADE,), (SEEN,)]


def _is_private(place: Path) -> bool:
    if not hasattr(os, "getuid"):
        return True
    about = place.lstat()
    return (
        about.st_uid == os.getuid() and stat.S_ISREG(about.st_mode) and not about.st_mode & 0o077
    )


def _is_busy(error: sqlite3.Error) -> bool:
    return any(word in str(error) for word in ("locked", "busy", "readonly"))


def _drop(place: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            place.with_name(place.name + ending).unlink()


def _prune(base: sqlite3.Connection) -> None:
    pages, size = (
        base.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size")
    )
    if pages * size <= MOST_BYTES:
        return
    for table in ("seen", "made"):
        half = base.execute(f"SELECT count(*) / 2 FROM {table}").fetchone()[0]  # noqa: S608  ours
        key = {"seen": "path", "made": "key"}[table]
        base.execute(
            f"DELETE FROM {table} WHERE {key} IN "  # noqa: S608  ours
            f"(SELECT {key} FROM {table} ORDER BY used LIMIT ?)",
            (half,),
        )
    base.execute("VACUUM")


def _mark(about: os.stat_result) -> bytes:
    times = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino, about.st_dev)
    return hashed(repr(times))


def _sum(*parts: object) -> bytes:
    return hashed(*(part if isinstance(part, bytes) else repr(part) for part in parts))[:CHECK]


def _unpacked(data: bytes) -> Outputs | None:
    outputs = []
    while data:
        ending, nought, rest = data.partition(b"\0")
        name = ending.decode("ascii", "replace")
        if not nought or len(rest) < DIGEST or not ENDING.fullmatch(name):
            return None
        outputs.append((name, rest[:DIGEST]))
        data = rest[DIGEST:]
    return tuple(outputs)
