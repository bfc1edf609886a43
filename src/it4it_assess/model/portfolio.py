"""What a portfolio says of many organisations: figures of groups, never of one of them.

Scores are in scale units, rounded to a tenth; shares are 0 to 1 in whole hundredths. What is
null is held back, because too few firms are behind it.
"""

from typing import Literal

from it4it_assess.model.base import FormatOne, Model

Dimension = Literal["sector", "size", "country"]


class Quantiles(Model):
    """Where scores lie: a tenth of the firms is below p10, half below the median p50."""

    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None


class LevelShare(Model):
    """The share of scored firms at these neighbouring levels, counted from 0."""

    lowest: int
    highest: int
    share: float


class OverTime(Model):
    """What became of scores from a firm's first date to its last; `firms` have two or more."""

    firms: int
    median_change: float | None
    rose: float | None
    same: float | None
    fell: float | None


class Spread(Model):
    """One score over all firms: a stream's, or `overall`.

    `not_enough` firms answered less than 60 % of it and have no score; they are in no figure.
    """

    id: str
    title: str
    scored: int | None
    not_enough: int | None
    quantiles: Quantiles
    levels: tuple[LevelShare, ...]
    over_time: OverTime | None


class Group(Model):
    """Firms that share what `names` says; an empty name: not stated; null: all smaller groups."""

    names: dict[Dimension, str | None]
    firms: int
    quantiles: dict[str, Quantiles]


class Breakdown(Model):
    """Groups by one property or two, in order of name; `hidden` groups are not shown."""

    by: tuple[Dimension, ...]
    groups: tuple[Group, ...]
    hidden: int


class FirstCount(Model):
    """How many firms should begin with a stream; the empty id is all that is not named."""

    stream: str
    firms: int | None


class FirstsOfGroup(Model):
    """Which streams come first in one group."""

    name: str | None
    firms: int
    counts: tuple[FirstCount, ...]


class Firsts(Model):
    """Which streams come first: over all firms, and by sector and size."""

    all: tuple[FirstCount, ...]
    by: dict[Dimension, tuple[FirstsOfGroup, ...]]


class OpenQuestion(Model):
    """A question that many could not answer: the share of those it was put to."""

    question: str
    ask: str
    stream: str
    share: float


class Section(Model):
    """Organisations that answered one version of one questionnaire, each at its last date.

    `files` counts all dates; `other_version` those whose file names another version than it
    was read with; `same_day` those passed over for another file of the firm of that date.
    """

    questionnaire: str
    title: str
    version: str
    notice: str
    lowest: float
    highest: float
    files: int
    firms: int
    other_version: int
    same_day: int
    spreads: tuple[Spread, ...]
    breakdowns: tuple[Breakdown, ...]
    firsts: Firsts
    unknowns: tuple[OpenQuestion, ...]


class TooSmall(Model):
    """A version of a questionnaire that fewer firms answered than may be shown."""

    questionnaire: str
    version: str


class PublishedPortfolio(Model):
    """The JSON of a portfolio; nothing in it is about one organisation."""

    format: FormatOne
    smallest_group: int
    refused: int
    sections: tuple[Section, ...]
    too_small: tuple[TooSmall, ...]


Band = Literal["lower", "middle", "upper"]
"""Where a score lies among others: below their lower quartile, between, or above the upper."""


class Standing(Model):
    """One score of a firm: where it lies among its peers, and what it was at the first date."""

    id: str
    title: str
    score: float | None
    band: Band | None
    before: float | None


class AmongPeers(Model):
    """One firm against others like it, and against itself; no other firm is in it.

    `group` says what the peers share with the firm; there are `at_least` so many of them, the
    firm itself not counted. Without a group there are too few of any kind.
    """

    organisation: str
    date: str | None
    first_date: str | None
    questionnaire: str
    version: str
    notice: str
    group: dict[Dimension, str] | None
    at_least: int | None
    standings: tuple[Standing, ...]
