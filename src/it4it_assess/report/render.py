"""Pages to text through the templates; a form is a set of templates and how they are escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from it4it_assess.report import charts, mermaid
from it4it_assess.report.agenda import lay_out_agenda
from it4it_assess.report.annex import every_answer
from it4it_assess.report.colours import accents
from it4it_assess.report.design import Design
from it4it_assess.report.markdown import escaped
from it4it_assess.report.sandbox import environment_for, written
from it4it_assess.report.shipped import cell
from it4it_assess.report.view import lay_out_page

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from it4it_assess.files.brand import Brand
    from it4it_assess.model.agenda import Agenda
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

FORMS = ("md", "html")
CHARTS = {
    "html": MappingProxyType({name: getattr(charts, name) for name in charts.__all__}),
    "md": MappingProxyType({name: getattr(mermaid, name) for name in mermaid.__all__}),
}
_UNSAFE_IN_CSS = re.compile(r"[^A-Za-z0-9 ]")


def render(
    assessment: Assessment,
    questionnaire: Questionnaire,
    form: str,
    design: Design = Design(),  # noqa: B008  a value, the same each time
) -> str:
    """Return the report of an assessment in one of `FORMS`, as the design has it."""
    start = "owner" if design.audience == "owner" else "report"
    page = lay_out_page(assessment, questionnaire)
    if design.audience == "consultant":
        page = page._replace(answers=every_answer(assessment, questionnaire))
    values = {
        "page": page,
        "charts": CHARTS[form],
        "audience": design.audience,
        "brand": brand_values(design.brand),
    }
    made = environment(form, design.templates)
    return written(made, f"{start}.{form}.j2", values, design.templates)


def brand_values(brand: Brand) -> dict[str, Any]:
    """Return a brand as templates take it, its colour with the shades made of it."""
    return {**brand._asdict(), "accent": accents(brand.accent) if brand.accent else None}


def render_agenda(agenda: Agenda, questionnaire: Questionnaire, minutes: int | None) -> str:
    """Return a workshop's agenda as Markdown: what fits into so many minutes, or all of it."""
    page = lay_out_agenda(agenda, questionnaire, minutes)
    return environment("md").get_template("agenda.md.j2").render(page=page)


@cache
def environment(form: str, templates: Path | None = None) -> Environment:
    """Return where a form's templates run.

    HTML is escaped by Jinja's autoescape, switched on outright: its own choice by file
    name leaves `*.html.j2` unescaped. Markdown is escaped as each value is written.
    """
    html = form == "html"
    made = environment_for(templates, autoescape=html, finalize=None if html else escaped)
    made.filters["css_text"] = css_text
    made.filters["digest"] = digest
    made.globals["table_cell"] = cell
    return made


def css_text(value: Any) -> Markup:
    """Return text as a CSS string: all but letters, figures and blanks as their numbers."""
    text = _UNSAFE_IN_CSS.sub(lambda found: f"\\{ord(found.group()):x} ", str(value))
    return Markup(f'"{text}"')  # noqa: S704  nothing is left that CSS or HTML acts on


def digest(text: str) -> str:
    """Return a text's digest as a Content Security Policy writes it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
