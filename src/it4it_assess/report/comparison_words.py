"""A comparison in sentences, the same on a terminal and on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.figures import day, joined, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from it4it_assess.model.comparison import (
        AnswerChange,
        AnswerMove,
        Change,
        Comparison,
        QuestionnaireChange,
        ScoreChange,
        Step,
        VoiceChange,
    )
    from it4it_assess.model.questionnaire import Questionnaire

PLACES = 2
"""Changes are small: two decimals, where a score by itself has one."""

SEEN = 0.005
"""A change smaller than this would be written as 0.00."""

STEPS: Mapping[Step, str] = {
    "questionnaire": "the questionnaire",
    "answers": "the answers",
    "organisation": "the firm's size, sector or rules",
    "ratings": "goals, pain and readiness",
    "targets": "the targets",
    "capacity": "the capacity",
    "weights": "the order of the criteria",
}
"""What each class of change is called in a sentence."""

MOVES: Mapping[AnswerMove, str] = {
    "up": "up",
    "down": "down",
    "surer": "surer",
    "less-sure": "less sure",
    "now-known": "now known",
    "now-unknown": "now unknown",
    "no-longer-answered": "no longer answered",
    "now-not-applicable": "no longer applies",
    "applies-again": "applies now",
    "voices": "people changed their word",
}
KINDS = {
    "goals": "Goal",
    "pain": "Pain",
    "readiness": "Readiness",
    "targets": "Target",
    "capacity": "Capacity",
    "weights": "Weight",
    "organisation": "Firm",
}
"""What a part of the context is called before its name."""
STATES = {
    "unknown": "unknown",
    "unanswered": "not answered",
    "not_applicable": "does not apply",
}


def signed(value: float | None, places: int = PLACES) -> str:
    """Write a change with its sign; nought has none."""
    text = points(value, places)
    return f"+{text}" if value is not None and float(text) > 0 else text


def titles(comparison: Comparison) -> dict[str, str]:
    """Return the streams' titles by id."""
    return {stream.id: stream.title for stream in comparison.streams}


def span(comparison: Comparison) -> str:
    """Say between which two dates the comparison is."""
    then, now = comparison.old.date, comparison.new.date
    if then is None or now is None:
        return "then and now"
    return f"{day(then)} and {day(now)}"


def headline(comparison: Comparison) -> str:
    """Say what the whole did, and whether the pick moved."""
    pick, named = comparison.pick, titles(comparison)
    if pick.old == pick.new:
        stays = "no stream is ready to go first yet"
        first = f"{named[pick.new]} still comes first" if pick.new is not None else stays
    elif pick.new is None:
        first = "no stream is ready to go first now"
    else:
        first = f"{named[pick.new]} comes first now"
    return f"{_whole(comparison.overall)}; {first}"


def _whole(overall: ScoreChange) -> str:
    if overall.delta is None:
        return "Too little is answered to compare the overall score"
    if abs(overall.delta) < SEEN:
        return "Overall where it stood"
    way = "Up" if overall.delta > 0 else "Down"
    return f"{way} by {points(abs(overall.delta), PLACES)} overall"


def story(comparison: Comparison) -> list[str]:
    """Tell in a few sentences what moved, why, and what that did to the pick."""
    overall = comparison.overall
    said = [f"{headline(comparison)}."]
    if overall.delta is not None:
        said.append(
            f"Overall {points(overall.old, PLACES)} then, {points(overall.new, PLACES)} now"
            f"{_because(overall)}."
        )
    said += [
        f"{stream.title}: {points(stream.old, PLACES)} then, {points(stream.new, PLACES)} now "
        f"({signed(stream.delta)}){_because(stream)}."
        for stream in sorted(comparison.streams, key=lambda one: -abs(one.delta or 0.0))
        if stream.delta is not None and abs(stream.delta) >= SEEN
    ]
    still = [
        stream.title
        for stream in comparison.streams
        if stream.delta is not None and abs(stream.delta) < SEEN
    ]
    if still:
        said.append(f"Unchanged: {joined(still)}.")
    unscored = [stream.title for stream in comparison.streams if stream.delta is None]
    if unscored:
        said.append(
            f"{joined(unscored)}: no change can be given, for want of answers then or now."
        )
    return said


def _because(change: Change) -> str:
    """Say what the change of a score or a value comes from."""
    if change.parts is None:
        return "; the questions differ too much to say what is the answers' part"
    shown = {step: part for step, part in change.parts.items() if abs(part) >= SEEN}
    if list(shown) == ["questionnaire"]:
        return ", from the questionnaire alone: no answer moved it"
    if list(shown) == ["answers"]:
        return ", from changed answers"
    parts = [f"{signed(part)} from {STEPS[step]}" for step, part in shown.items()]
    return f": {joined(parts)}" if parts else ""


def pick_story(comparison: Comparison) -> list[str]:
    """Say what moved the pick, or what would have."""
    pick, named = comparison.pick, titles(comparison)
    needed = {step: first for step, first in pick.without.items() if first != pick.new}
    if pick.old == pick.new:
        if pick.new is None:
            return ["No stream was ready to go first, and none is now."]
        said = [f"{named[pick.new]} came first and still does."]
    else:
        said = [f"The pick moves from {_first(pick.old, named)} to {_first(pick.new, named)}."]
        if not needed:
            steps = [STEPS[move.step] for move in pick.moves]
            said.append(
                "No one change moved it alone: put back by itself, each leaves the pick where it "
                f"is now. Taken one after another it moves with {joined(steps)}."
            )
    said += [
        f"Without the change in {STEPS[step]}, {_would_come(first, named)}."
        for step, first in needed.items()
    ]
    return [*said, *_values(comparison)]


def _values(comparison: Comparison) -> list[str]:
    """Say what moved the value of the stream that was first and of the one that is."""
    leads = dict.fromkeys([comparison.pick.new, comparison.pick.old])
    return [
        f"{one.title}: value {points(one.old, PLACES)} then, {points(one.new, PLACES)} now"
        f"{_because(one)}."
        for lead in leads
        for one in comparison.ranking
        if one.id == lead and one.delta is not None and abs(one.delta) >= SEEN
    ]


def _first(stream: str | None, named: Mapping[str, str]) -> str:
    return "no stream" if stream is None else named[stream]


def _would_come(stream: str | None, named: Mapping[str, str]) -> str:
    return "no stream could go first" if stream is None else f"{named[stream]} would come first"


def standing(level: float | None, state: str) -> str:
    """Write an answer as it stands: a level, or why there is none."""
    if level is None:
        return STATES[state]
    return f"{level:g}, unsure" if state == "unsure" else f"{level:g}"


def voices(changes: Iterable[VoiceChange]) -> str:
    """Say who says what now, of those who were asked both times."""
    return ", ".join(
        f"{one.respondent} {one.old:g} to {one.new:g}"
        for one in changes
        if one.old is not None and one.new is not None
    )


def answer(change: AnswerChange, named: Mapping[str, str]) -> str:
    """Say what happened to one answer, and what that does to its stream."""
    then = standing(change.old, change.old_state)
    now = standing(change.new, change.new_state)
    if change.move == "voices":
        return f"{change.ask} {now} as before, but {MOVES['voices']}"
    effect = ""
    if change.moved is not None and abs(change.moved) >= SEEN:
        effect = f" ({named[change.stream]} {signed(change.moved)})"
    return f"{change.ask} {then} then, {now} now{effect}"


def setting(path: str, questionnaire: Questionnaire) -> str:
    """Return what a path in an answer file is about, in words."""
    kind, _, rest = path.partition(".")
    named: dict[str, str] = {
        one.id: one.title
        for things in (questionnaire.streams, questionnaire.goals, questionnaire.criteria)
        for one in things
    }
    about, _, part = rest.rpartition(".") if rest not in named else (rest, "", "")
    words = [named[about], part] if about in named else [rest.replace("_", " ")]
    return f"{KINDS[kind]}: {', '.join(word for word in words if word)}"


def cautions(comparison: Comparison) -> list[str]:
    """Say what a reader should know before trusting the comparison."""
    said = []
    asked, old, new = comparison.questionnaire, comparison.old, comparison.new
    for side, when in ((old, "older"), (new, "newer")):
        if side.answered_with is not None:
            said.append(
                f"The {when} answers name version {side.answered_with} of the questionnaire and "
                f"are read with version {side.version}: questions worded anew since are taken "
                "for the same."
            )
    if asked.old_version != asked.new_version or not asked.is_the_same:
        said.append(_new_questionnaire(asked))
    if asked.reworded:
        said.append(
            "A question worded anew is taken for the same: its answer may have moved because "
            "the words did."
        )
    if old.date is not None and new.date is not None and old.date > new.date:
        said.append("The first file is the younger one; they are compared in the order given.")
    return said


def _new_questionnaire(change: QuestionnaireChange) -> str:
    """Say how the questionnaire itself changed."""
    old, new = change.old_version, change.new_version
    counts = {
        "new questions": len(change.added),
        "questions that went": len(change.removed),
        "worded anew": len(change.reworded),
        "weighing otherwise": len(change.reweighed),
    }
    shown = [f"{what}: {count}" for what, count in counts.items() if count]
    how = f"within version {new}" if old == new else f"from version {old} to {new}"
    return f"The questionnaire changed {how}; {', '.join(shown) or 'every question is the same'}."
