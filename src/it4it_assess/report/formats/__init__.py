"""The formats a report can be written in: one module each, loaded only when it is asked for.

A module here has one public function, `render(assessment, questionnaire) -> Files`. To add a
format: the module, a line in `FORMATS`, and a folder of its name in tests/report/formats.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.design import Design

Files = dict[str, bytes]
"""What a format writes: by the end of a file's name, such as `.md`, the bytes in it."""


class Format(NamedTuple):
    """A format: what it is good for, and the extra with the libraries it cannot do without.

    A designed one is made from templates: its `render` takes a `Design` as well.
    """

    says: str
    extra: str = ""
    needs: tuple[str, ...] = ()
    designed: bool = False


FORMATS = {
    "md": Format("Markdown", designed=True),
    "html": Format("one page that needs nothing else", designed=True),
    "json": Format("all of it, for programs"),
    "csv": Format("each table as a file"),
    "tasks": Format("the plan as tasks for Jira, GitHub and Planner"),
    "archimate": Format("a model for Archi and other ArchiMate tools"),
    "xlsx": Format("a workbook", extra="xlsx", needs=("xlsxwriter",)),
    "docx": Format("a Word document", extra="docx", needs=("docx", "PIL")),
    "pdf": Format("tagged PDF", extra="pdf", needs=("weasyprint",), designed=True),
}
"""By name, which is also the name of the module."""
USUAL = ("md", "html")
"""What is written when no format is asked for."""


def rendered(
    name: str, assessment: Assessment, questionnaire: Questionnaire, design: Design | None = None
) -> Files:
    """Return the files of an assessment in one of `FORMATS`; the same bytes every time."""
    render = import_module(f"{__name__}.{name}").render
    chosen = () if design is None or not FORMATS[name].designed else (design,)
    files: Files = render(assessment, questionnaire, *chosen)
    return files


def require(name: str) -> None:
    """Load a format; AssessError, with the command that helps, where its libraries are missing."""
    form = FORMATS[name]
    missing = [library for library in form.needs if find_spec(library) is None]
    if missing:
        raise AssessError(
            f"the {name} format needs {' and '.join(missing)}, which this installation lacks; "
            f"install with: pip install 'it4it-assess[{form.extra}]'"
        )
    import_module(f"{__name__}.{name}")
