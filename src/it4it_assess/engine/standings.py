"""Where the streams stand, now and once one answer has another level."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from it4it_assess.engine.backlog import (
    days_to_target,
    open_initiatives,
    planning_score,
    question_shares,
    reach,
)
from it4it_assess.engine.criteria import Standing, rate
from it4it_assess.engine.leeway import Leeway
from it4it_assess.engine.ranking import criteria_weights, leader
from it4it_assess.engine.reading import at_level
from it4it_assess.engine.scoring import Cells, central

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from it4it_assess.engine.backlog import OpenInitiative
    from it4it_assess.engine.footing import Footing
    from it4it_assess.engine.scoring import Cell
    from it4it_assess.engine.tally import Stand
    from it4it_assess.model.questionnaire import FirmSize, Questionnaire, ValueStream


def stand_all(
    questionnaire: Questionnaire,
    size: FirmSize,
    readings: Mapping[str, Stand],
    targets: Mapping[str, float],
) -> tuple[dict[str, Standing], dict[str, OpenInitiative]]:
    """Return where every stream stands, and the initiatives open to a firm of this size."""
    shares = question_shares(questionnaire, readings)
    works = questionnaire.initiatives
    backlog = open_initiatives(questionnaire, readings, targets, size, shares, works)
    standings = stand(questionnaire, questionnaire.streams, readings, targets, shares, backlog)
    return standings, backlog


def stand(
    questionnaire: Questionnaire,
    streams: Iterable[ValueStream],
    readings: Mapping[str, Stand],
    targets: Mapping[str, float],
    shares: Mapping[str, float],
    backlog: Mapping[str, OpenInitiative],
) -> dict[str, Standing]:
    """Return where each stream stands; one in which nothing applies has no standing."""
    standings = {}
    cells = Cells(questionnaire, readings)
    for stream in streams:
        cell = cells.stream(stream)
        if cell is None:
            continue
        to_climb = targets[stream.id] - planning_score(stream, readings, shares)
        standings[stream.id] = _standing(stream, cell, targets[stream.id], to_climb, backlog)
    return standings


def _standing(
    stream: ValueStream,
    cell: Cell,
    target: float,
    to_climb: float,
    backlog: Mapping[str, OpenInitiative],
) -> Standing:
    days, closes = days_to_target(stream, to_climb, backlog)
    return Standing(central(cell), cell.low, cell.high, target, days, closes)


def ranker(now: Footing) -> Callable[[str, float], str | None]:
    """Return a function that says which stream is first once one answer has another level."""
    asked, context = now.questionnaire, now.answers.context
    weights, ratings = criteria_weights(asked, context), rate(asked, context)
    standings_with = restander(now)
    may_decide = cache(Leeway(now).may_decide)
    first = leader(asked, context, now.standings, weights, ratings)

    def first_at(question: str, level: float) -> str | None:
        if not may_decide(question):
            return first
        return leader(asked, context, standings_with(question, level), weights, ratings)

    return first_at


def restander(now: Footing) -> Callable[[str, float], dict[str, Standing]]:
    """Return a function that says where the streams stand once one answer has another level.

    It judges anew only the initiatives and streams that the question can change.
    """
    asked, readings, targets, shares = now.questionnaire, now.readings, now.targets, now.shares
    touched = asked.once(reach)
    size = now.answers.organisation.size

    def standings_with(question: str, level: float) -> dict[str, Standing]:
        changed = {**readings, question: at_level(readings[question], level)}
        works, names = touched[question]
        open_then = {name: work for name, work in now.backlog.items() if name not in works}
        open_then.update(open_initiatives(asked, changed, targets, size, shares, works))
        own = asked.stream_of[question]
        cell, target = now.cells.stream_with(question, level), targets[own.id]
        to_climb = target - planning_score(own, changed, shares)
        moved = {own.id: _standing(own, cell, target, to_climb, open_then)}
        for stream in asked.streams:
            if stream.id in names and stream.id in now.standings and stream is not own:
                days, closes = days_to_target(stream, now.climbs[stream.id], open_then)
                moved[stream.id] = now.standings[stream.id]._replace(days=days, closes=closes)
        return {**now.standings, **moved}

    return standings_with
