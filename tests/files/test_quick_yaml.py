"""The faster parser gives the strict reader's values wherever it may be used at all.

Texts are thrown by a seeded generator: real files with a few characters changed, and a soup
of odd keys and values. Where quick reading gives values, strict reading gives the same or the
file is refused anyway, because a key in it is no text.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from conftest import EXAMPLES, ROOT
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files import quick_yaml as quick
from it4it_assess.files.load import load_answers
from it4it_assess.files.quick_yaml import is_doubtful, quick_yaml
from it4it_assess.files.strict_yaml import CONTROL, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.model.questionnaire import Questionnaire

THROWN = 10_000

SCALARS = (
    *("1", "-1", "+1", "0", "-0", "1.5", "-0.5", "1e3", "1E3", "1e-3", "1e400", "1.5e3", "012"),
    *("0x1f", "0o17", "-012", "1_000", ".5", "5.", "1.e3", ".inf", "-.inf", "nan", "inf", "-inf"),
    *("12:30", "1:30", "2026-01-02", "1 000", "12 apples", "1.2.3", "100", "10.0", "9" * 41),
    *("9" * 25, "1" + "0" * 30, "1." + "0" * 45, "e3", "1e", "1e+", "+", "-", "+a", "-.", "3-"),
    *("true", "True", "TRUE", "tRue", "false", "null", "Null", "NULL", "nULL", "~", "yes", "no"),
    *("on", "off", "y", "n", "a b", "a", "word: x", "x #c", "x#c", "#c", "''", "'x'", '"x"'),
    *('"a b"', "'it''s'", "''''", "[]", "{}", "[a, b]", "[a,b]", "{a: 1}", "{a:1}", "{a}"),
    *("{a, b}", "[a: 1]", "'x' y", "x'y", 'x"y', "=", "a=b", ":", "a:", "::", "a::b", "--", "a-"),
    *("[", "]", "{", "}", ",", "a,b", "(x)", "<", "$x", "^", "/x", "x\n    y", "'x\n    y'"),
    *('"x\n\n    y"', "\n    x", "\n    - 1\n    - 2", "\n  - 1", "\n- 1", "\n    a: 1\n    b: 2"),
    *("{a: 1,}", "[1,]", "[,]", "{a: ,b: }", "{a: [1, {b: c}]}", "{'a': 1}", '{"a":1}'),
    *("{a: 1, a: 2}", "[a\n    , b]", "{a: 1\n    , b: 2}", "{a: x # c\n    }", "|\n    x"),
    *(">\n    x", "&a x", "*a", "!!str 1", "? a", "[?x]", "{?a: b}", '"\\t"', "<<", "é"),
)
KEYS = (
    *("a", "b", "a.b", "true", "null", "1", "1.5", "'q'", '"q"', "a b", "answers", "~", "yes"),
    *("-1", "", "a'b", "'a b'", "{a}", "[a]", "a:b", "x#y", "1e3", "? a", "<<", "&k a", "- a"),
)
CHANGES = "abc012:{}[],'\"# \n-?.+e=~<()x&*"


def soup(dice: Random) -> str:
    """Throw a few lines of keys and values."""
    lines = []
    for _ in range(dice.randint(1, 4)):
        value, indent = dice.choice(SCALARS), dice.choice(["", "", "", "  ", " "])
        key = dice.choice(KEYS) + ":" + dice.choice([" ", " ", " ", "", "  "])
        start = dice.choice([key, key, key, "- ", ""])
        lines.append(indent + start + value + dice.choice(["", "", "", " # c", " "]))
    return dice.choice(["\n", "\n", "\n\n"]).join(lines) + dice.choice(["\n", "", "\n\n"])


def changed(dice: Random, text: str) -> str:
    """Take some lines of a real file and change up to four places."""
    if len(text) > 1500 and dice.random() < 0.8:
        begin = text.find("\n", dice.randrange(len(text) - 1200)) + 1
        text = text[begin : begin + dice.randint(50, 1200)]
    for _ in range(dice.randint(0, 4)):
        at, kind = dice.randint(0, len(text)), dice.random()
        if kind < 0.4:
            text = text[:at] + dice.choice(CHANGES) + text[at:]
        elif kind < 0.7:
            text = text[:at] + text[at + dice.randint(1, 3) :]
        elif kind < 0.85:
            text = text[:at] + dice.choice(SCALARS) + text[at:]
        else:
            text = text[:at] + text[at : at + dice.randint(1, 40)] * 2 + text[at + 40 :]
    return text


def real_files() -> list[Path]:
    folders = (ROOT / "questionnaires", ROOT / "tests" / "bad", ROOT / "tests" / "cases")
    return sorted(path for folder in folders for path in folder.rglob("*.yaml"))


def strictly(text: str) -> Any:
    """Return the strict reader's values; None where it refuses the text."""
    try:
        document = read_yaml(text, "x")
    except InvalidFileError:
        return None
    return None if document.problems else document.value


def every_key_is_text(values: Any) -> bool:
    if isinstance(values, dict):
        return all(isinstance(key, str) and every_key_is_text(values[key]) for key in values)
    return not isinstance(values, list) or all(map(every_key_is_text, values))


def test_ten_thousand_thrown_texts_read_the_same_or_are_left_to_the_strict_reader() -> None:
    real = [path.read_text(encoding="utf-8", errors="ignore") for path in real_files()]
    read = 0
    for seed in range(THROWN):
        dice = Random(seed)  # noqa: S311  no secret
        text = soup(dice) if seed % 2 else changed(dice, dice.choice(real))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        values = quick_yaml(text) if not CONTROL.search(text) else None
        if values is not None and every_key_is_text(values):
            read += 1
            assert repr(values) == repr(strictly(text)), text
    assert read > THROWN / 20


def test_every_example_is_read_quickly_but_for_what_is_not_ascii() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))]
    for text in texts:
        values = quick_yaml(text)
        assert values is None or repr(values) == repr(strictly(text))


@pytest.mark.parametrize(
    "text",
    [
        *("a: 012", "a: -012", "a: 0x1f", "a: 1_000", "a: .5", "a: 5.", "a: .inf", "[?x]"),
        *("a: &b c", "a: *b", "a: !!str 1", "a: |\n  b", "--- a", "%YAML 1.2", "a: 'é'"),
        *("a: {b\n  c: d}", "a: " + "[" * 5 + "]" * 5, "a: " + "9" * 41, "- - a", "<<: {a: 1}"),
        *("? a", "a\n: b", "{a:, b}", "a:\n" + " " * 12 + "b: 1", "a: " + "x" * 64_000),
    ],
)
def test_a_doubtful_text_is_left_to_the_strict_reader(text: str) -> None:
    assert is_doubtful(text)
    assert quick_yaml(text) is None


def test_a_text_with_nothing_doubtful_is_read_at_once() -> None:
    text = "a: {level: 3, note: on 2026-11-02 we had 100 orders}\nb:\n  - 1.5\n  - 'it'\n"
    assert not is_doubtful(text)
    assert quick_yaml(text) == strictly(text) is not None


@pytest.mark.parametrize("path", real_files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_is_loaded_or_refused_in_the_same_words_without_the_faster_parser(
    path: Path, shipped: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcome() -> str:
        try:
            return repr(load_answers(path, shipped))
        except AssessError as error:
            return str(error)

    with_it = outcome()
    monkeypatch.setattr(quick, "parse", None)
    assert quick_yaml("a: 1") is None
    assert outcome() == with_it
