"""What the campaigns have found, each by the smallest input that shows it."""

from __future__ import annotations

import io
import json
import os
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
import pytest
from readers import TODAY

from it4it_assess.collect.acts import as_id
from it4it_assess.collect.bring_in import bring_in
from it4it_assess.collect.interview import Scope, lines_talk, run
from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.workshop import Talk, ask, record
from it4it_assess.errors import AssessError, InvalidFileError, UnknownNameError
from it4it_assess.files.baseline import earlier
from it4it_assess.files.brand import load_brand
from it4it_assess.files.comments import Comment, comments_in
from it4it_assess.files.edit import with_value
from it4it_assess.files.load import find_questionnaire, load_answers, load_both
from it4it_assess.files.many import answer_files
from it4it_assess.files.quick_yaml import quick_yaml
from it4it_assess.files.share_key import read_key
from it4it_assess.files.source import read_text
from it4it_assess.files.strict_yaml import locate, read_yaml
from it4it_assess.files.what_if import with_changes
from it4it_assess.model.answers import AnswerFile
from it4it_assess.report.sandbox import environment_for, written

if TYPE_CHECKING:
    from it4it_assess.collect.sitting import Sitting

LONG = "x" * 300
"""Longer than any file's name may be."""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return a small answer file with its questionnaire beside it."""
    for name, data in corpus.files_in(corpus.SHOP, "shop/").items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    path = tmp_path / "answers.yaml"
    path.write_text(corpus.SMALL, encoding="utf-8")
    return path


def place_of_break(text: str) -> tuple[int, int]:
    with pytest.raises(InvalidFileError) as caught:
        read_yaml(text, "x.yaml")
    [problem] = caught.value.problems
    return problem.line, problem.column


def test_a_file_cut_off_in_the_middle_of_a_line_breaks_in_that_line() -> None:
    assert place_of_break("format: 1\nquestionnaire") == (2, 14)


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_what_no_editor_shows_as_a_line_end_does_not_shift_places(end: str) -> None:
    text = f"a: 'x{end}y'\nb: 1\nb: 2\n"
    [problem] = read_yaml(text, "x.yaml").problems
    assert (problem.line, problem.column) == (3, 1)
    assert locate(text, {("b",)})["b",] == (2, 1)
    assert place_of_break(f"a: 'x{end}y'\nb: c: d\n") == (2, 5)


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b"\n"])
def test_a_byte_that_is_no_text_is_placed_however_lines_end(end: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfab" + end + b"c\xff")
    with pytest.raises(InvalidFileError) as caught:
        read_text(path)
    assert caught.value.problems[0][1:3] == (2, 2)


def test_a_questionnaire_of_a_name_too_long_for_a_folder_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"there is no questionnaire 'x{36}"):
        find_questionnaire(LONG, beside=tmp_path)


def test_a_logo_of_a_name_too_long_for_a_file_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "brand.yaml"
    path.write_text(f"name: A\nlogo: {LONG}\n", encoding="utf-8")
    with pytest.raises(InvalidFileError, match=r"brand.yaml:2:1: there is no file 'x{36}"):
        load_brand(path)


def test_a_baseline_of_a_name_too_long_for_a_file_is_not_there(tmp_path: Path) -> None:
    with (
        pytest.raises(AssessError, match="there is no such baseline"),
        earlier(LONG, tmp_path / "answers.yaml"),
    ):
        pass


def test_a_name_too_long_for_a_file_is_taken_as_a_file_that_is_not_there() -> None:
    assert answer_files([Path(LONG)]) == [Path(LONG)]
    with pytest.raises(AssessError, match="no file has a name like this"):
        answer_files([Path(f"{LONG}*")])


def test_a_link_to_nowhere_that_is_called_like_a_pattern_is_found_once(tmp_path: Path) -> None:
    link = tmp_path / "a*"
    link.symlink_to(tmp_path / "nowhere")
    assert answer_files([link]) == [link]


def test_half_a_character_in_a_change_to_try_is_refused() -> None:
    answered = AnswerFile.model_validate(read_yaml(corpus.SMALL, "").value)
    with pytest.raises(AssessError, match="it is not text in UTF-8; type it anew"):
        with_changes(corpus.shop(), answered, ["pain.till=\udce9"])


def test_half_a_character_is_no_yaml() -> None:
    with pytest.raises(InvalidFileError, match="half a character; type the text anew"):
        read_yaml("a: \udce9\n", "x.yaml")


@pytest.mark.parametrize("value", ["bell \x07", "\x00"])
def test_nothing_is_put_into_a_file_that_could_not_be_read_again(value: str) -> None:
    with pytest.raises(ValueError, match="cannot be changed in place"):
        with_value("a: 1\n", ["b"], value)
    with pytest.raises(ValueError, match="cannot be changed in place"):
        with_value("a: 1\n", [value], 1)


def test_nothing_is_put_below_a_value_that_has_no_keys() -> None:
    with pytest.raises(ValueError, match=r"a\.b cannot be changed in place"):
        with_value("a: some words\n", ["a", "b"], 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 200_000, id="nested"),
        pytest.param(
            json.dumps({"format": 1, "secret": "0f" * 32, "names": {"firm-1": "\ud800"}}),
            id="half-a-character",
        ),
    ],
)
def test_a_file_that_is_no_key_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssessError, match="is not a key file of `anonymise`"):
        read_key(path)


def test_a_key_file_without_an_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    with path.open("wb") as file:
        file.truncate(400_000_000)
    with pytest.raises(AssessError, match="400 MB is too large"):
        read_key(path)


@pytest.mark.parametrize("holder", ["9" * 30, "-" + "9" * 30])
def test_a_lock_of_a_process_that_cannot_be_is_taken_over(holder: str, answers: Path) -> None:
    lock = answers.with_name(f".{answers.name}.lock")
    lock.write_text(holder, encoding="utf-8")
    with Keeper(answers, ()):
        assert lock.read_text(encoding="utf-8") == str(os.getpid())


def interviewed(path: Path, scope: Scope, *lines: str) -> Sitting:
    return run(path, *load_both(path), scope, lines_talk(iter(lines), io.StringIO()))


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Anna de Vries", "anna-de-vries"),
        ("a..b", "a-b"),
        ("jo.b-2", "jo.b-2"),
        ("-x-.", "x"),
        ("x: y", "x-y"),
    ],
)
def test_whoever_answers_gets_an_id_that_a_file_can_hold(
    name: str, who: str, answers: Path
) -> None:
    assert as_id(name) == who
    interviewed(answers, Scope(respondent=name, firm=False, stream="till"), "2\n", "q\n")
    interviewed(answers, Scope(firm=False, stream="store"), "j stock.cold\n", f"a {name}\n", "2\n")
    after = load_answers(answers)
    assert who in after.respondents
    for question in ("till.cash.daily", "stock.cold.watch"):
        answer = after.answers[question]
        assert answer is not None
        assert who in answer.by


def test_whoever_answers_has_a_letter_or_digit(answers: Path) -> None:
    with pytest.raises(AssessError, match="--as: '李' holds no letter or digit"):
        interviewed(answers, Scope(respondent="李"))
    assert answers.read_text(encoding="utf-8") == corpus.SMALL


def test_a_note_that_no_file_could_hold_is_refused_before_anything_is_written(
    answers: Path,
) -> None:
    with pytest.raises(AssessError, match="--note: it holds a control character"):
        record(answers, "stock.flour.who", "2", "a\x07b")
    assert answers.read_text(encoding="utf-8") == corpus.SMALL


def test_a_line_at_the_table_loses_what_no_file_could_hold(answers: Path) -> None:
    ask(answers, None, Talk(iter(["+ bell \x07 and half \udce9\n", "q\n"]), lambda _: None))
    [noted] = [
        answer.note
        for answer in load_answers(answers).answers.values()
        if answer is not None and "bell" in answer.note
    ]
    assert noted == "bell  and half"


def test_a_template_nested_too_deeply_for_python_is_told(tmp_path: Path) -> None:
    deep = "- " * 300
    (tmp_path / "report.md.j2").write_text(f"{{{{ {deep}page }}}}", encoding="utf-8")
    with pytest.raises(InvalidFileError, match=r"report\.md\.j2:1:1: it is nested too deeply"):
        environment_for(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "'x'|center(999999999)",
        "'x\\ny'|indent(999999999)",
        "[1]|batch(999999999, 'x')|list",
        "[1]|slice(999999999)|list",
        "[1]|tojson(indent=999999999)",
        "'%999999999d' % 1",
        "'%*d' % (999999999, 1)",
        "'%999999999d'|format(1)",
        "'{:999999999}'.format(1)",
        "'{:{}}'.format(1, 999999999)",
        "'x'.ljust(999999999)",
        "'x' * 1000 * 1000 * 1000",
        "[1] * 1000 * 1000 * 1000",
        "'{:{w}}'.format_map({'w': 999999999})",
        "1|round(999999999, 'ceil')",
        "1|round(-999999999)",
        "('x' * 999 * 9)|replace('x', 'x' * 999)|replace('x', 'x' * 999)",
        "('x' * 999 * 9).replace('x', 'x' * 999).replace('x', 'x' * 999)",
    ],
)
def test_no_filter_of_a_template_fills_the_memory(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.md.j2").write_text(f"{{{{ {text} }}}}", encoding="utf-8")
    with pytest.raises(InvalidFileError, match=r"md\.j2:1:1: .*(beyond 1,000|too long|more than)"):
        written(environment_for(tmp_path), "report.md.j2", {}, tmp_path)


def test_filters_with_small_numbers_do_what_they_did(tmp_path: Path) -> None:
    text = (
        "{{ 'x'|center(3) }}{{ '%03d in 2026' % 7 }}{{ '{:>2}'.format('y') }}"
        "{{ 'aba'|replace('a', 'c') }}{{ ' %d' % 2026 }}{{ ' {}'.format(2026) }}"
        "{{ none|default(2026, true) }}"
    )
    (tmp_path / "report.md.j2").write_text(text, encoding="utf-8")
    assert (
        written(environment_for(tmp_path), "report.md.j2", {}, tmp_path)
        == " x 007 in 2026 ycbc 2026 20262026"
    )


def test_no_short_scalar_is_a_number_to_one_parser_and_a_word_to_the_other() -> None:
    """Every text of up to four of the characters that numbers and words are made of."""
    differing = []
    for count in range(1, 5):
        for letters in product("02_+-.eExn~", repeat=count):
            text = f"a: {''.join(letters)}\n"
            quick = quick_yaml(text)
            if quick is not None and repr(read_yaml(text, "").value) != repr(quick):
                differing.append(text)
    assert not differing


def test_comments_are_found_wherever_the_parser_can_read(answers: Path) -> None:
    text = corpus.SMALL.replace("date: 2026-11-02\n", "date:\t2026-11-02  # a Monday\n")
    assert Comment(4, "# a Monday") in comments_in(text)
    answers.write_text(text, encoding="utf-8")
    back = answers.with_name("back.yaml")
    back.write_text(corpus.RETURNED, encoding="utf-8")
    bring_in([back], answers, today=TODAY, questionnaire=str(answers.parent / "shop"))
    assert "# a Monday" in answers.read_text(encoding="utf-8")
    assert "henk" in load_answers(answers).respondents


def test_a_pattern_longer_than_any_path_is_not_even_looked_for() -> None:
    with pytest.raises(AssessError, match=r"\[{40}\.\.\.: no file has so long a name"):
        answer_files([Path("[" * 20_000)])


@pytest.mark.parametrize("typed", ["9" * 5000, "0" * 5000 + "1", "1," + "0" * 5000])
def test_a_number_of_thousands_of_figures_is_asked_for_again(typed: str, answers: Path) -> None:
    bare = corpus.SMALL.replace(", employees: 9, it_staff: 0.5", "")
    answers.write_text(bare, encoding="utf-8")
    sitting = interviewed(
        answers, Scope(firm=True), f"{typed}\n", "7\n", f"{typed}\n", "2\n", "q\n"
    )
    assert [change.after for change in sitting.done] == [7, 2]
