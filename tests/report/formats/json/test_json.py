"""JSON: it passes its published schema, and reads back as the assessment it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT
from hostile import firm
from it4it_assess.files.schema import json_schema
from it4it_assess.model.published import PublishedReport
from it4it_assess.report.formats import rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SCHEMA = ROOT / "questionnaires" / "report.schema.json"


@pytest.mark.parametrize("name", ["bakery", "agency", "manufacturer"])
def test_a_report_passes_the_published_schema(
    name: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    report = json.loads(rendered("json", example(name), shipped)[".json"])
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [*Draft202012Validator(schema).iter_errors(report)] == []
    del report["assessment"]["scorecard"]["overall"]["coverage"]
    assert [one.message for one in Draft202012Validator(schema).iter_errors(report)] == [
        "'coverage' is a required property"
    ]


def test_a_report_reads_back_as_the_assessment_it_was(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    data = rendered("json", example("bakery"), shipped)[".json"]
    assert PublishedReport.model_validate_json(data, strict=False).assessment == example("bakery")


def test_every_id_of_the_assessment_can_be_looked_up(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    report = json.loads(rendered("json", example("bakery"), shipped)[".json"])
    asked, judged = report["questionnaire"], report["assessment"]
    parts = [part for stream in asked["streams"] for part in stream["components"]]
    questions = {one["id"] for part in parts for one in part["questions"]}
    assert set(judged["readings"]) == questions
    assert set(judged["indicators"]) <= set(asked["indicators"])
    for job in judged["roadmap"]["initiatives"]:
        assert {lift["question"] for lift in job["lifts"]} <= questions
        assert set(job["tools"]) <= set(asked["tools"])


def test_a_tiny_firm_passes_the_schema_too() -> None:
    report = json.loads(rendered("json", *firm(0, plain=True))[".json"])
    assert [*Draft202012Validator(json_schema("report")).iter_errors(report)] == []
