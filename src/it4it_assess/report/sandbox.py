"""The sandbox that templates run in, and what is wrong with one, by file and line.

A firm's own templates come before those shipped, which stay within reach as `shipped/NAME`.
They may read what a page offers and nothing else: no attribute that begins with an underscore,
no file outside their folder, no change to a value, no loop or text without an end.
"""

from __future__ import annotations

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

from it4it_assess.errors import AssessError, InvalidFileError, Problem
from it4it_assess.files.source import read_text
from it4it_assess.files.wording import nearest
from it4it_assess.report.bounds import MOST_TEXT, Sandbox, within_reason
from it4it_assess.report.shipped import Shipped
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
SEE = "docs/templates.md lists what there is"


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


def environment_for(templates: Path | None, **options: Any) -> Environment:
    """Return where templates run: those shipped as they are, a folder's own in the sandbox.

    What is shipped is code of ours, and the sandbox would cost it a third of its time.
    """
    ours = FileSystemLoader(bundled("report_templates"))
    common: dict[str, Any] = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
        "auto_reload": False,
        **options,
    }
    made: Environment
    if templates is None:
        made = Shipped(loader=ours, **common)
    else:
        own = OwnTemplates(templates)
        made = Sandbox(
            loader=ChoiceLoader([own, ours, PrefixLoader({SHIPPED: ours})]),
            optimized=False,  # folding constants takes a cube of the depth in time
            **common,
        )
        made.globals.pop("lipsum")  # text without an end
        made.filters.update({name: within_reason(name, one) for name, one in made.filters.items()})
        _check(made, own)
    made.policies["json.dumps_kwargs"] = {"sort_keys": True}
    return made


def written(
    environment: Environment, name: str, values: Mapping[str, Any], own: Path | None
) -> str:
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
