"""The manual page, made from the commands' own help: `make man` writes it, a test holds it."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import typer

from it4it_assess import __version__
from it4it_assess.cli.app import PROGRAM, program

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).resolve().parents[1] / "man" / f"{PROGRAM}.1"
DATE = "2026-11-24"
"""Stands on the page; moves with the version."""
MARKUP = re.compile(r"\[/?bold\]")
CODE = re.compile(r"`([^`]*)`")
EXIT_CODES = {
    "0": "fine", "1": "a check found something", "2": "could not run", "3": "a bug",
    "130": "interrupted",
}  # fmt: skip
VARIABLES = {
    "SOURCE_DATE_EPOCH": "The day of a report whose answer file has none, in seconds since 1970.",
    "NO_COLOR": "Set to anything, nothing is coloured.",
    "XDG_CACHE_HOME": "Where questionnaires that were read are kept ready.",
}
TYPES: dict[Any, str] = {int: "N", float: "NUMBER", Path: "FILE"}
OTHERS = {"--help", "--install-completion", "--show-completion"}


def man_page() -> str:
    """Return the page in the language of man(7)."""
    group: Any = typer.main.get_command(program())
    about, _ = _parts(group.help)
    lines = [
        f'.TH {PROGRAM.upper()} 1 "{DATE}" "{PROGRAM} {__version__}" "User Commands"',
        ".SH NAME",
        rf"{_plain(PROGRAM)} \- {_plain(about[0].rstrip('.'))}",
        ".SH SYNOPSIS",
        rf"\fB{_plain(PROGRAM)}\fR \fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]",
        ".SH DESCRIPTION",
        *_paragraphs(about[1:]),
        ".SH OPTIONS",
        *(line for one in group.params for line in _option(one, every=True)),
        ".SH COMMANDS",
    ]
    for name, command in group.commands.items():
        for title, one in _with_its_own(name, command):
            lines += _command(title, one)
    lines += [".SH EXIT STATUS", *_list(EXIT_CODES), ".SH ENVIRONMENT", *_list(VARIABLES)]
    return "\n".join(lines) + "\n"


def _with_its_own(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Yield a command, or the commands of a group, with their names."""
    if hasattr(command, "commands"):
        for inner, one in command.commands.items():
            yield f"{name} {inner}", one
    else:
        yield name, command


def _command(name: str, command: Any) -> Iterator[str]:
    told, examples = _parts(command.help)
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    yield f".SS {_plain(name)}"
    yield "\n.PP\n".join(_marked(one) for one in told)
    for one in arguments:
        yield f".TP\n\\fI{_plain(_value(one))}\\fR\n{_help(one)}"
    for one in options:
        yield from _option(one)
    if examples:
        yield ".PP\nExamples:\n.PP\n.nf"
        yield from (_line(f"  {one}") for one in examples)
        yield ".fi"


def _option(option: Any, *, every: bool = False) -> Iterator[str]:
    if OTHERS & set(option.opts) and not every:
        return
    names = ", ".join(rf"\fB{_plain(one)}\fR" for one in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else rf" \fI{_plain(_value(option))}\fR"
    yield f".TP\n{names}{value}\n{_help(option)}"


def _value(parameter: Any) -> str:
    """Return what stands for a value: its own word, its choices, or the name of its type."""
    if parameter.metavar:
        return str(parameter.metavar)
    kind = parameter.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(one.value) for one in kind)
    if get_origin(kind) is Literal:
        return "|".join(get_args(kind))
    return TYPES.get(kind, "TEXT")


def _help(parameter: Any) -> str:
    default = getattr(parameter.default, "value", parameter.default)
    shown = parameter.show_default and not callable(default) and default not in (None, False, "")
    ending = f" Default: {default}." if shown else ""
    return _line(_marked(f"{parameter.help or ''}{ending}".strip()), escaped=True)


def _parts(help_text: str | None) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a help text, and the commands below its `Examples:`."""
    text, _, examples = MARKUP.sub("`", help_text or "").partition("Examples:")
    paragraphs = [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]
    return paragraphs, [one.strip() for one in examples.splitlines() if one.strip()]


def _paragraphs(told: list[str]) -> Iterator[str]:
    yield "\n.PP\n".join(_marked(one) for one in told)


def _list(items: dict[str, str]) -> Iterator[str]:
    for name, says in items.items():
        yield f".TP\n\\fB{_plain(name)}\\fR\n{_marked(says)}"


def _plain(text: str) -> str:
    """Return text whose characters are only themselves."""
    return text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")


def _marked(text: str) -> str:
    return CODE.sub(r"\\fB\1\\fR", _plain(text))


def _line(text: str, *, escaped: bool = False) -> str:
    """Return a line that is no request to the formatter."""
    line = text if escaped else _plain(text)
    return rf"\&{line}" if line.startswith((".", "'")) else line


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(man_page(), encoding="utf-8", newline="\n")
