"""The agenda of a consensus workshop: what people disagree on, and what hangs on it.

In this order: what would change which stream comes first, if the lowest or the highest voice
were right; then what lies furthest apart; then what some know and others do not. Within each,
the wider apart comes first, then what moves a stream's value most, then the order of asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.engine.footing import footing
from it4it_assess.engine.ranking import outlook
from it4it_assess.engine.reading import at_level, read_answers
from it4it_assess.engine.standings import restander, stand_all
from it4it_assess.engine.targets import target_values
from it4it_assess.model.agenda import Agenda, Alone, Settled, Step, Topic, Word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from it4it_assess.engine.backlog import OpenInitiative
    from it4it_assess.engine.criteria import Standing
    from it4it_assess.engine.ranking import Outlook
    from it4it_assess.model.answers import Answer, AnswerFile, Respondent
    from it4it_assess.model.assessment import Reading
    from it4it_assess.model.questionnaire import Questionnaire

    Kind = Literal["decides", "apart", "near", "known by some"]

MINUTES: Mapping[Kind, int] = {"decides": 5, "apart": 5, "near": 3, "known by some": 2}
"""Minutes suggested for each kind of topic: ours, for two to six people; not from research."""

TOO_LITTLE = 0.0005
"""A move of a value that would be written as 0.000."""


def agenda(questionnaire: Questionnaire, answers: AnswerFile) -> Agenda:
    """Return what the respondents should talk about, the most telling first."""
    readings = read_answers(questionnaire, answers)
    ranks = _Ranks(questionnaire, answers, readings)
    topics = [
        _topic(questionnaire, answers, reading, ranks)
        for reading in readings.values()
        if reading.agreed is None and _is_open(answers.answers.get(reading.question))
    ]
    topics.sort(
        key=lambda topic: (
            topic.kind != "decides",
            topic.kind == "known by some",
            -(topic.deviation or 0.0),
            -topic.moves,
        )
    )
    return Agenda(
        organisation=answers.organisation.name,
        respondents=tuple(one.name or name for name, one in answers.respondents.items()),
        first=ranks.now.first,
        alone=_alone(answers, topics, ranks),
        topics=tuple(topics),
        settled=tuple(
            Settled(
                question=reading.question,
                stream=questionnaire.stream_of[reading.question].id,
                ask=questionnaire.questions[reading.question].ask,
                agreed=reading.agreed,
                voices=_words(answers.answers[reading.question], answers.respondents),
                note=reading.note,
            )
            for reading in readings.values()
            if reading.agreed is not None
        ),
    )


def within(topics: tuple[Topic, ...], minutes: int) -> tuple[Topic, ...]:
    """Return the topics, from the first on, that fit into so many minutes."""
    kept, left = [], minutes
    for topic in topics:
        left -= topic.minutes
        if left < 0:
            break
        kept.append(topic)
    return tuple(kept)


def _is_open(answer: Answer | None) -> bool:
    """Say whether the voices on a question say different things."""
    said = {
        (voice.level, voice.not_applicable is not None)
        for voice in (answer.by.values() if answer is not None else ())
        if voice.level is not None or voice.unknown or voice.not_applicable is not None
    }
    return len(said) > 1


class _Ranks:
    """How the streams rank today, and how they would with other levels."""

    def __init__(
        self, questionnaire: Questionnaire, answers: AnswerFile, readings: Mapping[str, Reading]
    ) -> None:
        self._asked, self._answers, self._readings = questionnaire, answers, readings
        self._aims = target_values(questionnaire, answers)
        standings, backlog = self._stand(readings)
        self._restand = restander(
            footing(questionnaire, answers, readings, self._aims, standings, backlog)
        )
        self.now = outlook(questionnaire, answers.context, standings)

    def with_level(self, question: str, level: float) -> Outlook:
        """Rank the streams with one question at a level."""
        moved = self._restand(question, level)
        return outlook(self._asked, self._answers.context, moved)

    def with_levels(self, levels: Mapping[str, float]) -> Outlook:
        """Rank the streams with several questions at these levels."""
        standings, _ = self._stand(self._changed(levels))
        return outlook(self._asked, self._answers.context, standings)

    def _changed(self, levels: Mapping[str, float]) -> dict[str, Reading]:
        settled = {
            question: at_level(self._readings[question], level)
            for question, level in levels.items()
        }
        return {**self._readings, **settled}

    def _stand(
        self, readings: Mapping[str, Reading]
    ) -> tuple[dict[str, Standing], dict[str, OpenInitiative]]:
        return stand_all(self._asked, self._answers.organisation.size, readings, self._aims)


def _alone(answers: AnswerFile, topics: Sequence[Topic], ranks: _Ranks) -> tuple[Alone, ...]:
    """Say for each voice in the topics which stream it would put first."""
    levels: dict[str, dict[str, float]] = {}
    names: dict[str, str] = {}
    for topic in topics:
        for word in topic.voices:
            names[word.respondent] = word.name
            if word.level is not None:
                levels.setdefault(word.respondent, {})[topic.question] = word.level
    order = [*answers.respondents, *(name for name in levels if name not in answers.respondents)]
    return tuple(
        Alone(respondent=name, name=names[name], first=ranks.with_levels(levels[name]).first)
        for name in order
        if name in levels
    )


def _topic(
    questionnaire: Questionnaire,
    answers: AnswerFile,
    reading: Reading,
    ranks: _Ranks,
) -> Topic:
    question = questionnaire.questions[reading.question]
    levels = sorted(voice.level for voice in reading.voices if voice.level is not None)
    lowest, highest = (levels[0], levels[-1]) if levels else (None, None)
    now = ranks.now
    at_lowest = now if lowest is None else ranks.with_level(question.id, lowest)
    at_highest = now if highest is None else ranks.with_level(question.id, highest)
    apart = {
        name: abs(value - at_lowest.values[name]) for name, value in at_highest.values.items()
    }
    moved = max(apart, key=lambda name: apart[name], default=None)
    moves = 0.0 if moved is None else apart[moved]
    kind = _kind(reading, now, at_lowest, at_highest)
    titles = {stream.id: stream.title for stream in questionnaire.streams}
    return Topic(
        question=question.id,
        stream=questionnaire.stream_of[question.id].id,
        component=questionnaire.component_of[question.id].id,
        ask=question.ask,
        kind=kind,
        voices=_words(answers.answers[question.id], answers.respondents),
        now=reading.level,
        deviation=reading.deviation,
        consensus=reading.consensus,
        first_at_lowest=at_lowest.first,
        first_at_highest=at_highest.first,
        moved=moved if moves else None,
        moves=moves,
        effect=_effect(titles, levels, now, (at_lowest, at_highest), (moved, moves)),
        levels=tuple(
            Step(level=value, means=question.levels.get(value, ""))
            for value in questionnaire.values
            if levels and levels[0] <= value <= levels[-1]
        ),
        look_at=question.evidence,
        note=reading.note,
        minutes=MINUTES[kind],
    )


def _kind(reading: Reading, now: Outlook, at_lowest: Outlook, at_highest: Outlook) -> Kind:
    if not at_lowest.first == at_highest.first == now.first:
        return "decides"
    if reading.disputed:
        return "apart"
    return "near" if reading.deviation else "known by some"


def _effect(
    titles: Mapping[str, str],
    levels: list[float],
    now: Outlook,
    at: tuple[Outlook, Outlook],
    move: tuple[str | None, float],
) -> str:
    """Say what hangs on a question."""
    changed = [
        f"At {level:g}, {titles[then.first] if then.first else 'no stream'} would come first."
        for level, then in zip((levels[:1] + levels[-1:]), at, strict=False)
        if then.first != now.first
    ]
    moved, moves = move
    if moved is None or moves < TOO_LITTLE:
        return " ".join(changed) or "By itself it does not change which stream comes first."
    told = f"moves the value of {titles[moved]} by {moves:.3f} of 1."
    if changed:
        return " ".join([*changed, f"It {told}"])
    return f"By itself it does not change which stream comes first; it {told}"


def _words(answer: Answer | None, respondents: Mapping[str, Respondent]) -> tuple[Word, ...]:
    return tuple(
        Word(
            respondent=name,
            name=(respondents[name].name or name) if name in respondents else name,
            role=respondents[name].role if name in respondents else "",
            level=voice.level,
            unsure=voice.unsure,
            unknown=voice.unknown,
            not_applicable=voice.not_applicable or "",
            note=voice.note,
            evidence=voice.evidence,
        )
        for name, voice in (answer.by.items() if answer is not None else ())
    )
