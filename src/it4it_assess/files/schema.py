"""JSON Schemas of the file formats, made from the models, for editors and other tools."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from it4it_assess.files.load_policy import FLOORS, scored_names
from it4it_assess.model.answers import AnswerFile
from it4it_assess.model.assessment import Assessment
from it4it_assess.model.changes import ChangesFile
from it4it_assess.model.policy import Policy
from it4it_assess.model.portfolio import PublishedPortfolio
from it4it_assess.model.published import PublishedReport
from it4it_assess.model.questionnaire import QuestionnaireFile, ValueStream

if TYPE_CHECKING:
    from pydantic import BaseModel

    from it4it_assess.model.questionnaire import Questionnaire

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FORMATS: dict[str, type[BaseModel]] = {
    "answers": AnswerFile,
    "questionnaire": QuestionnaireFile,
    "stream": ValueStream,
    "changes": ChangesFile,
    "policy": Policy,
    "assessment": Assessment,
    "report": PublishedReport,
    "portfolio": PublishedPortfolio,
}


def json_schema(name: str, questionnaire: Questionnaire | None = None) -> dict[str, Any]:
    """Return the schema of one format; for answers and policies, with a questionnaire's ids."""
    schema = FORMATS[name].model_json_schema()
    _close(schema)
    schema = {"$schema": DIALECT, "$id": f"urn:it4it-assess:{name}:1", **schema}
    if name == "answers":
        if questionnaire is not None:
            _name_questions(schema, questionnaire)
        _allow_empty_sections(schema)
    if name == "policy" and questionnaire is not None:
        _name_scores(schema, scored_names(questionnaire))
    return schema


def as_json(data: Any) -> str:
    """Return data as JSON text, the same bytes each time."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _allow_empty_sections(schema: dict[str, Any]) -> None:
    """Let a section with nothing but comments in it pass, as reading does."""
    for holder, needed in ((schema, schema["required"]), (schema["$defs"]["Context"], ())):
        for key, section in holder["properties"].items():
            if key not in needed or key == "answers":
                holder["properties"][key] = {"anyOf": [section, {"type": "null"}]}


def _close(schema: Any) -> None:
    """Allow no keys in a mapping but those of the pattern, as the models do."""
    if isinstance(schema, list):
        for inner in schema:
            _close(inner)
    elif isinstance(schema, dict):
        if "patternProperties" in schema:
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            _close(inner)


def _name_scores(schema: dict[str, Any], names: list[str]) -> None:
    """Let an editor complete what a policy can put a floor under."""
    for key in FLOORS:
        floors = schema["properties"][key]
        (floor,) = floors.pop("patternProperties").values()
        floors["additionalProperties"] = floor
        floors["propertyNames"] = {"enum": names}


def _name_questions(schema: dict[str, Any], questionnaire: Questionnaire) -> None:
    """Let an editor complete question ids and show each question's levels."""
    answers = schema["properties"]["answers"]
    (answer,) = answers["patternProperties"].values()
    answers.clear()
    answers.update(
        {
            "type": "object",
            "title": "Answers",
            "additionalProperties": False,
            "properties": {
                question.id: {
                    "title": question.ask,
                    "description": "\n".join(
                        f"{value:g}: {sentence}" for value, sentence in question.levels.items()
                    ),
                    **answer,
                }
                for question in questionnaire.questions.values()
            },
        }
    )
    names = {
        "goals": [goal.id for goal in questionnaire.goals],
        "pain": [stream.id for stream in questionnaire.streams],
        "readiness": [stream.id for stream in questionnaire.streams],
        "targets": [stream.id for stream in questionnaire.streams],
        "indicators": list(questionnaire.indicators),
    }
    context = schema["$defs"]["Context"]["properties"]
    for key, ids in names.items():
        (value,) = context[key].pop("patternProperties").values()
        context[key]["additionalProperties"] = value
        context[key]["propertyNames"] = {"enum": ids}
    criteria = {"enum": [criterion.id for criterion in questionnaire.criteria]}
    order = next(one for one in context["criteria"]["anyOf"] if one["type"] == "array")
    one, several = order["items"]["anyOf"]
    one.update(criteria)
    several["items"].update(criteria)
    weights = next(one for one in context["weights"]["anyOf"] if one["type"] == "object")
    weights["propertyNames"] = criteria
