"""The program `it4it-assess`: its commands, its one error handler, its exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from it4it_assess import __version__
from it4it_assess.cli import console
from it4it_assess.cli.complete import COMPLETING
from it4it_assess.errors import (
    EXIT_BUG,
    EXIT_CANNOT_RUN,
    EXIT_INTERRUPTED,
    EXIT_OK,
    AssessError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAM = "it4it-assess"

COMMANDS = (
    "demo",
    "init",
    "interview",
    "form",
    "import",
    "merge",
    "workshop",
    "validate",
    "score",
    "rank",
    "roadmap",
    "explain",
    "report",
    "check",
    "migrate",
    "compare",
    "anonymise",
    "portfolio",
    "questionnaire",
)
"""The commands in the order of the help; each is a module beside this one."""

PYTHON_NAMES = {"import": "import_"}
"""Commands whose name is a word of Python's own: what their module and function are called."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Assess a firm's IT against the IT4IT value streams.

    Which stream to adopt first, why, what would change that, and a roadmap that fits two
    people and one day a week.

    Try [bold]it4it-assess demo[/bold] first, then [bold]it4it-assess init answers.yaml[/bold].
    """


def program(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the program with these commands."""
    app = typer.Typer(
        name=PROGRAM,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for name in commands:
        called = PYTHON_NAMES.get(name, name)
        module = import_module(f"it4it_assess.cli.{called}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name, rich_help_panel=None)(getattr(module, called))
    return app


def main() -> int:
    """Run the program and return its exit code; every outcome of a run passes through here."""
    try:
        outcome = program(_asked_for())(standalone_mode=False, prog_name=PROGRAM)
        sys.stdout.flush()
    except SystemExit as end:
        if COMPLETING in os.environ:
            return int(end.code or 0)  # fish asks by it whether there is anything to offer
        return _reader_gone()  # typer's way to say that nobody reads on
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001  every run ends here
        return _end(error)
    return outcome if isinstance(outcome, int) else EXIT_OK


def _asked_for() -> Iterable[str]:
    """Return the one command that is named, or all: building the others is half the start."""
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    named = line.split()[1:2] if COMPLETING in os.environ else sys.argv[1:2]
    return named if named and named[0] in COMMANDS else COMMANDS


def _end(error: BaseException) -> int:
    """Say what ended the run, and return its exit code."""
    match error:
        case AssessError():
            return _say(str(error), EXIT_CANNOT_RUN)
        case KeyboardInterrupt() | typer.Abort():
            return _say("interrupted", EXIT_INTERRUPTED)
        case BrokenPipeError():
            return _reader_gone()
        case OSError():
            _settle_stdout()
            what = f"{error.filename}: " if error.filename else ""
            return _say(f"{what}{error.strerror or error}", EXIT_CANNOT_RUN)
    if hasattr(error, "exit_code") and hasattr(error, "show"):
        return _usage(error)
    return _bug(error)


def _reader_gone() -> int:
    """End quietly where the reader of a pipe has gone: nobody is left to tell."""
    _drop_stdout()
    return EXIT_OK


def _settle_stdout() -> None:
    """Write what is still to be written, and let it go where it cannot be."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop_stdout()


def _drop_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: Any) -> int:
    """Show a usage error in typer's own way."""
    from typer import rich_utils

    rich_utils.rich_format_error(error)
    return int(error.exit_code)


def _bug(error: BaseException) -> int:
    """Put a bug's traceback, without values, into a file and name the file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix=f"{PROGRAM}-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"{PROGRAM} {__version__}, Python {sys.version}\n")
        log.writelines(traceback.format_exception(error))
    return _say(
        f"This is a bug in {PROGRAM}, not in your files ({type(error).__name__}). "
        f"What happened is in {Path(log.name)}; please send it along.",
        EXIT_BUG,
    )


def _say(text: str, code: int) -> int:
    """Print a message for the user on stderr, and return the exit code that goes with it."""
    console.note(text)
    return code
