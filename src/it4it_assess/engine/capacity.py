"""What more or fewer days a quarter would buy: each plan by the same function as the roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.backlog import open_initiatives, question_shares, worthwhile
from it4it_assess.engine.scoring import SLACK
from it4it_assess.engine.waves import lay_out
from it4it_assess.model.capacity import CapacityCurve, CapacityPoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Assessment, Method, Roadmap
    from it4it_assess.model.questionnaire import Questionnaire

WEEKS_A_QUARTER = 13

SHARES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""The capacities tried, as shares of the firm's own: half of it to three times as much."""


def capacity_curve(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    assessment: Assessment,
    *,
    method: Method = "greedy",
) -> CapacityCurve:
    """Plan an assessed firm's work over other capacities, lowest first.

    Ranking and values stay those of the assessment. `--what-if` on the capacity judges
    anew instead, effort and so the order of streams with it, and its values could not be
    held beside each other.
    """
    now = answers.context.capacity.days_per_quarter
    more = now + WEEKS_A_QUARTER
    planned = _planner(questionnaire, answers, assessment, method)
    tried = sorted({*(now * share for share in SHARES), more})
    plans = {days: planned(days) for days in tried}
    targets = {target.stream: target.value for target in assessment.targets}
    return CapacityCurve(
        method=method,
        quarters=answers.context.capacity.quarters,
        now=now,
        one_more_day_a_week=more,
        points=tuple(_point(days, now, plans, targets) for days in tried),
    )


def _planner(
    questionnaire: Questionnaire, answers: AnswerFile, assessment: Assessment, method: Method
) -> Callable[[float], Roadmap]:
    readings = assessment.readings
    targets = {target.stream: target.value for target in assessment.targets}
    backlog = worthwhile(
        open_initiatives(
            questionnaire,
            readings,
            targets,
            answers.organisation.size,
            question_shares(questionnaire, readings),
            questionnaire.initiatives,
        )
    )

    def planned(days: float) -> Roadmap:
        capacity = answers.context.capacity.model_copy(update={"days_per_quarter": days})
        context = answers.context.model_copy(update={"capacity": capacity})
        return lay_out(
            questionnaire,
            answers.model_copy(update={"context": context}),
            readings,
            targets,
            assessment.ranking,
            backlog,
            today=assessment.date,
            method=method,
        )

    return planned


def _point(
    days: float, now: float, plans: Mapping[float, Roadmap], targets: Mapping[str, float]
) -> CapacityPoint:
    plan, own = plans[days], plans[now]
    return CapacityPoint(
        days_per_quarter=days,
        more=days - now,
        initiatives=sum(len(wave.initiatives) for wave in plan.waves),
        days=plan.days,
        value=plan.value,
        of_now=plan.value / own.value if own.value else None,
        bound=plan.bound,
        gap=plan.gap,
        reached=reached(plan, targets),
    )


def reached(plan: Roadmap, targets: Mapping[str, float]) -> dict[str, int | None]:
    """Return for each scored stream the quarter that brings it to its target, 0 for today."""
    scores = {
        0: plan.today,
        **{wave.quarter: wave.projected for wave in plan.waves},
    }
    return {
        stream: next(
            (quarter for quarter, at in scores.items() if at[stream] >= targets[stream] - SLACK),
            None,
        )
        for stream in plan.today
    }
