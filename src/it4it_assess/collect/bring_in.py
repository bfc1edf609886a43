"""Returned files into one answer file: all of them or none, every voice kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from it4it_assess.collect.keeper import Edit, Keeper
from it4it_assess.collect.merge import Merged, merged
from it4it_assess.collect.returned import Asked, asked_in, spoken_by, taken
from it4it_assess.errors import AssessError
from it4it_assess.files.load import load_answers, name_from
from it4it_assess.files.save import save_answers, short_answer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

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
    asked = None
    if questionnaire is not None:
        asked = asked_in(questionnaire, Path())._replace(insisted=True)
    if not into.exists():
        asked, files = _read(paths, asked, today, who)
        whole = merged(asked.questionnaire, _named(files, name_from(asked.folder, into.parent)))
        save_answers(whole.answers, into)
        return whole
    before = load_answers(into, asked and asked.questionnaire)
    asked, files = _read(paths, asked or asked_in(before.questionnaire, into.parent), today, who)
    order = tuple(asked.questionnaire.questions)
    with Keeper(into, order) as keeper:
        before = load_answers(into, asked.questionnaire)
        both = [(str(into), before), *_named(files, before.questionnaire)]
        whole = merged(asked.questionnaire, both)
        keeper.put_all(list(edits(before, whole.answers, order)))
    return whole


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


def edits(before: AnswerFile, after: AnswerFile, order: tuple[str, ...]) -> Iterator[Edit]:
    """Yield what has to change in a file's text so that it says what the later one does."""
    for question, answer in after.answers.items():
        if answer != before.answers.get(question):
            value = None if answer is None else short_answer(answer)
            yield Edit(("answers", question), value, order)
    old, new = _facts(before), _facts(after)
    for name, value in new.pop("respondents", {}).items():
        if old.get("respondents", {}).get(name) != value:
            yield Edit(("respondents", name), value)
    for path, value in _leaves(new, ()):
        if _at(old, path) != value:
            yield Edit(path, value)


def _facts(file: AnswerFile) -> dict[str, Any]:
    return file.model_dump(mode="json", exclude_defaults=True, exclude={"answers"})


def _leaves(values: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _at(values: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        values = values.get(key) if isinstance(values, dict) else None
    return values
