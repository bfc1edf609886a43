"""What became of each answer between two versions, laid out for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.engine.carrying import says_something, told
from it4it_assess.engine.migration import ANSWERS, added, doubtful, opened
from it4it_assess.report.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from it4it_assess.engine.migration import Fate, Migration, Step
    from it4it_assess.model.answers import Answer
    from it4it_assess.model.questionnaire import Question, Questionnaire

KINDS = ("renamed", "reworded", "rescaled", "split", "joined", "dropped")
"""The order in which a reader is told; what was kept is only counted."""


class Section(NamedTuple):
    """A titled list."""

    title: str
    lines: tuple[str, ...]


def told_migration(migration: Migration, questionnaire: Questionnaire) -> list[Section]:
    """Return a section a step, then what to ask again, to look at again, and to ask first."""
    questions, answers = questionnaire.questions, migration.answers.answers

    def noted(name: str) -> str:
        answer = answers.get(name)
        return f"{name}: {questions[name].ask}" + (
            f" {answer.note}" if answer and answer.note else ""
        )

    return [
        *(_step(step) for step in migration.steps),
        _listed("To ask again: the old answer is in the note", map(noted, opened(migration))),
        _listed(
            "To look at again: the answer came along, the question is not quite the same",
            (
                f"{name}: {questions[name].ask} {_now(questions[name], answers[name])}"
                for name in doubtful(migration)
            ),
        ),
        _listed("New questions", (f"{name}: {questions[name].ask}" for name in added(migration))),
    ]


def open_questions(migration: Migration, questionnaire: Questionnaire) -> int:
    """Count the questions of a version that have no answer."""
    answers = migration.answers.answers
    return sum(not says_something(answers.get(name)) for name in questionnaire.questions)


def migration_data(migration: Migration) -> dict[str, Any]:
    """Return a migration as plain values for JSON."""
    return {
        "steps": [
            {
                "from": step.change.source,
                "to": step.change.to,
                "because": step.change.because,
                "entries": [
                    {
                        "place": ".".join(fate.place),
                        "fate": fate.kind,
                        "was": fate.was,
                        "now": list(fate.now),
                        "because": fate.because,
                        "said": fate.said or None,
                        "says": (fate.says or fate.said) if fate.now and fate.said else None,
                        "ask_again": list(fate.opened),
                    }
                    for fate in step.fates
                ],
            }
            for step in migration.steps
        ],
        "ask_again": opened(migration),
        "look_again": doubtful(migration),
        "new": added(migration),
    }


def as_markdown(title: str, sections: Sequence[Section], last: Sequence[str]) -> str:
    """Return sections as a Markdown page."""
    lines = [f"# {escaped(title)}", ""]
    for section in sections:
        if section.lines:
            lines += [f"## {escaped(section.title)}", ""]
            lines += [*(f"- {escaped(line)}" for line in section.lines), ""]
    return "\n".join([*lines, *(f"{escaped(one)}\n" for one in last)])


def _listed(title: str, lines: Iterable[str]) -> Section:
    listed = tuple(lines)
    return Section(f"{title} ({len(listed)})", listed)


def _step(step: Step) -> Section:
    change = step.change
    why = f": {change.because}" if change.because else ""
    return Section(f"{change.source} to {change.to}{why}", tuple(_fates(step)))


def _fates(step: Step) -> Iterator[str]:
    kept = [fate for fate in step.fates if fate.kind == "kept"]
    answers = sum(fate.place == (ANSWERS,) for fate in kept)
    rest = len(kept) - answers
    yield f"kept as they were: {_count(answers, 'answer')}" + (
        f", {_count(rest, 'entry', 'entries')} under context" if rest else ""
    )
    for kind in KINDS:
        yield from (_fate(fate) for fate in step.fates if fate.kind == kind)


def _now(question: Question, answer: Answer | None) -> str:
    """Say what an answer is now, with the level's own sentence."""
    sentence = question.levels.get(answer.level) if answer and answer.level is not None else None
    return f"Now {told(answer)}" + (f": {sentence}" if sentence else "")


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def _fate(fate: Fate) -> str:
    """Put one fate into a line."""
    what = fate.was if fate.place == (ANSWERS,) else f"{fate.was} ({fate.place[-1]})"
    if fate.kind in {"split", "joined"}:
        what = f"{what} into {', '.join(fate.now)}"
    elif fate.now and fate.now[0] != fate.was:
        what = f"{what} is {fate.now[0]} now"
    why = f": {fate.because}" if fate.because else ""
    return f"{fate.kind}: {what}{why}{_outcome(fate)}"


def _outcome(fate: Fate) -> str:
    """Say what an answer was, and what is left of it."""
    if fate.kind == "dropped":
        said = f"it said {fate.said}; " if fate.said else ""
        return f" ({said}kept as a comment)"
    if not fate.said:
        return ""
    if fate.opened:
        return f" ({fate.said} before; ask again)"
    if fate.says not in {"", fate.said}:
        return f" ({fate.said} before; now {fate.says})"
    return f" ({fate.said})"
