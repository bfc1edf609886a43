"""What a portfolio keeps of one answer file: its scores, what comes first, what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.ranking import outlook
from it4it_assess.engine.reading import take_stands
from it4it_assess.engine.standings import stand_all
from it4it_assess.portfolio.batch import ScoredFile, scored
from it4it_assess.portfolio.reading import RefusedFile, read_and

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.portfolio import Dimension
    from it4it_assess.model.questionnaire import Questionnaire


class JudgedFile(NamedTuple):
    """An answer file scored and ranked, without the trials that say how firm the pick is.

    `known` and `unknown` are the ids of the questions with a level, and of those that were
    asked and nobody could answer; `said_version` is the version the file names, if any.
    """

    scored: ScoredFile
    first: str | None
    respondents: int
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    said_version: str | None

    @property
    def groups(self) -> dict[Dimension, str]:
        """What it is grouped by, in one spelling; empty where the file does not say."""
        firm = self.scored.organisation
        return {
            "sector": _spelt(firm.sector).casefold(),
            "size": "" if firm.employees is None else self.scored.size,
            "country": _spelt(firm.country).upper(),
        }


Judged = JudgedFile | RefusedFile


def judge_file(path: str | Path, questionnaire: str | None = None) -> Judged:
    """Judge one file with the questionnaire of that name, or the one it names."""
    return read_and(judged, path, questionnaire)


def judged(path: str, asked: Questionnaire, answers: AnswerFile) -> JudgedFile:
    """Score answers, and say which stream `rank` would put first."""
    stands = take_stands(asked, answers)
    score = scored(path, asked, answers, stands)
    standings, _ = stand_all(asked, score.size, stands, score.targets)
    return JudgedFile(
        scored=score,
        first=outlook(asked, answers.context, standings).first,
        respondents=len(answers.respondents),
        known=tuple(name for name, stand in stands.items() if stand.level is not None),
        unknown=tuple(name for name, stand in stands.items() if stand.state == "unknown"),
        said_version=answers.questionnaire_version,
    )


def _spelt(text: str) -> str:
    """Return text with single blanks between its words and none around them."""
    return " ".join(text.split())
