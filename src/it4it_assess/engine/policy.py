"""Whether scores keep to a policy. A score that cannot be given keeps to no floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.scoring import SLACK
from it4it_assess.model.policy import OVERALL, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.model.assessment import Reading, Score, Scorecard
    from it4it_assess.model.policy import Policy
    from it4it_assess.model.questionnaire import Question, Questionnaire


class Subject(NamedTuple):
    """Something that has a score, with the questions it rests on."""

    id: str
    title: str
    score: Score
    questions: Sequence[Question]


class Baseline(NamedTuple):
    """An earlier state: what it scored, and what its questions stood at."""

    subjects: Mapping[str, Subject]
    readings: Mapping[str, Reading]


def subjects(questionnaire: Questionnaire, card: Scorecard) -> dict[str, Subject]:
    """Return everything a policy can name, by id: overall, streams, components, lenses."""
    found = [Subject(OVERALL, "Overall", card.overall, list(questionnaire.questions.values()))]
    for stream, scored in zip(questionnaire.streams, card.streams, strict=True):
        found.append(Subject(stream.id, stream.title, scored, stream.questions))
        found += [
            Subject(part.id, part.title, own, part.questions)
            for part, own in zip(stream.components, scored.components, strict=True)
        ]
    found += [
        Subject(lens.id, lens.title, lens, questionnaire.seen_through[lens.id])
        for lens in card.lenses
    ]
    by_id: dict[str, Subject] = {}
    for one in found:
        by_id.setdefault(one.id, one)
    return by_id


def hold_against(
    policy: Policy,
    now: Mapping[str, Subject],
    readings: Mapping[str, Reading],
    before: Baseline | None = None,
) -> tuple[Outcome, ...]:
    """Return the outcome of every rule, in the policy's order.

    The policy must name only subjects that are there. Rules about a baseline are left out
    where there is none.
    """
    outcomes = [
        *(_floor(now[name], least) for name, least in policy.min.items()),
        *(_level(now[name], least) for name, least in policy.min_level.items()),
        *(_coverage(now[name], least) for name, least in policy.min_coverage.items()),
    ]
    if before is not None and policy.max_drop is not None:
        outcomes += _drops(now, before.subjects, policy.max_drop)
    then = {} if before is None else before.readings
    return tuple(
        one if one.holds else _pointed(one, now[one.subject], readings, then) for one in outcomes
    )


def _floor(subject: Subject, least: float) -> Outcome:
    score = subject.score.score
    if score is None:
        said = f"no score can be given ({subject.score.coverage:.0%} answered)"
    else:
        said = f"scores {score:.2f}"
    return Outcome(
        rule="min",
        subject=subject.id,
        title=subject.title,
        holds=score is not None and score >= least - SLACK,
        message=f"{subject.title}: {said}; the floor is {least:g}",
    )


def _level(subject: Subject, least: int) -> Outcome:
    level = subject.score.level
    said = "no level can be given" if level is None else f"reaches level {level}"
    return Outcome(
        rule="min-level",
        subject=subject.id,
        title=subject.title,
        holds=level is not None and level >= least,
        message=f"{subject.title}: {said}; level {least} is asked for",
    )


def _coverage(subject: Subject, least: float) -> Outcome:
    share = subject.score.coverage
    return Outcome(
        rule="min-coverage",
        subject=subject.id,
        title=subject.title,
        holds=share >= least - SLACK,
        message=f"{subject.title}: {share:.1%} answered; {least:.1%} is asked for",
    )


def _drops(
    now: Mapping[str, Subject], before: Mapping[str, Subject], most: float
) -> Iterator[Outcome]:
    """Hold overall, streams and components against the baseline, where it had a score."""
    for name, old in before.items():
        if name not in now or old.score.score is None:
            continue
        subject = now[name]
        score = subject.score.score
        fell = None if score is None else old.score.score - score
        said = "no score can be given now" if score is None else f"scores {score:.2f}"
        allowed = f"; it may fall by {most:g}" if most else ""
        yield Outcome(
            rule="no-regression",
            subject=name,
            title=subject.title,
            holds=fell is not None and fell <= most + SLACK,
            message=f"{subject.title}: {said}; the baseline has {old.score.score:.2f}{allowed}",
        )


def _pointed(
    outcome: Outcome,
    subject: Subject,
    readings: Mapping[str, Reading],
    then: Mapping[str, Reading],
) -> Outcome:
    """Point an outcome at the question that weighs most against it.

    That is one nobody answered where coverage is at stake, the one that fell most where a
    baseline is, and else the lowest; a missing answer counts as its lowest.
    """

    def against(question: Question) -> float:
        reading = readings[question.id]
        level = reading.low if reading.level is None else reading.level
        match outcome.rule:
            case "min-coverage":
                return question.weight if reading.level is None else 0.0
            case "no-regression":
                old = then[question.id].level
                return question.weight * (0.0 if old is None else old - level)
        return -level

    applying = [one for one in subject.questions if readings[one.id].state != "not_applicable"]
    if not applying:
        return outcome
    return outcome.model_copy(update={"question": max(applying, key=against).id})
