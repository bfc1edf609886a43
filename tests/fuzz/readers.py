"""What only reads: answer files, questionnaires, brand, policy, key, baseline, words."""

from __future__ import annotations

import datetime as dt
import math
import os
import subprocess
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpus
from trial import Case, Reader, law

from it4it_assess.engine.assess import assess
from it4it_assess.engine.content import lint_content
from it4it_assess.engine.explain import explain
from it4it_assess.errors import AssessError
from it4it_assess.files import compiled as kept_in
from it4it_assess.files import quick_yaml
from it4it_assess.files.baseline import earlier
from it4it_assess.files.brand import load_brand
from it4it_assess.files.load import load_answers, load_both, load_changes, load_questionnaire
from it4it_assess.files.load_policy import load_policy, scored_names, with_floors
from it4it_assess.files.many import answer_files
from it4it_assess.files.save import as_yaml, dump_answers
from it4it_assess.files.share_key import read_key, write_key
from it4it_assess.files.source import read_text
from it4it_assess.files.strict_yaml import locate, read_yaml
from it4it_assess.files.what_if import with_changes
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.policy import Policy
from it4it_assess.report.design import Design
from it4it_assess.report.formats import json as as_json
from it4it_assess.report.render import environment, render

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

TODAY = dt.date(2026, 11, 20)
FEW = 5
"""Draws of an assessment that is made only to see that it can be."""

load = cache(load_questionnaire)
"""Questionnaires that stay as they are, each read once."""

QUICK = quick_yaml.parse


def judged(asked: Questionnaire, answers: AnswerFile) -> None:
    """Assess answers and write the report that holds every number."""
    as_json.render(assess(asked, answers, today=TODAY, samples=FEW), asked)


def seldom(case: Case, one_in: int) -> bool:
    """Say of one input in so many that it is to be looked at more closely."""
    text = b"".join(case.files.values()) + "".join(case.words).encode("utf-8", "replace")
    return zlib.crc32(text) % one_in == 0


def same(one: Any, other: Any) -> bool:
    """Say whether two values are the same, of the same kinds and in the same order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    return bool(one == other)


def on_yaml(folder: Path, _case: Case) -> str:
    text = read_text(folder / "any.yaml")
    document = read_yaml(text, "any.yaml")
    quick = quick_yaml.quick_yaml(text)
    if quick is not None and not document.problems and _keys_are_text(document.value):
        law(holds=same(quick, document.value), says="both parsers read the same")
    locate(text, {("answers", "x", 0), (), ("format",)})
    if document.problems:
        raise AssessError("; ".join(problem.cause for problem in document.problems))
    if "inf" in repr(document.value):  # which no model takes
        return "endless"
    again = read_yaml(as_yaml(document.value), "").value
    law(
        holds=_alike(again, document.value), says="written and read again, the values are the same"
    )
    return f"a {type(document.value).__name__}"


def _alike(one: Any, other: Any) -> bool:
    """Say whether two values are equal: 2 and 2.0 are one number in a file."""
    return bool(one == other) and bool(isinstance(one, bool) == isinstance(other, bool))


def _keys_are_text(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _keys_are_text(one) for key, one in value.items())
    return all(map(_keys_are_text, value)) if isinstance(value, list) else True


def on_answers(folder: Path, case: Case) -> str:
    path = folder / "answers.yaml"
    by_quick, by_strict = _read_with(path, QUICK), _read_with(path, None)
    if isinstance(by_strict, AssessError):
        law(
            holds=isinstance(by_quick, AssessError) and str(by_quick) == str(by_strict),
            says="what one parser refuses the other refuses in the same words",
        )
        raise by_strict
    law(holds=not isinstance(by_quick, AssessError), says="both parsers accept it")
    assert not isinstance(by_quick, AssessError)
    (asked, answers), (_, others) = by_strict, by_quick
    law(holds=answers == others, says="both parsers read the same answers")
    law(
        holds=list(answers.answers) == list(others.answers),
        says="both parsers read them in the same order",
    )
    text = dump_answers(answers)
    path.write_text(text, encoding="utf-8", newline="")
    again = load_answers(path, asked)
    path.write_bytes(case.files["answers.yaml"])
    law(holds=again == answers, says="written and read again, the answers are the same")
    law(holds=dump_answers(again) == text, says="written again, the text is the same")
    if seldom(case, 12):
        judged(asked, answers)
    return "accepted " + "+".join(sorted(answers.context.model_fields_set))


def _read_with(path: Path, parse: Any) -> tuple[Questionnaire, AnswerFile] | AssessError:
    quick_yaml.parse = parse
    try:
        return load_both(path, None, load)
    except AssessError as error:
        return error
    finally:
        quick_yaml.parse = QUICK


def on_questionnaire(folder: Path, case: Case) -> str:
    place = folder / "shop"
    asked = load_questionnaire(place)
    law(holds=load_questionnaire(place) == asked, says="out of the cache it is the same")
    load_changes(place)
    lint_content(asked)
    if seldom(case, 4):
        answers = AnswerFile.model_validate(
            {
                "format": 1,
                "questionnaire": "x",
                "organisation": {"name": "x"},
                "answers": dict.fromkeys(asked.questions, asked.values[0]),
            }
        )
        judged(asked, answers)
    return "accepted"


def on_kept(folder: Path, case: Case) -> str:
    """Read a questionnaire whose kept form somebody has written over."""
    place = folder / "shop"
    name = kept_in._kept_as(place)  # noqa: SLF001  the one file of the cache
    assert name is not None
    name.parent.mkdir(parents=True, exist_ok=True)
    name.write_bytes(case.files["kept.json"])
    asked = load_questionnaire(place)
    name.unlink()
    return "the same" if asked == corpus.shop() else "another"


def on_brand(folder: Path, _case: Case) -> str:
    brand = load_brand(folder / "brand.yaml")
    return "with a logo" if brand.logo else "without"


def on_policy(folder: Path, case: Case) -> str:
    known = scored_names(corpus.shop())
    policy = load_policy(folder / "policy.yaml", known)
    text = as_yaml(policy.model_dump(exclude_unset=True))
    law(
        holds=Policy.model_validate(read_yaml(text, "").value or {}) == policy,
        says="written and read again, the policy is the same",
    )
    field = case.words[0].lstrip("-").replace("-", "_")
    if field not in {"min", "min_level", "min_coverage"}:
        field = "min"
    with_floors(policy, {field: case.words[1:]}, known)
    return "accepted"


def on_key(folder: Path, _case: Case) -> str:
    key = read_key(folder / "key.json")
    written = folder / "again.json"
    write_key(written, key)
    again = read_key(written)
    law(holds=again.secret == key.secret, says="the secret is the same")
    law(holds=dict(again.names) == dict(key.names), says="the names are the same")
    return "a key"


def on_baseline(folder: Path, case: Case) -> str:
    with earlier(case.words[0], folder / "answers.yaml") as path:
        if path is None:
            return "not in it yet"
        return "a file" if path.parent == folder else "out of git"


@cache
def _answered() -> AnswerFile:
    return AnswerFile.model_validate(read_yaml(corpus.SMALL, "").value)


@cache
def _judged() -> Assessment:
    return assess(corpus.shop(), _answered(), today=TODAY, samples=FEW)


def on_what_if(_folder: Path, case: Case) -> str:
    before = _answered().model_dump_json()
    after = with_changes(corpus.shop(), _answered(), case.words)
    law(holds=_answered().model_dump_json() == before, says="the answers stay as they are")
    again = AnswerFile.model_validate(read_yaml(dump_answers(after), "").value)
    law(holds=again == after, says="written and read again, the answers are the same")
    if seldom(case, 12):
        judged(corpus.shop(), after)
    return f"accepted {case.words[0].partition('.')[0]}"


def on_explain(_folder: Path, case: Case) -> str:
    told = explain(corpus.shop(), _judged(), case.words[0])
    list(told.lines())
    return f"told {told.id}"


def on_many(folder: Path, case: Case) -> str:
    os.chdir(folder)
    found = answer_files([Path(word) for word in case.words])
    return f"{len(found)} files"


def on_templates(folder: Path, _case: Case) -> str:
    environment.cache_clear()
    own = Design(templates=folder / "own")
    form = "html" if any((folder / "own").glob("*.html.j2")) else "md"
    return f"{len(render(_judged(), corpus.shop(), form, own)) // 1000} kB"


def prepare(reader: Reader, folder: Path) -> None:
    """Lay out what stays as it is."""
    for name, data in reader.stage.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if reader.name == "baseline":
        for command in (
            ["init", "-q"],
            ["add", "-A"],
            ["commit", "-qm", "x"],
            ["commit", "-qm", "y", "--allow-empty"],
        ):
            me = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
            subprocess.run(["git", *me, *command], cwd=folder, check=True)  # noqa: S607
