"""Files to models: odd but good files load, and bad ones say everything at once."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT
from it4it_assess.errors import InvalidFileError, Problem, UnknownNameError, UnreadableError
from it4it_assess.files import wording
from it4it_assess.files.load import (
    bundled_questionnaires,
    find_questionnaire,
    load_answers,
    load_both,
    load_questionnaire,
)
from it4it_assess.model.answers import Answer, AnswerFile

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

HEAD = """\
format: 1
questionnaire: it4it
organisation: {name: Bakkerij De Vries}
"""
PLAIN = HEAD + "answers:\n  d2c.incident.record: 2\n"
OWN = ROOT / "tests" / "cases" / "own-questionnaire" / "vragen"
BROKEN = ROOT / "tests" / "bad" / "questionnaires" / "level-without-a-sentence"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def load(folder: Path, text: str | bytes, questionnaire: Questionnaire) -> AnswerFile:
    path = folder / "answers.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_answers(path, questionnaire)


# --- odd, and good


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN.encode("utf-8-sig"), id="a-mark-at-the-start"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="windows-line-ends"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="line-ends-of-an-old-mac"),
        pytest.param(PLAIN.rstrip("\n").encode(), id="no-line-end-at-the-end"),
        pytest.param(b"---\n" + PLAIN.encode() + b"...\n", id="marks-around-the-document"),
        pytest.param(b"%YAML 1.2\n---\n" + PLAIN.encode(), id="a-version-in-front"),
        pytest.param(
            PLAIN.replace("\n", "  # said so\n\n# and\n").encode(), id="comments-everywhere"
        ),
        pytest.param(
            b'{"format": 1, "questionnaire": "it4it", "organisation": {"name": '
            b'"Bakkerij De Vries"}, "answers": {"d2c.incident.record": 2}}',
            id="json",
        ),
        pytest.param(PLAIN.replace("answers:", "'answers' :").encode(), id="keys-in-quotes"),
        pytest.param(PLAIN.replace("record: 2", "record: 2.0").encode(), id="a-level-of-2.0"),
        pytest.param(PLAIN.replace("record: 2", "record: +2").encode(), id="a-level-of-plus-2"),
        pytest.param(
            PLAIN.replace("record: 2", "record: {level: 2}").encode(), id="the-long-form"
        ),
        pytest.param(
            PLAIN.replace("  d2c", "                d2c").encode(), id="generous-indentation"
        ),
        pytest.param(PLAIN.replace("record: 2", "record:\t2\t# two").encode(), id="tabs-between"),
        pytest.param(
            (PLAIN + "respondents:\ncontext:\nquestionnaire_version:\ndate:\n").encode(),
            id="empty-sections",
        ),
        pytest.param(
            (
                PLAIN + "context:\n  goals:\n  pain:\n  readiness:\n  targets:\n  criteria:\n"
                "  weights:\n  capacity:\n  stakeholders:\n  indicators:\n"
            ).encode(),
            id="empty-sections-of-the-context",
        ),
    ],
)
def test_an_oddly_written_file_says_the_same_as_a_plain_one(
    data: bytes, tmp_path: Path, shipped: Questionnaire
) -> None:
    plain = load(tmp_path, PLAIN, shipped)
    assert plain.answers == {"d2c.incident.record": Answer(level=2)}
    assert load(tmp_path, data, shipped) == plain


def test_an_answers_section_that_is_still_empty_is_no_answers(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    assert load(tmp_path, HEAD + "answers:\n", shipped).answers == {}


def test_anchors_and_aliases_used_fairly_load(tmp_path: Path, shipped: Questionnaire) -> None:
    text = HEAD + (
        "context:\n"
        "  readiness:\n"
        "    d2c: &ready {sponsor: 4, skills: 3}\n"
        "    r2f: *ready\n"
        "answers:\n"
        "  d2c.incident.record: &usual {level: 2, note: as always}\n"
        "  d2c.incident.priority: *usual\n"
    )
    answers = load(tmp_path, text, shipped)
    assert answers.context.readiness["r2f"] == answers.context.readiness["d2c"]
    assert answers.answers["d2c.incident.priority"] == Answer(level=2, note="as always")


@pytest.mark.parametrize(
    "name",
    [
        "Bäckerei Übermut & Söhne",
        "株式会社パン 🥐🏭",
        "مخبز النور",
        "A\u0301ccents that combine",
        "x" * 250,
        "no",
        "012",
        "1:30",
        "  spaces around  ",
        'He said "bread"',
        "O'Brien",
        "# 1 Bakery",
        "<b>Bold</b> Ltd",
        "C:\\Bakery",
        "line\nbreak",
    ],
)
def test_an_organisation_may_have_any_name(
    name: str, tmp_path: Path, shipped: Questionnaire
) -> None:
    quoted = "'" + name.replace("'", "''").replace("\n", "\n\n  ") + "'"
    text = f"format: 1\nquestionnaire: it4it\norganisation:\n  name: {quoted}\nanswers: {{}}\n"
    assert load(tmp_path, text, shipped).organisation.name == name


@pytest.mark.parametrize("written", ["2026-11-02", '"2026-11-02"', "'2026-11-02'"])
def test_a_date_is_a_date_with_and_without_quotes(
    written: str, tmp_path: Path, shipped: Questionnaire
) -> None:
    answers = load(tmp_path, f"{PLAIN}date: {written}\n", shipped)
    assert answers.date == dt.date(2026, 11, 2)


def test_the_twenty_ninth_of_february_comes_every_fourth_year(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    assert load(tmp_path, f"{PLAIN}date: 2028-02-29\n", shipped).date == dt.date(2028, 2, 29)
    with pytest.raises(InvalidFileError, match="not a day of the calendar"):
        load(tmp_path, f"{PLAIN}date: 2026-02-29\n", shipped)


def test_the_five_kinds_of_answer_are_told_apart(tmp_path: Path, shipped: Questionnaire) -> None:
    text = HEAD + (
        "respondents: {anna: {name: Anna}, jo: {}}\n"
        "answers:\n"
        "  d2c.incident.record: 0\n"
        "  d2c.incident.priority: {level: 3, unsure: true}\n"
        "  d2c.incident.tell: unknown\n"
        "  d2c.incident.home-help:\n"
        "  d2c.incident.data-leak: {not_applicable: no personal data}\n"
        "  d2c.problem.cause: {by: {anna: 1, jo: unknown}}\n"
    )
    answers = load(tmp_path, text, shipped)
    assert answers.answers == {
        "d2c.incident.record": Answer(level=0),
        "d2c.incident.priority": Answer(level=3, unsure=True),
        "d2c.incident.tell": Answer(unknown=True),
        "d2c.incident.home-help": None,
        "d2c.incident.data-leak": Answer(not_applicable="no personal data"),
        "d2c.problem.cause": Answer(by={"anna": Answer(level=1), "jo": Answer(unknown=True)}),
    }


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_example_loads(path: Path, shipped: Questionnaire) -> None:
    assert load_answers(path, shipped).answers


# --- which questionnaire


def test_the_shipped_questionnaire_is_found_by_its_id() -> None:
    assert "it4it" in bundled_questionnaires()
    assert load_questionnaire("it4it").id == "it4it"


def test_a_folder_beside_the_answer_file_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(OWN, tmp_path / "client" / "vragen")
    path = tmp_path / "client" / "answers.yaml"
    path.write_text(PLAIN.replace("it4it", "./vragen").split("answers:")[0] + "answers: {}\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    questionnaire, answers = load_both(path)
    assert questionnaire == load_questionnaire(OWN)
    assert answers == load_answers(path)


def test_a_folder_beside_the_answer_file_comes_before_one_where_the_tool_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, title in (("client", "Beside"), ("here", "Here")):
        shutil.copytree(OWN, tmp_path / place / "vragen")
        head = tmp_path / place / "vragen" / "questionnaire.yaml"
        lines = head.read_text(encoding="utf-8").splitlines()
        named = [f"title: {title}" if line.startswith("title:") else line for line in lines]
        head.write_text("\n".join(named), encoding="utf-8")
    path = tmp_path / "client" / "answers.yaml"
    path.write_text(HEAD.replace("it4it", "vragen") + "answers: {}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    assert load_both(path)[0].title == "Beside"
    assert load_both(path, "./vragen")[0].title == "Here"


def test_a_questionnaire_given_comes_before_the_one_the_file_names(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD.replace("it4it", "nobody-knows") + "answers: {}\n", encoding="utf-8")
    assert load_both(path, "it4it")[0] == shipped
    with pytest.raises(InvalidFileError, match=r"answers\.yaml:2:1: there is no questionnaire"):
        load_both(path)


@pytest.mark.parametrize(
    "name", ["it5it", "./it4it", "..", ".", "", "/", "a\0b", "it4it/../it4it"]
)
def test_a_questionnaire_that_is_not_there_is_named_with_those_that_are(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError) as caught:
        find_questionnaire(name)
    assert repr(name) in str(caught.value)
    assert "shipped: it4it" in str(caught.value)


# --- bad, and everything said at once


def test_a_broken_questionnaire_of_an_answer_file_is_told_by_its_own_places(
    tmp_path: Path,
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD.replace("it4it", str(BROKEN)) + "answers: {}\n", encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load_answers(path)
    assert [Path(problem.source).name for problem in caught.value.problems] == ["till.yaml"]


def test_problems_of_several_files_are_listed_file_by_file_and_line_by_line(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "own"
    shutil.copytree(OWN, folder)
    names = sorted(path.name for path in folder.glob("*.yaml"))
    for path in folder.glob("*.yaml"):
        with path.open("a", encoding="utf-8") as file:
            file.write("colour: blue\nflavour: sweet\n")
    with pytest.raises(InvalidFileError) as caught:
        load_questionnaire(folder)
    said = [(Path(one.source).name, one.cause.split()[0]) for one in caught.value.problems]
    assert said == [(name, word) for name in names for word in ("colour", "flavour")]
    assert caught.value.problems == sorted(caught.value.problems)


def test_a_problem_met_twice_is_told_once() -> None:
    problem = Problem("a.yaml", 2, 1, "x is missing", "add it")
    other = Problem("a.yaml", 1, 9, "y is missing", "")
    error = InvalidFileError([problem, other, problem])
    assert error.problems == [other, problem]
    assert str(error) == "a.yaml:1:9: y is missing\na.yaml:2:1: x is missing; add it"


def test_a_guess_is_made_for_the_problems_that_are_shown_and_not_for_thousands(
    tmp_path: Path, shipped: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guess takes a millisecond: made for all of 40,000 wrong ids they take half a minute."""
    guessed = []

    def counted(name: str, known: list[str], n: int, cutoff: float) -> list[str]:
        guessed.append((name, n, cutoff))
        return known[:1]

    monkeypatch.setattr(wording, "get_close_matches", counted)
    lines = "".join(f"  question-{number}: 2\n" for number in range(3_000))
    with pytest.raises(InvalidFileError) as caught:
        load(tmp_path, f"{HEAD}answers:\n{lines}", shipped)
    assert str(caught.value).endswith("... and 2950 more")
    assert len(str(caught.value).splitlines()) == 51
    assert len(guessed) <= 100


def test_a_missing_answer_file_is_missing_whatever_the_questionnaire(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="there is no such file"):
        load_answers(tmp_path / "gone.yaml")
    with pytest.raises(UnreadableError, match="there is no such file"):
        load_both(tmp_path / "gone.yaml", "it4it")
