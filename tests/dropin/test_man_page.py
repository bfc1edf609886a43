"""The manual page: what the commands' help says, in a form that formatters take."""

from __future__ import annotations

import os
import subprocess

from it4it_assess.cli.app import COMMANDS
from man_page import PAGE, man_page


def test_the_manual_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == man_page(), "run `make man`"


def test_formatters_have_nothing_against_the_manual_page() -> None:
    for command in (["groff", "-man", "-ww", "-Tutf8"], ["mandoc", "-Tlint", "-Wwarning"]):
        ended = subprocess.run(
            [*command, str(PAGE)], capture_output=True, text=True, check=False, timeout=60
        )
        assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout


def test_the_manual_page_shows_every_command_and_its_examples() -> None:
    shown = subprocess.run(
        ["mandoc", "-Tutf8", "-Owidth=120", str(PAGE)],  # noqa: S607
        capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ).stdout  # fmt: skip
    plain = "".join(
        letter
        for place, letter in enumerate(shown)
        if letter != "\b" and shown[place + 1 : place + 2] != "\b"
    )
    for name in COMMANDS:
        assert f"\n   {name}" in plain
    assert "it4it-assess report clients/ --out site --check" in plain
    assert "--audience, -a owner|board|consultant" in plain
