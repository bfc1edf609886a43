"""The judgement in sentences, the same on a terminal and on every page."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from it4it_assess.report.figures import in_shares, joined, points

if TYPE_CHECKING:
    from it4it_assess.model.assessment import (
        Assessment,
        CriterionValue,
        PlannedInitiative,
        Roadmap,
        StreamRank,
    )
    from it4it_assess.model.questionnaire import Questionnaire

MOST_REASONS = 3
SEEN = 0.005
"""A lead smaller than this would be written as 0.00."""

SURENESS = {
    "clear": "The pick is clear",
    "leaning": "The pick leans this way",
    "contested": "The pick is contested",
    "gated": "No stream can go first yet",
    "alone": "There is one stream to choose from",
}

PLAN_RULES = {
    "greedy": (
        "The first quarter serves the stream that comes first and what it needs; after that, "
        "whatever gains most for a day of work."
    ),
    "optimal": (
        "The first quarter serves the stream that comes first and what it needs; the rest is "
        "laid out so that the plan as a whole gains most, and soonest."
    ),
}


def headline(assessment: Assessment) -> str:
    """Say which stream comes first, or that none can yet."""
    first = assessment.ranking.first
    if _nothing_is_known(assessment):
        return "Nothing is answered yet, so no stream can be said to come first"
    if first is None:
        return "No value stream is ready to go first"
    if assessment.robustness.verdict == "contested":
        return f"{title_of(assessment, first)} first, by a narrow margin"
    return f"Adopt {title_of(assessment, first)} first"


def sureness(assessment: Assessment) -> str:
    """Say how sure the pick is, and what that rests on."""
    robustness, first = assessment.robustness, assessment.ranking.first
    said = SURENESS[robustness.verdict]
    if first is None or robustness.verdict == "alone":
        return f"{said}."
    share = in_shares(robustness.rank_shares[first][0])
    return (
        f"{said}: {title_of(assessment, first)} comes first in {share} of "
        f"{robustness.samples:,} trials that vary the weights and the answers still open."
        + thin_basis(assessment)
    )


def _nothing_is_known(assessment: Assessment) -> bool:
    """Say whether no question is answered and no pain, goal or readiness is rated."""
    answered = any(reading.level is not None for reading in assessment.readings.values())
    rated = any(
        not value.assumed
        for stream in assessment.ranking.streams
        for value in stream.criteria
        if value.criterion in {"pain", "goals", "readiness"}
    )
    return not answered and not rated


def thin_basis(assessment: Assessment) -> str:
    """Warn where so little is answered that the pick rests on assumptions."""
    thin = [
        stream.title
        for stream in assessment.scorecard.streams
        if stream.score is None and stream.low is not None
    ]
    if not thin:
        return ""
    return f" Too little is answered to score {joined(thin)}: answer more before you decide."


def reasons(assessment: Assessment, questionnaire: Questionnaire) -> list[str]:
    """Give what puts the first stream ahead of the next, each with where it comes from."""
    rivals = _open_rivals(assessment)
    titles = {criterion.id: criterion.title for criterion in questionnaire.criteria}
    ahead = f" ahead of {rivals[0].title}" if rivals else ""
    return [
        f"{titles[value.criterion]}: {value.because} ({points(lead, 2)}{ahead})"
        for value, lead in leads(assessment)
    ]


def leads(assessment: Assessment) -> list[tuple[CriterionValue, float]]:
    """Return where the first stream is ahead of the next that could be first, and how far."""
    if not assessment.ranking.streams:
        return []
    top, rivals = assessment.ranking.streams[0], _open_rivals(assessment)
    ahead = {
        name: part - (rivals[0].contributions[name] if rivals else 0.0)
        for name, part in top.contributions.items()
    }
    most = sorted(top.criteria, key=lambda value: -ahead[value.criterion])[:MOST_REASONS]
    return [(value, ahead[value.criterion]) for value in most if ahead[value.criterion] >= SEEN]


def gates(assessment: Assessment) -> list[str]:
    """Say of each gated stream what keeps it from being first, and what it would score."""
    return [
        f"{stream.title} (value {points(stream.value, 2)}) is not to be first: "
        + joined([gate.because.rstrip(".") for gate in stream.gates])
        + "."
        for stream in assessment.ranking.streams
        if stream.gates
    ]


def runner_up(assessment: Assessment) -> str | None:
    """Say how far ahead the first is of the next stream that could be first."""
    rivals = _open_rivals(assessment)
    if not rivals:
        return None
    first, rival = assessment.ranking.streams[0], rivals[0]
    return (
        f"Its value is {points(first.value, 2)} of 1; {rival.title} follows with "
        f"{points(rival.value, 2)}."
    )


def changers(assessment: Assessment, questionnaire: Questionnaire) -> list[str]:
    """Say what would change the pick: a shift of weight, one weight, one answer."""
    robustness = assessment.robustness
    titles: dict[str, str] = {one.id: one.title for one in questionnaire.criteria}
    said = []
    if (flip := robustness.smallest_flip) is not None:
        said.append(
            f"Moving {points(100 * flip.shift, 0)} of 100 points of weight to "
            f"{titles[flip.towards]} would bring {title_of(assessment, flip.rival)} level."
        )
    elif _open_rivals(assessment):
        said.append("No other weighting of the criteria puts another open stream first.")
    weights = assessment.ranking.weights
    nearest = sorted(
        robustness.break_even, key=lambda tie: abs(tie.weight - weights[tie.criterion])
    )
    for tie in nearest[:1]:
        now = weights[tie.criterion]
        said.append(
            f"Of single weights, {titles[tie.criterion]} is the nearest to matter: at "
            f"{points(100 * tie.weight, 0)} % (now {points(100 * now, 0)} %) "
            f"{title_of(assessment, tie.rival)} would be level."
        )
    if (answer := robustness.deciding_answer) is not None:
        then = (
            "no stream could go"
            if answer.first is None
            else (f"{title_of(assessment, answer.first)} would come")
        )
        standing = "open today" if answer.now is None else f"{answer.now:g} today"
        said.append(
            f'One answer decides: were "{questionnaire.questions[answer.question].ask}" '
            f"({standing}) a {answer.would_be:g}, {then} first."
        )
    elif assessment.ranking.streams:
        said.append("No single answer would change which stream comes first.")
    return said


def difference(before: Assessment, after: Assessment) -> str:
    """Say what a change that was only tried does to the pick."""
    old, new = before.ranking.first, after.ranking.first
    if old == new:
        return "With this change the pick stays as it is."
    was = "no stream" if old is None else title_of(before, old)
    return f"Without this change it would be {was}."


def next_monday(assessment: Assessment) -> PlannedInitiative | None:
    """Return the first initiative of the plan that says how to begin."""
    planned = (job for job in assessment.roadmap.initiatives if job.quarter is not None)
    return next((job for job in planned if job.first_step), None)


def proof(roadmap: Roadmap) -> str:
    """Say whether the plan is known to be the best, or how near to it."""
    if roadmap.gap is None:
        return "The roadmap is a heuristic and is not proved to be the best one."
    if roadmap.gap == 0:
        return (
            "The roadmap is proven best: of the plans that do as much for the first stream in "
            "the first quarter, none is worth more by the values and days given."
        )
    return f"The roadmap is within {_rounded_up(roadmap.gap)} % of the best possible plan."


def _rounded_up(share: float) -> str:
    """Write a share as a percentage that is never less than it."""
    tenths = ceil(1000 * share) / 10
    return f"{tenths:g}"


def title_of(assessment: Assessment, stream: str) -> str:
    """Return a stream's title."""
    return next(one.title for one in assessment.scorecard.streams if one.id == stream)


def _open_rivals(assessment: Assessment) -> list[StreamRank]:
    if assessment.ranking.first is None:
        return []
    return [stream for stream in assessment.ranking.streams[1:] if not stream.gates]
