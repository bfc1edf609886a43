"""Whose voice a file's plain answers are: those without `by`.

- in a file that lists one respondent and knows no `by`: to that respondent;
- in a file that lists `earlier`, the interview's name for a voice nobody had put a name to:
  to `earlier`;
- in any other file: to a voice named after the file, `anna` for anna.yaml. A file somebody
  typed for the whole firm so becomes one voice among the others, and two such files two.
  Where another file lists a respondent `anna`, it is hers.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

from it4it_assess.collect.sitting import EARLIER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile

LONGEST_ID = 40
NO_NAME = "somebody"
"""Whose voice it is when a file's name has no letter an id may have."""


def owners(named: Sequence[tuple[str, AnswerFile]]) -> dict[str, str]:
    """Say for each file whose voice its plain answers are."""
    listed = {source: _listed_owner(file) for source, file in named}
    made = _short_ids(source for source, owner in listed.items() if owner is None)
    return {source: owner or made[source] for source, owner in listed.items()}


def _listed_owner(file: AnswerFile) -> str | None:
    """Return whose voice a file itself says that its plain answers are."""
    if EARLIER in file.respondents:
        return EARLIER
    shared = any(answer.by for answer in file.answers.values() if answer is not None)
    only = len(file.respondents) == 1 and not shared
    return next(iter(file.respondents)) if only else None


def _short_ids(sources: Iterable[str]) -> dict[str, str]:
    """Make an id of each file's name; where two are the same, with their folders before."""
    paths = {source: PurePath(source) for source in sources}
    ids = {source: _as_id(path.stem) for source, path in paths.items()}
    for source in _alike(ids):
        ids[source] = _as_id(f"{paths[source].parent.name}-{paths[source].stem}")
    for number, source in enumerate(sorted(_alike(ids)), start=1):
        ids[source] = f"{ids[source]}-{number}"
    return ids


def _alike(ids: Mapping[str, str]) -> list[str]:
    every = list(ids.values())
    return [source for source, name in ids.items() if every.count(name) > 1]


def _as_id(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_ID].strip("-") or NO_NAME
