"""On a real terminal: tables that fit its width and keep every figure whole."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest

from conftest import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment

SIZES = [(24, 80), (40, 120)]
TALL = 500
"""Rows of the screen that is looked at: the whole output, as if scrolled through."""


@pytest.mark.parametrize(("rows", "columns"), SIZES, ids=str)
def test_the_table_of_scores_fits_the_terminal(
    rows: int, columns: int, tmp_path: Path, example: Callable[[str], Assessment]
) -> None:
    screen = shown(tmp_path, rows, columns, "score")
    for stream in example("bakery").scorecard.streams:
        assert stream.score is not None
        figures = [
            f"{stream.score:.1f}",
            f"{stream.low:.1f}",
            f"{stream.high:.1f}",
            f"{stream.level}",
            f"{stream.target:.1f}",
            f"{stream.gap:.1f}",
            f"{stream.coverage:.0%}".replace("%", " %"),
        ]
        assert on_one_line(screen, stream.title.split()[0], figures)


@pytest.mark.parametrize(("rows", "columns"), SIZES, ids=str)
def test_the_table_of_the_ranking_fits_the_terminal(
    rows: int, columns: int, tmp_path: Path, example: Callable[[str], Assessment]
) -> None:
    screen = shown(tmp_path, rows, columns, "rank")
    for stream in example("bakery").ranking.streams:
        figures = [f"{part:.2f}" for part in stream.contributions.values()]
        assert on_one_line(screen, f"{stream.rank}.", [*figures, f"{stream.value:.2f}", "%"])


@pytest.mark.parametrize(("rows", "columns"), SIZES, ids=str)
def test_the_roadmap_fits_the_terminal(
    rows: int, columns: int, tmp_path: Path, example: Callable[[str], Assessment]
) -> None:
    screen = shown(tmp_path, rows, columns, "roadmap")
    plan = example("bakery").roadmap
    for job in plan.initiatives:
        if job.quarter is not None and job.cost is not None:
            days = "1 day" if job.days == 1 else f"{job.days:g} days"
            assert on_one_line(screen, job.title.split()[0], [days, f"EUR {job.cost:,.0f}"])
    for wave in plan.waves:
        figures = [f"{wave.projected[stream]:.1f}" for stream in plan.today]
        assert on_one_line(screen, "End", figures)


def test_no_color_leaves_a_terminal_without_colours(tmp_path: Path) -> None:
    assert colours(tmp_path, "--help") != {"default"}
    assert colours(tmp_path, "--help", NO_COLOR="1") == {"default"}


def test_a_terminal_that_is_dumb_gets_no_escapes(tmp_path: Path) -> None:
    assert "\x1b" not in typed(tmp_path, 24, 80, "rank", TERM="dumb")


def typed(folder: Path, rows: int, columns: int, command: str, **environment: str) -> str:
    """Run a command on a terminal of that size; return all it wrote there."""
    answers = [] if command.startswith("-") else [str(EXAMPLES / "bakery.yaml")]
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "XDG_CACHE_HOME", "COVERAGE_PROCESS_CONFIG"}
    }
    child = pexpect.spawn(
        sys.executable,
        ["-m", "it4it_assess", command, *answers],
        cwd=str(folder),
        dimensions=(rows, columns),
        env={**kept, "HOME": str(folder), "TERM": "xterm-256color", **environment},
        encoding="utf-8",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return child.before or ""


def screen_of(written: str, columns: int) -> pyte.Screen:
    screen = pyte.Screen(columns, TALL)
    pyte.Stream(screen).feed(written)
    return screen


def shown(folder: Path, rows: int, columns: int, command: str) -> list[str]:
    """Return the lines a command shows; each was written as one line and none was cut."""
    written = typed(folder, rows, columns, command)
    lines = [line.rstrip() for line in screen_of(written, columns).display]
    wide = [line.rstrip() for line in screen_of(written, 10 * columns).display]
    assert lines == wide  # the terminal wrapped nothing by itself
    assert not any("\u2026" in line for line in lines)
    return lines


def colours(folder: Path, command: str, **environment: str) -> set[str]:
    screen = screen_of(typed(folder, 24, 80, command, **environment), 80)
    return {cell.fg for line in screen.buffer.values() for cell in line.values()}


def on_one_line(screen: list[str], start: str, figures: list[str]) -> bool:
    return any(on_line(line, start, figures) for line in screen)


def on_line(line: str, start: str, figures: list[str]) -> bool:
    """Say whether a line begins so and then has these figures in this order."""
    if not line.startswith(start):
        return False
    at = len(start)
    for figure in figures:
        at = line.find(figure, at)
        if at < 0:
            return False
        at += len(figure)
    return True
