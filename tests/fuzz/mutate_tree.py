"""YAML and JSON changed as what they mean: nodes replaced, dropped, doubled, moved, renamed.

A tree is what a file holds, its mappings as lists of pairs so that a key may stand twice.
`written` writes one in the many ways that a text may have for the same values.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random


class Pairs(list[Any]):
    """A mapping: its keys and values as pairs."""


class Raw(NamedTuple):
    """What is written just so."""

    text: str


ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, 3, 4, 5, 6, -1, 0.5, 2.5, 1e-9, 1e15, 1e16, 1e300, 5e-324,
    1.7976931348623157e308, -1e308, 10**18, 10**30, 4.000000000000001, "", " ", "a", "unknown",
    "2", "no", "~", "null", "2026-11-02", "9999-12-31", "0001-01-01", "x" * 300, "x" * 5000,
    "a\nb", "a\tb", " a ", "'", '"', "#", "a: b", "- a", "{", "é", "日本", "\u2028", "\x85",
    "\ufeff", "\u00a0", "\U0001f468", "\u202e", "{{ 1 }}", "=1", "..", "../x", "/etc/passwd",
    "a/b",
    "micro", "primary", "supporting", "overall", "earlier", "pain", "gap", "CON", "a..b", "a-",
    "A",
    [], {}, [None], [[]], {"a": None}, [1, 2], ["a", "a"], {"level": 2}, {"unknown": True},
    {"level": 2, "unsure": True}, {"not_applicable": "x"}, {"by": {}}, {"by": {"anna": 1}},
    {"by": {"anna": 1, "jo": "unknown"}, "agreed": 1}, {"note": "x"}, {"level": 1e308},
    {"because": "x"}, {"days_per_quarter": 1e308, "quarters": 20}, {"quarters": 1,
    "day_rate": 1e308},
    Raw("012"), Raw("0x1f"), Raw("1_000"), Raw("1:30"), Raw(".inf"), Raw(".nan"), Raw("-0"),
    Raw("-0.0"), Raw("+1"), Raw("1.0"), Raw("2.00"), Raw("1e1"), Raw("9" * 60), Raw("!!str 2"),
    Raw("!x y"), Raw("&a 2"), Raw("*a"), Raw("&b {level: 2}"), Raw("? "), Raw('"\\ud800"'),
    Raw('"\\0"'), Raw('"\\x07"'), Raw("'it''s'"), Raw("yes"), Raw("[" * 40 + "]" * 40),
)  # fmt: skip
"""Values that a place may hold and should not, or seldom does."""

WAYS = (
    "replace", "replace", "drop", "drop", "double", "move", "rename", "swap", "swap", "wrap",
    *["alike"] * 4,
)  # fmt: skip


def tree_of(value: Any) -> Any:
    """Return plain values as a tree."""
    if isinstance(value, dict):
        return Pairs([(key, tree_of(one)) for key, one in value.items()])
    if isinstance(value, list):
        return [tree_of(one) for one in value]
    return value


def mutated_tree(dice: Random, tree: Any, names: list[str]) -> Any:
    """Return a tree with one to a few of its nodes changed; `names` are ids to put in."""
    for _ in range(dice.choice((1, 1, 1, 1, 1, 2, 4))):
        tree = _mutated(dice, tree, names)
    return tree


def _mutated(dice: Random, tree: Any, names: list[str]) -> Any:
    path = _any_path(dice, tree)
    if not path:
        return tree
    way = dice.choice(WAYS)
    if way == "move":
        other = _any_path(dice, tree)
        return _changed(tree, other, lambda at, place: _put(at, place, _found(tree, path)))
    return _changed(tree, path, lambda at, place: _done(dice, way, at, place, names))


def _done(dice: Random, way: str, at: Any, place: int, names: list[str]) -> Any:
    """Return a list or mapping with the entry at a place changed."""
    out = type(at)(at)
    if way == "drop":
        del out[place]
    elif way == "double":
        out.insert(dice.randrange(len(out) + 1), out[place])
    elif way == "rename" and isinstance(at, Pairs):
        new = dice.choice(names) if names and dice.random() < 0.7 else dice.choice(ODD)
        out[place] = (new if isinstance(new, (str, int, float)) else "x", out[place][1])
    elif way == "swap":
        other = dice.randrange(len(out))
        out[place], out[other] = out[other], out[place]
    elif way == "wrap":
        inner = _value(at, place)
        return _put(
            at, place, dice.choice(([inner], Pairs([("level", inner)]), Pairs([("a", inner)])))
        )
    elif way == "alike":
        value = _value(at, place)
        return _put(at, place, _alike(dice, value, names))
    else:
        new = dice.choice(names) if names and dice.random() < 0.2 else tree_of(dice.choice(ODD))
        return _put(at, place, new)
    return out


def _alike(dice: Random, value: Any, names: list[str]) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return dice.choice(
            (value + 1, value - 1, value * 1e9, -value, value / 3, 2, 1, 0, float(value), 0, 5, 1)
        )
    if isinstance(value, str):
        return dice.choice(
            (
                value + "x",
                value[:-1],
                value.upper(),
                value * 3,
                dice.choice(names) if names else "a",
            )
        )
    return value


def _value(at: Any, place: int) -> Any:
    return at[place][1] if isinstance(at, Pairs) else at[place]


def _put(at: Any, place: int, value: Any) -> Any:
    out = type(at)(at)
    out[place] = (out[place][0], value) if isinstance(at, Pairs) else value
    return out


def _found(tree: Any, path: list[int]) -> Any:
    for place in path:
        tree = _value(tree, place)
    return tree


def _any_path(dice: Random, tree: Any) -> list[int]:
    """Walk down from the root and stop somewhere; deep places are as likely as shallow ones."""
    path: list[int] = []
    while isinstance(tree, list) and tree and (not path or dice.random() < 0.75):
        place = dice.randrange(len(tree))
        path.append(place)
        tree = _value(tree, place)
    return path


def _changed(tree: Any, path: list[int], change: Any) -> Any:
    if not path or not isinstance(tree, list) or path[0] >= len(tree):
        return tree
    if len(path) == 1:
        return change(tree, path[0])
    return _put(tree, path[0], _changed(_value(tree, path[0]), path[1:], change))


def written(dice: Random, tree: Any) -> bytes:
    """Write a tree as YAML in one of many styles."""
    hand = _Hand(dice)
    text = "\n".join(hand.block(tree, 0)) + "\n"
    return text.encode("utf-8", "surrogatepass")


def written_json(tree: Any) -> bytes:
    """Write a tree as JSON, keys twice where they are."""
    return _json(tree).encode("utf-8", "surrogatepass")


def _json(tree: Any) -> str:
    if isinstance(tree, Pairs):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {_json(one)}" for key, one in tree) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_json, tree)) + "]"
    return tree.text if isinstance(tree, Raw) else json.dumps(tree)


class _Hand:
    """A way of writing: how far it indents, how often it uses brackets, quotes and comments."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.indent = dice.choice((1, 2, 2, 2, 4, 11))
        self.flow = dice.choice((0.0, 0.1, 0.3, 0.6, 1.0))
        self.quotes = dice.choice((0.0, 0.0, 0.2, 1.0))
        self.comments = dice.choice((0.0, 0.0, 0.1, 0.4))

    def block(self, tree: Any, depth: int) -> list[str]:
        pad = " " * (self.indent * depth)
        if (
            not isinstance(tree, list)
            or not tree
            or depth > 20
            or self.dice.random() < self.flow * (depth > 0)
        ):
            return [pad + self.inline(tree)]
        lines: list[str] = []
        for one in tree:
            if self.dice.random() < self.comments:
                lines.append(
                    self.dice.choice((f"{pad}# a note: {{x}}", "", "#", f"{pad}  # further in"))
                )
            key, value = one if isinstance(tree, Pairs) else (None, one)
            lead = pad + ("-" if key is None else f"{self.scalar(key)}:")
            inner = self.block(value, depth + 1)
            if isinstance(value, list) and value and len(inner) > 1:
                lines += [lead, *inner]
            else:
                lines += [f"{lead} {inner[0].lstrip(' ')}", *inner[1:]]
            if self.dice.random() < self.comments / 2:
                lines[-1] += "  # seen"
        return lines

    def inline(self, tree: Any) -> str:
        if isinstance(tree, Pairs):
            return (
                "{"
                + ", ".join(f"{self.scalar(key)}: {self.inline(one)}" for key, one in tree)
                + "}"
            )
        if isinstance(tree, list):
            return "[" + ", ".join(map(self.inline, tree)) + "]"
        return self.scalar(tree)

    def scalar(self, value: Any) -> str:
        if isinstance(value, Raw):
            return value.text
        if not isinstance(value, str):
            return json.dumps(value)
        if (
            value
            and value.isascii()
            and value.replace(" ", "a").replace("-", "a").replace(".", "a").isalnum()
            and not (self.dice.random() < self.quotes or value != value.strip())
        ):
            return value
        if value.isprintable() and self.dice.random() < 0.5:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=self.dice.random() < 0.5)
