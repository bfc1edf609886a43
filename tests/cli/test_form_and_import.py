"""`form` and `import` as commands: names of files, several people, all or nothing."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from conftest import EXAMPLES
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer, Respondent

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

BAKERY = EXAMPLES / "bakery.yaml"
MAIL = "Mail it; what comes back is taken in by: it4it-assess import RETURNED... --into ANSWERS\n"
QUESTION, OTHER = "d2c.incident.record", "d2c.problem.cause"


def returned(path: Path, who: str, answers: str, **lines: str) -> Path:
    """Write an answer file as a form saves it."""
    head = {
        "format": "1",
        "questionnaire": '"it4it"',
        "questionnaire_version": '"1.0"',
        "date": '"2026-11-03"',
        "organisation": '{"name": "Café Rosa"}',
        "respondents": f'{{"{who}": {{"name": "{who.title()}", "role": ""}}}}',
        **lines,
    }
    text = "".join(f"{key}: {value}\n" for key, value in head.items())
    path.write_text(f"{text}answers:\n{answers}", encoding="utf-8")
    return path


def voice(question: str, who: str, said: str) -> str:
    return f'  {question}: {{"by": {{"{who}": {said}}}}}\n'


def levels(path: Path) -> dict[str, dict[str, float | None]]:
    return {
        question: {name: one.level for name, one in answer.by.items()}
        for question, answer in load_answers(path).answers.items()
        if answer is not None
    }


# ----- form -----


def test_one_form_is_named_after_firm_and_person(tool: Tool, tmp_path: Path) -> None:
    ended = tool("form", "--organisation", "Café Rosa", "--as", "anna", "--quick")
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        0, "Wrote form-cafe-rosa-anna.html\n", MAIL,
    )  # fmt: skip
    assert "<fieldset" in (tmp_path / "form-cafe-rosa-anna.html").read_text(encoding="utf-8")


def test_a_form_for_every_respondent_of_an_answer_file(tool: Tool, tmp_path: Path) -> None:
    ended = tool("form", "--from", BAKERY, "--each", "--out", "forms", "--format", "xlsx")
    assert ended.returncode == 0, ended.stderr
    people = {"anna": ("Anna de Vries", "owner"), "jo": ("Jo Bakker", "it-lead")}
    assert sorted(path.name for path in (tmp_path / "forms").iterdir()) == [
        f"form-bakkerij-de-vries-{who}.xlsx" for who in ("anna", "fatima", "henk", "jo")
    ]
    for who, (name, role) in people.items():
        book = openpyxl.load_workbook(tmp_path / "forms" / f"form-bakkerij-de-vries-{who}.xlsx")
        assert [book["Start"][cell].value for cell in ("A1", "B5", "B6")] == [
            "Bakkerij De Vries", name, role,
        ]  # fmt: skip


def test_names_and_roles_go_with_their_people_in_order(tool: Tool, tmp_path: Path) -> None:
    ended = tool(
        "form", "--organisation", "X", "--as", "anna", "--as", "jo",
        "--name", "Anna A.", "--name", "Jo J.", "--role", "owner", "--stream", "d2c", "-o", "out",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    anna = (tmp_path / "out" / "form-x-anna.html").read_text(encoding="utf-8")
    jo = (tmp_path / "out" / "form-x-jo.html").read_text(encoding="utf-8")
    assert ('value="Anna A."' in anna, 'value="owner"' in anna) == (True, True)
    assert ('value="Jo J."' in jo, 'value="owner"' in jo) == (True, False)
    assert 'data-question="d2c.incident.record"' in jo
    assert 'data-question="s2p.' not in jo


def test_a_form_that_is_there_is_not_overwritten_unless_it_is_the_same(
    tool: Tool, tmp_path: Path
) -> None:
    arguments = ("form", "--organisation", "X", "--quick", "--format", "xlsx", "-o", "f.xlsx")
    assert tool(*arguments).returncode == 0
    assert tool(*arguments).returncode == 0
    (tmp_path / "f.xlsx").write_bytes(b"somebody's answers")
    ended = tool(*arguments)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        2, "", "f.xlsx: it is there already; name another file, or add --force\n",
    )  # fmt: skip
    assert (tmp_path / "f.xlsx").read_bytes() == b"somebody's answers"
    assert tool(*arguments, "--force").returncode == 0


def test_forms_are_the_same_bytes_in_every_run(tool: Tool, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        for kind in ("html", "xlsx"):
            tool("form", "--organisation", "X", "--quick", "--format", kind, "--out", folder)
    for kind in ("html", "xlsx"):
        one, two = (tmp_path / folder / f"form-x.{kind}" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "say whom the questions are about: --organisation NAME, or --from ANSWERS"),
        (
            ["--organisation", "X", "--each"],
            "--each: nobody is listed yet; give --from a file with respondents",
        ),
        (
            ["--organisation", "X", "--name", "Anna"],
            "--name: given 1 times for 0 --as; give one --as for each",
        ),
        (
            ["--organisation", "X", "--as", "Anna", "--as", "anna"],
            "--as: anna is given twice; each form is for somebody else",
        ),
        (
            ["--organisation", "X", "--as", "!"],
            "--as: '!' holds no letter or digit; give one such as anna",
        ),
        (
            ["--organisation", "X", "--stream", "d3c"],
            "there is no stream 'd3c'; there is s2p, r2d, r2f, d2c, supporting",
        ),
        (
            ["--organisation", "X", "--as", "a", "--as", "b", "--out", "f.html"],
            "--out: f.html is one file for 2 forms; name a folder instead",
        ),
        (
            ["--organisation", "X", "--out", "f.xlsx"],
            "--out: f.xlsx does not end in .html; rename it, or choose --format",
        ),
        (
            ["--organisation", "a\x1bb"],
            "--organisation: it holds a control character (U+001B); type it anew",
        ),
    ],
)
def test_what_cannot_be_a_form_is_said(arguments: list[str], says: str, tool: Tool) -> None:
    ended = tool("form", *arguments)
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{says}\n")


def test_bytes_that_are_no_text_are_no_name(tool: Tool) -> None:
    ended = tool("form", "--organisation", "a\udcffb", PYTHONUTF8="1")
    assert (ended.returncode, ended.stderr) == (
        2, "--organisation: it is not text in UTF-8; type it anew\n",
    )  # fmt: skip


def test_a_questionnaire_of_one_s_own_is_found_again(tool: Tool, tmp_path: Path) -> None:
    write_own(tmp_path / "own")
    arguments = ("--organisation", "X", "-q", "own", "--as", "jo", "--format", "xlsx")
    assert tool("form", *arguments, "--out", "sent").returncode == 0
    path = tmp_path / "sent" / "form-x-jo.xlsx"
    book = openpyxl.load_workbook(path)
    assert book["it4it-assess"]["B2"].value == "../own"
    book["Till"]["C3"] = 3
    book.save(path)
    ended = tool("import", path, "--into", "all.yaml")
    assert ended.returncode == 0, ended.stderr
    assert load_answers(tmp_path / "all.yaml").questionnaire == "./own"
    assert levels(tmp_path / "all.yaml") == {"till.count": {"jo": 3}}


def write_own(folder: Path) -> None:
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(
        "format: 1\nid: own\ntitle: Own\nversion: '1'\nstreams: [till.yaml]\n"
        "scale: [{value: 0, name: No}, {value: 3, name: Yes}]\n",
        encoding="utf-8",
    )
    (folder / "till.yaml").write_text(
        "id: till\ntitle: Till\ncomponents:\n  - id: till.part\n    title: Part\n"
        "    questions: [{id: till.count, ask: Who counts?, levels: {0: Nobody., 3: Jo.}}]\n",
        encoding="utf-8",
    )


# ----- import -----


def test_several_returned_files_of_any_kind_make_one(tool: Tool, tmp_path: Path) -> None:
    tool("form", "--organisation", "Café Rosa", "--as", "jo", "--stream", "d2c", "-f", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "form-cafe-rosa-jo.xlsx")
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 7).value == QUESTION:
                sheet.cell(row, 3).value = 4
    book.save(tmp_path / "jo.yaml")  # whatever it is called
    anna = returned(tmp_path / "anna.xlsx", "anna", voice(QUESTION, "anna", "1"))
    ended = tool("import", anna, tmp_path / "jo.yaml", "--into", "all.yaml")
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        0,
        (
            f"{anna}: 1 answer by anna\n{tmp_path / 'jo.yaml'}: 1 answer by jo\n"
            "All of it is in all.yaml. Next: it4it-assess report all.yaml\n"
        ),
        "",
    )
    assert levels(tmp_path / "all.yaml") == {QUESTION: {"anna": 1, "jo": 4}}
    assert stat.S_IMODE((tmp_path / "all.yaml").stat().st_mode) == 0o600
    assert tool("validate", "all.yaml").returncode == 0


KEPT = f"""\
# kept by hand
format: 1
questionnaire: it4it
organisation: {{name: Café Rosa, employees: 7}}  # since 1998
respondents: {{jo: {{name: Jo Bakker}}}}
context:
  pain: {{d2c: 5}}  # the night of the 14th
answers:
  # the one we argued about
  {QUESTION}: {{by: {{jo: 3}}}}  # Jo's word
"""


def test_into_a_file_kept_by_hand_they_go_without_touching_the_rest(
    tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / "all.yaml").write_text(KEPT, encoding="utf-8")
    anna = returned(
        tmp_path / "anna.yaml",
        "anna",
        voice(QUESTION, "anna", "1") + voice(OTHER, "anna", '"unknown"'),
    )
    ended = tool("import", anna, "--into", "all.yaml")
    assert ended.returncode == 0, ended.stderr
    after = (tmp_path / "all.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in KEPT.splitlines() if line not in after] == [
        "respondents: {jo: {name: Jo Bakker}}",
        f"  {QUESTION}: {{by: {{jo: 3}}}}  # Jo's word",
    ]
    assert [line for line in after if line not in KEPT.splitlines()] == [
        "respondents: {jo: {name: Jo Bakker}, anna: {name: Anna}}",
        f"  {QUESTION}: {{by: {{jo: 3, anna: 1}}}}  # Jo's word",
        f"  {OTHER}: {{by: {{anna: unknown}}}}",
        'questionnaire_version: "1.0"',
        'date: "2026-11-03"',
    ]


def test_bringing_the_same_file_in_twice_changes_nothing(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(KEPT, encoding="utf-8")
    anna = returned(tmp_path / "anna.yaml", "anna", voice(QUESTION, "anna", "1"))
    tool("import", anna, "--into", "all.yaml")
    once = (tmp_path / "all.yaml").read_bytes()
    assert tool("import", anna, "--into", "all.yaml").returncode == 0
    assert (tmp_path / "all.yaml").read_bytes() == once


def test_a_newer_word_counts_and_the_older_one_is_told(tool: Tool, tmp_path: Path) -> None:
    first = returned(tmp_path / "1.yaml", "anna", voice(QUESTION, "anna", "1"))
    later = returned(
        tmp_path / "2.yaml", "anna", voice(QUESTION, "anna", "4"), date='"2026-12-01"'
    )
    tool("import", first, "--into", "all.yaml")
    ended = tool("import", later, "--into", "all.yaml")
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[1:3] == [
        "Said differently in two places; the other word is kept in the note or a comment:",
        f"- answers.{QUESTION}.by.anna: 4 ({later}) counts, not 1 (all.yaml)",
    ]
    assert levels(tmp_path / "all.yaml") == {QUESTION: {"anna": 4}}


def test_one_file_is_not_counted_twice(tool: Tool, tmp_path: Path) -> None:
    returned(tmp_path / "back.yaml", "anna", voice(QUESTION, "anna", "1"))
    for names in (
        ["back.yaml", "./back.yaml", "--into", "x"],
        ["back.yaml", "--into", "back.yaml"],
    ):
        ended = tool("import", *names)
        assert ended.returncode == 2
        assert ended.stderr == "back.yaml and back.yaml are one file; name it once\n"


def test_one_bad_file_hides_no_other_and_nothing_is_written(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(KEPT, encoding="utf-8")
    good = returned(tmp_path / "good.yaml", "anna", voice(QUESTION, "anna", "1"))
    bad = returned(tmp_path / "bad.yaml", "anna", voice(QUESTION, "anna", "9"))
    (tmp_path / "form.html").write_text("<!DOCTYPE html>\n<html>", encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "form.xlsx").write_bytes(b"PK\x03\x04")
    names = [good.name, bad.name, "gone.yaml", "form.html", "scan.pdf", "form.xlsx"]
    ended = tool("import", *names, "--into", "all.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines() == [
        "bad.yaml:8:32: 9 is not on the scale; use one of 0, 1, 2, 3, 4, 5",
        "gone.yaml: there is no such file; check the name",
        (
            "form.html: this is a web page and holds no answers; open the form, press "
            "“Save my answers”, and send the file that this makes (it ends in .yaml)"
        ),
        "scan.pdf: this is a PDF, not answers; ask for the file that the form has saved",
        "form.xlsx: it is damaged or cut off; ask for the file again",
        "nothing was written",
    ]
    assert (tmp_path / "all.yaml").read_text(encoding="utf-8") == KEPT


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            {"questionnaire": '"./other"'},
            (
                "back.yaml: this answers './other', not 'it4it'; "
                "bring files of one questionnaire in at a time\nnothing was written\n"
            ),
        ),
        (
            {"organisation": '{"name": "Bar Rosa"}'},
            (
                "back.yaml: this is 'Bar Rosa', but all.yaml is 'Café Rosa'; "
                "merge files of one organisation and one questionnaire only\n"
            ),
        ),
    ],
)
def test_answers_to_something_else_are_not_taken(
    lines: dict[str, Any], says: str, tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / "all.yaml").write_text(KEPT, encoding="utf-8")
    returned(tmp_path / "back.yaml", "anna", voice(QUESTION, "anna", "1"), **lines)
    ended = tool("import", "back.yaml", "--into", "all.yaml")
    assert (ended.returncode, ended.stderr) == (2, says)
    assert (tmp_path / "all.yaml").read_text(encoding="utf-8") == KEPT


def test_a_questionnaire_that_is_nowhere_is_asked_for(tool: Tool, tmp_path: Path) -> None:
    returned(
        tmp_path / "back.yaml", "jo", voice("till.count", "jo", "3"),
        questionnaire='"./own"', questionnaire_version='"1"',
    )  # fmt: skip
    ended = tool("import", "back.yaml", "--into", "all.yaml")
    assert ended.returncode == 2
    assert ended.stderr.endswith("or say which it is with --questionnaire\nnothing was written\n")
    assert not (tmp_path / "all.yaml").exists()
    write_own(tmp_path / "mine")
    ended = tool("import", "back.yaml", "--into", "all.yaml", "-q", "mine")
    assert ended.returncode == 0, ended.stderr
    assert load_answers(tmp_path / "all.yaml").questionnaire == "./mine"
    assert levels(tmp_path / "all.yaml") == {"till.count": {"jo": 3}}


def test_somebody_else_s_answers_can_be_given_their_name(tool: Tool, tmp_path: Path) -> None:
    back = returned(tmp_path / "back.yaml", "anna", voice(QUESTION, "anna", "1"))
    assert tool("import", back, "--into", "all.yaml", "--as", "Henk M").returncode == 0
    assert levels(tmp_path / "all.yaml") == {QUESTION: {"henk-m": 1}}
    assert load_answers(tmp_path / "all.yaml").respondents == {"henk-m": Respondent(name="Anna")}


def test_answers_without_a_name_can_be_given_one(tool: Tool, tmp_path: Path) -> None:
    returned(tmp_path / "back.yaml", "x", f"  {QUESTION}: 2\n  {OTHER}:\n", respondents="{}")
    assert tool("import", "back.yaml", "--into", "all.yaml", "--as", "henk").returncode == 0
    answers = load_answers(tmp_path / "all.yaml").answers
    assert answers == {QUESTION: Answer(by={"henk": Answer(level=2)}), OTHER: None}


def test_the_answers_of_two_cannot_be_one_person_s(tool: Tool, tmp_path: Path) -> None:
    returned(
        tmp_path / "back.yaml", "anna", f'  {QUESTION}: {{"by": {{"anna": 1, "jo": 2}}}}\n',
        respondents='{"anna": {}, "jo": {}}',
    )  # fmt: skip
    ended = tool("import", "back.yaml", "--into", "all.yaml", "--as", "henk")
    assert (ended.returncode, ended.stderr) == (
        2,
        (
            "back.yaml: it holds the answers of anna, jo; "
            "--as is for a file with the answers of one\n"
            "nothing was written\n"
        ),
    )
    assert not (tmp_path / "all.yaml").exists()


def test_help_names_import_as_it_is_typed(tool: Tool) -> None:
    assert "import" in tool("--help").stdout
    assert "--into" in tool("import", "--help").stdout


@pytest.mark.parametrize(
    ("library", "arguments", "says"),
    [
        (
            "xlsxwriter",
            ["form", "--organisation", "X", "--format", "xlsx", "--out", "new.xlsx"],
            "writing workbooks needs XlsxWriter; pip install 'it4it-assess[xlsx]'\n",
        ),
        (
            "python_calamine",
            ["import", "form.xlsx", "--into", "all.yaml"],
            (
                "reading workbooks needs python-calamine; pip install 'it4it-assess[xlsx]'\n"
                "nothing was written\n"
            ),
        ),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_its_command(
    library: str, arguments: list[str], says: str, tool: Tool, tmp_path: Path
) -> None:
    tool("form", "--organisation", "X", "--quick", "--format", "xlsx", "--out", "form.xlsx")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / f"{library}.py").write_text("raise ImportError\n", encoding="utf-8")
    ended = tool(*arguments, PYTHONPATH=str(hidden))
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", says)
