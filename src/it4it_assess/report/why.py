"""Why a stream comes first: the ranking, and what the first stream is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SHOWN_ADVICE = 3


class Part(NamedTuple):
    """One criterion's part of a stream's value."""

    criterion: str
    title: str
    points: str
    value: str
    because: str
    share: float


class Bar(NamedTuple):
    """One stream in the ranking."""

    id: str
    rank: int
    title: str
    value: str
    first_share: str
    gates: tuple[str, ...]
    parts: tuple[Part, ...]


def ranking_bars(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Bar, ...]:
    """Return the ranking, each stream with its parts."""
    titles = {criterion.id: criterion.title for criterion in questionnaire.criteria}
    return tuple(
        Bar(
            id=stream.id,
            rank=stream.rank,
            title=stream.title,
            value=figures.points(stream.value, 2),
            first_share=figures.in_shares(assessment.robustness.rank_shares[stream.id][0]),
            gates=tuple(gate.because for gate in stream.gates),
            parts=tuple(
                Part(
                    criterion=value.criterion,
                    title=titles[value.criterion],
                    points=figures.points(value.points),
                    value=figures.points(stream.contributions[value.criterion], 2),
                    because=value.because,
                    share=stream.contributions[value.criterion],
                )
                for value in stream.criteria
            ),
        )
        for stream in assessment.ranking.streams
    )


def first_advice(
    assessment: Assessment, questionnaire: Questionnaire
) -> tuple[tuple[str, str], ...]:
    """Return what to do about the weakest essential answers of the first stream."""
    if not assessment.ranking.streams:
        return ()
    lead = assessment.ranking.streams[0].id
    stream = next(one for one in questionnaire.streams if one.id == lead)
    known = [
        (reading.level, question)
        for question in stream.questions
        if (reading := assessment.readings[question.id]).level is not None
        and reading.level in question.advice
    ]
    known.sort(key=lambda pair: (pair[0], not pair[1].essential))
    return tuple(
        (question.ask, question.advice[level]) for level, question in known[:SHOWN_ADVICE]
    )


def troubles(assessment: Assessment, questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return what goes wrong in the first stream's weakest components."""
    if not assessment.ranking.streams:
        return ()
    lead = assessment.ranking.streams[0].id
    stream = next(one for one in assessment.scorecard.streams if one.id == lead)
    weakest = sorted(
        (part for part in stream.components if part.score is not None),
        key=lambda part: part.score or 0.0,
    )
    return tuple(
        (part.title, questionnaire.components[part.id].without)
        for part in weakest[:SHOWN_ADVICE]
        if questionnaire.components[part.id].without
    )


def leaning_goals(
    assessment: Assessment, questionnaire: Questionnaire
) -> tuple[tuple[str, str], ...]:
    """Return, for each goal that pulls on the first stream, why."""
    if not assessment.ranking.streams:
        return ()
    lead = assessment.ranking.streams[0].id
    parts = {
        part.id: part.title
        for stream in questionnaire.streams
        if stream.id == lead
        for part in stream.components
    }
    named = next(
        (value for value in assessment.ranking.streams[0].criteria if value.criterion == "goals"),
        None,
    )
    if named is None or named.assumed:
        return ()
    found = []
    for goal in questionnaire.goals:
        pulls = [(pull, part) for part, pull in goal.pulls.items() if part in parts]
        if pulls and goal.title in named.because:
            pull, part = max(pulls, key=lambda pair: pair[0].strength)
            found.append((goal.title, f"{parts[part]}: {pull.because}"))
    return tuple(found)
