"""Text changed by a few characters, lines or pieces, as editors, mail and malice change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

YAML_PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        ": ", ":", "- ", "-", "? ", ", ", "{", "}", "[", "]", "{}", "[]", "&a ", "*a", "&a *a",
        "<<: *a", "!!str ", "!!int ", "!!python/object/apply:os.system [ls]", "!!binary ", "! ",
        "!x ", "!!set {a, b}", "|", "|2\n ", ">-\n  ", "|+\n", "'", '"', "\\", '"\\u0000"',
        '"\\ud800"', '"\\x85"', '"\\UFFFFFFFF"', '"\\N"', "#", " # ", "%YAML 1.1\n---\n", "---\n",
        "...\n", "~", "null", "true", "no", "on", ".inf", "-.inf", ".nan", "0", "-0", "012",
        "0x1f", "0o7", "1_000", "1:30", "1e5", "1e400", "-1e-400", "1e308", "4.9e-324",
        "9007199254740993", "9" * 19, "1" * 41, "1" * 5000, "3.0000000000000001", "٣", "½",
        "2026-11-02", "2026-02-30", "0000-00-00", "9999-12-31", "\t", "\r\n", "\r", "\n\n", " ",
        "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u00a0", "\u2028", "\u200b", "\ufeff",
        "\ufffe", "\ud800", "\U0001f468\u200d\U0001f469", "e\u0301", "\u202e", "İ", "ß",
        "unknown", "level: 2", "unsure: true", "not_applicable: x", "not_applicable: ",
        "by: {anna: 2}", "agreed: 2", "evidence: [a, b]", "note: x", "format: 1", "answers: {}",
        "context: {}", "weights: {}", "criteria: [pain]", "a" * 300, "x" * 5000, "../", "/", "..",
        "C:\\", "file:///etc/passwd", "~/x", "{{ x }}", "%s", "=1+1", "<<<<<<< HEAD\n",
        "=======\n", ">>>>>>> b\n",
    )
)  # fmt: skip
"""Pieces of YAML, of answer files, and of what has broken other readers."""

JSON_PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        "{", "}", "[", "]", ",", ":", '"', "\\", "null", "true", "NaN", "Infinity", "-Infinity",
        "1e400", "0.1", "-0", "9" * 5000, '"\\ud800"', '"\\u0000"', "\\uD834\\uDD1E", '"format"',
        '"secret"', '"names"', '""', "//", "\ufeff", "\x00", "\ud800", "[" * 200, "[" * 100_000,
        '{"a":' * 50_000, '"a": 1, "a": 2', "0" * 64, "zz", " " * 64,
    )
)  # fmt: skip

JINJA_PIECES = tuple(
    piece.encode()
    for piece in (
        "{{", "}}", "{%", "%}", "{#", "#}", "{{ page }}", "{{ page.__class__ }}", "{{ x() }}",
        "{% for a in range(100000000) %}x{% endfor %}", "{% endfor %}", "{% block title %}",
        "{% endblock %}", "{% extends 'shipped/report.md.j2' %}", "{% include 'x' %}", "{{ 1/0 }}",
        "{% extends 'report.md.j2' %}", "{% include 'report.md.j2' %}", "{{ 'x' * 1000000000 }}",
        "{{ 9**9**9 }}", "{{ [1] * 999 * 999 }}", "{{ '%999999999d' % 1 }}", "{{ ''.join([]) }}",
        "{{ '{:999999999}'.format(1) }}", "{% set a = [] %}", "{{ page | tojson }}", "{{ self }}",
        "{{ page|pprint }}", "{{ 'x'|center(999999999) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{{ m() }}", "{{ lipsum(n=100000) }}", "{{ cycler('a') }}", "{{ page|attr('__init__') }}",
        "{% raw %}", "{% filter upper %}", "{{ 'x'|indent(99999999) }}", "{{ 1 if }}", "{%- -%}",
        "{{ ('x' * 999)|replace('x', 'x' * 999)|replace('x', 'x' * 999) }}",
        "{{ range(9)|batch(0) }}",
        "{{ page.streams|groupby('id') }}", "{{ page.streams|sort }}", "{{ 'x'|format(1) }}",
        "{{ 'a'|wordwrap(0) }}", "{{ [1]|slice(0)|list }}", "{{ 1|round(-999999999) }}",
        "{{ 'x'|int(base=99) }}", "{{ 10**999 * 10**999 }}", "{{ none.x }}", "{{ page[0] }}",
    )
)  # fmt: skip

LONG = 20_000
"""How long a long line or a deep nest becomes."""


def mutated_text(
    dice: Random, data: bytes, pieces: Sequence[bytes], others: Sequence[bytes]
) -> bytes:
    """Return text with one to a few changes; most leave the rest of it as it was."""
    for _ in range(dice.choice((1, 1, 1, 1, 1, 1, 2, 4))):
        data = dice.choice(WAYS)(dice, data, pieces, others)
    return data


Way = "Callable[[Random, bytes, Sequence[bytes], Sequence[bytes]], bytes]"


def _at(dice: Random, data: bytes) -> int:
    return dice.randrange(len(data) + 1)


def _flip(dice: Random, data: bytes, _p: Sequence[bytes], _o: Sequence[bytes]) -> bytes:
    """Change one byte into another."""
    place = _at(dice, data)
    return data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :]


def _letter(dice: Random, data: bytes, _p: Sequence[bytes], _o: Sequence[bytes]) -> bytes:
    """Change one byte into one that text is made of."""
    place = _at(dice, data)
    return (
        data[:place]
        + bytes([dice.choice(b"\n :-,'\"{}[]#&*!|>0123456789.eax_")])
        + data[place + 1 :]
    )


def _cut(dice: Random, data: bytes, _p: Sequence[bytes], _o: Sequence[bytes]) -> bytes:
    place = _at(dice, data)
    return data[:place] + data[place + dice.choice((1, 1, 2, 5, 40)) :]


def _piece(dice: Random, data: bytes, pieces: Sequence[bytes], _o: Sequence[bytes]) -> bytes:
    place = _at(dice, data)
    return data[:place] + dice.choice(pieces) + data[place:]


def _value(dice: Random, data: bytes, pieces: Sequence[bytes], _o: Sequence[bytes]) -> bytes:
    """Put a piece in the place of what stands behind some colon."""
    colons = [place for place in range(len(data)) if data[place : place + 2] == b": "]
    if not colons:
        return data + dice.choice(pieces)
    start = dice.choice(colons) + 2
    end = min((found for mark in (b"\n", b",", b"}") if (found := data.find(mark, start)) >= 0),
              default=len(data))  # fmt: skip
    return data[:start] + dice.choice(pieces) + data[end:]


def _lines(dice: Random, data: bytes, _p: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """Drop, repeat, move, indent or swap lines, or take some from another file."""
    lines = data.split(b"\n")
    place = dice.randrange(len(lines))
    match dice.randrange(7):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[place])
        case 2:
            lines.insert(dice.randrange(len(lines)), lines.pop(place))
        case 3:
            lines[place] = b" " * dice.choice((1, 2, 4, 40)) + lines[place]
        case 4:
            lines[place] = lines[place].lstrip(b" ")
        case 5 if others:
            other = dice.choice(others).split(b"\n")
            start = dice.randrange(len(other))
            lines[place:place] = other[start : start + dice.choice((1, 1, 3, 8))]
        case _:
            lines[place] = lines[place] + b"  # " + dice.choice(lines)
    return b"\n".join(lines)


def _whole(  # noqa: PLR0911  a way of writing a file each
    dice: Random, data: bytes, pieces: Sequence[bytes], _o: Sequence[bytes]
) -> bytes:
    """Change how the whole file is written, or cut it off."""
    match dice.randrange(10):
        case 0:
            return b"\xef\xbb\xbf" + data
        case 1:
            return data.replace(b"\n", b"\r\n")
        case 2:
            return data.replace(b"\n", b"\r")
        case 3:
            return data[: _at(dice, data)]
        case 4:
            return data.decode("utf-8", "replace").encode(
                dice.choice(("utf-16", "utf-8", "cp1252")), "replace"
            )
        case 5:
            return data.rstrip(b"\n")
        case 6:
            return data + dice.choice(pieces)
        case 7:
            return data.replace(b"  ", b"\t", dice.choice((1, -1)))
        case 8:
            return dice.choice(pieces) + data
        case _:
            return data.replace(dice.choice(pieces), dice.choice(pieces))


def _much(dice: Random, data: bytes, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """Nest deeply or make a line long; seldom, as it is soon refused."""
    if dice.randrange(4):
        return _letter(dice, data, pieces, others)
    place = _at(dice, data)
    many = dice.choice((33, 200, LONG))
    return (
        data[:place]
        + dice.choice((b"[", b"{a: ", b"- ", b"x", b" ", b"? ", b"'", b"&a [")) * many
        + data[place:]
    )


def _id(dice: Random, data: bytes, _p: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """Put one word of a file in the place of another."""
    words = data.split()
    more = dice.choice(others).split() if others and dice.random() < 0.3 else words
    if not words or not more:
        return data
    return data.replace(dice.choice(words), dice.choice(more), 1)


WAYS = (
    _flip,
    _letter,
    _letter,
    _cut,
    _piece,
    _piece,
    _value,
    _value,
    _value,
    _lines,
    _lines,
    _whole,
    _much,
    _id,
)
