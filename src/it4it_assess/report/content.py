"""A questionnaire's own content, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.errors import UnknownNameError
from it4it_assess.files.wording import nearest
from it4it_assess.model.questionnaire import (
    Component,
    Initiative,
    Question,
    Questionnaire,
    ValueStream,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Content = Questionnaire | ValueStream | Component | Question | Initiative


def find_content(questionnaire: Questionnaire, what: str | None) -> Content:
    """Return the part of a questionnaire with that id; the whole when none is asked for."""
    if what is None:
        return questionnaire
    parts: dict[str, Content] = {
        **{stream.id: stream for stream in questionnaire.streams},
        **questionnaire.components,
        **questionnaire.questions,
        **questionnaire.initiatives,
    }
    if what not in parts:
        hint = nearest(what, parts, otherwise="see `questionnaire show`")
        raise UnknownNameError(f"there is no {what!r} in {questionnaire.id}; {hint}")
    return parts[what]


def told_content(part: Content) -> Iterator[str]:
    """Yield a part of a questionnaire as lines."""
    if isinstance(part, Questionnaire):
        yield from _told_questionnaire(part)
    elif isinstance(part, ValueStream):
        yield from _told_stream(part)
    elif isinstance(part, Component):
        yield f"{part.title} ({part.id}). {part.about}"
        yield f"Without it: {part.without}"
        for question in part.questions:
            yield from _told_question(question)
    elif isinstance(part, Question):
        yield from _told_question(part)
    else:
        yield from _told_initiative(part)


def _told_questionnaire(asked: Questionnaire) -> Iterator[str]:
    yield f"{asked.title}, version {asked.version}"
    yield asked.about
    for stream in asked.streams:
        yield f"  {stream.id}: {stream.title}"
        for component in stream.components:
            yield f"    {component.id}: {component.title}"


def _told_stream(stream: ValueStream) -> Iterator[str]:
    yield f"{stream.title} ({stream.id})"
    yield stream.about
    for component in stream.components:
        yield f"  {component.id}: {component.title}. {component.about}"
    for work in stream.initiatives:
        yield f"  {work.id}: {work.title}"


def _told_question(question: Question) -> Iterator[str]:
    yield f"{question.ask} ({question.id})"
    yield f"  Why: {question.why}"
    for value, sentence in question.levels.items():
        yield f"  {value:g}: {sentence}"


def _told_initiative(work: Initiative) -> Iterator[str]:
    yield f"{work.title} ({work.id}). {work.outcome}"
    yield f"  Owner: {work.owner}. Needs: {', '.join(work.needs) or 'nothing'}."
    yield "  Lifts: " + ", ".join(f"{ask} to {level:g}" for ask, level in work.lifts.items())
    for step in work.steps:
        yield f"  - {step}"
    yield f"  Done when: {work.done_when}"
