"""Files to models: every problem of every file at once, each with its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from it4it_assess.errors import AssessError, InvalidFileError, UnknownNameError, UnreadableError
from it4it_assess.files.check_answers import answer_complaints
from it4it_assess.files.check_questionnaire import cross_check
from it4it_assess.files.compiled import compiled
from it4it_assess.files.quick_yaml import quick_yaml
from it4it_assess.files.references import Complaint, at
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.source import read_text
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.questionnaire import (
    Questionnaire,
    QuestionnaireFile,
    ValueStream,
)
from it4it_assess.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "questionnaire.yaml"


def find_questionnaire(name: str, *, beside: Path | None = None) -> Path:
    """Return the folder of a questionnaire: a bundled id, or a path to a folder.

    A relative path is looked for beside the answer file first.
    """
    if "/" not in name and "\\" not in name and name not in {".", ".."}:
        shipped = bundled("questionnaires")
        if (shipped / name / HEAD).is_file():
            return shipped / name
    for folder in [Path(name)] if beside is None else [beside / name, Path(name)]:
        if (folder / HEAD).is_file():
            return folder
    known = bundled_questionnaires()
    raise UnknownNameError(
        f"there is no questionnaire {name!r}; shipped: {', '.join(known)}, "
        f"or give the path of a folder with a {HEAD}"
    )


def name_from(folder: Path, place: Path) -> str:
    """Return how an answer file in `place` names a questionnaire: its id, or a relative path."""
    if folder.parent == bundled("questionnaires"):
        return folder.name
    away = Path(os.path.relpath(folder.resolve(), place.resolve())).as_posix()
    return away if away.startswith(".") else f"./{away}"


def bundled_questionnaires() -> list[str]:
    """Return the ids of the questionnaires that come with the tool."""
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
    problems = [problem for sheet in [head, *sheets] for problem in sheet.problems]
    if problems or frame is None:
        raise InvalidFileError(problems, sum(sheet.more for sheet in [head, *sheets]))
    return Questionnaire.model_validate(
        {**{key: getattr(frame, key) for key in frame.model_fields_set}, "streams": tuple(streams)}
    )


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a stream file, which must lie in the questionnaire's folder."""
    if Path(name).name != name:
        raise UnreadableError(f"{name} is not a plain file name")
    return folder / name


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
    if questionnaire is None:
        questionnaire = _named_questionnaire(sheet, path.parent, load)
    if questionnaire is not None:
        sheet.note(answer_complaints(sheet.values, questionnaire))
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
            questionnaire = load(find_questionnaire(answers.questionnaire, beside=folder))
    except (ValidationError, AssessError):
        return None
    complaint = next(answer_complaints(values, questionnaire), None)
    return (questionnaire, answers) if complaint is None else None


def _named_questionnaire(
    sheet: Sheet, folder: Path, load: Callable[[str | Path], Questionnaire]
) -> Questionnaire | None:
    """Load the questionnaire an answer file names, or note that there is none."""
    name = sheet.values.get("questionnaire")
    if not isinstance(name, str) or not name:
        return None
    try:
        return load(find_questionnaire(name, beside=folder))
    except UnknownNameError as error:
        sheet.note([Complaint(("questionnaire",), str(error), "")])
        return None
