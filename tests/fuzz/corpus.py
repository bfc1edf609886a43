"""Real files to begin with: examples, cases, bad files, and what the tool itself makes of them."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from it4it_assess.collect.invitation import Invitation
from it4it_assess.collect.workbook import form_workbook
from it4it_assess.files.load import load_questionnaire
from it4it_assess.model.answers import Respondent

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
VERSIONS = TESTS / "versions"
EXAMPLES = ROOT / "questionnaires" / "it4it" / "examples"
SHOP = VERSIONS / "shop"
OWN = TESTS / "cases" / "own-questionnaire"


def files_in(folder: Path, under: str = "", *, pattern: str = "*.yaml") -> dict[str, bytes]:
    """Return a folder's files by the name they have below it, put under another folder."""
    return {
        f"{under}{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob(pattern))
        if "expected" not in path.parts
    }


@cache
def shop() -> Questionnaire:
    """Return the small questionnaire that most inputs answer."""
    return load_questionnaire(SHOP)


@cache
def ids(folder: Path) -> tuple[str, ...]:
    """Return every id of a questionnaire, and words that stand where an id may."""
    asked = load_questionnaire(folder)
    streams = [stream.id for stream in asked.streams]
    work = [one.id for stream in asked.streams for one in stream.initiatives]
    goals = [goal.id for goal in asked.goals]
    more = [
        "overall",
        "rank",
        "weights",
        "targets",
        "roadmap",
        "anna",
        "jo",
        "pain",
        "gap",
        "goals",
    ]
    return (*streams, *asked.components, *asked.questions, *work, *goals, *more)


SMALL = """\
format: 1
questionnaire: ./shop
questionnaire_version: "1.2"
date: 2026-11-02
organisation: {name: Bakkerij De Vries, sector: food, employees: 9, it_staff: 0.5, country: NL}
respondents:
  anna: {name: Anna de Vries, role: owner}   # the owner
  jo: {name: Jo}
context:
  goals: {calm-days: 4}
  pain: {till: 2, store: 4}
  readiness: {store: {sponsor: 4, skills: 2, openness: 3}}
  criteria: [pain, [gap, goals], effort]
  capacity: {days_per_quarter: 6, quarters: 4, day_rate: 400, currency: EUR}
  stakeholders: [{name: Ria, role: accountant, influence: 2, support: 4}]
  indicators: {stock.waste: {baseline: 12, target: 6}}
  money: {hours_lost_per_month: 6, cost_per_hour: 30, tools_per_year: {till.tool.slot-box: 40}}
answers:
  # the till
  till.cash.daily: 1   # counted
  till.cash.float: {level: 1, unsure: true, note: the smell, evidence: [a list, a card]}
  till.receipts.keep: {not_applicable: we keep none}
  stock.flour.who: {by: {anna: 2, jo: {level: 0, note: only bags}}, agreed: 1, note: settled}
  stock.flour.when: unknown
  stock.flour.check:
    by:
      anna: unknown
      jo: 2
  stock.flour.price:
"""
TINY = """\
format: 1
questionnaire: ./shop
organisation:
  name: Shop
answers: {}
"""
RETURNED = """\
# made by the form
format: 1
questionnaire: "shop"
questionnaire_version: "1.2"
date: 2026-11-20
organisation: {name: "Bakkerij De Vries"}
respondents: {henk: {name: "Henk", role: "baker"}}
answers:
  till.cash.daily: {by: {henk: {level: 2, unsure: true, note: "by hand"}}}
  till.cash.float: {by: {henk: unknown}}
  stock.flour.who: {by: {henk: {not_applicable: "we rent it"}}}
"""
RETURNED_JSON = json.dumps(
    {
        "format": 1,
        "questionnaire": "shop",
        "organisation": {"name": "Bakkerij De Vries"},
        "respondents": {"henk": {"name": "Henk"}},
        "answers": {"till.cash.daily": {"by": {"henk": 2}}},
    },
    indent=1,
)


@cache
def workbook(*, filled: bool) -> bytes:
    """Return a workbook as it is mailed, or as somebody sends it back."""
    asked = shop()
    invitation = Invitation(
        questionnaire=asked,
        named="shop",
        organisation="Bakkerij De Vries",
        who="henk" if filled else "",
        respondent=Respondent(name="Henk", role="baker") if filled else Respondent(),
        questions=tuple(asked.questions),
    )
    data = form_workbook(invitation)
    if not filled:
        return data
    book = openpyxl.load_workbook(io.BytesIO(data))
    said = ("2", 1, "unknown", "does not apply", 0, "1,0", "", "x")
    for sheet in book.worksheets[1:-1]:
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 7).value in asked.questions:
                sheet.cell(row, 3).value = said[row % 7]
                sheet.cell(row, 4).value = (
                    "yes" if row % 3 == 0 and row % 7 in {0, 1, 4, 5} else None
                )
                sheet.cell(row, 5).value = "we rent it: all of it"
                sheet.cell(row, 6).value = "a list\na card"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
