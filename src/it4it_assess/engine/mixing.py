"""From old to new one class of change at a time, so that each has its part in a difference.

The order of the steps is fixed and is that of `STEPS`. At each step everything of its class
becomes new and everything after it is still old; a figure's part is what that step does to
it. Parts taken in a fixed order add up to the whole; in another order they may share it out
otherwise, which is why the order is told wherever they are shown.
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, NamedTuple, get_args

from it4it_assess.engine.ranking import rank
from it4it_assess.engine.reading import read_answers
from it4it_assess.engine.scoring import score
from it4it_assess.engine.standings import stand_all
from it4it_assess.engine.targets import target_values
from it4it_assess.errors import AssessError
from it4it_assess.model.comparison import Change, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.assessment import Ranking, Reading, Scorecard
    from it4it_assess.model.questionnaire import Questionnaire

STEPS: tuple[Step, ...] = get_args(Step)
RATINGS = ("goals", "pain", "readiness")
"""What the firm rates, which a reading of its answers does not give."""
BY_STEP: Mapping[Step, tuple[str, ...]] = {
    "ratings": RATINGS,
    "targets": ("targets",),
    "capacity": ("capacity",),
    "weights": ("criteria", "weights"),
}
"""The parts of a file's context that become new at a step."""
JUDGED_BY = ("employees", "sector", "regulation")
"""What of the organisation bears on a target or on an effort."""


class Sitting(NamedTuple):
    """One assessment's inputs: the questionnaire and what was answered."""

    questionnaire: Questionnaire
    answers: AnswerFile


class Judged(NamedTuple):
    """What a comparison looks at of one sitting; no robustness, no plan."""

    sitting: Sitting
    readings: dict[str, Reading]
    card: Scorecard
    ranking: Ranking


def judge(sitting: Sitting) -> Judged:
    """Read, score and rank one sitting, by the functions that `assess` uses."""
    questionnaire, answers = sitting
    aims = target_values(questionnaire, answers)
    readings = read_answers(questionnaire, answers)
    standings, _ = stand_all(questionnaire, answers.organisation.size, readings, aims)
    return Judged(
        sitting,
        readings,
        score(questionnaire, readings, aims),
        rank(questionnaire, answers.context, standings),
    )


def comparable(old: Sitting, new: Sitting) -> None:
    """Raise AssessError where the two cannot be laid side by side: other questions or scale."""
    then, now = old.questionnaire, new.questionnaire
    if then.id != now.id:
        raise AssessError(
            f"the answers were given to different questionnaires, {then.id} and {now.id}; "
            "compare answers to the same one"
        )
    if then.values != now.values:
        raise AssessError(
            f"versions {then.version} and {now.version} of {now.id} score on different scales; "
            "their levels mean different things and cannot be compared"
        )


def mixed(old: Sitting, new: Sitting, renewed: frozenset[Step]) -> Sitting:
    """Return a sitting in which the classes of change in `renewed` are new, the others old."""
    asked = (new if "questionnaire" in renewed else old).questionnaire
    given = new.answers if "answers" in renewed else old.answers
    both = old.questionnaire.questions.keys() & new.questionnaire.questions.keys()
    alone = (new if "questionnaire" in renewed else old).answers.answers
    answers = {
        question: (given.answers if question in both else alone).get(question)
        for question in asked.questions
    }
    firm = (new if "organisation" in renewed else old).answers.organisation
    context = {
        name: getattr((new if step in renewed else old).answers.context, name)
        for step, names in BY_STEP.items()
        for name in names
    }
    return Sitting(
        asked,
        given.model_copy(
            update={
                "answers": answers,
                "organisation": firm,
                "context": old.answers.context.model_copy(update=context),
            }
        ),
    )


def stairs(old: Sitting, new: Sitting) -> list[Judged]:
    """Return the sittings from old to new, judged, with one more class of change at each."""
    return [judge(mixed(old, new, frozenset(STEPS[:count]))) for count in range(len(STEPS) + 1)]


def taken_apart(old: float | None, new: float | None, way: Sequence[float | None]) -> Change:
    """Return a change with its parts: what the figure does at each step of the way.

    `old` and `new` are the figures as shown; they may be held back (too little answered)
    where the way still has a figure.
    """
    if old is None or new is None:
        return Change(old=old, new=new, delta=None, parts=None)
    steps = [figure for figure in way if figure is not None]
    if len(steps) < len(way):
        return Change(old=old, new=new, delta=new - old, parts=None)
    parts = {
        step: after - before
        for step, (before, after) in zip(STEPS, pairwise(steps), strict=True)
        if after != before
    }
    return Change(old=old, new=new, delta=fsum(parts.values()), parts=parts)
