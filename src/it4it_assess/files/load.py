"""Files to models: every problem of every file at once, each with its place."""

from __future__ import annotations

from pathlib import Path

from it4it_assess.errors import InvalidFileError, UnknownNameError, UnreadableError
from it4it_assess.files.check_answers import answer_complaints
from it4it_assess.files.check_questionnaire import cross_check
from it4it_assess.files.references import Complaint, at
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.wording import nearest
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.questionnaire import (
    Questionnaire,
    QuestionnaireFile,
    ValueStream,
)
from it4it_assess.resources import bundled

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
        f"there is no questionnaire {name!r}; "
        f"{nearest(name, known)} Shipped: {', '.join(known)}; or give a folder with a {HEAD}"
    )


def bundled_questionnaires() -> list[str]:
    """Return the ids of the questionnaires that come with the tool."""
    return sorted(head.parent.name for head in bundled("questionnaires").glob(f"*/{HEAD}"))


def load_questionnaire(name: str | Path) -> Questionnaire:
    """Load a questionnaire by bundled id or folder; InvalidFileError lists every problem."""
    folder = find_questionnaire(str(name))
    head = Sheet(folder / HEAD)
    frame = head.as_model(QuestionnaireFile)
    sheets, streams = [], []
    for found in at(head.values, "streams.*"):
        if not isinstance(found.value, str):
            continue
        try:
            sheet = Sheet(_inside(folder, found.value))
        except UnreadableError as error:
            head.note([Complaint(found.path, str(error), "name a file beside this one")])
        except InvalidFileError as error:
            head.problems += error.problems
        else:
            sheets.append(sheet)
            stream = sheet.as_model(ValueStream)
            if stream is not None:
                streams.append(stream)
    cross_check(head, sheets)
    problems = [problem for sheet in [head, *sheets] for problem in sheet.problems]
    if problems or frame is None:
        raise InvalidFileError(problems)
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
    sheet = Sheet(Path(path))
    answers = sheet.as_model(AnswerFile)
    if questionnaire is None:
        named = sheet.values.get("questionnaire")
        if isinstance(named, str) and named:
            try:
                questionnaire = load_questionnaire(
                    find_questionnaire(named, beside=Path(path).parent)
                )
            except UnknownNameError as error:
                sheet.note([Complaint(("questionnaire",), str(error), "")])
    if questionnaire is not None:
        sheet.note(answer_complaints(sheet.values, questionnaire))
    if sheet.problems or answers is None:
        raise InvalidFileError(sheet.problems)
    return answers
