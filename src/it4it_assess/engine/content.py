"""How much is in a questionnaire, and whether its wording holds to the house rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import fsum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from it4it_assess.model.questionnaire import Questionnaire

ALIKE_ABOVE = 0.6
"""Two level sentences that share more than this of their word trigrams are one sentence."""

GRADE_LIMIT = 9.0
"""Median Flesch-Kincaid grade of questions and levels; the formula is for English."""

AT_LEAST_A_STAGE = 2

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_STOP = re.compile(r"[.!?](?:\s|$)")


def count_content(questionnaire: Questionnaire) -> dict[str, dict[str, int]]:
    """Return counts of questions by component, level, lens and stage, and of initiatives."""
    questions = questionnaire.questions.values()
    return {
        "Questions by component": {
            part.id: len(part.questions) for part in questionnaire.components.values()
        },
        "Level sentences": {
            f"{value:g}": sum(value in question.levels for question in questions)
            for value in questionnaire.values
        },
        "Questions by lens": {
            lens.id: sum(lens.id in question.lenses for question in questions)
            for lens in questionnaire.lenses
        },
        "Questions by stage": {
            stage: sum(question.v3 == stage for question in questions)
            for stage in _stages(questionnaire)
        },
        "Initiatives by stream": {
            stream.id: len(stream.initiatives) for stream in questionnaire.streams
        },
        "In all": {
            "streams": len(questionnaire.streams),
            "components": len(questionnaire.components),
            "questions": len(questionnaire.questions),
            "essential": sum(question.essential for question in questions),
            "initiatives": len(questionnaire.initiatives),
            "tools": sum(len(stream.tools) for stream in questionnaire.streams),
            "indicators": sum(len(stream.indicators) for stream in questionnaire.streams),
            "goals": len(questionnaire.goals),
        },
    }


def lint_content(questionnaire: Questionnaire) -> list[str]:
    """Return what the house rules find: dead ends, twins, empty stages, hard words."""
    return [
        *_essentials(questionnaire),
        *_dead_ends(questionnaire),
        *_idle_initiatives(questionnaire),
        *_thin_stages(questionnaire),
        *_twins(questionnaire),
        *_hard_to_read(questionnaire),
    ]


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text (Kincaid et al. 1975)."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_STOP.findall(text)))
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def likeness(one: str, other: str) -> float:
    """Return the share of the shorter text's word trigrams that the other has, 0 to 1."""
    first, second = _trigrams(one), _trigrams(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _stages(questionnaire: Questionnaire) -> list[str]:
    return [
        stage.id for view in questionnaire.views for group in view.groups for stage in group.stages
    ]


def _essentials(questionnaire: Questionnaire) -> Iterator[str]:
    for part in questionnaire.components.values():
        count = sum(question.essential for question in part.questions)
        if count != 1:
            yield f"{part.id}: {count} essential questions; mark exactly one"


def _dead_ends(questionnaire: Questionnaire) -> Iterator[str]:
    """Find questions that no initiative lifts to what is good enough for most firms."""
    best: dict[str, float] = defaultdict(lambda: questionnaire.values[0])
    for work in questionnaire.initiatives.values():
        for lifted, level in work.lifts.items():
            best[lifted] = max(best[lifted], level)
    for stream in questionnaire.streams:
        target = questionnaire.usual_target(stream)
        for question in stream.questions:
            if best[question.id] < target:
                yield f"{question.id}: no initiative lifts it to {target:g}; add or extend one"


def _idle_initiatives(questionnaire: Questionnaire) -> Iterator[str]:
    """Find initiatives that lift a question no higher than what they need already did."""
    catalogue, lowest = questionnaire.initiatives, questionnaire.values[0]

    def before(name: str, question: str) -> float:
        return max(
            (
                max(catalogue[need].lifts.get(question, lowest), before(need, question))
                for need in catalogue[name].needs
            ),
            default=lowest,
        )

    for name, work in catalogue.items():
        for question, level in work.lifts.items():
            if level <= before(name, question):
                yield f"{name}: lifts {question} no higher than what it needs already did"


def _thin_stages(questionnaire: Questionnaire) -> Iterator[str]:
    counts = Counter(question.v3 for question in questionnaire.questions.values())
    for stage in _stages(questionnaire):
        if counts[stage] < AT_LEAST_A_STAGE:
            yield f"{stage}: {counts[stage]} questions feed it; give it {AT_LEAST_A_STAGE} or more"


def _twins(questionnaire: Questionnaire) -> Iterator[str]:
    """Find pairs of level sentences that are too much alike, by an index of trigrams."""
    places = [
        (f"{question.id} level {value:g}", _trigrams(sentence))
        for question in questionnaire.questions.values()
        for value, sentence in question.levels.items()
    ]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, (name, trigrams) in enumerate(places):
        shared = Counter(other for trigram in sorted(trigrams) for other in holders[trigram])
        for other, count in sorted(shared.items()):
            shorter = min(len(trigrams), len(places[other][1]))
            if count / shorter > ALIKE_ABOVE:
                yield f"{name}: nearly the same sentence as {places[other][0]}; tell them apart"
        for trigram in trigrams:
            holders[trigram].append(place)


def _hard_to_read(questionnaire: Questionnaire) -> Iterator[str]:
    if questionnaire.language != "en":
        return
    grades = [reading_grade(text) for text in _read_aloud(questionnaire)]
    if median(grades) > GRADE_LIMIT:
        yield (
            f"{questionnaire.id}: median reading grade {median(grades):.1f}, mean "
            f"{fsum(grades) / len(grades):.1f}; use shorter words, at most {GRADE_LIMIT:g}"
        )


def _read_aloud(questionnaire: Questionnaire) -> Iterable[str]:
    for question in questionnaire.questions.values():
        yield question.ask
        yield from question.levels.values()


def _syllables(word: str) -> int:
    lower = word.lower()
    return max(1, len(_VOWELS.findall(lower.removesuffix("e"))))


def _trigrams(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[start : start + 3]) for start in range(len(words) - 2)}
