"""Where a firm stands, as everything that tries one other answer takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import planning_score, question_shares
from it4it_assess.engine.scoring import Cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.engine.backlog import OpenInitiative
    from it4it_assess.engine.criteria import Standing
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import Questionnaire


class Footing(NamedTuple):
    """A firm's answers with all that is judged of them before one is tried at another level.

    `shares` are the questions' shares of their stream's score, `climbs` how far each stream is
    below its target as planning counts it, in scale units.
    """

    questionnaire: Questionnaire
    answers: AnswerFile
    readings: Mapping[str, Reading]
    targets: Mapping[str, float]
    standings: Mapping[str, Standing]
    backlog: Mapping[str, OpenInitiative]
    shares: Mapping[str, float]
    climbs: Mapping[str, float]
    cells: Cells


def footing(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    standings: Mapping[str, Standing],
    backlog: Mapping[str, OpenInitiative],
) -> Footing:
    """Return where a firm stands; standings and backlog are those of `stand_all`."""
    shares = question_shares(questionnaire, readings)
    climbs = {
        stream.id: targets[stream.id] - planning_score(stream, readings, shares)
        for stream in questionnaire.streams
    }
    return Footing(
        questionnaire,
        answers,
        readings,
        targets,
        standings,
        backlog,
        shares,
        climbs,
        Cells(questionnaire, readings),
    )
