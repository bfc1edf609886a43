"""An assessment laid out for a page: sorted, rounded and in words, ready for a template."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures, words
from it4it_assess.report.first_screen import (
    checklist,
    first_places,
    plain_changers,
    plain_reasons,
    plain_sureness,
)
from it4it_assess.report.plan import job_card, people_to_win, quarter_columns
from it4it_assess.report.readings import costs, lens_readings, measures
from it4it_assess.report.rows import Group, score_row, stream_row
from it4it_assess.report.voices import agreements, disputes, settled, unknown_questions
from it4it_assess.report.why import first_advice, leaning_goals, ranking_bars, troubles

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.annex import Component
    from it4it_assess.report.first_screen import Task, Trials
    from it4it_assess.report.plan import Job, Person, Quarter
    from it4it_assess.report.readings import Cost, LensReading, Measure
    from it4it_assess.report.rows import Row
    from it4it_assess.report.voices import Agreement, Dispute, Open, Settled
    from it4it_assess.report.why import Bar


class Page(NamedTuple):
    """Everything a report shows, top to bottom; `answers` only where the annex is asked for."""

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
    values: tuple[float, ...]
    lowest: float
    highest: float
    unknown: tuple[Open, ...]
    unanswered: int
    disputes: tuple[Dispute, ...]
    settled: tuple[Settled, ...]
    agreement: tuple[Agreement, ...]
    respondents: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    left_out: tuple[Job, ...]
    today: tuple[str, ...]
    plan_days: str
    plan_cost: str
    plan_rule: str
    plan_proof: str
    people: tuple[Person, ...]
    lenses: tuple[LensReading, ...]
    measures: tuple[Measure, ...]
    costs: tuple[Cost, ...]
    views: tuple[Group, ...]
    about_first: str
    plain_sureness: str
    plain_reasons: tuple[str, ...]
    plain_changers: tuple[str, ...]
    first_places: tuple[Trials, ...]
    checklist: tuple[Task, ...]
    answers: tuple[Component, ...]
    without: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    sector: str
    samples: str
    assumptions: tuple[str, ...]


_last: deque[tuple[Assessment, Questionnaire, Page]] = deque(maxlen=1)


def lay_out_page(assessment: Assessment, questionnaire: Questionnaire) -> Page:
    """Lay an assessment out for a page; the last one's page is kept, for its next form."""
    for known, asked, page in _last:
        if known is assessment and asked is questionnaire:
            return page
    page = _laid_out(assessment, questionnaire)
    _last.append((assessment, questionnaire, page))
    return page


def _laid_out(assessment: Assessment, questionnaire: Questionnaire) -> Page:
    roadmap, card = assessment.roadmap, assessment.scorecard
    titles = {stream.id: stream.title for stream in card.streams}
    jobs = [job_card(job, assessment, questionnaire, titles) for job in roadmap.initiatives]
    begin = words.next_monday(assessment)
    start = next((job for job in jobs if begin is not None and job.id == begin.id), None)
    people, apart = people_to_win(assessment), disputes(assessment, questionnaire)
    after = roadmap.waves[-1].projected if roadmap.waves else {}
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
        next_monday=start,
        advice=first_advice(assessment, questionnaire),
        criteria=tuple(
            (
                criterion.title,
                criterion.asks,
                criterion.reads,
                figures.percent(assessment.ranking.weights[criterion.id]),
            )
            for criterion in questionnaire.criteria
        ),
        ranking=ranking_bars(assessment, questionnaire),
        overall=score_row("overall", "Overall", card.overall),
        streams=tuple(
            stream_row(stream)._replace(after=after.get(stream.id)) for stream in card.streams
        ),
        targets=tuple(
            (
                titles[target.stream],
                figures.points(target.value),
                tuple(reason.rstrip(".") for reason in target.reasons),
            )
            for target in assessment.targets
        ),
        scale=tuple((f"{step.value:g}", step.name, step.means) for step in questionnaire.scale),
        values=tuple(questionnaire.values),
        lowest=questionnaire.values[0],
        highest=questionnaire.values[-1],
        unknown=unknown_questions(assessment, questionnaire),
        unanswered=sum(one.state == "unanswered" for one in assessment.readings.values()),
        disputes=apart,
        settled=settled(assessment, questionnaire),
        agreement=agreements(assessment, titles),
        respondents=tuple(
            f"{one.name or name} ({one.role})" if one.role else one.name or name
            for name, one in assessment.respondents.items()
        ),
        quarters=quarter_columns(assessment, jobs, titles),
        left_out=tuple(job for job in jobs if job.quarter is None),
        today=tuple(figures.points(roadmap.today.get(stream)) for stream in titles),
        plan_days=figures.days(roadmap.days),
        plan_cost=figures.money(roadmap.cost, roadmap.currency),
        plan_rule=words.PLAN_RULES[roadmap.method],
        plan_proof=words.proof(roadmap),
        people=people,
        lenses=lens_readings(assessment, questionnaire),
        measures=measures(assessment, questionnaire),
        costs=costs(assessment, questionnaire),
        views=tuple(
            Group(
                view.title,
                view.about,
                tuple(score_row(group.id, group.title, group) for group in card.views[view.id]),
            )
            for view in questionnaire.views
        ),
        about_first=next(
            (one.about for one in questionnaire.streams if one.id == assessment.ranking.first), ""
        ),
        plain_sureness=plain_sureness(assessment),
        plain_reasons=plain_reasons(assessment),
        plain_changers=plain_changers(assessment, questionnaire),
        first_places=first_places(assessment),
        checklist=checklist(start, people, apart),
        answers=(),
        without=troubles(assessment, questionnaire),
        goals=leaning_goals(assessment, questionnaire),
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
