"""What an interview shows of what is on the table, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.collect.sitting import minutes
from it4it_assess.engine.reading import read_answer
from it4it_assess.engine.scoring import Cells, is_enough
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.sitting import Sitting
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream


class Card(NamedTuple):
    """What is on the table, and how far we are: in all, and in its chapter; counted from 1."""

    ask: Ask
    place: str
    number: int
    total: int
    number_here: int
    total_here: int
    open: int
    sure: float | None

    @property
    def share(self) -> float:
        """How far we are, 0 to 1: what is answered, or how sure a triage is."""
        return 1 - self.open / self.total if self.sure is None else self.sure

    @property
    def minutes(self) -> int:
        """About how many minutes are left."""
        return minutes(self.open)


def card(asks: Mapping[str, Ask], sitting: Sitting) -> Card:
    """Lay what is on the table out; there must be something."""
    name = sitting.ask
    assert name is not None  # noqa: S101  the caller asks only while there is something
    ask = asks[name]
    here = [one for one in sitting.queue if asks[one].chapter == ask.chapter]
    return Card(
        ask=ask,
        place=f"{ask.chapter}: {ask.part}" if ask.part != ask.chapter else ask.chapter,
        number=sitting.at + 1,
        total=len(sitting.queue),
        number_here=here.index(name) + 1,
        total_here=len(here),
        open=sitting.open,
        sure=sitting.sure,
    )


def told(said: Any, who: str | None = None) -> str:
    """Say in words what something is answered with; to a respondent, their own answer only."""
    if who is not None and isinstance(said, Answer) and said.by:
        said = said.by.get(who)
    match said:
        case None:
            return "open"
        case Answer():
            return _told_answer(said)
        case list():
            return ", ".join(said)
        case float() | int():
            return f"{said:g}"
    return str(said)


def _told_answer(answer: Answer) -> str:
    if answer.by:
        voices = ", ".join(f"{name}: {_told_answer(voice)}" for name, voice in answer.by.items())
        return voices if answer.agreed is None else f"{voices}; agreed {answer.agreed:g}"
    if answer.not_applicable is not None:
        return f"does not apply ({answer.not_applicable})"
    if answer.unknown:
        return "unknown"
    level = "open" if answer.level is None else f"{answer.level:g}"
    doubt = " (unsure)" if answer.unsure else ""
    note = f' "{answer.note}"' if answer.note else ""
    return level + doubt + note


def level_of(said: Any, who: str | None) -> float | None:
    """Return the level or rating that stands, the respondent's own where one is answering."""
    if isinstance(said, Answer):
        voice = said.by.get(who, Answer()) if who is not None else said
        return voice.level
    return said if isinstance(said, (int, float)) else None


def live_scores(questionnaire: Questionnaire, said: Mapping[str, Any]) -> list[str]:
    """Return each stream's score so far, by the same formula as a report's."""
    readings = {
        name: read_answer(name, said.get(name), questionnaire.values, {})
        for name in questionnaire.questions
    }

    cells = Cells(questionnaire, readings)

    def line(stream: ValueStream) -> str:
        cell = cells.stream(stream)
        if cell is None:
            return f"{stream.title}: does not apply"
        enough = cell.mean is not None and is_enough(cell)
        mean = f"{cell.mean:.1f}" if enough else "too few answers for a score"
        return (
            f"{stream.title}: {mean} ({cell.low:.1f} to {cell.high:.1f}), "
            f"{cell.coverage:.0%} answered"
        )

    return [line(stream) for stream in questionnaire.streams]
