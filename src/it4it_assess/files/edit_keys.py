"""Keys of a file's text renamed, or their entries made comments, and nothing else changed.

What comes out is read again, and refused unless it differs from what went in by just that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.errors import AssessError
from it4it_assess.files.edit import outlined, unchangeable
from it4it_assess.files.save import as_yaml
from it4it_assess.files.strict_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from it4it_assess.files.edit import Entry, Mapping


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
    begins, ends = _in_flow(text, at, path[-1]) if at.flow else _lines(text, entry)
    start = text.rfind("\n", 0, begins) + 1
    comment = _comment(text, at, entry, start, because)
    changed = text[:start] + comment + text[start:begins] + text[ends:]
    before = read_yaml(text, "").value

    def rest(empty: Any) -> Any:
        def left(inner: dict[str, Any]) -> Any:
            return {name: one for name, one in inner.items() if name != path[-1]} or empty

        return _within(before, path[:-1], left)

    return _checked(changed, [rest({}), rest(None)], path)


def with_copy(text: str, path: Sequence[str], because: str) -> str:
    """Return the text with a copy of the entry at the path as a comment above it."""
    at, entry = _entry(text, path)
    start = text.rfind("\n", 0, entry.begins) + 1
    changed = text[:start] + _comment(text, at, entry, start, because) + text[start:]
    return _checked(changed, [read_yaml(text, "").value], path)


def _comment(text: str, at: Mapping, entry: Entry, start: int, because: str) -> str:
    """Return an entry as comment lines, indented like the line they go above."""
    begins, ends = (entry.begins, entry.value_ends) if at.flow else _lines(text, entry)
    column = len(text[start:]) - len(text[start:].lstrip(" "))
    lines = [" ".join(because.split()), *text[begins:ends].rstrip("\n").split("\n")]
    return "".join(
        f"{' ' * column}# {line[column:] if line[:column].isspace() else line}".rstrip() + "\n"
        for line in lines
    )


def _lines(text: str, entry: Entry) -> tuple[int, int]:
    """Return where the lines of an entry begin and end that has them to itself."""
    begins = text.rfind("\n", 0, entry.begins) + 1
    ends = text.find("\n", max(entry.value_ends - 1, entry.key_ends)) + 1
    return begins, ends or len(text)


def _in_flow(text: str, at: Mapping, key: str) -> tuple[int, int]:
    """Return what to cut for an entry of a mapping in brackets: it, its comma, no comment."""
    names = list(at.entries)
    place = names.index(key)
    entry = at.entries[key]
    if place + 1 < len(names):
        gap = text[entry.value_ends : at.entries[names[place + 1]].begins]
        ends = gap.index(",") + 1 if "#" in gap else len(gap)
        return entry.begins, entry.value_ends + ends
    before = at.entries[names[place - 1]].value_ends if place else entry.begins
    commented = "#" in text[before : entry.begins]
    return entry.begins if commented else before, entry.value_ends


def _entry(text: str, path: Sequence[str]) -> tuple[Mapping, Entry]:
    """Return where the entry at a path stands, and the mapping it is in."""
    at = outlined(text)
    for key in path[:-1]:
        at = at.entries[key].inside if at is not None and key in at.entries else None
    if at is None or path[-1] not in at.entries:
        raise unchangeable(path)
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
        raise unchangeable(path) from error
    if document.problems or not any(
        document.value == one and _order(document.value) == _order(one) for one in expected
    ):
        raise unchangeable(path)
    return text


def _order(values: Any) -> Any:
    """Return nested keys in their order, which equality of mappings does not look at."""
    if isinstance(values, dict):
        return [(key, _order(inner)) for key, inner in values.items()]
    return None
