"""What becomes of each field of an answer file in a share-safe copy: the whole policy.

One line for every field of `AnswerFile`, by its path: `*` stands for any key or place, `#`
for the keys of a mapping themselves. A field without a line stops the copy; a test walks
the model so that a new field cannot be forgotten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from it4it_assess.model.answers import MICRO_BELOW, SMALL_BELOW

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from it4it_assess.model.questionnaire import Questionnaire

Fate = Literal["kept", "dropped", "generalised", "pseudonym"]
DateTo = Literal["month", "quarter"]
KEEPABLE = ("sector", "country", "regulation", "money", "date")
"""What `--keep` can hold back from the policy."""

ROLES = frozenset(
    {
        "owner", "director", "manager", "it-lead", "it", "finance", "office", "operations",
        "production", "sales", "marketing", "purchasing", "logistics", "quality", "hr",
        "support", "development", "legal", "security", "privacy", "consultant", "supplier",
        "customer", "employee",
    }
)  # fmt: skip
OTHER_ROLE = "other"
NOT_APPLICABLE = "does not apply here"
EMPLOYEES = {"micro": 5, "small": 25, "medium": 100}
"""A head count for each size of firm: the size decides the effort, so it stays."""
IT_STAFF = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0)
COUNTRY = re.compile(r"[A-Z]{2}")
VERSION = re.compile(r"\d{1,3}(\.\d{1,3}){0,2}")


class Scene(NamedTuple):
    """What a rule may look at beside the value itself."""

    questionnaire: Questionnaire
    named_by: str
    """How the copy names its questionnaire."""
    date_to: DateTo
    pseudonym: Callable[[str, str], str]
    """From a kind (firm, r, p) and a name to a stable pseudonym."""


class Rule(NamedTuple):
    """What becomes of one field, what it is called in the report, and why."""

    fate: Fate
    what: str
    why: str
    how: Callable[[Any, Scene], Any] | None = None
    unless: str | None = None
    """The word after `--keep` that leaves the field as it is."""


def _size_class(employees: int, _: Scene) -> int:
    if employees < MICRO_BELOW:
        return EMPLOYEES["micro"]
    return EMPLOYEES["small"] if employees < SMALL_BELOW else EMPLOYEES["medium"]


def _rounded_staff(staff: float, _: Scene) -> float:
    return min(IT_STAFF, key=lambda step: (abs(step - staff), step))


def _known_role(role: str, _: Scene) -> str:
    plain = "-".join(role.casefold().split())
    return plain if plain in ROLES or not plain else OTHER_ROLE


def _known_sector(sector: str, scene: Scene) -> str:
    return sector if any(one.id == sector for one in scene.questionnaire.sectors) else ""


def _known_laws(laws: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    known = {one.id for one in scene.questionnaire.regulations}
    return tuple(law for law in laws if law in known)


def _country_code(country: str, _: Scene) -> str:
    return country if COUNTRY.fullmatch(country) else ""


def _first_of(date: dt.date, scene: Scene) -> dt.date:
    month = date.month if scene.date_to == "month" else date.month - (date.month - 1) % 3
    return date.replace(month=month, day=1)


def _plain_version(version: str, scene: Scene) -> str | None:
    known = version == scene.questionnaire.version or VERSION.fullmatch(version)
    return version if known else None


def _kept(why: str) -> Rule:
    return Rule("kept", "numbers and ids", why)


def _dropped(what: str, why: str, unless: str | None = None) -> Rule:
    return Rule("dropped", what, why, unless=unless)


_NUMBERS = _kept("scores, ranking and roadmap rest on it")
_IDS = _kept("an id of the questionnaire, the same for every firm")
_MONEY = _dropped("money", "a firm's own amounts; no score or rank rests on them", "money")

POLICY: dict[str, Rule] = {
    "format": _kept("how to read the file"),
    "questionnaire": Rule(
        "generalised", "questionnaire", "a path can name a client; its id is enough",
        lambda _, scene: scene.named_by,
    ),
    "questionnaire_version": Rule(
        "generalised", "questionnaire version", "free text, unless it is a plain version",
        _plain_version,
    ),
    "date": Rule(
        "generalised", "dates", "the day of a visit is in many diaries", _first_of, "date"
    ),
    "organisation.name": Rule(
        "pseudonym", "names of organisations", "says who it is",
        lambda name, scene: scene.pseudonym("firm", name),
    ),
    "organisation.sector": Rule(
        "generalised", "sectors", "free text, unless the questionnaire knows it; rare ones go",
        _known_sector, "sector",
    ),
    "organisation.employees": Rule(
        "generalised", "head counts", "an exact one finds a firm in a register; the size stays",
        _size_class,
    ),
    "organisation.it_staff": Rule(
        "generalised", "IT staff", "rounded: no figure rests on it", _rounded_staff
    ),
    "organisation.country": Rule(
        "generalised", "countries", "free text, unless a country code; rare ones go",
        _country_code, "country",
    ),
    "organisation.regulation": Rule(
        "generalised", "rules and laws", "free text, unless the questionnaire knows it; rare go",
        _known_laws, "regulation",
    ),
    "respondents.#": Rule(
        "pseudonym", "respondents", "ids are often first names",
        lambda name, scene: scene.pseudonym("r", name),
    ),
    "respondents.*.name": _dropped("names of respondents", "says who it is"),
    "respondents.*.role": Rule(
        "generalised", "roles", "only roles that every firm has; else `other`", _known_role
    ),
    "context.goals.#": _IDS,
    "context.goals.*": _NUMBERS,
    "context.pain.#": _IDS,
    "context.pain.*": _NUMBERS,
    "context.readiness.#": _IDS,
    "context.readiness.*.sponsor": _NUMBERS,
    "context.readiness.*.skills": _NUMBERS,
    "context.readiness.*.openness": _NUMBERS,
    "context.targets.#": _IDS,
    "context.targets.*": _NUMBERS,
    "context.criteria": _NUMBERS,
    "context.weights.#": _IDS,
    "context.weights.*": _NUMBERS,
    "context.capacity.days_per_quarter": _NUMBERS,
    "context.capacity.quarters": _NUMBERS,
    "context.capacity.day_rate": _MONEY,
    "context.capacity.currency": _dropped("money", "can tell the country", "money"),
    "context.stakeholders.*.name": Rule(
        "pseudonym", "names of stakeholders", "says who it is",
        lambda name, scene: scene.pseudonym("p", name),
    ),
    "context.stakeholders.*.role": Rule(
        "generalised", "roles", "often a sentence about a person", _known_role
    ),
    "context.stakeholders.*.influence": _NUMBERS,
    "context.stakeholders.*.support": _NUMBERS,
    "context.indicators.#": _IDS,
    "context.indicators.*.baseline": _NUMBERS,
    "context.indicators.*.target": _NUMBERS,
    "context.indicators.*.current": _NUMBERS,
    "context.money.hours_lost_per_month": _MONEY,
    "context.money.cost_per_hour": _MONEY,
    "context.money.tools_per_year": _MONEY,
    "answers.#": _IDS,
    "answers.*.level": _NUMBERS,
    "answers.*.unsure": _NUMBERS,
    "answers.*.agreed": _NUMBERS,
    "answers.*.unknown": _NUMBERS,
    "answers.*.not_applicable": Rule(
        "generalised", "reasons", "free text; that it does not apply stays",
        lambda _, __: NOT_APPLICABLE,
    ),
    "answers.*.by.#": Rule(
        "pseudonym", "voices", "ids are often first names",
        lambda name, scene: scene.pseudonym("r", name),
    ),
    "answers.*.note": _dropped("notes", "free text, full of names and events"),
    "answers.*.evidence": _dropped("evidence", "free text, names files and people"),
}  # fmt: skip
"""A voice in `answers.*.by.*` is treated as the answer it stands in."""
