"""Whatever is written wherever, what is said of it is in the words of its writer."""

from __future__ import annotations

import copy
import json
import re
import shutil
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT
from it4it_assess.errors import InvalidFileError, Problem
from it4it_assess.files.load import load_answers, load_questionnaire
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.files.wording import LONGEST_SHOWN, keys_at, nearest, shown
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.questionnaire import ValueStream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from it4it_assess.model.questionnaire import Questionnaire

OWN = ROOT / "tests" / "cases" / "own-questionnaire" / "vragen"
NOT_OUR_WORDS = re.compile(
    r"mapping|scalar|\bnode\b|sequence|pydantic|input should|type=|literal\[|tuple|\bdict\b"
    r"|\bstr\b|\bint\b|\bfloat\b|\[key\]|\bNone\b|\bTrue\b|\bFalse\b|does not fit"
)
LONGEST_MESSAGE = 220

ANSWERS = """
format: 1
questionnaire: it4it
questionnaire_version: "1.0"
date: 2026-11-02
organisation: {name: X, sector: s, employees: 4, it_staff: 1, country: NL, regulation: [gdpr]}
respondents: {anna: {name: Anna, role: owner}}
context:
  goals: {faster-change: 3}
  pain: {d2c: 3}
  readiness: {d2c: {sponsor: 4, skills: 3, openness: 4}}
  targets: {d2c: 3}
  criteria: [pain, [gap, goals]]
  capacity: {days_per_quarter: 20, quarters: 4, day_rate: 600, currency: EUR}
  stakeholders: [{name: Jo, role: r, influence: 4, support: 2}]
  indicators: {d2c.mttr-hours: {baseline: 9, target: 4, current: 5}}
answers:
  d2c.incident.record: 2
  d2c.incident.priority: {level: 3, unsure: true, note: n, evidence: [e]}
  d2c.incident.tell: {not_applicable: why}
  d2c.problem.cause: {by: {anna: {level: 2, note: n}}}
"""
ODD: list[Any] = [
    *(None, True, False, 0, -1, 2.5, 99, 10**30, 1e300),
    *("", "x", "3", "unknown", "A b", "2026-02-30", "y" * 500),
    *([], [[]], [None], [3], ["x"], [{"a": 1}]),
    *({}, {"a": 1}, {"a": None}, {"level": 2}, {"x" * 500: 1}),
]


def places(values: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything inside some values."""
    if path:
        yield path
    steps = range(len(values)) if isinstance(values, list) else values
    for step in steps if isinstance(values, (dict, list)) else ():
        yield from places(values[step], (*path, step))


def with_one(values: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """Return a copy of some values with something else at one place."""
    values = copy.deepcopy(values)
    inner = values
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    return values


def check(problems: list[Problem]) -> None:
    for problem in problems:
        said = f"{problem.cause}; {problem.remedy}"
        assert not NOT_OUR_WORDS.search(said), said
        assert len(said) <= LONGEST_MESSAGE, said


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_whatever_stands_in_an_answer_file_is_loaded_or_told_of_in_plain_words(
    odd: Any, tmp_path: Path, shipped: Questionnaire
) -> None:
    good = read_yaml(ANSWERS, "here.yaml").value
    path = tmp_path / "answers.yaml"
    for place in places(good):
        path.write_text(json.dumps(with_one(good, place, odd)), encoding="utf-8")
        try:
            load_answers(path, shipped)
        except InvalidFileError as error:
            check(error.problems)


@pytest.mark.parametrize("odd", ODD[::2], ids=lambda odd: repr(odd)[:20])
def test_whatever_stands_in_a_questionnaire_is_loaded_or_told_of_in_plain_words(
    odd: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "file").touch()
    folder = shutil.copytree(OWN, tmp_path / "own")
    for name in ("questionnaire.yaml", "kantoor.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        good = read_yaml(text, name).value
        for place in unlike(good):
            changed = as_yaml_keys(with_one(good, place, odd))
            (folder / name).write_text(changed, encoding="utf-8")
            try:
                load_questionnaire(folder)
            except InvalidFileError as error:
                check(error.problems)
        (folder / name).write_text(text, encoding="utf-8")


def unlike(values: Any) -> list[tuple[Any, ...]]:
    """Return one path of each kind: two entries of a list hold the same things."""
    kinds = {
        tuple("*" if isinstance(step, int) else step for step in path): path
        for path in places(values)
    }
    return [*kinds.values()]


def as_yaml_keys(values: Any) -> str:
    """Return values as JSON whose numeric keys are numbers, as YAML allows."""
    return re.sub(r'"(-?[0-9.]+)": ', r"? \1 : ", json.dumps(values))


# --- the parts


def test_the_nearest_name_is_offered_and_a_far_one_is_not() -> None:
    assert nearest("incidnet", ["incident", "accident"]) == "did you mean incident?"
    assert nearest("coffee", ["incident"]) == "remove it, or check the spelling"
    assert nearest("x", []) == "remove it, or check the spelling"
    assert nearest(3, ["3.1", "30"]) in {"did you mean 30?", "did you mean 3.1?"}


def test_long_values_are_cut_short() -> None:
    assert shown("x" * LONGEST_SHOWN) == f"'{'x' * 36}..."
    assert shown("short") == "'short'"
    assert len(shown(10**100)) == LONGEST_SHOWN


@pytest.mark.parametrize(
    ("model", "place", "key"),
    [
        (AnswerFile, ("organisaton",), "organisation"),
        (AnswerFile, ("organisation", "nam"), "name"),
        (AnswerFile, ("context", "capacity", "quarter"), "quarters"),
        (AnswerFile, ("context", "readiness", "d2c", "sponser"), "sponsor"),
        (AnswerFile, ("context", "stakeholders", 0, "rol"), "role"),
        (AnswerFile, ("answers", "a.b", "levle"), "level"),
        (AnswerFile, ("answers", "a.b", "by", "anna", "levle"), "level"),
        (ValueStream, ("components", 0, "questions", 3, "aks"), "ask"),
        (ValueStream, ("initiatives", 0, "effort_days", "smal"), "small"),
    ],
)
def test_the_keys_that_may_stand_at_a_place_are_known(
    model: type[AnswerFile | ValueStream], place: tuple[str | int, ...], key: str
) -> None:
    keys = keys_at(model, place)
    assert key in keys
    assert nearest(place[-1], keys) == f"did you mean {key}?"


def test_there_are_enough_places_to_be_wrong_in() -> None:
    assert len([*places(read_yaml(ANSWERS, "here").value)]) > 50
    heads = (OWN / name for name in ("questionnaire.yaml", "kantoor.yaml"))
    values = (read_yaml(path.read_text(encoding="utf-8"), path.name).value for path in heads)
    assert len([*chain.from_iterable(map(unlike, values))]) > 60
