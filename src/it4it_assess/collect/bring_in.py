"""Returned files into one answer file: all of them or none, every voice kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.merge import Merged, merged
from it4it_assess.collect.merging import refuse_one_file_twice, write_into, write_new
from it4it_assess.collect.returned import Asked, asked_in, spoken_by, taken
from it4it_assess.errors import AssessError
from it4it_assess.files.load import load_answers, name_from

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from it4it_assess.model.answers import AnswerFile


def bring_in(
    paths: Sequence[Path],
    into: Path,
    *,
    today: dt.date,
    who: str | None = None,
    questionnaire: str | None = None,
) -> Merged:
    """Read returned files and write them into an answer file, made where it is not there.

    Nothing is written unless every file is in order: AssessError lists what is wrong with
    all of them.
    """
    refuse_one_file_twice([*paths, into])
    asked = None
    if questionnaire is not None:
        asked = asked_in(questionnaire, Path())._replace(insisted=True)
    if not into.exists():
        asked, files = _read(paths, asked, today, who)
        whole = merged(asked.questionnaire, _named(files, name_from(asked.folder, into.parent)))
        write_new(into, whole)
        return whole
    before = load_answers(into, asked and asked.questionnaire)
    asked, files = _read(paths, asked or asked_in(before.questionnaire, into.parent), today, who)
    with Keeper(into, ()) as keeper:
        before = load_answers(into, asked.questionnaire)
        both = [(str(into), before), *_named(files, before.questionnaire)]
        return write_into(keeper, asked.questionnaire, both)


def _named(files: list[tuple[str, AnswerFile]], name: str) -> list[tuple[str, AnswerFile]]:
    """Name the questionnaire in all files as it is called from where they go."""
    return [(source, file.model_copy(update={"questionnaire": name})) for source, file in files]


def _read(
    paths: Sequence[Path], asked: Asked | None, today: dt.date, who: str | None
) -> tuple[Asked, list[tuple[str, AnswerFile]]]:
    """Read every file, or say what is wrong with all those that cannot be."""
    files, wrong = [], []
    for path in paths:
        try:
            asked, file = taken(path, asked, today)
            files.append((str(path), file if who is None else spoken_by(file, who, str(path))))
        except AssessError as error:
            wrong.append(str(error))
    if wrong:
        raise AssessError("\n".join([*wrong, "nothing was written"]))
    assert asked is not None  # noqa: S101  at least one file was read
    return asked, files
