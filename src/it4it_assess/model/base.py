"""The frozen, strict base that every model shares."""

from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

_put = object.__setattr__  # a frozen model refuses its own


@cache
def _every_field(model: type[BaseModel]) -> set[str]:
    """Return the names of a model's fields; one set for all, as frozen models never add to it."""
    return set(model.model_fields)


class Model(BaseModel):
    """A value: frozen, closed to unknown keys, no silent conversion between types."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True
    )

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Self:
        """Return a model that holds these values unchecked: every field, of its own type.

        For what our own arithmetic made, where checking would cost as much as computing; a
        test holds such models valid. pydantic's `model_construct` does the same, with
        aliases, defaults and private values, in four times the time.
        """
        made = cls.__new__(cls)
        _put(made, "__dict__", fields)
        _put(made, "__pydantic_fields_set__", _every_field(cls))
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_private__", None)
        return made


type_of_tuple = Strict(strict=False)
"""Files give lists; models hold tuples. This mark lets the one become the other."""


def _no_truth(given: Any) -> Any:
    """Refuse `true`, which Python takes for 1."""
    if isinstance(given, bool):
        raise PydanticCustomError("literal_error", "not 1", {"expected": "1"})
    return given


FormatOne = Annotated[Literal[1], BeforeValidator(_no_truth)]
"""The format number of a file; there is only one so far."""

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], type_of_tuple]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+([.\-][a-z0-9]+)*$")]
Identifiers = Annotated[tuple[Identifier, ...], type_of_tuple]
Points = Annotated[float, Field(ge=0, le=5)]
"""A rating from 0 to 5, the fixed scale of every ranking criterion."""
Weight = Annotated[float, Field(gt=0)]
