"""What moved the ranking between two sittings, and with it the pick."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from it4it_assess.engine.mixing import STEPS, judge, mixed, taken_apart
from it4it_assess.model.comparison import CriterionChange, Pick, PickMove, RankChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from it4it_assess.engine.mixing import Judged
    from it4it_assess.model.assessment import StreamRank
    from it4it_assess.model.comparison import Step


def pick_change(way: Sequence[Judged], changed: Iterable[Step]) -> Pick:
    """Return the pick then and now, and which classes of change it hangs on."""
    old, new = way[0].sitting, way[-1].sitting
    firsts = [state.ranking.first for state in way]
    everything = frozenset(STEPS)
    return Pick(
        old=firsts[0],
        new=firsts[-1],
        moves=tuple(
            PickMove(step=step, before=before, after=after)
            for step, (before, after) in zip(STEPS, pairwise(firsts), strict=True)
            if before != after
        ),
        without={
            step: judge(mixed(old, new, everything - {step})).ranking.first for step in changed
        },
    )


def rank_changes(way: Sequence[Judged]) -> tuple[RankChange, ...]:
    """Return each stream's place and value then and now, with what each criterion did."""
    places = [{stream.id: stream for stream in state.ranking.streams} for state in way]
    return tuple(_rank_change(name, places) for name in dict.fromkeys([*places[-1], *places[0]]))


def _rank_change(name: str, places: Sequence[Mapping[str, StreamRank]]) -> RankChange:
    old, new = places[0].get(name), places[-1].get(name)
    known = new or old
    assert known is not None
    values = [place[name].value if name in place else None for place in places]
    before = {one.criterion: one for one in old.criteria} if old else {}
    after = {one.criterion: one for one in new.criteria} if new else {}
    return RankChange(
        **dict(taken_apart(values[0], values[-1], values)),
        id=name,
        title=known.title,
        old_rank=old.rank if old else None,
        new_rank=new.rank if new else None,
        old_gates=tuple(gate.because for gate in old.gates) if old else (),
        new_gates=tuple(gate.because for gate in new.gates) if new else (),
        criteria=tuple(
            CriterionChange(
                criterion=one,
                old_points=before[one].points if one in before else None,
                new_points=after[one].points if one in after else None,
                old_contribution=old.contributions[one] if old and one in before else None,
                new_contribution=new.contributions[one] if new and one in after else None,
            )
            for one in dict.fromkeys([*after, *before])
        ),
    )
