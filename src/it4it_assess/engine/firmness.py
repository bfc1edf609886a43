"""How firm the pick is, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.deciding import deciding_answer
from it4it_assess.engine.robustness import break_even_weights, smallest_flip
from it4it_assess.engine.sampling import SEED, sampled_rank_shares
from it4it_assess.engine.standings import ranker
from it4it_assess.model.assessment import BreakEven, Flip, Robustness

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from it4it_assess.engine.footing import Footing
    from it4it_assess.model.assessment import Ranking, StreamRank

CLEAR_FROM = 0.8
LEANING_FROM = 0.5
"""Shares of first place from which a pick is called clear, or leaning (our convention)."""


def shake(now: Footing, ranking: Ranking, samples: int) -> Robustness:
    """Return how firm the pick is: over trials, against each weight, and against each answer."""
    asked, readings = now.questionnaire, now.readings
    shares = sampled_rank_shares(
        asked, now.answers.context, readings, now.standings, ranking, samples=samples
    )
    rivals = [stream for stream in ranking.streams[1:] if not stream.gates]
    winner = ranking.streams[0] if ranking.first is not None else None
    return Robustness(
        rank_shares=shares,
        samples=samples,
        seed=SEED,
        break_even=_break_even(winner, rivals, ranking) if winner else (),
        smallest_flip=_smallest_flip(winner, rivals, ranking) if winner else None,
        deciding_answer=deciding_answer(asked, readings, ranking.first, ranker(now)),
        verdict=_verdict(ranking, shares),
    )


def _points(stream: StreamRank) -> list[float]:
    return [value.points for value in stream.criteria]


def _break_even(
    winner: StreamRank, rivals: list[StreamRank], ranking: Ranking
) -> tuple[BreakEven, ...]:
    """Return for each criterion the nearest weight at which some rival ties."""
    weights = list(ranking.weights.values())
    against = {
        rival.id: break_even_weights(_points(winner), _points(rival), weights) for rival in rivals
    }
    nearest = []
    for place, (criterion, weight) in enumerate(ranking.weights.items()):
        ties = [
            BreakEven(criterion=criterion, weight=tie, rival=rival)
            for rival, ties in against.items()
            if (tie := ties[place]) is not None
        ]
        if ties:
            nearest.append(min(ties, key=lambda tie: abs(tie.weight - weight)))
    return tuple(nearest)


def _smallest_flip(winner: StreamRank, rivals: list[StreamRank], ranking: Ranking) -> Flip | None:
    weights = list(ranking.weights.values())
    names = list(ranking.weights)
    flips = []
    for rival in rivals:
        shift = smallest_flip(_points(winner), _points(rival), weights)
        if shift is not None:
            leads = [
                one - other for one, other in zip(_points(winner), _points(rival), strict=True)
            ]
            towards = names[leads.index(min(leads))]
            flips.append(Flip(shift=shift, rival=rival.id, towards=towards))
    return min(flips, key=lambda flip: flip.shift, default=None)


def _verdict(
    ranking: Ranking, shares: Mapping[str, tuple[float, ...]]
) -> Literal["clear", "leaning", "contested", "gated", "alone"]:
    if ranking.first is None:
        return "gated"
    if len(ranking.streams) == 1:
        return "alone"
    share = shares[ranking.first][0]
    if share >= CLEAR_FROM:
        return "clear"
    return "leaning" if share >= LEANING_FROM else "contested"
