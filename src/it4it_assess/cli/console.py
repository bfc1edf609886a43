"""Printing results: rich tables on a terminal, plain text when piped, JSON on its own."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

UNBOUND = 10_000
PATIENCE = 1.0
"""Seconds of work before a bar appears."""
REDRAW = 0.1
"""Seconds between two drawings of the bar."""
LEAST_SHOWN = 2
"""One file has no bar."""
BEYOND_ASCII = re.compile(r"[^ -~\n]")
SHORTEST_NAME = 12
"""A column of names is never narrower than this; one of figures never breaks one."""
LAST_OF_BASIC_PLANE = 0xFFFF


def print_json(data: Any) -> None:
    """Print data as JSON and nothing else."""
    sys.stdout.write(json_text(data))


def print_json_line(data: Any) -> None:
    """Print data as one line of JSON: one document of several."""
    import json

    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    sys.stdout.write(BEYOND_ASCII.sub(_harmless, text) + "\n")


@contextlib.contextmanager
def progress(what: str, total: int, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """Give a function that is told how many are done, and shows it on a terminal.

    Nothing shows before `PATIENCE` seconds; nothing at all where stderr is no terminal, or
    where what is printed there meanwhile shows it (unless `quiet`). No thread is started:
    processes are forked meanwhile.
    """
    shown_anyway = sys.stdout.isatty() and not quiet
    if not sys.stderr.isatty() or shown_anyway or total < LEAST_SHOWN:
        yield None
        return
    bar = _Bar(what, total)
    try:
        yield bar.reached
    finally:
        bar.gone()


class _Bar:
    """A bar that appears once the work has taken a while, and leaves nothing behind."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total = what, total
        self.drawn = time.monotonic() + PATIENCE - REDRAW
        self.shown: Progress | None = None

    def reached(self, done: int) -> None:
        now = time.monotonic()
        if now - self.drawn < REDRAW:
            return
        self.drawn = now
        if self.shown is None:
            self.shown = _bar()
            self.shown.add_task(self.what, total=self.total)
            self.shown.start()
        self.shown.update(self.shown.task_ids[0], completed=done)
        self.shown.refresh()

    def gone(self) -> None:
        if self.shown is not None:
            self.shown.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    )


def json_text(data: Any) -> str:
    """Return data as JSON that acts on no terminal, with a line's end."""
    import json

    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
    return BEYOND_ASCII.sub(_harmless, text) + "\n"


def _harmless(found: re.Match[str]) -> str:
    """Spell out a character that would act on a terminal, as JSON may."""
    one = found.group()
    if one.isprintable():
        return one
    code = ord(one)
    if code > LAST_OF_BASIC_PLANE:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"


def printable(text: str) -> str:
    """Return text in which control characters show instead of acting on the terminal."""
    return "".join(one if one.isprintable() or one == "\n" else repr(one)[1:-1] for one in text)


def note(text: str) -> None:
    """Print a message on stderr."""
    sys.stderr.write(printable(text) + "\n")


def say(text: str) -> None:
    """Print part of a talk on stdout at once, with or without a line's end."""
    sys.stdout.write(printable(text))
    sys.stdout.flush()


def console() -> Console:
    """Return a console on a terminal; text in it is text, whatever it looks like."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def print_table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1
) -> None:
    """Print a table whose first `left` columns are text and whose others are figures.

    Piped, it is tab-separated lines: names first, figures as written.
    """
    if not sys.stdout.isatty():
        lines = [heads, *rows]
        text = "\n".join(
            "\t".join(printable(cell).replace("\t", " ") for cell in line) for line in lines
        )
        sys.stdout.write(f"{printable(title)}\n{text}\n\n")
        return
    out = console()
    table = _table(title, heads, rows, left, gap=1)
    if out.measure(table, options=out.options.update(max_width=UNBOUND)).maximum > out.width:
        table = _table(title, heads, rows, left, gap=0)
    out.print(table)
    out.print()


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], left: int, *, gap: int
) -> Table:
    """Build a table with `gap` blanks more than one between its columns."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(printable(title)),
        title_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap, 0, 0),
    )
    for place, head in enumerate(heads):
        words = place < left
        longest = max((len(row[place]) for row in rows), default=0)
        table.add_column(
            head,
            justify="left" if words else "right",
            overflow="fold",
            min_width=min(longest, SHORTEST_NAME) if words else longest,
        )
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table


def _colour_is_forced() -> bool:
    """Say whether a pipe is to get colours all the same (force-color.org, no-color.org)."""
    return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")


def print_text(*paragraphs: str) -> None:
    """Print paragraphs, wrapped on a terminal."""
    if not sys.stdout.isatty():
        print_lines(paragraphs)
        return
    for paragraph in paragraphs:
        console().print(printable(paragraph))


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as they are, never broken: places in them stay whole, to be clicked or cut."""
    sys.stdout.writelines(printable(line) + "\n" for line in lines)


def print_outline(lines: Iterable[tuple[int, str]]) -> None:
    """Print lines by depth; on a terminal a long one goes on under its own beginning."""
    if not sys.stdout.isatty():
        print_lines(["  " * depth + line for depth, line in lines])
        return
    from rich.padding import Padding

    out = console()
    for depth, line in lines:
        out.print(Padding(printable(line), (0, 0, 0, 2 * depth)))


def print_list(title: str, lines: Sequence[str]) -> None:
    """Print a titled list; nothing when it is empty."""
    if not lines:
        return
    if not sys.stdout.isatty():
        bold = f"\x1b[1m{printable(title)}\x1b[0m" if _colour_is_forced() else printable(title)
        sys.stdout.write(f"{bold}\n")
        print_lines([*(f"- {line}" for line in lines), ""])
        return
    from rich.padding import Padding

    out = console()
    out.print(printable(title), style="bold")
    for line in lines:
        out.print(Padding(f"• {printable(line)}", (0, 0, 0, 2)))
    out.print()
