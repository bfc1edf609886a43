"""An answer file carried to another version of its questionnaire: its text, not a new one.

Every entry keeps its line, its comments and its place; what is no longer asked becomes a
comment. What comes out is read again and must be what the engine worked out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.engine.migration import Migration, clashes, migrated
from it4it_assess.engine.versions import unsaid
from it4it_assess.errors import AssessError, InvalidFileError, UnknownNameError
from it4it_assess.files.carry_text import NAME_KEY, VERSION_KEY, carried_text
from it4it_assess.files.check_answers import answer_complaints
from it4it_assess.files.edit import with_value
from it4it_assess.files.load import (
    find_questionnaire,
    load_changes,
    load_kept,
    load_questionnaire,
    name_from,
)
from it4it_assess.files.references import Complaint
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.model.answers import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.changes import Change
    from it4it_assess.model.questionnaire import Questionnaire

_STRANGER = re.compile("there is no (?!respondent|criterion)")


class Carried(NamedTuple):
    """One file's migration: its text before and after, and the questionnaire it now answers.

    `unsaid` are changes that the versions kept show and changes.yaml does not mention.
    """

    path: Path
    before: str
    text: str
    version: str
    migration: Migration
    questionnaire: Questionnaire
    folder: Path
    unsaid: tuple[str, ...]


def carry(
    path: Path, *, to: str | None = None, since: str | None = None, name: str | None = None
) -> Carried:
    """Carry an answer file over its questionnaire's changes; nothing is written.

    Goes to the present version, or to one that is kept beside it. `since` is the version
    of a file that does not say. Raises AssessError with every entry that nothing is said of.
    """
    sheet = Sheet(path)
    answers = sheet.as_model(AnswerFile)
    if sheet.problems or answers is None:
        raise InvalidFileError(sheet.problems, sheet.more)
    version = _version(path, answers, since)
    named = answers.questionnaire.removesuffix(f"@{version}")
    folder, changes, questionnaire = _aim(path, named, to, name)
    steps = _between(path, changes, version, questionnaire)
    _check_before(sheet, version, name or named)
    migration = migrated(
        answers.model_copy(update={NAME_KEY: named, VERSION_KEY: questionnaire.version}), steps
    )
    _check_clashes(sheet, answers, migration)
    try:
        text = carried_text(sheet.text, answers, migration, tuple(questionnaire.questions))
    except ValueError as error:
        raise AssessError(f"{path}: {error}; change it by hand first") from error
    values = read_yaml(text, str(path)).value
    _check_after(sheet, values, questionnaire, changes)
    after = AnswerFile.model_validate(values)
    assert after == migration.answers  # noqa: S101  text and engine say the same, or nothing is written
    left_out = _unsaid(folder, steps, questionnaire)
    return Carried(path, sheet.text, text, version, migration, questionnaire, folder, left_out)


def placed(carried: Carried, target: Path) -> str:
    """Return the text as it stands at another place: a folder it names is named from there."""
    name = carried.migration.answers.questionnaire
    beside = carried.path.parent
    named_beside = (beside / name).resolve() == carried.folder.resolve()
    if target.parent.resolve() == beside.resolve() or not named_beside:
        return carried.text
    return with_value(carried.text, [NAME_KEY], name_from(carried.folder, target.parent))


def _version(path: Path, answers: AnswerFile, since: str | None) -> str:
    version = answers.questionnaire_version
    if version is None and since is None:
        raise AssessError(
            f"{path}: it does not say which version it answers; say so with --from VERSION"
        )
    if version is not None and since is not None and version != since:
        raise AssessError(f"{path}: it answers version {version}; leave --from {since} out")
    return version or since or ""


def _aim(
    path: Path, named: str, to: str | None, name: str | None
) -> tuple[Path, tuple[Change, ...], Questionnaire]:
    """Return the present questionnaire's folder and changes, and the version to go to."""
    beside = None if name else path.parent
    folder = find_questionnaire(name or named, beside=beside)
    questionnaire = load_questionnaire(folder)
    changes = load_changes(folder)
    if to is not None and to != questionnaire.version:
        kept = find_questionnaire(name or named, beside=beside, version=to)
        questionnaire = load_questionnaire(kept)
        if questionnaire.version != to:
            raise UnknownNameError(
                f"version {to} of {name or named} is not kept: there is no folder "
                f"{folder.name}@{to} beside {folder}"
            )
    return folder, changes, questionnaire


def _between(
    path: Path, changes: Sequence[Change], version: str, questionnaire: Questionnaire
) -> tuple[Change, ...]:
    """Return the changes that lead from one version to another."""
    to = questionnaire.version
    if version == to:
        return ()
    chain = [change.source for change in changes] + [change.to for change in changes[-1:]]
    if version not in chain or to not in chain:
        known = f"changes.yaml tells of {', '.join(chain)}" if chain else "it has no changes.yaml"
        raise AssessError(
            f"{path}: nobody has said what became of version {version} of "
            f"{questionnaire.id} in {to}: {known}"
        )
    start, end = chain.index(version), chain.index(to)
    if start > end:
        raise AssessError(
            f"{path}: it answers version {version}, which is newer than {to}; "
            "answers are only carried forward"
        )
    return tuple(changes[start:end])


def _unsaid(
    folder: Path, steps: Sequence[Change], questionnaire: Questionnaire
) -> tuple[str, ...]:
    """Return what the changes do not mention, as far as the versions they join are kept."""
    versions = {one: load_kept(folder, one) for step in steps for one in (step.source, step.to)}
    versions[questionnaire.version] = questionnaire
    return tuple(
        line
        for step in steps
        if (old := versions[step.source]) is not None and (new := versions[step.to]) is not None
        for line in unsaid(old, new, step)
    )


def _check_before(sheet: Sheet, version: str, name: str) -> None:
    """Hold a file to its own version, where that is kept."""
    try:
        beside = Path(sheet.source).parent
        kept = load_questionnaire(find_questionnaire(name, beside=beside, version=version))
    except UnknownNameError:
        return
    if kept.version == version:
        sheet.note(answer_complaints(sheet.values, kept))
    _raise_problems(sheet)


def _check_clashes(sheet: Sheet, answers: AnswerFile, migration: Migration) -> None:
    """Refuse entries that would become one with another."""
    stages = [answers, *(step.answers for step in migration.steps)]
    sheet.note(
        Complaint(
            (*clash.place, clash.now),
            f"{clash.was} becomes {clash.now} in version {step.change.to}, which stands here too",
            "keep one of the two",
        )
        for before, step in zip(stages, migration.steps, strict=False)
        for clash in clashes(before, step.change)
    )
    _raise_problems(sheet)


def _raise_problems(sheet: Sheet) -> None:
    if sheet.problems:
        raise InvalidFileError(sheet.problems, sheet.more)


def _check_after(
    sheet: Sheet, values: Any, questionnaire: Questionnaire, changes: Sequence[Change]
) -> None:
    """Refuse what the newer version does not know and no change speaks of."""
    unsaid = f" in version {questionnaire.version}" + (
        ", and changes.yaml does not say what became of it" if changes else ""
    )
    sheet.note(
        Complaint(path, cause + (unsaid if _STRANGER.match(cause) else ""), remedy)
        for path, cause, remedy in answer_complaints(values, questionnaire)
    )
    _raise_problems(sheet)
