"""Where each stream should get to: the firm's own word, else a suggestion with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.model.assessment import Target

if TYPE_CHECKING:
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Circumstance, Questionnaire, ValueStream

GOAL_COUNTS_FROM = 4
"""A goal shapes targets when its importance is at least this, of 5."""

HIGHEST_SUGGESTED_SHARE = 0.7
"""No suggestion goes above this share of the scale, 3.5 of 5: never "5 everywhere"."""


def set_targets(questionnaire: Questionnaire, answers: AnswerFile) -> tuple[Target, ...]:
    """Return each stream's target on the scale, with the steps that led to it."""
    return tuple(_target(questionnaire, stream, answers) for stream in questionnaire.streams)


def target_values(questionnaire: Questionnaire, answers: AnswerFile) -> dict[str, float]:
    """Return each stream's target without its reasons, by the stream's id."""
    return {target.stream: target.value for target in set_targets(questionnaire, answers)}


def _target(questionnaire: Questionnaire, stream: ValueStream, answers: AnswerFile) -> Target:
    stated = answers.context.targets.get(stream.id)
    if stated is not None:
        return Target(stream=stream.id, value=stated, reasons=("set by the firm",))
    value = questionnaire.usual_target(stream)
    reasons = [f"usual target {value:g}"]
    usual, (lowest, highest) = value, (questionnaire.values[0], questionnaire.values[-1])
    for rule in questionnaire.target_rules:
        if rule.stream == stream.id and _holds(rule.when, answers):
            value += rule.by
            reasons.append(f"{rule.by:+g}: {rule.because}")
    floor = min(usual, questionnaire.values[1])
    ceiling = max(usual, lowest + HIGHEST_SUGGESTED_SHARE * (highest - lowest))
    within = min(max(value, floor), ceiling)
    if within != value:
        reasons.append(f"kept between {floor:g} and {ceiling:g}")
    return Target(stream=stream.id, value=within, reasons=tuple(reasons))


def _holds(when: Circumstance, answers: AnswerFile) -> bool:
    """Say whether a rule's circumstance is this firm's."""
    organisation, goals = answers.organisation, answers.context.goals
    return (
        (when.size is not None and when.size == organisation.size)
        or (when.sector is not None and when.sector == organisation.sector)
        or (when.regulation is not None and when.regulation in organisation.regulation)
        or (when.goal is not None and goals.get(when.goal, 0) >= GOAL_COUNTS_FROM)
    )
