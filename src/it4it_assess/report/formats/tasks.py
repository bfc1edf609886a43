"""Tasks: the plan's initiatives as CSV files for Jira, GitHub and Microsoft Planner.

One row an initiative that has a quarter; it is due on the quarter's last day, and its steps
are a list in the description (Planner: the checklist). Owners in a questionnaire are roles,
not accounts, so they stand in the description and nobody is assigned. UTF-8 without a byte
order mark: importers take it for a part of the first heading.

- Jira: `Labels` twice, as its importer takes several values; in the importer's settings the
  date format is yyyy-MM-dd. No punctuation in headings.
- GitHub: the columns that CSV importers such as github-csv-tools read. `milestone` is the
  quarter's number: make a milestone a quarter first, in order, in an empty repository.
- Planner: columns as in a plan that Planner exported to Excel, for a flow that reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.report import figures
from it4it_assess.report.markdown import escaped
from it4it_assess.report.spreadsheet_text import as_csv, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from it4it_assess.model.assessment import Assessment, PlannedInitiative
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files

LONGEST_TITLE = 250
"""Jira and Planner stop at 255 characters, GitHub at 256."""
LONGEST_CHECK = 100
MOST_CHECKS = 20
"""Planner's limits on a checklist; the description has the steps whole."""

_SPACE = re.compile(r"\s+")
_WIKI = re.compile(r"[\\{}\[\]!|*~^]|(?<!\w)[_+?-](?=\S)")


class Task(NamedTuple):
    """An initiative as a task: its texts are plain and on one line each."""

    title: str
    stream_id: str
    stream: str
    quarter: int
    starts: str
    due: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]


def render(assessment: Assessment, questionnaire: Questionnaire) -> Files:
    """Return a CSV file for each of the three."""
    tasks = list(_tasks(assessment, questionnaire))
    return {
        "-tasks-jira.csv": _written(
            ("Summary", "Issue Type", "Description", "Due Date", "Labels", "Labels"),
            map(_for_jira, tasks),
        ),
        "-tasks-github.csv": _written(
            ("title", "body", "labels", "milestone"), map(_for_github, tasks)
        ),
        "-tasks-planner.csv": _written(
            (
                "Task Name",
                "Bucket Name",
                "Progress",
                "Priority",
                "Start Date",
                "Due Date",
                "Checklist Items",
                "Labels",
                "Description",
            ),
            map(_for_planner, tasks),
        ),
    }


def _tasks(assessment: Assessment, questionnaire: Questionnaire) -> Iterator[Task]:
    waves = {wave.quarter: wave for wave in assessment.roadmap.waves}
    for job in assessment.roadmap.initiatives:
        if job.quarter is None:
            continue
        stream, wave = questionnaire.stream_of[job.id], waves[job.quarter]
        facts = _facts(job, assessment, questionnaire)
        yield Task(
            title=_short(job.title, LONGEST_TITLE),
            stream_id=stream.id,
            stream=_line(stream.title),
            quarter=job.quarter,
            starts=wave.starts.isoformat(),
            due=wave.ends.isoformat(),
            facts=tuple((name, _line(text)) for name, text in facts if text),
            steps=tuple(_line(step) for step in (job.first_step, *job.steps) if step),
        )


def _facts(
    job: PlannedInitiative, assessment: Assessment, questionnaire: Questionnaire
) -> list[tuple[str, str]]:
    cost = figures.money(job.cost, assessment.roadmap.currency)
    return [
        ("Outcome", job.outcome),
        ("Who", job.owner),
        ("Days", figures.days(job.days)),
        ("Cost", "" if job.cost is None else cost),
        ("Done when", job.done_when),
        ("Needs first", "; ".join(questionnaire.initiatives[one].title for one in job.needs)),
        ("Risk", job.risk),
        ("Expect to hear", job.resistance.expect if job.resistance else ""),
        ("Answer to it", job.resistance.answer if job.resistance else ""),
        ("From", f"{assessment.organisation.name}, {job.id}"),
    ]


def _for_jira(task: Task) -> tuple[str, ...]:
    facts = [f"{name}: {_wiki(text)}" for name, text in task.facts]
    steps = [f"# {_wiki(step)}" for step in task.steps]
    body = "\n".join([*facts, "", *steps])
    return task.title, "Task", body, task.due, task.stream_id, f"q{task.quarter}"


def _for_github(task: Task) -> tuple[str, ...]:
    facts = [f"**{name}:** {_marked_down(text)}\n" for name, text in task.facts]
    steps = [f"- [ ] {_marked_down(step)}" for step in task.steps]
    body = "\n".join([*facts, f"**Due:** {task.due}\n", *steps])
    return task.title, body, f"{task.stream_id},q{task.quarter}", str(task.quarter)


def _for_planner(task: Task) -> tuple[str, ...]:
    checks = [_short(step, LONGEST_CHECK).replace(";", ",") for step in task.steps[:MOST_CHECKS]]
    body = "\n".join(
        [*(f"{name}: {text}" for name, text in task.facts), "", *(f"* {s}" for s in task.steps)]
    )
    return (
        task.title,
        f"Quarter {task.quarter}",
        "Not started",
        "Medium",
        task.starts,
        task.due,
        ";".join(checks),
        task.stream.replace(";", ","),
        body,
    )


def _written(heading: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> bytes:
    return as_csv([heading, *([harmless(cell) for cell in row] for row in rows)]).encode()


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _short(text: str, longest: int) -> str:
    line = _line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _wiki(text: str) -> str:
    """Return text that Jira's wiki markup leaves alone; a backslash has no other spelling."""
    return _WIKI.sub(lambda one: "&#92;" if one.group() == "\\" else f"\\{one.group()}", text)


def _marked_down(text: str) -> str:
    """Return text that GitHub shows as it is: no markup, and nobody is notified by an @."""
    return str(escaped(text)).replace("@", "@\u2060").replace("#", "#\u2060")
