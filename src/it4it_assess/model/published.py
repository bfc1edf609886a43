"""What the JSON report holds: the whole assessment, and what one needs to read it."""

from typing import Literal

from it4it_assess.model.assessment import Assessment
from it4it_assess.model.base import FormatOne, Model
from it4it_assess.model.questionnaire import Criterion, ScaleValue


class AskedQuestion(Model):
    """A question by the id that readings and lifts name."""

    id: str
    ask: str
    essential: bool


class AskedComponent(Model):
    """A functional component with its questions."""

    id: str
    title: str
    questions: tuple[AskedQuestion, ...]


class AskedStream(Model):
    """A value stream with its components."""

    id: str
    title: str
    kind: Literal["primary", "supporting"]
    components: tuple[AskedComponent, ...]


class AskedIndicator(Model):
    """An indicator and the unit its figures are in."""

    title: str
    unit: str
    direction: Literal["up", "down"]


class Asked(Model):
    """As much of a questionnaire as it takes to read an assessment's ids and numbers."""

    id: str
    title: str
    version: str
    language: str
    notice: str
    scale: tuple[ScaleValue, ...]
    criteria: tuple[Criterion, ...]
    streams: tuple[AskedStream, ...]
    goals: dict[str, str]
    indicators: dict[str, AskedIndicator]
    tools: dict[str, str]


class PublishedReport(Model):
    """The JSON report. Numbers are exact: other formats round them, nothing else."""

    format: FormatOne
    questionnaire: Asked
    assessment: Assessment
