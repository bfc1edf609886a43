"""Files that come back from respondents: what each is, by its content, and what it answers."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.invitation import slug
from it4it_assess.errors import AssessError, UnreadableError
from it4it_assess.files.load import find_questionnaire, load_answers, load_questionnaire
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.source import read_bytes
from it4it_assess.files.workbook import OLE, ZIP
from it4it_assess.model.answers import Answer, AnswerFile, Respondent

if TYPE_CHECKING:
    import datetime as dt

    from it4it_assess.model.questionnaire import Questionnaire

FOREIGN = (
    (b"%PDF", "this is a PDF"),
    (b"{\\rtf", "this is a text document"),
    (b"\x1f\x8b", "this is a packed file"),
    (b"\x89PNG", "this is a picture"),
    (b"\xff\xd8\xff", "this is a picture"),
)


class Asked(NamedTuple):
    """The questionnaire that returned files are read with, and where it was found.

    When it is insisted on, it does not matter which one the files name.
    """

    questionnaire: Questionnaire
    folder: Path
    insisted: bool = False


def asked_in(name: str, beside: Path) -> Asked:
    """Find and load the questionnaire that a file beside this folder names."""
    folder = find_questionnaire(name, beside=beside)
    return Asked(load_questionnaire(folder), folder)


def taken(path: Path, asked: Asked | None, today: dt.date) -> tuple[Asked, AnswerFile]:
    """Read a returned file with the questionnaire given, or the one it names itself.

    AssessError lists everything that is wrong with it.
    """
    data = read_bytes(path)
    if data.startswith((ZIP, OLE)):
        return _from_workbook(path, data, asked, today)
    for begins, what in FOREIGN:
        if data.startswith(begins):
            raise UnreadableError(
                f"{path}: {what}, not answers; ask for the file that the form has saved"
            )
    if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableError(
            f"{path}: this is a web page and holds no answers; open the form, press "
            "“Save my answers”, and send the file that this makes (it ends in .yaml)"
        )
    return _from_text(path, asked)


def _from_text(path: Path, asked: Asked | None) -> tuple[Asked, AnswerFile]:
    named = Sheet(path).values.get("questionnaire")
    if asked is None:
        if not isinstance(named, str) or not named:
            load_answers(path)  # says what is wrong
        asked = _found(path, str(named))
    elif isinstance(named, str):
        _refuse_other(path, named, asked)
    return asked, load_answers(path, asked.questionnaire)


def _from_workbook(
    path: Path, data: bytes, asked: Asked | None, today: dt.date
) -> tuple[Asked, AnswerFile]:
    from it4it_assess.collect.returned_workbook import (  # noqa: PLC0415  only for workbooks
        answers_in,
        asks_from,
        sheets_of,
    )

    grids = sheets_of(str(path), data)
    named = asks_from(grids, str(path))
    if asked is None:
        asked = _found(path, named)
    else:
        _refuse_other(path, named, asked)
    return asked, answers_in(str(path), grids, asked.questionnaire, today)


def _found(path: Path, named: str) -> Asked:
    try:
        return asked_in(named, path.parent)
    except AssessError as error:
        raise UnreadableError(
            f"{path}: {error}; or say which it is with --questionnaire"
        ) from error


def _refuse_other(path: Path, named: str, asked: Asked) -> None:
    """Refuse a file that answers another questionnaire; where it lies may differ."""
    if not asked.insisted and PurePath(named).name != asked.folder.resolve().name:
        raise UnreadableError(
            f"{path}: this answers {named!r}, not {asked.folder.resolve().name!r}; "
            "bring files of one questionnaire in at a time"
        )


def spoken_by(file: AnswerFile, given: str, source: str) -> AnswerFile:
    """Return a file whose one voice is that of the respondent given, whoever it named."""
    who = slug(given)
    if not who:
        raise AssessError(f"--as: {given!r} holds no letter or digit; give one such as anna")
    voices = dict.fromkeys(
        name for answer in file.answers.values() if answer is not None for name in answer.by
    )
    if len(voices) > 1:
        raise AssessError(
            f"{source}: it holds the answers of {', '.join(voices)}; "
            "--as is for a file with the answers of one"
        )
    named = next(iter(voices or file.respondents), who)
    return file.model_copy(
        update={
            "respondents": {who: file.respondents.get(named, Respondent())},
            "answers": {
                question: None if answer is None else _voice_of(answer, who)
                for question, answer in file.answers.items()
            },
        }
    )


def _voice_of(answer: Answer, who: str) -> Answer:
    if answer == Answer():
        return answer
    [voice] = answer.by.values() or [answer]
    return answer.model_copy(update={"by": {who: voice}}) if answer.by else Answer(by={who: voice})
