"""The interview line by line: for screen readers, plain terminals, pipes and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from it4it_assess.collect.acts import ACTS, KEYS, Unclear, acted
from it4it_assess.collect.card import card, live_scores, reasons_why, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from it4it_assess.collect.sitting import Change, Sitting
    from it4it_assess.model.questionnaire import Questionnaire


def interview(
    questionnaire: Questionnaire,
    sitting: Sitting,
    keep: Callable[[Change], None],
    lines: Iterator[str],
    out: TextIO,
) -> Sitting:
    """Ask until the questions, the lines or the patience are at an end.

    Each answer is kept before the next question is shown.
    """
    shown: str | None = None
    while sitting.question is not None:
        if sitting.question != shown:
            _show(questionnaire, sitting, out)
            shown = sitting.question
        who = f"{sitting.who}, now" if sitting.who else "Now"
        out.write(f"{who} {said(sitting.answer)}. Answer (h for help): ")
        out.flush()
        line = next(lines, None)
        if line is None or line.strip() == "q":
            out.write("\n")
            return sitting
        try:
            after = _after(questionnaire, sitting, line.strip(), out)
        except Unclear as unclear:
            out.write(f"{unclear}\n")
            continue
        _keep_changes(sitting, after, keep)
        sitting = after
    out.write("That was the last question.\n")
    return sitting


def _after(questionnaire: Questionnaire, sitting: Sitting, line: str, out: TextIO) -> Sitting:
    """Return the sitting after one line; a line that only asks for something changes nothing."""
    if not line:
        raise Unclear("give a level, or h for help")
    key, text = (line[0], line[1:].strip()) if line[0] in KEYS else (line, "")
    told = {
        "h": lambda: [f"{act.key} {act.takes}".strip().ljust(8) + act.help for act in ACTS],
        "w": lambda: reasons_why(questionnaire, sitting),
        "p": lambda: live_scores(questionnaire, sitting),
    }.get(key)
    if told is not None:
        out.writelines(f"{one}\n" for one in told())
        return sitting
    return acted(sitting, key, text, questionnaire.values)


def _keep_changes(before: Sitting, after: Sitting, keep: Callable[[Change], None]) -> None:
    """Keep what an act changed; an undone answer is put back on disk too."""
    if len(after.done) > len(before.done):
        keep(after.done[-1])
    elif len(after.done) < len(before.done):
        last = before.done[-1]
        keep(last._replace(before=last.after, after=last.before))


def _show(questionnaire: Questionnaire, sitting: Sitting, out: TextIO) -> None:
    shown = card(questionnaire, sitting)
    out.write(f"\n{shown.place}. {shown.progress}\n{shown.ask}\n")
    out.writelines(f"  {value} {sentence}\n" for value, sentence in shown.levels)
