"""Judged files made from a few figures, for tests of what is summed up from them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from builders import asked
from it4it_assess.model.answers import Organisation
from it4it_assess.portfolio.batch import Figures, ScoredFile
from it4it_assess.portfolio.judge import JudgedFile
from it4it_assess.portfolio.statistics import open_files
from it4it_assess.portfolio.store import engine, keep
from it4it_assess.portfolio.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from it4it_assess.model.portfolio import PublishedPortfolio

TINY = asked(a=2, b=1)
"""Streams a and b with the questions a.1, a.2 and b.1."""


def firm(  # noqa: PLR0913  one argument for all that tests vary
    number: int,
    score: float | None,
    *,
    sector: str = "food",
    employees: int | None = 5,
    country: str = "NL",
    year: int = 2026,
    first: str | None = "a",
    unknown: tuple[str, ...] = (),
) -> JudgedFile:
    """Return a firm with one score everywhere; without one, half of it is answered."""
    level = None if score is None else int(score)
    figures = Figures(score, 0.0, 5.0, level, 0, 5, 0.5 if score is None else 1.0)
    organisation = Organisation(
        name=f"Firm {number}", sector=sector, employees=employees, country=country
    )
    gap = None if score is None else 3 - score
    return JudgedFile(
        scored=ScoredFile(
            path=f"{number}-{year}.yaml",
            organisation=organisation,
            size=organisation.size,
            date=dt.date(year, 11, 2),
            questionnaire=TINY.id,
            version=TINY.version,
            overall=figures,
            streams={"a": figures, "b": figures},
            lenses={},
            targets={"a": 3.0, "b": 3.0},
            gaps={"a": gap, "b": gap},
        ),
        first=first,
        respondents=1,
        known=tuple(name for name in TINY.questions if name not in unknown),
        unknown=unknown,
        said_version="1.0",
    )


def summed_up(firms: Iterable[JudgedFile], folder: Path, k: int = 5) -> PublishedPortfolio:
    """Keep the firms in a folder and sum them up."""
    keep(firms, folder)
    with engine() as connection:
        open_files(connection, folder)
        return summarise(connection, {(TINY.id, TINY.version): TINY}, smallest_group=k)
