"""Workbooks changed inside: their XML, their members, their packing; bombs and escapes as well."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">',
    b"<?xml-stylesheet href='http://evil.example'?>",
)
PIECES = (
    b"<", b">", b"&", b"&a;", b"&#0;", b"&#x1F4A9;", b"]]>", b"<![CDATA[", b"<!--", b"\x00",
    b"\xff",
    b"<c/>", b'<c r="A1"/>', b'<c r="XFD1048576"><v>1</v></c>', b'<row r="0"/>', b'<row r="-1"/>',
    b'<row r="99999999999999999999"/>', b"<f>1+1</f>", b'<f ref="A1:XFD9">1</f>',
    b"<f>INDIRECT(1)</f>",
    b'<c r="C4" t="e"><v>#N/A</v></c>', b'<c r="C4" t="b"><v>1</v></c>', b"<v>1e400</v>",
    b"<v>-1</v>",
    b'<c r="C4" t="s"><v>999999</v></c>', b'<c r="C4" t="d"><v>2026-11-02</v></c>', b"<v></v>",
    b'<c r="C4" t="inlineStr"><is><t>unknown</t></is></c>', b'<mergeCell ref="A1:XFD1048576"/>',
    b'<dimension ref="A1:XFD1048576"/>', b'<c r="C4" s="99999"><v>45000</v></c>', b"x" * 40_000,
    b'xml:space="preserve"', b"_x0000_", b"_x000D_", b"\xef\xbb\xbf", b' r="A1"', b' r=""',
    b' t="str"',
)  # fmt: skip
VALUES = (
    b"", b"0", b"1", b"3", b"-1", b"1E400", b"NaN", b"unknown", b"does not apply", b"yes",
    b"x" * 500,
    b"../../evil.xml", b"/etc/passwd", b"file:///etc/passwd", b"http://evil.example/",
    b"xl/workbook.xml",
    b"A1", b"XFD1048576", b"A0", b"1A", b"A1:C9", b"rId1", b"rId99", b"e", b"s", b"b", b"str",
    b"inlineStr",
    b"99999999999999999999", b"worksheets/sheet1.xml", b"worksheets/../worksheets/sheet2.xml",
    b"hidden",
    b"&#10;", b"\xe2\x80\xa8", b"2147483648", b"4294967296", b"0.1", b"45000.5",
)  # fmt: skip
_VALUE = re.compile(rb'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)')
_ELEMENT = re.compile(rb"<[^>]*>")
NAMES = (
    "../../evil.xml", "/etc/evil.xml", "xl/../evil.xml", "xl/workbook.xml/", "XL/Workbook.xml",
    "xl\\a.xml",
    "xl/worksheets/sheet1.xml", "mimetype", "xl/vbaProject.bin", "xl/workbook.bin", "a" * 300,
    "é.xml",
    "xl/externalLinks/externalLink1.xml", "[Content_Types].xml", "a\x00.xml",
    "xl/worksheets/sheet99.xml",
)  # fmt: skip
BLANK = 1_500_000


def mutated_zip(dice: Random, data: bytes) -> bytes:
    """Return an archive with something changed inside, or now and then its own bytes."""
    if dice.random() < 0.15:
        return _bytes_changed(dice, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        return _bytes_changed(dice, data)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        members = _members_changed(dice, members)
    return packed(
        members, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    )


def packed(members: list[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these members, in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how, compresslevel=1) as archive:
        for name, text in members:
            archive.writestr(zipfile.ZipInfo(name or "x"), text, how)
    return made.getvalue()


def _members_changed(dice: Random, members: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    out = list(members)
    place = dice.randrange(len(out)) if out else 0
    way = dice.randrange(14)
    if way == 0 and out:
        del out[place]
    elif way == 1:
        out.append((dice.choice(NAMES), dice.choice(out)[1] if out else b"x"))
    elif way == 2 and out:
        out[place] = (dice.choice(NAMES), out[place][1])
    elif way == 3 and dice.random() < 0.2:
        out.append((f"xl/{dice.randrange(9)}.xml", dice.choice((b" ", b"<a>", b"\0")) * BLANK))
    elif out:
        sheets = [
            at
            for at, (name, _) in enumerate(out)
            if "sheet" in name or "workbook" in name or "Strings" in name
        ]
        place = dice.choice(sheets) if sheets and dice.random() < 0.85 else place
        out[place] = (out[place][0], _xml_changed(dice, out[place][1]))
    return out


def _xml_changed(dice: Random, text: bytes) -> bytes:
    way = dice.randrange(8)
    values = list(_VALUE.finditer(text))
    if way <= 3 and values:
        found = dice.choice(values)
        new = dice.choice(VALUES) if dice.random() < 0.7 else dice.choice(values).group()
        return text[: found.start()] + new + text[found.end() :]
    elements = list(_ELEMENT.finditer(text))
    if way <= 5 and elements:
        one, other = dice.choice(elements), dice.choice(elements)
        start, end = sorted((one.start(), other.end()))
        if dice.random() < 0.5:
            return text[: one.start()] + text[one.end() :]
        return text[:end] + text[start : min(end, start + 2000)] + text[end:]
    if way == 6 and dice.random() < 0.5:
        place = text.find(b"?>") + 2
        return text[:place] + dice.choice(ENTITIES) + text[place:]
    place = (
        dice.choice(elements).end()
        if elements and dice.random() < 0.7
        else dice.randrange(len(text) + 1)
    )
    return text[:place] + dice.choice(PIECES) + text[place:]


def _bytes_changed(dice: Random, data: bytes) -> bytes:
    """Change the archive itself: its directory, its sizes, its end."""
    out = bytearray(data)
    match dice.randrange(5):
        case 0:
            return bytes(out[: dice.randrange(len(out) + 1)])
        case 1:
            return bytes(out) + bytes(dice.randrange(64))
        case 2 if heads := [
            found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)
        ]:
            place = dice.choice(heads) + 4 + dice.randrange(42)
            if place < len(out):
                out[place] = dice.randrange(256)
        case 3:
            place = dice.randrange(len(out) + 1)
            out[place:place] = out[: dice.randrange(200)]
        case _:
            for _ in range(dice.choice((1, 2, 8))):
                if out:
                    out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)
