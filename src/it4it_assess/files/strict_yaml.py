"""YAML read strictly: values straight from the parser's events, every oddity placed.

Scalars follow YAML 1.2's core schema, so `no` and `on` are text; numbers written in ways
that other readers take for something else (012, 0x1f, 1:30, 1_000) stay text as well and
so never change meaning silently. Built from events because libyaml's own constructor
overflows the stack on deep nesting and lets the last of two equal keys win.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from it4it_assess.errors import InvalidFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

Path = tuple[str | float, ...]

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that have no business in a text file."""

MAX_DEPTH = 32
MAX_NODES = 100_000
"""Scalars, lists and mappings in one file, aliases counted at full length."""

Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Scalar, ListEnd, MappingEnd = yaml.ScalarEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_LONGEST_CONSTANT = max(map(len, _CONSTANTS))
_LONGEST_NUMBER = 40
_NUMBERS_BEGIN = frozenset("+-0123456789")

_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
"""What ends a line for the parser and not for editors."""

_TOO_DEEP = (f"nested more than {MAX_DEPTH} deep", "flatten the file")

_SYNTAX = (
    ("maximum nesting depth", *_TOO_DEEP),
    ("found character '\\t'", "a tab where only spaces may indent", "use spaces"),
    ("cannot start any token", "a character that cannot begin a value", "put the text in quotes"),
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        "put the text in quotes, or line the keys up",
    ),
    ("could not find expected ':'", "a line without its colon", "write `key: value`"),
    (
        "did not find expected key",
        "the indentation, a bracket or a quote is off",
        "line the keys up, or put the text in quotes",
    ),
    ("did not find expected '-'", "a list that stops being a list", "line the dashes up"),
    ("block sequence entries are not allowed", "a dash where none can stand", "begin a new line"),
    ("did not find expected ',' or", "a bracket that is not closed", "close it"),
    ("expected node content", "a bracket that is not closed, or a value left out", "complete it"),
    ("unexpected end of stream", "a quote that is not closed", "close it"),
    ("unknown escape character", "a backslash inside double quotes", "use single quotes"),
    ("undefined alias", "a `*name` that nothing before it defines", "write the value out"),
    ("duplicate anchor", "the same `&name` twice", "name them apart"),
    ("control characters", "a control character", "remove it"),
    ("special characters", "a control character", "remove it"),
)


class Mark(NamedTuple):
    """A place in a file, counted from 1."""

    line: int
    column: int


class Document(NamedTuple):
    """A file's values, and the problems met while reading them."""

    value: Any
    problems: list[Problem]


class _TooMuchError(Exception):
    """The file goes past a limit; reading stops here."""

    def __init__(self, mark: Mark, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.problem = (mark, cause, remedy)


def read_yaml(text: str, source: str, begins: str = "format: 1") -> Document:
    """Return the values in `text` and every problem short of broken syntax.

    `begins` is how such a file begins, for somebody whose file is empty.

    Raises InvalidFileError where reading cannot go on: broken syntax, an empty file, too
    much nesting or too many values.
    """
    try:
        builder = _Builder(text, begins)
    except UnicodeEncodeError as error:
        place = _at_index(text, error.start)
        problem = Problem(source, *place, "half a character", "type the text anew")
        raise InvalidFileError([problem]) from error
    try:
        value = builder.document()
    except _TooMuchError as error:
        builder.found.append(error.problem)
    except yaml.YAMLError as error:
        builder.found.append(_syntax_problem(error, text))
    else:
        problems = [Problem(source, *mark, cause, do) for mark, cause, do in builder.found]
        return Document(value, problems)
    raise InvalidFileError(
        [Problem(source, *mark, cause, do) for mark, cause, do in builder.found]
    )


def locate(text: str, paths: set[Path]) -> dict[Path, Mark]:
    """Return where each path's key or list entry stands; the nearest parent's where it is not.

    Read anew, and only once something is wrong: keeping every place of a good file costs more
    than reading a bad one twice.
    """
    marks: dict[Path, Mark] = {(): Mark(1, 1)}
    stack: list[_Open] = []
    place = _placer(text)
    try:
        for event in yaml.parse(text, Loader=Parser):
            _note(event, stack, marks, place)
    except yaml.YAMLError:
        pass  # everything before the break has its place
    found = {}
    for path in paths:
        known = path
        while known not in marks:
            known = known[:-1]
        found[path] = marks[known]
    return found


class _Open:
    """A list or mapping whose end is still to come."""

    def __init__(self, path: Path, *, is_list: bool) -> None:
        self.path = path
        self.place: int | None = 0 if is_list else None
        self.key: str | float | None = None
        self.mark: Mark | None = None


def _note(
    event: yaml.Event,
    stack: list[_Open],
    marks: dict[Path, Mark],
    place: Callable[[yaml.Event], Mark],
) -> None:
    """Note where one event's value stands."""
    if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
        stack.pop()
        return
    if not isinstance(event, yaml.NodeEvent):
        return
    mark = place(event)
    parent = stack[-1] if stack else None
    if parent is not None and parent.place is None and parent.key is None:
        if isinstance(event, yaml.ScalarEvent):
            parent.key, parent.mark = _key(event), mark
            return
        parent.key = ""  # a list or mapping as a key: reported elsewhere
    path: Path = ()
    if parent is not None:
        if parent.place is not None:
            path = (*parent.path, parent.place)
            parent.place += 1
        else:
            path, mark = (*parent.path, _or_blank(parent.key)), parent.mark or mark
            parent.key = None
    marks.setdefault(path, mark)
    if isinstance(event, yaml.CollectionStartEvent):
        stack.append(_Open(path, is_list=isinstance(event, yaml.SequenceStartEvent)))


class _Builder:
    """Builds one document's values from the parser's events."""

    def __init__(self, text: str, begins: str) -> None:
        self._begins = begins
        self._mark = _placer(text)
        self.found: list[tuple[Mark, str, str]] = []
        self._next: Callable[[], yaml.Event] = Parser(text).get_event
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._nodes = 1

    def document(self) -> Any:
        self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _TooMuchError(
                Mark(1, 1), "the file is empty", f"write at least `{self._begins}`"
            )
        value = self._node(self._next(), 0)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _TooMuchError(self._mark(event), "a second document", "keep one document a file")
        return value

    def _node(self, event: yaml.Event, depth: int) -> Any:
        """Build what an event begins; whatever holds it has counted it."""
        if depth > MAX_DEPTH:
            raise _TooMuchError(self._mark(event), *_TOO_DEEP)
        if type(event) is Scalar and event.tag is None and event.anchor is None:
            if event.implicit[0]:
                return plain_scalar(event.value)
            self._look_for_control(event)
            return event.value
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        return self._collection_or_marked(event, depth)

    def _collection_or_marked(self, event: yaml.Event, depth: int) -> Any:
        """Build a list or mapping, or a scalar with an anchor or a tag."""
        before = self._nodes
        tag = event.tag  # type: ignore[attr-defined]  # scalars, lists and mappings have one
        if tag is not None and tag != "!":
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._say(event, f"a type tag ({short})", "remove it, or put the text in quotes")
        if isinstance(event, Scalar):
            self._look_for_control(event)
            plain = event.implicit[0] and tag is None
            value: Any = plain_scalar(event.value) if plain else event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._list(depth + 1)
        else:
            value = self._mapping(depth + 1)
        anchor = event.anchor  # type: ignore[attr-defined]
        if anchor is not None:
            self._anchors[anchor] = (value, self._nodes - before)
        return value

    def _list(self, depth: int) -> list[Any]:
        values = []
        while type(event := self._next()) is not ListEnd:
            self._count(event, 1)
            values.append(self._node(event, depth))
        return values

    def _mapping(self, depth: int) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        while type(event := self._next()) is not MappingEnd:
            self._count(event, 2)
            if type(event) is not Scalar:
                self._say(event, "a key that is not a word", "use a plain word as the key")
                self._node(event, depth)
                self._node(self._next(), depth)
                continue
            if not event.implicit[0]:
                self._look_for_control(event)
            key = _key(event)
            value = self._node(self._next(), depth)
            if key in values:
                self._say(event, f"{key} stands here twice", "keep one of the two")
            else:
                values[key] = value
        return values

    def _alias(self, event: yaml.AliasEvent) -> Any:
        if event.anchor not in self._anchors:
            self._say(event, f"*{event.anchor} points at nothing before it", "write the value out")
            return None
        value, size = self._anchors[event.anchor]
        self._count(event, size)
        return value

    def _count(self, event: yaml.Event, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise _TooMuchError(
                self._mark(event),
                f"more than {MAX_NODES:,} values",
                "split the file or write it out",
            )

    def _look_for_control(self, event: yaml.ScalarEvent) -> None:
        """Complain of control characters spelt out in double quotes, such as a bell."""
        if event.style == '"' and (found := CONTROL.search(event.value)):
            self._say(event, f"a control character (U+{ord(found.group()):04X})", "remove it")

    def _say(self, event: yaml.Event, cause: str, remedy: str) -> None:
        self.found.append((self._mark(event), cause, remedy))


def plain_scalar(text: str) -> str | int | float | bool | None:
    """Return what an unquoted scalar means in YAML 1.2's core schema, bar the doubtful."""
    if text[:1] in _NUMBERS_BEGIN and len(text) <= _LONGEST_NUMBER:
        number = _NUMBER.fullmatch(text)
        if number is not None:
            return int(text) if number.lastindex == 1 else float(text)
    return _CONSTANTS.get(text, text) if len(text) <= _LONGEST_CONSTANT else text


def _or_blank(key: str | float | None) -> str | float:
    return "" if key is None else key


def _key(event: yaml.ScalarEvent) -> str | float:
    """Return a key: a number where it is written as one, else its text as written."""
    text: str = event.value
    if event.implicit[0] and text[:1] in _NUMBERS_BEGIN:
        value = plain_scalar(text)
        if isinstance(value, (int, float)):
            return value
    return text


def _placer(text: str) -> Callable[[yaml.Event], Mark]:
    """Return how an event's place is found: by the parser's count, where it counts as we do."""
    if text.isascii() or not _ODD_BREAKS.search(text):
        return _mark

    def place(event: yaml.Event) -> Mark:
        assert event.start_mark is not None  # noqa: S101  parsed events have their places
        return _at_index(text, event.start_mark.index)

    return place


def _mark(event: yaml.Event) -> Mark:
    assert event.start_mark is not None  # noqa: S101  parsed events have their places
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _at_index(text: str, index: int) -> Mark:
    """Return the place of a character, counted as editors count."""
    before = text[:index]
    return Mark(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def _syntax_problem(error: yaml.YAMLError, text: str) -> tuple[Mark, str, str]:
    """Say where a text's structure breaks, and how, in our own words."""
    context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or ""
    place = getattr(error, "problem_mark", None)
    if place is None:
        return _known_problem(Mark(1, 1), str(error))
    mark = _at_index(text, place.index)
    opened = getattr(error, "context_mark", None) or place
    begun = _at_index(text, opened.index)
    if "quoted scalar" in context and "end of stream" in problem:
        return _known_problem(begun, problem)
    if "flow" in context:
        if text[: place.index].rstrip(" ").endswith(('"', "'")):
            cause = "a text inside brackets that goes on after its quote"
            return mark, cause, "put all of it in one pair of quotes"
        return _known_problem(begun if begun.line < mark.line else mark, problem)
    line = text[: place.index + 1].rpartition("\n")[2]
    if line.lstrip(" ").startswith("\t"):
        return mark, "a tab where only spaces may indent", "use spaces"
    return _known_problem(mark, f"{context} {problem}")


def _known_problem(mark: Mark, said: str) -> tuple[Mark, str, str]:
    for words, cause, remedy in _SYNTAX:
        if words in said:
            return mark, cause, remedy
    return mark, "the file's structure breaks here", "check indentation and quotes"
