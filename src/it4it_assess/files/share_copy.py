"""A share-safe copy of an answer file, made field by field from the policy; pure."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.engine.targets import target_values
from it4it_assess.files.share_policy import POLICY, Scene
from it4it_assess.model.answers import AnswerFile, Organisation
from it4it_assess.model.base import Model
from it4it_assess.model.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.files.share_policy import DateTo, Fate, Rule
    from it4it_assess.model.questionnaire import Questionnaire

DIGITS = 10
"""Hexadecimal digits of a pseudonym: of two million keys one mixes up two of 1,000 names."""
VOICE = "answers.*.by.*"
COMMON = 5
"""How many firms must share a combination before it is shown (a usual choice of k)."""


class Copied(NamedTuple):
    """A copy, what its pseudonyms stand for, and how often each kind of thing was treated."""

    answers: AnswerFile
    names: dict[str, str]
    tally: Mapping[tuple[Fate, str], int]


class Given(NamedTuple):
    """An answer file to copy, and how its copy names the questionnaire."""

    questionnaire: Questionnaire
    answers: AnswerFile
    named_by: str


class Wishes(NamedTuple):
    """What whoever shares the copies has decided."""

    keep: frozenset[str] = frozenset()
    date_to: DateTo = "month"
    k: int = COMMON


class _Pass(NamedTuple):
    """One pass over a file: where it happens, what is held back, what was counted."""

    scene: Scene
    keep: frozenset[str]
    tally: Counter[tuple[Fate, str]]


def copy_answers(given: Given, secret: bytes, wishes: Wishes) -> Copied:
    """Return a copy without names, notes, evidence and contacts; numbers stay as they are.

    Same secret, same bytes.
    """
    names: dict[str, str] = {}

    def pseudonym(kind: str, name: str) -> str:
        found = f"{kind}-{_digest(secret, kind, given.answers.organisation.name, name)}"
        names[found] = _full_name(given.answers, kind, name)
        return found

    scene = Scene(given.questionnaire, given.named_by, wishes.date_to, pseudonym)
    doing = _Pass(scene, wishes.keep, Counter())
    copy = _treated(given.answers, "", doing)
    return Copied(AnswerFile.model_validate(copy), names, doing.tally)


def _full_name(answers: AnswerFile, kind: str, name: str) -> str:
    """Return who a pseudonym stands for, as the key file says it."""
    if kind == "firm":
        return name
    known = answers.respondents[name].name if name in answers.respondents else ""
    person = f"{name} ({known})" if kind == "r" and known else name
    return f"{person}, {answers.organisation.name}"


def _digest(secret: bytes, kind: str, firm: str, name: str) -> str:
    """Return the mark of a name within its firm: one person in two firms is two people.

    A name counts the same however it is spelt, a respondent's id only as it is.
    """
    known_as = "" if kind == "firm" else name if kind == "r" else plain_name(name)
    text = "\0".join([kind, plain_name(firm), known_as])
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:DIGITS]


def _treated(value: Any, path: str, doing: _Pass) -> Any:
    """Return what a value becomes; a KeyError names a field that the policy forgot."""
    if path in POLICY:
        return _ruled(value, POLICY[path], doing)
    if isinstance(value, Model):
        return _fields(value, path, doing)
    if isinstance(value, dict):
        rule = POLICY[f"{path}.#"]
        return {
            _ruled(key, rule, doing): _treated(inner, _inside(path), doing)
            for key, inner in value.items()
        }
    if isinstance(value, tuple):
        return tuple(_treated(inner, _inside(path), doing) for inner in value)
    if value is None:
        return None
    raise KeyError(path)


def _inside(path: str) -> str:
    """Return the path of what a mapping or a list holds; a voice is an answer."""
    return f"{path}.*".replace(VOICE, "answers.*")


def _fields(value: Model, path: str, doing: _Pass) -> dict[str, Any]:
    """Return the fields that are set, each treated; what is dropped is not said any more."""
    found = {}
    for name in type(value).model_fields:
        if name not in value.model_fields_set:
            continue
        inner = f"{path}.{name}".removeprefix(".")
        rule, given = POLICY.get(inner), getattr(value, name)
        if rule is not None and rule.fate == "dropped" and rule.unless not in doing.keep:
            if given not in (None, "", (), {}):
                doing.tally[rule.fate, rule.what] += _count(given)
            continue
        found[name] = _treated(given, inner, doing)
    return found


def _ruled(value: Any, rule: Rule, doing: _Pass) -> Any:
    if rule.how is None or value in (None, "", ()) or rule.unless in doing.keep:
        return value
    found = rule.how(value, doing.scene)
    if found != value:
        doing.tally[rule.fate, rule.what] += 1
    return found


def _count(given: Any) -> int:
    return len(given) if isinstance(given, (tuple, dict)) else 1


def with_firm(
    questionnaire: Questionnaire, original: AnswerFile, copy: AnswerFile, firm: Organisation
) -> tuple[AnswerFile, tuple[str, ...]]:
    """Return a copy with this firm in it, and the streams whose targets were written out.

    A sector or a law can move a target. Where the copy no longer says which it is, the
    target it led to is written instead, so that gaps, ranking and roadmap stay as they were.
    """
    placed = copy.model_copy(update={"organisation": firm})
    before = target_values(questionnaire, original)
    after = target_values(questionnaire, placed)
    moved = {name: value for name, value in before.items() if after[name] != value}
    if not moved:
        return placed, ()
    targets = {**placed.context.targets, **moved}
    context = placed.context.model_copy(update={"targets": targets})
    return placed.model_copy(update={"context": context}), tuple(moved)
