"""The workbook that is mailed: filled in by other programs, brought in, each fault by its cell."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from browser import HOSTILE
from builders import asked, component, question, questionnaire_values, stream
from conftest import TODAY
from it4it_assess.collect.bring_in import bring_in
from it4it_assess.collect.invitation import respondent_id, wanted
from it4it_assess.collect.returned_workbook import answers_in, sheets_of
from it4it_assess.collect.workbook import form_workbook
from it4it_assess.collect.workbook_layout import sheet_names
from it4it_assess.errors import AssessError
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer, Respondent
from it4it_assess.model.questionnaire import Questionnaire
from returning import SAID, interviewed, invitation, scored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from conftest import Tool
    from it4it_assess.model.answers import AnswerFile

ANSWER, UNSURE, NOTE, SEEN, ID = "C", "D", "E", "F", "G"
WORDS = {"unknown": "unknown", "not-applicable": "does not apply"}
SMALL = asked(a=3, b=2)
FIRST = 3
"""The row of a.1: below the headings and its component."""


def small(**changes: Any) -> Workbook:
    """Return the workbook of five questions in two streams, as openpyxl opens it."""
    data = form_workbook(invitation(SMALL, **changes))
    return openpyxl.load_workbook(io.BytesIO(data))


def packed(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(data: bytes, by: Questionnaire = SMALL) -> AnswerFile:
    return answers_in("back.xlsx", sheets_of("back.xlsx", data), by, TODAY)


def said(book: Workbook) -> dict[str, Answer]:
    """Return Anna's voice on each question that has one."""
    return {
        name: answer.by["anna"]
        for name, answer in read(packed(book)).answers.items()
        if answer is not None
    }


def complaints(book: Workbook, by: Questionnaire = SMALL) -> list[str]:
    with pytest.raises(AssessError) as caught:
        read(packed(book), by)
    return str(caught.value).splitlines()


def fill_in(path: Path, questions: Sequence[str]) -> None:
    """Give the usual answers with openpyxl, the way a person would type them."""
    book = openpyxl.load_workbook(path)
    rows = {
        sheet.cell(row, 7).value: (sheet, row)
        for sheet in book.worksheets[1:-1]
        for row in range(2, sheet.max_row + 1)
    }
    for name, given in zip(questions, SAID, strict=False):
        sheet, row = rows[name]
        level = int(given.pick) if given.pick.isdigit() else WORDS.get(given.pick)
        sheet[f"{ANSWER}{row}"] = level
        sheet[f"{UNSURE}{row}"] = "yes" if given.unsure else None
        sheet[f"{NOTE}{row}"] = given.reason or given.note or None
        sheet[f"{SEEN}{row}"] = given.seen or None
    book.save(path)


def through_libreoffice(path: Path, kind: str = "xlsx") -> Path:
    """Open a file in LibreOffice and save it anew, as somebody who works with it does."""
    folder = path.parent / f"through-{kind}"
    subprocess.run(
        [
            "/usr/bin/soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless", "--convert-to", kind, "--outdir", str(folder), str(path),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )  # fmt: skip
    return folder / f"{path.stem}.{kind}"


# ----- the same answers, the same scores -----


@pytest.mark.parametrize("edited", ["by openpyxl", "by LibreOffice", "by LibreOffice twice"])
def test_filled_in_it_scores_like_the_same_answers_typed(
    edited: str, shipped: Questionnaire, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "form.xlsx"
    questions = wanted(shipped, (), quick=True)
    path.write_bytes(form_workbook(invitation(shipped, questions=questions)))
    if edited == "by LibreOffice twice":
        path = through_libreoffice(path)
    fill_in(path, questions)
    if edited != "by openpyxl":
        path = through_libreoffice(path)
    bring_in([path], tmp_path / "all.yaml", today=TODAY)
    typed = interviewed(tmp_path / "typed.yaml")
    assert load_answers(tmp_path / "all.yaml").answers == load_answers(typed).answers
    assert scored(tmp_path / "all.yaml", tool) == scored(typed, tool)


# ----- what is in it -----


def test_a_workbook_is_the_same_bytes_every_time(shipped: Questionnaire) -> None:
    assert form_workbook(invitation(shipped)) == form_workbook(invitation(shipped))


def test_every_question_has_its_row_with_all_its_levels(shipped: Questionnaire) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(invitation(shipped))))
    found = {}
    for sheet in book.worksheets[1:-1]:
        assert sheet.freeze_panes == "B2"
        for row in range(2, sheet.max_row + 1):
            if name := sheet[f"{ID}{row}"].value:
                found[name] = sheet[f"B{row}"].value
    assert list(found) == list(shipped.questions)
    for name, asked_one in shipped.questions.items():
        lines = [f"{value:g}  {text}" for value, text in asked_one.levels.items()]
        assert found[name] == "\n".join(lines)


def test_only_the_answers_can_be_changed_and_no_password_is_needed() -> None:
    book = small()
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    sheet = book.worksheets[1]
    open_cells = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    ]
    assert open_cells == [f"{column}{row}" for row in (3, 4, 5) for column in "CDEF"]
    assert [
        one.coordinate
        for row in book["Start"].iter_rows()
        for one in row
        if not one.protection.locked
    ] == ["B5", "B6"]


def test_the_drop_downs_offer_every_level_and_the_two_words() -> None:
    book = small()
    levels, unsure = book.worksheets[1].data_validations.dataValidation
    assert (levels.type, levels.formula1, str(levels.sqref)) == (
        "list", "'it4it-assess'!$D$1:$D$8", "C2:C5",
    )  # fmt: skip
    assert [book["it4it-assess"][f"D{row}"].value for row in range(1, 9)] == [
        0, 1, 2, 3, 4, 5, "unknown", "does not apply",
    ]  # fmt: skip
    assert (unsure.type, unsure.formula1, str(unsure.sqref)) == ("list", '"yes"', "D2:D5")


def test_the_hidden_sheet_says_what_is_answered_and_for_whom() -> None:
    sheet = small()["it4it-assess"]
    assert sheet.sheet_state == "hidden"
    assert [[cell.value for cell in row[:2]] for row in sheet["A1:B5"]] == [
        ["it4it-assess form", 1],
        ["questionnaire", "tiny"],
        ["questionnaire_version", "1.0"],
        ["organisation", "Bakkerij De Vries"],
        ["respondent", "anna"],
    ]
    assert [sheet[f"F{row}"].value for row in range(1, 6)] == list(SMALL.questions)


def test_it_comes_back_with_who_when_and_which_questionnaire() -> None:
    back = read(packed(small()))
    assert back.answers == {}
    assert (back.date, back.questionnaire, back.questionnaire_version) == (TODAY, "tiny", "1.0")
    assert back.organisation.name == "Bakkerij De Vries"
    assert back.respondents == {"anna": Respondent(name="Anna de Vries", role="owner")}


@pytest.mark.parametrize("name", ["Jo Bakker", "山田太郎"])
def test_a_workbook_for_nobody_in_particular_takes_its_name_from_the_first_sheet(
    name: str,
) -> None:
    book = small(who="", respondent=Respondent())
    book["Start"]["B5"] = f" {name} "
    book.worksheets[1]["C3"] = 2
    back = read(packed(book))
    who = respondent_id(name)
    assert back.respondents == {who: Respondent(name=name)}
    assert back.answers == {"a.1": Answer(by={who: Answer(level=2)})}


TROUBLESOME = ("=formula", "closers", "turned", "unseen", "lines", "long")
"""Hostile texts that are sent through LibreOffice too."""


@pytest.mark.parametrize("kind", ["=formula", *HOSTILE])
def test_hostile_texts_stay_texts(kind: str, tmp_path: Path) -> None:
    text = HOSTILE.get(kind, '=HYPERLINK("https://example.org", "x")')
    levels = dict.fromkeys(range(6), text)
    asks = question("a.1", levels=levels, why=text) | {"ask": text}
    part = component("a.part", asks, about=text) | {"title": text}
    scale = [{"value": value, "name": text, "means": text} for value in range(6)]
    values = questionnaire_values(
        stream("a", part) | {"title": text},
        stream("b", component("b.part", question("b.1", levels=levels))) | {"title": text},
        title=text, notice=text,
    )  # fmt: skip
    by = Questionnaire.model_validate({**values, "scale": scale})
    person = Respondent(name=text, role=text)
    made = form_workbook(invitation(by, organisation=text, respondent=person))
    book = openpyxl.load_workbook(io.BytesIO(made))
    formulas = [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert [one for one in formulas if not str(one).startswith("=COUNTA(")] == []
    book.worksheets[1]["C3"], book.worksheets[1]["E3"] = 2, f"'{text}"
    path = tmp_path / "form.xlsx"
    book.save(path)
    for one in (path, *([through_libreoffice(path)] if kind in TROUBLESOME else [])):
        back = read(one.read_bytes(), by)
        plain = text.strip()
        assert back.organisation.name == plain
        assert back.respondents == {"anna": Respondent(name=plain, role=plain)}
        answer = back.answers["a.1"]
        assert answer is not None
        assert answer.by["anna"].note == f"'{plain}"


def test_sheets_have_names_that_workbooks_take() -> None:
    titles = ["a/b: [c]?*", "'", "History", "x" * 40, "x" * 40, "Start", "🎉" * 20]
    streams = [
        stream(f"s{n}", component(f"s{n}.part", question(f"s{n}.1"))) | {"title": title}
        for n, title in enumerate(titles)
    ]
    by = Questionnaire.model_validate(questionnaire_values(*streams))
    assert sheet_names(invitation(by)) == (
        "a b c", "s1", "History 2", "x" * 30 + "…", "x" * 26 + "… 2", "Start 2", "🎉" * 15 + "…",
    )  # fmt: skip
    assert form_workbook(invitation(by))


# ----- how people type -----


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (3, Answer(level=3)),
        (3.0, Answer(level=3)),
        ("3", Answer(level=3)),
        (" 3 ", Answer(level=3)),
        ("3,0", Answer(level=3)),
        ("\uff13", Answer(level=3)),
        ("\xa03\n", Answer(level=3)),
        ("Unknown ", Answer(unknown=True)),
        ("?", Answer(unknown=True)),
        ("I don\u2019t know", Answer(unknown=True)),
    ],
)
def test_an_answer_is_read_however_it_is_typed(typed: Any, answer: Answer) -> None:
    book = small()
    book.worksheets[1]["C3"] = typed
    assert said(book) == {"a.1": answer}


@pytest.mark.parametrize("typed", ["yes", "X", True, 1, "WAHR", "ja", "Oui"])
def test_not_sure_is_read_in_many_tongues(typed: Any) -> None:
    book = small()
    book.worksheets[1]["C3"], book.worksheets[1]["D3"] = 3, typed
    assert said(book) == {"a.1": Answer(level=3, unsure=True)}


@pytest.mark.parametrize("typed", ["no", False, 0, "FALSCH", "nee", " "])
def test_sure_is_too(typed: Any) -> None:
    book = small()
    book.worksheets[1]["C3"], book.worksheets[1]["D3"] = 3, typed
    assert said(book) == {"a.1": Answer(level=3)}


def test_notes_may_be_numbers_and_dates_and_evidence_has_one_thing_a_line() -> None:
    book = small()
    sheet = book.worksheets[1]
    sheet["C3"], sheet["E3"], sheet["F3"] = 3, 2026, "one\n\n two \nthree"
    sheet["C4"], sheet["E4"] = "does not apply", dt.date(2026, 1, 2)
    sheet["E5"] = "only a note"
    assert said(book) == {
        "a.1": Answer(level=3, note="2026", evidence=("one", "two", "three")),
        "a.2": Answer(not_applicable="2026-01-02"),
        "a.3": Answer(note="only a note"),
    }


def test_rows_and_columns_may_move_as_long_as_headings_and_ids_move_along() -> None:
    book = small()
    sheet = book.worksheets[1]
    sheet["C3"], sheet["C5"] = 1, 5
    sheet.insert_rows(1)
    sheet.insert_cols(2)
    assert said(book) == {"a.1": Answer(level=1), "a.3": Answer(level=5)}


# ----- what is wrong, cell by cell -----


def test_all_that_is_wrong_is_said_at_once_each_with_its_cell() -> None:
    book = small()
    sheet, other = book["A"], book["B"]
    sheet["C3"] = "=1+1"
    sheet["C4"] = "does not apply"
    sheet["C5"] = 7
    sheet["E5"] = '="a"&"b"'
    other["C3"] = True
    other["D4"] = "yes"
    assert complaints(book) == [
        "back.xlsx, sheet A, cell C3: this is a formula; type the answer itself",
        "back.xlsx, sheet A, cell E4: say here why it does not apply",
        "back.xlsx, sheet A, cell E5: this is a formula; type the answer itself",
        (
            "back.xlsx, sheet A, cell C5: '7' is no answer; "
            "give one of 0, 1, 2, 3, 4, 5, unknown or does not apply"
        ),
        (
            "back.xlsx, sheet B, cell C3: 'TRUE' is no answer; "
            "give one of 0, 1, 2, 3, 4, 5, unknown or does not apply"
        ),
        (
            "back.xlsx, sheet B, cell D4: not sure of which level? give one under “Your answer”, "
            "or empty this cell"
        ),
    ]


SCALE = "give one of 0, 1, 2, 3, 4, 5, unknown or does not apply"
HOME = "copy the answers into the workbook that was sent, and send that"


@pytest.mark.parametrize(
    ("cell", "typed", "says"),
    [
        ("C3", 2.5, f"cell C3: '2.5' is no answer; {SCALE}"),
        ("C3", "two", f"cell C3: 'two' is no answer; {SCALE}"),
        ("C3", dt.date(2026, 3, 1), f"cell C3: '2026-03-01' is no answer; {SCALE}"),
        ("C3", "x" * 100, f"cell C3: '{'x' * 40}…' is no answer; {SCALE}"),
        ("C3", "#N/A", "cell C3: this shows an error; type the answer itself"),
        ("D3", "perhaps", "cell D3: 'perhaps' is neither yes nor no; give yes or nothing"),
        ("C2", 3, "cell C2: an answer where no question stands; move it to its question's row"),
        ("G3", "a.9", "cell G3: there is no question 'a.9'; did you mean a.3?"),
        ("G3", "a.2", "cell G4: a.2 stands here too, as in G3; keep one row"),
        (
            "C1",
            "My answer",
            (
                "the headings were changed; give back the row with “Your answer”, “Not sure?”, "
                "“Note, or why it does not apply”, “What shows it”, “Id”"
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_cell_is_said_with_its_place(
    cell: str, typed: Any, says: str
) -> None:
    book = small()
    book["A"][cell] = typed
    place = "back.xlsx, sheet A" + (": " if says.startswith("the") else ", ")
    assert f"{place}{says}" in complaints(book)


def test_a_formula_over_an_area_is_found_in_each_of_its_cells() -> None:
    book = small()
    book["A"]["C3"] = ArrayFormula("C3:C5", "=A1:A3")
    assert complaints(book) == [
        f"back.xlsx, sheet A, cell C{row}: this is a formula; type the answer itself"
        for row in (3, 4, 5)
    ]


def test_rows_and_sheets_that_are_gone_are_missed() -> None:
    book = small()
    book["A"].delete_rows(4)
    book.remove(book["B"])
    assert complaints(book) == [
        f"back.xlsx, sheet A: the row of a.2 is gone; {HOME}",
        f"back.xlsx: the sheet 'B' is gone or renamed; {HOME}",
    ]


def test_more_than_fifty_faults_are_counted() -> None:
    by = asked(a=60)
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(invitation(by))))
    for row in range(3, 63):
        book["A"][f"C{row}"] = "much"
    said_of = complaints(book, by)
    assert len(said_of) == 51
    assert said_of[-1] == "... and 10 more"


def test_nobody_s_answers_are_nobody_s() -> None:
    book = small(who="", respondent=Respondent())
    assert complaints(book) == [
        "back.xlsx, sheet Start, cell B5: nobody says whose answers these are; give a name"
    ]


def test_a_workbook_of_another_kind_is_not_taken() -> None:
    book = openpyxl.Workbook()
    [said_of] = complaints(book)
    assert said_of == (
        "back.xlsx: this workbook was not made by `it4it-assess form`; "
        "send the workbook that was filled in, not another one or a copy of its sheets"
    )


def test_a_workbook_of_a_later_format_is_not_guessed_at() -> None:
    book = small()
    book["it4it-assess"]["B1"] = 2
    assert complaints(book) == [
        "back.xlsx: this workbook is of format 2; this tool reads format 1: update it"
    ]


def test_a_changed_hidden_sheet_is_noticed() -> None:
    book = small()
    book["it4it-assess"]["B4"] = None
    assert complaints(book) == [f"back.xlsx: its hidden sheet was changed; {HOME}"]
