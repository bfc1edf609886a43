"""One call from answers to judgement: read, score, rank, doubt, plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess import __version__
from it4it_assess.engine.backlog import (
    days_to_target,
    open_initiatives,
    planning_score,
    question_shares,
    reach,
    worthwhile,
)
from it4it_assess.engine.criteria import Standing, rate
from it4it_assess.engine.deciding import deciding_answer
from it4it_assess.engine.ranking import criteria_weights, leader, rank
from it4it_assess.engine.reading import read_answers, stream_agreement
from it4it_assess.engine.robustness import break_even_weights, smallest_flip
from it4it_assess.engine.sampling import SAMPLES, SEED, sampled_rank_shares
from it4it_assess.engine.scoring import Cells, central, score
from it4it_assess.engine.targets import set_targets
from it4it_assess.engine.waves import lay_out
from it4it_assess.model.assessment import Assessment, BreakEven, Flip, Robustness

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping
    from typing import Literal

    from it4it_assess.engine.backlog import OpenInitiative
    from it4it_assess.engine.tally import Stand
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Method, Ranking, Reading, StreamRank
    from it4it_assess.model.questionnaire import FirmSize, Questionnaire, ValueStream

CLEAR_FROM = 0.8
LEANING_FROM = 0.5
"""Shares of first place from which a pick is called clear, or leaning (our convention)."""


def assess(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    *,
    today: dt.date,
    samples: int = SAMPLES,
    method: Method = "greedy",
) -> Assessment:
    """Assess one organisation. The file's own date wins over `today`.

    The roadmap is planned by the method given; AssessError where its extra is missing.
    """
    date = answers.date or today
    targets = set_targets(questionnaire, answers)
    aims = {target.stream: target.value for target in targets}
    readings = read_answers(questionnaire, answers)
    standings, backlog = stand_all(questionnaire, answers.organisation.size, readings, aims)
    ranking = rank(questionnaire, answers.context, standings)
    return Assessment(
        organisation=answers.organisation,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        tool=__version__,
        date=date,
        respondents=answers.respondents,
        stakeholders=answers.context.stakeholders,
        readings=readings,
        scorecard=score(questionnaire, readings, aims),
        targets=targets,
        agreement=stream_agreement(questionnaire, readings),
        ranking=ranking,
        robustness=_robustness(
            questionnaire, answers, readings, aims, standings, backlog, ranking, samples
        ),
        roadmap=lay_out(
            questionnaire,
            answers,
            readings,
            aims,
            ranking,
            worthwhile(backlog),
            today=date,
            method=method,
        ),
        indicators=answers.context.indicators,
        money=answers.context.money,
        assumptions=assumptions(questionnaire, answers, ranking),
    )


def stand_all(
    questionnaire: Questionnaire,
    size: FirmSize,
    readings: Mapping[str, Stand],
    targets: Mapping[str, float],
) -> tuple[dict[str, Standing], dict[str, OpenInitiative]]:
    """Return where every stream stands, and the initiatives open to a firm of this size."""
    shares = question_shares(questionnaire, readings)
    works = questionnaire.initiatives
    backlog = open_initiatives(questionnaire, readings, targets, size, shares, works)
    standings = stand(questionnaire, questionnaire.streams, readings, targets, shares, backlog)
    return standings, backlog


def stand(
    questionnaire: Questionnaire,
    streams: Iterable[ValueStream],
    readings: Mapping[str, Stand],
    targets: Mapping[str, float],
    shares: Mapping[str, float],
    backlog: Mapping[str, OpenInitiative],
) -> dict[str, Standing]:
    """Return where each stream stands; one in which nothing applies has no standing."""
    standings = {}
    cells = Cells(questionnaire, readings)
    for stream in streams:
        cell = cells.stream(stream)
        if cell is None:
            continue
        target = targets[stream.id]
        to_climb = target - planning_score(stream, readings, shares)
        days, closes = days_to_target(stream, to_climb, backlog)
        standings[stream.id] = Standing(central(cell), cell.low, cell.high, target, days, closes)
    return standings


def ranker(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    standings: Mapping[str, Standing],
    backlog: Mapping[str, OpenInitiative],
) -> Callable[[str, Mapping[str, Reading]], str | None]:
    """Return a function that says which stream is first once one answer has another level."""
    weights = criteria_weights(questionnaire, answers.context)
    ratings = rate(questionnaire, answers.context)
    standings_with = restander(questionnaire, answers, readings, targets, standings, backlog)

    def first_with(question: str, changed: Mapping[str, Reading]) -> str | None:
        moved = standings_with(question, changed)
        return leader(questionnaire, answers.context, moved, weights, ratings)

    return first_with


def restander(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    standings: Mapping[str, Standing],
    backlog: Mapping[str, OpenInitiative],
) -> Callable[[str, Mapping[str, Reading]], dict[str, Standing]]:
    """Return a function that says where the streams stand once one answer has another level.

    It judges anew only the initiatives and streams that the question can change.
    """
    touched = reach(questionnaire)
    shares = question_shares(questionnaire, readings)
    size = answers.organisation.size

    climbs = {
        stream.id: targets[stream.id] - planning_score(stream, readings, shares)
        for stream in questionnaire.streams
    }

    def standings_with(question: str, changed: Mapping[str, Reading]) -> dict[str, Standing]:
        works, names = touched[question]
        now = {name: work for name, work in backlog.items() if name not in works}
        now.update(open_initiatives(questionnaire, changed, targets, size, shares, works))
        own = questionnaire.stream_of[question]
        moved = stand(questionnaire, [own], changed, targets, shares, now)
        for stream in questionnaire.streams:
            if stream.id in names and stream.id in standings and stream is not own:
                days, closes = days_to_target(stream, climbs[stream.id], now)
                moved[stream.id] = standings[stream.id]._replace(days=days, closes=closes)
        return {**standings, **moved}

    return standings_with


def _robustness(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    readings: Mapping[str, Reading],
    targets: Mapping[str, float],
    standings: Mapping[str, Standing],
    backlog: Mapping[str, OpenInitiative],
    ranking: Ranking,
    samples: int,
) -> Robustness:
    shares = sampled_rank_shares(
        questionnaire, answers.context, readings, standings, ranking, samples=samples
    )
    rivals = [stream for stream in ranking.streams[1:] if not stream.gates]
    winner = ranking.streams[0] if ranking.first is not None else None
    return Robustness(
        rank_shares=shares,
        samples=samples,
        seed=SEED,
        break_even=_break_even(winner, rivals, ranking) if winner else (),
        smallest_flip=_smallest_flip(winner, rivals, ranking) if winner else None,
        deciding_answer=deciding_answer(
            questionnaire,
            readings,
            ranking.first,
            ranker(questionnaire, answers, readings, targets, standings, backlog),
        ),
        verdict=_verdict(ranking, shares),
    )


def _points(stream: StreamRank) -> list[float]:
    return [value.points for value in stream.criteria]


def _break_even(
    winner: StreamRank, rivals: list[StreamRank], ranking: Ranking
) -> tuple[BreakEven, ...]:
    """Return for each criterion the nearest weight at which some rival ties."""
    weights = list(ranking.weights.values())
    against = {
        rival.id: break_even_weights(_points(winner), _points(rival), weights) for rival in rivals
    }
    nearest = []
    for place, (criterion, weight) in enumerate(ranking.weights.items()):
        ties = [
            BreakEven(criterion=criterion, weight=tie, rival=rival)
            for rival, ties in against.items()
            if (tie := ties[place]) is not None
        ]
        if ties:
            nearest.append(min(ties, key=lambda tie: abs(tie.weight - weight)))
    return tuple(nearest)


def _smallest_flip(winner: StreamRank, rivals: list[StreamRank], ranking: Ranking) -> Flip | None:
    weights = list(ranking.weights.values())
    names = list(ranking.weights)
    flips = []
    for rival in rivals:
        shift = smallest_flip(_points(winner), _points(rival), weights)
        if shift is not None:
            leads = [
                one - other for one, other in zip(_points(winner), _points(rival), strict=True)
            ]
            towards = names[leads.index(min(leads))]
            flips.append(Flip(shift=shift, rival=rival.id, towards=towards))
    return min(flips, key=lambda flip: flip.shift, default=None)


def _verdict(
    ranking: Ranking, shares: Mapping[str, tuple[float, ...]]
) -> Literal["clear", "leaning", "contested", "gated", "alone"]:
    if ranking.first is None:
        return "gated"
    if len(ranking.streams) == 1:
        return "alone"
    share = shares[ranking.first][0]
    if share >= CLEAR_FROM:
        return "clear"
    return "leaning" if share >= LEANING_FROM else "contested"


def assumptions(
    questionnaire: Questionnaire, answers: AnswerFile, ranking: Ranking
) -> tuple[str, ...]:
    """Return what was taken for granted because the file does not say."""
    said = answers.context
    taken = []
    if answers.organisation.employees is None:
        taken.append("The number of employees is not given: effort is that of a small firm.")
    if "capacity" not in said.model_fields_set:
        taken.append(
            f"No capacity is given: the plan takes {said.capacity.days_per_quarter:g} days a "
            f"quarter over {said.capacity.quarters} quarters."
        )
    if said.criteria is None and said.weights is None:
        taken.append("No order of criteria is given: the questionnaire's own order is used.")
    for stream in ranking.streams:
        missing = [value.criterion for value in stream.criteria if value.assumed]
        if missing:
            taken.append(
                f"{stream.title}: {', '.join(missing)} not rated in full; "
                "the middle of the scale is used and the doubt is in the shares."
            )
    version = answers.questionnaire_version
    if version is not None and version != questionnaire.version:
        taken.append(
            f"The answers were given to version {version} of the questionnaire and are read "
            f"with version {questionnaire.version}."
        )
    return tuple(taken)
