"""Whether the declared changes between versions of a questionnaire say all that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.model.changes import Change
    from it4it_assess.model.questionnaire import Question, Questionnaire


def lint_changes(
    versions: Mapping[str, Questionnaire | None], changes: Sequence[Change]
) -> list[str]:
    """Return what the changes leave unsaid or say wrongly, held against the versions kept."""
    found: list[str] = []
    for change in changes:
        old, new = versions.get(change.source), versions.get(change.to)
        if old is None:
            found.append(
                f"version {change.source} is not kept: put its folder beside this one, with "
                f"@{change.source} after its name, so that old answers score as they did"
            )
        elif new is not None:
            found += [*unsaid(old, new, change), *_wrongly_said(old, change)]
    return found


def unsaid(old: Questionnaire, new: Questionnaire, change: Change) -> Iterator[str]:
    """Find what went, came or changed its words without a word in the changes."""
    gone = _gone(change)
    there = _ids(new)
    for name in _ids(old):
        if name not in gone and name not in there:
            yield (
                f"{name}: version {change.to} does not have it, and changes.yaml does not say "
                "what became of it"
            )
    born = {later: name for name, later in change.renamed.items()}
    made = {
        *change.added,
        *change.joined,
        *(name for one in change.split.values() for name in one.into),
    }
    said = change.reworded.keys() | change.rescaled.keys() | made
    for name, question in new.questions.items():
        before = old.questions.get(born.get(name, name))
        if name in said:
            continue
        if before is None or (name not in born and name in gone):
            yield f"{name}: new in version {change.to}; name it under added"
        elif _wording(before) != _wording(question):
            yield (
                f"{name}: asks in other words than in version {change.source}; name it under "
                "reworded, or under rescaled where its levels moved"
            )


def _wrongly_said(old: Questionnaire, change: Change) -> Iterator[str]:
    """Find ids that the changes take from a version which never had them."""
    ids = _ids(old)
    for name in _gone(change):
        if name not in ids:
            yield f"{name}: version {change.source} never had it; take it out of changes.yaml"
    for name in change.added:
        if name in ids and name not in _gone(change):
            yield f"{name}: was in version {change.source} already; take it out of added"


def _gone(change: Change) -> list[str]:
    """Return every id that a change takes away or gives another meaning, in order."""
    joined = (name for one in change.joined.values() for name in one.sources)
    return list(dict.fromkeys([*change.renamed, *change.split, *joined, *change.dropped]))


def _ids(questionnaire: Questionnaire) -> list[str]:
    """Return every id that an answer file may name."""
    return [
        *questionnaire.questions,
        *(stream.id for stream in questionnaire.streams),
        *(goal.id for goal in questionnaire.goals),
        *questionnaire.indicators,
        *questionnaire.tools,
    ]


def _wording(question: Question) -> tuple[str, dict[float, str]]:
    return question.ask, dict(question.levels)
