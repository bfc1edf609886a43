"""What a firm holds itself to: floors under its scores, and no way back."""

from typing import Annotated, Literal

from pydantic import Field

from it4it_assess.model.base import FormatOne, Identifier, Model

Share = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[int, Field(ge=0)]

OVERALL = "overall"


class Policy(Model):
    """Floors by the id of a stream, component or lens, or `overall`.

    `min` is in scale units, `min_level` counts the values of the scale from 0,
    `min_coverage` is a share of the weight. `max_drop` is how far a score may fall below the
    baseline's, in scale units; None: the baseline is not looked at.
    """

    format: FormatOne = 1
    min: dict[Identifier, float] = {}
    min_level: dict[Identifier, Level] = {}
    min_coverage: dict[Identifier, Share] = {}
    max_drop: Annotated[float, Field(ge=0)] | None = None
    baseline: str | None = None


Rule = Literal["min", "min-level", "min-coverage", "no-regression"]


class Outcome(Model):
    """One rule held against one score: whether it holds, and why.

    `question` is the one whose answer weighs most against it, where there is one.
    """

    rule: Rule
    subject: str
    title: str
    holds: bool
    message: str
    question: str | None = None
