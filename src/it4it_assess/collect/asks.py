"""What an interview asks, one thing at a time: where it is kept, what can be said, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from it4it_assess.model.questionnaire import Questionnaire

ANSWERS = "answers"


class Unclear(Exception):  # noqa: N818  not an error: a wish to hear it again
    """What was said could not be taken; the message says what could."""


class Choice(NamedTuple):
    """One thing that can be said: what is typed for it, and what it means."""

    key: str
    means: str


class Ask(NamedTuple):
    """One thing to ask.

    `path` is its place in the answer file; `read` makes a value of what is typed, or raises
    Unclear. An ask `at_once` takes one of its choices by a single key.
    """

    id: str
    chapter: str
    part: str
    ask: str
    path: tuple[str, ...]
    read: Callable[[str], Any]
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    why: tuple[str, ...] = ()
    at_once: bool = False

    @property
    def is_question(self) -> bool:
        """Whether it is a question of the questionnaire, to be answered by voices."""
        return self.path[0] == ANSWERS


def questions(questionnaire: Questionnaire) -> dict[str, Ask]:
    """Return every question of the questionnaire as something to ask, in order."""
    reader = _level_reader(questionnaire.values)
    at_once = all(len(f"{value:g}") == 1 for value in questionnaire.values)
    return {
        name: Ask(
            id=name,
            chapter=questionnaire.stream_of[name].title,
            part=questionnaire.component_of[name].title,
            ask=question.ask,
            path=(ANSWERS, name),
            read=reader,
            choices=tuple(
                Choice(f"{value:g}", sentence)
                for value, sentence in sorted(question.levels.items())
            ),
            why=_reasons(questionnaire, name),
            at_once=at_once,
        )
        for name, question in questionnaire.questions.items()
    }


def _level_reader(values: Sequence[float]) -> Callable[[str], Answer]:
    scale = ", ".join(f"{value:g}" for value in values)

    def read(text: str) -> Answer:
        for value in values:
            if text == f"{value:g}":
                return Answer(level=value)
        raise Unclear(f"{text!r} is no level; give one of {scale}, or h for help")

    return read


def _reasons(questionnaire: Questionnaire, name: str) -> tuple[str, ...]:
    """Return why a question is asked, and what an assessor would look at."""
    question, part = questionnaire.questions[name], questionnaire.component_of[name]
    without = f"Without it: {part.without}" if part.without else ""
    lines = [question.why, without, *(f"Ask to see: {thing}" for thing in question.evidence)]
    return tuple(line for line in lines if line.strip())
