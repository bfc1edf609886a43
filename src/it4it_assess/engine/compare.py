"""Two assessments of one organisation laid side by side: what changed, and why.

Every figure is made by the functions that make it for one assessment; a difference is taken
apart by making it again with one class of change at a time (`engine/mixing.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.changes import (
    answer_changes,
    questionnaire_change,
    setting_changes,
)
from it4it_assess.engine.mixing import STEPS, Judged, Sitting, comparable, stairs, taken_apart
from it4it_assess.engine.pick import pick_change, rank_changes
from it4it_assess.engine.progress import indicator_changes, initiative_changes, moved_together
from it4it_assess.engine.scoring import Cells
from it4it_assess.model.comparison import (
    Comparison,
    ScoreChange,
    Side,
    StreamChange,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from it4it_assess.model.assessment import Score, StreamScore
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
        pick=pick_change(way, changed),
        ranking=rank_changes(way),
        answers=answers,
        initiatives=initiatives,
        together=moved_together(read_anew, now, initiatives),
        indicators=indicator_changes(old, new),
        settings=settings,
        questionnaire=asked,
    )


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


def _cells(state: Judged) -> Cells:
    return Cells(state.sitting.questionnaire, state.readings)


def _stream_mean(name: str) -> Figure:
    """Return a figure: a stream's mean, also where coverage holds the score back."""

    def mean(state: Judged) -> float | None:
        for stream in state.sitting.questionnaire.streams:
            if stream.id == name and (cell := _cells(state).stream(stream)) is not None:
                return cell.mean
        return None

    return mean


def _part_mean(name: str) -> Figure:
    def mean(state: Judged) -> float | None:
        part = state.sitting.questionnaire.components.get(name)
        cell = _cells(state).component(part) if part else None
        return cell.mean if cell else None

    return mean


def _lens_mean(name: str) -> Figure:
    def mean(state: Judged) -> float | None:
        known = any(lens.id == name for lens in state.sitting.questionnaire.lenses)
        cell = _cells(state).lens(name) if known else None
        return cell.mean if cell else None

    return mean


def _overall_mean(state: Judged) -> float | None:
    cell = _cells(state).overall()
    return cell.mean if cell else None


def _gap(state: Judged, name: str) -> float | None:
    mean, stream = _stream_mean(name)(state), _streams(state).get(name)
    return None if mean is None or stream is None else max(0.0, stream.target - mean)
