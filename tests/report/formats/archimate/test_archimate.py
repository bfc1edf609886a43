"""ArchiMate: valid by The Open Group's schema, read by a tool for it, allowed relationships."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from pyArchimate import Model

from builders import asked, flat, initiative, judge, questionnaire
from hostile import TURNS, firm
from it4it_assess.report.formats import rendered
from it4it_assess.report.xml_text import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SCHEMAS = Path(__file__).parent / "xsd"
"""The Open Group's schemas of the exchange format 3.1, as published, and W3C's for xml:lang."""
NAMES = {"a": "http://www.opengroup.org/xsd/archimate/3.0/"}
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ALLOWED = {
    ("Capability", "Serving", "ValueStream"),
    ("Gap", "Association", "ValueStream"),
    ("Gap", "Association", "Plateau"),
    ("Driver", "Association", "ValueStream"),
    ("Plateau", "Triggering", "Plateau"),
    ("WorkPackage", "Realization", "Deliverable"),
    ("WorkPackage", "Realization", "Plateau"),
    ("WorkPackage", "Realization", "Capability"),
    ("WorkPackage", "Association", "Gap"),
    ("WorkPackage", "Triggering", "WorkPackage"),
    ("Deliverable", "Realization", "Plateau"),
}
FIRMS = ("bakery", "agency", "manufacturer")


class Beside(etree.Resolver):  # type: ignore[misc]
    """Finds each schema beside the others, whatever address it is asked for by."""

    def resolve(self, system_url: str, _public: str, context: object) -> object:
        return self.resolve_filename(str(SCHEMAS / system_url.rpartition("/")[2]), context)


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "archimate3_Diagram.xsd"), parser))


def written(judged: Assessment, questions: Questionnaire) -> bytes:
    return rendered("archimate", judged, questions)[".archimate.xml"]


def complaints(schema: etree.XMLSchema, data: bytes) -> list[str]:
    schema.validate(etree.fromstring(data))
    return [str(error) for error in schema.error_log]


@pytest.mark.parametrize("name", FIRMS)
def test_the_model_is_valid(
    name: str,
    schema: etree.XMLSchema,
    example: Callable[[str], Assessment],
    shipped: Questionnaire,
) -> None:
    assert complaints(schema, written(example(name), shipped)) == []


@pytest.mark.parametrize("turn", range(TURNS))
def test_hostile_text_leaves_it_valid_and_is_all_there(turn: int, schema: etree.XMLSchema) -> None:
    judged, questions = firm(turn)
    data = written(judged, questions)
    assert complaints(schema, data) == []
    names = [one.text or "" for one in ET.fromstring(data).iter(f"{{{NAMES['a']}}}name")]  # noqa: S314
    for stream in questions.streams:
        assert " ".join(xml_text(stream.title).split()) in names


def test_the_validator_does_find_what_is_wrong(schema: etree.XMLSchema) -> None:
    data = written(*firm(0, plain=True))
    assert complaints(schema, data.replace(b'"ValueStream"', b'"RiverStream"'))
    assert complaints(schema, data.replace(b'source="gap-a"', b'source="gap-z"', 1))


@pytest.mark.parametrize("name", FIRMS)
def test_another_tool_reads_as_many_as_were_written(
    name: str, example: Callable[[str], Assessment], shipped: Questionnaire, tmp_path: Path
) -> None:
    judged = example(name)
    path = tmp_path / "model.xml"
    path.write_bytes(written(judged, shipped))
    model = Model(name)
    model.read(str(path))
    planned = [job for job in judged.roadmap.initiatives if job.quarter is not None]
    streams = judged.scorecard.streams
    pains = [
        value
        for stream in judged.ranking.streams
        for value in stream.criteria
        if value.criterion == "pain" and value.points and not value.assumed
    ]
    assert Counter(one.type for one in model.elements) == {
        "ValueStream": len(streams),
        "Capability": sum(len(stream.components) for stream in streams),
        "Gap": sum(bool(stream.gap) for stream in streams),
        "Driver": len(pains),
        "Plateau": 1 + len(judged.roadmap.waves),
        "WorkPackage": len(planned),
        "Deliverable": sum(bool(job.done_when) for job in planned),
    }
    root = ET.fromstring(path.read_bytes())  # noqa: S314  made here
    assert len(model.relationships) == len(root.findall("a:relationships/a:relationship", NAMES))
    assert len(model.views) == len(root.findall("a:views/a:diagrams/a:view", NAMES)) == 2
    assert len(model.nodes) == len(root.findall(".//a:node", NAMES))
    assert model.check_invalid_relationships() == []
    assert model.check_invalid_nodes() == []
    assert model.check_invalid_conn() == []


@pytest.mark.parametrize("name", FIRMS)
def test_only_relationships_that_archi_allows_are_used(
    name: str, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    root = ET.fromstring(written(example(name), shipped))  # noqa: S314  made here
    types = {
        one.attrib["identifier"]: one.attrib[TYPE]
        for one in root.findall("a:elements/a:element", NAMES)
    }
    used = {
        (types[one.attrib["source"]], one.attrib[TYPE], types[one.attrib["target"]])
        for one in root.findall("a:relationships/a:relationship", NAMES)
    }
    assert used <= ALLOWED
    assert (
        len(used) >= len(ALLOWED) - 1
    )  # a plateau is realized by deliverables where there are any


def test_work_without_a_deliverable_realizes_its_plateau(schema: etree.XMLSchema) -> None:
    questions = questionnaire(flat("a", 1, initiatives=[initiative("a.do", {"a.1": 3})]))
    data = written(judge(questions, {"a.1": 1}, criteria=["pain"], pain={"a": 5}), questions)
    assert complaints(schema, data) == []
    assert b'source="work-a.do" target="plateau-1" xsi:type="Realization"' in data


def test_a_firm_without_gaps_and_plans_is_a_model_too(schema: etree.XMLSchema) -> None:
    questions = asked(a=1)
    assert complaints(schema, written(judge(questions, {"a.1": 5}), questions)) == []


def test_ids_are_the_same_for_the_same_things(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    data = written(example("bakery"), shipped)
    for name in ("stream-d2c", "component-d2c.incident", "gap-d2c", "work-d2c.one-queue"):
        assert f'identifier="{name}"'.encode() in data
