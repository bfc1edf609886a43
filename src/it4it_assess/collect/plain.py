"""The interview line by line: for screen readers, plain terminals, pipes and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from it4it_assess.collect.acts import heard_as
from it4it_assess.collect.asks import Unclear
from it4it_assess.collect.card import card, told
from it4it_assess.collect.conversation import said, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.collect.conversation import Conversation
    from it4it_assess.collect.sitting import Sitting


def interview(talk: Conversation, sitting: Sitting, lines: Iterator[str], out: TextIO) -> Sitting:
    """Ask until the questions, the lines or the patience are at an end.

    Each answer is kept before the next question is shown.
    """
    seen: str | None = None
    while sitting.ask is not None:
        if sitting.ask != seen:
            _show(talk, sitting, out)
            seen = sitting.ask
        who = f"{sitting.who}, now" if sitting.who else "Now"
        out.write(f"{who} {told(sitting.now, sitting.who)}. Answer (h for help): ")
        out.flush()
        line = next(lines, None)
        if line is None:
            out.write("\n")
            return sitting
        key, text = heard_as(line.strip(), talk.asks[sitting.ask])
        if key == "q":
            return sitting
        try:
            sitting = _after(talk, sitting, key, text, out)
        except Unclear as unclear:
            out.write(f"{unclear}\n")
    out.write("That was the last question.\n")
    return sitting


def _after(talk: Conversation, sitting: Sitting, key: str, text: str, out: TextIO) -> Sitting:
    """Return the sitting after one line; a line that only asks for something changes nothing."""
    lines = shown(talk, sitting, key)
    if lines is not None:
        out.writelines(f"{line}\n" for line in lines)
        return sitting
    if not key and not text:
        raise Unclear("give an answer, or h for help")
    after = said(talk, sitting, key, text)
    if after.remark != sitting.remark:
        out.write(f"{after.remark}\n")
    return after


def _show(talk: Conversation, sitting: Sitting, out: TextIO) -> None:
    laid = card(talk.asks, sitting)
    far = (
        f"{laid.number} of {laid.total} (here {laid.number_here} of {laid.total_here});"
        f" {laid.open} open, about {laid.minutes} min"
        if laid.sure is None
        else f"{laid.sure:.0%} sure"
    )
    out.write(f"\n{laid.place}. {far}\n{laid.ask.ask}\n")
    out.writelines(f"  {choice.key} {choice.means}\n" for choice in laid.ask.choices)
    if laid.ask.hint:
        out.write(f"  ({laid.ask.hint})\n")
