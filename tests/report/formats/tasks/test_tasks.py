"""Tasks: each initiative of the plan once, with its dates, in the columns of each importer."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from builders import flat, initiative, judge, questionnaire
from it4it_assess.report.formats import rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

COLUMNS = {
    "jira": "Summary,Issue Type,Description,Due Date,Labels,Labels",
    "github": "title,body,labels,milestone",
    "planner": "Task Name,Bucket Name,Progress,Priority,Start Date,Due Date,"
    "Checklist Items,Labels,Description",
}


def rows(name: str, judged: Assessment, asked: Questionnaire) -> list[list[str]]:
    text = rendered("tasks", judged, asked)[f"-tasks-{name}.csv"].decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", COLUMNS)
def test_each_planned_initiative_is_one_row(
    name: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    planned = [job for job in example("bakery").roadmap.initiatives if job.quarter is not None]
    heading, *tasks = rows(name, example("bakery"), shipped)
    assert ",".join(heading) == COLUMNS[name]
    assert [task[0] for task in tasks] == [job.title for job in planned]


def test_a_task_is_due_when_its_quarter_ends(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    plan = example("bakery").roadmap
    ends = {wave.quarter: wave.ends.isoformat() for wave in plan.waves}
    starts = {wave.quarter: wave.starts.isoformat() for wave in plan.waves}
    planned = [job for job in plan.initiatives if job.quarter is not None]
    jira = rows("jira", example("bakery"), shipped)[1:]
    planner = rows("planner", example("bakery"), shipped)[1:]
    github = rows("github", example("bakery"), shipped)[1:]
    for job, one, two, three in zip(planned, jira, planner, github, strict=True):
        assert job.quarter is not None
        assert one[3:] == [ends[job.quarter], job.stream, f"q{job.quarter}"]
        assert two[1] == f"Quarter {job.quarter}"
        assert two[4:6] == [starts[job.quarter], ends[job.quarter]]
        assert three[2:] == [f"{job.stream},q{job.quarter}", str(job.quarter)]
        assert f"**Due:** {ends[job.quarter]}" in three[1]


def test_a_small_plan_reads_like_this() -> None:
    """Two steps; the text tries its luck with each program's markup."""
    job = initiative(
        "a.do",
        {"a.1": 3},
        2,
        first_step="Ask @jo about [this](x) {code}",
        steps=["One; two", "S" * 120],
        owner="IT lead",
    )
    asked = questionnaire(flat("a", 1, initiatives=[job]))
    judged = judge(asked, {"a.1": 1}, criteria=["pain"], pain={"a": 5})
    [jira] = rows("jira", judged, asked)[1:]
    assert jira[2] == (
        "Who: IT lead\nDays: 2 days\nFrom: Tiny Ltd, a.do\n\n"
        "# Ask @jo about \\[this\\](x) \\{code\\}\n# One; two\n# " + "S" * 120
    )
    [github] = rows("github", judged, asked)[1:]
    assert github[1].startswith("**Who:** IT lead\n\n**Days:** 2 days\n\n")
    assert github[1].splitlines()[-3:] == [
        "- [ ] Ask @\u2060jo about \\[this\\](x) {code}",
        "- [ ] One; two",
        "- [ ] " + "S" * 120,
    ]
    [planner] = rows("planner", judged, asked)[1:]
    assert planner[6] == "Ask @jo about [this](x) {code};One, two;" + "S" * 99 + "…"
    assert planner[2:4] == ["Not started", "Medium"]


def test_a_long_title_is_cut_to_what_the_importers_take() -> None:
    job = {**initiative("a.do", {"a.1": 3}), "title": "long " * 100}
    asked = questionnaire(flat("a", 1, initiatives=[job]))
    judged = judge(asked, {"a.1": 1}, criteria=["pain"], pain={"a": 5})
    for name in COLUMNS:
        [task] = rows(name, judged, asked)[1:]
        assert len(task[0]) <= 250
        assert task[0].endswith("long…")
