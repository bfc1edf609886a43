"""A sitting: which question is on the table, what was answered, what can be undone.

A sitting is a value; each act returns the next one. It knows nothing of screens and files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from it4it_assess.model.questionnaire import Questionnaire

SECONDS_A_QUESTION = 25
"""What reading six levels and choosing takes, by our own trials; shown as time left."""

EARLIER = "earlier"
"""Whose voice an answer was that nobody had put a name to."""


class Change(NamedTuple):
    """One answer before and after; what has to be put on disk."""

    question: str
    before: Answer | None
    after: Answer | None


class Sitting(NamedTuple):
    """The questions to ask in order, the answers so far, and the way back."""

    queue: tuple[str, ...]
    at: int
    answers: Mapping[str, Answer | None]
    done: tuple[Change, ...] = ()
    who: str | None = None

    @property
    def question(self) -> str | None:
        """The question on the table; None when the sitting is through."""
        return self.queue[self.at] if self.at < len(self.queue) else None

    @property
    def answer(self) -> Answer | None:
        """What the question on the table is answered with now."""
        return None if self.question is None else self.answers.get(self.question)


def is_open(answer: Answer | None, who: str | None = None) -> bool:
    """Say whether a question still waits for an answer, or for this respondent's."""
    if answer is None:
        return True
    if who is not None and answer.not_applicable is None:
        return who not in answer.by
    nothing = answer.level is None and answer.not_applicable is None
    return nothing and not answer.unknown and not answer.by


def begin(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer | None],
    wanted: Callable[[str], bool],
    who: str | None = None,
) -> Sitting:
    """Begin with the wanted questions, at the first that is open."""
    queue = tuple(question for question in questionnaire.questions if wanted(question))
    start = next(
        (place for place, name in enumerate(queue) if is_open(answers.get(name), who)), len(queue)
    )
    return Sitting(queue, start, dict(answers), who=who)


def answered(sitting: Sitting, given: Answer) -> Sitting:
    """Record an answer, or the respondent's voice, and go on."""
    now = changed(sitting, _with_voice(sitting, given))
    return now._replace(at=now.at + 1)


def changed(sitting: Sitting, answer: Answer | None) -> Sitting:
    """Record an answer to the question on the table and stay there."""
    question = sitting.question
    if question is None or answer == sitting.answer:
        return sitting
    change = Change(question, sitting.answer, answer)
    return sitting._replace(
        answers={**sitting.answers, question: answer}, done=(*sitting.done, change)
    )


def noted(sitting: Sitting, note: str) -> Sitting:
    """Add a note to the answer on the table, or to the respondent's own voice."""
    return _enriched(sitting, lambda answer: {"note": f"{answer.note} {note}".strip()})


def evidenced(sitting: Sitting, seen: str) -> Sitting:
    """Add a piece of evidence to the answer on the table."""
    return _enriched(sitting, lambda answer: {"evidence": (*answer.evidence, seen)})


def skipped(sitting: Sitting) -> Sitting:
    """Leave the question as it is and go on."""
    return sitting._replace(at=min(sitting.at + 1, len(sitting.queue)))


def back(sitting: Sitting) -> Sitting:
    """Go to the question before."""
    return sitting._replace(at=max(0, sitting.at - 1))


def undone(sitting: Sitting) -> Sitting:
    """Take the last answer back and put its question on the table again."""
    if not sitting.done:
        return sitting
    last = sitting.done[-1]
    return sitting._replace(
        answers={**sitting.answers, last.question: last.before},
        done=sitting.done[:-1],
        at=sitting.queue.index(last.question),
    )


def jumped(sitting: Sitting, prefix: str) -> Sitting | None:
    """Go to a question, or to the first of a component or stream; None when there is none."""
    for place, name in enumerate(sitting.queue):
        if name == prefix or name.startswith(f"{prefix}."):
            return sitting._replace(at=place)
    return None


def minutes_left(sitting: Sitting) -> int:
    """Return about how many minutes the open questions take."""
    left = sum(is_open(sitting.answers.get(name), sitting.who) for name in sitting.queue)
    return -(-left * SECONDS_A_QUESTION // 60)


def _with_voice(sitting: Sitting, given: Answer) -> Answer:
    """Put an answer beside the voices that are there, when somebody in particular gives it."""
    before = sitting.answer
    if sitting.who is None:
        kept = before or Answer()
        return given.model_copy(
            update={
                "note": given.note or kept.note,
                "evidence": given.evidence or kept.evidence,
            }
        )
    if before is not None and before.by:
        return before.model_copy(update={"by": {**before.by, sitting.who: given}})
    voices = {} if before is None or is_open(before) else {EARLIER: before}
    return Answer(by={**voices, sitting.who: given})


def _enriched(sitting: Sitting, update: Callable[[Answer], dict[str, object]]) -> Sitting:
    answer = sitting.answer or Answer()
    who = sitting.who
    if who is not None and who in answer.by:
        voice = answer.by[who]
        voices = {**answer.by, who: voice.model_copy(update=update(voice))}
        return changed(sitting, answer.model_copy(update={"by": voices}))
    return changed(sitting, answer.model_copy(update=update(answer)))
