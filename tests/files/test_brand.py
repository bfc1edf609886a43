"""Brand files: a small thing to write, and every mistake in one told at once with its place."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from it4it_assess.errors import AssessError
from it4it_assess.files.brand import Brand, load_brand

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 8
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 8
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BESIDE = "put a PNG, JPEG or SVG file beside the brand file and name it"
COLOUR = "write # and six hexadecimal digits in quotes, such as '#0b5d57'"


def written(folder: Path, text: str) -> Path:
    path = folder / "brand.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, text: str) -> list[str]:
    """Return what is said about a brand file, without its path."""
    path = written(folder, text)
    with pytest.raises(AssessError) as caught:
        load_brand(path)
    return [line.removeprefix(f"{path}:") for line in str(caught.value).splitlines()]


def test_a_brand_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    text = (
        "name: Noord\nlogo: logo.png\naccent: '#A1B2C3'\n"
        "contact: [info@noord.example, +31 20 555]\nfooter: In confidence.\n"
    )
    assert load_brand(written(tmp_path, text)) == Brand(
        name="Noord",
        logo="data:image/png;base64,iVBORw0KGgoAAAAAAAAAAA==",
        accent="#a1b2c3",
        contact=("info@noord.example", "+31 20 555"),
        footer="In confidence.",
    )


def test_one_key_is_enough(tmp_path: Path) -> None:
    assert load_brand(written(tmp_path, "footer: x")) == Brand(footer="x")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "png"),
        (JPEG, "jpeg"),
        (SVG, "svg+xml"),
        (b'<?xml version="1.0"?>\n<!-- drawn by hand -->\n' + SVG, "svg+xml"),
    ],
)
def test_a_logo_is_known_by_what_it_holds(data: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / "logo.bin").write_bytes(data)
    address = load_brand(written(tmp_path, "logo: logo.bin")).logo
    head, _, coded = address.partition(",")
    assert head == f"data:image/{kind};base64"
    assert b64decode(coded) == data


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = "name: 5\nlogo: gone.png\naccent: blue\ncontact: [1]\ncolour: x\n"
    assert told(tmp_path, text) == [
        '1:1: name should be text, not the number 5; put it in quotes: "5"',
        f"2:1: there is no file 'gone.png' beside the brand file; {BESIDE}",
        f"3:1: 'blue' is not a colour; {COLOUR}",
        '4:11: entry 1 of contact should be text, not the number 1; put it in quotes: "1"',
        "5:1: colour is not known here; remove it, or check the spelling",
    ]


@pytest.mark.parametrize("given", ["'#fff'", "'#12345g'", "'0b5d57'", "'red; } body { x: y'"])
def test_a_colour_is_six_digits_and_nothing_else(given: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"accent: {given}") == [f"1:1: {given} is not a colour; {COLOUR}"]


def test_a_colour_without_its_quotes_is_a_comment_and_told_so(tmp_path: Path) -> None:
    assert told(tmp_path, "accent: #0b5d57") == [
        (
            "1:1: accent is empty: outside quotes a # begins a comment; "
            "put the colour in quotes, such as '#0b5d57'"
        )
    ]


@pytest.mark.parametrize("name", ["../logo.png", "/etc/passwd", "a/b.png", "..", "'a\\b.png'"])
def test_a_logo_lies_beside_its_brand_file(name: str, tmp_path: Path) -> None:
    [said] = told(tmp_path, f"logo: {name}")
    assert said.endswith(f"is not a plain file name; {BESIDE}")


def test_a_logo_that_is_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "logo.png").symlink_to("../secret.png")
    assert told(folder, "logo: logo.png") == [
        f"1:1: 'logo.png' is a link to somewhere else; {BESIDE}"
    ]


def test_a_logo_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"<html><script></script></html>")
    assert told(tmp_path, "logo: logo.png") == [
        f"1:1: 'logo.png' is not a PNG, JPEG or SVG picture; {BESIDE}"
    ]


def test_a_large_logo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG + b"\x00" * 100_000)
    assert told(tmp_path, "logo: logo.png") == [
        (
            "1:1: 'logo.png' is 100 kB large; the limit is 100 kB; "
            "make the picture smaller, or save it as SVG"
        )
    ]


def test_a_brand_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssessError) as caught:
        load_brand(tmp_path / "brand.yaml")
    assert str(caught.value) == f"{tmp_path}/brand.yaml: there is no such file; check the name"


def test_an_empty_brand_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "") == ["1:1: the file is empty; write at least `name: ...`"]
