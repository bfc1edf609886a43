"""What a comparison is: two assessments of one organisation, and what changed between them."""

import datetime as dt
from typing import Literal

from it4it_assess.model.assessment import State
from it4it_assess.model.base import Model

Step = Literal[
    "questionnaire",
    "answers",
    "organisation",
    "ratings",
    "targets",
    "capacity",
    "weights",
]
"""A class of change. `ratings` are goals, pain and readiness; `organisation` is size, sector
and regulation; `questionnaire` brings its new questions along with the answers they got."""

AnswerMove = Literal[
    "up",
    "down",
    "surer",
    "less-sure",
    "now-known",
    "now-unknown",
    "no-longer-answered",
    "now-not-applicable",
    "applies-again",
    "voices",
]
"""What happened to an answer. `voices`: people changed their word, the reading stayed."""


class Change(Model):
    """A figure then and now; the parts by class of change add up to `delta`.

    `delta` is None where either figure is; `parts` too where a step between the two gives
    no figure, so that the change cannot be taken apart.
    """

    old: float | None
    new: float | None
    delta: float | None
    parts: dict[Step, float] | None


class ScoreChange(Change):
    """A score then and now, in scale units, with what each may still turn out to be."""

    id: str
    title: str
    old_low: float | None
    old_high: float | None
    new_low: float | None
    new_high: float | None
    old_coverage: float | None
    new_coverage: float | None


class StreamChange(ScoreChange):
    """A stream's score, its distance to its target, and its components."""

    old_target: float | None
    new_target: float | None
    gap: Change
    components: tuple[ScoreChange, ...]


class CriterionChange(Model):
    """One stream on one criterion: points, 0 to 5, and what they add to its value."""

    criterion: str
    old_points: float | None
    new_points: float | None
    old_contribution: float | None
    new_contribution: float | None


class RankChange(Change):
    """A stream's value, 0 to 1, and place in the ranking, then and now."""

    id: str
    title: str
    old_rank: int | None
    new_rank: int | None
    old_gates: tuple[str, ...]
    new_gates: tuple[str, ...]
    criteria: tuple[CriterionChange, ...]


class PickMove(Model):
    """A class of change at which the pick became another one, in the order of the steps."""

    step: Step
    before: str | None
    after: str | None


class Pick(Model):
    """Which stream came first, which does now, and what moved it.

    `moves` are the steps at which the pick changed. `without` says, for each class of
    change there was, which stream would come first today had that class alone stayed as it
    was: it does not depend on the order of the steps.
    """

    old: str | None
    new: str | None
    moves: tuple[PickMove, ...]
    without: dict[Step, str | None]


class VoiceChange(Model):
    """What one respondent said, then and now; None where they gave no level."""

    respondent: str
    old: float | None
    new: float | None


class AnswerChange(Model):
    """One question answered otherwise; `moved` is what it does to its stream by itself.

    `moved` is in scale units: the stream's score with only this answer changed, less the
    score with the old answers. None where one of the two gives no score.
    """

    question: str
    ask: str
    stream: str
    move: AnswerMove
    old_state: State
    new_state: State
    old: float | None
    new: float | None
    moved: float | None
    voices: tuple[VoiceChange, ...]


class InitiativeChange(Model):
    """An initiative whose lifts were reached, or no longer are.

    `moved` is what the newly reached questions alone do to each stream's score. `open_before`
    are those nobody could say before: they may have been in place all along. `shared_with`
    are the other initiatives listed that lift one of the same questions.
    """

    id: str
    title: str
    stream: str
    standing: Literal["done", "partly", "slipped"]
    reached: tuple[str, ...]
    missing: tuple[str, ...]
    open_before: tuple[str, ...]
    moved: dict[str, float]
    shared_with: tuple[str, ...]


class IndicatorChange(Model):
    """An indicator against its start and its aim, in its own unit.

    `way` is the share of the way from baseline to target that is gone: below 0 away from
    the target, above 1 past it; None where a figure is missing or there is no way to go.
    """

    id: str
    title: str
    unit: str
    direction: Literal["up", "down"]
    baseline: float | None
    target: float | None
    before: float | None
    current: float | None
    way: float | None
    reached: bool | None
    against_direction: bool
    """True where the target lies on the worse side of the baseline."""


class Setting(Model):
    """Something the firm says beside its answers, changed: `pain.d2c` from 5 to 2."""

    step: Step
    path: str
    old: str | None
    new: str | None


class QuestionnaireChange(Model):
    """How the two questionnaires differ, by id."""

    id: str
    old_version: str
    new_version: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]
    reweighed: tuple[str, ...]

    @property
    def is_the_same(self) -> bool:
        """Say whether nothing differs but perhaps the version."""
        return not (self.added or self.removed or self.reworded or self.reweighed)


class Side(Model):
    """One of the two: whose, when, and with which questionnaire it was read."""

    organisation: str
    date: dt.date | None
    version: str
    answered_with: str | None
    """The version the answer file names, where it is not the one it was read with."""


class Comparison(Model):
    """What changed between two assessments of one organisation, and why."""

    old: Side
    new: Side
    steps: tuple[Step, ...]
    changed: tuple[Step, ...]
    """The classes in which anything changed."""
    overall: ScoreChange
    streams: tuple[StreamChange, ...]
    lenses: tuple[ScoreChange, ...]
    pick: Pick
    ranking: tuple[RankChange, ...]
    answers: tuple[AnswerChange, ...]
    initiatives: tuple[InitiativeChange, ...]
    together: dict[str, float]
    """What all that initiatives newly reached does to each stream's score, each question once."""
    indicators: tuple[IndicatorChange, ...]
    settings: tuple[Setting, ...]
    questionnaire: QuestionnaireChange


class Line(Model):
    """One score over several dates; None where it cannot be given."""

    id: str
    title: str
    scores: tuple[float | None, ...]
    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]
    targets: tuple[float | None, ...]


class Trend(Model):
    """Scores, picks and indicators over the dates of several answer files, oldest first."""

    dates: tuple[dt.date | None, ...]
    versions: tuple[str, ...]
    first: tuple[str | None, ...]
    overall: Line
    streams: tuple[Line, ...]
    lenses: tuple[Line, ...]
