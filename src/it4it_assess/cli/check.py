"""`check`: do scores keep to their floors, and to what they were before?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import QuestionnaireOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.engine.policy import Baseline
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.policy import Policy
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.outcomes import Checked, Place


class Findings(StrEnum):
    """How the outcomes are printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Answer files, folders of them, or patterns.",
            autocompletion=complete.answer_files,
            show_default=False,
        ),
    ],
    least: Annotated[
        list[str] | None,
        typer.Option(
            "--min", metavar="ID=SCORE", help="A floor under a score, such as d2c=2.5 or 2."
        ),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--min-level", metavar="ID=LEVEL", help="A level to reach, such as overall=2."
        ),
    ] = None,
    coverage: Annotated[
        list[str] | None,
        typer.Option(
            "--min-coverage", metavar="ID=SHARE", help="How much is answered, such as 0.8."
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            "-b",
            metavar="FILE|REV:FILE",
            help="No score below this file's; HEAD~1: is the same file one commit ago.",
        ),
    ] = None,
    max_drop: Annotated[
        float | None,
        typer.Option("--max-drop", min=0, help="How far a score may fall below the baseline's."),
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy",
            "-p",
            metavar="FILE",
            autocompletion=complete.answer_files,
            help="Floors and baseline from a file.",
        ),
    ] = None,
    output: Annotated[
        Findings, typer.Option("--format", "-f", help="How the outcomes are printed.")
    ] = Findings.TEXT,
    questionnaire: QuestionnaireOption = None,
) -> int:
    """Check that scores keep to their floors and do not fall; for CI jobs.

    Ends with 1 when a rule is broken and 2 when a file cannot be read. In a GitHub job a
    summary goes to its page.

    Examples:
      it4it-assess check bakery.yaml --min d2c=1.2 --min-level overall=1 --min-coverage 0.8
      it4it-assess check clients/ --policy policy.yaml --format sarif > findings.sarif
      it4it-assess check bakery.yaml --baseline HEAD~1:
    """
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_FOUND, EXIT_OK
    from it4it_assess.files.many import answer_files

    given = {
        "min": least or (),
        "min_level": level or (),
        "min_coverage": coverage or (),
    }
    checked = [
        _checked(path, questionnaire, policy, given, baseline, max_drop)
        for path in answer_files(files)
    ]
    _print(checked, output)
    if any(one.unreadable for one in checked):
        return EXIT_CANNOT_RUN
    return EXIT_FOUND if any(one.broken for one in checked) else EXIT_OK


def _checked(
    path: Path,
    questionnaire: str | None,
    policy_file: Path | None,
    given: Mapping[str, Sequence[str]],
    baseline: str | None,
    max_drop: float | None,
) -> Checked:
    """Hold one file against the policy; what keeps it from being judged is noted, not raised."""
    from it4it_assess.cli.work import load
    from it4it_assess.errors import InvalidFileError, UnreadableError
    from it4it_assess.report.outcomes import Checked, Place, unreadable

    try:
        asked, answers = load(path, questionnaire)
    except InvalidFileError as error:
        return unreadable(path, error.problems)
    except UnreadableError as error:
        cause = str(error).removeprefix(f"{path}: ")
        return Checked(str(path), "", (), [(cause, Place(str(path), 1, 1))])
    rules = _policy(asked, policy_file, given, baseline, max_drop)
    return _held(path, asked, answers, rules)


def _policy(
    asked: Questionnaire,
    policy_file: Path | None,
    given: Mapping[str, Sequence[str]],
    baseline: str | None,
    max_drop: float | None,
) -> Policy:
    """Return the rules of the policy file and of the command line together."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.load_policy import load_policy, scored_names, with_floors
    from it4it_assess.model.policy import Policy

    known = scored_names(asked)
    rules = Policy() if policy_file is None else load_policy(policy_file, known)
    rules = with_floors(rules, given, known)
    baseline = baseline or rules.baseline
    if max_drop is None:
        max_drop = rules.max_drop
    if baseline is not None and max_drop is None:
        max_drop = 0.0
    if baseline is None and max_drop is not None:
        raise AssessError("--max-drop: there is no baseline to fall below; add --baseline")
    rules = rules.model_copy(update={"baseline": baseline, "max_drop": max_drop})
    if rules == Policy():
        raise AssessError("there is nothing to check; give --min, --baseline or --policy")
    return rules


def _held(path: Path, asked: Questionnaire, answers: AnswerFile, rules: Policy) -> Checked:
    """Hold a file against the rules, and find each outcome's place in it."""
    from it4it_assess.cli.console import note
    from it4it_assess.engine.policy import hold_against
    from it4it_assess.files.baseline import earlier
    from it4it_assess.files.load import load_answers
    from it4it_assess.report.outcomes import Checked, Place

    before = None
    if rules.baseline is not None:
        with earlier(rules.baseline, path) as old:
            if old is None:
                note(f"{path}: it is not in {rules.baseline} yet; nothing to fall below")
            else:
                before = _state(asked, load_answers(old, asked))
    now = _state(asked, answers)
    outcomes = hold_against(rules, now.subjects, now.readings, before)
    places = _places(path, [one.question for one in outcomes if one.question is not None])
    start = Place(str(path), 1, 1)
    located = [(one, places.get(one.question or "", start)) for one in outcomes]
    return Checked(str(path), answers.organisation.name, located)


def _state(asked: Questionnaire, answers: AnswerFile) -> Baseline:
    """Return what a file's answers score, and what they stand at."""
    from it4it_assess.engine.policy import Baseline, subjects
    from it4it_assess.engine.reading import read_answers
    from it4it_assess.engine.scoring import score
    from it4it_assess.engine.targets import target_values

    aims = target_values(asked, answers)
    readings = read_answers(asked, answers)
    return Baseline(subjects(asked, score(asked, readings, aims)), readings)


def _places(path: Path, questions: Sequence[str]) -> dict[str, Place]:
    """Return the line of each question's answer, or of `answers:` where it has none."""
    from it4it_assess.files.source import read_text
    from it4it_assess.files.strict_yaml import locate
    from it4it_assess.report.outcomes import Place

    if not questions:
        return {}
    marks = locate(read_text(path), {("answers", name) for name in questions})
    return {name: Place(str(path), *marks["answers", name]) for name in questions}


def _print(checked: Sequence[Checked], output: Findings) -> None:
    """Print the outcomes, and leave a summary where a GitHub job wants one."""
    import os
    import sys

    from it4it_assess import __version__
    from it4it_assess.cli import console
    from it4it_assess.report import outcomes

    for one in checked:
        for message, place in one.unreadable:
            console.note(f"{place.file}:{place.line}:{place.column}: {message}")
    match output:
        case Findings.TEXT:
            console.print_lines(outcomes.as_text(checked).splitlines())
        case Findings.JSON:
            sys.stdout.write(outcomes.as_json(checked))
        case Findings.JUNIT:
            sys.stdout.write(outcomes.as_junit(checked))
        case Findings.SARIF:
            sys.stdout.write(outcomes.as_sarif(checked, __version__))
        case Findings.GITHUB:
            sys.stdout.write(outcomes.as_annotations(checked))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as page:
            page.write(outcomes.as_summary(checked))
