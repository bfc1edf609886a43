"""JSON Schemas: an editor that checks with them agrees with the tool."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from builders import TODAY
from conftest import EXAMPLES, ROOT
from it4it_assess.errors import InvalidFileError
from it4it_assess.files.blank import blank_answers
from it4it_assess.files.load import load_questionnaire
from it4it_assess.files.load_policy import load_policy, scored_names
from it4it_assess.files.schema import DIALECT, FORMATS, json_schema
from it4it_assess.files.strict_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

BAD = ROOT / "tests" / "bad"
SHIPPED = EXAMPLES.parent
OWN = ROOT / "tests" / "cases" / "own-questionnaire" / "vragen"


@pytest.fixture(scope="session")
def of_answers(shipped: Questionnaire) -> Draft202012Validator:
    """Return a validator of answers to the shipped questionnaire."""
    return Draft202012Validator(json_schema("answers", shipped))


def as_an_editor_sees_it(text: str) -> Any:
    """Return a file's values as JSON has them, with every key a text."""
    return json.loads(json.dumps(read_yaml(text, "here.yaml").value))


def complaints(validator: Draft202012Validator, path: Path) -> list[str]:
    values = as_an_editor_sees_it(path.read_text(encoding="utf-8"))
    return [error.message for error in validator.iter_errors(values)]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping inside a schema."""
    if isinstance(schema, dict):
        yield schema
    inner = schema.values() if isinstance(schema, dict) else schema
    for one in inner if isinstance(schema, (dict, list)) else ():
        yield from objects(one)


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_is_one_itself_and_says_which_dialect(name: str, shipped: Questionnaire) -> None:
    for schema in (json_schema(name), json_schema(name, shipped)):
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == DIALECT
        assert schema["$id"] == f"urn:it4it-assess:{name}:1"
        json.dumps(schema, allow_nan=False)


@pytest.mark.parametrize("name", FORMATS)
def test_every_reference_in_a_schema_leads_somewhere(name: str) -> None:
    schema = json_schema(name)
    references = {one["$ref"] for one in objects(schema) if "$ref" in one}
    assert references <= {f"#/$defs/{one}" for one in schema.get("$defs", {})}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_example_passes(path: Path, of_answers: Draft202012Validator) -> None:
    assert complaints(of_answers, path) == []
    assert complaints(Draft202012Validator(json_schema("answers")), path) == []


@pytest.mark.parametrize("folder", [SHIPPED, OWN], ids=lambda folder: folder.name)
def test_a_good_questionnaire_passes(folder: Path) -> None:
    streams = load_questionnaire(folder).streams
    files = sorted(folder.glob("*.yaml"))
    assert len(files) == len(streams) + 1
    for path in files:
        name = "questionnaire" if path.name == "questionnaire.yaml" else "stream"
        assert complaints(Draft202012Validator(json_schema(name)), path) == []


@pytest.mark.parametrize("name", ["shop", "shop@1.1"])
def test_a_good_changes_file_passes(name: str) -> None:
    path = ROOT / "tests" / "versions" / name / "changes.yaml"
    assert complaints(Draft202012Validator(json_schema("changes")), path) == []


@pytest.mark.parametrize(
    "folder", ["changes-keys-misspelt", "changes-without-a-reason", "changes-carry-in-words"]
)
def test_a_bad_changes_file_does_not_pass(folder: str) -> None:
    path = BAD / "questionnaires" / folder / "changes.yaml"
    assert complaints(Draft202012Validator(json_schema("changes")), path)


POLICIES = {
    "baseline: HEAD~1\nmax_drop: 0.1\n": True,
    "min: {overall: 1, d2c: 1.5, d2c.incident: 2, security: 1}\nmin_level: {r2f: 0}\n": True,
    "min_coverage: {overall: 0.8}\n": True,
    "format: 2\n": False,
    "max: {overall: 1}\n": False,
    "min: {d2d: 1}\n": False,
    "min: {overall: much}\n": False,
    "min_level: {overall: -1}\n": False,
    "min_level: {overall: 1.5}\n": False,
    "min_coverage: {overall: 80}\n": False,
    "max_drop: -1\n": False,
    "baseline: [HEAD]\n": False,
}


@pytest.mark.parametrize(("text", "good"), POLICIES.items())
def test_a_policy_passes_just_when_it_can_be_read(
    *, text: str, good: bool, shipped: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    schema = Draft202012Validator(json_schema("policy", shipped))
    assert (complaints(schema, path) == []) is good
    try:
        load_policy(path, scored_names(shipped))
    except InvalidFileError:
        assert not good
    else:
        assert good


def test_an_assessment_passes(example: Callable[[str], Assessment]) -> None:
    values = json.loads(example("bakery").model_dump_json())
    schema = json_schema("assessment")
    assert [*Draft202012Validator(schema).iter_errors(values)] == []


@pytest.mark.parametrize("quick", [True, False])
def test_a_blank_answer_file_passes_before_and_while_it_is_filled_in(
    *, quick: bool, shipped: Questionnaire, of_answers: Draft202012Validator
) -> None:
    """An editor that marks a fresh file red from top to bottom teaches people to ignore red."""
    text = blank_answers(
        shipped, name="X", today=TODAY, quick=quick, questionnaire_name=shipped.id
    )
    values = as_an_editor_sees_it(text)
    assert [error.message for error in of_answers.iter_errors(values)] == []


@pytest.mark.parametrize(
    "name",
    [
        "key-misspelt",
        "key-misspelt-in-an-answer",
        "key-misspelt-in-capacity",
        "question-misspelt",
        "goal-misspelt",
        "stream-misspelt",
        "indicator-misspelt",
        "criterion-misspelt",
        "criterion-misspelt-in-weights",
        "level-in-quotes",
        "level-true",
        "level-a-list",
        "version-without-quotes",
        "format-of-tomorrow",
        "organisation-without-a-name",
        "organisation-in-figures",
        "points-above-five",
        "capacity-out-of-bounds",
        "evidence-without-a-list",
        "respondent-in-capitals",
        "nothing-required",
    ],
)
def test_a_bad_answer_file_does_not_pass(name: str, of_answers: Draft202012Validator) -> None:
    assert complaints(of_answers, BAD / f"{name}.yaml")


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("keys-misspelt", "questionnaire.yaml"),
        ("keys-misspelt", "till.yaml"),
        ("criterion-nobody-knows", "questionnaire.yaml"),
        ("scale-of-one", "questionnaire.yaml"),
        ("strength-above-five", "questionnaire.yaml"),
        ("streams-none", "questionnaire.yaml"),
        ("initiative-effort-of-nought", "till.yaml"),
        ("kind-misspelt", "till.yaml"),
        ("levels-a-list", "till.yaml"),
        ("stream-without-components", "stock.yaml"),
    ],
)
def test_a_bad_questionnaire_file_does_not_pass(folder: str, file: str) -> None:
    name = "questionnaire" if file == "questionnaire.yaml" else "stream"
    path = BAD / "questionnaires" / folder / file
    assert complaints(Draft202012Validator(json_schema(name)), path)


def test_the_schema_of_answers_names_every_question_with_its_levels(
    shipped: Questionnaire,
) -> None:
    (questions,) = (
        one["properties"]
        for one in objects(json_schema("answers", shipped))
        if "d2c.incident.record" in one.get("properties", {})
    )
    assert list(questions) == list(shipped.questions)
    record = questions["d2c.incident.record"]
    asked = shipped.questions["d2c.incident.record"]
    assert record["title"] == asked.ask
    assert record["description"].splitlines()[0] == f"0: {asked.levels[0]}"
    assert len(record["description"].splitlines()) == len(shipped.values)


def test_a_schema_made_twice_is_the_same_and_one_does_not_change_the_next(
    shipped: Questionnaire,
) -> None:
    plain = json.dumps(json_schema("answers"))
    named = json.dumps(json_schema("answers", shipped))
    assert json.dumps(json_schema("answers")) == plain
    assert json.dumps(json_schema("answers", shipped)) == named
