"""How a form's workbook is laid out: what the writer and the reader have to agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from it4it_assess.collect.invitation import Invitation

START = "Start"
HIDDEN = "it4it-assess"
"""The hidden sheet: what a returned workbook answers, and for whom."""
MARK = "it4it-assess form"
FORMAT = 1
NAME_CELL, ROLE_CELL = (4, 1), (5, 1)

ASK, LEVELS, ANSWER, UNSURE, NOTE, SEEN, ID = (
    "Question",
    "Which sentence fits an ordinary week best?",
    "Your answer",
    "Not sure?",
    "Note, or why it does not apply",
    "What shows it",
    "Id",
)
COLUMNS = {ASK: 34, LEVELS: 68, ANSWER: 15, UNSURE: 9, NOTE: 32, SEEN: 28, ID: 14}
"""The headings of a stream's sheet with the widths of their columns, in characters."""
UNKNOWN, NOT_APPLICABLE, YES = "unknown", "does not apply", "yes"

MOST_IN_A_CELL = 32_000
"""A cell holds 32,767 UTF-16 units at most."""
LONGEST_SHEET_NAME = 31


def sheet_names(invitation: Invitation) -> tuple[str, ...]:
    """Name each section's sheet after its stream, as far as workbooks let a sheet be named."""
    taken = {START.casefold(), HIDDEN.casefold(), "history", ""}
    names = []
    for section in invitation.sections:
        bare = "".join(" " if one in "[]:*?/\\" else one for one in section.stream.title)
        whole = " ".join(bare.split()).strip("' ") or section.stream.id
        name, number = cut(whole, LONGEST_SHEET_NAME), 2
        while name.casefold() in taken:
            name, number = f"{cut(whole, LONGEST_SHEET_NAME - 4)} {number}", number + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def cut(text: str, most: int) -> str:
    """Cut a text to a number of UTF-16 units, which is how workbooks count."""
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return f"{kept.rstrip()}…"
