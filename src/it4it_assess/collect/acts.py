"""What can be done with the question on the table, by key or by word.

The same acts serve the line-by-line interview and the one with keys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect import sitting as sit
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from it4it_assess.collect.sitting import Sitting

    Do = Callable[[Sitting, str, Sequence[float]], Sitting]


class Unclear(Exception):  # noqa: N818  not an error: a wish to hear it again
    """What was said could not be taken for an act; the message says what could."""


class Act(NamedTuple):
    """One thing a person can do: its key, the text it takes, its help, and what it does.

    An act without a `do` only shows something.
    """

    key: str
    takes: str
    help: str
    do: Do | None = None


def _unknown(now: Sitting, _text: str, _values: Sequence[float]) -> Sitting:
    return sit.answered(now, Answer(unknown=True))


def _unsure(now: Sitting, text: str, values: Sequence[float]) -> Sitting:
    if not text:
        raise Unclear("say of which level you are unsure, as in: u2")
    return sit.answered(now, Answer(level=level(text, values), unsure=True))


def _not_applicable(now: Sitting, text: str, _values: Sequence[float]) -> Sitting:
    if not text:
        raise Unclear("say why it does not apply, as in: n we have no web shop")
    return sit.answered(now, Answer(not_applicable=text))


def _skip(now: Sitting, _text: str, _values: Sequence[float]) -> Sitting:
    return sit.skipped(now)


def _back(now: Sitting, _text: str, _values: Sequence[float]) -> Sitting:
    return sit.back(now)


def _undo(now: Sitting, _text: str, _values: Sequence[float]) -> Sitting:
    return sit.undone(now)


def _note(now: Sitting, text: str, _values: Sequence[float]) -> Sitting:
    return sit.noted(now, _something(text))


def _evidence(now: Sitting, text: str, _values: Sequence[float]) -> Sitting:
    return sit.evidenced(now, _something(text))


def _who(now: Sitting, text: str, _values: Sequence[float]) -> Sitting:
    who = re.sub(r"[^a-z0-9.-]+", "-", text.lower()).strip("-.")
    if text and not who:
        raise Unclear("give a short name in letters or digits, such as anna")
    return now._replace(who=who or None)


def _jump(now: Sitting, text: str, _values: Sequence[float]) -> Sitting:
    there = sit.jumped(now, text)
    if there is None:
        raise Unclear(f"nothing here is called {text!r}; try s2p, d2c.incident or the like")
    return there


ACTS = (
    Act("?", "", "unknown: nobody could say", _unknown),
    Act("u", "LEVEL", "unsure of a level, as in u2", _unsure),
    Act("n", "WHY", "does not apply, and why", _not_applicable),
    Act("s", "", "skip", _skip),
    Act("b", "", "back", _back),
    Act("z", "", "undo the last answer", _undo),
    Act("+", "TEXT", "add a note", _note),
    Act("e", "TEXT", "add what you saw (evidence)", _evidence),
    Act("a", "WHO", "who is answering; alone: nobody in particular", _who),
    Act("j", "ID", "jump to a stream, component or question", _jump),
    Act("w", "", "why this is asked, what to ask to see"),
    Act("p", "", "scores so far"),
    Act("h", "", "this help"),
    Act("q", "", "leave; everything is saved"),
)
KEYS = {act.key: act for act in ACTS}


def acted(now: Sitting, key: str, text: str, values: Sequence[float]) -> Sitting:
    """Return the sitting after an act, or after a level; Unclear says why it cannot be."""
    act = KEYS.get(key)
    if act is None:
        return sit.answered(now, Answer(level=level(key, values)))
    return now if act.do is None else act.do(now, text, values)


def level(text: str, values: Sequence[float]) -> float:
    """Read a level of the scale."""
    for value in values:
        if text == f"{value:g}":
            return value
    scale = ", ".join(f"{value:g}" for value in values)
    raise Unclear(f"{text!r} is no level; give one of {scale}, or h for help")


def _something(text: str) -> str:
    if not text:
        raise Unclear("say what to write down behind it")
    return text
