"""One thing changed in a file's text, and nothing else: comments, order and style stay.

The text is not written anew from its values; the one place is found by the parser's own
marks and replaced, put in, renamed or made a comment. What comes out is read again, and
refused unless it differs from what went in by just that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from it4it_assess.errors import AssessError
from it4it_assess.files.save import as_yaml
from it4it_assess.files.strict_yaml import Parser, plain_scalar, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    before, after = read_yaml(text, "").value or {}, read_yaml(changed, "").value
    if after != _set(before, path, value):
        raise _unchangeable(path)
    return changed


def _set(values: dict[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    """Return a copy of nested values with one of them changed."""
    if len(path) == 1:
        return {**values, path[0]: value}
    return {**values, path[0]: _set(values.get(path[0]) or {}, path[1:], value)}


def with_keys(text: str, path: Sequence[str], names: dict[str, str]) -> str:
    """Return the text with keys of the mapping at the path renamed, all at once.

    Their values and places stay; two may change names. Raises ValueError where the text's
    layout cannot take the change, or would have a key twice.
    """
    changed = text
    entries = [(_entry(text, [*path, old])[1], new) for old, new in names.items()]
    for entry, new in sorted(entries, key=lambda one: one[0].begins, reverse=True):
        changed = changed[: entry.begins] + as_yaml(new) + changed[entry.key_ends :]

    def renamed(inner: dict[str, Any]) -> dict[str, Any]:
        return {names.get(name, name): one for name, one in inner.items()}

    expected = _within(read_yaml(text, "").value, path, renamed)
    return _checked(changed, [expected], path)


def with_comment(text: str, path: Sequence[str], because: str) -> str:
    """Return the text with the entry at the path turned into a comment, below why it is one.

    Raises ValueError where the text's layout cannot take the change.
    """
    at, entry = _entry(text, path)
    start = text.rfind("\n", 0, entry.begins) + 1
    if at.flow:
        changed = _out_of_flow(text, at, path[-1])
        lines = [text[entry.begins : entry.value_ends]]
        column = len(text[start:]) - len(text[start:].lstrip(" "))
    else:
        end = text.find("\n", max(entry.value_ends - 1, entry.key_ends))
        end = len(text) if end < 0 else end + 1
        lines, column = text[start:end].rstrip("\n").split("\n"), entry.column
        changed = text[:start] + text[end:]
    told = "".join(
        f"{' ' * column}# {line}".rstrip() + "\n"
        for first in [" ".join(because.split()), *lines]
        for line in (first[column:] if first[:column].isspace() else first).split("\n")
    )
    before = read_yaml(text, "").value

    def rest(empty: Any) -> Any:
        def left(inner: dict[str, Any]) -> Any:
            return {name: one for name, one in inner.items() if name != path[-1]} or empty

        return _within(before, path[:-1], left)

    return _checked(changed[:start] + told + changed[start:], [rest({}), rest(None)], path)


def _out_of_flow(text: str, at: Mapping, key: str) -> str:
    """Cut an entry out of a mapping in brackets, with the comma that goes with it."""
    names = list(at.entries)
    place = names.index(key)
    entry = at.entries[key]
    if place + 1 < len(names):
        return text[: entry.begins] + text[at.entries[names[place + 1]].begins :]
    begins = at.entries[names[place - 1]].value_ends if place else entry.begins
    return text[:begins] + text[entry.value_ends :]


def _entry(text: str, path: Sequence[str]) -> tuple[Mapping, Entry]:
    """Return where the entry at a path stands, and the mapping it is in."""
    at = _outline(text)
    for key in path[:-1]:
        at = at.entries[key].inside if at is not None and key in at.entries else None
    if at is None or path[-1] not in at.entries:
        raise _unchangeable(path)
    return at, at.entries[path[-1]]


def _within(values: Any, path: Sequence[str], change: Callable[[dict[str, Any]], Any]) -> Any:
    """Return a copy of nested values with one of its mappings changed."""
    if not path:
        return change(values)
    return {**values, path[0]: _within(values[path[0]], path[1:], change)}


def _checked(text: str, expected: Sequence[Any], path: Sequence[str]) -> str:
    """Return the text if it reads as one of what is expected, in the same order."""
    try:
        document = read_yaml(text, "")
    except AssessError as error:
        raise _unchangeable(path) from error
    if document.problems or not any(
        document.value == one and _order(document.value) == _order(one) for one in expected
    ):
        raise _unchangeable(path)
    return text


def _order(values: Any) -> Any:
    """Return nested keys in their order, which equality of mappings does not look at."""
    if isinstance(values, dict):
        return [(key, _order(inner)) for key, inner in values.items()]
    return None


def _unchangeable(path: Sequence[str]) -> ValueError:
    return ValueError(f"{'.'.join(path)} cannot be changed in place")


def _changed(text: str, path: Sequence[str], value: Any, order: Sequence[str]) -> str:
    outline = _outline(text)
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


def _outline(text: str) -> Mapping | None:
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
