"""One input and its trial: a case is mutated, laid out in a folder, read, and judged by the laws.

The laws for every input: an AssessError with its place, or success; no other exception; no
more than two seconds of processor time; no file changed or left behind by a refusal, and none
but those it is for by a success.
"""

from __future__ import annotations

import re
import time
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mutate_text import JINJA_PIECES, JSON_PIECES, YAML_PIECES, mutated_text
from mutate_tree import mutated_tree, tree_of, written, written_json
from mutate_zip import mutated_zip

from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.strict_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from random import Random

MOST_SECONDS = 2.0
"""Processor time one input may take."""


class Case(NamedTuple):
    """An input: the files that are mutated, by name, and the words of a command line."""

    files: Mapping[str, bytes]
    words: tuple[str, ...] = ()


class Reader(NamedTuple):
    """Something that reads from outside, and real inputs for it.

    `read` returns what was accepted in a word or two; `stage` are files that stay as they are;
    `makes` are the names that a success may leave behind and `changes` what it may change; one
    that writes `bit_by_bit` keeps what was said before a refusal. `share` is its part of a
    campaign.
    """

    name: str
    seeds: tuple[Case, ...]
    read: Callable[[Path, Case], str]
    stage: Mapping[str, bytes] = {}
    makes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    bit_by_bit: bool = False
    share: int = 1
    names: tuple[str, ...] = ()


class Law(Exception):  # noqa: N818  a law that was broken, not an error of the program
    """A law of this reader that an input broke."""


class Ended(NamedTuple):
    """How a trial ended: accepted or not, in what way, and what was wrong if anything was."""

    accepted: bool
    way: str
    defect: str = ""


def law(*, holds: bool, says: str) -> None:
    """Raise Law where one does not hold."""
    if not holds:
        raise Law(says)


def mutated(dice: Random, reader: Reader, case: Case, other: Case) -> Case:
    """Return a case with one of its files or words changed, now and then several."""
    files, words = dict(case.files), list(case.words)
    places = [*files, *range(len(words))]
    for place in dice.sample(places, dice.choice((1, 1, 1, min(2, len(places))))):
        if isinstance(place, str):
            others = [text for name, text in other.files.items() if _kind(name) == _kind(place)]
            files[place] = _mutated_file(dice, place, files[place], others, reader.names)
        else:
            words[place] = _mutated_word(dice, words[place], reader.names, other.words)
    return Case(files, tuple(words))


def _kind(name: str) -> str:
    return name.rpartition(".")[2]


def _mutated_file(
    dice: Random, name: str, data: bytes, others: list[bytes], names: tuple[str, ...]
) -> bytes:
    kind = _kind(name)
    if kind == "xlsx":
        return mutated_zip(dice, data)
    if kind == "j2":
        return mutated_text(dice, data, JINJA_PIECES, others)
    if kind == "json":
        tree = _tree(data)
        if tree is not None and dice.random() < 0.6:
            return written_json(mutated_tree(dice, tree, list(names)))
        return mutated_text(dice, data, JSON_PIECES, others)
    if kind == "yaml" and (lucky := dice.random()) < 0.65:
        tree = _tree(data)
        if tree is not None:  # now and then the same values, only written in another way
            return written(dice, tree if lucky < 0.25 else mutated_tree(dice, tree, list(names)))
    return mutated_text(dice, data, YAML_PIECES, others)


@lru_cache(maxsize=2000)
def _tree(data: bytes) -> Any:
    """Return a file's values as a tree; None where it has none."""
    try:
        value = read_yaml(data.decode("utf-8-sig"), "").value
    except (AssessError, UnicodeDecodeError):
        return None
    return tree_of(value) if isinstance(value, (dict, list)) else None


def _mutated_word(dice: Random, word: str, names: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Change a word of a command line, which may hold anything but NUL."""
    way = dice.randrange(6)
    if way == 0 and names:
        return dice.choice(names)
    if way == 1 and others:
        return dice.choice(others)
    if way == 2 and names:
        return word.replace(dice.choice(re.split(r"[=.:]", word)) or "=", dice.choice(names), 1)
    data = mutated_text(dice, word.encode("utf-8", "surrogateescape"), YAML_PIECES, [])
    return data[:50_000].replace(b"\0", b"").decode("utf-8", "surrogateescape")


def tried(reader: Reader, folder: Path, case: Case) -> Ended:
    """Lay a case out in a folder, let it be read, and hold what happens to the laws."""
    lay_out(folder, case)
    ended, took = _read(reader, folder, case)
    if not ended.defect and took > MOST_SECONDS:
        ended = ended._replace(defect=f"slow: {took:.1f} s of processor time")
    left = _left(reader, folder, case, accepted=ended.accepted)
    if left and not ended.defect:
        ended = ended._replace(defect=left)
    return ended


def lay_out(folder: Path, case: Case) -> None:
    """Write a case's files."""
    for name, data in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _read(reader: Reader, folder: Path, case: Case) -> tuple[Ended, float]:
    """Let a case be read; return how it ended and the seconds it took."""
    began = time.process_time()
    try:
        way: str | BaseException = reader.read(folder, case)
    except (Exception, MemoryError) as error:  # noqa: BLE001  whatever it is, it is judged
        way = error
    took = time.process_time() - began
    return (Ended(accepted=True, way=way) if isinstance(way, str) else _judged(way, folder)), took


def _judged(error: BaseException, folder: Path) -> Ended:
    """Say whether an exception is a refusal in good order or a defect."""
    if isinstance(error, AssessError):
        way = f"{type(error).__name__}: {_plain(str(error))}"
        return Ended(accepted=False, way=way, defect=_misplaced(error, folder))
    if isinstance(error, Law):
        return Ended(accepted=True, way="a law is broken", defect=f"law: {error}")
    return Ended(accepted=False, way=type(error).__name__, defect=_told(error))


def _told(error: BaseException) -> str:
    """Say where an exception came from: its kind, and the last of our own lines."""
    ours = [
        f"{frame.filename.rpartition('it4it_assess/')[2]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "it4it_assess" in frame.filename
    ]
    said = re.sub(r"[0-9]+", "N", _QUOTED.sub("_", str(error)[:200]))
    return f"{type(error).__name__} at {ours[-1] if ours else '?'}: {said[:100]}"


_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|[^\s;:,]*[0-9./@=*&][^\s;:,]*")


def _plain(text: str) -> str:
    """Return the first problems of a message without what was quoted from the file."""
    return "|".join(_QUOTED.sub("_", line[:300])[:120] for line in text.split("\n", 3)[:3])


def _misplaced(error: AssessError, folder: Path) -> str:
    """Say what is wrong with a refusal: no words, or a place that is none."""
    if not str(error).strip():
        return "a refusal without words"
    if "Input should" in str(error) or "[type=" in str(error):
        return "a refusal in the words of a library"
    if not isinstance(error, InvalidFileError):
        return ""
    for problem in error.problems:
        path = folder / problem.source
        if not problem.line or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8-sig", "replace")
        rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not 1 <= problem.line <= len(rows):
            return f"a place that is none: line {problem.line} of {len(rows)}"
        if not 1 <= problem.column <= len(rows[problem.line - 1]) + 2:
            return f"a place that is none: column {problem.column}: {problem.cause}"
    return ""


def _left(reader: Reader, folder: Path, case: Case, *, accepted: bool) -> str:
    """Say what a trial changed or left behind that it should not, and clear it away."""
    wrong = ""
    known = {folder / name for name in (*case.files, *reader.stage)}
    may = {folder / name for name in reader.makes} if accepted else set()
    for path in folder.rglob("*"):
        if path in known or path.is_dir() or ".git" in path.parts:
            continue
        if not (path in may or ("*" in reader.makes and path.suffix not in {".tmp", ".lock"})):
            wrong = f"left behind: {path.name}"
        path.unlink()
    for name, data in case.files.items():
        path = folder / name
        may_change = name in reader.changes and (accepted or reader.bit_by_bit)
        if not may_change and (not path.is_file() or path.read_bytes() != data):
            wrong = wrong or f"changed: {name}"
        path.unlink(missing_ok=True)
    return wrong
