"""What is different between two sittings: answers, settings, and the questionnaire itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.engine.mixing import BY_STEP, JUDGED_BY
from it4it_assess.engine.ranking import criteria_weights
from it4it_assess.engine.scoring import Cells
from it4it_assess.model.comparison import (
    AnswerChange,
    QuestionnaireChange,
    Setting,
    VoiceChange,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from it4it_assess.engine.mixing import Judged, Sitting
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.comparison import AnswerMove, Step
    from it4it_assess.model.questionnaire import Questionnaire, ValueStream

    Texts = dict[str, str]


def answer_changes(old: Judged, new: Judged) -> tuple[AnswerChange, ...]:
    """Return the answers that changed, what moved its stream most first.

    Both are read with the new questionnaire: `old` holds the old answers.
    """
    found = list(_answer_changes(old, new))
    found.sort(key=lambda change: -abs(change.moved or 0.0))
    return tuple(found)


def _answer_changes(old: Judged, new: Judged) -> Iterator[AnswerChange]:
    asked = new.sitting.questionnaire
    for name, question in asked.questions.items():
        then, now = old.readings[name], new.readings[name]
        if (move := _move(then, now)) is None:
            continue
        stream = asked.stream_of[name]
        yield AnswerChange(
            question=name,
            ask=question.ask,
            stream=stream.id,
            move=move,
            old_state=then.state,
            new_state=now.state,
            old=then.level,
            new=now.level,
            moved=moved(asked, stream, old.readings, {name: now}),
            voices=tuple(_voices(then, now)),
        )


def moved(
    questionnaire: Questionnaire,
    stream: ValueStream,
    readings: Mapping[str, Reading],
    instead: Mapping[str, Reading],
) -> float | None:
    """Return what other readings of some questions do to a stream's score, in scale units."""
    before = Cells(questionnaire, readings).stream(stream)
    after = Cells(questionnaire, {**readings, **instead}).stream(stream)
    if before is None or after is None or before.mean is None or after.mean is None:
        return None
    return after.mean - before.mean


def _move(old: Reading, new: Reading) -> AnswerMove | None:
    """Name what happened to an answer; None where nothing did."""
    if old.state != new.state and "not_applicable" in {old.state, new.state}:
        return "now-not-applicable" if new.state == "not_applicable" else "applies-again"
    if old.level is not None and new.level is not None:
        if old.level != new.level:
            return "up" if new.level > old.level else "down"
        doubt = (new.high - new.low) - (old.high - old.low)
        if doubt:
            return "less-sure" if doubt > 0 else "surer"
    elif old.level is None and new.level is not None:
        return "now-known"
    elif old.state != new.state:
        return "now-unknown" if new.state == "unknown" else "no-longer-answered"
    return "voices" if any(_voices(old, new)) else None


def _voices(old: Reading, new: Reading) -> Iterator[VoiceChange]:
    """Yield who says something else than before, in the order of the new answer."""
    then = {voice.respondent: voice.level for voice in old.voices}
    now = {voice.respondent: voice.level for voice in new.voices}
    for name in dict.fromkeys([*now, *then]):
        if then.get(name) != now.get(name):
            yield VoiceChange(respondent=name, old=then.get(name), new=now.get(name))


def setting_changes(old: Sitting, new: Sitting) -> tuple[Setting, ...]:
    """Return what the firm says beside its answers and says otherwise now."""
    found = []
    for step, then, now in _settings(old, new):
        found += [
            Setting(step=step, path=path, old=then.get(path), new=now.get(path))
            for path in dict.fromkeys([*then, *now])
            if then.get(path) != now.get(path)
        ]
    return tuple(found)


def _settings(old: Sitting, new: Sitting) -> Iterator[tuple[Step, Texts, Texts]]:
    """Yield, for each class of change, what is said on either side by its path in the file."""
    yield "organisation", _firm(old), _firm(new)
    for step, names in BY_STEP.items():
        if step == "weights":
            yield step, _weights(old), _weights(new)
        else:
            yield step, _said(old, names), _said(new, names)


def _firm(sitting: Sitting) -> Texts:
    firm = sitting.answers.organisation
    return _flat("organisation", {name: getattr(firm, name) for name in JUDGED_BY})


def _said(sitting: Sitting, names: Sequence[str]) -> Texts:
    values = sitting.answers.context.model_dump(mode="json", include=set(names))
    return {path: text for name in names for path, text in _flat(name, values[name]).items()}


def _weights(sitting: Sitting) -> Texts:
    """Return each criterion's share of the weight, however it was given, in percent."""
    weights = criteria_weights(sitting.questionnaire, sitting.answers.context)
    return {f"weights.{name}": f"{100 * weight:.1f} %" for name, weight in weights.items()}


def _flat(path: str, value: Any) -> Texts:
    """Return nested values as texts by dotted path; what is not said is left out."""
    if isinstance(value, dict):
        return {
            key: text
            for name, inner in value.items()
            for key, text in _flat(f"{path}.{name}", inner).items()
        }
    if value is None or value in ("", (), []):
        return {}
    if isinstance(value, (list, tuple)):
        return {path: ", ".join(map(str, value))}
    return {path: f"{value:g}" if isinstance(value, float) else str(value)}


def questionnaire_change(old: Questionnaire, new: Questionnaire) -> QuestionnaireChange:
    """Return how two versions of a questionnaire differ in what they ask, by id."""
    then, now = old.questions, new.questions
    both = [name for name in now if name in then]
    return QuestionnaireChange(
        id=new.id,
        old_version=old.version,
        new_version=new.version,
        added=tuple(name for name in now if name not in then),
        removed=tuple(name for name in then if name not in now),
        reworded=tuple(
            name
            for name in both
            if (then[name].ask, then[name].levels) != (now[name].ask, now[name].levels)
        ),
        reweighed=tuple(name for name in both if _weighing(old, name) != _weighing(new, name)),
    )


def _weighing(questionnaire: Questionnaire, question: str) -> tuple[float, float, float, str]:
    """Return what a question's part of the whole hangs on."""
    part, stream = questionnaire.component_of[question], questionnaire.stream_of[question]
    return questionnaire.questions[question].weight, part.weight, stream.weight, part.id
