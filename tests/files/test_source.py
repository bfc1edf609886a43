"""Text out of files of every kind, and one clear line where there is none to be had."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from it4it_assess.errors import EXIT_CANNOT_RUN, InvalidFileError, UnreadableError
from it4it_assess.files.source import MAX_BYTES, read_text
from it4it_assess.files.strict_yaml import CONTROL

if TYPE_CHECKING:
    from conftest import Tool

NOBODY = 65534
"""The user without rights; root may read everything, so tests that run as root change to it."""

AS_NOBODY = f"""
import os, pathlib, sys, tempfile
from pydantic import TypeAdapter
from it4it_assess.cli.app import main
from it4it_assess.cli import each, score, work
from it4it_assess.engine import assess
from it4it_assess.files import load
TypeAdapter(pathlib.Path)  # what is imported late, imported while it may still be read
if os.getuid() == 0:
    os.setuid({NOBODY})
sys.argv = ["it4it-assess", "score", "answers.yaml"]
sys.exit(main())
"""


def written(folder: Path, data: bytes) -> Path:
    path = folder / "answers.yaml"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a: 1\nb: 2\n", "a: 1\nb: 2\n"),
        (b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        (b"a: 1\rb: 2\r", "a: 1\nb: 2\n"),
        (b"a: 1\r\nb: 2\rc: 3\n\r", "a: 1\nb: 2\nc: 3\n\n"),
        (b"\xef\xbb\xbfa: 1\n", "a: 1\n"),
        (b"", ""),
        (b"\xef\xbb\xbf", ""),
        ("a: Café 🥐 日本\u0085\n".encode(), "a: Café 🥐 日本\u0085\n"),
        (b"a:\t1\n", "a:\t1\n"),
    ],
)
def test_line_ends_and_marks_of_any_system_read_the_same(
    data: bytes, text: str, tmp_path: Path
) -> None:
    assert read_text(written(tmp_path, data)) == text


@pytest.mark.parametrize(
    ("data", "line", "column", "cause"),
    [
        ("ab\ncdé".encode("cp1252"), 2, 3, "a byte that is not UTF-8 text"),
        ("é\néé".encode() + b"\xff", 2, 3, "a byte that is not UTF-8 text"),
        (b"ok: \xed\xa0\x80", 1, 5, "a byte that is not UTF-8 text"),
        (b"ok: \xc0\xaf", 1, 5, "a byte that is not UTF-8 text"),
        ("a: 1".encode("utf-16"), 1, 1, "the file is in UTF-16"),
        (b"\xfe\xff\0a", 1, 1, "the file is in UTF-16"),
        (b"a: 1\n\0", 2, 1, "a control character (U+0000)"),
        (b"a\r\nb\rc\x1b", 3, 2, "a control character (U+001B)"),
        ("é\x7f".encode(), 1, 2, "a control character (U+007F)"),
        ("x\ufffe".encode(), 1, 2, "a control character (U+FFFE)"),
    ],
)
def test_what_is_not_text_is_named_with_its_place(
    data: bytes, line: int, column: int, cause: str, tmp_path: Path
) -> None:
    path = written(tmp_path, data)
    with pytest.raises(InvalidFileError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert problem[:4] == (str(path), line, column, cause)


@given(data=st.binary(max_size=60))
def test_any_bytes_are_text_or_a_problem_with_a_place(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    try:
        text = read_text(path)
    except InvalidFileError as error:
        (problem,) = error.problems
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert 1 <= problem.column <= len(data) + 1
    else:
        assert "\r" not in text
        assert text == data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = written(tmp_path, b"#" * MAX_BYTES)
    assert len(read_text(path)) == MAX_BYTES
    with path.open("ab") as file:
        file.write(b"#")
    with pytest.raises(UnreadableError, match=r"MB is too large; the limit is \d+ MB"):
        read_text(path)


def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = written(tmp_path, b"a: 1\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableError) as caught:
        read_text(path)
    assert str(caught.value) == (
        f"{path}: it cannot be read (Permission denied); check the path and its permissions"
    )


def test_a_name_no_file_can_have_is_an_ordinary_error() -> None:
    with pytest.raises(UnreadableError, match="it cannot be read"):
        read_text(Path("a\0b.yaml"))


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("gone.yaml", "there is no such file; check the name"),
        ("folder", "there is no answer file in this folder"),
        ("folder/gone/answers.yaml", "there is no such file; check the name"),
        ("file.yaml/answers.yaml", "it cannot be read (Not a directory)"),
        ("pipe", "this is not an ordinary file; name one"),
        ("/dev/zero", "this is not an ordinary file; name one"),
        ("link-to-itself.yaml", "it cannot be read (Too many levels of symbolic links)"),
        ("x" * 300 + ".yaml", "it cannot be read (File name too long)"),
    ],
)
def test_what_is_no_file_ends_with_one_clear_line(
    name: str, cause: str, tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.yaml").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link-to-itself.yaml").symlink_to("link-to-itself.yaml")
    ended = tool("score", name)
    assert (ended.returncode, ended.stdout) == (EXIT_CANNOT_RUN, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"{name}: {cause}")


def test_a_file_of_somebody_else_ends_with_one_clear_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"format: 1\n")
    path.chmod(0)
    tmp_path.chmod(stat.S_IRWXU | stat.S_IXOTH)
    ended = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert ended.stderr == (
        "answers.yaml: it cannot be read (Permission denied); check the path and its permissions\n"
    )
    assert (ended.returncode, ended.stdout) == (EXIT_CANNOT_RUN, "")


@pytest.mark.parametrize("at", [0, 1, 0x7E, 0x80, 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF])
def test_no_control_character_is_overlooked_and_no_other_taken_for_one(
    at: int, tmp_path: Path
) -> None:
    for number in {*range(at, 0x20 if at == 1 else at + 2)} - {0x110000}:
        character = chr(number)
        path = written(tmp_path, f"a: x{character}é".encode())
        if CONTROL.match(character):
            with pytest.raises(InvalidFileError, match=rf"\(U\+{number:04X}\)"):
                read_text(path)
        else:
            assert read_text(path) == f"a: x{character}é".replace("\r", "\n")
