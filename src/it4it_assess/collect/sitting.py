"""A sitting: what is on the table, what was said, what can be undone.

A sitting is a value; each act returns the next one. It knows nothing of screens and files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SECONDS_A_QUESTION = 25
"""What reading six levels and choosing takes, by our own trials; shown as time left."""

EARLIER = "earlier"
"""Whose voice an answer was that nobody had put a name to."""


class Change(NamedTuple):
    """One thing said, before and after; what has to be put on disk."""

    ask: str
    before: Any
    after: Any


class Sitting(NamedTuple):
    """What to ask, in order, what was said so far, and the way back.

    `said` holds an Answer for each question of the questionnaire, and plain values for what
    is asked of the firm; None stands for what is open. `sure` is how sure a triage is of its
    pick, 0 to 1; None where all questions are asked.
    """

    queue: tuple[str, ...]
    at: int
    said: Mapping[str, Any]
    done: tuple[Change, ...] = ()
    who: str | None = None
    people: Mapping[str, Mapping[str, str]] = {}
    remark: str = ""
    sure: float | None = None

    @property
    def ask(self) -> str | None:
        """What is on the table; None when the sitting is through."""
        return self.queue[self.at] if self.at < len(self.queue) else None

    @property
    def now(self) -> Any:
        """What has been said to what is on the table."""
        return None if self.ask is None else self.said.get(self.ask)

    @property
    def open(self) -> int:
        """How many things still wait for an answer."""
        return sum(is_open(self.said.get(name), self.who) for name in self.queue)


def is_open(said: Any, who: str | None = None) -> bool:
    """Say whether something still waits for an answer, or for this respondent's."""
    if not isinstance(said, Answer):
        return said is None
    if who is not None and said.not_applicable is None:
        return who not in said.by
    return said.is_blank


def begin(
    queue: Iterable[str], said: Mapping[str, Any], start: Iterable[str], who: str | None = None
) -> Sitting:
    """Begin with the first open thing among `start`; at the end where none is open."""
    asked = tuple(queue)
    opening = (name for name in start if is_open(said.get(name), who))
    first = next(opening, None)
    return Sitting(asked, len(asked) if first is None else asked.index(first), dict(said), who=who)


def answered(sitting: Sitting, given: Any) -> Sitting:
    """Record what is said, as the respondent's voice where it is an answer, and go on."""
    value = _with_voice(sitting, given) if isinstance(given, Answer) else given
    now = changed(sitting, value)
    return now._replace(at=now.at + 1)


def changed(sitting: Sitting, value: Any) -> Sitting:
    """Record something about what is on the table and stay there."""
    name = sitting.ask
    if name is None or value == sitting.now:
        return sitting
    change = Change(name, sitting.now, value)
    return sitting._replace(said={**sitting.said, name: value}, done=(*sitting.done, change))


def noted(sitting: Sitting, note: str) -> Sitting:
    """Add a note to the answer on the table, or to the respondent's own voice."""
    return _enriched(sitting, lambda answer: {"note": f"{answer.note} {note}".strip()})


def evidenced(sitting: Sitting, seen: str) -> Sitting:
    """Add a piece of evidence to the answer on the table."""
    return _enriched(sitting, lambda answer: {"evidence": (*answer.evidence, seen)})


def skipped(sitting: Sitting) -> Sitting:
    """Leave it as it is and go on."""
    return sitting._replace(at=min(sitting.at + 1, len(sitting.queue)))


def back(sitting: Sitting) -> Sitting:
    """Go to what was asked before."""
    return sitting._replace(at=max(0, sitting.at - 1))


def undone(sitting: Sitting) -> Sitting:
    """Take the last thing said back and put it on the table again."""
    if not sitting.done:
        return sitting
    last = sitting.done[-1]
    return sitting._replace(
        said={**sitting.said, last.ask: last.before},
        done=sitting.done[:-1],
        at=sitting.queue.index(last.ask),
    )


def heard(sitting: Sitting, who: str | None, about: Mapping[str, str]) -> Sitting:
    """Let somebody else, or nobody in particular, answer from here on."""
    people = sitting.people if who is None else {**sitting.people, who: about}
    return sitting._replace(who=who, people=people)


def put_next(sitting: Sitting, name: str) -> Sitting:
    """Put one more thing at the end of the queue."""
    return sitting._replace(queue=(*sitting.queue, name))


def minutes(count: int) -> int:
    """Return about how many minutes so many questions take."""
    return -(-count * SECONDS_A_QUESTION // 60)


def _with_voice(sitting: Sitting, given: Answer) -> Answer:
    """Put an answer beside the voices that are there, when somebody in particular gives it."""
    before: Answer = sitting.now or Answer()
    if sitting.who is None:
        return _with_remarks(given, before)
    if before.by or is_open(before):
        own = before.by.get(sitting.who, Answer())
        voices = {**before.by, sitting.who: _with_remarks(given, own)}
        return before.model_copy(update={"by": voices})
    return Answer(by={EARLIER: before, sitting.who: given})


def _with_remarks(given: Answer, kept: Answer) -> Answer:
    """Let an answer given anew keep the note and evidence of the one it replaces."""
    return given.model_copy(
        update={"note": given.note or kept.note, "evidence": given.evidence or kept.evidence}
    )


def _enriched(sitting: Sitting, update: Callable[[Answer], dict[str, object]]) -> Sitting:
    answer = sitting.now or Answer()
    who = sitting.who
    if who is not None and who in answer.by:
        voice = answer.by[who]
        voices = {**answer.by, who: voice.model_copy(update=update(voice))}
        return changed(sitting, answer.model_copy(update={"by": voices}))
    return changed(sitting, answer.model_copy(update=update(answer)))
