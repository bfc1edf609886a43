"""The outcomes of a check as text, JSON, JUnit, SARIF, GitHub annotations and a summary."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from it4it_assess.report.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from it4it_assess.errors import Problem
    from it4it_assess.model.policy import Outcome

MOST_RESULTS = 5_000
"""Results that code hosts take from one SARIF file."""

MOST_SUMMARY = 900_000
"""Bytes of a step summary; GitHub refuses one above 1,024 KiB whole."""

RULES = {
    "min": "A score is below its floor.",
    "min-level": "A level is not reached.",
    "min-coverage": "Too little is answered.",
    "no-regression": "A score fell below the baseline's.",
    "readable": "A file cannot be read, or holds mistakes.",
}
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Place(NamedTuple):
    """Where something is, counted from 1."""

    file: str
    line: int
    column: int


class Checked(NamedTuple):
    """One file's outcomes, each with its place; or why it could not be judged."""

    file: str
    organisation: str
    outcomes: Sequence[tuple[Outcome, Place]]
    unreadable: Sequence[tuple[str, Place]] = ()

    @property
    def broken(self) -> list[tuple[Outcome, Place]]:
        """The outcomes that do not hold."""
        return [(one, place) for one, place in self.outcomes if not one.holds]


def unreadable(file: str, problems: Iterable[Problem]) -> Checked:
    """Return a file that holds mistakes instead of outcomes."""
    said = [
        (
            f"{one.cause}; {one.remedy}" if one.remedy else one.cause,
            Place(one.source, max(one.line, 1), max(one.column, 1)),
        )
        for one in problems
    ]
    return Checked(file, "", (), said)


def as_text(files: Sequence[Checked]) -> str:
    """Return the broken rules, one a line with its place, and a count."""
    lines = []
    for checked in files:
        for outcome, place in checked.broken:
            lines.append(f"{place.file}:{place.line}:{place.column}: {outcome.message}")
    rules = sum(len(checked.outcomes) for checked in files)
    broken = sum(len(checked.broken) for checked in files)
    judged = sum(not checked.unreadable for checked in files)
    unread = len(files) - judged
    end = f"{broken} of {_count(rules, 'rule')} broken in {_count(judged, 'file')}"
    lines.append(f"{end}; {_count(unread, 'file')} not read" if unread else end)
    return "\n".join(lines) + "\n"


def as_json(files: Sequence[Checked]) -> str:
    """Return every outcome as JSON."""
    data = [
        {
            "file": checked.file,
            "organisation": checked.organisation,
            "outcomes": [
                {**outcome.model_dump(mode="json"), "line": place.line, "column": place.column}
                for outcome, place in checked.outcomes
            ],
            "unreadable": [message for message, _ in checked.unreadable],
        }
        for checked in files
    ]
    return json.dumps({"files": data}, indent=2, ensure_ascii=False) + "\n"


def as_junit(files: Sequence[Checked]) -> str:
    """Return the outcomes as JUnit XML: a suite a file, a case a rule."""
    root = ET.Element("testsuites", name="it4it-assess check")
    for checked in files:
        cases = len(checked.outcomes) + len(checked.unreadable)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=_xml(checked.file),
            tests=str(cases),
            failures=str(len(checked.broken)),
            errors=str(len(checked.unreadable)),
        )
        for outcome, _ in checked.outcomes:
            case = ET.SubElement(
                suite, "testcase", classname=_xml(checked.file), name=_name(outcome)
            )
            if not outcome.holds:
                ET.SubElement(case, "failure", message=_xml(outcome.message), type=outcome.rule)
        for message, _ in checked.unreadable:
            case = ET.SubElement(suite, "testcase", classname=_xml(checked.file), name="readable")
            ET.SubElement(case, "error", message=_xml(message), type="readable")
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def as_sarif(files: Sequence[Checked], version: str) -> str:
    """Return the broken rules as SARIF 2.1.0, the first 5,000 of them."""
    results = [
        _result(outcome.rule, outcome.message, place)
        for checked in files
        for outcome, place in checked.broken
    ]
    results += [
        _result("readable", message, place)
        for checked in files
        for message, place in checked.unreadable
    ]
    left = len(results) - MOST_RESULTS
    driver = {
        "name": "it4it-assess",
        "version": version,
        "rules": [
            {"id": rule, "shortDescription": {"text": means}} for rule, means in RULES.items()
        ],
    }
    run: dict[str, Any] = {"tool": {"driver": driver}, "results": results[:MOST_RESULTS]}
    if left > 0:
        run["properties"] = {"leftOut": left}
    return (
        json.dumps(
            {
                "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
                "version": "2.1.0",
                "runs": [run],
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def as_annotations(files: Sequence[Checked]) -> str:
    """Return the broken rules as the commands by which GitHub marks lines of a file."""
    said: list[tuple[str, str, Place]] = [
        (outcome.rule, outcome.message, place)
        for checked in files
        for outcome, place in checked.broken
    ]
    said += [
        ("readable", message, place) for checked in files for message, place in checked.unreadable
    ]
    return "".join(
        f"::error file={_property(place.file)},line={place.line},col={place.column},"
        f"title={_property(rule)}::{_data(message)}\n"
        for rule, message, place in said
    )


def as_summary(files: Sequence[Checked]) -> str:
    """Return a Markdown summary for the page of a run."""
    lines = ["### it4it-assess check", "", as_text(files).splitlines()[-1].capitalize() + ".", ""]
    rows = [
        f"| {escaped(checked.file)} | {escaped(message)} |"
        for checked in files
        for message in (
            *(outcome.message for outcome, _ in checked.broken),
            *(message for message, _ in checked.unreadable),
        )
    ]
    if rows:
        lines += ["| File | What is wrong |", "| :-- | :-- |"]
    size = 0
    for number, row in enumerate(rows):
        size += len(row.encode()) + 1
        if size > MOST_SUMMARY:
            lines += ["", f"... and {len(rows) - number} more."]
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _result(rule: str, message: str, place: Place) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    location = {"artifactLocation": {"uri": place.file}, "region": region}
    return {
        "ruleId": rule,
        "level": "error",
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    }


def _name(outcome: Outcome) -> str:
    return f"{outcome.rule} {outcome.subject}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _xml(text: str) -> str:
    """Leave out what XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
