"""Changes tried on answers without touching their file: `pain.d2c=2`, `weights.gap=0.5`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from it4it_assess.engine.ranking import criteria_weights
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.check_answers import answer_complaints
from it4it_assess.files.references import is_number
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.files.wording import in_plain_words, keys_at, nearest
from it4it_assess.model.answers import AnswerFile, Context, IndicatorReading, Readiness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from it4it_assess.model.questionnaire import Questionnaire

ANSWERS = "answers"
HALF = re.compile("[\ud800-\udfff]")
"""What stands in a word of the command line for a byte that is not UTF-8."""
WEIGHTS = "weights"
NESTED: dict[str, type[BaseModel]] = {"readiness": Readiness, "indicators": IndicatorReading}


def with_changes(
    questionnaire: Questionnaire, answers: AnswerFile, changes: Sequence[str]
) -> AnswerFile:
    """Return the answers with each `PATH=VALUE` made; AssessError says what is wrong with one.

    A path starts at the file's context, or with `answers`. One weight set to a share keeps
    the others in proportion.
    """
    for change in changes:
        answers = _with_change(questionnaire, answers, change)
    return answers


def _with_change(questionnaire: Questionnaire, answers: AnswerFile, change: str) -> AnswerFile:
    if not change.isprintable() and HALF.search(change):
        raise AssessError(f"--what-if {change}: it is not text in UTF-8; type it anew")
    path, equals, written = change.partition("=")
    path = path.strip().removeprefix("context.")
    if not equals or not path:
        raise AssessError(f"--what-if {change}: write it as PATH=VALUE, such as pain.d2c=2")
    head, _, rest = path.partition(".")
    value = _value(head, written, change)
    values = answers.model_dump(mode="json", exclude_unset=True)
    if head == ANSWERS and rest:
        values[ANSWERS] = {**values[ANSWERS], rest: value}
    elif head in Context.model_fields:
        context = values.setdefault("context", {})
        if head == WEIGHTS and rest:
            context.pop("criteria", None)
            context[WEIGHTS] = _reweighed(questionnaire, answers, rest, value, change)
        else:
            _set(context, _steps(head, rest), value)
            if head in {"criteria", WEIGHTS}:
                context.pop(WEIGHTS if head == "criteria" else "criteria", None)
    elif head == ANSWERS:
        raise AssessError(f"--what-if {change}: write it as answers.QUESTION=VALUE")
    else:
        known = [ANSWERS, *Context.model_fields]
        raise AssessError(f"--what-if {change}: {head} cannot be changed; {nearest(head, known)}")
    return _checked(questionnaire, values, change)


def _value(head: str, written: str, change: str) -> Any:
    """Read a value as an answer file would; `a,b` is a list where an order is asked for."""
    if head == "criteria":
        return [name.strip() for name in written.strip("[] ").split(",")]
    if not written.strip():
        return None
    try:
        document = read_yaml(written, "--what-if")
        problems = document.problems
    except InvalidFileError as error:
        problems = error.problems
    for problem in problems:
        raise AssessError(f"--what-if {change}: {problem.cause}; {problem.remedy}")
    return document.value


def _steps(head: str, rest: str) -> list[str]:
    """Split a path into keys; an id keeps its dots."""
    if not rest:
        return [head]
    if head == "money":
        return [head, *rest.split(".", 1)]
    name, _, last = rest.rpartition(".")
    return [head, name, last] if head in NESTED and name else [head, rest]


def _set(values: dict[str, Any], path: list[str], value: Any) -> None:
    for step in path[:-1]:
        inner = values.setdefault(step, {})
        values[step] = inner if isinstance(inner, dict) else {}
        values = values[step]
    values[path[-1]] = value


def _reweighed(
    questionnaire: Questionnaire, answers: AnswerFile, name: str, value: Any, change: str
) -> dict[str, float]:
    """Return the weights with one at a new share and the others scaled to the rest."""
    weights = criteria_weights(questionnaire, answers.context)
    if name not in weights:
        raise AssessError(
            f"--what-if {change}: there is no criterion {name!r}; {nearest(name, weights)}"
        )
    if not is_number(value) or not 0 <= value <= 1:
        raise AssessError(f"--what-if {change}: give the weight as a share from 0 to 1")
    rest = 1 - weights[name]
    if rest <= 0:
        raise AssessError(f"--what-if {change}: no other criterion weighs anything")
    return {
        one: float(value) if one == name else weight * (1 - value) / rest
        for one, weight in weights.items()
    }


def _checked(questionnaire: Questionnaire, values: Any, change: str) -> AnswerFile:
    try:
        answers = AnswerFile.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        cause, remedy = in_plain_words(details, keys_at(AnswerFile, details["loc"]))
        raise AssessError(f"--what-if {change}: {cause}; {remedy}") from error
    for complaint in answer_complaints(values, questionnaire):
        raise AssessError(f"--what-if {change}: {complaint.cause}; {complaint.remedy}")
    return answers
