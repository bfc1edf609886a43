"""A conversation: what is asked of whom, where each word is kept, and what is asked next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.acts import ACTS, acted
from it4it_assess.collect.card import live_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.sitting import Change, Sitting
    from it4it_assess.model.questionnaire import Questionnaire


class Conversation(NamedTuple):
    """What both kinds of interview talk over.

    `keep` puts a change on disk before it returns; `follow` says what comes after an act.
    """

    questionnaire: Questionnaire
    asks: Mapping[str, Ask]
    keep: Callable[[Sitting, Change], None]
    follow: Callable[[Sitting], Sitting]


def said(talk: Conversation, sitting: Sitting, key: str, text: str) -> Sitting:
    """Do what was said, and return the sitting once it is on disk."""
    after = acted(sitting, key, text, talk.asks)
    _keep_changes(talk, sitting, after)
    return talk.follow(after)


def shown(talk: Conversation, sitting: Sitting, key: str) -> list[str] | None:
    """Return the lines that an act shows which changes nothing; None for every other."""
    if key == "h":
        return [f"{act.key} {act.takes}".strip().ljust(12) + act.help for act in ACTS]
    if key == "w":
        why = talk.asks[sitting.ask].why if sitting.ask is not None else ()
        return list(why) or ["There is nothing more to say about this one."]
    return live_scores(talk.questionnaire, sitting.said) if key == "p" else None


def _keep_changes(talk: Conversation, before: Sitting, after: Sitting) -> None:
    """Keep what an act changed; what is undone is put back on disk too."""
    if len(after.done) > len(before.done):
        talk.keep(after, after.done[-1])
    elif len(after.done) < len(before.done):
        last = before.done[-1]
        talk.keep(after, last._replace(before=last.after, after=last.before))
