"""An agenda laid out for a page to print: who says what, what lies between, room to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.agenda import within
from it4it_assess.report import figures

if TYPE_CHECKING:
    from it4it_assess.model.agenda import Agenda, Topic, Word
    from it4it_assess.model.questionnaire import Questionnaire


class Row(NamedTuple):
    """What one person said."""

    who: str
    says: str
    beside: str


class Item(NamedTuple):
    """One topic as the page shows it."""

    number: int
    ask: str
    place: str
    question: str
    minutes: int
    rows: tuple[Row, ...]
    note: str
    levels: tuple[tuple[str, str], ...]
    look_at: tuple[str, ...]
    effect: str


class AgendaPage(NamedTuple):
    """Everything an agenda shows, top to bottom."""

    organisation: str
    people: str
    first: str
    alone: tuple[str, ...]
    minutes: int
    items: tuple[Item, ...]
    later: tuple[tuple[str, str], ...]
    settled: tuple[tuple[str, str, str, str], ...]


def lay_out_agenda(
    agenda: Agenda, questionnaire: Questionnaire, minutes: int | None = None
) -> AgendaPage:
    """Lay out the topics that fit into so many minutes, or all of them."""
    topics = agenda.topics if minutes is None else within(agenda.topics, minutes)
    titles = {stream.id: stream.title for stream in questionnaire.streams}
    return AgendaPage(
        organisation=agenda.organisation,
        people=figures.joined(list(agenda.respondents)),
        first=(
            "No stream can come first today."
            if agenda.first is None
            else f"{titles[agenda.first]} comes first today."
        ),
        alone=tuple(
            f"As {one.name} sees it, "
            f"{titles[one.first] if one.first is not None else 'no stream'} would come first."
            for one in agenda.alone
            if one.first != agenda.first
        ),
        minutes=sum(topic.minutes for topic in topics),
        items=tuple(_item(topic, questionnaire, place) for place, topic in enumerate(topics, 1)),
        later=tuple((one.ask, one.question) for one in agenda.topics[len(topics) :]),
        settled=tuple(
            (
                one.ask,
                f"{one.agreed:g}",
                ", ".join(f"{word.name}: {word.says}" for word in one.voices),
                one.note,
            )
            for one in agenda.settled
        ),
    )


def _item(topic: Topic, questionnaire: Questionnaire, number: int) -> Item:
    stream = questionnaire.stream_of[topic.question].title
    return Item(
        number=number,
        ask=topic.ask,
        place=f"{stream}, {questionnaire.component_of[topic.question].title}",
        question=topic.question,
        minutes=topic.minutes,
        rows=tuple(Row(_who(word), word.says, _beside(word)) for word in topic.voices),
        note=topic.note,
        levels=tuple((f"{step.level:g}", step.means) for step in topic.levels),
        look_at=topic.look_at,
        effect=topic.effect,
    )


def _who(word: Word) -> str:
    return f"{word.name} ({word.role})" if word.role else word.name


def _beside(word: Word) -> str:
    return "; ".join(filter(None, [word.note, *word.evidence]))
