"""What `changes.yaml` says: what became of each id from one version of a questionnaire on."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from it4it_assess.model.base import (
    FormatOne,
    Identifier,
    Identifiers,
    Model,
    Text,
    type_of_tuple,
)

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Carry = Literal["open", "unsure"]
"""What becomes of a level whose question is another now: asked again, or taken as unsure."""

Several = Annotated[Identifiers, Field(min_length=2)]


class Reworded(Model):
    """A question that asks in other words: what changed, and whether its answer still holds."""

    because: Text
    carry: Literal["keep", "unsure", "open"] = "keep"

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, given: Any) -> Any:
        """Read a plain text as what changed."""
        return {"because": given} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Let editors accept the short form as well as the long one."""
        return {
            "anyOf": [
                {"type": "string", "minLength": 1, "description": "what changed"},
                handler(core_schema),
            ]
        }


class Split(Model):
    """A question that became several."""

    into: Several
    because: Text
    carry: Carry = "open"


class Joined(Model):
    """A question made of several."""

    sources: Several = Field(alias="from")
    because: Text
    carry: Carry = "open"


class Rescaled(Model):
    """A question whose practices stand at other levels now; a level left out is asked again."""

    levels: Annotated[dict[float, float], Field(min_length=1)]
    because: Text


class Change(Model):
    """All that one version changed. What it does not name is the same thing as before."""

    source: Text = Field(alias="from")
    to: Text
    because: str = ""
    renamed: dict[Identifier, Identifier] = {}
    reworded: dict[Identifier, Reworded] = {}
    rescaled: dict[Identifier, Rescaled] = {}
    split: dict[Identifier, Split] = {}
    joined: dict[Identifier, Joined] = {}
    dropped: dict[Identifier, Text] = {}
    added: Identifiers = ()


class ChangesFile(Model):
    """`changes.yaml`: what each version changed, the oldest first."""

    format: FormatOne
    changes: Annotated[tuple[Change, ...], type_of_tuple, Field(min_length=1)]
