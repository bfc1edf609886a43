"""Files made to choke a reader: each is refused with one message and within little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from math import isqrt
from typing import TYPE_CHECKING

import pytest

from it4it_assess.errors import EXIT_CANNOT_RUN
from it4it_assess.files.source import MAX_BYTES
from it4it_assess.files.strict_yaml import MAX_DEPTH, MAX_NODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_MEGABYTES = 200

MEASURED = """
import resource, subprocess, sys
ended = subprocess.run([sys.executable, "-m", "it4it_assess", *sys.argv[1:]], timeout=60)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(ended.returncode, peak // (1 if sys.platform != "darwin" else 1024) // 1024)
"""
"""A small process between us and the tool: a child's peak counts from its parent's size."""

LIMIT = f"the limit is {MAX_BYTES / 1e6:.0f} MB"
FULL = MAX_BYTES - 200
"""How much text fits into a file besides its head."""

HEAD = "format: 1\nquestionnaire: it4it\norganisation: {name: X}\n"
DEEP = f"nested more than {MAX_DEPTH} deep"
MANY = f"more than {MAX_NODES:,} values"


def test_a_file_of_a_hundred_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert refused(path) == [f"big.yaml: 100 MB is too large; {LIMIT}"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        pytest.param("answers: " + "[" * 10_000 + "]" * 10_000, DEEP, id="lists-in-lists"),
        pytest.param("answers: " + "{a: " * 10_000 + "}" * 10_000, DEEP, id="braces-in-braces"),
        pytest.param(
            "answers:\n" + "\n".join(" " * depth + "a:" for depth in range(1, isqrt(FULL))),
            DEEP,
            id="lines-ever-further-in",
        ),
        pytest.param("answers:\n" + "- " * (FULL // 2), DEEP, id="dashes-in-dashes"),
        pytest.param("answers:\n" + " [\n" * (FULL // 3), DEEP, id="brackets-never-closed"),
        pytest.param("- 1\n" * (FULL // 4), MANY, id="a-million-entries"),
        pytest.param(
            "answers:\n" + "".join(f"  q{number:06d}: 2\n" for number in range(FULL // 13)),
            MANY,
            id="a-quarter-of-a-million-keys",
        ),
        pytest.param(
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + "".join(
                f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]\n"
                for before, here in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            MANY,
            id="ten-to-the-ninth-aliases",
        ),
        pytest.param(
            "answers: {a: {evidence: [&n " + "x" * (FULL - 410_000) + ", *n" * 100_000 + "]}}",
            MANY,
            id="a-long-text-a-hundred-thousand-times",
        ),
        pytest.param(
            'answers: "' + "x\n" * (FULL // 2),
            "a quote that is not closed",
            id="quote-never-closed",
        ),
        pytest.param(
            "answers: {d2c.incident.record: " + "x" * FULL + "}",
            "d2c.incident.record cannot be answered with",
            id="one-long-answer",
        ),
        pytest.param(
            "answers: {d2c.incident.record: " + "1" * FULL + "}",
            "d2c.incident.record cannot be answered with",
            id="a-number-of-millions-of-digits",
        ),
        pytest.param(
            "answers: {? " + "x" * FULL + " : 2}", "there is no question", id="one-long-key"
        ),
    ],
)
def test_a_file_made_to_choke_a_reader_is_refused_with_one_line(
    text: str, cause: str, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.yaml"
    path.write_text(HEAD + text if not text.startswith("- ") else text, encoding="utf-8")
    assert path.stat().st_size <= MAX_BYTES
    (line,) = refused(path)
    assert line.startswith("bomb.yaml:")
    assert cause in line
    assert len(line) < 300


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("  d2c.incident.recor{}: 2\n", id="questions-nobody-knows"),
        pytest.param("  d2c.incident.record: 2  # {}\n", id="one-question-again-and-again"),
        pytest.param("  question-{}: yes\n", id="answers-that-are-none"),
    ],
)
def test_tens_of_thousands_of_problems_are_listed_up_to_the_fiftieth(
    line: str, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.yaml"
    lines = (line.format(number) for number in range(40_000))
    path.write_text(HEAD + "answers:\n" + "".join(lines), encoding="utf-8")
    said = refused(path)
    assert len(said) == 51
    assert said[-1].startswith("... and ")


def test_an_order_of_thousands_of_criteria_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "order.yaml"
    order = ", ".join(["pian"] * 40_000)
    path.write_text(f"{HEAD}context: {{criteria: [{order}]}}\nanswers: {{}}\n", encoding="utf-8")
    assert 1 <= len(refused(path)) <= 51


def test_a_stream_file_of_hundreds_of_megabytes_is_not_even_opened(
    tmp_path: Path, own_folder: Callable[[str], Path]
) -> None:
    folder = own_folder("big.yaml")
    with (folder / "big.yaml").open("wb") as file:
        file.truncate(400_000_000)
    (line,) = refused(tmp_path / "answers.yaml", "--questionnaire", folder.name)
    assert f"big.yaml: 400 MB is too large; {LIMIT}" in line


def test_a_stream_file_that_is_a_pipe_does_not_hold_the_tool_up(
    tmp_path: Path, own_folder: Callable[[str], Path]
) -> None:
    folder = own_folder("pipe.yaml")
    os.mkfifo(folder / "pipe.yaml")
    (line,) = refused(tmp_path / "answers.yaml", "--questionnaire", folder.name)
    assert "pipe.yaml: this is not an ordinary file; name one" in line


@pytest.fixture
def own_folder(tmp_path: Path) -> Callable[[str], Path]:
    """Make a questionnaire folder that names one stream file, and answers beside it."""

    def make(stream_file: str) -> Path:
        folder = tmp_path / "own"
        folder.mkdir()
        (folder / "questionnaire.yaml").write_text(
            "format: 1\nid: own\ntitle: Own\nversion: '1'\n"
            "scale: [{value: 0, name: Never}, {value: 1, name: Always}]\n"
            f"streams: [{stream_file}]\n",
            encoding="utf-8",
        )
        (tmp_path / "answers.yaml").write_text(HEAD + "answers: {}\n", encoding="utf-8")
        return folder

    return make


def refused(path: Path, *more: str) -> list[str]:
    """Score a file; check exit code and peak memory, and return what stands on stderr."""
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, "score", path.name, *more],
        cwd=path.parent,
        env={**os.environ, "HOME": str(path.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    code, megabytes = map(int, ended.stdout.split())
    assert code == EXIT_CANNOT_RUN
    assert megabytes < MOST_MEGABYTES
    assert "Traceback" not in ended.stderr
    return ended.stderr.splitlines()
