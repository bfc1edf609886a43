"""What is believed of answers not yet given, from those that are.

Levels within a firm, a stream and a component hang together:

    a question = its component + noise       a component = its stream + noise
    a stream = its firm + noise              a firm = a wide prior

with every noise normal. How large the noises are is not known either: each `Spread` is a
guess, weighed by how well it foretells the answers at hand. Under one spread everything has
a closed form: a mean of what is known, each part weighed by one over its variance (Lindley
and Smith 1972).
"""

from __future__ import annotations

from math import exp, fsum, log, tau
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from it4it_assess.model.questionnaire import Component, ValueStream


class Spread(NamedTuple):
    """Standard deviations of streams, components and questions, as shares of the scale."""

    stream: float
    component: float
    question: float


SPREADS = tuple(
    Spread(stream, component * question, question)
    for stream in (0.04, 0.10, 0.20)
    for component in (0.2, 0.7)
    for question in (0.10, 0.17, 0.32)
)
"""The guesses, equally likely at first: from even practice to answers like throws of dice."""

FIRM_MEAN = 0.36
FIRM_SPREAD = 0.20
"""Where firms stand before anything is known, in shares of the scale: 1.8 of 5, give or take 1."""


class Normal(NamedTuple):
    """A normal distribution."""

    mean: float
    variance: float


class Line(NamedTuple):
    """A normal whose mean is `at` plus `slope` times the level above it."""

    at: float
    slope: float
    variance: float


class Heard(NamedTuple):
    """A component's answers, and the shares of its stream's score that are still open."""

    number: int
    mean: float
    scatter: float
    """Sum of the squared distances of the answers from their mean."""
    open: float
    open_squares: float


class StreamHeard(NamedTuple):
    """The answered part of a stream's score, what the score may still be, and its components."""

    fixed: float
    lowest: float
    highest: float
    parts: Mapping[str, Heard]


class StreamBelief(NamedTuple):
    """A stream under one spread.

    `level` and `score` depend on the firm's level, `parts` on the stream's; `lean` is what
    the score gains when the stream's level is one higher.
    """

    level: Line
    parts: Mapping[str, Line]
    score: Line
    lean: float


class Belief(NamedTuple):
    """All that is believed under one spread (in scale units), and how likely the spread is."""

    spread: Spread
    chance: float
    firm: Normal
    streams: Mapping[str, StreamBelief]


class Moments(NamedTuple):
    """An open answer: its variance, its covariance with its stream's score, and the score's."""

    variance: float
    covariance: float
    score_variance: float


def hear(
    stream: ValueStream,
    levels: Mapping[str, float],
    shares: Mapping[str, float],
    scale: Sequence[float],
) -> StreamHeard:
    """Gather what is known of a stream; questions without a share do not apply."""
    parts = {part.id: _hear(part, levels, shares) for part in stream.components}
    still = fsum(part.open for part in parts.values())
    fixed = fsum(
        shares[ask.id] * levels[ask.id]
        for ask in stream.questions
        if ask.id in shares and ask.id in levels
    )
    return StreamHeard(fixed, fixed + still * scale[0], fixed + still * scale[-1], parts)


def believe(streams: Mapping[str, StreamHeard], scale: Sequence[float]) -> list[Belief]:
    """Return what is believed under each spread, and how likely each is."""
    width = scale[-1] - scale[0]
    prior = Normal(scale[0] + FIRM_MEAN * width, (FIRM_SPREAD * width) ** 2)
    found = [
        _under(Spread(*(width * one for one in spread)), streams, prior) for spread in SPREADS
    ]
    best = max(evidence for evidence, _ in found)
    weights = [exp(evidence - best) for evidence, _ in found]
    total = fsum(weights)
    return [
        belief._replace(chance=weight / total)
        for weight, (_, belief) in zip(weights, found, strict=True)
    ]


def moments(belief: Belief, stream: str, part: str, share: float, heard: StreamHeard) -> Moments:
    """Return how an open question of a component moves with its stream's score."""
    own = belief.streams[stream]
    noise = belief.spread.question**2
    level_variance = own.level.variance + own.level.slope**2 * belief.firm.variance
    line, still = own.parts[part], heard.parts[part].open
    return Moments(
        variance=line.slope**2 * level_variance + line.variance + noise,
        covariance=(
            line.slope * level_variance * own.lean + still * line.variance + share * noise
        ),
        score_variance=own.score.variance + own.score.slope**2 * belief.firm.variance,
    )


def _hear(part: Component, levels: Mapping[str, float], shares: Mapping[str, float]) -> Heard:
    applying = [ask.id for ask in part.questions if ask.id in shares]
    known = [levels[name] for name in applying if name in levels]
    still = [shares[name] for name in applying if name not in levels]
    mean = fsum(known) / len(known) if known else 0.0
    return Heard(
        number=len(known),
        mean=mean,
        scatter=fsum((level - mean) ** 2 for level in known),
        open=fsum(still),
        open_squares=fsum(share * share for share in still),
    )


def _under(
    spread: Spread, streams: Mapping[str, StreamHeard], prior: Normal
) -> tuple[float, Belief]:
    """Return the log of how likely the answers are under a spread, and the belief."""
    noise, between, apart = spread.question**2, spread.component**2, spread.stream**2
    evidence = 0.0
    pooled: dict[str, Normal | None] = {}
    for name, stream in streams.items():
        means = []
        for part in stream.parts.values():
            if part.number:
                own = noise / part.number
                evidence += 0.5 * (log(tau * own) - part.number * log(tau * noise))
                evidence -= 0.5 * part.scatter / noise
                means.append(Normal(part.mean, between + own))
        pooled[name], told = pool(means) if means else (None, 0.0)
        evidence += told
    firm, told = pool(
        [prior, *(Normal(one.mean, one.variance + apart) for one in pooled.values() if one)]
    )
    return evidence + told, Belief(
        spread=spread,
        chance=1.0,
        firm=firm,
        streams={
            name: _stream(stream, below(pooled[name], apart), between, noise)
            for name, stream in streams.items()
        },
    )


def pool(heard: Sequence[Normal]) -> tuple[Normal, float]:
    """Pool measurements of one level; return it, and the log of how likely they are together."""
    precision = fsum(1 / one.variance for one in heard)
    mean = fsum(one.mean / one.variance for one in heard) / precision
    apart = fsum(log(tau * one.variance) + (one.mean - mean) ** 2 / one.variance for one in heard)
    return Normal(mean, 1 / precision), 0.5 * (log(tau / precision) - apart)


def below(heard: Normal | None, noise: float) -> Line:
    """Return a level from what is heard of it and from the level above, `noise` away."""
    if heard is None:
        return Line(0.0, 1.0, noise)
    lean = heard.variance / (heard.variance + noise)
    return Line((1 - lean) * heard.mean, lean, lean * noise)


def _stream(heard: StreamHeard, level: Line, between: float, noise: float) -> StreamBelief:
    lines = {
        name: below(Normal(part.mean, noise / part.number) if part.number else None, between)
        for name, part in heard.parts.items()
    }
    pairs: Iterable[tuple[Heard, Line]] = [(heard.parts[name], lines[name]) for name in lines]
    lean = fsum(part.open * line.slope for part, line in pairs)
    at = heard.fixed + fsum(part.open * line.at for part, line in pairs)
    variance = fsum(
        part.open**2 * line.variance + part.open_squares * noise for part, line in pairs
    )
    score = Line(at + lean * level.at, lean * level.slope, variance + lean * lean * level.variance)
    return StreamBelief(level, lines, score, lean)
