"""The sandbox that templates run in, and what is wrong with one, by file and line.

A firm's own templates come before those shipped, which stay within reach as `shipped/NAME`.
They may read what a page offers and nothing else: no attribute that begins with an underscore,
no file outside their folder, no change to a value, no loop or text without an end.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from it4it_assess.errors import AssessError, InvalidFileError, Problem
from it4it_assess.files.source import read_text
from it4it_assess.files.wording import nearest
from it4it_assess.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from jinja2 import Environment

SHIPPED = "shipped"
OF_THE_REPORT = {"macros", "owner", "page", "report"}
MOST_STEPS = 100_000
"""Numbers that all ranges of one rendering may yield together."""
MOST_TIMES = 1_000
"""How often a text or list may be repeated, and the highest exponent."""
MOST_TEXT = 20_000_000
_WIDE = re.compile(r"%[^%A-Za-z]*[0-9]{4}|:[^{}]*[0-9]{4}[^{}]*\}")
_NOTHING = object()
SEE = "docs/templates.md lists what there is"


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with an end to ranges and to repeated text."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read what a page offers without Jinja's slower checks, which it would pass anyway.

        A page is made of tuples: without an underscore in front, a tuple has no attribute that
        changes it or leads out of it.
        """
        if isinstance(obj, tuple) and attribute[:1] != "_":
            found = getattr(obj, attribute, _NOTHING)
            if found is not _NOTHING:
                return found
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply and raise only within reason: `"x" * 1000000000` would fill the memory."""
        if operator == "%":
            if isinstance(left, str):
                _refuse_wide(left, right if isinstance(right, tuple) else (right,))
            return super().call_binop(context, operator, left, right)
        bounded = (right,) if operator == "**" else (left, right)
        repeats = operator == "**" or not all(isinstance(one, (int, float)) for one in bounded)
        if repeats and any(isinstance(one, int) and one > MOST_TIMES for one in bounded):
            raise SecurityError(f"{operator} goes beyond {MOST_TIMES:,}")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Let a text format others, of a width within reason."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        def bounded(*given: Any, **named: Any) -> str:
            _refuse_wide(value.__self__, (*given, *named.values()))
            return wrapped(*given, **named)

        return bounded

    def call(self, context: Any, obj: Any, *given: Any, **named: Any) -> Any:
        """Call what a page offers; methods of texts only with small numbers."""
        if isinstance(text := getattr(obj, "__self__", None), str):
            _refuse_grown(text, obj.__name__, (*given, *named.values()))
        return super().call(context, obj, *given, **named)


def _refuse_wide(form: str, given: Iterable[Any]) -> None:
    """Refuse a format with a width that would fill the memory."""
    if _WIDE.search(form) or any(isinstance(one, int) and one > MOST_TIMES for one in given):
        raise SecurityError(f"a width goes beyond {MOST_TIMES:,}")


def _refuse_grown(text: Any, name: str, given: tuple[Any, ...]) -> None:
    """Refuse a filter or a text's method that would make a text or list without an end."""
    if name in {"format", "format_map"}:
        _refuse_wide(str(text), given)
    if name == "replace" and len(given) > 1:
        if str(text).count(str(given[0])) * len(str(given[1])) > MOST_TEXT:
            raise SecurityError("replace makes a text too long")
    elif any(isinstance(one, int) and one > MOST_TIMES for one in given):
        raise SecurityError(f"{name} goes beyond {MOST_TIMES:,}")


def _within_reason(name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses numbers which would fill the memory."""
    first = 1 if hasattr(apply, "jinja_pass_arg") else 0

    @wraps(apply)
    def bounded(*given: Any, **named: Any) -> Any:
        _refuse_grown(given[first], name, (*given[first + 1 :], *named.values()))
        return apply(*given, **named)

    return bounded


class OwnTemplates(BaseLoader):
    """Templates of a folder, and of nowhere that a link in it leads to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text and where it stands."""
        del environment
        path = self.folder.joinpath(*split_template_path(template))
        if not path.is_file():
            raise TemplateNotFound(template)
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise AssessError(
                f"{path}: this is a link to somewhere outside {self.folder}; copy the file there"
            )
        return read_text(path), str(path), lambda: True

    def list_templates(self) -> list[str]:
        """Return the names of the folder's templates."""
        return sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.j2")
        )


def sandbox(templates: Path | None, **options: Any) -> Sandbox:
    """Return an environment for templates; a folder's own are looked for first."""
    ours = FileSystemLoader(bundled("report_templates"))
    loaders: list[BaseLoader] = [] if templates is None else [OwnTemplates(templates)]
    made = Sandbox(
        loader=ChoiceLoader([*loaders, ours, PrefixLoader({SHIPPED: ours})]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=templates is None,  # folding constants takes a cube of the depth in time
        **options,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": True}
    if templates is not None:
        made.globals.pop("lipsum")  # text without an end
        made.filters.update(
            {name: _within_reason(name, one) for name, one in made.filters.items()}
        )
        _check(made, OwnTemplates(templates))
    return made


def written(environment: Sandbox, name: str, values: Mapping[str, Any], own: Path | None) -> str:
    """Return a template's text; AssessError names the file and line of a broken one of `own`."""
    if own is None:
        return environment.get_template(name).render(values)
    try:
        pieces = environment.get_template(name).generate({**values, "range": _bounded_range()})
        return "".join(_bounded(pieces, own))
    except AssessError:
        raise
    except Exception as error:
        problem = _problem(error, own)
        if problem is None:
            raise
        raise InvalidFileError([problem]) from error


def _bounded_range() -> Callable[..., Iterator[int]]:
    """Return a `range` whose every use draws on one store of numbers."""
    left = MOST_STEPS

    def bounded(*limits: int) -> Iterator[int]:
        nonlocal left
        for number in range(*limits):
            left -= 1
            if left < 0:
                raise SecurityError(f"it loops over more than {MOST_STEPS:,} numbers")
            yield number

    return bounded


def _bounded(pieces: Iterable[str], own: Path) -> Iterator[str]:
    """Yield text up to a size no report comes near."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_TEXT:
            most = f"{MOST_TEXT // 1_000_000} MB"
            raise AssessError(f"{own}: its templates write more than {most}; shorten a loop")
        yield piece


def _check(environment: Sandbox, own: OwnTemplates) -> None:
    """Refuse a folder whose templates do not parse, name a lost block, or are none of ours."""
    names, shipped = own.list_templates(), set(_of_the_report())
    if not shipped & set(names) and not (own.folder / "brand.yaml").is_file():
        raise AssessError(
            f"{own.folder}: none of the report's templates is here; name one as it is named "
            f"among {', '.join(sorted(shipped))}"
        )
    problems = []
    for name in names:
        text, path, _ = own.get_source(environment, name)
        try:
            parsed = environment.parse(text, name, path)
            environment.compile(parsed, name, path)
        except TemplateSyntaxError as error:
            problems.append(_said(path, error.lineno, error.message))
            continue
        except (SyntaxError, RecursionError):
            problems.append(_said(path, 1, "it is nested too deeply"))
            continue
        if name in shipped:
            problems += _lost_blocks(environment, parsed, name, path)
    if problems:
        raise InvalidFileError(problems)


def _of_the_report() -> Iterator[str]:
    """Yield the templates a report is written with; forms, agendas and comparisons have others."""
    for name in FileSystemLoader(bundled("report_templates")).list_templates():
        if name.partition(".")[0] in OF_THE_REPORT:
            yield name


def _lost_blocks(
    environment: Sandbox, parsed: nodes.Template, name: str, path: str
) -> Iterator[Problem]:
    """Yield each block that stands where nothing would ever show it."""
    if parsed.find(nodes.Extends) is None:
        return
    known: set[str] = set()
    for one in (name, "page.html.j2"):
        source, _, _ = FileSystemLoader(bundled("report_templates")).get_source(environment, one)
        known |= {block.name for block in environment.parse(source).find_all(nodes.Block)}
    for block in parsed.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            hint = nearest(block.name, known, otherwise=SEE)
            cause = f"there is no block {block.name!r} to override"
            yield Problem(path, block.lineno, 1, cause, hint)


def _problem(error: Exception, own: Path) -> Problem | None:
    """Return what is wrong and where; None where no template has a part in it."""
    if isinstance(error, TemplateSyntaxError):
        return _said(error.filename or error.name or str(own), error.lineno, error.message)
    places = [
        (frame.tb_frame.f_code.co_filename, frame.tb_lineno)
        for frame in _frames(error.__traceback__)
        if frame.tb_frame.f_code.co_filename.endswith(".j2")
    ]
    mine = [place for place in places if place[0].startswith(str(own))]
    if not places:
        return None
    file, line = (mine or places)[-1]
    if isinstance(error, TemplateNotFound):
        return _said(file, line, f"there is no template {str(error)!r}")
    if isinstance(error, RecursionError):
        return _said(file, line, "it calls itself without an end")
    return _said(file, line, str(error) or type(error).__name__)


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _said(file: str, line: int, message: str | None) -> Problem:
    cause = (message or "it is broken").rstrip(".").replace("it4it_assess.report.", "")
    return Problem(file, line, 1, cause, SEE)
