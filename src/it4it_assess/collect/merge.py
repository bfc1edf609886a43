"""Several people's answer files into one, in which each of them still says what they said.

Where one respondent says different things in two files, the file with the later date counts
(of two with one date, or none, the later named); what the other says stands in the note.
A level the workshop agreed on stays; of two, the later dated file's. Of facts and ratings the
first file's stay. Whatever does not count is returned as a conflict.
"""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.card import said
from it4it_assess.collect.facts import Conflict, Said, joined_facts, kindly
from it4it_assess.collect.owners import owners
from it4it_assess.errors import AssessError
from it4it_assess.model.answers import Answer, AnswerFile, Respondent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from it4it_assess.model.questionnaire import Questionnaire

NOTHING = Answer()


class Brought(NamedTuple):
    """What one file brought: how many questions it answers, and in whose voices."""

    source: str
    questions: int
    voices: tuple[str, ...]


class Merged(NamedTuple):
    """The files as one, the places in which they differ, and what each brought."""

    answers: AnswerFile
    conflicts: tuple[Conflict, ...]
    brought: tuple[Brought, ...]


class Spoken(NamedTuple):
    """One voice on one question, with the file it stands in."""

    source: str
    date: dt.date | None
    answer: Answer


def merged(questionnaire: Questionnaire, named: Sequence[tuple[str, AnswerFile]]) -> Merged:
    """Bring the files of one organisation together, each under the name it is to be shown by.

    One file alone stays as it is. AssessError says what differs where the files are not
    those of one organisation and one questionnaire.
    """
    _check_they_belong_together(named)
    whose = owners(named)
    brought = tuple(_brought(source, file, whose[source]) for source, file in named)
    if len(named) == 1:
        return Merged(named[0][1], (), brought)
    answers: dict[str, Answer | None] = {}
    conflicts: list[Conflict] = []
    for question in _asked(questionnaire, named):
        answers[question] = _together(question, named, whose, conflicts)
    facts, differing = joined_facts(named)
    speaking = [name for answer in answers.values() if answer is not None for name in answer.by]
    respondents = {
        **facts.respondents,
        **{name: Respondent() for name in speaking if name not in facts.respondents},
    }
    first = named[0][1]
    whole = AnswerFile(
        format=1,
        questionnaire=first.questionnaire,
        organisation=facts.organisation,
        respondents=respondents,
        context=facts.context,
        answers=_in_order_of(respondents, answers),
        questionnaire_version=next(
            (one.questionnaire_version for _, one in named if one.questionnaire_version), None
        ),
        date=max((one.date for _, one in named if one.date is not None), default=None),
    )
    return Merged(whole, (*conflicts, *differing), brought)


def _check_they_belong_together(named: Sequence[tuple[str, AnswerFile]]) -> None:
    """Refuse files of several organisations or questionnaires, naming all that differ."""
    if not named:
        raise AssessError("there is nothing to merge; name at least one answer file")
    (source, first), *others = named
    wrong = []
    version = next((pair for pair in named if pair[1].questionnaire_version), named[0])
    for name, file in others:
        if kindly(file.organisation.name) != kindly(first.organisation.name):
            wrong.append(
                f"{name}: this is {file.organisation.name!r}, "
                f"but {source} is {first.organisation.name!r}"
            )
        if PurePath(file.questionnaire).name != PurePath(first.questionnaire).name:
            wrong.append(
                f"{name}: this answers {file.questionnaire!r}, "
                f"but {source} answers {first.questionnaire!r}"
            )
        if file.questionnaire_version not in {None, version[1].questionnaire_version}:
            wrong.append(
                f"{name}: this answers version {file.questionnaire_version}, "
                f"but {version[0]} answers version {version[1].questionnaire_version}"
            )
    if wrong:
        remedy = "merge files of one organisation and one questionnaire only"
        raise AssessError("\n".join(f"{line}; {remedy}" for line in wrong))


def _brought(source: str, file: AnswerFile, owner: str) -> Brought:
    given = [
        answer for answer in file.answers.values() if answer is not None and answer != NOTHING
    ]
    voices = dict.fromkeys(name for answer in given for name in _voices(answer, owner))
    return Brought(source, len(given), tuple(voices))


def _asked(questionnaire: Questionnaire, named: Sequence[tuple[str, AnswerFile]]) -> Iterator[str]:
    """Return every question that some file holds, in the questionnaire's order."""
    held = dict.fromkeys(question for _, file in named for question in file.answers)
    yield from (question for question in questionnaire.questions if question in held)
    yield from (question for question in held if question not in questionnaire.questions)


def _voices(answer: Answer, owner: str) -> Mapping[str, Answer]:
    """Return the voices of an answer; a plain one is its owner's."""
    if answer.by or answer == NOTHING:
        return answer.by
    return {owner: answer}


def _together(
    question: str,
    named: Sequence[tuple[str, AnswerFile]],
    whose: Mapping[str, str],
    conflicts: list[Conflict],
) -> Answer | None:
    """Bring the voices on one question together; what does not count goes to the conflicts."""
    heard: dict[str, list[Spoken]] = {}
    around: list[Answer] = []
    for source, file in named:
        answer = file.answers.get(question)
        if answer is None:
            continue
        if answer.by:
            around.append(answer)
        for name, voice in _voices(answer, whose[source]).items():
            heard.setdefault(name, []).append(Spoken(source, file.date, voice))
    if not heard:
        return None
    voices = {}
    for name, spoken in heard.items():
        voices[name], conflict = _one_word(spoken, ("answers", question, "by", name))
        conflicts += [conflict] if conflict is not None else []
    agreed, beside, conflict = _one_agreement(question, named)
    conflicts += [conflict] if conflict is not None else []
    return Answer(
        by=voices,
        agreed=agreed,
        note=_joined([*(answer.note for answer in around), *beside]),
        evidence=_all_evidence(around),
    )


def _one_agreement(
    question: str, named: Sequence[tuple[str, AnswerFile]]
) -> tuple[float | None, list[str], Conflict | None]:
    """Return the agreed level that counts, notes of those that do not, and the conflict."""
    levels = [
        Spoken(source, file.date, Answer(level=answer.agreed))
        for source, file in named
        if (answer := file.answers.get(question)) is not None and answer.agreed is not None
    ]
    if not levels:
        return None, [], None
    answer, conflict = _one_word(levels, ("answers", question, "agreed"))
    return answer.level, [f"agreed {answer.note}"] if conflict is not None else [], conflict


def _one_word(spoken: Sequence[Spoken], path: tuple[str, ...]) -> tuple[Answer, Conflict | None]:
    """Return the word that counts, with all notes and evidence, and what it goes against."""
    words = [one for one in spoken if word(one.answer) != word(NOTHING)] or list(spoken)
    counts = max(enumerate(words), key=lambda pair: (pair[1].date or dt.date.min, pair[0]))[1]
    others = [one for one in words if word(one.answer) != word(counts.answer)]
    notes = [one.answer.note for one in spoken if one not in others]
    answer = counts.answer.model_copy(
        update={
            "note": _joined([*notes, *(_beside(one, counts) for one in others)]),
            "evidence": _all_evidence(one.answer for one in spoken),
        }
    )
    if not others:
        return answer, None
    return answer, Conflict(path, _quoted(counts), tuple(map(_quoted, others)))


def word(answer: Answer) -> tuple[float | None, bool, bool, str | None]:
    """Return what an answer says, without what is noted beside it."""
    return answer.level, answer.unsure, answer.unknown, answer.not_applicable


def _quoted(one: Spoken) -> Said:
    return Said(one.source, one.date, said(one.answer))


def _beside(one: Spoken, counts: Spoken) -> str:
    """Write a word that does not count for the note of the one that does."""
    lead = "earlier" if (one.date or dt.date.min) < (counts.date or dt.date.min) else "also"
    bare = said(one.answer.model_copy(update={"note": ""}))
    place = PurePath(one.source).name + (f", {one.date.isoformat()}" if one.date else "")
    return f"{lead}: {bare} ({place}) {one.answer.note}".rstrip()


def _joined(notes: Iterable[str]) -> str:
    """Put notes behind each other, each once."""
    together = ""
    for note in notes:
        if note and note not in together:
            together = f"{together}; {note}" if together else note
    return together


def _all_evidence(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(seen for answer in answers for seen in answer.evidence))


def _in_order_of(
    respondents: Iterable[str], answers: Mapping[str, Answer | None]
) -> dict[str, Answer | None]:
    """Put the voices of every answer in one order."""
    order = list(respondents)
    return {
        question: answer
        and answer.model_copy(
            update={"by": {name: answer.by[name] for name in order if name in answer.by}}
        )
        for question, answer in answers.items()
    }
