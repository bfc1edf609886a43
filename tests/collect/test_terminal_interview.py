"""The interview with keys, on real terminals: what is on the screen, and what is on disk."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from typing import TYPE_CHECKING, Self

import pexpect
import pyte
import pytest

from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from it4it_assess.model.questionnaire import Questionnaire

START = """\
# kept by hand
format: 1
questionnaire: it4it
organisation: {name: Café Rosa}
answers: {}
"""
SIZES = [(24, 80), (24, 60), (40, 120), (60, 200)]
PATIENCE = 30
"""Seconds after which what should be on the screen is given up."""


class Terminal:
    """A terminal of so many lines and columns on which an interview runs."""

    def __init__(self, folder: Path, *arguments: str, rows: int = 24, columns: int = 80) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TERM": "xterm-256color",
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        }
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "it4it_assess", "interview", "rosa.yaml", *arguments],
            cwd=str(folder),
            env=environment,
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """All that is on the screen, its lines joined by blanks."""
        return " ".join(" ".join(self.screen.display).split())

    def shows(self, text: str) -> str:
        """Wait until a text is on the screen, wherever its lines break; return the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} never came:\n" + "\n".join(
                self.screen.display
            )
            self._read()
        return self.text

    def ends(self) -> int:
        """Wait for the end of the program and return its exit code."""
        while self.child.isalive():
            self._read()
        self._read()
        self.child.close()
        code: int = self.child.exitstatus if self.child.exitstatus is not None else -1
        return code

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def _read(self) -> None:
        try:
            self.stream.feed(self.child.read_nonblocking(65_536, timeout=0.05))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rosa.yaml"
    path.write_text(START, encoding="utf-8")
    return path


def answers(file: Path) -> dict[str, Answer | None]:
    return load_answers(file).answers


@pytest.mark.parametrize(("rows", "columns"), SIZES, ids=str)
def test_the_question_its_levels_and_its_keys_are_in_view_at_every_size(
    rows: int, columns: int, file: Path, shipped: Questionnaire
) -> None:
    questions = list(shipped.questions.values())
    widest = max(questions, key=lambda one: sum(map(len, one.levels.values())))
    with Terminal(file.parent, "--no-firm", rows=rows, columns=columns) as terminal:
        terminal.shows(questions[0].ask)
        terminal.press(f"j{widest.id}\r")
        terminal.shows(widest.ask)
        for value, sentence in widest.levels.items():
            terminal.shows(f"{value:g} {sentence}")  # a screen may come in several pieces
        terminal.shows("0-5 answer")
        screen = terminal.shows("q leave")
        for sentence in widest.levels.values():
            assert sentence in screen  # all of them at once
        assert shipped.component_of[widest.id].title in screen
        terminal.press("q")
        assert terminal.ends() == 0


def test_one_key_answers_and_is_on_disk_when_the_next_question_shows(
    file: Path, shipped: Questionnaire
) -> None:
    names = list(shipped.questions)
    with Terminal(file.parent, "--no-firm") as terminal:
        terminal.shows(shipped.questions[names[0]].ask)
        for place, key in enumerate("305"):
            terminal.press(key)
            terminal.shows(shipped.questions[names[place + 1]].ask)
            assert answers(file) == {
                names[at]: Answer(level=float(level))
                for at, level in enumerate("305"[: place + 1])
            }
        terminal.press("q")
        assert terminal.ends() == 0
        assert "Everything answered is in rosa.yaml." in terminal.text
        assert "145 open. Go on with: it4it-assess interview rosa.yaml" in terminal.text
    assert file.read_text(encoding="utf-8").startswith("# kept by hand\n")


def test_every_key_does_what_the_screen_says(file: Path, shipped: Questionnaire) -> None:
    names = list(shipped.questions)
    asked = [shipped.questions[name].ask for name in names]
    with Terminal(file.parent, "--no-firm") as terminal:
        terminal.shows(asked[0])
        terminal.press("u")
        terminal.shows("Unsure of which level?")
        terminal.press("2\r")
        terminal.shows(asked[1])
        terminal.press("?")
        terminal.shows(asked[2])
        terminal.press("n")
        terminal.shows("Why does it not apply here?")
        terminal.press("we rent it: all of it\r")
        terminal.shows(asked[3])
        terminal.press("s")
        terminal.shows(asked[4])
        terminal.press("\x1b[D")
        terminal.shows(asked[3])
        terminal.press("4")
        terminal.shows(asked[4])
        terminal.press("z")
        terminal.shows(asked[3])
        terminal.press("+said on Monday\r")
        terminal.shows('"said on Monday"')
        terminal.press("ethe list\r")
        terminal.press("1")
        terminal.shows(asked[4])
        terminal.press("w")
        terminal.shows("Without it:")
        terminal.press("p")
        terminal.shows("too few answers for a score")
        terminal.press("h")
        terminal.shows("unsure of a level, as in u2")
        terminal.press("h")
        terminal.shows("undo the last answer")
        terminal.press("x")
        terminal.shows("'x' is no level")
        terminal.press("aJo Bakker, it-lead\r")
        terminal.press("5")
        terminal.shows(asked[5])
        terminal.press("q")
        assert terminal.ends() == 0
    kept = load_answers(file)
    assert kept.answers == {
        names[0]: Answer(level=2, unsure=True),
        names[1]: Answer(unknown=True),
        names[2]: Answer(not_applicable="we rent it: all of it"),
        names[3]: Answer(level=1, note="said on Monday", evidence=("the list",)),
        names[4]: Answer(by={"jo-bakker": Answer(level=5)}),
    }
    assert kept.respondents["jo-bakker"].role == "it-lead"


def test_a_line_taken_back_with_escape_changes_nothing(file: Path, shipped: Questionnaire) -> None:
    before = file.read_bytes()
    with Terminal(file.parent, "--no-firm") as terminal:
        terminal.shows(next(iter(shipped.questions.values())).ask)
        terminal.press("n")
        terminal.shows("Why does it not apply here?")
        terminal.press("because\x1b")
        terminal.shows("0-5 answer")
        terminal.press("u\r")
        terminal.press("n\r")
        terminal.press("q")
        assert terminal.ends() == 0
    assert file.read_bytes() == before


def test_the_firm_is_asked_the_same_way(file: Path) -> None:
    with Terminal(file.parent) as terminal:
        terminal.shows("How many people work here?")
        terminal.press("48\r")
        terminal.shows("counted in full weeks")
        terminal.press("\r")
        terminal.shows("What line of business is it?")
        terminal.press("11\r")
        terminal.shows("'11' is no number from 1 to 10")
        terminal.press("1\r\rs\r")
        terminal.shows("How important is this to the firm: Change things faster?")
        terminal.press("4")
        terminal.shows("Spend less on IT")
        terminal.press("b")
        terminal.shows("> 4 among the first three")
        terminal.press("\x03")
        assert terminal.ends() == 130
        assert "Everything answered is in rosa.yaml." in terminal.text
    kept = load_answers(file)
    assert kept.organisation.employees == 48
    assert kept.organisation.sector == "food"
    assert kept.context.goals == {"faster-change": 4}


def test_a_new_file_is_made_once_it_has_a_name(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--no-firm") as terminal:
        terminal.shows("What is the organisation called?")
        terminal.press("Café Rosa\n")
        terminal.shows("1 of 28")
        terminal.press("2")
        terminal.shows("2 of 28")
        terminal.press("q")
        assert terminal.ends() == 0
    assert load_answers(tmp_path / "rosa.yaml").organisation.name == "Café Rosa"


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGTERM], ids=lambda one: one.name)
def test_a_terminal_that_is_closed_leaves_the_answers_and_no_lock(
    end: signal.Signals, file: Path, shipped: Questionnaire
) -> None:
    names = list(shipped.questions)
    with Terminal(file.parent, "--no-firm") as terminal:
        terminal.shows(shipped.questions[names[0]].ask)
        terminal.press("4")
        terminal.shows(shipped.questions[names[1]].ask)
        terminal.child.kill(end)
        assert terminal.ends() == 130
    assert answers(file) == {names[0]: Answer(level=4)}
    assert [one.name for one in file.parent.glob(".*.lock")] == []


def test_a_second_interview_is_told_who_holds_the_file(file: Path) -> None:
    with Terminal(file.parent, "--no-firm") as first:
        first.shows("0-5 answer")
        with Terminal(file.parent, "--no-firm") as second:
            assert second.ends() == 2
            holder = f"another interview (process {first.child.pid}) has this file open"
            assert holder in second.text
        first.press("q")
        assert first.ends() == 0


def test_what_cannot_be_saved_is_said_and_can_be_tried_again(
    file: Path, shipped: Questionnaire
) -> None:
    names = list(shipped.questions)
    with Terminal(file.parent, "--no-firm") as terminal:
        terminal.shows(shipped.questions[names[0]].ask)
        text = file.read_text(encoding="utf-8")
        file.write_text(text + "# theirs\n", encoding="utf-8")
        terminal.press("3")
        terminal.shows("somebody else has changed this file; nothing was overwritten")
        file.write_text(text, encoding="utf-8")
        terminal.press("3")
        terminal.shows(shipped.questions[names[1]].ask)
        terminal.press("q")
        assert terminal.ends() == 0
    assert answers(file) == {names[0]: Answer(level=3)}


def test_a_full_interview_needs_hardly_more_than_a_key_a_question(
    file: Path, shipped: Questionnaire
) -> None:
    keys = "".join(str(place % 6) for place in range(len(shipped.questions)))
    assert len(keys) <= 1.3 * len(shipped.questions)
    with Terminal(file.parent, "--no-firm") as terminal:
        terminal.shows("0-5 answer")
        terminal.press(keys)
        assert terminal.ends() == 0
        assert "All is answered. Now: it4it-assess report rosa.yaml" in terminal.text
    assert [answer and answer.level for answer in answers(file).values()] == [
        float(key) for key in keys
    ]


@pytest.mark.parametrize("seed", range(18))
def test_killed_at_any_moment_it_has_lost_no_confirmed_answer(
    seed: int, file: Path, shipped: Questionnaire
) -> None:
    """Ten interviews a seed, each killed at a random moment after a random answer."""
    names = list(shipped.questions)
    dice = random.Random(seed)  # noqa: S311  moments, not secrets
    for _ in range(10):
        file.write_text(START, encoding="utf-8")
        sure = dice.randint(1, 4)
        with Terminal(file.parent, "--no-firm") as terminal:
            terminal.shows(shipped.questions[names[0]].ask)
            for place in range(sure):
                terminal.press("3")
                terminal.shows(shipped.questions[names[place + 1]].ask)
            terminal.press("4")
            time.sleep(dice.random() / 50)
            terminal.child.kill(signal.SIGKILL)
        levels = [answer and answer.level for answer in answers(file).values()]
        assert levels in ([3.0] * sure, [*[3.0] * sure, 4.0])
