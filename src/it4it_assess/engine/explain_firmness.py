"""How firm the pick is, and how far people agree, told as numbers with their parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from it4it_assess.model.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment, Reading, StreamAgreement
    from it4it_assess.model.questionnaire import Questionnaire

SURENESS = "sureness"


def firmness_tellers(
    questionnaire: Questionnaire, assessment: Assessment
) -> dict[str, Callable[[], Explanation]]:
    """Return what can be explained about sureness and agreement, by name."""
    titles = {one.id: one.title for one in questionnaire.streams}
    tellers: dict[str, Callable[[], Explanation]] = {
        SURENESS: lambda: _sureness(questionnaire, assessment, titles)
    }
    for stream in assessment.robustness.rank_shares:
        tellers[f"{SURENESS}.{stream}"] = partial(_share, assessment, stream, titles)
    for one in assessment.agreement:
        tellers[f"agreement.{one.stream}"] = partial(_agreement, one, titles)
    for name, reading in assessment.readings.items():
        if reading.consensus is not None:
            ask = questionnaire.questions[name].ask
            tellers[f"agreement.{name}"] = partial(_one_answer, reading, ask)
    return tellers


def _sureness(
    questionnaire: Questionnaire, assessment: Assessment, titles: dict[str, str]
) -> Explanation:
    """Tell the trials, then what would change the pick."""
    found = assessment.robustness
    parts = [_share(assessment, stream, titles) for stream in found.rank_shares]
    if (flip := found.smallest_flip) is not None:
        text = f"least shift of weight: {flip.shift:.4f} to {flip.towards} brings "
        text += f"{titles[flip.rival]} level"
        parts.append(Explanation(id=f"{SURENESS}.flip", text=text, value=flip.shift))
    parts += [
        Explanation(
            id=f"{SURENESS}.at.{tie.criterion}",
            text=f"{tie.criterion} alone: at weight {tie.weight:.4f}, the others in proportion, "
            f"{titles[tie.rival]} is level",
            value=tie.weight,
        )
        for tie in found.break_even
    ]
    if (answer := found.deciding_answer) is not None:
        then = "no stream" if answer.first is None else titles[answer.first]
        text = f"one answer decides: {questionnaire.questions[answer.question].ask} "
        text += f"At {answer.would_be:g}, {then} comes first"
        parts.append(Explanation(id=f"{SURENESS}.answer", text=text, value=float(answer.would_be)))
    first = assessment.ranking.first
    return Explanation(
        id=SURENESS,
        text=f"{found.verdict.capitalize()}: {found.samples:,} draws from seed {found.seed}, each "
        "with weights that keep the order of the criteria and a level for every open answer",
        value=None if first is None else found.rank_shares[first][0],
        parts=tuple(parts),
    )


def _share(assessment: Assessment, stream: str, titles: dict[str, str]) -> Explanation:
    found = assessment.robustness
    share = found.rank_shares[stream][0]
    return Explanation(
        id=f"{SURENESS}.{stream}",
        text=f"{titles[stream]}: first in {round(share * found.samples):,} of "
        f"{found.samples:,} draws = {share:.4f}",
        value=share,
    )


def _agreement(one: StreamAgreement, titles: dict[str, str]) -> Explanation:
    """Tell one stream's alpha with the middle answer of each role."""
    rule = "Krippendorff's ordinal alpha; it takes two people and ten shared questions"
    alpha = "none" if one.alpha is None else f"{one.alpha:.3f}"
    return Explanation(
        id=f"agreement.{one.stream}",
        text=f"{titles[one.stream]}: {one.shared} shared questions, alpha {alpha}. {rule}",
        value=one.alpha,
        parts=tuple(
            Explanation(
                id=f"agreement.{one.stream}.{place}",
                text=f"{role}: the median of the levels they gave is {level:g}",
                value=level,
            )
            for place, (role, level) in enumerate(one.by_role.items(), start=1)
        ),
    )


def _one_answer(reading: Reading, ask: str) -> Explanation:
    """Tell how far apart those are who answered one question."""
    name = f"agreement.{reading.question}"
    given = " ".join(f"{one.level:g}" for one in reading.voices if one.level is not None)
    disputed = ", more than a level: disputed" if reading.disputed else ""
    return Explanation(
        id=name,
        text=f"{ask} Levels {given}",
        value=reading.deviation,
        parts=(
            Explanation(
                id=f"{name}.distance",
                text=f"mean distance from the median {reading.deviation:.3f}{disputed}",
                value=reading.deviation,
            ),
            Explanation(
                id=f"{name}.consensus",
                text=f"consensus {reading.consensus:.3f}, from 0, split at the extremes, to 1, of "
                "one mind (Tastle and Wierman)",
                value=reading.consensus,
            ),
        ),
    )
