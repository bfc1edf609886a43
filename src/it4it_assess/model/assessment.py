"""What an assessment is: readings, scores, a ranking, its robustness and a roadmap."""

import datetime as dt
from typing import Literal

from it4it_assess.model.answers import (
    IndicatorReading,
    Money,
    Organisation,
    Respondent,
    Stakeholder,
)
from it4it_assess.model.base import Model
from it4it_assess.model.questionnaire import CriterionId, FirmSize, Resistance

Method = Literal["greedy", "optimal"]
"""How a plan is made: by a rule of thumb, or by a solver that proves how good it is."""

State = Literal["level", "unsure", "unknown", "unanswered", "not_applicable"]


class Voice(Model):
    """What one respondent said; `level` is None where they could not say."""

    respondent: str
    role: str
    level: float | None
    unsure: bool
    note: str


class Reading(Model):
    """One question as answered: its state, its level where there is one, and what it may be.

    `deviation` is the mean absolute deviation about the median in scale units and
    `consensus` runs from 0 (split at the extremes) to 1 (one mind); both are None with
    fewer than two voices that give a level. `agreed` is the level the voices settled on:
    where it is there it is the level, and nothing is disputed any more.
    """

    question: str
    state: State
    level: float | None
    low: float
    high: float
    voices: tuple[Voice, ...] = ()
    deviation: float | None = None
    consensus: float | None = None
    disputed: bool = False
    agreed: float | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()
    reason: str = ""


class Score(Model):
    """A weighted mean with exact bounds, the level reached with bounds, and coverage.

    `score`, `low` and `high` are in scale units; the levels count the values of the scale
    from 0; `coverage` is the answered share of the applicable weight, 0 to 1. `score` and
    `level` are None below 60 % coverage, everything but coverage when nothing applies.
    """

    score: float | None
    low: float | None
    high: float | None
    level: int | None
    level_low: int | None
    level_high: int | None
    coverage: float


class ComponentScore(Score):
    """The score of a functional component."""

    id: str
    title: str


class StreamScore(Score):
    """The score of a value stream with its target; `gap` is never below nought."""

    id: str
    title: str
    kind: Literal["primary", "supporting"]
    target: float
    gap: float | None
    components: tuple[ComponentScore, ...]


class GroupScore(Score):
    """The score of a lens, or of a group of a view."""

    id: str
    title: str


class Scorecard(Model):
    """Every score of one assessment."""

    overall: Score
    streams: tuple[StreamScore, ...]
    lenses: tuple[GroupScore, ...]
    views: dict[str, tuple[GroupScore, ...]]


class Target(Model):
    """A stream's target and the steps that led to it."""

    stream: str
    value: float
    reasons: tuple[str, ...]


class StreamAgreement(Model):
    """How far the respondents agree on one stream.

    `alpha` is Krippendorff's ordinal alpha, None below two respondents or ten shared
    questions. `by_role` is the median level each role gave over the shared questions.
    """

    stream: str
    shared: int
    alpha: float | None
    by_role: dict[str, float]


class CriterionValue(Model):
    """One stream on one criterion: points 0 to 5 with their range, and where they come from."""

    criterion: CriterionId
    points: float
    low: float
    high: float
    because: str
    assumed: bool = False


class Gate(Model):
    """Why a stream is not to be first, however well it scores."""

    id: str
    because: str


class StreamRank(Model):
    """One stream in the ranking; `contributions` add up to `value`, 0 to 1."""

    id: str
    title: str
    rank: int
    value: float
    gates: tuple[Gate, ...]
    criteria: tuple[CriterionValue, ...]
    contributions: dict[str, float]

    @property
    def gated_by(self) -> tuple[str, ...]:
        """The ids of what keeps the stream from being first."""
        return tuple(gate.id for gate in self.gates)


class Ranking(Model):
    """Which stream first, the streams in order, and the weights used.

    `first` is None when every stream is gated.
    """

    first: str | None
    streams: tuple[StreamRank, ...]
    weights: dict[str, float]


class BreakEven(Model):
    """The weight at which a rival draws level with the first stream, the others rescaled."""

    criterion: str
    weight: float
    rival: str


class Flip(Model):
    """The smallest shift of weight, 0 to 1, at which a rival draws level, and where it goes."""

    shift: float
    rival: str
    towards: str


class DecidingAnswer(Model):
    """The one answer that would change the pick: the nearest level at which it does."""

    question: str
    stream: str
    now: float | None
    would_be: float
    first: str | None
    open: bool
    """True where the answer is unknown, unsure, missing or disputed today."""


class Robustness(Model):
    """How firm the pick is. Shares are over `samples` seeded draws."""

    rank_shares: dict[str, tuple[float, ...]]
    samples: int
    seed: int
    break_even: tuple[BreakEven, ...]
    smallest_flip: Flip | None
    deciding_answer: DecidingAnswer | None
    verdict: Literal["clear", "leaning", "contested", "gated", "alone"]


class Lift(Model):
    """A question an initiative lifts, from where it would stand to where it ends."""

    question: str
    ask: str
    before: float | None
    after: float


class PlannedInitiative(Model):
    """An initiative in the roadmap; `quarter` counts from 1, None when it does not fit."""

    id: str
    title: str
    stream: str
    quarter: int | None
    days: float
    cost: float | None
    value: float
    needs: tuple[str, ...]
    outcome: str
    owner: str
    first_step: str
    steps: tuple[str, ...]
    done_when: str
    driven_by: str
    risk: str
    resistance: Resistance | None
    tools: tuple[str, ...]
    indicators: tuple[str, ...]
    lifts: tuple[Lift, ...]
    left_out_because: str = ""


class Wave(Model):
    """One quarter of the roadmap (an ArchiMate plateau) and the scores at its end."""

    quarter: int
    starts: dt.date
    ends: dt.date
    capacity: float
    days: float
    cost: float | None
    initiatives: tuple[str, ...]
    projected: dict[str, float]


class Roadmap(Model):
    """What to do when. `projected` scores come from the same scoring as today's.

    `value` is each planned initiative's value times the quarters it is there for. With the
    method `optimal`, no plan of this work is worth more than `bound`, and `gap` is the share
    of the bound, 0 to 1, that this one may fall short: 0 where it is proven best.
    """

    size: FirmSize
    method: Method
    value: float
    bound: float | None = None
    gap: float | None = None
    currency: str
    waves: tuple[Wave, ...]
    initiatives: tuple[PlannedInitiative, ...]
    today: dict[str, float]
    days: float
    cost: float | None


class Assessment(Model):
    """Everything judged about one organisation on one date."""

    organisation: Organisation
    questionnaire: str
    version: str
    tool: str
    date: dt.date
    respondents: dict[str, Respondent]
    stakeholders: tuple[Stakeholder, ...]
    readings: dict[str, Reading]
    scorecard: Scorecard
    targets: tuple[Target, ...]
    agreement: tuple[StreamAgreement, ...]
    ranking: Ranking
    robustness: Robustness
    roadmap: Roadmap
    indicators: dict[str, IndicatorReading]
    money: Money
    assumptions: tuple[str, ...]
