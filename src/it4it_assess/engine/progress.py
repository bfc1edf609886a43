"""What was done between two sittings: initiatives reached, indicators on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.backlog import in_place
from it4it_assess.engine.changes import moved
from it4it_assess.model.answers import IndicatorReading
from it4it_assess.model.comparison import IndicatorChange, InitiativeChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Literal

    from it4it_assess.engine.mixing import Judged, Sitting
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import Indicator, Initiative


class _Progress(NamedTuple):
    """How far an initiative came: which of its questions are newly where it lifts them."""

    work: Initiative
    standing: Literal["done", "partly", "slipped"]
    reached: tuple[str, ...]
    missing: tuple[str, ...]


def initiative_changes(old: Judged, new: Judged) -> tuple[InitiativeChange, ...]:
    """Return the initiatives whose lifts were reached, in part or whole, or were lost again.

    It is read from the answers alone: an initiative counts as done when every question it
    lifts (and that applies) is surely at its level and was not before.
    """
    asked = new.sitting.questionnaire
    found = [
        progress
        for work in asked.initiatives.values()
        if (progress := _progress(work, old.readings, new.readings)) is not None
    ]
    found.sort(key=lambda progress: ("done", "partly", "slipped").index(progress.standing))
    return tuple(
        InitiativeChange(
            id=progress.work.id,
            title=progress.work.title,
            stream=asked.stream_of[progress.work.id].id,
            standing=progress.standing,
            reached=progress.reached,
            missing=progress.missing,
            open_before=tuple(one for one in progress.reached if old.readings[one].level is None),
            moved=_moved(progress.reached, old, new),
            shared_with=tuple(
                other.work.id
                for other in found
                if other is not progress and set(other.reached) & set(progress.reached)
            ),
        )
        for progress in found
    )


def _progress(
    work: Initiative, old: Mapping[str, Reading], new: Mapping[str, Reading]
) -> _Progress | None:
    applying = {
        name: level for name, level in work.lifts.items() if new[name].state != "not_applicable"
    }
    reached = tuple(
        name for name, level in applying.items() if old[name].low < level <= new[name].low
    )
    missing = tuple(name for name, level in applying.items() if new[name].low < level)
    if in_place(work, old) and missing:
        return _Progress(work, "slipped", (), missing)
    if not reached:
        return None
    return _Progress(work, "partly" if missing else "done", reached, missing)


def _moved(questions: Iterable[str], old: Judged, new: Judged) -> dict[str, float]:
    """Return what these questions alone, answered as now, do to each stream's old score."""
    asked, instead = new.sitting.questionnaire, {name: new.readings[name] for name in questions}
    streams = {asked.stream_of[name].id: asked.stream_of[name] for name in instead}
    return {
        name: change
        for name, stream in streams.items()
        if (change := moved(asked, stream, old.readings, instead)) is not None
    }


def moved_together(
    old: Judged, new: Judged, initiatives: Iterable[InitiativeChange]
) -> dict[str, float]:
    """Return what all the questions that initiatives newly reached do, each counted once."""
    reached = dict.fromkeys(name for work in initiatives for name in work.reached)
    return _moved(reached, old, new)


def indicator_changes(old: Sitting, new: Sitting) -> tuple[IndicatorChange, ...]:
    """Return each indicator either side follows, against its start and its aim.

    Start and aim are the new file's, or the old file's where the new one has none.
    """
    then, now = old.answers.context.indicators, new.answers.context.indicators
    known = {**old.questionnaire.indicators, **new.questionnaire.indicators}
    return tuple(
        _indicator(known[name], then.get(name), now.get(name))
        for name in dict.fromkeys([*now, *then])
    )


def _indicator(
    one: Indicator, old: IndicatorReading | None, new: IndicatorReading | None
) -> IndicatorChange:
    then, now = old or IndicatorReading(), new or IndicatorReading()
    baseline = now.baseline if now.baseline is not None else then.baseline
    target = now.target if now.target is not None else then.target
    sign = 1 if one.direction == "up" else -1
    known = None not in {target, now.current}
    return IndicatorChange(
        id=one.id,
        title=one.title,
        unit=one.unit,
        direction=one.direction,
        baseline=baseline,
        target=target,
        before=then.current,
        current=now.current,
        way=way_gone(baseline, target, now.current),
        reached=sign * ((now.current or 0.0) - (target or 0.0)) >= 0 if known else None,
        against_direction=baseline is not None
        and target is not None
        and sign * (target - baseline) < 0,
    )


def way_gone(baseline: float | None, target: float | None, current: float | None) -> float | None:
    """Return the share of the way from baseline to target that is gone.

    Below 0 is away from the target, above 1 past it; None where a figure is missing or
    baseline and target are the same.
    """
    if baseline is None or target is None or current is None or baseline == target:
        return None
    return (current - baseline) / (target - baseline)
