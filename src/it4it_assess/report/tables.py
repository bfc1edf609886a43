"""The tables of an assessment: scores, ranking, answers, roadmap, quarters, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.table import Cell, Column, rounded, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.model.assessment import (
        Assessment,
        PlannedInitiative,
        Reading,
        Score,
    )
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.table import Table

BETWEEN = "; "
BELOW, ON_TARGET = "below target", "on target"
TOO_LITTLE, DOES_NOT_APPLY = "too little answered", "does not apply"
STATES = {
    "level": "answered",
    "unsure": "answered, unsure",
    "unknown": "nobody knows",
    "unanswered": "not answered",
    "not_applicable": DOES_NOT_APPLY,
}

SCORES = (
    Column("part", "Part"),
    Column("id", "Id"),
    Column("stream", "Stream or view"),
    Column("title", "Title"),
    Column("score", "Score", "score"),
    Column("low", "Low", "score"),
    Column("high", "High", "score"),
    Column("level", "Level", "whole"),
    Column("level_low", "Level, low", "whole"),
    Column("level_high", "Level, high", "whole"),
    Column("target", "Target", "score"),
    Column("gap", "Gap", "score"),
    Column("answered", "Answered", "share"),
    Column("standing", "Standing"),
)
ANSWERS = (
    Column("question", "Id"),
    Column("stream", "Stream"),
    Column("component", "Component"),
    Column("ask", "Question"),
    Column("state", "State"),
    Column("level", "Level", "days"),
    Column("low", "Low", "days"),
    Column("high", "High", "days"),
    Column("voices", "Who said what"),
    Column("distance", "Mean distance", "score"),
    Column("consensus", "Consensus", "value"),
    Column("disputed", "Disputed"),
    Column("note", "Note"),
    Column("evidence", "Evidence"),
    Column("reason", "Why it does not apply"),
)
ROADMAP = (
    Column("quarter", "Quarter", "whole"),
    Column("starts", "From", "date"),
    Column("ends", "Until", "date"),
    Column("id", "Id"),
    Column("initiative", "What"),
    Column("stream", "Stream"),
    Column("owner", "Who"),
    Column("days", "Days", "days"),
    Column("cost", "Cost", "money"),
    Column("currency", "Currency"),
    Column("outcome", "Outcome"),
    Column("first_step", "First step"),
    Column("steps", "Steps"),
    Column("done_when", "Done when"),
    Column("needs", "Needs first"),
    Column("lifts", "Lifts"),
    Column("risk", "Risk"),
    Column("expect", "Expect to hear"),
    Column("answer", "Answer to it"),
    Column("tools", "Tools"),
    Column("indicators", "Indicators"),
    Column("left_out_because", "Left out because"),
)
UNKNOWN = (
    Column("question", "Id"),
    Column("stream", "Stream"),
    Column("component", "Component"),
    Column("ask", "Question"),
    Column("state", "State"),
    Column("essential", "Essential"),
    Column("note", "Note"),
)


def all_tables(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Table, ...]:
    """Return the tables in the order of the report."""
    return (
        scores(assessment, questionnaire),
        ranking(assessment, questionnaire),
        answers(assessment, questionnaire),
        roadmap(assessment, questionnaire),
        quarters(assessment),
        unknown(assessment, questionnaire),
    )


def scores(assessment: Assessment, questionnaire: Questionnaire) -> Table:
    """Return every score: overall, streams and components, lenses, and the groups of views."""
    return table("scores", "Scores", SCORES, _score_rows(assessment, questionnaire))


def _score_rows(
    assessment: Assessment, questionnaire: Questionnaire
) -> Iterator[tuple[Cell, ...]]:
    card = assessment.scorecard
    yield _score_row(("overall", "", "", "Overall"), card.overall)
    for stream in card.streams:
        name = ("stream", stream.id, stream.title, stream.title)
        yield _score_row(name, stream, stream.target, stream.gap)
        for part in stream.components:
            yield _score_row(("component", part.id, stream.title, part.title), part)
    for lens in card.lenses:
        yield _score_row(("lens", lens.id, "", lens.title), lens)
    for view in questionnaire.views:
        for group in card.views[view.id]:
            yield _score_row(("view", group.id, view.title, group.title), group)


def _score_row(
    names: tuple[str, str, str, str],
    score: Score,
    target: float | None = None,
    gap: float | None = None,
) -> tuple[Cell, ...]:
    return (
        *names,
        score.score,
        score.low,
        score.high,
        score.level,
        score.level_low,
        score.level_high,
        target,
        gap,
        score.coverage,
        _standing(score, gap),
    )


def _standing(score: Score, gap: float | None) -> str:
    """Say in words what a colour may say too, by the figures as they are shown."""
    if score.low is None:
        return DOES_NOT_APPLY
    if score.score is None:
        return TOO_LITTLE
    if gap is None:
        return ""
    return BELOW if rounded("score", gap) else ON_TARGET


def ranking(assessment: Assessment, questionnaire: Questionnaire) -> Table:
    """Return the streams in the order of the ranking, with what each criterion adds."""
    criteria = questionnaire.criteria
    columns = (
        Column("rank", "Rank", "whole"),
        Column("id", "Id"),
        Column("stream", "Stream"),
        Column("value", "Value", "value"),
        *(Column(one.id, one.title, "value") for one in criteria),
        Column("first_share", "First in", "share"),
        Column("gates", "Not to be first because"),
    )
    return table(
        "ranking",
        "Ranking",
        columns,
        (
            (
                stream.rank,
                stream.id,
                stream.title,
                stream.value,
                *(stream.contributions[one.id] for one in criteria),
                assessment.robustness.rank_shares[stream.id][0],
                BETWEEN.join(gate.because for gate in stream.gates),
            )
            for stream in assessment.ranking.streams
        ),
    )


def answers(assessment: Assessment, questionnaire: Questionnaire) -> Table:
    """Return every question as it was answered."""
    return table(
        "answers",
        "Answers",
        ANSWERS,
        (
            (
                *_place(reading.question, questionnaire),
                STATES[reading.state],
                reading.level,
                reading.low,
                reading.high,
                _voices(reading, assessment),
                reading.deviation,
                reading.consensus,
                "yes" if reading.disputed else "",
                reading.note,
                BETWEEN.join(reading.evidence),
                reading.reason,
            )
            for reading in assessment.readings.values()
        ),
    )


def _place(question: str, questionnaire: Questionnaire) -> tuple[str, str, str, str]:
    return (
        question,
        questionnaire.stream_of[question].title,
        questionnaire.component_of[question].title,
        questionnaire.questions[question].ask,
    )


def _voices(reading: Reading, assessment: Assessment) -> str:
    return BETWEEN.join(
        f"{assessment.respondents[voice.respondent].name or voice.respondent}: "
        + ("nothing" if voice.level is None else f"{voice.level:g}")
        + (f" ({voice.note})" if voice.note else "")
        for voice in reading.voices
    )


def roadmap(assessment: Assessment, questionnaire: Questionnaire) -> Table:
    """Return every initiative, those of the plan by quarter and then those left out."""
    return table(
        "roadmap",
        "Roadmap",
        ROADMAP,
        (_job_row(job, assessment, questionnaire) for job in assessment.roadmap.initiatives),
    )


def _job_row(
    job: PlannedInitiative, assessment: Assessment, questionnaire: Questionnaire
) -> tuple[Cell, ...]:
    plan = assessment.roadmap
    wave = next((one for one in plan.waves if one.quarter == job.quarter), None)
    return (
        job.quarter,
        wave.starts if wave else None,
        wave.ends if wave else None,
        job.id,
        job.title,
        questionnaire.stream_of[job.id].title,
        job.owner,
        job.days,
        job.cost,
        "" if job.cost is None else plan.currency,
        job.outcome,
        job.first_step,
        BETWEEN.join(job.steps),
        job.done_when,
        BETWEEN.join(questionnaire.initiatives[need].title for need in job.needs),
        BETWEEN.join(
            f"{lift.ask} {'unknown' if lift.before is None else f'{lift.before:g}'} "
            f"to {lift.after:g}"
            for lift in job.lifts
        ),
        job.risk,
        job.resistance.expect if job.resistance else "",
        job.resistance.answer if job.resistance else "",
        BETWEEN.join(questionnaire.tools[tool].title for tool in job.tools),
        BETWEEN.join(questionnaire.indicators[one].title for one in job.indicators),
        job.left_out_because,
    )


def quarters(assessment: Assessment) -> Table:
    """Return the quarters with their days and cost, and the scores at the end of each."""
    plan = assessment.roadmap
    streams = {stream.id: stream.title for stream in assessment.scorecard.streams}
    columns = (
        Column("quarter", "Quarter", "whole"),
        Column("starts", "From", "date"),
        Column("ends", "Until", "date"),
        Column("capacity", "Days there are", "days"),
        Column("days", "Days used", "days"),
        Column("cost", "Cost", "money"),
        *(Column(name, f"{title} at its end", "score") for name, title in streams.items()),
    )
    today = (0, None, assessment.date, None, None, None, *map(plan.today.get, streams))
    rows = [
        (
            wave.quarter,
            wave.starts,
            wave.ends,
            wave.capacity,
            wave.days,
            wave.cost,
            *map(wave.projected.get, streams),
        )
        for wave in plan.waves
    ]
    return table("quarters", "Quarters", columns, [today, *rows])


def unknown(assessment: Assessment, questionnaire: Questionnaire) -> Table:
    """Return the questions nobody could answer, then those not answered yet."""
    open_questions = [
        reading
        for state in ("unknown", "unanswered")
        for reading in assessment.readings.values()
        if reading.state == state
    ]
    return table(
        "unknown",
        "What nobody knows",
        UNKNOWN,
        (
            (
                *_place(reading.question, questionnaire),
                STATES[reading.state],
                "yes" if questionnaire.questions[reading.question].essential else "",
                " ".join(filter(None, [reading.note, *(v.note for v in reading.voices)])),
            )
            for reading in open_questions
        ),
    )
