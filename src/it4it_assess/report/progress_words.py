"""What was done between two dates, in sentences: initiatives, and figures on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.comparison_words import SEEN, signed, titles
from it4it_assess.report.figures import joined

if TYPE_CHECKING:
    from it4it_assess.model.comparison import Comparison, IndicatorChange, InitiativeChange
    from it4it_assess.model.questionnaire import Questionnaire


def initiative(
    work: InitiativeChange, comparison: Comparison, questionnaire: Questionnaire
) -> str:
    """Say what became of an initiative, and what it moved."""
    named = titles(comparison)
    asks = questionnaire.questions
    lifted = [
        f"{named[stream]} {signed(change)}"
        for stream, change in work.moved.items()
        if abs(change) >= SEEN
    ]
    missing = joined([asks[one].ask for one in work.missing])
    if work.standing == "slipped":
        return _sentences([f"{work.title}: no longer holds", missing])
    said = [f"{work.title}: {joined(lifted)}" if lifted else work.title]
    if work.standing == "partly":
        said.append(f"Still to reach: {missing}")
    if (unknown := len(work.open_before)) > 0:
        said.append(
            f"Answers nobody could give before: {unknown} of {len(work.reached)}; "
            "it may have been in place already"
        )
    if work.shared_with:
        others = [questionnaire.initiatives[one].title for one in work.shared_with]
        said.append(f"It shares answers with {joined(others)}: do not add them up")
    return _sentences(said)


def _sentences(said: list[str]) -> str:
    """Join sentences, each with an end."""
    return " ".join(one if one.endswith((".", "?", "!")) else f"{one}." for one in said)


def together(comparison: Comparison) -> list[str]:
    """Say how much of each stream's change the work reached explains, each answer counted once."""
    named = titles(comparison)
    changes = {stream.id: stream.delta for stream in comparison.streams}
    return [
        f"{named[stream]}: this work by itself moves it by {signed(moved)}; "
        f"in all it changed by {signed(changes[stream])}."
        for stream, moved in comparison.together.items()
        if abs(moved) >= SEEN and changes[stream] is not None
    ]


def indicator(change: IndicatorChange) -> str:
    """Say how far an indicator came on its way from start to aim."""
    if change.against_direction:
        return "its aim lies on the worse side of its start: check the two figures"
    if change.current is None:
        return "no figure for today"
    if change.reached:
        return "reached"
    if change.way is None:
        return "no start or no aim to measure it against"
    share = round(100 * abs(change.way))
    if share == 0:
        return "where it started"
    return f"{share} % of the way" if change.way > 0 else f"{share} % the wrong way"
