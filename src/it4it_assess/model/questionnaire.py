"""What a questionnaire is: scale, streams, components, questions and initiatives."""

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from it4it_assess.model.base import (
    FormatOne,
    Identifier,
    Identifiers,
    Model,
    Points,
    Text,
    Texts,
    Weight,
    type_of_tuple,
)

Result = TypeVar("Result")
CriterionId = Literal["pain", "goals", "gap", "readiness", "effort", "enabling"]
FirmSize = Literal["micro", "small", "medium"]

DEFAULT_TARGET_SHARE = 0.6
"""A stream without a target aims at this share of the scale: level 3 on 0 to 5."""


class ScaleValue(Model):
    """One value a question can be answered with."""

    value: float
    name: Text
    means: str = ""


class Question(Model):
    """One question with an observable sentence for each value of the scale."""

    id: Identifier
    ask: Text
    why: str = ""
    weight: Weight = 1.0
    essential: bool = False
    lenses: Identifiers = ()
    v3: Identifier | None = None
    levels: dict[float, Text]
    advice: dict[float, Text] = {}
    evidence: Texts = ()


class Component(Model):
    """A functional component: the questions about one part of a value stream."""

    id: Identifier
    title: Text
    weight: Weight = 1.0
    about: str = ""
    without: str = ""
    data_objects: Texts = ()
    crosswalk: dict[Identifier, Texts] = {}
    questions: Annotated[tuple[Question, ...], type_of_tuple, Field(min_length=1)]


class EffortDays(Model):
    """Days of the firm's own people, by size of firm."""

    micro: Weight
    small: Weight
    medium: Weight

    def for_size(self, size: FirmSize) -> float:
        """Return the days for a firm of this size."""
        days: float = getattr(self, size)
        return days


class Resistance(Model):
    """What people will say against an initiative, and an answer that respects them."""

    expect: Text
    answer: Text


class Initiative(Model):
    """A piece of work, small enough for one quarter, that lifts questions to a level."""

    id: Identifier
    title: Text
    outcome: str = ""
    lifts: Annotated[dict[Identifier, float], Field(min_length=1)]
    effort_days: EffortDays
    driven_by: str = ""
    needs: Identifiers = ()
    owner: str = ""
    first_step: str = ""
    steps: Texts = ()
    done_when: str = ""
    risk: str = ""
    resistance: Resistance | None = None
    lenses: Identifiers = ()
    tools: Identifiers = ()
    indicators: Identifiers = ()


class Tool(Model):
    """A kind of tool, with examples by name."""

    id: Identifier
    title: Text
    components: Identifiers = ()
    open_source: Texts = ()
    commercial: Texts = ()
    fits: Annotated[tuple[FirmSize, ...], type_of_tuple] = ()
    look_for: str = ""


class Indicator(Model):
    """A figure a firm can measure by hand; suggested, never official."""

    id: Identifier
    title: Text
    unit: Text
    direction: Literal["up", "down"]
    by_hand: str = ""
    components: Identifiers = ()


class ValueStream(Model):
    """A value stream: its components and the initiatives, tools and indicators beside them."""

    id: Identifier
    title: Text
    kind: Literal["primary", "supporting"] = "primary"
    weight: Weight = 1.0
    target: float | None = None
    about: str = ""
    components: Annotated[tuple[Component, ...], type_of_tuple, Field(min_length=1)]
    initiatives: Annotated[tuple[Initiative, ...], type_of_tuple] = ()
    tools: Annotated[tuple[Tool, ...], type_of_tuple] = ()
    indicators: Annotated[tuple[Indicator, ...], type_of_tuple] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the stream, in order."""
        return tuple(question for part in self.components for question in part.questions)


class Criterion(Model):
    """A criterion of the ranking, in words a reader understands."""

    id: CriterionId
    title: Text
    asks: str = ""
    reads: str = ""


class Dependency(Model):
    """One stream leans on another having reached a score."""

    stream: Identifier
    needs: Identifier
    score: float
    because: str = ""


class Pull(Model):
    """How strongly a goal depends on a component, 0 to 5, and why."""

    strength: Points
    because: str = ""


class Goal(Model):
    """A strategic goal as an owner says it, with the components it depends on."""

    id: Identifier
    title: Text
    says: str = ""
    pulls: dict[Identifier, Pull] = {}


class Lens(Model):
    """A cross-cutting reading of tagged questions."""

    id: Identifier
    title: Text
    about: str = ""


class Stage(Model):
    """A stage of a view's group; questions name the stage they feed."""

    id: Identifier
    title: Text


class ViewGroup(Model):
    """One group of a view, fed by stages or by whole components."""

    id: Identifier
    title: Text
    about: str = ""
    stages: Annotated[tuple[Stage, ...], type_of_tuple] = ()
    components: Identifiers = ()


class View(Model):
    """The same answers regrouped."""

    id: Identifier
    title: Text
    about: str = ""
    groups: Annotated[tuple[ViewGroup, ...], type_of_tuple, Field(min_length=1)]
    dependencies: Annotated[tuple[Dependency, ...], type_of_tuple] = ()


class Sector(Model):
    """What IT trouble costs in a line of business."""

    id: Identifier
    title: Text
    note: str = ""


class Regulation(Model):
    """A law or norm a firm may be held to."""

    id: Identifier
    title: Text
    note: str = ""


class Circumstance(Model):
    """What a target rule looks at: exactly one of these."""

    size: FirmSize | None = None
    sector: Identifier | None = None
    regulation: Identifier | None = None
    goal: Identifier | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        named = list(self.model_dump(exclude_none=True))
        if len(named) != 1:
            raise PydanticCustomError(
                "one_circumstance",
                "the circumstance names {named}",
                {"named": " and ".join(named) or "nothing"},
            )
        return self


class TargetRule(Model):
    """A step up or down from a stream's usual target, and why."""

    when: Circumstance
    stream: Identifier
    by: float
    because: Text


class Crosswalk(Model):
    """The entries of another framework that components may point at, by id."""

    title: Text
    entries: dict[Text, str]


def _usual_criteria() -> tuple[Criterion, ...]:
    return (
        Criterion(id="pain", title="Pain"),
        Criterion(id="goals", title="Goals"),
        Criterion(id="gap", title="Gap"),
        Criterion(id="readiness", title="Readiness"),
        Criterion(id="effort", title="Effort"),
        Criterion(id="enabling", title="Enabling"),
    )


class Frame(Model):
    """All of a questionnaire but its streams."""

    format: FormatOne
    id: Identifier
    title: Text
    version: Text
    language: str = "en"
    about: str = ""
    notice: str = ""
    scale: Annotated[tuple[ScaleValue, ...], type_of_tuple, Field(min_length=2)]
    criteria: Annotated[tuple[Criterion, ...], type_of_tuple] = Field(
        default_factory=_usual_criteria
    )
    dependencies: Annotated[tuple[Dependency, ...], type_of_tuple] = ()
    goals: Annotated[tuple[Goal, ...], type_of_tuple] = ()
    lenses: Annotated[tuple[Lens, ...], type_of_tuple] = ()
    views: Annotated[tuple[View, ...], type_of_tuple] = ()
    sectors: Annotated[tuple[Sector, ...], type_of_tuple] = ()
    regulations: Annotated[tuple[Regulation, ...], type_of_tuple] = ()
    target_rules: Annotated[tuple[TargetRule, ...], type_of_tuple] = ()
    crosswalks: dict[Identifier, Crosswalk] = {}


class QuestionnaireFile(Frame):
    """`questionnaire.yaml`: the frame, and the names of the stream files beside it."""

    streams: Annotated[tuple[Text, ...], type_of_tuple, Field(min_length=1)]


class Questionnaire(Frame):
    """A whole questionnaire, checked: ids are unique and every reference resolves."""

    streams: Annotated[tuple[ValueStream, ...], type_of_tuple, Field(min_length=1)]

    @cached_property
    def worked_out(self) -> dict[Any, Any]:
        """What `once` keeps: results by the function that made them."""
        return {}

    def once(self, work: Callable[["Questionnaire"], Result]) -> Result:
        """Return what a function makes of this questionnaire, worked out the first time only."""
        if work not in self.worked_out:
            self.worked_out[work] = work(self)
        result: Result = self.worked_out[work]
        return result

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The values of the scale, lowest first."""
        return tuple(step.value for step in self.scale)

    @cached_property
    def components(self) -> dict[str, Component]:
        """Every component by id, in order."""
        return {part.id: part for stream in self.streams for part in stream.components}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in order."""
        return {question.id: question for stream in self.streams for question in stream.questions}

    @cached_property
    def initiatives(self) -> dict[str, Initiative]:
        """Every initiative by id, in order."""
        return {work.id: work for stream in self.streams for work in stream.initiatives}

    @cached_property
    def tools(self) -> dict[str, Tool]:
        """Every tool by id, in order."""
        return {tool.id: tool for stream in self.streams for tool in stream.tools}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in order."""
        return {one.id: one for stream in self.streams for one in stream.indicators}

    @cached_property
    def seen_through(self) -> dict[str, tuple[Question, ...]]:
        """The questions tagged with each lens, by the lens's id."""
        return {
            lens.id: tuple(one for one in self.questions.values() if lens.id in one.lenses)
            for lens in self.lenses
        }

    @cached_property
    def feeding(self) -> dict[str, tuple[Question, ...]]:
        """The questions that feed each stage of the views, by the stage's id."""
        return {
            stage.id: tuple(one for one in self.questions.values() if one.v3 == stage.id)
            for view in self.views
            for group in view.groups
            for stage in group.stages
        }

    @cached_property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """The initiatives each initiative needs, by id."""
        return {name: work.needs for name, work in self.initiatives.items()}

    @cached_property
    def stream_of(self) -> dict[str, ValueStream]:
        """The stream that each component, question, initiative, tool and indicator is in."""
        return {
            thing.id: stream
            for stream in self.streams
            for things in (
                stream.components,
                stream.questions,
                stream.initiatives,
                stream.tools,
                stream.indicators,
            )
            for thing in things
        }

    @cached_property
    def component_of(self) -> dict[str, Component]:
        """The component that each question is in."""
        return {
            question.id: part for part in self.components.values() for question in part.questions
        }

    def usual_target(self, stream: ValueStream) -> float:
        """Return the stream's own target, or a fixed share of the scale."""
        if stream.target is not None:
            return stream.target
        lowest, highest = self.values[0], self.values[-1]
        return lowest + DEFAULT_TARGET_SHARE * (highest - lowest)
