"""What an answer file is: one organisation on one date, with every voice kept."""

import datetime as dt
import re
from itertools import compress
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from it4it_assess.model.base import (
    FormatOne,
    Identifier,
    Model,
    Points,
    Text,
    Texts,
    type_of_tuple,
)
from it4it_assess.model.questionnaire import FirmSize

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

UNKNOWN = "unknown"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DEFAULT_DAYS_PER_QUARTER = 20.0
DEFAULT_QUARTERS = 4
MICRO_BELOW = 10
SMALL_BELOW = 50
"""Firm sizes by head count, after the European Union's definition of small firms."""


def _only_iso_dates(given: Any) -> Any:
    """Refuse what pydantic would read as a time stamp: only YYYY-MM-DD is a date here."""
    if isinstance(given, dt.date) or (isinstance(given, str) and ISO_DATE.fullmatch(given)):
        return given
    raise PydanticCustomError("not_a_date", "not a date")


Day = Annotated[dt.date, Strict(strict=False), BeforeValidator(_only_iso_dates)]


def _empty_is_absent(given: Any) -> Any:
    """Read a section that holds only comments, and so is nothing, as not there."""
    if not isinstance(given, dict):
        return given
    return {key: value for key, value in given.items() if value is not None}


class Answer(Model):
    """One answer: a level, unknown, not applicable with a reason, or several voices.

    An answer with none of these is unanswered: neither nought nor "no". `agreed` is the level
    that the people behind the voices settled on together; it counts, and the voices stay.
    """

    level: float | None = None
    unsure: bool = False
    unknown: bool = False
    not_applicable: Text | None = None
    by: dict[Identifier, "Answer"] = Field(default_factory=dict, json_schema_extra={"default": {}})
    agreed: float | None = None
    note: str = ""
    evidence: Texts = ()

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, given: Any) -> Any:
        """Read `2` and `unknown` as the short forms they are."""
        if isinstance(given, dict):
            if given.get("not_applicable", "") is None:
                raise PydanticCustomError(
                    "left_empty", "{key} is empty", {"key": "not_applicable"}
                )
            return given
        if isinstance(given, bool) or given is None:
            return given
        if isinstance(given, (int, float)):
            return {"level": given}
        if given == UNKNOWN:
            return {"unknown": True}
        if isinstance(given, str):
            raise PydanticCustomError(
                "answer_word", "an answer cannot be {given}", {"given": repr(given)}
            )
        return given

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        leveled, excused = self.level is not None, self.not_applicable is not None
        if leveled + self.unknown + excused + bool(self.by) > 1:
            present = (leveled, self.unknown, excused, self.by)
            said = compress(("level", "unknown", "not_applicable", "by"), present)
            raise PydanticCustomError(
                "answer_twice", "one answer says {said}", {"said": " and ".join(said)}
            )
        if self.unsure and not leveled:
            raise PydanticCustomError("unsure_of_nothing", "unsure without a level")
        if self.agreed is not None and not self.by:
            raise PydanticCustomError("agreed_alone", "agreed without voices")
        if self.by and any(voice.by for voice in self.by.values()):
            raise PydanticCustomError("voice_in_voice", "a voice that holds voices")
        return self

    @property
    def is_blank(self) -> bool:
        """Whether nobody has answered yet; a note alone is no answer."""
        nothing = self.level is None and self.not_applicable is None
        return nothing and not self.unknown and not self.by

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Let editors accept the short forms as well as the long one."""
        return {
            "anyOf": [
                {"type": "number", "description": "the level that fits best"},
                {"const": UNKNOWN, "description": "nobody could say"},
                {"type": "null", "description": "not asked yet"},
                handler(core_schema),
            ]
        }


class Organisation(Model):
    """The firm that is assessed."""

    name: Text
    sector: str = ""
    employees: Annotated[int, Field(ge=1)] | None = None
    it_staff: Annotated[float, Field(ge=0)] | None = None
    country: str = ""
    regulation: Texts = ()

    @property
    def size(self) -> FirmSize:
        """Micro below 10 people, small below 50, else medium; small when not stated."""
        if self.employees is None:
            return "small"
        if self.employees < MICRO_BELOW:
            return "micro"
        return "small" if self.employees < SMALL_BELOW else "medium"


class Respondent(Model):
    """Somebody who answered."""

    name: str = ""
    role: str = ""


class Readiness(Model):
    """Whether people will carry a change in one stream; each 0 to 5, or not stated."""

    sponsor: Points | None = None
    skills: Points | None = None
    openness: Points | None = None


class Capacity(Model):
    """What the firm can put into the roadmap: days of its own people, and what one costs."""

    days_per_quarter: Annotated[float, Field(ge=0)] = DEFAULT_DAYS_PER_QUARTER
    quarters: Annotated[int, Field(ge=1, le=20)] = DEFAULT_QUARTERS
    day_rate: Annotated[float, Field(ge=0)] | None = None
    currency: str = "EUR"


class Stakeholder(Model):
    """Somebody whose support the plan needs; influence and support 0 to 5."""

    name: Text
    role: str = ""
    influence: Points | None = None
    support: Points | None = None


class IndicatorReading(Model):
    """Where an indicator stands and where it should go, in the indicator's own unit."""

    baseline: float | None = None
    target: float | None = None
    current: float | None = None


def _one_or_several(given: Any) -> Any:
    """Take a name, or a list of names that share a place."""
    if isinstance(given, str):
        return given
    if not isinstance(given, (list, tuple)):
        raise PydanticCustomError("string_type", "neither a name nor a list of names")
    if not given:
        raise PydanticCustomError("too_short", "no names", {"min_length": 1})
    for name in given:
        if not isinstance(name, str):
            raise PydanticCustomError("string_type", "not a name")
    return tuple(given)


def _as_written(place: str | tuple[str, ...]) -> str | list[str]:
    return place if isinstance(place, str) else list(place)


Place = Annotated[
    str | tuple[str, ...],
    PlainValidator(_one_or_several),
    PlainSerializer(_as_written),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ]
        }
    ),
]
"""A place in the order of criteria: one by its name, or several that share it as a list."""


class Money(Model):
    """The owner's own figures: what is lost today, and what tools would cost."""

    hours_lost_per_month: Annotated[float, Field(ge=0)] | None = None
    cost_per_hour: Annotated[float, Field(ge=0)] | None = None
    tools_per_year: dict[Identifier, Annotated[float, Field(ge=0)]] = {}


class Context(Model):
    """What matters to the firm: goals, pain, readiness, targets, weights and capacity."""

    goals: dict[Identifier, Points] = {}
    pain: dict[Identifier, Points] = {}
    readiness: dict[Identifier, Readiness] = {}
    targets: dict[Identifier, float] = {}
    criteria: Annotated[tuple[Place, ...], type_of_tuple, Field(min_length=1)] | None = None
    weights: dict[Text, Annotated[float, Field(ge=0)]] | None = None
    capacity: Capacity = Field(default_factory=Capacity)
    stakeholders: Annotated[tuple[Stakeholder, ...], type_of_tuple] = ()
    indicators: dict[Identifier, IndicatorReading] = {}
    money: Money = Field(default_factory=Money)

    _sections = model_validator(mode="before")(_empty_is_absent)

    @model_validator(mode="after")
    def _weighs_one_way(self) -> Self:
        if self.criteria is not None and self.weights is not None:
            raise PydanticCustomError("order_and_weights", "both criteria and weights are given")
        if self.weights is not None and not any(self.weights.values()):
            raise PydanticCustomError("no_weight", "all weights are nought")
        return self


class AnswerFile(Model):
    """One organisation's answers on one date."""

    format: FormatOne
    questionnaire: Text
    questionnaire_version: Text | None = None
    date: Day | None = None
    organisation: Organisation
    respondents: dict[Identifier, Respondent] = {}
    context: Context = Field(default_factory=Context)
    answers: dict[Identifier, Answer | None]

    @model_validator(mode="before")
    @classmethod
    def _sections(cls, given: Any) -> Any:
        """Take an `answers:` with nothing below it yet as no answers."""
        if isinstance(given, dict) and "answers" in given and given["answers"] is None:
            given = {**given, "answers": {}}
        return _empty_is_absent(given)
