"""What an agenda is: the questions people should talk about, and those they have settled."""

from typing import Literal

from it4it_assess.model.base import Model


class Word(Model):
    """What one respondent said to one question."""

    respondent: str
    name: str
    role: str = ""
    level: float | None = None
    unsure: bool = False
    unknown: bool = False
    not_applicable: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """What was said, in a word or two."""
        if self.level is not None:
            return f"{self.level:g}, unsure" if self.unsure else f"{self.level:g}"
        if self.not_applicable:
            return f"does not apply ({self.not_applicable})"
        return "does not know" if self.unknown else "no answer"


class Step(Model):
    """One level with the sentence that describes it."""

    level: float
    means: str


class Topic(Model):
    """One question to talk about.

    `deviation` is the mean distance of the voices from their middle, in scale units, None with
    fewer than two levels. `first_at_lowest` and `first_at_highest` say which stream would come
    first if the lowest or highest voice were right; `moves` is the most that the value (0 to 1)
    of a stream, `moved`, lies apart between the two. `minutes` is a suggestion.
    """

    question: str
    stream: str
    component: str
    ask: str
    kind: Literal["decides", "apart", "near", "known by some"]
    voices: tuple[Word, ...]
    now: float | None
    deviation: float | None
    consensus: float | None
    first_at_lowest: str | None
    first_at_highest: str | None
    moved: str | None
    moves: float
    effect: str
    levels: tuple[Step, ...]
    look_at: tuple[str, ...]
    note: str
    minutes: int


class Settled(Model):
    """One question on which the voices have agreed."""

    question: str
    stream: str
    ask: str
    agreed: float
    voices: tuple[Word, ...]
    note: str


class Alone(Model):
    """Which stream would come first if one respondent were right in every topic."""

    respondent: str
    name: str
    first: str | None


class Agenda(Model):
    """What to talk about, in order, and what is settled; `first` is today's first stream."""

    organisation: str
    respondents: tuple[str, ...]
    first: str | None
    alone: tuple[Alone, ...]
    topics: tuple[Topic, ...]
    settled: tuple[Settled, ...]

    @property
    def minutes(self) -> int:
        """About how long all topics take."""
        return sum(topic.minutes for topic in self.topics)
