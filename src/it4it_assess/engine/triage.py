"""Which question to ask next, so that few suffice to say which stream comes first.

The share of draws (`foresight`) in which a stream is first is how sure the pick is. After an
opening that hears every stream, the next question is the one whose answer tells most about
which stream is first in the draws: its value of information (Howard 1966; Raiffa and
Schlaifer 1961).
"""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.beliefs import moments
from it4it_assess.engine.chance import DRAWS
from it4it_assess.engine.foresight import first_now, foresee, set_out
from it4it_assess.engine.ranking import unsponsored
from it4it_assess.engine.reading import read_answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from it4it_assess.engine.foresight import Foresight, Setting
    from it4it_assess.model.answers import Answer, AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream

OPENING = 10
"""Questions of the opening, shared out over the streams that bear on the pick."""

SURE = 0.95
"""From this confidence on no further question is worth its asking (our convention)."""

MATTERS = 0.01
"""Nor when all that may be asked would add less than this to the chance of a right guess."""


class Triage(NamedTuple):
    """What to ask next, and which stream would be first, how surely.

    `question` is None when no open question can change the pick enough to matter, or none
    may be asked. `first` is None when all streams are gated. `confidence` is the chance, 0
    to 1, that an interview with every question answered would name the same; what was
    answered with unknown stays in doubt. `asked` counts the questions with any answer, `left`
    the open ones that bear on the pick while it is not certain.
    """

    question: str | None
    first: str | None
    confidence: float
    asked: int
    left: int


class Inquiry(NamedTuple):
    """A triage before its first question; made once a sitting."""

    setting: Setting
    opening: Sequence[str]


def triage(questionnaire: Questionnaire, answers: AnswerFile) -> Triage:
    """Say what to ask next after these answers, and what they tell so far."""
    return look(inquire(questionnaire, answers), answers.answers)


def inquire(questionnaire: Questionnaire, answers: AnswerFile) -> Inquiry:
    """Prepare the triage of one firm from its context and size."""
    setting = set_out(questionnaire, answers)
    return Inquiry(setting, opening(_bearing(setting, questionnaire.streams)))


def look(
    inquiry: Inquiry,
    answers: Mapping[str, Answer | None],
    among: Collection[str] | None = None,
) -> Triage:
    """Say what to ask next, of the questions `among` those that may be asked (None: all)."""
    setting = inquiry.setting
    questionnaire = setting.questionnaire
    readings = {
        name: read_answer(name, answers.get(name), questionnaire.values, {})
        for name in questionnaire.questions
    }
    applying = [name for name, one in readings.items() if one.state != "not_applicable"]
    unheard = [name for name in applying if readings[name].level is None]
    streams = {
        questionnaire.stream_of[name].id: questionnaire.stream_of[name] for name in applying
    }
    bearing = {stream.id for stream in _bearing(setting, streams.values())}
    unasked = [name for name in unheard if _is_open(answers.get(name))]
    asked = sum(not _is_open(answers.get(name)) for name in readings)
    if not unheard or not bearing:
        return Triage(None, first_now(setting, readings), 1.0, asked, 0)

    foresight = foresee(setting, readings, unheard)
    counts = Counter(foresight.firsts)
    first = counts.most_common(1)[0][0] if unasked else first_now(setting, readings)
    confidence = (counts[first] + 0.5) / (DRAWS + 1)  # never quite 0 or 1: draws are finite
    left = [name for name in unasked if questionnaire.stream_of[name].id in bearing]
    mine = [name for name in left if among is None or name in among]
    question = next((name for name in inquiry.opening if name in mine), None)
    if question is None and confidence < SURE:
        question = _most_telling(values_of_information(setting, foresight, mine))
    return Triage(question, first, confidence, asked, len(left))


def values_of_information(
    setting: Setting, foresight: Foresight, questions: Sequence[str]
) -> dict[str, float]:
    """Return what each open question's answer would add to the chance of a right guess.

    Whoever guesses each stream as often as it is first in the draws is right with the sum of
    the squared shares. An answer adds the variance, over all it may turn out to be, of these
    shares; here the part of it that a straight line through the answer explains.
    """
    likeliest = max(foresight.beliefs, key=lambda belief: belief.chance)
    told = {name: explained(scores, foresight.firsts) for name, scores in foresight.scores.items()}
    found = {}
    for name in questions:
        stream = setting.questionnaire.stream_of[name].id
        part = setting.questionnaire.component_of[name].id
        share, heard = foresight.shares[name], foresight.heard[stream]
        one = moments(likeliest, stream, part, share, heard)
        found[name] = told[stream] * one.covariance**2 / (one.variance * one.score_variance)
    return found


def explained(scores: Sequence[float], firsts: Sequence[str | None]) -> float:
    """Return how much of which stream is first a straight line through a score explains.

    The sum over the streams of cov(score, is first)^2 / var(score), 0 to 1.
    """
    count = len(scores)
    mean = fsum(scores) / count
    variance = fsum((score - mean) ** 2 for score in scores) / count
    if not variance:
        return 0.0
    together: dict[str | None, float] = {}
    for score, first in zip(scores, firsts, strict=True):
        together[first] = together.get(first, 0.0) + (score - mean)
    return fsum((one / count) ** 2 for one in together.values()) / variance


def opening(streams: Sequence[ValueStream]) -> list[str]:
    """Return the first questions to ask: essential ones, far apart in each stream."""
    found = []
    for place, stream in enumerate(streams):
        asks = [ask.id for ask in stream.questions if ask.essential]
        asks = asks or [ask.id for ask in stream.questions]
        share = OPENING // len(streams) + (place < OPENING % len(streams))
        count = min(share, len(asks))
        found += [asks[number * len(asks) // count] for number in range(count)]
    return found


def _most_telling(values: Mapping[str, float]) -> str | None:
    if fsum(values.values()) < MATTERS:
        return None
    return max(values, key=lambda name: values[name])


def _bearing(setting: Setting, streams: Iterable[ValueStream]) -> list[ValueStream]:
    """Return those of the streams whose answers can change which is first."""
    among = {stream.id: stream for stream in streams}
    able = [
        name
        for name, stream in among.items()
        if stream.kind == "primary" and not unsponsored(setting.context, stream)
    ]
    needs = [need for need in setting.questionnaire.dependencies if need.needs in among]
    gates = any(need.stream in able for need in needs)
    if not able or (len(able) == 1 and not gates):
        return []
    told = {need.needs for need in needs if need.stream in able or need.needs in able}
    return [stream for name, stream in among.items() if name in able or name in told]


def _is_open(answer: Answer | None) -> bool:
    """Say whether nobody has been asked yet."""
    return answer is None or answer.is_blank
