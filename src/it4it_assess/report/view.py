"""An assessment laid out for a page: sorted, rounded and in words, ready for a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures, words

if TYPE_CHECKING:
    from it4it_assess.model.assessment import (
        Assessment,
        PlannedInitiative,
        Reading,
        Score,
        StreamScore,
    )
    from it4it_assess.model.questionnaire import Questionnaire

SHOWN_ADVICE = 3
DOUBTFUL_SUPPORT = 2


class Row(NamedTuple):
    """One line of a score table; figures as written, `at` in scale units for the charts."""

    id: str
    title: str
    score: str
    range: str
    level: str
    target: str
    gap: str
    coverage: str
    at: float | None
    low: float | None
    high: float | None
    aim: float | None
    parts: tuple[Row, ...] = ()


class Part(NamedTuple):
    """One criterion's part of a stream's value."""

    criterion: str
    title: str
    points: str
    value: str
    because: str
    share: float


class Bar(NamedTuple):
    """One stream in the ranking."""

    id: str
    rank: int
    title: str
    value: str
    first_share: str
    gates: tuple[str, ...]
    parts: tuple[Part, ...]


class Open(NamedTuple):
    """A question that nobody could answer, or that was not asked."""

    stream: str
    ask: str
    state: str
    note: str


class Dispute(NamedTuple):
    """A question on which the respondents are far apart."""

    stream: str
    ask: str
    voices: tuple[str, ...]
    deviation: str
    consensus: str


class Job(NamedTuple):
    """An initiative as its card shows it."""

    id: str
    title: str
    stream: str
    stream_id: str
    quarter: int | None
    outcome: str
    owner: str
    days: str
    cost: str
    needs: tuple[str, ...]
    lifts: tuple[str, ...]
    first_step: str
    steps: tuple[str, ...]
    done_when: str
    driven_by: str
    risk: str
    resistance: str
    answer: str
    tools: tuple[str, ...]
    indicators: tuple[str, ...]
    left_out_because: str
    amount: float


class Quarter(NamedTuple):
    """One quarter of the plan."""

    number: int
    when: str
    days: str
    cost: str
    jobs: tuple[Job, ...]
    projected: tuple[str, ...]
    capacity: float


class Person(NamedTuple):
    """A stakeholder, and what the plan asks of the firm about them."""

    name: str
    role: str
    influence: str
    support: str
    advice: str


class Agreement(NamedTuple):
    """How far the respondents agree on one stream."""

    stream: str
    shared: int
    alpha: str
    by_role: str


class Group(NamedTuple):
    """A view of the same answers."""

    title: str
    about: str
    rows: tuple[Row, ...]


class Page(NamedTuple):
    """Everything a report shows, top to bottom."""

    organisation: str
    about_firm: str
    date: str
    iso_date: str
    questionnaire: str
    version: str
    tool: str
    notice: str
    headline: str
    first: str | None
    verdict: str
    sureness: str
    runner_up: str | None
    reasons: tuple[str, ...]
    changers: tuple[str, ...]
    gates: tuple[str, ...]
    next_monday: Job | None
    advice: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str, str, str], ...]
    ranking: tuple[Bar, ...]
    overall: Row
    streams: tuple[Row, ...]
    targets: tuple[tuple[str, str, tuple[str, ...]], ...]
    scale: tuple[tuple[str, str, str], ...]
    lowest: float
    highest: float
    unknown: tuple[Open, ...]
    unanswered: int
    disputes: tuple[Dispute, ...]
    agreement: tuple[Agreement, ...]
    respondents: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    left_out: tuple[Job, ...]
    today: tuple[str, ...]
    plan_days: str
    plan_cost: str
    people: tuple[Person, ...]
    lenses: tuple[Row, ...]
    views: tuple[Group, ...]
    without: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    sector: str
    samples: str
    assumptions: tuple[str, ...]


def lay_out_page(assessment: Assessment, questionnaire: Questionnaire) -> Page:
    """Lay an assessment out for a page."""
    roadmap, card = assessment.roadmap, assessment.scorecard
    titles = {stream.id: stream.title for stream in card.streams}
    jobs = [_job(job, assessment, questionnaire, titles) for job in roadmap.initiatives]
    return Page(
        organisation=assessment.organisation.name,
        about_firm=_about_firm(assessment, questionnaire),
        date=figures.day(assessment.date),
        iso_date=assessment.date.isoformat(),
        questionnaire=questionnaire.title,
        version=assessment.version,
        tool=assessment.tool,
        notice=questionnaire.notice,
        headline=words.headline(assessment),
        first=assessment.ranking.first,
        verdict=assessment.robustness.verdict,
        sureness=words.sureness(assessment),
        runner_up=words.runner_up(assessment),
        reasons=tuple(words.reasons(assessment, questionnaire)),
        changers=tuple(words.changers(assessment, questionnaire)),
        gates=tuple(words.gates(assessment)),
        next_monday=next((job for job in jobs if job.quarter and job.first_step), None),
        advice=_advice(assessment, questionnaire),
        criteria=tuple(
            (
                criterion.title,
                criterion.asks,
                criterion.reads,
                figures.percent(assessment.ranking.weights[criterion.id]),
            )
            for criterion in questionnaire.criteria
        ),
        ranking=_ranking(assessment, questionnaire),
        overall=_row("overall", "Overall", card.overall),
        streams=tuple(_stream_row(stream) for stream in card.streams),
        targets=tuple(
            (titles[target.stream], figures.points(target.value), target.reasons)
            for target in assessment.targets
        ),
        scale=tuple((f"{step.value:g}", step.name, step.means) for step in questionnaire.scale),
        lowest=questionnaire.values[0],
        highest=questionnaire.values[-1],
        unknown=_unknown(assessment, questionnaire),
        unanswered=sum(one.state == "unanswered" for one in assessment.readings.values()),
        disputes=_disputes(assessment, questionnaire),
        agreement=_agreement(assessment, titles),
        respondents=tuple(
            f"{one.name or name} ({one.role})" if one.role else one.name or name
            for name, one in assessment.respondents.items()
        ),
        quarters=_quarters(assessment, jobs, titles),
        left_out=tuple(job for job in jobs if job.quarter is None),
        today=tuple(figures.points(roadmap.today.get(stream)) for stream in titles),
        plan_days=figures.days(roadmap.days),
        plan_cost=figures.money(roadmap.cost, roadmap.currency),
        people=_people(assessment),
        lenses=tuple(_row(lens.id, lens.title, lens) for lens in card.lenses),
        views=tuple(
            Group(
                view.title,
                view.about,
                tuple(_row(group.id, group.title, group) for group in card.views[view.id]),
            )
            for view in questionnaire.views
        ),
        without=_without(assessment, questionnaire),
        goals=_goals(assessment, questionnaire),
        sector=next(
            (
                sector.note
                for sector in questionnaire.sectors
                if sector.id == assessment.organisation.sector
            ),
            "",
        ),
        samples=f"{assessment.robustness.samples:,}",
        assumptions=assessment.assumptions,
    )


def _row(name: str, title: str, score: Score) -> Row:
    return Row(
        id=name,
        title=title,
        score=figures.points(score.score),
        range=figures.span(score.low, score.high),
        level=figures.levels(score.level, score.level_low, score.level_high),
        target=figures.NOTHING,
        gap=figures.NOTHING,
        coverage=figures.percent(score.coverage),
        at=score.score,
        low=score.low,
        high=score.high,
        aim=None,
    )


def _stream_row(stream: StreamScore) -> Row:
    return _row(stream.id, stream.title, stream)._replace(
        target=figures.points(stream.target),
        gap=figures.points(stream.gap),
        aim=stream.target,
        parts=tuple(_row(part.id, part.title, part) for part in stream.components),
    )


def _about_firm(assessment: Assessment, questionnaire: Questionnaire) -> str:
    firm = assessment.organisation
    sectors = {sector.id: sector.title for sector in questionnaire.sectors}
    laws = {law.id: law.title for law in questionnaire.regulations}
    said = [
        sectors.get(firm.sector, firm.sector),
        f"{firm.employees} people" if firm.employees is not None else "",
        f"{firm.it_staff:g} in IT" if firm.it_staff is not None else "",
        firm.country,
        ", ".join(laws.get(law, law) for law in firm.regulation),
    ]
    return " · ".join(part for part in said if part)


def _ranking(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Bar, ...]:
    titles = {criterion.id: criterion.title for criterion in questionnaire.criteria}
    return tuple(
        Bar(
            id=stream.id,
            rank=stream.rank,
            title=stream.title,
            value=figures.points(stream.value, 2),
            first_share=figures.in_shares(assessment.robustness.rank_shares[stream.id][0]),
            gates=tuple(gate.because for gate in stream.gates),
            parts=tuple(
                Part(
                    criterion=value.criterion,
                    title=titles[value.criterion],
                    points=figures.points(value.points),
                    value=figures.points(stream.contributions[value.criterion], 2),
                    because=value.because,
                    share=stream.contributions[value.criterion],
                )
                for value in stream.criteria
            ),
        )
        for stream in assessment.ranking.streams
    )


def _advice(assessment: Assessment, questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return what to do about the weakest essential answers of the first stream."""
    if not assessment.ranking.streams:
        return ()
    lead = assessment.ranking.streams[0].id
    stream = next(one for one in questionnaire.streams if one.id == lead)
    known = [
        (reading.level, question)
        for question in stream.questions
        if (reading := assessment.readings[question.id]).level is not None
        and reading.level in question.advice
    ]
    known.sort(key=lambda pair: (pair[0], not pair[1].essential))
    return tuple(
        (question.ask, question.advice[level]) for level, question in known[:SHOWN_ADVICE]
    )


def _without(assessment: Assessment, questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return what goes wrong in the first stream's weakest components."""
    if not assessment.ranking.streams:
        return ()
    lead = assessment.ranking.streams[0].id
    stream = next(one for one in assessment.scorecard.streams if one.id == lead)
    weakest = sorted(
        (part for part in stream.components if part.score is not None),
        key=lambda part: part.score or 0.0,
    )
    return tuple(
        (part.title, questionnaire.components[part.id].without)
        for part in weakest[:SHOWN_ADVICE]
        if questionnaire.components[part.id].without
    )


def _goals(assessment: Assessment, questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return, for each goal that pulls on the first stream, why."""
    if not assessment.ranking.streams:
        return ()
    lead = assessment.ranking.streams[0].id
    parts = {
        part.id: part.title
        for stream in questionnaire.streams
        if stream.id == lead
        for part in stream.components
    }
    named = next(
        (value for value in assessment.ranking.streams[0].criteria if value.criterion == "goals"),
        None,
    )
    if named is None or named.assumed:
        return ()
    found = []
    for goal in questionnaire.goals:
        pulls = [(pull, part) for part, pull in goal.pulls.items() if part in parts]
        if pulls and goal.title in named.because:
            pull, part = max(pulls, key=lambda pair: pair[0].strength)
            found.append((goal.title, f"{parts[part]}: {pull.because}"))
    return tuple(found)


def _unknown(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Open, ...]:
    return tuple(
        Open(
            stream=questionnaire.stream_of[reading.question].title,
            ask=questionnaire.questions[reading.question].ask,
            state=reading.state,
            note=_notes(reading),
        )
        for reading in assessment.readings.values()
        if reading.state == "unknown"
    )


def _notes(reading: Reading) -> str:
    return " ".join(filter(None, [reading.note, *(voice.note for voice in reading.voices)]))


def _disputes(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Dispute, ...]:
    found = [reading for reading in assessment.readings.values() if reading.disputed]
    found.sort(key=lambda reading: -(reading.deviation or 0.0))
    names = assessment.respondents
    return tuple(
        Dispute(
            stream=questionnaire.stream_of[reading.question].title,
            ask=questionnaire.questions[reading.question].ask,
            voices=tuple(
                f"{names[voice.respondent].name or voice.respondent} says "
                + (f"{voice.level:g}" if voice.level is not None else "nothing")
                for voice in reading.voices
            ),
            deviation=figures.points(reading.deviation),
            consensus=figures.points(reading.consensus, 2),
        )
        for reading in found
    )


def _agreement(assessment: Assessment, titles: dict[str, str]) -> tuple[Agreement, ...]:
    return tuple(
        Agreement(
            stream=titles[one.stream],
            shared=one.shared,
            alpha=figures.points(one.alpha, 2),
            by_role=", ".join(f"{role} {level:g}" for role, level in one.by_role.items()),
        )
        for one in assessment.agreement
        if one.shared
    )


def _job(
    job: PlannedInitiative,
    assessment: Assessment,
    questionnaire: Questionnaire,
    titles: dict[str, str],
) -> Job:
    stream = questionnaire.stream_of[job.id]
    tools = {tool.id: tool.title for one in questionnaire.streams for tool in one.tools}
    measures = {one.id: one.title for part in questionnaire.streams for one in part.indicators}
    return Job(
        id=job.id,
        title=job.title,
        stream=titles[stream.id],
        stream_id=stream.id,
        quarter=job.quarter,
        outcome=job.outcome,
        owner=job.owner,
        days=figures.days(job.days),
        cost=figures.money(job.cost, assessment.roadmap.currency),
        needs=tuple(questionnaire.initiatives[need].title for need in job.needs),
        lifts=tuple(
            f"{lift.ask} {_standing(lift.before)} to {lift.after:g}" for lift in job.lifts
        ),
        first_step=job.first_step,
        steps=job.steps,
        done_when=job.done_when,
        driven_by=job.driven_by,
        risk=job.risk,
        resistance=job.resistance.expect if job.resistance else "",
        answer=job.resistance.answer if job.resistance else "",
        tools=tuple(tools[tool] for tool in job.tools),
        indicators=tuple(measures[measure] for measure in job.indicators),
        left_out_because=job.left_out_because,
        amount=job.days,
    )


def _standing(level: float | None) -> str:
    return "unknown" if level is None else f"{level:g}"


def _quarters(
    assessment: Assessment, jobs: list[Job], titles: dict[str, str]
) -> tuple[Quarter, ...]:
    currency = assessment.roadmap.currency
    return tuple(
        Quarter(
            number=wave.quarter,
            when=figures.months(wave.starts, wave.ends),
            days=f"{wave.days:g} of {figures.days(wave.capacity)}",
            cost=figures.money(wave.cost, currency),
            jobs=tuple(job for job in jobs if job.quarter == wave.quarter),
            projected=tuple(figures.points(wave.projected.get(stream)) for stream in titles),
            capacity=wave.capacity,
        )
        for wave in assessment.roadmap.waves
    )


def _people(assessment: Assessment) -> tuple[Person, ...]:
    return tuple(
        Person(
            name=one.name,
            role=one.role,
            influence=figures.points(one.influence, 0),
            support=figures.points(one.support, 0),
            advice=_approach(one.influence, one.support),
        )
        for one in assessment.stakeholders
    )


def _approach(influence: float | None, support: float | None) -> str:
    if influence is None or support is None:
        return "ask where they stand"
    strong, willing = influence > DOUBTFUL_SUPPORT, support > DOUBTFUL_SUPPORT
    if strong and not willing:
        return "talk to them first, and alone"
    if strong:
        return "let them open the work"
    return "let them try it early" if willing else "keep them told"
