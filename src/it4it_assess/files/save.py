"""Answer files out: the same answers, always the same bytes, and never half a file."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from it4it_assess.model.answers import Answer, AnswerFile

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*( [A-Za-z0-9_.\-]+)*")
_NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
EXACT = 1e15
"""Whole numbers below this are written without a point."""

PRIVATE = 0o600
"""Answers tell where a firm is weak: a new answer file is its owner's alone."""


class _Dumper(yaml.SafeDumper):
    """Quotes every text that some reader could take for something else."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


def _number(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    whole = abs(number) < EXACT and number == int(number)
    text = str(int(number)) if whole else repr(number)
    if "e" in text and "." not in text:
        text = text.replace("e", ".0e")  # older readers take 1e+300 for text
    return dumper.represent_scalar("tag:yaml.org,2002:" + ("int" if whole else "float"), text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)


def dump_answers(answers: AnswerFile) -> str:
    """Return an answer file as YAML, answers in their short form where it says all."""
    values = answers.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    values["answers"] = {
        question: None if answer is None else short_answer(answer)
        for question, answer in answers.answers.items()
    }
    text: str = yaml.dump(
        values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, line_break="\n"
    )
    return text


def as_yaml(value: Any) -> str:
    """Return a value as one line of YAML, its texts in quotes where they need them."""
    node: str = yaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return node.removesuffix("...\n").strip()


def short_answer(answer: Answer) -> Any:
    """Return an answer as files write it: a bare level or `unknown` where that says all."""
    said = answer.model_dump(mode="json", exclude_defaults=True)
    if answer.by:
        said["by"] = {name: short_answer(voice) for name, voice in answer.by.items()}
    if set(said) == {"level"}:
        return said["level"]
    return "unknown" if set(said) == {"unknown"} else said


def save_answers(answers: AnswerFile, path: Path) -> None:
    """Write an answer file in one step; at no moment is there half a file at `path`."""
    write_whole(path, dump_answers(answers).encode(), mode=PRIVATE)


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write `data` to `path` by way of a temporary file beside it, on disk before it shows.

    An existing file keeps its own mode. Raises OSError and leaves `path` as it was.
    """
    path = path.resolve()  # a link stays a link: what it points at is written
    with contextlib.suppress(FileNotFoundError):
        mode = path.stat().st_mode & 0o777
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  an open descriptor, not a path
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_if_changed(path: Path, data: bytes) -> None:
    """Write `data` to `path` unless it is there already, byte for byte."""
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == data:
            return
    write_whole(path, data)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system lets folders be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
