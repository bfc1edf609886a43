"""What the ranking and the plan want to know of the firm, asked like the questions.

Goals, pain and readiness are rated 0 to 5 in words; facts and days are typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from it4it_assess.collect.asks import Ask, Choice, Unclear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

FIRM = "The firm"

GOAL_WORDS = (
    "not a goal of ours",
    "nice to have",
    "on the list, behind others",
    "important this year",
    "among the first three",
    "the one that counts most",
)
PAIN_WORDS = (
    "nobody notices it",
    "a nuisance now and then",
    "costs somebody an hour or two a week",
    "costs several people time every week",
    "customers or money are lost over it",
    "it stops the firm",
)
SPONSOR_WORDS = (
    "nobody with a say wants it",
    "whoever decides would let it happen, no more",
    "whoever decides agrees, and has no time for it",
    "somebody with a say would give days for it",
    "somebody with a say asks for it, and asks again",
    "the owner would start on Monday and clears the way",
)
SKILLS_WORDS = (
    "nobody here could do it",
    "somebody could learn it, with a course and a year",
    "one person has done a bit of it elsewhere",
    "one person can do it, with help on the hard parts",
    "two people can do it",
    "we have done it before, and well",
)
OPENNESS_WORDS = (
    "people would refuse",
    "people would go round it",
    "people would grumble and forget",
    "people would try it if it is explained",
    "people are asking for something like it",
    "people do it already, on their own",
)
READINESS = (
    ("sponsor", "Does somebody with a say back a change in: {title}?", SPONSOR_WORDS),
    ("skills", "Does somebody here know how to do it: {title}?", SKILLS_WORDS),
    ("openness", "Would people go along with a change in: {title}?", OPENNESS_WORDS),
)

_FIGURES = re.compile(r"\d{1,20}", re.ASCII)
"""A whole number of a length that Python reads; more is over every limit anyway."""

MOST_PEOPLE = 1_000_000
MOST_MONEY = 1_000_000
DAYS_IN_A_QUARTER = 10_000
MOST_QUARTERS = 20


def intake(questionnaire: Questionnaire) -> dict[str, Ask]:
    """Return what to ask of the firm, in order."""
    asks = [
        *_facts(questionnaire),
        *_goals(questionnaire),
        *_pain(questionnaire),
        *_readiness(questionnaire),
        *_capacity(),
    ]
    return {ask.id: ask for ask in asks}


def of_respondent(who: str) -> dict[str, Ask]:
    """Return what to ask of somebody whose word is heard for the first time."""
    asks = [
        _typed(
            ("respondents", who, "name"),
            "Who is answering",
            f"What is the full name of {who!r}?",
            _words,
            "such as Anna de Vries",
        ),
        _typed(
            ("respondents", who, "role"),
            "Who is answering",
            f"What does {who!r} do in the firm?",
            _words,
            "such as owner, it-lead, shop floor; opinions are shown by role",
        ),
    ]
    return {ask.id: ask for ask in asks}


def values_of(asks: Mapping[str, Ask], answers: AnswerFile) -> dict[str, Any]:
    """Return what the file says already, by ask."""
    written = answers.model_dump(mode="json", exclude_unset=True)
    found = {ask.id: _found(written, ask.path) for ask in asks.values()}
    return {name: value for name, value in found.items() if value is not None}


def with_values(answers: AnswerFile, asks: Mapping[str, Ask], said: Mapping[str, Any]) -> Any:
    """Return the answer file with what was said put in its place."""
    written: dict[str, Any] = answers.model_dump(exclude_unset=True)
    for ask in asks.values():
        value = said.get(ask.id)
        if value is not None:
            place = written
            for key in ask.path[:-1]:
                place = place.setdefault(key, {})
            place[ask.path[-1]] = value
    return type(answers).model_validate(written)


def _found(written: Any, path: Sequence[str]) -> Any:
    for key in path:
        written = written.get(key) if isinstance(written, dict) else None
    return written


def _facts(questionnaire: Questionnaire) -> Iterator[Ask]:
    place = "organisation"
    yield _typed(
        (place, "employees"),
        FIRM,
        "How many people work here?",
        _number(1, MOST_PEOPLE, whole=True),
        "such as 48; the effort of each piece of work depends on it",
    )
    yield _typed(
        (place, "it_staff"),
        FIRM,
        "How many of them look after IT, counted in full weeks?",
        _number(0, MOST_PEOPLE),
        "such as 1.5; nobody is 0",
    )
    if questionnaire.sectors:
        yield _listed(
            (place, "sector"),
            "What line of business is it?",
            {sector.id: sector.title for sector in questionnaire.sectors},
            _one_of,
            "give its number",
        )
    yield _typed(
        (place, "country"),
        FIRM,
        "In which country?",
        _words,
        "such as NL",
    )
    if questionnaire.regulations:
        yield _listed(
            (place, "regulation"),
            "Which of these is the firm held to?",
            {law.id: law.title for law in questionnaire.regulations},
            _some_of,
            "give their numbers, such as 1 4; none: skip",
        )


def _goals(questionnaire: Questionnaire) -> Iterator[Ask]:
    for goal in questionnaire.goals:
        yield _rated(
            ("context", "goals", goal.id),
            "Goals",
            f"How important is this to the firm: {goal.title}?",
            GOAL_WORDS,
            (f"An owner put it so: {goal.says}",) if goal.says else (),
        )


def _pain(questionnaire: Questionnaire) -> Iterator[Ask]:
    for stream in questionnaire.streams:
        if stream.kind == "primary":
            yield _rated(
                ("context", "pain", stream.id),
                "Where it hurts",
                f"How much does this hurt today: {stream.title}?",
                PAIN_WORDS,
                (stream.about,) if stream.about else (),
            )


def _readiness(questionnaire: Questionnaire) -> Iterator[Ask]:
    for stream in questionnaire.streams:
        if stream.kind != "primary":
            continue
        for part, ask, words in READINESS:
            yield _rated(
                ("context", "readiness", stream.id, part),
                "Who would carry a change",
                ask.format(title=stream.title),
                words,
                (stream.about,) if stream.about else (),
            )


def _capacity() -> Iterator[Ask]:
    place = ("context", "capacity")
    days = "days_per_quarter"
    yield _typed(
        (*place, days),
        "Days and money",
        "How many working days a quarter can your own people give to improving IT?",
        _number(0, DAYS_IN_A_QUARTER),
        "two people at one day every second week are 13; one day a week each is 26",
    )
    yield _typed(
        (*place, "quarters"),
        "Days and money",
        "How many quarters should the plan look ahead?",
        _number(1, MOST_QUARTERS, whole=True),
        "such as 4",
    )
    yield _typed(
        (*place, "day_rate"),
        "Days and money",
        "What does one such day cost the firm?",
        _number(0, MOST_MONEY),
        "such as 400, in your currency; skip it and the plan has no sums of money",
    )


def _rated(
    path: tuple[str, ...], part: str, ask: str, words: Sequence[str], why: tuple[str, ...]
) -> Ask:
    choices = tuple(Choice(str(value), means) for value, means in enumerate(words))

    def read(text: str) -> float:
        if text not in {choice.key for choice in choices}:
            raise Unclear(f"{text!r} is none of 0 to {len(choices) - 1}; s skips it, h helps")
        return int(text)

    return Ask(".".join(path), FIRM, part, ask, path, read, choices=choices, why=why, at_once=True)


def _typed(
    path: tuple[str, ...], part: str, ask: str, read: Callable[[str], Any], hint: str
) -> Ask:
    return Ask(".".join(path), FIRM, part, ask, path, read, hint=hint)


def _listed(
    path: tuple[str, ...],
    ask: str,
    titles: Mapping[str, str],
    reader: Callable[[Sequence[str]], Callable[[str], Any]],
    hint: str,
) -> Ask:
    choices = tuple(Choice(str(place), title) for place, title in enumerate(titles.values(), 1))
    return Ask(
        ".".join(path),
        FIRM,
        FIRM,
        ask,
        path,
        reader(list(titles)),
        choices=choices,
        hint=hint,
    )


def _one_of(names: Sequence[str]) -> Callable[[str], str]:
    several = _some_of(names)

    def read(text: str) -> str:
        found = several(text)
        if len(found) != 1:
            raise Unclear("give one number only")
        return found[0]

    return read


def _some_of(names: Sequence[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        given = re.split(r"[\s,]+", text.strip())
        wrong = [one for one in given if not _FIGURES.fullmatch(one)]
        wrong = wrong or [one for one in given if not 1 <= int(one) <= len(names)]
        if wrong:
            raise Unclear(f"{wrong[0]!r} is no number from 1 to {len(names)}; s skips it")
        places = sorted({int(one) for one in given})
        return [names[place - 1] for place in places]

    return read


def _number(lowest: float, highest: float, *, whole: bool = False) -> Callable[[str], float]:
    form = _FIGURES if whole else re.compile(rf"{_FIGURES.pattern}([.,]\d{{1,20}})?", re.ASCII)

    def read(text: str) -> float:
        if not form.fullmatch(text):
            raise Unclear(f"{text!r} is no {'whole ' if whole else ''}number; s skips it")
        value = int(text) if text.isdecimal() else float(text.replace(",", "."))
        if not lowest <= value <= highest:
            raise Unclear(f"{text} is not from {lowest:g} to {highest:,.0f}")
        return value

    return read


def _words(text: str) -> str:
    if not text:
        raise Unclear("say it in a word or two, or s to skip it")
    return text
