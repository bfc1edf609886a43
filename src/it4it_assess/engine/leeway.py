"""How far one answer can move the streams' values at most: what cannot decide need not be tried.

Whether an answer puts another stream first is asked of every answer at every level, and
mostly it cannot. Its leeway tells so at the cost of one ranking instead of one a level. All
bounds are on the safe side: what is let through is ranked in full.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import reach, standing
from it4it_assess.engine.bundles import closure
from it4it_assess.engine.criteria import MOST, effort_points, gap_points, unmet
from it4it_assess.engine.ranking import criteria_weights, outlook, unsponsored
from it4it_assess.engine.scoring import SLACK, central

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.engine.footing import Footing


class _Work(NamedTuple):
    """What a stream's open work takes in days, and what it brings in scale units."""

    days: float
    gain: float


class Leeway:
    """Says of a question whether any level of it might put another stream first."""

    def __init__(self, now: Footing) -> None:
        self._now, self._asked = now, now.questionnaire
        asked, context = now.questionnaire, now.answers.context
        self._touched = asked.once(reach)
        self._works = {name: self._work(name) for name in now.targets}
        weights = criteria_weights(asked, context)
        whole = MOST * fsum(weights.values())
        self._gap_weight = weights.get("gap", 0.0) / whole
        self._effort_weight = weights.get("effort", 0.0) / whole
        self._first, self._values = outlook(asked, context, now.standings)
        waiting = {need.stream for need in unmet(asked, now.standings)}
        self._open = [
            stream.id
            for stream in asked.streams
            if stream.id in self._values
            and stream.id not in waiting
            and not unsponsored(context, stream)
        ]

    def may_decide(self, question: str) -> bool:
        """Say whether some level of an applicable question might change which stream is first."""
        own, values = (
            self._asked.stream_of[question].id,
            self._asked.values,
        )
        scores = [
            central(self._now.cells.stream_with(question, level))
            for level in (values[0], values[-1])
        ]
        if self._may_gate(own, scores):
            return True
        if self._first is None:
            return False
        lows, highs = dict(self._values), dict(self._values)
        for name in self._touched[question][1]:
            if name in self._values:
                at = scores if name == own else [self._now.standings[name].score] * 2
                lows[name], highs[name] = self._range(question, name, at)
        rivals = [highs[name] for name in self._open if name != self._first]
        return max(rivals, default=-MOST) >= lows[self._first] - SLACK

    def _may_gate(self, stream: str, scores: Sequence[float]) -> bool:
        """Say whether a dependency on a stream may turn, met or unmet; scores: least and most."""
        now = self._now.standings[stream].score
        return any(
            len({score < need.score - SLACK for score in (now, *scores)}) > 1
            for need in self._asked.dependencies
            if need.needs == stream
        )

    def _range(self, question: str, stream: str, scores: Sequence[float]) -> tuple[float, float]:
        """Return the least and the most a stream's value can be, its gates and enabling kept."""
        now, context = self._now.standings[stream], self._now.answers.context
        least, most = self._days(question, stream)
        rest = self._values[stream] - self._weigh(
            gap_points(self._asked, now), effort_points(context, now)
        )
        low, high = (
            rest
            + self._weigh(
                gap_points(self._asked, now._replace(score=score)),
                effort_points(context, now._replace(days=days)),
            )
            for score, days in ((scores[1], most), (scores[0], least))
        )
        return low, high

    def _weigh(self, gap: float, effort: float) -> float:
        return self._gap_weight * gap + self._effort_weight * effort

    def _days(self, question: str, stream: str) -> tuple[float, float]:
        """Return the least and the most days that a stream's target can take.

        The answer bears only on the work that lifts the question or needs work that does. At
        most all of that, with all it needs, comes on top or falls away; and at most it brings
        what it would if nothing before it brought a part.
        """
        values, readings = self._asked.values, self._now.readings
        target, work = self._now.targets[stream], self._works[stream]
        concerned: dict[str, None] = {}
        gain, climb = work.gain, self._now.climbs[stream]
        for name in self._touched[question][0]:
            lifts = [
                (asked, level)
                for asked, level in self._asked.initiatives[name].lifts.items()
                if asked in self._now.shares and self._asked.stream_of[asked].id == stream
            ]
            if not lifts:
                continue
            concerned.update(dict.fromkeys(closure(name, self._asked.needs)))
            if name in self._now.backlog:
                gain -= self._now.backlog[name].gains.get(stream, 0.0)
            for asked, level in lifts:
                start = values[0] if asked == question else standing(readings[asked])
                gain += self._now.shares[asked] * max(0.0, min(level, target) - start)
        if self._asked.stream_of[question].id == stream:
            climb -= self._now.shares[question] * (values[-1] - standing(readings[question]))
        size = self._now.answers.organisation.size
        days = fsum(self._asked.initiatives[name].effort_days.for_size(size) for name in concerned)
        if climb <= 2 * SLACK or gain <= 0:
            return 0.0, work.days + days
        return max(0.0, work.days - days) * min(1.0, climb / gain), work.days + days

    def _work(self, stream: str) -> _Work:
        lifting = [work for work in self._now.backlog.values() if stream in work.gains]
        wanted = dict.fromkeys(name for work in lifting for name in work.bundle)
        return _Work(
            days=fsum(self._now.backlog[name].days for name in wanted),
            gain=fsum(work.gains[stream] for work in lifting),
        )
