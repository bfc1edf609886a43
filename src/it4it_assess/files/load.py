"""Files to models: every problem of every file at once, each with its place."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from it4it_assess.errors import AssessError, InvalidFileError, UnknownNameError, UnreadableError
from it4it_assess.files.check_answers import answer_complaints
from it4it_assess.files.check_changes import chain_complaints, id_complaints
from it4it_assess.files.check_questionnaire import cross_check
from it4it_assess.files.compiled import compiled
from it4it_assess.files.quick_yaml import quick_yaml
from it4it_assess.files.references import Complaint, at
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.source import is_file, read_text
from it4it_assess.files.wording import shown
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.changes import Change, ChangesFile
from it4it_assess.model.questionnaire import (
    Questionnaire,
    QuestionnaireFile,
    ValueStream,
)
from it4it_assess.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = "questionnaire.yaml"
CHANGES = "changes.yaml"
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}")
"""Versions that can be part of a folder's name; others cannot be pinned."""


def find_questionnaire(
    name: str, *, beside: Path | None = None, version: str | None = None
) -> Path:
    """Return the folder of a questionnaire: a bundled id, or a path to a folder.

    A relative path is looked for beside the answer file first. With a version, the folder
    NAME@VERSION that keeps that version comes before the present one.
    """
    places = [Path(name)] if beside is None else [beside / name, Path(name)]
    if "/" not in name and "\\" not in name and name not in {".", ".."}:
        places.insert(0, bundled("questionnaires") / name)
    pinned = version is not None and VERSION.fullmatch(version)
    for folder in places:
        kept = folder.with_name(f"{folder.name}@{version}") if pinned and folder.name else folder
        for one in (kept, folder):
            if is_file(one / HEAD):
                return one
    known = bundled_questionnaires()
    raise UnknownNameError(
        f"there is no questionnaire {shown(name)}; shipped: {', '.join(known)}, "
        f"or give the path of a folder with a {HEAD}"
    )


def name_from(folder: Path, place: Path) -> str:
    """Return how an answer file in `place` names a questionnaire: its id, or a relative path."""
    if folder.parent == bundled("questionnaires"):
        return folder.name
    away = Path(os.path.relpath(folder.resolve(), place.resolve())).as_posix()
    return away if away.startswith(".") else f"./{away}"


def bundled_questionnaires() -> list[str]:
    """Return the names of the questionnaires that come with the tool, kept versions too."""
    return sorted(head.parent.name for head in bundled("questionnaires").glob(f"*/{HEAD}"))


def load_questionnaire(name: str | Path) -> Questionnaire:
    """Load a questionnaire by bundled id or folder; InvalidFileError lists every problem."""
    return compiled(find_questionnaire(str(name)), _read_questionnaire)


def _read_questionnaire(folder: Path) -> Questionnaire:
    head = Sheet(folder / HEAD)
    frame = head.as_model(QuestionnaireFile)
    sheets, streams = [], []
    every_file_read = True
    for found in at(head.values, "streams.*"):
        if not isinstance(found.value, str):
            continue
        try:
            sheet = Sheet(_inside(folder, found.value), begins="id: ...")
        except UnreadableError as error:
            head.note([Complaint(found.path, str(error), "name a file beside this one")])
            every_file_read = False
        except InvalidFileError as error:
            head.problems += error.problems
            every_file_read = False
        else:
            sheets.append(sheet)
            stream = sheet.as_model(ValueStream)
            if stream is not None:
                streams.append(stream)
    cross_check(head, sheets, every_file_read=every_file_read)
    changes = _note_changes(folder, head, sheets)
    if changes is not None:
        sheets[-1].note(chain_complaints(changes, None if frame is None else frame.version))
    _raise_problems(head, *sheets)
    assert frame is not None  # noqa: S101  what keeps it from being read is a problem
    questionnaire = Questionnaire.model_validate(
        {**{key: getattr(frame, key) for key in frame.model_fields_set}, "streams": tuple(streams)}
    )
    if changes is not None:
        sheets[-1].note(id_complaints(changes, questionnaire))
        _raise_problems(head, *sheets)
    return questionnaire


def _note_changes(folder: Path, head: Sheet, sheets: list[Sheet]) -> ChangesFile | None:
    """Put a folder's changes file beside its other sheets and read it, where there is one."""
    if not (folder / CHANGES).exists():
        return None
    try:
        sheets.append(Sheet(folder / CHANGES))
    except InvalidFileError as error:
        head.problems += error.problems
        return None
    return sheets[-1].as_model(ChangesFile)


def _raise_problems(*sheets: Sheet) -> None:
    """Raise every problem of several files, where there is any."""
    problems = [problem for sheet in sheets for problem in sheet.problems]
    if problems:
        raise InvalidFileError(problems, sum(sheet.more for sheet in sheets))


def load_changes(folder: Path) -> tuple[Change, ...]:
    """Load what each version of a questionnaire changed, the oldest first; nothing if unsaid.

    The questionnaire itself checks that its ids are there when it is loaded.
    """
    if not (folder / CHANGES).exists():
        return ()
    sheet = Sheet(folder / CHANGES)
    file = sheet.as_model(ChangesFile)
    _raise_problems(sheet)
    assert file is not None  # noqa: S101  what keeps it from being read is a problem
    return file.changes


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a stream file, which must lie in the questionnaire's folder."""
    if Path(name).name != name:
        raise UnreadableError(f"{name} is not a plain file name")
    return folder / name


def load_kept(folder: Path, version: str) -> Questionnaire | None:
    """Load a version that is kept beside a questionnaire's folder; None where it is not."""
    if not VERSION.fullmatch(version):
        return None
    kept = folder.with_name(f"{folder.name.partition('@')[0]}@{version}")
    return load_questionnaire(kept) if (kept / HEAD).is_file() else None


def load_answers(path: str | Path, questionnaire: Questionnaire | None = None) -> AnswerFile:
    """Load an answer file and check it against its questionnaire.

    Without a questionnaire the one the file names is loaded. InvalidFileError lists every
    problem of the file.
    """
    return _read_answers(Path(path), questionnaire)[1]


def load_both(
    path: str | Path,
    name: str | None = None,
    load: Callable[[str | Path], Questionnaire] = load_questionnaire,
) -> tuple[Questionnaire, AnswerFile]:
    """Load an answer file with the questionnaire of that name, or the one the file names.

    Whoever reads many files gives a `load` that remembers.
    """
    return _read_answers(Path(path), None if name is None else load(name), load)


def _read_answers(
    path: Path,
    questionnaire: Questionnaire | None,
    load: Callable[[str | Path], Questionnaire] = load_questionnaire,
) -> tuple[Questionnaire, AnswerFile]:
    text = read_text(path)
    at_once = _read_at_once(text, path.parent, questionnaire, load)
    if at_once is not None:
        return at_once
    sheet = Sheet(path, text=text)
    answers = sheet.as_model(AnswerFile)
    given = questionnaire is not None
    if questionnaire is None:
        questionnaire = _named_questionnaire(sheet, path.parent, load)
    if questionnaire is not None:
        unfit = list(answer_complaints(sheet.values, questionnaire))
        sheet.note(unfit)
        if unfit and not given:
            sheet.note(_older(sheet, questionnaire))
    if sheet.problems or answers is None or questionnaire is None:
        raise InvalidFileError(sheet.problems, sheet.more)
    return questionnaire, answers


def _read_at_once(
    text: str,
    folder: Path,
    questionnaire: Questionnaire | None,
    load: Callable[[str | Path], Questionnaire],
) -> tuple[Questionnaire, AnswerFile] | None:
    """Read an answer file by the faster parser; None where there is anything to say about it."""
    values = quick_yaml(text)
    if not isinstance(values, dict):
        return None
    try:
        answers = AnswerFile.model_validate(values)
        if questionnaire is None:
            pin = answers.questionnaire_version
            found = find_questionnaire(answers.questionnaire, beside=folder, version=pin)
            questionnaire = load(found)
            if found.name.endswith(f"@{pin}") and questionnaire.version != pin:
                return None
    except (ValidationError, AssessError):
        return None
    complaint = next(answer_complaints(values, questionnaire), None)
    return (questionnaire, answers) if complaint is None else None


def _named_questionnaire(
    sheet: Sheet, folder: Path, load: Callable[[str | Path], Questionnaire]
) -> Questionnaire | None:
    """Load the questionnaire and version an answer file names, or note that there is none."""
    name, version = (sheet.values.get(key) for key in ("questionnaire", "questionnaire_version"))
    if not isinstance(name, str) or not name:
        return None
    pin = version if isinstance(version, str) else None
    try:
        found = find_questionnaire(name, beside=folder, version=pin)
    except UnknownNameError as error:
        sheet.note([Complaint(("questionnaire",), str(error), "")])
        return None
    questionnaire = load(found)
    if found.name.endswith(f"@{pin}") and questionnaire.version != pin:
        said = f"the folder {found} holds version {questionnaire.version}"
        sheet.note([Complaint(("questionnaire",), said, f"keep version {pin} in it")])
    return questionnaire


def _older(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Say that a file which does not fit is of another version, and how it can be brought over."""
    version = sheet.values.get("questionnaire_version")
    if isinstance(version, str) and version != questionnaire.version:
        yield Complaint(
            ("questionnaire_version",),
            f"the answers are of version {version}, the questionnaire is {questionnaire.version}",
            f"see what changes with: it4it-assess migrate {sheet.source} --check",
        )


def other_version(path: Path, questionnaire: Questionnaire, answers: AnswerFile) -> str | None:
    """Return a warning where answers are read with another version than they were given to."""
    version = answers.questionnaire_version
    if version is None or version == questionnaire.version:
        return None
    return (
        f"{path}: answered in version {version}, read with {questionnaire.version}; "
        f"see what changes with: it4it-assess migrate {path} --check"
    )
