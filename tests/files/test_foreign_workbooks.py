"""Workbooks from strangers: measured before anything is unpacked, refused in plain words."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from it4it_assess.errors import AssessError
from it4it_assess.files.workbook import cell_name, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SHEET = "xl/worksheets/sheet1.xml"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"] = "x", 3
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def changed(change: Mapping[str, bytes | None]) -> bytes:
    """Return the workbook with members replaced, added, or taken out."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {name: old.read(name) for name in old.namelist()} | dict(change)
        for name, text in members.items():
            if text is not None:
                new.writestr(name, text)
    return made.getvalue()


def sheet_with(cells: str, before: str = "") -> bytes:
    text = (
        f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    return changed({SHEET: text.encode()})


def lying(data: bytes) -> bytes:
    """Return an archive whose largest member says it is small."""
    made = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        [one] = [one for one in archive.infolist() if one.filename == SHEET]
        size, place = one.file_size.to_bytes(4, "little"), one.header_offset
    made[place + 22 : place + 26] = (50).to_bytes(4, "little")
    central = made.rindex(SHEET.encode()) - 46
    assert made[central + 24 : central + 28] == size
    made[central + 24 : central + 28] = (50).to_bytes(4, "little")
    return bytes(made)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
AGAIN = "ask for the file again"
AS_XLSX = "save it as an Excel workbook (.xlsx) and send that"

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut off": (lambda: workbook()[:2000], f"it is damaged or cut off; {AGAIN}"),
    "only its beginning": (lambda: b"PK\x03\x04", f"it is damaged or cut off; {AGAIN}"),
    "an old workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        f"this is an old Office file (.xls or .doc); {AS_XLSX}",
    ),
    "one with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "it has a password; save it without one and send that",
    ),
    "an OpenDocument file": (
        lambda: changed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        f"this is an OpenDocument file; {AS_XLSX}",
    ),
    "a binary workbook": (
        lambda: changed({"xl/workbook.bin": b""}),
        f"this is a binary workbook (.xlsb); {AS_XLSX}",
    ),
    "an archive": (
        lambda: changed({"xl/workbook.xml": None}),
        "this is an archive or a document, not a workbook; send the workbook itself",
    ),
    "a bomb of blanks": (
        lambda: changed({"xl/media/a.xml": b" " * 50_000_000}),
        "it unpacks to 50 MB in 10 parts, which is no filled-in form; " + AGAIN,
    ),
    "a dense part": (
        lambda: changed({"xl/media/a.xml": b" " * 5_000_000}),
        "it unpacks to 5 MB in 10 parts, which is no filled-in form; " + AGAIN,
    ),
    "a thousand parts": (
        lambda: changed({f"xl/{number}.xml": b"<a/>" for number in range(1000)}),
        "it unpacks to 0 MB in 1,009 parts, which is no filled-in form; " + AGAIN,
    ),
    "a part that says it is small": (
        lambda: lying(sheet_with(CELL + " " * 900_000)),
        f"it is damaged or cut off; {AGAIN}",
    ),
    "entities that grow": (
        lambda: sheet_with(CELL, ENTITIES),
        f"its inside defines a document type, which no workbook does; {AGAIN}",
    ),
    "entities from outside": (
        lambda: sheet_with(CELL, OUTSIDE),
        f"its inside defines a document type, which no workbook does; {AGAIN}",
    ),
    "entities in another part": (
        lambda: changed({"xl/sharedStrings.xml": f"{ENTITIES}<sst/>".encode()}),
        f"its inside defines a document type, which no workbook does; {AGAIN}",
    ),
    "a row far down": (
        lambda: sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        f"cell A1048576 is filled, far outside the form; {AGAIN}",
    ),
    "a column far out": (
        lambda: sheet_with('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        f"cell XFD1 is filled, far outside the form; {AGAIN}",
    ),
    "cells without a place that go far": (
        lambda: sheet_with("<row>" + "<c><v>1</v></c>" * 300 + "</row>"),
        f"cell GS1 is filled, far outside the form; {AGAIN}",
    ),
    "a cell nobody knows": (
        lambda: sheet_with('<row r="1"><c r="1A"><v>1</v></c></row>'),
        f"its inside names a cell '1A'; {AGAIN}",
    ),
    "one formula over all": (
        lambda: sheet_with('<row r="1"><c r="A1"><f t="array" ref="A1:GR5000">1</f></c></row>'),
        f"formulas fill it, which no form does; {AGAIN}",
    ),
    "formulas over and over": (
        lambda: sheet_with('<row r="1">' + '<c r="A1"><f ref="A1:CV900">1</f></c>' * 9 + "</row>"),
        f"formulas fill it, which no form does; {AGAIN}",
    ),
    "broken XML": (
        lambda: changed({SHEET: b"<worksheet><sheetData>"}),
        f"its inside is damaged; {AGAIN}",
    ),
    "a sheet that leads nowhere": (
        lambda: changed({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}),
        f"its inside is damaged; {AGAIN}",
    ),
    "no list of sheets": (
        lambda: changed({"xl/_rels/workbook.xml.rels": None}),
        f"its inside is damaged; {AGAIN}",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_workbook_is_refused_in_plain_words(kind: str) -> None:
    made, says = BAD[kind]
    with pytest.raises(AssessError) as caught:
        read_workbook("back.xlsx", made())
    assert str(caught.value) == f"back.xlsx: {says}"


def test_a_good_one_gives_its_cells() -> None:
    [(name, grid)] = read_workbook("back.xlsx", workbook()).items()
    assert (name, grid.name) == ("Sheet", "Sheet")
    assert [grid.value(0, 0), grid.value(1, 1), grid.value(9, 0), grid.value(0, 9)] == [
        "x", 3.0, "", "",
    ]  # fmt: skip


def test_formulas_and_failed_cells_are_noted() -> None:
    grid = read_workbook(
        "back.xlsx",
        sheet_with(
            '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c t="e"><v>#N/A</v></c></row>'
            '<row><c r="A3"><f t="array" ref="A3:B4">1</f><v>1</v></c></row>'
        ),
    )["Sheet"]
    assert grid.formulas == {(1, 1), (2, 0), (2, 1), (3, 0), (3, 1)}
    assert grid.failed == {(1, 2)}


def test_whole_columns_of_looks_without_values_do_no_harm() -> None:
    cells = CELL + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_workbook("back.xlsx", sheet_with(cells))["Sheet"].value(0, 0) == 1.0


def test_pictures_and_macros_inside_are_never_looked_at() -> None:
    data = changed({"xl/vbaProject.bin": b"\0" * 1000, "xl/media/image1.png": b"\x89PNG"})
    assert read_workbook("back.xlsx", data)["Sheet"].value(1, 1) == 3.0


@pytest.mark.parametrize(
    ("place", "name"),
    [((0, 0), "A1"), ((13, 3), "D14"), ((0, 26), "AA1"), ((1, 701), "ZZ2"), ((0, 702), "AAA1")],
)
def test_cells_are_named_as_workbooks_show_them(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a test's dice
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        name = chance.choice(archive.namelist())
        text = bytearray(archive.read(name))
    for _ in range(3):
        text[chance.randrange(len(text))] = chance.choice(b'0189"<>/abc r\xff')
    try:
        read_workbook("back.xlsx", changed({name: bytes(text)}))
    except AssessError as error:
        assert str(error).startswith("back.xlsx: ")  # noqa: PT017  it may also be read
