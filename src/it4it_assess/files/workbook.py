"""Workbooks in: the cells of a file that a stranger may have made, and nothing run or expanded.

python-calamine reads the cells. Before it sees a file, the archive is measured, unpacked
within bounds and its XML looked through here: a document type is refused, so that no entity
can grow; cells that lie far out are refused, so that no grid can; formulas and failed cells
are noted, since calamine returns only the figure a formula had when the file was saved.
What calamine is handed is packed anew, from the XML alone.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers import expat

from it4it_assess.errors import AssessError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 300
MOST_UNPACKED = 12_000_000
MOST_RATIO = 200
RATIO_FROM = 1_000_000
"""Packed 200 to 1 is no workbook; small files of blanks may be, and do no harm."""
LAST_ROW = 5_000
LAST_COLUMN = 200
MOST_FILLED = 100_000
"""Cells that formulas over whole areas may fill, all areas together."""

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of the old Office formats begins, and one with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AS_XLSX = "save it as an Excel workbook (.xlsx) and send that"

Cell = tuple[int, int]
"""A row and a column, counted from nought."""


class Grid(NamedTuple):
    """One sheet: its values by row and column, and the cells that hold no value of their own."""

    name: str
    rows: list[list[Any]]
    formulas: frozenset[Cell]
    failed: frozenset[Cell]

    def value(self, row: int, column: int) -> Any:
        """Return the value of a cell; the empty text where there is none."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as workbooks show it: 0, 3 is D1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read_workbook(source: str, data: bytes) -> dict[str, Grid]:
    """Return the sheets of a workbook by name, in order; AssessError says why it cannot be."""
    members = _unpacked(source, data)
    try:
        looks = {
            name: _look(text, in_sheet=name.startswith("xl/worksheets/"))
            for name, text in members.items()
        }
        sheets = _sheets(members)
    except (expat.ExpatError, _RefusedError, LookupError, ValueError) as error:
        cause = str(error) if isinstance(error, _RefusedError) else "its inside is damaged"
        raise UnreadableError(f"{source}: {cause}; ask for the file again") from error
    return {
        name: Grid(name, rows, frozenset(looks[sheets[name]].formulas), looks[sheets[name]].failed)
        for name, rows in _cells(source, members)
        if sheets.get(name) in looks
    }


class _RefusedError(Exception):
    """The inside of a workbook holds what none of ours would."""


def _unpacked(source: str, data: bytes) -> dict[str, bytes]:
    """Return the XML inside a workbook; nothing is unpacked before all is measured."""
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise UnreadableError(
                f"{source}: it has a password; save it without one and send that"
            )
        raise UnreadableError(f"{source}: this is an old Office file (.xls or .doc); {_AS_XLSX}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(source, archive)
            return {
                one.filename: archive.read(one)
                for one in archive.infolist()
                if one.filename.endswith((".xml", ".rels"))
            }
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
        OSError,
    ) as error:  # fmt: skip
        raise UnreadableError(
            f"{source}: it is damaged or cut off; ask for the file again"
        ) from error


def _measure(source: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is no workbook, or is none that people fill in."""
    members = archive.infolist()
    names = {one.filename for one in members}
    if "mimetype" in names:
        raise UnreadableError(f"{source}: this is an OpenDocument file; {_AS_XLSX}")
    if "xl/workbook.bin" in names:
        raise UnreadableError(f"{source}: this is a binary workbook (.xlsb); {_AS_XLSX}")
    if "xl/workbook.xml" not in names:
        raise UnreadableError(
            f"{source}: this is an archive or a document, not a workbook; send the workbook itself"
        )
    size = sum(one.file_size for one in members)
    dense = [
        one for one in members
        if one.file_size > RATIO_FROM and one.file_size > MOST_RATIO * one.compress_size
    ]  # fmt: skip
    if len(members) > MOST_MEMBERS or size > MOST_UNPACKED or dense or len(names) < len(members):
        raise UnreadableError(
            f"{source}: it unpacks to {size / 1e6:,.0f} MB in {len(members):,} parts, "
            "which is no filled-in form; ask for the file again"
        )
    if any(one.flag_bits & 1 for one in members):
        raise UnreadableError(f"{source}: it has a password; save it without one and send that")


class _Look:
    """What a look through one part's XML found: formulas, and cells whose value failed."""

    def __init__(self) -> None:
        self.formulas: set[Cell] = set()
        self.failed: frozenset[Cell] = frozenset()


def _look(text: bytes, *, in_sheet: bool) -> _Look:
    """Look through one part; _RefusedError where it holds a document type or goes too far."""
    found, failed = _Look(), set()
    row, here, filled = -1, (-1, -1), 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def no_document_type(*_: object) -> None:
        raise _RefusedError("its inside defines a document type, which no workbook does")

    def starts(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, here, filled
        match tag.rpartition(" ")[2]:
            case "row":
                row = int(attributes.get("r", row + 2)) - 1
                here = (row, -1)
            case "c":
                here = _place(attributes["r"]) if "r" in attributes else (here[0], here[1] + 1)
                if attributes.get("t") == "e":
                    failed.add(here)
            case "f":
                _refuse_far(here)
                area = _bounded(attributes.get("ref")) or {here}
                filled += len(area)
                if filled > MOST_FILLED:
                    raise _RefusedError("formulas fill it, which no form does")
                found.formulas.update(area)
            case "v" | "is":
                _refuse_far(here)

    parser.StartDoctypeDeclHandler = no_document_type
    if in_sheet:
        parser.StartElementHandler = starts
    parser.Parse(text, True)  # noqa: FBT003  expat takes it by place
    found.failed = frozenset(failed)
    return found


def _place(reference: str) -> Cell:
    """Return where a reference such as D14 points."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise _RefusedError(f"its inside names a cell {reference[:20]!r}")
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _bounded(area: str | None) -> set[Cell]:
    """Return the cells of an area that one formula fills, such as D5:D9."""
    if area is None:
        return set()
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    _refuse_far((bottom, right))
    if (bottom - top + 1) * (right - left + 1) > MOST_FILLED:
        raise _RefusedError("formulas fill it, which no form does")
    return {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def _refuse_far(cell: Cell) -> None:
    if cell[0] >= LAST_ROW or cell[1] >= LAST_COLUMN:
        raise _RefusedError(f"cell {cell_name(*cell)} is filled, far outside the form")


def _sheets(members: dict[str, bytes]) -> dict[str, str]:
    """Return which part of the archive each sheet is, by the sheet's name."""
    targets = {
        one["Id"]: posixpath.normpath(posixpath.join("/xl", one["Target"]))[1:]
        for one in _elements(members["xl/_rels/workbook.xml.rels"], "Relationship")
    }
    return {
        one["name"]: targets[next(one[key] for key in one if key.rpartition(" ")[2] == "id")]
        for one in _elements(members["xl/workbook.xml"], "sheet")
    }


def _elements(text: bytes, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of every element of that name."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def starts(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == wanted:
            found.append(attributes)

    parser.StartElementHandler = starts
    parser.Parse(text, True)  # noqa: FBT003  expat takes it by place
    return found


def _cells(source: str, members: dict[str, bytes]) -> Iterator[tuple[str, list[list[Any]]]]:
    """Let calamine read the cells of every sheet."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  an extra
    except ImportError as error:
        raise AssessError(
            "reading workbooks needs python-calamine; pip install 'it4it-assess[xlsx]'"
        ) from error
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    packed.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(packed)
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            yield name, sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            f"{source}: its inside is damaged; ask for the file again"
        ) from error
