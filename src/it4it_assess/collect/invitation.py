"""Whom a form is for and what it asks; the page and the workbook are made from the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.collect.sitting import SECONDS_A_QUESTION
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.strict_yaml import CONTROL
from it4it_assess.model.answers import Respondent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from it4it_assess.model.questionnaire import (
        Component,
        Question,
        Questionnaire,
        ScaleValue,
        ValueStream,
    )

LONGEST_STEM = 60
"""A file name longer than this is cut: mail programs and old systems shorten it anyhow."""


class Part(NamedTuple):
    """A component with those of its questions that are asked."""

    component: Component
    questions: tuple[Question, ...]


class Section(NamedTuple):
    """A value stream with those of its components that are asked about."""

    stream: ValueStream
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the section, in order."""
        return tuple(question for part in self.parts for question in part.questions)


class Invitation(NamedTuple):
    """One respondent asked by one organisation, and the questions put to them.

    `named` is how their answer file names the questionnaire. `who` is the respondent's id,
    empty where the form itself has to ask who fills it in.
    """

    questionnaire: Questionnaire
    named: str
    organisation: str
    who: str
    respondent: Respondent
    questions: tuple[str, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The questions by stream and component, without what is left empty."""
        asked = set(self.questions)
        streams = (
            Section(
                stream,
                tuple(
                    Part(part, found)
                    for part in stream.components
                    if (found := tuple(one for one in part.questions if one.id in asked))
                ),
            )
            for stream in self.questionnaire.streams
        )
        return tuple(section for section in streams if section.parts)

    @property
    def scale(self) -> tuple[ScaleValue, ...]:
        """The values of the scale, lowest first."""
        return self.questionnaire.scale

    @property
    def stem(self) -> str:
        """What files of this form are called, without the respondent and the ending."""
        return slug(self.organisation) or "answers"

    @property
    def minutes(self) -> int:
        """About how many minutes all questions take."""
        return -(-len(self.questions) * SECONDS_A_QUESTION // 60)

    @property
    def form_id(self) -> str:
        """A short mark of everything that makes this form another one."""
        said = "\n".join(
            [
                self.questionnaire.id,
                self.questionnaire.version,
                self.organisation,
                self.who,
                *self.questions,
            ]
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def slug(text: str) -> str:
    """Return text as a short plain name: small letters, digits and dashes; empty if none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_STEM].strip("-")


def as_written(value: float) -> str:
    """Return a level as files write it, none of its digits lost."""
    return str(int(value)) if value == int(value) else repr(value)


def wanted(
    questionnaire: Questionnaire, streams: Collection[str], *, quick: bool
) -> tuple[str, ...]:
    """Return which questions these streams ask, or all streams when none is named."""
    known = [stream.id for stream in questionnaire.streams]
    for name in streams:
        if name not in known:
            raise UnknownNameError(f"there is no stream {name!r}; there is {', '.join(known)}")
    asked = tuple(
        question.id
        for stream in questionnaire.streams
        if not streams or stream.id in streams
        for question in stream.questions
        if question.essential or not quick
    )
    if not asked:
        raise AssessError(
            "--quick: no question there is marked essential; leave the option out to ask all"
        )
    return asked


def people(
    who: Sequence[str], names: Sequence[str], roles: Sequence[str]
) -> dict[str, Respondent]:
    """Pair ids with names and roles given in the same order; fewer names leave the rest open."""
    for option, given in (("--name", names), ("--role", roles)):
        if len(given) > len(who):
            raise AssessError(
                f"{option}: given {len(given)} times for {len(who)} --as; give one --as for each"
            )
    found: dict[str, Respondent] = {}
    for place, given in enumerate(who):
        name = slug(given)
        if not name:
            raise AssessError(f"--as: {given!r} holds no letter or digit; give one such as anna")
        if name in found:
            raise AssessError(f"--as: {name} is given twice; each form is for somebody else")
        found[name] = Respondent(
            name=plain(names[place], "--name") if place < len(names) else "",
            role=plain(roles[place], "--role") if place < len(roles) else "",
        )
    return found


def plain(text: str, option: str) -> str:
    """Return text from the command line, trimmed; refuse what no answer file could hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise AssessError(f"{option}: it is not text in UTF-8; type it anew") from error
    if found := CONTROL.search(text):
        raise AssessError(
            f"{option}: it holds a control character (U+{ord(found.group()):04X}); type it anew"
        )
    return text.strip()


def respondent_id(name: str) -> str:
    """Return an id for somebody nobody has given one, the same in a page and a workbook."""
    return slug(name) or f"respondent-{_hashed(name):08x}"


def _hashed(text: str) -> int:
    """Return FNV-1a of the code points: only so that names without a Latin letter differ."""
    total = 2166136261
    for one in text:
        total = ((total ^ ord(one)) * 16777619) % 2**32
    return total
