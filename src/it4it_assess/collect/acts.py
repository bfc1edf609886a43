"""What can be done with what is on the table, by key or by word.

The same acts serve the line-by-line interview and the one with keys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect import sitting as sit
from it4it_assess.collect.asks import Unclear
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.sitting import Sitting

    Do = Callable[[Sitting, str, Mapping[str, Ask]], Sitting]


class Act(NamedTuple):
    """One thing a person can do: its key, its word, the text it takes, its help, what it does.

    An act without a `do` only shows something. `wants` asks for the text where it is typed
    on a line of its own.
    """

    key: str
    word: str
    takes: str
    help: str
    do: Do | None = None
    wants: str = ""


def _unknown(now: Sitting, _text: str, asks: Mapping[str, Ask]) -> Sitting:
    return sit.answered(_question(now, asks), Answer(unknown=True))


def _unsure(now: Sitting, text: str, asks: Mapping[str, Ask]) -> Sitting:
    there = _question(now, asks)
    if not text:
        raise Unclear("say of which level you are unsure, as in: u2")
    given: Answer = _asked(there, asks).read(text)
    return sit.answered(there, given.model_copy(update={"unsure": True}))


def _not_applicable(now: Sitting, text: str, asks: Mapping[str, Ask]) -> Sitting:
    there = _question(now, asks)
    if not text:
        raise Unclear("say why it does not apply, as in: n we have no web shop")
    return sit.answered(there, Answer(not_applicable=text))


def _skip(now: Sitting, _text: str, _asks: Mapping[str, Ask]) -> Sitting:
    return sit.skipped(now)


def _back(now: Sitting, _text: str, _asks: Mapping[str, Ask]) -> Sitting:
    return sit.back(now)


def _undo(now: Sitting, _text: str, _asks: Mapping[str, Ask]) -> Sitting:
    if not now.done:
        raise Unclear("there is nothing to undo in this sitting")
    return sit.undone(now)


def _note(now: Sitting, text: str, asks: Mapping[str, Ask]) -> Sitting:
    return sit.noted(_question(now, asks, spoken=False), _something(text))


def _evidence(now: Sitting, text: str, asks: Mapping[str, Ask]) -> Sitting:
    return sit.evidenced(_question(now, asks, spoken=False), _something(text))


def as_id(name: str) -> str:
    """Return the id that a name stands for in an answer file; empty where it has no letter."""
    return "-".join(re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", name.lower()))


def _who(now: Sitting, text: str, _asks: Mapping[str, Ask]) -> Sitting:
    name, _, role = (part.strip() for part in text.partition(","))
    who = as_id(name)
    if text and not who:
        raise Unclear("give a short name in letters or digits, such as anna")
    about = {"name": name, "role": role} if role else {"name": name}
    return sit.heard(now, who or None, about)


def _jump(now: Sitting, text: str, asks: Mapping[str, Ask]) -> Sitting:
    wanted = text.casefold()
    for place, name in enumerate(now.queue):
        if wanted and (name == wanted or name.startswith(f"{wanted}.")):
            return now._replace(at=place)
    for place, name in enumerate(now.queue):
        titles = (asks[name].part, asks[name].chapter)
        if wanted and any(wanted in title.casefold() for title in titles):
            return now._replace(at=place)
    raise Unclear(f"nothing here is called {text!r}; try s2p, d2c.incident or a part's title")


ACTS = (
    Act("?", "unknown", "", "unknown: nobody could say", _unknown),
    Act("u", "unsure", "LEVEL", "unsure of a level, as in u2", _unsure, "Unsure of which level?"),
    Act(
        "n", "na", "WHY", "does not apply, and why", _not_applicable, "Why does it not apply here?"
    ),
    Act("s", "skip", "", "skip", _skip),
    Act("b", "back", "", "back", _back),
    Act("z", "undo", "", "undo the last answer", _undo),
    Act("+", "note", "TEXT", "add a note", _note, "Note"),
    Act("e", "evidence", "TEXT", "add what you saw (evidence)", _evidence, "What did you see?"),
    Act(
        "a",
        "as",
        "WHO, ROLE",
        "who is answering; alone: nobody in particular",
        _who,
        "Who is answering (name, role)?",
    ),
    Act(
        "j",
        "jump",
        "ID",
        "jump to a stream, component or question",
        _jump,
        "Jump to (id or part of a title)",
    ),
    Act("w", "why", "", "why this is asked, what to ask to see"),
    Act("p", "scores", "", "scores so far"),
    Act("h", "help", "", "this help"),
    Act("q", "quit", "", "leave; everything is saved"),
)
KEYS = {act.key: act for act in ACTS}
WORDS = {act.word: act for act in ACTS}


def heard_as(line: str, ask: Ask) -> tuple[str, str]:
    """Return the key and the text that a typed line means; key "" says something to the ask.

    Where words are asked for, a line is an act only when it is a key or an act's word alone.
    """
    first, _, rest = line.partition(" ")
    if first.casefold() in WORDS:
        return WORDS[first.casefold()].key, rest.strip()
    if line in KEYS:
        return line, ""
    takes_words = not ask.choices
    if line[:1] in KEYS and (not takes_words or line[1:2] == " "):
        return line[0], line[1:].strip()
    return "", line


def acted(now: Sitting, key: str, text: str, asks: Mapping[str, Ask]) -> Sitting:
    """Return the sitting after an act, or after something said; Unclear says why it cannot be."""
    text = "".join(one for one in text if one.isprintable())
    act = KEYS.get(key)
    if act is None:
        ask = _asked(now, asks)
        there = _question(now, asks) if ask.is_question else now
        return sit.answered(there, ask.read(text))
    return now if act.do is None else act.do(now, text, asks)


def _asked(now: Sitting, asks: Mapping[str, Ask]) -> Ask:
    assert now.ask is not None  # noqa: S101  acts are done while something is on the table
    return asks[now.ask]


def _question(now: Sitting, asks: Mapping[str, Ask], *, spoken: bool = True) -> Sitting:
    """Return the sitting where a question of the questionnaire can be answered; Unclear if not."""
    if not _asked(now, asks).is_question:
        raise Unclear("that goes with the questions further on; answer this, or s to skip it")
    voices = now.now.by if now.now is not None else {}
    if spoken and now.who is None and voices:
        names = ", ".join(voices)
        raise Unclear(f"{names} answered this by name; say who answers now first, as in: a anna")
    return now


def _something(text: str) -> str:
    if not text:
        raise Unclear("say what to write down behind it")
    return text
