"""The strict reader: what is written is what is meant, and everything has its place."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from builders import LAW
from it4it_assess.errors import InvalidFileError
from it4it_assess.files.strict_yaml import (
    CONTROL,
    MAX_DEPTH,
    MAX_NODES,
    Mark,
    Path,
    locate,
    plain_scalar,
    read_yaml,
)


def values(text: str) -> Any:
    """Return what a text without problems holds."""
    document = read_yaml(text, "here.yaml")
    assert document.problems == []
    return document.value


def problems(text: str) -> list[str]:
    """Return what is said of a text, whether or not reading could go on."""
    try:
        return [str(problem) for problem in read_yaml(text, "here.yaml").problems]
    except InvalidFileError as error:
        return [str(problem) for problem in error.problems]


# --- what an unquoted word means: YAML 1.2's core schema, section 10.3.2, less what readers
# --- of other versions take for something else


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0),
        ("5", 5),
        ("-1", -1),
        ("+3", 3),
        ("2.0", 2.0),
        ("4.5", 4.5),
        ("-0.25", -0.25),
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("null", None),
        ("Null", None),
        ("~", None),
        ("", None),
    ],
)
def test_a_number_a_truth_value_and_nothing_are_read_as_such(written: str, meant: object) -> None:
    read = plain_scalar(written)
    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize(
    "written",
    [
        *("yes", "no", "on", "off", "y", "n", "No", "NO", "Off"),
        *("012", "007", "-01", "0o14", "0x1f", "0b11", "1_000", "1:30", "12:30:45", "1:30.5"),
        *(".5", "5.", "1e", "e5", "1e+", "--1", "+-1", "1 000", "1,5", "3/5", "٣", "²"),
        *(".inf", "-.INF", ".nan", "inf", "nan", "Infinity"),
        *("2026-11-02", "2026-11-02T10:00:00Z", "1.0.0", "v1", "tRue", "nULL", "None", "=", "<<"),
        "1" * 41,
    ],
)
def test_what_some_reader_takes_for_something_else_stays_text(written: str) -> None:
    assert plain_scalar(written) == written
    if written.strip() == written:
        assert values(f"a: {written}") == {"a": written}


def test_the_country_norway_is_not_a_no() -> None:
    assert values("{country: NO, sponsor: off, quarter: 09}") == {
        "country": "NO",
        "sponsor": "off",
        "quarter": "09",
    }


@pytest.mark.parametrize("quoted", ['"5"', "'5'", "! 5", '! "5"', "|-\n  5", ">-\n  5"])
def test_what_is_in_quotes_or_a_block_is_text(quoted: str) -> None:
    assert values(f"a: {quoted}") == {"a": "5"}


# --- keys


def test_a_key_is_a_number_where_it_is_written_as_one_and_else_text() -> None:
    read = values('{0: a, 1.5: b, "2": c, 03: d, true: e, no: f, ~: g, 2026-11-02: h}')
    assert list(read) == [0, 1.5, "2", "03", "true", "no", "~", "2026-11-02"]
    assert [type(key) for key in read] == [int, float, str, str, str, str, str, str]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: 2\na: 3",
        "{a: 1, a: 2}",
        'a: 1\n"a": 2',
        "0: x\n0.0: y",
        "1: x\n+1: y",
        "k: {b: 1, c: {a: 1, a: 2}}",
    ],
)
def test_a_key_that_stands_twice_is_a_problem(text: str) -> None:
    (problem,) = problems(text)
    assert "stands here twice; keep one of the two" in problem


def test_of_two_equal_keys_the_first_is_kept_and_the_second_is_placed() -> None:
    document = read_yaml("a: 1\nb:\n  c: 2\n  c: 3\n", "here.yaml")
    assert document.value == {"a": 1, "b": {"c": 2}}
    assert [problem[:4] for problem in document.problems] == [
        ("here.yaml", 4, 3, "c stands here twice")
    ]


def test_reading_goes_on_past_every_problem_that_is_not_broken_syntax() -> None:
    """A key twice, a list as a key, a tag, an alias of nothing: lines 3, 4, 6 and 7."""
    text = "# above\na: 1\na: 2\n? [x, y]\n: 3\nb: !!int 4\nc: *d\ne: 5\n"
    document = read_yaml(text, "here.yaml")
    assert document.value == {"a": 1, "b": "4", "c": None, "e": 5}
    assert [problem.line for problem in document.problems] == [3, 4, 6, 7]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('a: "\\0"', "0000"),
        ('"\\a": 1', "0007"),
        ('["\\x1b[31m"]', "001B"),
        ('a: "\\uffff"', "FFFF"),
    ],
)
def test_a_control_character_spelt_out_is_one_all_the_same(text: str, code: str) -> None:
    (problem,) = problems(text)
    assert f"a control character (U+{code}); remove it" in problem


# --- anchors and aliases


def test_anchors_and_aliases_used_fairly_are_read() -> None:
    text = "usual: &usual [gdpr, nis2]\nhere: *usual\nlevel: &two 2\nother: *two\n"
    assert values(text) == {
        "usual": ["gdpr", "nis2"],
        "here": ["gdpr", "nis2"],
        "level": 2,
        "other": 2,
    }


def test_an_anchor_may_be_set_again_and_the_latest_counts() -> None:
    assert values("[&a 1, *a, &a 2, *a]") == [1, 1, 2, 2]


def test_an_alias_inside_its_own_anchor_points_at_nothing() -> None:
    (problem,) = problems("a: &a [1, *a]")
    assert problem == "here.yaml:1:11: *a points at nothing before it; write the value out"


def test_aliases_count_at_full_length() -> None:
    """A list of 999 ones is 1,000 values, with the list itself.

    99 aliases of it make 100,000 with the outer list, the list and one number too few, so
    98 aliases are in order (1 + 1,000 + 98,000) and 100 are not (1 + 1,000 + 100,000 > limit).
    """
    ones = f"&a [{', '.join(['1'] * 999)}]"
    assert MAX_NODES == 100_000
    assert len(values(f"[{ones}{', *a' * 98}]")) == 99
    (problem,) = problems(f"[{ones}{', *a' * 100}]")
    assert "more than 100,000 values" in problem


def test_the_limit_on_values_counts_keys_and_collections_too() -> None:
    """One mapping, and a key and a value a line: 49,999 lines make 99,999 values."""
    assert len(values("".join(f"k{number}: 1\n" for number in range(49_999)))) == 49_999
    (problem,) = problems("".join(f"k{number}: 1\n" for number in range(50_000)))
    assert problem.startswith("here.yaml:50000:")


def test_nesting_is_allowed_down_to_the_limit() -> None:
    """The outermost value is at depth 0, so one list more than the limit fits inside it."""
    deepest = MAX_DEPTH + 1
    assert values("[" * deepest + "]" * deepest) is not None
    (problem,) = problems("[" * (deepest + 1) + "]" * (deepest + 1))
    assert problem == f"here.yaml:1:{deepest + 1}: nested more than 32 deep; flatten the file"


# --- other readers


def agreed_text(text: str) -> bool:
    """Say whether both readers see text: YAML 1.1 wants a dot and a sign in 1.0e+3, 1.2 not."""
    return not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+", text)


CONTROLS = "".join(filter(CONTROL.search, map(chr, range(0x10000))))
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS), max_size=20),
    st.sampled_from(
        ["no", "on", "012", "1:30", "1_0", ": ", "- a", "#", " # ", "'", '"', "a: b", "\n", "&a"]
    ),
).filter(agreed_text)
NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False)
)
PLAIN_DATA: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXTS, NUMBERS, st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.one_of(TEXTS, st.integers(-9, 99)), inner, max_size=5),
    ),
    max_leaves=15,
)


@LAW
@given(
    data=PLAIN_DATA,
    flow=st.sampled_from([True, False, None]),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    ascii_only=st.booleans(),
    width=st.sampled_from([20, 80, 10_000]),
)
def test_what_pyyaml_writes_is_read_as_pyyaml_reads_it(
    *, data: Any, flow: bool | None, style: str | None, ascii_only: bool, width: int
) -> None:
    """Where the type rules agree: PyYAML's dates, sexagesimals and octals it quotes itself."""
    text = yaml.dump(
        data,
        Dumper=yaml.CSafeDumper,
        default_flow_style=flow,
        default_style=style if isinstance(data, str) else None,
        allow_unicode=not ascii_only,
        width=width,
        sort_keys=False,
    )
    theirs = yaml.load(text, Loader=yaml.CSafeLoader)
    document = read_yaml(text, "here.yaml")
    assert document.problems == []
    assert same(document.value, theirs)


def same(ours: Any, theirs: Any) -> bool:
    """Say whether two values are equal to the types of their innermost parts."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return list(ours) == list(theirs) and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return type(ours) is type(theirs) and ours == theirs


@LAW
@example(text="-\n0")
@example(text='"')
@example(text="a: [\n\n")
@given(text=st.text(alphabet="ab01 \n\t-:?#&*!|>'\"[]{},%@`~.\\<=", max_size=40))
def test_any_text_is_read_or_refused_with_a_place_and_never_more_kindly_than_by_pyyaml(
    text: str,
) -> None:
    try:
        document = read_yaml(text, "here.yaml")
    except InvalidFileError as error:
        found = error.problems
    else:
        found = document.problems
        list(yaml.parse(text, Loader=yaml.CSafeLoader))  # what we can read, it can
    for problem in found:
        assert 1 <= problem.line <= text.count("\n") + 2
        assert problem.column >= 1
        assert problem.cause
        assert problem.remedy


# --- places


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ((), Mark(1, 1)),
        (("answers",), Mark(2, 1)),
        (("answers", "d2c.x"), Mark(3, 3)),
        (("answers", "d2c.x", "level"), Mark(3, 11)),
        (("answers", "d2c.y"), Mark(4, 3)),
        (("answers", "d2c.y", "evidence"), Mark(5, 5)),
        (("answers", "d2c.y", "evidence", 1), Mark(7, 9)),
        (("answers", "d2c.y", "evidence", 1, "a"), Mark(7, 10)),
        (("levels", 0), Mark(9, 3)),
        (("levels", 1), Mark(10, 3)),
        (("levels", 1.5), Mark(11, 3)),
        (("levels", "2"), Mark(12, 3)),
        (("levels", "2", "gone", 7), Mark(12, 3)),
        (("gone", "away"), Mark(1, 1)),
    ],
)
def test_a_path_is_found_where_its_key_or_entry_stands(path: Path, mark: Mark) -> None:
    text = (
        "# a comment\n"
        "answers:\n"
        "  d2c.x: {level: 2}\n"
        "  d2c.y:\n"
        "    evidence:\n"
        "      - one\n"
        "      - {a: b}\n"
        "levels:\n"
        "  0: nought\n"
        "  1: one\n"
        "  1.5: more\n"
        "  '2': two\n"
    )
    assert locate(text, {path}) == {path: mark}


def test_what_an_alias_stands_for_is_placed_at_the_alias() -> None:
    text = "a: &a {b: {c: 1}}\nd: *a\n"
    assert locate(text, {("d", "b", "c"), ("a", "b", "c")}) == {
        ("d", "b", "c"): Mark(2, 1),
        ("a", "b", "c"): Mark(1, 12),
    }


def test_places_before_broken_syntax_are_still_known() -> None:
    assert locate("a: 1\nb: 2\nc: [", {("b",), ("c",)}) == {
        ("b",): Mark(2, 1),
        ("c",): Mark(3, 1),
    }


SIMPLE_KEYS = st.one_of(st.text("abc", min_size=1, max_size=3), st.integers(0, 3))
NESTED: st.SearchStrategy[Any] = st.recursive(
    st.integers(0, 9),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(SIMPLE_KEYS, inner, max_size=4)
    ),
    max_leaves=20,
)


@LAW
@given(data=NESTED, flow=st.sampled_from([True, False, None]))
def test_every_value_has_a_place_of_its_own_where_its_key_or_itself_is_written(
    *, data: Any, flow: bool | None
) -> None:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=flow, sort_keys=False)
    lines = text.split("\n")
    paths = dict(walk(data, ()))
    marks = locate(text, set(paths))
    for path, value in paths.items():
        if not path:
            continue
        rest = lines[marks[path].line - 1][marks[path].column - 1 :]
        if isinstance(path[-1], str) or isinstance(parent(data, path), dict):
            assert re.match(rf"\??\s*{path[-1]}\s*:", rest)
        elif isinstance(value, int):
            assert re.match(rf"{value}\b", rest)
    shared = sum(isinstance(value, (list, dict)) and bool(value) for value in paths.values())
    assert len(set(marks.values())) >= len(marks) - shared  # a first entry stands where its list


def walk(value: Any, path: Path) -> list[tuple[Path, Any]]:
    """Return every path of some values with what is there."""
    inner: list[tuple[str | float, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [(path, value), *(found for key, one in inner for found in walk(one, (*path, key)))]


def parent(data: Any, path: Path) -> Any:
    """Return what holds the value at a path."""
    for step in path[:-1]:
        data = data[step]
    return data
