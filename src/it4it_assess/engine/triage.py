"""Which question to ask next, so that few suffice to say which stream comes first.

The share of draws (`foresight`) in which a stream is first is how sure the pick is. After an
opening that hears every stream, the next question is the one whose answer explains most of
which stream is first in the draws: its value of information (Howard 1966; Raiffa and
Schlaifer 1961), in the chance that a guess from the shares is right.
"""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.assess import stand
from it4it_assess.engine.backlog import open_initiatives, question_shares
from it4it_assess.engine.beliefs import believe, hear, moments
from it4it_assess.engine.criteria import rate
from it4it_assess.engine.foresight import (
    DRAWS,
    chance,
    days_line,
    filled,
    firsts,
    score_columns,
)
from it4it_assess.engine.ranking import criteria_weights, leader, unsponsored
from it4it_assess.engine.reading import read_answer
from it4it_assess.engine.targets import set_targets
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from it4it_assess.engine.beliefs import Belief, StreamHeard
    from it4it_assess.engine.criteria import Ratings, Standing
    from it4it_assess.engine.foresight import Chance, DaysLine
    from it4it_assess.model.answers import AnswerFile, Context
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import FirmSize, Questionnaire, ValueStream

OPENING = 10
"""Questions of the opening, spread over the streams that bear on the pick."""

SURE = 0.93
"""From this share of draws on no further question is worth its asking (our convention)."""


class Triage(NamedTuple):
    """What to ask next, and which stream would be first, how surely.

    `question` is None when no open question can change the pick enough to matter, or none
    may be asked. `first` is None when all streams are gated. `confidence` is the chance, 0
    to 1, that the interview with every question answered would name the same; a question
    answered with unknown stays in doubt. `asked` counts questions with any answer, `left`
    those open ones that bear on a pick not yet certain.
    """

    question: str | None
    first: str | None
    confidence: float
    asked: int
    left: int


class Inquiry(NamedTuple):
    """All of a triage that answers to questions do not change; made once a sitting."""

    questionnaire: Questionnaire
    context: Context
    size: FirmSize
    targets: Mapping[str, float]
    weights: Mapping[str, float]
    ratings: Ratings
    chance: Chance
    opening: Sequence[str]
    bearing: frozenset[str]
    """The streams whose answers can change the pick."""
    readings: Mapping[str, Mapping[float, Reading]]
    """Each question's reading at each value of the scale."""


def triage(questionnaire: Questionnaire, answers: AnswerFile) -> Triage:
    """Say what to ask next after these answers, and what they tell so far."""
    return look(inquire(questionnaire, answers), answers.answers)


def inquire(questionnaire: Questionnaire, answers: AnswerFile) -> Inquiry:
    """Prepare the triage of one firm from its context and size."""
    context = answers.context
    bearing = _bearing(questionnaire, context)
    return Inquiry(
        questionnaire=questionnaire,
        context=context,
        size=answers.organisation.size,
        targets={one.stream: one.value for one in set_targets(questionnaire, answers)},
        weights=criteria_weights(questionnaire, context),
        ratings=rate(questionnaire, context),
        chance=chance(questionnaire),
        opening=_opening([one for one in questionnaire.streams if one.id in bearing]),
        bearing=frozenset(bearing),
        readings={
            name: {
                value: read_answer(name, Answer(level=value), questionnaire.values, {})
                for value in questionnaire.values
            }
            for name in questionnaire.questions
        },
    )


def look(
    inquiry: Inquiry,
    answers: Mapping[str, Answer | None],
    among: Collection[str] | None = None,
) -> Triage:
    """Say what to ask next, of the questions `among` those that may be asked (None: all)."""
    questionnaire = inquiry.questionnaire
    readings = {
        name: read_answer(name, answers.get(name), questionnaire.values, {})
        for name in questionnaire.questions
    }
    asked = sum(not _is_open(answers.get(name)) for name in readings)
    unheard = [
        name
        for name, reading in readings.items()
        if reading.level is None and reading.state != "not_applicable"
    ]
    openly = [name for name in unheard if _is_open(answers.get(name))]
    if not unheard or not inquiry.bearing:
        return Triage(None, _real_first(inquiry, readings), 1.0, asked, 0)
    shares = question_shares(questionnaire, readings)
    heard = _hear(inquiry, readings, shares)
    beliefs = believe(heard, questionnaire.values)
    scores = score_columns(beliefs, heard, inquiry.chance)
    days = _days(inquiry, readings, unheard, beliefs)
    found = firsts(
        questionnaire,
        inquiry.context,
        inquiry.weights,
        inquiry.ratings,
        inquiry.targets,
        scores,
        days,
        inquiry.chance,
    )
    counts = Counter(found)
    first = counts.most_common(1)[0][0] if openly else _real_first(inquiry, readings)
    confidence = (counts[first] + 0.5) / (DRAWS + 1)
    bearing = [name for name in openly if questionnaire.stream_of[name].id in inquiry.bearing]
    can = [name for name in bearing if among is None or name in among]
    begin = next((name for name in inquiry.opening if name in can), None)
    question = begin
    if begin is None and can and confidence < SURE:
        likeliest = max(beliefs, key=lambda one: one.chance)
        worth = {
            name: _explained(column, found)
            for name, column in scores.items()
            if name in inquiry.bearing
        }
        gains = {}
        for name in can:
            stream = questionnaire.stream_of[name].id
            part = questionnaire.component_of[name].id
            one = moments(likeliest, stream, part, shares[name], heard[stream])
            gains[name] = worth[stream] * one.covariance**2 / (one.variance * one.score_variance)
        question = max(gains, key=lambda name: gains[name])
    return Triage(question, first, confidence, asked, len(bearing))


def _bearing(questionnaire: Questionnaire, context: Context) -> list[str]:
    """Return the streams whose answers can change which one is first."""
    able = [
        stream.id
        for stream in questionnaire.streams
        if stream.kind == "primary" and not unsponsored(context, stream)
    ]
    needed = [
        need.needs
        for need in questionnaire.dependencies
        if need.stream in able or need.needs in able
    ]
    if len(able) == 1 and not any(need.stream in able for need in questionnaire.dependencies):
        return []
    return [*able, *needed] if able else []


def _opening(streams: Sequence[ValueStream]) -> list[str]:
    """Return the first questions: essential ones, from components far apart in each stream."""
    found = []
    for place, stream in enumerate(streams):
        count = OPENING // len(streams) + (place < OPENING % len(streams))
        asks = [ask.id for ask in stream.questions if ask.essential] or [
            ask.id for ask in stream.questions
        ]
        count = min(count, len(asks))
        found += [asks[number * len(asks) // count] for number in range(count)]
    return found


def _is_open(answer: Answer | None) -> bool:
    return answer is None or (
        answer.level is None
        and answer.not_applicable is None
        and not answer.unknown
        and not answer.by
    )


def _hear(
    inquiry: Inquiry, readings: Mapping[str, Reading], shares: Mapping[str, float]
) -> dict[str, StreamHeard]:
    levels = {
        name: reading.level for name, reading in readings.items() if reading.level is not None
    }
    return {
        stream.id: hear(stream, levels, shares, inquiry.questionnaire.values)
        for stream in inquiry.questionnaire.streams
        if any(ask.id in shares for ask in stream.questions)
    }


def _standings(inquiry: Inquiry, readings: Mapping[str, Reading]) -> dict[str, Standing]:
    questionnaire, targets = inquiry.questionnaire, inquiry.targets
    shares = question_shares(questionnaire, readings)
    backlog = open_initiatives(
        questionnaire, readings, targets, inquiry.size, shares, questionnaire.initiatives
    )
    return stand(questionnaire.streams, readings, targets, shares, backlog)


def _real_first(inquiry: Inquiry, readings: Mapping[str, Reading]) -> str | None:
    return leader(
        inquiry.questionnaire,
        inquiry.context,
        _standings(inquiry, readings),
        inquiry.weights,
        inquiry.ratings,
    )


def _days(
    inquiry: Inquiry,
    readings: Mapping[str, Reading],
    unheard: Sequence[str],
    beliefs: Sequence[Belief],
) -> dict[str, DaysLine]:
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in inquiry.targets}
    for way in filled(inquiry.questionnaire, beliefs, unheard, inquiry.chance):
        now = {**readings, **{name: inquiry.readings[name][way[name]] for name in unheard}}
        for name, standing in _standings(inquiry, now).items():
            if standing.days:
                points[name].append((standing.score, standing.days))
    return {name: days_line(some) for name, some in points.items()}


def _explained(scores: Sequence[float], found: Sequence[str | None]) -> float:
    """Return how much of which stream is first a straight line in a score explains."""
    count = len(scores)
    mean = fsum(scores) / count
    variance = fsum((score - mean) ** 2 for score in scores) / count
    if not variance:
        return 0.0
    sums: dict[str | None, float] = {}
    for score, name in zip(scores, found, strict=True):
        sums[name] = sums.get(name, 0.0) + score - mean
    return fsum((one / count) ** 2 for one in sums.values()) / variance
