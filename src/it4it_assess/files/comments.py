"""Comments in a hand-written file: found, put in, and put back where a change took them away."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import yaml

from it4it_assess.errors import InvalidFileError
from it4it_assess.files.strict_yaml import Parser, locate, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from it4it_assess.files.strict_yaml import Path

_COMMENT = re.compile(r"#[^\n]*")


class Comment(NamedTuple):
    """A comment with the line it stands in, counted from 1."""

    line: int
    text: str


def comments_in(text: str) -> list[Comment]:
    """Return the comments of a text: what begins with # between its values."""
    found, ends = [], 0
    for token in yaml.scan(text, Loader=Parser):
        gap = text[ends : token.start_mark.index]
        found += [
            Comment(text.count("\n", 0, ends + one.start()) + 1, one.group().rstrip())
            for one in _COMMENT.finditer(gap)
        ]
        ends = max(ends, token.end_mark.index)
    return found


def with_comment(text: str, path: Path, comment: str) -> str:
    """Return the text with a comment in a line of its own above the value at the path.

    A comment that stands there already is not repeated; where none can stand, it goes to the
    end of the file.
    """
    shown = "".join(one if one.isprintable() else " " for one in comment)
    lines = text.split("\n")
    at = locate(text, {path})[path].line - 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    line = f"{indent}# {shown}"
    above = below = at
    while above and _is_comment(lines[above - 1]):
        above -= 1
    while _is_comment(lines[below]):
        below += 1
    if line in lines[above:below]:
        return text
    put_in = "\n".join([*lines[:at], line, *lines[at:]])
    if _values(put_in) == _values(text):
        return put_in
    at_the_end = f"# {'.'.join(map(str, path))}: {shown}\n"
    return text if at_the_end in text else f"{text.rstrip()}\n{at_the_end}"


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _values(text: str) -> object:
    try:
        return read_yaml(text, "").value
    except InvalidFileError:
        return None


def with_comments_of(before: str, after: str, paths: Iterable[Sequence[str]]) -> str:
    """Return `after` with the comments back that a change of the values at the paths removed."""
    kept = Counter(comment.text for comment in comments_in(after))
    lost = []
    for comment in comments_in(before):
        if kept[comment.text]:
            kept[comment.text] -= 1
        else:
            lost.append(comment)
    if not lost:
        return after
    starts = {path: mark.line for path, mark in locate(before, {tuple(p) for p in paths}).items()}
    for comment in lost:
        owner = max(
            (path for path, line in starts.items() if line <= comment.line),
            key=lambda path: starts[path],
            default=(),
        )
        after = with_comment(after, owner, comment.text.lstrip("# "))
    return after
