"""One value changed in a file's text, and nothing else: comments, order and style stay.

The text is not written anew from its values; the one place is found by the parser's own
marks and replaced or put in. What comes out is read again, and refused unless it differs
from what went in by just that value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from it4it_assess.errors import InvalidFileError
from it4it_assess.files.save import as_yaml
from it4it_assess.files.strict_yaml import Parser, plain_scalar, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INDENT = 2


class Entry(NamedTuple):
    """A key of a mapping: where it begins and ends, and where its value ends."""

    begins: int
    column: int
    key_ends: int
    value_ends: int
    inside: Mapping | None


class Mapping(NamedTuple):
    """A mapping in a text: its entries by key, in order."""

    begins: int
    ends: int
    flow: bool
    entries: dict[str, Entry]


def with_value(text: str, path: Sequence[str], value: Any, order: Sequence[str] = ()) -> str:
    """Return the text with `value` at the path; keys on the way are made where missing.

    `order` says where a new key goes: behind the nearest of its forerunners that is there.
    Raises ValueError where the text's layout cannot take the change.
    """
    changed = _changed(text, path, value, order)
    before = read_yaml(text, "").value or {}
    try:
        after = read_yaml(changed, "")
    except InvalidFileError as error:
        raise unchangeable(path) from error
    if after.problems or not _nests(before, path) or after.value != _set(before, path, value):
        raise unchangeable(path)
    return changed


def _nests(values: Any, path: Sequence[str]) -> bool:
    """Say whether keys lead, or could lead, to the place of a path."""
    for key in path[:-1]:
        values = values.get(key) or {} if isinstance(values, dict) else None
    return isinstance(values, dict)


def without_value(text: str, path: Sequence[str]) -> str:
    """Return the text without the key at the path, nor the sections that it alone fills.

    Raises ValueError where the text's layout cannot take the change.
    """
    changed = _removed(text, path)
    before, after = read_yaml(text, "").value or {}, read_yaml(changed, "").value or {}
    if after != _unset(before, path):
        raise unchangeable(path)
    return changed


def _unset(values: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """Return a copy of nested values without one of them, nor what is empty without it."""
    inner = values.get(path[0])
    rest = _unset(inner, path[1:]) if len(path) > 1 and isinstance(inner, dict) else {}
    kept = {key: value for key, value in values.items() if key != path[0]}
    return {key: rest if key == path[0] else values[key] for key in values} if rest else kept


def _removed(text: str, path: Sequence[str]) -> str:
    """Cut out the entry at the path, or the outermost one that holds nothing else."""
    at = outlined(text)
    cut: tuple[Mapping, Entry] | None = None
    for key in path:
        if at is None or key not in at.entries:
            return text
        if cut is None or len(at.entries) > 1:
            cut = at, at.entries[key]
        at = at.entries[key].inside
    assert cut is not None  # noqa: S101  a path has a first key
    return _without_entry(text, *cut)


def _without_entry(text: str, at: Mapping, entry: Entry) -> str:
    if not at.flow:
        start = text.rfind("\n", 0, entry.begins) + 1
        end = text.find("\n", max(entry.value_ends - 1, entry.key_ends))
        return text[:start] + ("" if end < 0 else text[end + 1 :])
    before, after = text[: entry.begins], text[entry.value_ends :].lstrip()
    if after.startswith(","):
        return before + after[1:].lstrip()
    return before.rstrip().removesuffix(",") + after


def unchangeable(path: Sequence[str]) -> ValueError:
    """Return what is raised where a text's layout cannot take a change."""
    return ValueError(f"{'.'.join(path)} cannot be changed in place")


def _set(values: dict[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    """Return a copy of nested values with one of them changed."""
    if len(path) == 1:
        return {**values, path[0]: value}
    return {**values, path[0]: _set(values.get(path[0]) or {}, path[1:], value)}


def _changed(text: str, path: Sequence[str], value: Any, order: Sequence[str]) -> str:
    outline = outlined(text)
    if outline is None:
        return (
            f"{text.rstrip()}\n{_block(path, value, 0)}"
            if text.strip()
            else _block(path, value, 0)
        )
    at, depth = outline, 0
    while path[depth] in at.entries and depth < len(path) - 1:
        inside = at.entries[path[depth]].inside
        if inside is None or not inside.entries:
            break
        at, depth = inside, depth + 1
    entry = at.entries.get(path[depth])
    nested = _nested(path[depth + 1 :], value)
    if entry is not None:
        return _replaced(text, entry, nested, flow=at.flow, last=depth == len(path) - 1)
    return _inserted(text, at, path[depth:], value, order)


def _replaced(text: str, entry: Entry, value: Any, *, flow: bool, last: bool) -> str:
    """Put a value behind a key that is there, in the place of the one it has."""
    colon = text.index(":", entry.key_ends)
    ends = max(entry.value_ends, colon + 1)
    kept = "\n" if text[colon:ends].endswith("\n") else ""
    if not last and not flow and isinstance(value, dict):
        (key, inner), *_ = value.items()
        line = f"\n{' ' * (entry.column + INDENT)}{key}: {as_yaml(inner)}"
        rest = text[ends:]
        comment, newline, after = rest.partition("\n")
        return text[: colon + 1] + comment + line + newline + after
    return f"{text[: colon + 1]} {as_yaml(value)}{kept}{text[ends:]}"


def _inserted(
    text: str, at: Mapping, path: Sequence[str], value: Any, order: Sequence[str]
) -> str:
    """Put a new key into a mapping, behind the nearest of its forerunners."""
    key, nested = path[0], _nested(path[1:], value)
    if at.flow:
        comma = ", " if at.entries else ""
        close = text.rindex("}", at.begins, at.ends)
        return f"{text[:close].rstrip()}{comma}{key}: {as_yaml(nested)}{text[close:]}"
    entries = list(at.entries.items())
    behind = _forerunner(key, order, at)
    column = entries[0][1].column
    line = _block(path, value, column)
    if behind is None:
        start = text.rfind("\n", 0, entries[0][1].begins) + 1
        return text[:start] + line + text[start:]
    end = text.find("\n", max(behind.value_ends - 1, behind.key_ends))
    if end < 0:
        return f"{text}\n{line}"
    return text[: end + 1] + line + text[end + 1 :]


def _forerunner(key: str, order: Sequence[str], at: Mapping) -> Entry | None:
    """Return the entry a new key goes behind; None where it goes before all."""
    if key not in order:
        return list(at.entries.values())[-1]
    before = [name for name in order[: order.index(key)] if name in at.entries]
    if before:
        return at.entries[before[-1]]
    return None if any(name in order for name in at.entries) else list(at.entries.values())[-1]


def _block(path: Sequence[str], value: Any, column: int) -> str:
    """Write a path as nested lines, its value in flow style."""
    lines = [f"{' ' * (column + INDENT * depth)}{key}:" for depth, key in enumerate(path)]
    return "\n".join(lines) + f" {as_yaml(value)}\n"


def _nested(path: Sequence[str], value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def outlined(text: str) -> Mapping | None:
    """Return where the text's mappings and their keys stand; None for a text without any."""
    events = yaml.parse(text, Loader=Parser)
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            return _read_mapping(event, events)[0]
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.MappingStartEvent):
            return None
    return None


def _read_mapping(start: Any, events: Iterator[Any]) -> tuple[Mapping, int]:
    """Read a mapping from its events; return it and where its last leaf ends.

    A block mapping's own end mark lies behind the comments that follow it; its last leaf's
    does not.
    """
    entries: dict[str, Entry] = {}
    last: int = start.end_mark.index
    key = next(events)
    while not _ends(key):
        event = next(events)
        inside, ends = _read_value(event, events)
        last = max(last, ends, key.end_mark.index)
        entries[str(plain_scalar(key.value)) if key.value else ""] = Entry(
            begins=key.start_mark.index,
            column=key.start_mark.column,
            key_ends=key.end_mark.index,
            value_ends=ends,
            inside=inside,
        )
        key = next(events)
    flow = bool(start.flow_style)
    if flow:
        last = key.end_mark.index
    return Mapping(start.start_mark.index, last, flow, entries), last


def _read_value(event: Any, events: Iterator[Any]) -> tuple[Mapping | None, int]:
    if isinstance(event, yaml.MappingStartEvent):
        return _read_mapping(event, events)
    last: int = event.end_mark.index
    if isinstance(event, yaml.SequenceStartEvent):
        inner = next(events)
        while not _ends(inner):
            last = max(last, _read_value(inner, events)[1])
            inner = next(events)
        if event.flow_style:
            last = inner.end_mark.index
    return None, last


def _ends(event: Any) -> bool:
    return isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
