"""Pages to text through the templates; a format is a template and how it is escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from it4it_assess.report import charts
from it4it_assess.report.agenda import lay_out_agenda
from it4it_assess.report.markdown import escaped
from it4it_assess.report.view import lay_out_page
from it4it_assess.resources import bundled

if TYPE_CHECKING:
    from jinja2 import Environment

    from it4it_assess.model.agenda import Agenda
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire


class Format(NamedTuple):
    """A format of the report: its template, and the ending of its files."""

    template: str
    ending: str


FORMATS = {
    "md": Format("report.md.j2", "md"),
    "html": Format("report.html.j2", "html"),
}


def render(assessment: Assessment, questionnaire: Questionnaire, form: str) -> str:
    """Return the report of an assessment in one of `FORMATS`."""
    template = FORMATS[form].template
    page = lay_out_page(assessment, questionnaire)
    return environment(form).get_template(template).render(page=page, charts=charts)


def render_agenda(agenda: Agenda, questionnaire: Questionnaire, minutes: int | None) -> str:
    """Return a workshop's agenda as Markdown: what fits into so many minutes, or all of it."""
    page = lay_out_agenda(agenda, questionnaire, minutes)
    return environment("md").get_template("agenda.md.j2").render(page=page)


@cache
def environment(form: str) -> Environment:
    """Return the sandbox a format's templates run in.

    HTML is escaped by Jinja's autoescape, switched on outright: its own choice by file
    name leaves `*.html.j2` unescaped. Markdown is escaped as each value is written.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(bundled("report_templates")),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=escaped if form == "md" else None,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True}
    return environment
