"""One call from answers to judgement: read, score, rank, doubt, plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess import __version__
from it4it_assess.engine.backlog import worthwhile
from it4it_assess.engine.firmness import shake
from it4it_assess.engine.footing import footing
from it4it_assess.engine.ranking import rank
from it4it_assess.engine.reading import read_answers, stream_agreement
from it4it_assess.engine.sampling import SAMPLES
from it4it_assess.engine.scoring import score
from it4it_assess.engine.standings import stand_all
from it4it_assess.engine.targets import set_targets
from it4it_assess.engine.waves import lay_out
from it4it_assess.model.assessment import Assessment

if TYPE_CHECKING:
    import datetime as dt

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Method, Ranking
    from it4it_assess.model.questionnaire import Questionnaire


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
        robustness=shake(
            footing(questionnaire, answers, readings, aims, standings, backlog), ranking, samples
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
