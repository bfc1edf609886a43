"""ArchiMate: streams, capabilities, gaps and the plan as a model that Archi can import.

The relationships used are among those that ArchiMate 3.1 and Archi allow (Archi's table
`relationships.xml`):

- Capability serves Value stream; Gap is associated with its Value stream, with the Plateau of
  today and with the last one; Driver (what hurts) is associated with its Value stream;
- Work package triggers the Work package that needs it, realizes its Deliverable, or its
  Plateau where it has none, and the Capabilities whose questions it lifts, and is associated
  with the Gap it narrows;
- Deliverable realizes the Plateau of its quarter; each Plateau triggers the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report import figures, words
from it4it_assess.report.exchange import Element, Model, Property, Relationship, View, as_xml
from it4it_assess.report.table import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.model.assessment import Assessment, PlannedInitiative, Score, StreamScore
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files
    from it4it_assess.report.table import Cell, Kind

TODAY = "plateau-0"
PROPERTIES = (
    Property("prop-id", "id", "string"),
    Property("prop-score", "score"),
    Property("prop-low", "low"),
    Property("prop-high", "high"),
    Property("prop-level", "level"),
    Property("prop-answered", "answered share"),
    Property("prop-target", "target"),
    Property("prop-gap", "gap"),
    Property("prop-rank", "rank"),
    Property("prop-value", "value"),
    Property("prop-pain", "pain"),
    Property("prop-quarter", "quarter"),
    Property("prop-starts", "starts", "date"),
    Property("prop-ends", "ends", "date"),
    Property("prop-capacity", "capacity in days"),
    Property("prop-days", "days"),
    Property("prop-cost", "cost"),
    Property("prop-currency", "currency", "string"),
    Property("prop-owner", "owner", "string"),
)


def render(assessment: Assessment, questionnaire: Questionnaire) -> Files:
    """Return the report as one exchange file."""
    jobs = [job for job in assessment.roadmap.initiatives if job.quarter is not None]
    projected = tuple(
        Property(f"prop-score-{stream.id}", f"score: {stream.title}")
        for stream in assessment.scorecard.streams
    )
    elements = (
        *_streams(assessment),
        *_gaps(assessment),
        *_drivers(assessment),
        *_plateaus(assessment),
        *(element for job in jobs for element in _work(job, assessment)),
    )
    model = Model(
        name=f"{assessment.organisation.name}: {questionnaire.title}",
        documentation=f"{words.headline(assessment)}. {words.sureness(assessment)}",
        language=questionnaire.language,
        elements=elements,
        relationships=tuple(_relationships(assessment, questionnaire, jobs)),
        properties=(*PROPERTIES, *projected),
        views=tuple(_views(assessment, jobs)),
    )
    return {".archimate.xml": as_xml(model)}


def _properties(*facts: tuple[str, Kind, Cell]) -> tuple[tuple[str, str], ...]:
    """Return the facts there are as properties, their numbers rounded as in the report."""
    return tuple(
        (f"prop-{name}", f"{value:.15g}" if isinstance(value, (int, float)) else str(value))
        for name, kind, cell in facts
        if (value := rounded(kind, cell)) is not None and value != ""
    )


def _of_score(name: str, score: Score) -> tuple[tuple[str, str], ...]:
    return _properties(
        ("id", "text", name),
        ("score", "score", score.score),
        ("low", "score", score.low),
        ("high", "score", score.high),
        ("level", "whole", score.level),
        ("answered", "share", score.coverage),
    )


def _streams(assessment: Assessment) -> Iterator[Element]:
    ranks = {stream.id: stream for stream in assessment.ranking.streams}
    for stream in assessment.scorecard.streams:
        rank = ranks.get(stream.id)
        more = _properties(
            ("target", "score", stream.target),
            ("gap", "score", stream.gap),
            ("rank", "whole", rank.rank if rank else None),
            ("value", "value", rank.value if rank else None),
        )
        properties = (*_of_score(stream.id, stream), *more)
        yield Element(f"stream-{stream.id}", "ValueStream", stream.title, "", properties)
        for part in stream.components:
            known = _of_score(part.id, part)
            yield Element(f"component-{part.id}", "Capability", part.title, "", known)


def _with_gap(assessment: Assessment) -> list[StreamScore]:
    return [stream for stream in assessment.scorecard.streams if stream.gap]


def _gaps(assessment: Assessment) -> Iterator[Element]:
    for stream in _with_gap(assessment):
        yield Element(
            f"gap-{stream.id}",
            "Gap",
            f"{stream.title}: {figures.points(stream.score)} today, "
            f"{figures.points(stream.target)} aimed at",
            "",
            _properties(("gap", "score", stream.gap)),
        )


def _drivers(assessment: Assessment) -> Iterator[Element]:
    for stream, points, because in _pains(assessment):
        known = _properties(("pain", "score", points))
        yield Element(f"driver-{stream}", "Driver", because, "", known)


def _pains(assessment: Assessment) -> Iterator[tuple[str, float, str]]:
    """Yield each stream whose pain was rated above nought, with its points and their reason."""
    for stream in assessment.ranking.streams:
        for value in stream.criteria:
            if value.criterion == "pain" and value.points and not value.assumed:
                yield stream.id, value.points, f"Pain in {stream.title}: {value.because}"


def _plateaus(assessment: Assessment) -> Iterator[Element]:
    plan = assessment.roadmap
    known = _properties(("ends", "date", assessment.date), *_as_facts(plan.today))
    yield Element(TODAY, "Plateau", "Today", "", known)
    for wave in plan.waves:
        known = _properties(
            ("quarter", "whole", wave.quarter),
            ("starts", "date", wave.starts),
            ("ends", "date", wave.ends),
            ("capacity", "days", wave.capacity),
            ("days", "days", wave.days),
            ("cost", "money", wave.cost),
            ("currency", "text", "" if wave.cost is None else plan.currency),
            *_as_facts(wave.projected),
        )
        name = f"Quarter {wave.quarter}, {figures.months(wave.starts, wave.ends)}"
        yield Element(f"plateau-{wave.quarter}", "Plateau", name, "", known)


def _as_facts(scores: dict[str, float]) -> Iterator[tuple[str, Kind, Cell]]:
    for name, value in scores.items():
        yield f"score-{name}", "score", value


def _work(job: PlannedInitiative, assessment: Assessment) -> Iterator[Element]:
    known = _properties(
        ("id", "text", job.id),
        ("quarter", "whole", job.quarter),
        ("days", "days", job.days),
        ("cost", "money", job.cost),
        ("currency", "text", "" if job.cost is None else assessment.roadmap.currency),
        ("owner", "text", job.owner),
    )
    steps = "\n".join(step for step in (job.outcome, job.first_step, *job.steps) if step)
    yield Element(f"work-{job.id}", "WorkPackage", job.title, steps, known)
    if job.done_when:
        yield Element(f"deliverable-{job.id}", "Deliverable", job.done_when)


def _relationships(
    assessment: Assessment, questionnaire: Questionnaire, jobs: list[PlannedInitiative]
) -> Iterator[Relationship]:
    gaps = [stream.id for stream in _with_gap(assessment)]
    yield from _around_streams(assessment, gaps)
    planned = {job.id for job in jobs}
    for job in jobs:
        work = f"work-{job.id}"
        yield from _around_work(job, questionnaire)
        if (name := questionnaire.stream_of[job.id].id) in gaps:
            yield Relationship("Association", work, f"gap-{name}")
        for need in job.needs:
            if need in planned:
                yield Relationship("Triggering", f"work-{need}", work)


def _around_streams(assessment: Assessment, gaps: list[str]) -> Iterator[Relationship]:
    for stream in assessment.scorecard.streams:
        for part in stream.components:
            yield Relationship("Serving", f"component-{part.id}", f"stream-{stream.id}")
    waves = assessment.roadmap.waves
    for name in gaps:
        for other in (f"stream-{name}", TODAY, f"plateau-{len(waves)}"):
            yield Relationship("Association", f"gap-{name}", other)
    for name, _, _ in _pains(assessment):
        yield Relationship("Association", f"driver-{name}", f"stream-{name}")
    for wave in waves:
        yield Relationship("Triggering", f"plateau-{wave.quarter - 1}", f"plateau-{wave.quarter}")


def _around_work(job: PlannedInitiative, questionnaire: Questionnaire) -> Iterator[Relationship]:
    work, result, plateau = f"work-{job.id}", f"deliverable-{job.id}", f"plateau-{job.quarter}"
    if job.done_when:
        yield Relationship("Realization", work, result)
    yield Relationship("Realization", result if job.done_when else work, plateau)
    lifted = (questionnaire.component_of[lift.question].id for lift in job.lifts)
    for part in dict.fromkeys(lifted):
        yield Relationship("Realization", work, f"component-{part}")


def _views(assessment: Assessment, jobs: list[PlannedInitiative]) -> Iterator[View]:
    yield View(
        "view-roadmap",
        "Roadmap",
        (
            (TODAY,),
            *(
                (
                    f"plateau-{wave.quarter}",
                    *(f"work-{job.id}" for job in jobs if job.quarter == wave.quarter),
                )
                for wave in assessment.roadmap.waves
            ),
        ),
    )
    yield View(
        "view-streams",
        "Value streams and capabilities",
        tuple(
            (f"stream-{stream.id}", *(f"component-{part.id}" for part in stream.components))
            for stream in assessment.scorecard.streams
        ),
    )
