"""Answers carried from one version of a questionnaire to the next by its declared changes.

Every answer has one fate a step. A level whose question is another now is never taken for
the new one's: it is asked again with the old answer in its note, or, where the changes say
so, taken as unsure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from it4it_assess.engine.carrying import carried, joined, rescaled, says_something, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from it4it_assess.model.answers import Answer, AnswerFile
    from it4it_assess.model.changes import Change

Kind = Literal["kept", "renamed", "reworded", "rescaled", "split", "joined", "dropped"]

ANSWERS = "answers"
SECTIONS = ("goals", "pain", "readiness", "targets", "indicators")
"""Sections of the context whose keys are ids of the questionnaire."""
TOOLS = ("context", "money", "tools_per_year")


class Fate(NamedTuple):
    """What became of one entry: where it stands, its id before, its ids after, and why.

    `said` is the answer in words; `opened` are the ids that must be asked again.
    """

    place: tuple[str, ...]
    kind: Kind
    was: str
    now: tuple[str, ...] = ()
    because: str = ""
    said: str = ""
    says: str = ""
    opened: tuple[str, ...] = ()


class Step(NamedTuple):
    """One version to the next: the change, the answers after it, and every entry's fate."""

    change: Change
    answers: AnswerFile
    fates: tuple[Fate, ...]


class Migration(NamedTuple):
    """Answers of the newer version, and the steps that led there."""

    answers: AnswerFile
    steps: tuple[Step, ...]


class Clash(NamedTuple):
    """Two entries that would become one: the id, and the one that stands there already."""

    place: tuple[str, ...]
    was: str
    now: str


def migrated(answers: AnswerFile, changes: Sequence[Change]) -> Migration:
    """Return the answers after each change in turn; pure, and the same as one by one."""
    steps: list[Step] = []
    for change in changes:
        answers, fates = _stepped(answers, change)
        steps.append(Step(change, answers, fates))
    return Migration(answers, tuple(steps))


def opened(migration: Migration) -> list[str]:
    """Return the questions that were answered before and must be asked again."""
    return _left_open(migration, lambda step: (name for one in step.fates for name in one.opened))


def added(migration: Migration) -> list[str]:
    """Return the new questions that nobody has answered yet."""
    return _left_open(migration, lambda step: step.change.added)


def doubtful(migration: Migration) -> list[str]:
    """Return the questions whose answer came along, but was given to another question."""
    told_apart = {"reworded", "rescaled", "split", "joined"}
    names = _traced(
        migration,
        lambda step: (name for one in step.fates if one.kind in told_apart for name in one.now),
    )
    return [name for name in names if says_something(migration.answers.answers.get(name))]


def _left_open(migration: Migration, found: Callable[[Step], Iterable[str]]) -> list[str]:
    names = _traced(migration, found)
    return [name for name in names if not says_something(migration.answers.answers.get(name))]


def _traced(migration: Migration, found: Callable[[Step], Iterable[str]]) -> list[str]:
    """Return what is found at each step under the ids of the last version, once each."""
    names: list[str] = []
    for step in migration.steps:
        onward = [later for name in names for later in _onward(name, step.change)]
        names = list(dict.fromkeys([*onward, *found(step)]))
    return names


def _onward(name: str, change: Change) -> tuple[str, ...]:
    """Return what an id is called after a change."""
    if name in change.dropped:
        return ()
    if name in change.split:
        return change.split[name].into
    for now, one in change.joined.items():
        if name in one.sources:
            return (now,)
    return (change.renamed.get(name, name),)


def clashes(answers: AnswerFile, change: Change) -> list[Clash]:
    """Return the entries of a file that stand where the change would put another.

    There are none in a file that its own version's questionnaire accepts.
    """
    made = [*change.renamed.items()]
    made += [(was, now) for was, one in change.split.items() for now in one.into]
    made += [(was, now) for now, one in change.joined.items() for was in one.sources]
    leaving = {was for was, _ in made} | change.dropped.keys()
    return [
        Clash(place, was, now)
        for place, ids in _places(answers)
        for was, now in made
        if was in ids and now in ids and now not in leaving
    ]


def _places(answers: AnswerFile) -> list[tuple[tuple[str, ...], Iterable[str]]]:
    context = answers.context
    return [
        ((ANSWERS,), answers.answers),
        *((("context", name), getattr(context, name)) for name in SECTIONS),
        (TOOLS, context.money.tools_per_year),
    ]


def _stepped(file: AnswerFile, change: Change) -> tuple[AnswerFile, tuple[Fate, ...]]:
    """Carry one file over one change."""
    answers, fates = _answers(file.answers, change)
    context, money = file.context, file.context.money
    update: dict[str, Any] = {}
    for name in SECTIONS:
        update[name] = _carried(("context", name), getattr(context, name), change, fates)
    tools = _carried(TOOLS, money.tools_per_year, change, fates)
    if tools != money.tools_per_year:
        update["money"] = money.model_copy(update={"tools_per_year": tools})
    changed = {name: new for name, new in update.items() if new != getattr(context, name)}
    after = file.model_copy(
        update={
            "questionnaire_version": change.to,
            "answers": answers,
            **({"context": context.model_copy(update=changed)} if changed else {}),
        }
    )
    return after, tuple(fates)


def _carried(
    place: tuple[str, ...], entries: Mapping[str, Any], change: Change, fates: list[Fate]
) -> dict[str, Any]:
    """Carry a section of the context: its ids are renamed or dropped, its values stay."""
    after = {}
    for name, value in entries.items():
        said = f"{value:g}" if isinstance(value, (int, float)) else ""
        if name in change.dropped:
            fates.append(Fate(place, "dropped", name, (), change.dropped[name], said))
            continue
        now = change.renamed.get(name, name)
        kind: Kind = "kept" if now == name else "renamed"
        fates.append(Fate(place, kind, name, (now,), "", said))
        after[now] = value
    return after


def _answers(
    answers: Mapping[str, Answer | None], change: Change
) -> tuple[dict[str, Answer | None], list[Fate]]:
    after: dict[str, Answer | None] = {}
    fates: list[Fate] = []
    joins = {was: now for now, one in change.joined.items() for was in one.sources}
    for was, answer in answers.items():
        made: dict[str, Answer | None] = {}
        if was in change.dropped:
            fate = _fate("dropped", was, answer, made, change.dropped[was])
        elif was in change.split:
            fate, made = _split(was, answer, change)
        elif was in joins:
            now = joins[was]
            given = {one: answers.get(one) for one in change.joined[now].sources}
            made = {now: joined(given, change, now)}
            fate = _fate("joined", was, answer, made, change.joined[now].because)
        else:
            fate, made = _same(was, answer, change)
        fates.append(fate)
        after.update(made)
    return after, fates


def _fate(
    kind: Kind,
    was: str,
    before: Answer | None,
    made: Mapping[str, Answer | None],
    because: str = "",
) -> Fate:
    """Put a fate into words; what said something and now does not is opened."""
    opened = [
        now for now, after in made.items() if says_something(before) and not says_something(after)
    ]
    says = "" if before in made.values() else ", ".join(dict.fromkeys(map(told, made.values())))
    return Fate((ANSWERS,), kind, was, tuple(made), because, told(before), says, tuple(opened))


def _same(
    was: str, answer: Answer | None, change: Change
) -> tuple[Fate, dict[str, Answer | None]]:
    """Carry an answer whose question is still one question."""
    now = change.renamed.get(was, was)
    kind: Kind = "kept" if now == was else "renamed"
    because, after = "", answer
    if now in change.reworded:
        kind, because = "reworded", change.reworded[now].because
        carry = change.reworded[now].carry
        after = answer if carry == "keep" else carried({was: answer}, answer, carry, change)
    elif now in change.rescaled:
        kind, because = "rescaled", change.rescaled[now].because
        after = rescaled(was, answer, change.rescaled[now].levels, change)
    made = {now: after}
    return _fate(kind, was, answer, made, because), made


def _split(
    was: str, answer: Answer | None, change: Change
) -> tuple[Fate, dict[str, Answer | None]]:
    """Give each part the old answer: as unsure where the changes say so, else as a note."""
    split = change.split[was]
    after = carried({was: answer}, answer, split.carry, change)
    made: dict[str, Answer | None] = dict.fromkeys(split.into, after)
    return _fate("split", was, answer, made, split.because), made
