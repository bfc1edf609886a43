"""A migration made in an answer file's text: every entry keeps its line and its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.engine.migration import ANSWERS
from it4it_assess.files.edit import with_value
from it4it_assess.files.edit_keys import with_comment, with_copy, with_keys
from it4it_assess.files.save import short_answer
from it4it_assess.files.strict_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.engine.migration import Fate, Migration, Step
    from it4it_assess.model.answers import Answer, AnswerFile

NAME_KEY = "questionnaire"
VERSION_KEY = "questionnaire_version"
PARTED = {"dropped", "split", "joined"}


def carried_text(text: str, before: AnswerFile, migration: Migration, order: Sequence[str]) -> str:
    """Return an answer file's text after a migration; new answers go in by `order`.

    Raises ValueError where the text's layout cannot take a change.
    """
    after = migration.answers
    if before.questionnaire != after.questionnaire:
        text = with_value(text, [NAME_KEY], after.questionnaire)
    if before.questionnaire_version != after.questionnaire_version:
        version = after.questionnaire_version
        text = with_value(text, [VERSION_KEY], version, [NAME_KEY, VERSION_KEY])
    for step in migration.steps:
        text = _stepped(text, before, step, order)
        before = step.answers
    return text


def _stepped(text: str, before: AnswerFile, step: Step, order: Sequence[str]) -> str:
    """Make one step's changes in a text: new answers behind the old, comments, names, levels."""
    text = _with_parts(text, before, step)
    moved: dict[tuple[str, ...], dict[str, str]] = {}
    for fate in step.fates:
        if fate.kind not in PARTED:
            moved.setdefault(fate.place, {})[fate.was] = fate.now[0]
        elif fate.was not in fate.now:
            text = with_comment(text, [*fate.place, fate.was], _because(fate, step.change.to))
    for place, names in moved.items():
        new = {was: now for was, now in names.items() if was != now}
        text = with_keys(text, place, new) if new else text
    stood = {now: before.answers[was] for was, now in moved.get((ANSWERS,), {}).items()}
    for name, answer in step.answers.answers.items():
        if name not in stood or stood[name] != answer:
            text = _with_answer(text, name, answer, order)
    return text


def _with_parts(text: str, before: AnswerFile, step: Step) -> str:
    """Put what was made of several, or of one, right behind it, where no name is in the way."""
    for fate in step.fates:
        if fate.kind in {"split", "joined"}:
            behind = [fate.was, *(name for name in fate.now if name != fate.was)]
            for name in behind[1:]:
                if name not in before.answers:
                    text = _with_answer(text, name, step.answers.answers[name], behind)
    return text


def _with_answer(text: str, name: str, answer: Answer | None, order: Sequence[str]) -> str:
    """Put an answer into a text, changing no more of the one that is there than differs."""
    value = None if answer is None else short_answer(answer)
    old = read_yaml(text, "").value[ANSWERS] or {}
    if name in old and old[name] == value:
        return text
    edits = _edits([ANSWERS, name], old.get(name), value)
    if any(isinstance(before, dict) for _, before, _ in edits):
        text = with_copy(text, [ANSWERS, name], "what stood here before:")
    for path, _, inner in edits:
        text = with_value(text, path, inner, order)
    return text


def _because(fate: Fate, version: str) -> str:
    became = f"{fate.kind}" + (f" into {', '.join(fate.now)}" if fate.now else "")
    return f"{became} in version {version}: {fate.because}"


def _edits(path: list[str], old: Any, new: Any) -> list[tuple[list[str], Any, Any]]:
    """Return the fewest values to put so that the old one reads as the new one: each with both."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() <= new.keys():
        return [
            edit
            for key, inner in new.items()
            if key not in old or old[key] != inner
            for edit in _edits([*path, key], old.get(key), inner)
        ]
    return [(path, old, new)]
