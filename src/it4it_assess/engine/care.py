"""Signs that somebody answered without looking: shown kindly, and never counted against them.

Long runs of one answer are the long-string index of Johnson (2005, Journal of Research in
Personality 39), one of the signs that Meade and Craig (2012, Psychological Methods 17) found to
be worth a look. They were made for opinion scales, where nobody can hold one opinion of
everything; a young firm may well stand at one level throughout. So a sign is a reason to ask,
not to drop an answer. The thresholds are ours.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.model.care import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

FEWEST = 12
"""Of fewer answers nothing is said."""

NEARLY_ALL = 0.9
"""From this share of one value, or of the middle of the scale, on it is a sign."""

FEWEST_IN_THE_MIDDLE = 30
"""The middle of a six-point scale is a third of it: many stay there honestly for a while."""

LONG_RUN = 12
"""Answers of one level in a row that are a sign."""

FEWEST_IN_A_STREAM = 4
"""A stream with fewer answers may well have one level."""

FEWEST_STREAMS = 3

KINDLY = "That may be right; it may also mean that {doubt}. Worth a chat before the workshop."


class _Look(NamedTuple):
    """One respondent's levels in the order of the questionnaire."""

    name: str
    levels: Sequence[float]
    by_stream: Sequence[Sequence[float]]

    @property
    def run(self) -> tuple[float, int]:
        """The level of the longest run, and how long it is."""
        runs = [(level, len(list(group))) for level, group in groupby(self.levels)]
        return max(runs, key=lambda run: run[1])


def signs(questionnaire: Questionnaire, answers: AnswerFile) -> tuple[Sign, ...]:
    """Return at most one sign for each respondent, in the order they are listed."""
    levels = levels_by_respondent(answers)
    found = []
    for name, said in levels.items():
        given = [
            level
            for question in questionnaire.questions
            if (level := said.get(question)) is not None
        ]
        if len(given) < FEWEST:
            continue
        streams = [
            [said[question.id] for question in stream.questions if question.id in said]
            for stream in questionnaire.streams
        ]
        person = answers.respondents.get(name)
        look = _Look((person.name if person else "") or name, given, streams)
        told = _told(look, questionnaire.values)
        if told is not None:
            kind, alike, words = told
            found.append(
                Sign(
                    respondent=name,
                    kind=kind,
                    answers=len(given),
                    alike=alike,
                    longest_run=look.run[1],
                    said=words,
                )
            )
    return tuple(found)


def levels_by_respondent(answers: AnswerFile) -> dict[str, dict[str, float]]:
    """Return the levels each respondent gave; plain answers are the only respondent's."""
    heard: dict[str, dict[str, float]] = {name: {} for name in answers.respondents}
    only = next(iter(answers.respondents)) if len(answers.respondents) == 1 else None
    for question, answer in answers.answers.items():
        if answer is None:
            continue
        voices = {only: answer} if only is not None and not answer.by else answer.by
        for name, voice in voices.items():
            if voice.level is not None:
                heard.setdefault(name, {})[question] = voice.level
    return heard


def _told(
    look: _Look, values: Sequence[float]
) -> tuple[Literal["one value", "one value a stream", "middle", "long run"], int, str] | None:
    """Return the strongest sign there is: its kind, how many answers are alike, the words."""
    name, count = look.name, len(look.levels)
    level, most = Counter(look.levels).most_common(1)[0]
    tiring = KINDLY.format(doubt="the questions were tiring")
    if most >= NEARLY_ALL * count:
        return "one value", most, f"{name} gave {level:g} to {most} of {count} questions. {tiring}"
    full = [stream for stream in look.by_stream if len(stream) >= FEWEST_IN_A_STREAM]
    if len(full) >= FEWEST_STREAMS and all(len(set(stream)) == 1 for stream in full):
        words = (
            f"{name} gave every question of a stream the same level, in all {len(full)} streams "
            f"with {FEWEST_IN_A_STREAM} answers or more. {tiring}"
        )
        return "one value a stream", sum(map(len, full)), words
    middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
    inside = sum(one in middle for one in look.levels)
    told_apart = count >= FEWEST_IN_THE_MIDDLE and len(middle) < len(values) - 1
    if told_apart and inside >= NEARLY_ALL * count:
        between = " or ".join(f"{one:g}" for one in middle)
        hard = KINDLY.format(doubt="the levels were hard to tell apart")
        words = (
            f"{name} gave the middle of the scale ({between}) to {inside} of {count} questions."
        )
        return "middle", inside, f"{words} {hard}"
    level, run = look.run
    if run >= LONG_RUN:
        return "long run", run, f"{name} gave {level:g} to {run} questions in a row. {tiring}"
    return None
