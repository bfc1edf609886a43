"""The arithmetic of any number, down to the answers it rests on."""

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from math import fsum
from typing import TYPE_CHECKING

from it4it_assess.engine.criteria import MOST
from it4it_assess.engine.explain_firmness import firmness_tellers
from it4it_assess.engine.explain_plan import plan_tellers
from it4it_assess.engine.ranking import rank_order_centroid
from it4it_assess.engine.scoring import Cell, Cells, is_enough
from it4it_assess.errors import UnknownNameError
from it4it_assess.model.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from it4it_assess.model.assessment import (
        Assessment,
        Reading,
        StreamRank,
        Target,
    )
    from it4it_assess.model.questionnaire import (
        Component,
        Lens,
        Question,
        Questionnaire,
        Stage,
        ValueStream,
        ViewGroup,
    )

RANK = "rank"


def explain(questionnaire: Questionnaire, assessment: Assessment, what: str) -> Explanation:
    """Explain the number of that name; UnknownNameError when there is none."""
    tellers = explainable(questionnaire, assessment)
    if what not in tellers:
        close = get_close_matches(what, tellers, n=1)
        hint = f"did you mean {close[0]}?" if close else "try overall, rank or a stream's id"
        raise UnknownNameError(f"there is nothing to explain by the name {what!r}; {hint}")
    return tellers[what]()


def explainable(
    questionnaire: Questionnaire, assessment: Assessment
) -> dict[str, Callable[[], Explanation]]:
    """Return everything that can be explained, by name."""
    told = _Teller(questionnaire, assessment)
    tellers: dict[str, Callable[[], Explanation]] = {
        "overall": told.overall,
        RANK: told.ranking,
        "weights": told.weights,
        "targets": told.targets,
        **firmness_tellers(questionnaire, assessment),
        **plan_tellers(questionnaire, assessment),
    }
    for lens in questionnaire.lenses:
        tellers[lens.id] = partial(told.lens, lens)
    for view in questionnaire.views:
        for group in view.groups:
            tellers[group.id] = partial(told.group, group)
    for stream in questionnaire.streams:
        tellers[stream.id] = partial(told.stream, stream)
        tellers[f"gap.{stream.id}"] = partial(told.gap, stream)
    for part in questionnaire.components.values():
        tellers[part.id] = partial(told.component, part)
    for question in questionnaire.questions.values():
        tellers[question.id] = partial(told.question, question)
    for place in assessment.ranking.streams:
        tellers[f"{RANK}.{place.id}"] = partial(told.place, place)
    for name in [RANK, *(f"{RANK}.{place.id}" for place in assessment.ranking.streams)]:
        tellers |= _parts_of(tellers[name])
    return {**tellers, **_parts_of(told.weights), **_parts_of(told.targets)}


def _parts_of(whole: Callable[[], Explanation]) -> dict[str, Callable[[], Explanation]]:
    """Return the parts of a whole as things that can be explained by themselves."""
    return {part.id: partial(_itself, part) for part in whole().parts}


def _itself(part: Explanation) -> Explanation:
    return part


class _Teller:
    """Tells the numbers of one assessment, each from the same functions that made it."""

    def __init__(self, questionnaire: Questionnaire, assessment: Assessment) -> None:
        self.asked = questionnaire
        self.judged = assessment
        self.cells = Cells(questionnaire, assessment.readings)

    def overall(self) -> Explanation:
        parts = [(self.stream(one), one.weight) for one in self.asked.streams]
        return self._mean("overall", "Overall", self.cells.overall(), parts)

    def stream(self, stream: ValueStream) -> Explanation:
        parts = [(self.component(part), part.weight) for part in stream.components]
        return self._mean(stream.id, stream.title, self.cells.stream(stream), parts)

    def component(self, part: Component) -> Explanation:
        parts = self._questions(part.questions)
        return self._mean(part.id, part.title, self.cells.component(part), parts)

    def lens(self, lens: Lens) -> Explanation:
        parts = self._questions(self.asked.seen_through[lens.id])
        return self._mean(lens.id, lens.title, self.cells.lens(lens.id), parts)

    def group(self, group: ViewGroup) -> Explanation:
        parts = [(self._stage(stage), 1.0) for stage in group.stages]
        for name in group.components:
            part = self.asked.components[name]
            parts.append((self.component(part), part.weight))
        return self._mean(group.id, group.title, self.cells.group(group), parts)

    def _stage(self, stage: Stage) -> Explanation:
        parts = self._questions(self.asked.feeding[stage.id])
        return self._mean(stage.id, stage.title, self.cells.stage(stage.id), parts)

    def question(self, asked: Question) -> Explanation:
        reading = self.judged.readings[asked.id]
        parts = [
            Explanation(
                id=f"{asked.id}.{voice.respondent}",
                text=f"{self._name(voice.respondent)}: "
                + ("no level" if voice.level is None else f"{voice.level:g}")
                + (", unsure" if voice.unsure else "")
                + (f" ({voice.note})" if voice.note else ""),
                value=voice.level,
            )
            for voice in reading.voices
        ]
        return Explanation(
            id=asked.id,
            text=f"{asked.ask} {self._stands(reading)}, weight {asked.weight:g}",
            value=reading.level,
            parts=tuple(parts),
        )

    def _stands(self, reading: Reading) -> str:
        if reading.agreed is None:
            return _stands(reading)
        voices = ", ".join(
            f"{self._name(voice.respondent)} "
            + ("no level" if voice.level is None else f"{voice.level:g}")
            for voice in reading.voices
        )
        why = f" ({reading.note})" if reading.note else ""
        return f"Agreed at {reading.agreed:g} by the workshop{why}; voices {voices}"

    def ranking(self) -> Explanation:
        first = self.judged.ranking.first
        title = next((one.title for one in self.judged.ranking.streams if one.id == first), "none")
        return Explanation(
            id=RANK,
            text=f"First: {title}. Highest value among the streams without a gate.",
            parts=tuple(self.place(place) for place in self.judged.ranking.streams),
        )

    def place(self, place: StreamRank) -> Explanation:
        weights = self.judged.ranking.weights
        parts = [
            Explanation(
                id=f"{RANK}.{place.id}.{value.criterion}",
                text=f"{value.criterion}: weight {weights[value.criterion]:.3f} x "
                f"{value.points:.2f} of {MOST:g} = "
                f"{place.contributions[value.criterion]:.3f}; {value.because}",
                value=place.contributions[value.criterion],
            )
            for value in place.criteria
        ]
        parts += [
            Explanation(id=f"{RANK}.{place.id}.gate.{gate.id}", text=f"Gate: {gate.because}")
            for gate in place.gates
        ]
        total = " + ".join(f"{part.value:.3f}" for part in parts if part.value is not None)
        return Explanation(
            id=f"{RANK}.{place.id}",
            text=f"{place.rank}. {place.title}: {total} = {place.value:.3f}",
            value=place.value,
            parts=tuple(parts),
        )

    def weights(self) -> Explanation:
        weights = self.judged.ranking.weights
        count = sum(weight > 0 for weight in weights.values())
        from_order = sorted(weights.values(), reverse=True)[:count] == rank_order_centroid(count)
        text = (
            f"Rank-order centroids of {count} criteria: the k-th gets "
            f"(1/k + ... + 1/{count})/{count}"
            if from_order
            else "Weights scaled to add up to 1; tied criteria share the mean of their places"
        )
        parts = [
            Explanation(id=f"weights.{name}", text=f"{name}: {weight:.4f}", value=weight)
            for name, weight in weights.items()
        ]
        return Explanation(
            id="weights", text=text, value=fsum(weights.values()), parts=tuple(parts)
        )

    def targets(self) -> Explanation:
        return Explanation(
            id="targets",
            text="Targets: the firm's own, else the usual one with steps for its circumstances",
            parts=tuple(self._target(target) for target in self.judged.targets),
        )

    def _target(self, target: Target) -> Explanation:
        title = next(one.title for one in self.asked.streams if one.id == target.stream)
        return Explanation(
            id=f"targets.{target.stream}",
            text=f"{title}: {target.value:g}",
            value=target.value,
            parts=tuple(
                Explanation(id=f"targets.{target.stream}.{place}", text=reason)
                for place, reason in enumerate(target.reasons, start=1)
            ),
        )

    def gap(self, stream: ValueStream) -> Explanation:
        found = next(one for one in self.judged.scorecard.streams if one.id == stream.id)
        told = "no score yet, so no gap"
        if found.score is not None:
            told = f"target {found.target:g} - score {found.score:.3f} = {found.gap:.3f}"
            told += " (never below nought)" if found.score > found.target else ""
        target = next(one for one in self.judged.targets if one.stream == stream.id)
        return Explanation(
            id=f"gap.{stream.id}",
            text=f"{stream.title}: {told}",
            value=found.gap,
            parts=(self._target(target), self.stream(stream)),
        )

    def _name(self, respondent: str) -> str:
        known = self.judged.respondents.get(respondent)
        return known.name if known is not None and known.name else respondent

    def _questions(self, asked: Iterable[Question]) -> list[tuple[Explanation, float]]:
        return [(self.question(one), one.weight) for one in asked]

    def _mean(
        self,
        name: str,
        title: str,
        cell: Cell | None,
        parts: Sequence[tuple[Explanation, float]],
    ) -> Explanation:
        """Tell the mean of parts, each with its weight."""
        told = tuple(part for part, _ in parts)
        if cell is None:
            return Explanation(id=name, text=f"{title}: nothing here applies", parts=told)
        counted = [(weight, part.value) for part, weight in parts if part.value is not None]
        whole = fsum(weight for weight, _ in counted)
        sums = " + ".join(f"{weight:g} x {value:.3f}" for weight, value in counted)
        mean = "no answer yet" if cell.mean is None else f"({sums}) / {whole:g} = {cell.mean:.3f}"
        held = "" if is_enough(cell) else "; too little answered to show a score"
        level = "-" if cell.level is None else str(cell.level)
        return Explanation(
            id=name,
            text=f"{title}: {mean}; range {cell.low:.3f} to {cell.high:.3f}, level {level} "
            f"({cell.level_low} to {cell.level_high}), {cell.coverage:.0%} answered{held}",
            value=cell.mean,
            parts=told,
        )


def _stands(reading: Reading) -> str:
    """Say where a question stands."""
    if reading.state == "not_applicable":
        return f"Does not apply: {reading.reason}"
    if reading.level is None:
        return f"{reading.state.capitalize()}: anything from {reading.low:g} to {reading.high:g}"
    doubt = f", may be {reading.low:g} to {reading.high:g}" if reading.low < reading.high else ""
    heard = sum(voice.level is not None for voice in reading.voices)
    voices = f" (lower middle of {heard})" if heard > 1 else ""
    return f"Level {reading.level:g}{voices}{doubt}"
