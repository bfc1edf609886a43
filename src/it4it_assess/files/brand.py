"""A brand file and its logo: everything wrong with it at once, the logo as a data address."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.errors import InvalidFileError
from it4it_assess.files.references import Complaint
from it4it_assess.files.sheet import Sheet
from it4it_assess.files.there import is_file
from it4it_assess.files.wording import shown
from it4it_assess.model.brand import BrandFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BRAND = "brand.yaml"
BEGINS = "name: ..."
MOST_LOGO = 100_000
"""Bytes of a logo: it travels inside every page."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_SVG = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)


class Brand(NamedTuple):
    """Whose report it is; `logo` is a data address, `accent` a colour such as #0b5d57."""

    name: str = ""
    logo: str = ""
    accent: str = ""
    contact: tuple[str, ...] = ()
    footer: str = ""


def load_brand(path: Path) -> Brand:
    """Load a brand file; InvalidFileError lists every problem with its place."""
    sheet = Sheet(path, begins=BEGINS)
    given = sheet.as_model(BrandFile)
    sheet.note(_wrong_colour(sheet))
    logo = ""
    if isinstance(name := sheet.values.get("logo"), str) and name:
        try:
            logo = _embedded(path.parent, name)
        except ValueError as error:
            cause, remedy = error.args
            sheet.note([Complaint(("logo",), cause, remedy)])
    if sheet.problems or given is None:
        raise InvalidFileError(sheet.problems, sheet.more)
    return Brand(
        name=given.name or "",
        logo=logo,
        accent=(given.accent or "").lower(),
        contact=given.contact,
        footer=given.footer or "",
    )


def _wrong_colour(sheet: Sheet) -> Iterator[Complaint]:
    if "accent" not in sheet.values:
        return
    given = sheet.values["accent"]
    if given is None:
        yield Complaint(
            ("accent",),
            "accent is empty: outside quotes a # begins a comment",
            "put the colour in quotes, such as '#0b5d57'",
        )
    elif isinstance(given, str) and given and not _COLOUR.fullmatch(given):
        yield Complaint(
            ("accent",),
            f"{shown(given)} is not a colour",
            "write # and six hexadecimal digits in quotes, such as '#0b5d57'",
        )


def _embedded(folder: Path, name: str) -> str:
    """Return a picture beside the brand file as a data address.

    ValueError carries cause and remedy. The kind is told by what the file holds, not by its
    name. An SVG is only ever shown as a picture, where browsers run no script and fetch nothing.
    """
    beside = "put a PNG, JPEG or SVG file beside the brand file and name it"
    path = folder / name
    if "/" in name or "\\" in name or name in {".", ".."}:
        raise ValueError(f"{shown(name)} is not a plain file name", beside)
    if not is_file(path):
        raise ValueError(f"there is no file {shown(name)} beside the brand file", beside)
    if path.resolve().parent != folder.resolve():
        raise ValueError(f"{shown(name)} is a link to somewhere else", beside)
    size = path.stat().st_size
    if size > MOST_LOGO:
        raise ValueError(
            f"{shown(name)} is {size / 1000:.0f} kB large; the limit is {MOST_LOGO // 1000} kB",
            "make the picture smaller, or save it as SVG",
        )
    data = path.read_bytes()
    kind = next((kind for magic, kind in _KINDS if data.startswith(magic)), None)
    if kind is None and _SVG.match(data.removeprefix(b"\xef\xbb\xbf")):
        kind = "image/svg+xml"
    if kind is None:
        raise ValueError(f"{shown(name)} is not a PNG, JPEG or SVG picture", beside)
    return f"data:{kind};base64,{b64encode(data).decode()}"
