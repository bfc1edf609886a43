"""Tiny questionnaires and answer files, built in code from plain dicts.

`asked` gives a whole questionnaire in one line (streams of one component and so many
questions); `stream`, `component`, `question` and `initiative` build one piece by piece.
Wherever an answer file takes a value, so do these: `{"a.1": 2, "a.2": "unknown"}`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import settings

from it4it_assess.engine.assess import assess
from it4it_assess.engine.reading import read_answers
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.assessment import (
        Assessment,
        Method,
        PlannedInitiative,
        Ranking,
        Reading,
    )

Values = dict[str, Any]

LAW = settings(deadline=None)
"""Laws are tested on many examples and never against the clock."""

TODAY = dt.date(2026, 11, 2)
NO_ANSWER = {"not_applicable": "not here"}
FEW = 20
"""Draws of `judge`: enough for what does not look at the shares."""


def question(name: str, **fields: Any) -> Values:
    """Return a question; its levels come from the questionnaire's scale unless given."""
    return {"id": name, "ask": f"How is {name} done?", **fields}


def component(name: str, *questions: Values, **fields: Any) -> Values:
    """Return a component with these questions."""
    return {"id": name, "title": name.title(), "questions": list(questions), **fields}


def stream(name: str, *components: Values, **fields: Any) -> Values:
    """Return a value stream with these components."""
    return {"id": name, "title": name.title(), "components": list(components), **fields}


def flat(name: str, count: int, **fields: Any) -> Values:
    """Return a stream `a` of one component `a.part` with questions `a.1`, `a.2` and so on."""
    asks = [question(f"{name}.{number}") for number in range(1, count + 1)]
    return stream(name, component(f"{name}.part", *asks), **fields)


def initiative(name: str, lifts: Mapping[str, float], days: float = 1, **fields: Any) -> Values:
    """Return an initiative that takes a firm of any size the same days."""
    return {
        "id": name,
        "title": name.title(),
        "lifts": dict(lifts),
        "effort_days": dict.fromkeys(("micro", "small", "medium"), days),
        **fields,
    }


def questionnaire_values(
    *streams: Values, scale: Sequence[float] = range(6), **frame: Any
) -> Values:
    """Return a whole questionnaire as plain values, its streams inside it."""
    for one in streams:
        for part in one["components"]:
            for ask in part["questions"]:
                ask.setdefault("levels", {value: f"Practice {value:g}." for value in scale})
    return {
        "format": 1,
        "id": "tiny",
        "title": "Tiny",
        "version": "1.0",
        "scale": [{"value": value, "name": f"Value {value:g}"} for value in scale],
        "streams": list(streams),
        **frame,
    }


def questionnaire(
    *streams: Values, scale: Sequence[float] = range(6), **frame: Any
) -> Questionnaire:
    """Return a questionnaire of these streams."""
    return Questionnaire.model_validate(questionnaire_values(*streams, scale=scale, **frame))


def asked(**counts: int) -> Questionnaire:
    """Return a questionnaire of flat streams: `asked(a=2, b=1)` asks a.1, a.2 and b.1."""
    return questionnaire(*(flat(name, count) for name, count in counts.items()))


def altered(questionnaire: Questionnaire, **frame: Any) -> Questionnaire:
    """Return a questionnaire with other values in its frame."""
    return Questionnaire.model_validate({**questionnaire.model_dump(), **frame})


def leaning() -> Questionnaire:
    """Return streams that lean on each other: b and the supporting s on a, c on s."""
    return questionnaire(
        flat("a", 1),
        flat("b", 1),
        flat("c", 1),
        flat("s", 1, kind="supporting"),
        dependencies=[
            {"stream": "b", "needs": "a", "score": 2, "because": "First things first."},
            {"stream": "s", "needs": "a", "score": 2},
            {"stream": "c", "needs": "s", "score": 1},
        ],
    )


def answer_file(
    answers: Mapping[str, Any] | None = None,
    *,
    organisation: Mapping[str, Any] | None = None,
    respondents: Mapping[str, Any] | None = None,
    **context: Any,
) -> AnswerFile:
    """Return an answer file; further keywords are its context (`pain={"a": 4}`)."""
    return AnswerFile.model_validate(
        {
            "format": 1,
            "questionnaire": "tiny",
            "organisation": {"name": "Tiny Ltd", **(organisation or {})},
            "respondents": dict(respondents or {}),
            "context": context,
            "answers": dict(answers or {}),
        }
    )


def everywhere(
    questionnaire: Questionnaire, level: float, **streams: float | None
) -> dict[str, Any]:
    """Answer every question with one level, or with that of its stream; None: unanswered."""
    levels = {one.id: streams.get(one.id, level) for one in questionnaire.streams}
    return {
        name: levels[questionnaire.stream_of[name].id]
        for name in questionnaire.questions
        if levels[questionnaire.stream_of[name].id] is not None
    }


def read(
    questionnaire: Questionnaire, answers: Mapping[str, Any] | None = None
) -> dict[str, Reading]:
    """Return the readings of these answers."""
    return read_answers(questionnaire, answer_file(answers))


def judge(
    questionnaire: Questionnaire,
    answers: AnswerFile | Mapping[str, Any] | None = None,
    *,
    samples: int = FEW,
    method: Method = "greedy",
    **context: Any,
) -> Assessment:
    """Assess an answer file, or these answers in this context."""
    file = answers if isinstance(answers, AnswerFile) else answer_file(answers, **context)
    return assess(questionnaire, file, today=TODAY, samples=samples, method=method)


def ranked(
    questionnaire: Questionnaire, answers: Mapping[str, Any] | None = None, **context: Any
) -> Ranking:
    """Rank the streams of these answers in this context."""
    return judge(questionnaire, answers, **context).ranking


def improvable(*initiatives: Values, count: int = 3, target: float = 3) -> Questionnaire:
    """Return one stream `a` with these initiatives; with `PRIZED` its value is 1."""
    return questionnaire(flat("a", count, target=target, initiatives=list(initiatives)))


PRIZED: Values = {"criteria": ["pain"], "pain": {"a": 5}}
"""A context in which stream a has the value 1, so that work is worth its gain of five."""


def planned(
    questionnaire: Questionnaire, answers: Mapping[str, Any] | None = None, **context: Any
) -> dict[str, PlannedInitiative]:
    """Return the initiatives of the roadmap by id."""
    judged = judge(questionnaire, answers, **context)
    return {work.id: work for work in judged.roadmap.initiatives}
