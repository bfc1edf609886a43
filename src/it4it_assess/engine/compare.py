"""Two assessments of one organisation laid side by side: what changed, and why.

Every figure is made by the functions that make it for one assessment; a difference is taken
apart by making it again with one class of change at a time (`engine/mixing.py`).
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING

from it4it_assess.engine.changes import (
    answer_changes,
    questionnaire_change,
    setting_changes,
)
from it4it_assess.engine.mixing import STEPS, Judged, Sitting, comparable, judge, mixed, stairs
from it4it_assess.engine.progress import indicator_changes, initiative_changes, moved_together
from it4it_assess.engine.scoring import combine_parts, component_cell, lens_cell, stream_part
from it4it_assess.model.comparison import (
    Change,
    Comparison,
    CriterionChange,
    Pick,
    PickMove,
    RankChange,
    ScoreChange,
    Side,
    StreamChange,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from it4it_assess.model.assessment import Score, StreamRank, StreamScore
    from it4it_assess.model.comparison import AnswerChange, Setting, Step

    Figure = Callable[[Judged], float | None]


def compare(old: Sitting, new: Sitting) -> Comparison:
    """Say what changed from one sitting to the other, and what each class of change did.

    Raises AssessError for different questionnaires, or versions on different scales.
    """
    comparable(old, new)
    way = stairs(old, new)
    then, read_anew, now = way[0], way[1], way[-1]
    answers = answer_changes(read_anew, now)
    settings = setting_changes(old, new)
    asked = questionnaire_change(old.questionnaire, new.questionnaire)
    initiatives = initiative_changes(read_anew, now)
    changed = _changed(old, new, answers, settings)
    return Comparison(
        old=_side(old),
        new=_side(new),
        steps=STEPS,
        changed=changed,
        overall=_score_change(
            "overall", "Overall", way, then.card.overall, now.card.overall, _overall_mean
        ),
        streams=_stream_changes(way),
        lenses=_lens_changes(way),
        pick=_pick(way, changed),
        ranking=_rank_changes(way),
        answers=answers,
        initiatives=initiatives,
        together=moved_together(read_anew, now, initiatives),
        indicators=indicator_changes(old, new),
        settings=settings,
        questionnaire=asked,
    )


def taken_apart(old: float | None, new: float | None, way: Sequence[float | None]) -> Change:
    """Return a change with its parts: what the figure does at each step of the way.

    `old` and `new` are the figures as shown; they may be held back (too little answered)
    where the way still has a figure.
    """
    if old is None or new is None:
        return Change(old=old, new=new, delta=None, parts=None)
    steps = [figure for figure in way if figure is not None]
    if len(steps) < len(way):
        return Change(old=old, new=new, delta=new - old, parts=None)
    parts = {
        step: after - before
        for step, (before, after) in zip(STEPS, pairwise(steps), strict=True)
        if after != before
    }
    return Change(old=old, new=new, delta=fsum(parts.values()), parts=parts)


def _changed(
    old: Sitting, new: Sitting, answers: Sequence[AnswerChange], settings: Sequence[Setting]
) -> tuple[Step, ...]:
    """Return the classes in which anything changed, in the order of the steps."""
    seen = {setting.step for setting in settings}
    if answers:
        seen.add("answers")
    if old.questionnaire != new.questionnaire:
        seen.add("questionnaire")
    return tuple(step for step in STEPS if step in seen)


def _side(sitting: Sitting) -> Side:
    asked, answers = sitting
    said = answers.questionnaire_version
    return Side(
        organisation=answers.organisation.name,
        date=answers.date,
        version=asked.version,
        answered_with=said if said != asked.version else None,
    )


def _score_change(
    name: str,
    title: str,
    way: Sequence[Judged],
    old: Score | None,
    new: Score | None,
    mean: Figure,
) -> ScoreChange:
    change = taken_apart(
        old.score if old else None, new.score if new else None, [mean(state) for state in way]
    )
    return ScoreChange(
        **dict(change),
        id=name,
        title=title,
        old_low=old.low if old else None,
        old_high=old.high if old else None,
        new_low=new.low if new else None,
        new_high=new.high if new else None,
        old_coverage=old.coverage if old else None,
        new_coverage=new.coverage if new else None,
    )


def _stream_changes(way: Sequence[Judged]) -> tuple[StreamChange, ...]:
    then, now = _streams(way[0]), _streams(way[-1])
    return tuple(
        _stream_change(name, way, then.get(name), now.get(name))
        for name in dict.fromkeys([*now, *then])
    )


def _stream_change(
    name: str, way: Sequence[Judged], old: StreamScore | None, new: StreamScore | None
) -> StreamChange:
    known = new or old
    assert known is not None
    before = {part.id: part for part in old.components} if old else {}
    after = {part.id: part for part in new.components} if new else {}
    parts = before | after  # the new title where there is one
    return StreamChange(
        **dict(_score_change(name, known.title, way, old, new, _stream_mean(name))),
        old_target=old.target if old else None,
        new_target=new.target if new else None,
        gap=taken_apart(
            old.gap if old else None,
            new.gap if new else None,
            [_gap(state, name) for state in way],
        ),
        components=tuple(
            _score_change(
                part, parts[part].title, way, before.get(part), after.get(part), _part_mean(part)
            )
            for part in dict.fromkeys([*after, *before])
        ),
    )


def _lens_changes(way: Sequence[Judged]) -> tuple[ScoreChange, ...]:
    then = {lens.id: lens for lens in way[0].card.lenses}
    now = {lens.id: lens for lens in way[-1].card.lenses}
    return tuple(
        _score_change(
            name, (then | now)[name].title, way, then.get(name), now.get(name), _lens_mean(name)
        )
        for name in dict.fromkeys([*now, *then])
    )


def _streams(state: Judged) -> dict[str, StreamScore]:
    return {stream.id: stream for stream in state.card.streams}


def _stream_mean(name: str) -> Figure:
    """Return a figure: a stream's mean, also where coverage holds the score back."""

    def mean(state: Judged) -> float | None:
        for stream in state.sitting.questionnaire.streams:
            if stream.id == name and (part := stream_part(stream, state.readings)) is not None:
                return part.mean
        return None

    return mean


def _part_mean(name: str) -> Figure:
    def mean(state: Judged) -> float | None:
        asked = state.sitting.questionnaire
        part = asked.components.get(name)
        cell = component_cell(part, state.readings, asked.values) if part else None
        return cell.part.mean if cell else None

    return mean


def _lens_mean(name: str) -> Figure:
    def mean(state: Judged) -> float | None:
        asked = state.sitting.questionnaire
        known = any(lens.id == name for lens in asked.lenses)
        cell = lens_cell(asked, name, state.readings) if known else None
        return cell.part.mean if cell else None

    return mean


def _overall_mean(state: Judged) -> float | None:
    parts = [
        part
        for stream in state.sitting.questionnaire.streams
        if (part := stream_part(stream, state.readings)) is not None
    ]
    return combine_parts(1.0, parts).mean if parts else None


def _gap(state: Judged, name: str) -> float | None:
    mean, stream = _stream_mean(name)(state), _streams(state).get(name)
    return None if mean is None or stream is None else max(0.0, stream.target - mean)


def _pick(way: Sequence[Judged], changed: Iterable[Step]) -> Pick:
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


def _rank_changes(way: Sequence[Judged]) -> tuple[RankChange, ...]:
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
