"""The course of a triage: after each answer, the question that would tell most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.collect.intake import with_values
from it4it_assess.collect.sitting import put_next
from it4it_assess.engine.triage import inquire, look

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from it4it_assess.collect.asks import Ask
    from it4it_assess.collect.sitting import Sitting
    from it4it_assess.engine.triage import Inquiry, Triage
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire


def course(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    asks: Mapping[str, Ask],
    among: Collection[str],
) -> Callable[[Sitting], Sitting]:
    """Return what follows each act: once the firm is known, the question that tells most.

    Only questions `among` these are put, each once; what is skipped is not put again.
    """
    of_the_firm = {name: ask for name, ask in asks.items() if not ask.is_question}
    prepared: list[tuple[object, Inquiry]] = []

    def inquiry(sitting: Sitting) -> Inquiry:
        """Return the triage of the firm as told so far, made anew when that changes."""
        said = {name: sitting.said.get(name) for name in of_the_firm}
        if not prepared or prepared[-1][0] != said:
            firm = with_values(answers, of_the_firm, said)
            prepared[:] = [(said, inquire(questionnaire, firm))]
        return prepared[-1][1]

    def follow(sitting: Sitting) -> Sitting:
        if sitting.ask is not None and not asks[sitting.ask].is_question:
            return sitting
        given = {name: sitting.said.get(name) for name in questionnaire.questions}
        seen = look(inquiry(sitting), given, set(among) - set(sitting.queue))
        now = sitting._replace(remark=_remark(questionnaire, seen), sure=seen.confidence)
        if now.ask is not None or seen.question is None:
            return now
        return put_next(now, seen.question)

    return follow


def _remark(questionnaire: Questionnaire, seen: Triage) -> str:
    """Say which stream is first as it stands, and how sure that is."""
    titles = {stream.id: stream.title for stream in questionnaire.streams}
    first = "no stream can be first" if seen.first is None else f"{titles[seen.first]} is first"
    return (
        f"As it stands, {first}: {seen.confidence:.0%} sure that all questions would say the "
        f"same, after {seen.asked}."
    )
