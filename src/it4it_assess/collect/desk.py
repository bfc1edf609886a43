"""What a key press does to the interview's screen. A desk is a value, as a sitting is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.acts import KEYS, heard_as
from it4it_assess.collect.asks import Unclear
from it4it_assess.collect.conversation import said, shown
from it4it_assess.collect.screen import Face
from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from it4it_assess.collect.acts import Act
    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.conversation import Conversation
    from it4it_assess.collect.sitting import Sitting

LEAVE = "q"
ALIASES = {"left": "b", "up": "b", "right": "s", "down": "s", "backspace": "b", "tab": "s"}
"""Keys that do what people expect of them."""

PANELS = {"h", "w", "p"}


class Desk(NamedTuple):
    """A sitting with its face, and the act whose text is being typed."""

    sitting: Sitting
    face: Face = Face()
    act: Act | None = None
    left: bool = False

    @property
    def over(self) -> bool:
        """Whether the interview has come to its end, or was left."""
        return self.left or self.sitting.ask is None


def takes_a_line(talk: Conversation, desk: Desk) -> bool:
    """Say whether what is typed goes into a line that Enter ends."""
    return desk.act is not None or not _ask(talk, desk).at_once


def prompt(talk: Conversation, desk: Desk) -> str:
    """Return what stands before the line that is typed."""
    if desk.act is not None:
        return f"{desk.act.wants}: "
    return "Level: " if _ask(talk, desk).is_question else "Answer (Enter alone skips): "


def pressed(talk: Conversation, desk: Desk, key: str) -> Desk:
    """Do what one key means where no line is being typed."""
    key = ALIASES.get(key, key)
    if key == LEAVE:
        return desk._replace(left=True)
    if key in PANELS:
        return _turned(talk, desk, key)
    act = KEYS.get(key)
    if act is not None and act.wants:
        return desk._replace(act=act, face=Face())
    return _said(talk, desk, key if act else "", "" if act else key)


def entered(talk: Conversation, desk: Desk, line: str) -> Desk:
    """Do what a typed line means; an empty one takes back what it was for, or skips."""
    line = line.strip()
    if desk.act is not None:
        free = desk._replace(act=None)
        if not line and desk.act.key != "a":
            return free
        after = _said(talk, free, desk.act.key, line)
        return after._replace(act=desk.act) if after.sitting is desk.sitting else after
    if not line:
        return _said(talk, desk, "s", "")
    key, text = heard_as(line, _ask(talk, desk))
    if key == LEAVE:
        return desk._replace(left=True)
    return _turned(talk, desk, key) if key in PANELS else _said(talk, desk, key, text)


def dropped(desk: Desk) -> Desk:
    """Take back the line that was being typed, and whatever the panel shows."""
    return desk._replace(act=None, face=Face())


def _said(talk: Conversation, desk: Desk, key: str, text: str) -> Desk:
    """Do an act; what cannot be done, or not be saved, is said and changes nothing."""
    try:
        after = said(talk, desk.sitting, key, text)
    except (Unclear, AssessError) as error:
        return desk._replace(face=Face(message=str(error)))
    return desk._replace(sitting=after, face=Face())


def _turned(talk: Conversation, desk: Desk, key: str) -> Desk:
    """Show a panel, then its next page, then none."""
    if desk.face.name == key:
        return desk._replace(face=desk.face._replace(page=desk.face.page + 1))
    lines = shown(talk, desk.sitting, key) or []
    return desk._replace(face=Face(name=key, panel=tuple(lines)))


def _ask(talk: Conversation, desk: Desk) -> Ask:
    assert desk.sitting.ask is not None  # noqa: S101  a desk that is over is not asked
    return talk.asks[desk.sitting.ask]
