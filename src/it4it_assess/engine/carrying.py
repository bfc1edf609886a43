"""What one answer is once its question has changed, and every answer put into words.

Notes and evidence always come along, and a level never without a word of what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from it4it_assess.model.changes import Change


def told(answer: Answer | None) -> str:
    """Return an answer in words, with all its voices and what they noted."""
    if answer is None:
        return "open"
    if answer.by:
        return ", ".join(
            f"{who} {told(voice)}" + (f" ({about})" if (about := _about(voice)) else "")
            for who, voice in answer.by.items()
        )
    if answer.not_applicable is not None:
        return f"not applicable: {answer.not_applicable}"
    if answer.unknown:
        return "unknown"
    if answer.level is None:
        return "open"
    return f"{answer.level:g}" + (", unsure" if answer.unsure else "")


def _about(voice: Answer) -> str:
    return "; ".join([*([voice.note] if voice.note else []), *voice.evidence])


def says_something(answer: Answer | None) -> bool:
    """Say whether an answer answers: an empty one, with or without a note, does not."""
    return answer is not None and told(answer) != "open"


def joined(given: Mapping[str, Answer | None], change: Change, now: str) -> Answer | None:
    """Make one answer of several: their lowest, unsure, where every one of them is answered."""
    answers = list(given.values())
    people = [set(answer.by) if answer else set() for answer in answers]
    lowest: Answer | None = None
    if all(answers) and all(one == people[0] for one in people):
        said = [answer for answer in answers if answer]
        if people[0]:
            voices = {who: _lowest([one.by[who] for one in said]) for who in said[0].by}
            lowest = Answer(by={who: voice or Answer() for who, voice in voices.items()})
        else:
            lowest = _lowest(said)
    return carried(given, lowest, change.joined[now].carry, change)


def _lowest(said: Sequence[Answer]) -> Answer | None:
    """Return the lowest of several levels; unknown where nobody knew any; None for a mix."""
    levels = [one.level for one in said if one.level is not None]
    if len(levels) == len(said):
        return Answer(level=min(levels))
    return Answer(unknown=True) if all(one.unknown for one in said) else None


def carried(
    given: Mapping[str, Answer | None], taken: Answer | None, carry: str, change: Change
) -> Answer | None:
    """Return what old answers leave to a question: notes and evidence always, a level unsure."""
    if not any(given.values()):
        return None
    doubted = _each(taken or Answer(), _doubted) if carry == "unsure" else Answer()
    return _noted(doubted, given, change)


def _doubted(answer: Answer) -> Answer:
    """Return a level as unsure and unknown as unknown; that it does not apply is asked anew."""
    if answer.level is not None:
        return Answer(level=answer.level, unsure=True)
    return Answer(unknown=answer.unknown)


def rescaled(
    was: str, answer: Answer | None, levels: Mapping[float, float], change: Change
) -> Answer | None:
    """Move levels to where their practices stand now; one with no place there opens."""
    if answer is None:
        return None

    def moved(one: Answer) -> Answer:
        if one.level is None:
            return one
        if one.level not in levels:
            return Answer(note=one.note, evidence=one.evidence)
        return one.model_copy(update={"level": levels[one.level]})

    after = _each(answer, moved)
    if after == answer:
        return answer
    bare = after.model_copy(update={"note": "", "evidence": ()})
    return _noted(bare, {was: answer}, change)


def _each(answer: Answer, change: Callable[[Answer], Answer]) -> Answer:
    """Change an answer, or each of its voices; with one voice gone all are asked again."""
    if not answer.by:
        return change(answer)
    voices = {who: change(voice) for who, voice in answer.by.items()}
    gone = [
        who
        for who, voice in voices.items()
        if says_something(answer.by[who]) and not says_something(voice)
    ]
    return Answer() if gone else answer.model_copy(update={"by": voices})


def _noted(answer: Answer, given: Mapping[str, Answer | None], change: Change) -> Answer:
    """Add the old answers' notes and evidence, and what they said, to a new one."""
    old = {was: one for was, one in given.items() if one is not None}
    notes = [one.note for one in old.values() if one.note]
    notes += [
        f"({was} in {change.source}: {told(one)})"
        for was, one in old.items()
        if says_something(one)
    ]
    evidence = dict.fromkeys(seen for one in old.values() for seen in one.evidence)
    return answer.model_copy(update={"note": " ".join(notes), "evidence": tuple(evidence)})
