"""One file on the desk: its text, its values, and the problems found in it so far."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from it4it_assess.errors import Problem
from it4it_assess.files.references import Complaint
from it4it_assess.files.source import read_text
from it4it_assess.files.strict_yaml import locate, read_yaml
from it4it_assess.files.wording import KEY, in_plain_words, keys_at
from it4it_assess.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path as File

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from it4it_assess.files.strict_yaml import Path

MOST_KEPT = 500
"""Problems of one file that are worked out in full; far more than anybody is shown."""

Loaded = TypeVar("Loaded", bound=Model)


class Sheet:
    """One file's text and values, and the problems found in it so far."""

    def __init__(self, path: File, begins: str = "format: 1", text: str | None = None) -> None:
        self.source = str(path)
        self.text = read_text(path) if text is None else text
        document = read_yaml(self.text, self.source, begins)
        self.values = document.value
        self.problems = list(document.problems)
        self.more = 0
        if not isinstance(self.values, dict):
            cause = "the file should hold `key: value` lines"
            self.problems.append(Problem(self.source, 1, 1, cause, f"begin it with `{begins}`"))
            self.values = {}

    def as_model(self, model: type[Loaded]) -> Loaded | None:
        """Return the values as a model, or note what keeps them from being one."""
        if self.problems and not self.values:
            return None
        try:
            return model.model_validate(self.values)
        except ValidationError as error:
            self.note(_complaints(error, self.values, model))
            return None

    def note(self, complaints: Iterable[Complaint]) -> None:
        """Give complaints their places and keep them; past a number, only count them."""
        rest = iter(complaints)
        said = list(islice(rest, max(0, MOST_KEPT - len(self.problems))))
        self.more += sum(1 for _ in rest)
        if not said:
            return
        marks = locate(self.text, {complaint.path for complaint in said})
        self.problems += [
            Problem(self.source, *marks[path], cause, remedy) for path, cause, remedy in said
        ]


def _complaints(
    error: ValidationError, values: Any, model: type[BaseModel]
) -> Iterator[Complaint]:
    """Turn validation errors into complaints, less those that only echo another."""
    every = error.errors(include_url=False)
    for details in every:
        loc = details["loc"]
        if details["type"] == "too_short" and _has_inner(loc, every):
            continue  # its entries are there, and have problems of their own
        if loc[0] == "answers" and loc[-1] == KEY and details["type"] == "string_type":
            continue  # a question nobody knows, which is said elsewhere
        words = in_plain_words(details, keys_at(model, loc))
        yield Complaint(_in_values(loc, values), *words)


def _number_written(step: str | int) -> str | float:
    """Return the key a step stands for where the file has a number as its key."""
    try:
        return float(step)
    except ValueError:
        return step


def _has_inner(loc: tuple[str | int, ...], every: list[ErrorDetails]) -> bool:
    """Say whether some error lies inside the place of another."""
    return any(other["loc"][: len(loc)] == loc and other["loc"] != loc for other in every)


def _in_values(loc: tuple[str | int, ...], values: Any) -> Path:
    """Cut a validation error's path down to what stands in the file."""
    path: list[str | float] = []
    for step in loc:
        if isinstance(values, list) and isinstance(step, int) and step < len(values):
            key: str | float = step
        elif isinstance(values, dict):
            found = step if step in values else _number_written(step)
            if found not in values:
                continue
            key = found
        else:
            continue
        values = values[key]
        path.append(key)
    return tuple(path)
