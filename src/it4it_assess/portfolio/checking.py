"""One file held against a policy; what keeps it from being judged is noted, not raised."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.policy import Baseline, hold_against, subjects
from it4it_assess.engine.reading import read_answers
from it4it_assess.engine.scoring import score
from it4it_assess.engine.targets import target_values
from it4it_assess.errors import AssessError, InvalidFileError, UnreadableError
from it4it_assess.files.baseline import earlier
from it4it_assess.files.load import load_answers
from it4it_assess.files.load_policy import load_policy, scored_names, with_floors
from it4it_assess.files.source import read_text
from it4it_assess.files.strict_yaml import locate
from it4it_assess.model.policy import Policy
from it4it_assess.portfolio.reading import Done, RefusedFile, read, refused
from it4it_assess.report.outcomes import Checked, Place, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire


class Rules(NamedTuple):
    """What is checked, as the command line has it: a policy file, floors, a baseline."""

    policy: Path | None
    floors: Mapping[str, Sequence[str]]
    baseline: str | None
    max_drop: float | None


def checked_file(path: Path, *, questionnaire: str | None, rules: Rules) -> Done:
    """Hold one file against the rules; AssessError where the rules themselves do not hold."""
    try:
        asked, answers, notes = read(path, questionnaire)
    except (InvalidFileError, UnreadableError) as error:
        return Done(str(path), _unread(refused(path, error)))
    return _held(path, asked, answers, _policy(asked, rules), notes)


def judged(outcome: Done | RefusedFile) -> Checked:
    """Return what a file came to; AssessError where nothing can be judged by these rules."""
    if isinstance(outcome, Done):
        assert isinstance(outcome.value, Checked)  # noqa: S101  what checked_file gives
        return outcome.value
    if not outcome.missing:  # a file that cannot be read is a value by now
        raise AssessError(outcome.message)
    return _unread(outcome)


def _unread(outcome: RefusedFile) -> Checked:
    if outcome.problems:
        return unreadable(outcome.path, outcome.problems)
    cause = outcome.message.removeprefix(f"{outcome.path}: ")
    return Checked(outcome.path, "", (), [(cause, Place(outcome.path, 1, 1))])


def _policy(asked: Questionnaire, given: Rules) -> Policy:
    """Return the rules of the policy file and of the command line together."""
    known = scored_names(asked)
    rules = Policy() if given.policy is None else load_policy(given.policy, known)
    rules = with_floors(rules, given.floors, known)
    baseline = given.baseline or rules.baseline
    max_drop = rules.max_drop if given.max_drop is None else given.max_drop
    if baseline is not None and max_drop is None:
        max_drop = 0.0
    if baseline is None and max_drop is not None:
        raise AssessError("--max-drop: there is no baseline to fall below; add --baseline")
    rules = rules.model_copy(update={"baseline": baseline, "max_drop": max_drop})
    if rules == Policy():
        raise AssessError("there is nothing to check; give --min, --baseline or --policy")
    return rules


def _held(
    path: Path,
    asked: Questionnaire,
    answers: AnswerFile,
    rules: Policy,
    notes: tuple[str, ...],
) -> Done:
    """Hold a file against the rules, and find each outcome's place in it."""
    before = None
    if rules.baseline is not None:
        with earlier(rules.baseline, path) as old:
            if old is None:
                new = f"{path}: it is not in {rules.baseline} yet; nothing to fall below"
                notes = (*notes, new)
            else:
                before = _state(asked, load_answers(old, asked))
    now = _state(asked, answers)
    outcomes = hold_against(rules, now.subjects, now.readings, before)
    places = _places(path, [one.question for one in outcomes if one.question is not None])
    start = Place(str(path), 1, 1)
    located = [(one, places.get(one.question or "", start)) for one in outcomes]
    return Done(str(path), Checked(str(path), answers.organisation.name, located), notes)


def _state(asked: Questionnaire, answers: AnswerFile) -> Baseline:
    """Return what a file's answers score, and what they stand at."""
    aims = target_values(asked, answers)
    readings = read_answers(asked, answers)
    return Baseline(subjects(asked, score(asked, readings, aims)), readings)


def _places(path: Path, questions: Sequence[str]) -> dict[str, Place]:
    """Return the line of each question's answer, or of `answers:` where it has none."""
    if not questions:
        return {}
    marks = locate(read_text(path), {("answers", name) for name in questions})
    return {name: Place(str(path), *marks["answers", name]) for name in questions}
