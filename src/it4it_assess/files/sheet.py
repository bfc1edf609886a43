"""One file on the desk: its text, its values, and the problems found in it so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from it4it_assess.errors import Problem
from it4it_assess.files.references import Complaint
from it4it_assess.files.source import read_text
from it4it_assess.files.strict_yaml import locate, read_yaml
from it4it_assess.files.wording import in_plain_words, keys_at
from it4it_assess.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Loaded = TypeVar("Loaded", bound=Model)


class Sheet:
    """One file's text and values, and the problems found in it so far."""

    def __init__(self, path: Path) -> None:
        self.source = str(path)
        self.text = read_text(path)
        document = read_yaml(self.text, self.source)
        self.values = document.value
        self.problems = list(document.problems)
        if not isinstance(self.values, dict):
            cause = "the file should hold `key: value` lines"
            self.problems.append(Problem(self.source, 1, 1, cause, "begin it with `format: 1`"))
            self.values = {}

    def as_model(self, model: type[Loaded]) -> Loaded | None:
        """Return the values as a model, or note what keeps them from being one."""
        if self.problems and not self.values:
            return None
        try:
            return model.model_validate(self.values)
        except ValidationError as error:
            complaints = [
                Complaint(
                    _in_values(details["loc"], self.values),
                    *in_plain_words(details, keys_at(model, details["loc"])),
                )
                for details in error.errors(include_url=False)
            ]
            self.note(complaints)
            return None

    def note(self, complaints: Iterable[Complaint]) -> None:
        """Give complaints their places and keep them."""
        said = list(complaints)
        if not said:
            return
        marks = locate(self.text, {complaint.path for complaint in said})
        self.problems += [
            Problem(self.source, *marks[path], cause, remedy) for path, cause, remedy in said
        ]


def _in_values(loc: tuple[str | int, ...], values: Any) -> tuple[str | int, ...]:
    """Cut a validation error's path down to what stands in the file."""
    path: list[str | int] = []
    for step in loc:
        known = range(len(values)) if isinstance(values, list) else values
        if isinstance(known, (dict, range)) and step in known:
            values = values[step]
            path.append(step)
    return tuple(path)
