"""An assessment as plain data for other programs; the keys are a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment, Scorecard
    from it4it_assess.model.comparison import Comparison, Trend
    from it4it_assess.model.questionnaire import Questionnaire


def score_data(organisation: str, questionnaire: Questionnaire, card: Scorecard) -> dict[str, Any]:
    """Return every score: overall, streams with components, lenses and views."""
    return {
        "organisation": organisation,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        **card.model_dump(mode="json"),
    }


def rank_data(assessment: Assessment) -> dict[str, Any]:
    """Return the ranking and how firm it is."""
    ranking, robustness = assessment.ranking, assessment.robustness
    flip, deciding = robustness.smallest_flip, robustness.deciding_answer
    ties = {tie.criterion: tie for tie in robustness.break_even}
    return {
        "organisation": assessment.organisation.name,
        "first": ranking.first,
        "verdict": robustness.verdict,
        "streams": [
            {
                "id": stream.id,
                "title": stream.title,
                "rank": stream.rank,
                "value": stream.value,
                "gated_by": list(stream.gated_by),
                "contributions": stream.contributions,
                "points": {value.criterion: value.points for value in stream.criteria},
                "first_share": robustness.rank_shares[stream.id][0],
                "rank_shares": list(robustness.rank_shares[stream.id]),
            }
            for stream in ranking.streams
        ],
        "weights": ranking.weights,
        "break_even": {
            criterion: ties[criterion].weight if criterion in ties else None
            for criterion in ranking.weights
        },
        "break_even_rival": {criterion: tie.rival for criterion, tie in ties.items()},
        "smallest_flip": None if flip is None else flip.shift,
        "smallest_flip_rival": None if flip is None else flip.rival,
        "smallest_flip_towards": None if flip is None else flip.towards,
        "deciding_answer": None if deciding is None else deciding.model_dump(mode="json"),
        "assumptions": list(assessment.assumptions),
    }


def roadmap_data(assessment: Assessment) -> dict[str, Any]:
    """Return the roadmap: waves, initiatives, projected scores, days and cost."""
    return {
        "organisation": assessment.organisation.name,
        "first": assessment.ranking.first,
        **assessment.roadmap.model_dump(mode="json"),
    }


def comparison_data(comparison: Comparison, trend: Trend) -> dict[str, Any]:
    """Return a comparison as plain data for other programs; the keys are a promise."""
    return {**comparison.model_dump(mode="json"), "trend": trend.model_dump(mode="json")}
