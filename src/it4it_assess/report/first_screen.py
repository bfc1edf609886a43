"""What the first screen says in plain words: what first, how sure, what to do next Monday."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures, words
from it4it_assess.report.plan import TALK_FIRST

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.plan import Job, Person
    from it4it_assess.report.voices import Dispute

HUNDRED = 100

MORE = {
    "pain": "It hurts more",
    "goals": "More of your goals lean on it",
    "gap": "It is further from where it should be",
    "readiness": "Your people are readier for it",
    "effort": "It takes less work",
    "enabling": "More of the rest waits for it",
}
"""What a lead on a criterion means, by the criterion's id."""

SURE = {
    "clear": "This is clear.",
    "leaning": "This is likely, not certain.",
    "contested": "This is a close call.",
}


class Trials(NamedTuple):
    """In how many trials of a hundred a stream comes first; they add up to a hundred."""

    id: str
    title: str
    trials: int


class Task(NamedTuple):
    """One line of the checklist: what to do, why or how long, and where the page says more."""

    what: str
    detail: str
    place: str
    id: str


def first_places(assessment: Assessment) -> tuple[Trials, ...]:
    """Return the streams by their first places of a hundred trials, the pick before the others.

    Whole trials, shared out by largest remainder, so that a hundred dots can be drawn.
    """
    first, robustness = assessment.ranking.first, assessment.robustness
    if first is None or robustness.verdict == "alone":
        return ()
    exact = {one: HUNDRED * shares[0] for one, shares in robustness.rank_shares.items()}
    counts = {one: int(share) for one, share in exact.items()}
    by_rest = sorted(exact, key=lambda one: (counts[one] - exact[one], one))
    for one in by_rest[: HUNDRED - sum(counts.values())]:
        counts[one] += 1
    order = sorted(counts, key=lambda one: (one != first, -counts[one], one))
    return tuple(
        Trials(one, words.title_of(assessment, one), counts[one])
        for one in order
        if counts[one] or one == first
    )


def plain_sureness(assessment: Assessment) -> str:
    """Say how sure the pick is, for somebody who has never met the method."""
    places = first_places(assessment)
    if not places:
        return words.sureness(assessment)
    pick, others = places[0], [one.title for one in places[1:]]
    said = (
        f"{SURE.get(assessment.robustness.verdict, '')} We tried other weights, and other answers "
        f"to all that is still open: in {pick.trials} of {HUNDRED} tries {pick.title} still came "
        "first"
    )
    said += f", in the rest {figures.joined(others)}." if others else "."
    return (said + words.thin_basis(assessment)).strip()


def plain_reasons(assessment: Assessment) -> tuple[str, ...]:
    """Say on what the first stream is ahead of the next one, without figures of the method."""
    return tuple(
        f"{MORE[value.criterion]}: {value.because}." for value, _ in words.leads(assessment)
    )


def plain_changers(assessment: Assessment, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Say what would change the pick, without the arithmetic."""
    flip = assessment.robustness.smallest_flip
    rest = words.changers(assessment, questionnaire)[-1:]
    if flip is None:
        return tuple(rest)
    towards = next(one.title for one in questionnaire.criteria if one.id == flip.towards)
    shift = figures.points(HUNDRED * flip.shift, 0)
    rival = words.title_of(assessment, flip.rival)
    level = f"If {towards} counted {shift} points of {HUNDRED} more, {rival} would draw level."
    return (level, *rest)


def checklist(
    begin: Job | None, people: tuple[Person, ...], disputes: tuple[Dispute, ...]
) -> tuple[Task, ...]:
    """Return what to do next Monday: the first step, time for it, one talk, one question."""
    if begin is None:
        return ()
    tasks = [
        Task(begin.first_step, f"This begins: {begin.title}.", "roadmap", begin.id),
        Task(
            f"Keep {begin.days} free for it.",
            f"Who: {begin.owner}." if begin.owner else "Say who does it.",
            "roadmap",
            begin.id,
        ),
    ]
    tasks += [
        Task(
            f"Talk to {person.name} first, and alone.",
            f"Influence {person.influence} of 5, support {person.support} of 5.",
            "people",
            "",
        )
        for person in people
        if person.advice == TALK_FIRST
    ][:1]
    tasks += [
        Task(f"Ask this together: {one.ask}", f"{', '.join(one.voices)}.", "disputes", one.id)
        for one in disputes[:1]
    ]
    return tuple(tasks)
