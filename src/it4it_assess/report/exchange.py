"""The ArchiMate Model Exchange File Format 3.1 of The Open Group: a model as XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import SubElement, indent, tostring

from it4it_assess.report.xml_text import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "http://www.opengroup.org/xsd/archimate/3.0/"
"""The format's namespace; 3.1 kept the one of 3.0."""
SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_SPACE = re.compile(r"\s+")

BOX = (180, 60)
APART = (60, 24)
MARGIN = 20


class Property(NamedTuple):
    """What properties of one name are: the id others name it by, and its type."""

    id: str
    name: str
    type: str = "number"


class Element(NamedTuple):
    """An element; `properties` are texts by the id of their `Property`."""

    id: str
    type: str
    name: str
    documentation: str = ""
    properties: tuple[tuple[str, str], ...] = ()


class Relationship(NamedTuple):
    """A relationship between two elements; its id follows from them and its type."""

    type: str
    source: str
    target: str

    @property
    def id(self) -> str:
        """The same for the same relationship, every time."""
        return f"rel-{self.type.lower()}_{self.source}_{self.target}"


class View(NamedTuple):
    """A drawing: columns of elements, each from top to bottom."""

    id: str
    name: str
    columns: tuple[tuple[str, ...], ...]


class Model(NamedTuple):
    """A whole model."""

    name: str
    documentation: str
    language: str
    elements: tuple[Element, ...]
    relationships: tuple[Relationship, ...]
    properties: tuple[Property, ...]
    views: tuple[View, ...]


def as_xml(model: Model) -> bytes:
    """Return a model as an exchange file."""
    root = Node(
        "model",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": INSTANCE,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "identifier": "id-model",
        },
    )
    language = model.language if _LANGUAGE.fullmatch(model.language) else "und"
    _say(root, "name", model.name, language)
    _say(root, "documentation", model.documentation, language)
    if model.elements:
        elements = SubElement(root, "elements")
        for element in model.elements:
            _add_element(elements, element, language)
    if model.relationships:
        relationships = SubElement(root, "relationships")
        for one in model.relationships:
            ends = {"identifier": one.id, "source": one.source, "target": one.target}
            SubElement(relationships, "relationship", {**ends, "xsi:type": one.type})
    definitions = SubElement(root, "propertyDefinitions")
    for prop in model.properties:
        about = {"identifier": prop.id, "type": prop.type}
        _say(SubElement(definitions, "propertyDefinition", about), "name", prop.name)
    diagrams = SubElement(SubElement(root, "views"), "diagrams")
    for view in model.views:
        _draw(diagrams, view, model.relationships, language)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_element(parent: Node, element: Element, language: str) -> None:
    node = SubElement(parent, "element", {"identifier": element.id, "xsi:type": element.type})
    _say(node, "name", _SPACE.sub(" ", xml_text(element.name)).strip(), language)
    if element.documentation:
        _say(node, "documentation", element.documentation, language)
    if element.properties:
        properties = SubElement(node, "properties")
        for name, value in element.properties:
            _say(
                SubElement(properties, "property", {"propertyDefinitionRef": name}), "value", value
            )


def _say(parent: Node, tag: str, text: str, language: str | None = None) -> None:
    node = SubElement(parent, tag, {} if language is None else {"xml:lang": language})
    node.text = xml_text(text)


def _draw(parent: Node, view: View, relationships: Iterable[Relationship], language: str) -> None:
    """Draw a view's elements in their columns, and the relationships between them."""
    drawing = SubElement(parent, "view", {"identifier": view.id, "xsi:type": "Diagram"})
    _say(drawing, "name", view.name, language)
    width, height = BOX
    shown = {}
    for column, names in enumerate(view.columns):
        for row, name in enumerate(names):
            shown[name] = f"{view.id}_{name}"
            place = {
                "identifier": shown[name],
                "elementRef": name,
                "xsi:type": "Element",
                "x": str(MARGIN + column * (width + APART[0])),
                "y": str(MARGIN + row * (height + APART[1])),
                "w": str(width),
                "h": str(height),
            }
            SubElement(drawing, "node", place)
    for one in relationships:
        if one.source in shown and one.target in shown:
            line = {
                "identifier": f"{view.id}_{one.id}",
                "relationshipRef": one.id,
                "xsi:type": "Relationship",
                "source": shown[one.source],
                "target": shown[one.target],
            }
            SubElement(drawing, "connection", line)
