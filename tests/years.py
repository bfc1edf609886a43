"""The bakery a year later and two years later, made from the shipped example."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from it4it_assess.model.answers import AnswerFile

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

DONE_FIRST = ("d2c.one-queue", "d2c.alert-address", "d2c.morning-check", "r2f.gap-calendar")
DONE_NEXT = ("d2c.what-first", "d2c.status-notice")
BEGUN = "d2c.promise-card"


def a_year_later(asked: Questionnaire, bakery: AnswerFile) -> AnswerFile:
    """Four initiatives done, one begun, one answer worse, one found out; pain has moved on."""
    begun = next(iter(asked.initiatives[BEGUN].lifts.items()))
    return later(
        asked,
        bakery,
        DONE_FIRST,
        dt.date(2027, 11, 1),
        answers=dict([begun]) | {"s2p.services.list": 1, "s2p.proposal.returns": 1},
        context={
            "pain": {"s2p": 2, "r2d": 2, "r2f": 5, "d2c": 2},
            "criteria": ["pain", "readiness", "goals", "gap", "effort", "enabling"],
            "indicators": {
                "d2c.notice-minutes": {"baseline": 75, "target": 20, "current": 30},
                "d2c.mttr-hours": {"baseline": 4.5, "target": 2, "current": 1.8},
                "d2c.seen-first": {"baseline": 15, "target": 60, "current": 10},
            },
        },
    )


def two_years_later(asked: Questionnaire, bakery: AnswerFile) -> AnswerFile:
    """Two initiatives more."""
    return later(asked, a_year_later(asked, bakery), DONE_NEXT, dt.date(2028, 10, 30))


def later(
    asked: Questionnaire,
    before: AnswerFile,
    done: tuple[str, ...],
    date: dt.date,
    **changes: dict[str, Any],
) -> AnswerFile:
    """Return an answer file with what these initiatives lift at its level, and more changes."""
    values = before.model_dump(mode="json", exclude_unset=True)
    lifted = {
        name: level for work in done for name, level in asked.initiatives[work].lifts.items()
    }
    return AnswerFile.model_validate(
        {
            **values,
            "date": date,
            "answers": values["answers"] | lifted | changes.get("answers", {}),
            "context": values["context"] | changes.get("context", {}),
        }
    )
