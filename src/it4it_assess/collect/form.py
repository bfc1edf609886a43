"""A questionnaire as one HTML file: opened from a mail, filled in offline, sent back as a file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from it4it_assess.collect.invitation import as_written
from it4it_assess.collect.sitting import SECONDS_A_QUESTION
from it4it_assess.resources import bundled

if TYPE_CHECKING:
    from jinja2 import Template

    from it4it_assess.collect.invitation import Invitation


class Inlined(NamedTuple):
    """A style sheet or script that stands in the page, and the hash that lets it run there."""

    text: Markup
    hash: str


def form_page(invitation: Invitation) -> str:
    """Return the page: everything in it, nothing fetched, nothing sent.

    Every text is escaped by Jinja's autoescape. The style and the script are the same in
    every form, take nothing from a questionnaire, and are allowed by their hashes alone.
    """
    return _template().render(
        form=invitation,
        seconds=SECONDS_A_QUESTION,
        written=as_written,
        style=_inlined("form.css"),
        script=_inlined("form.js"),
    )


def _inlined(name: str) -> Inlined:
    text = (bundled("report_templates") / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inlined(Markup(text), f"sha256-{digest}")  # noqa: S704  our own file, not input


@cache
def _template() -> Template:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(bundled("report_templates")),
        autoescape=True,  # Jinja's own choice by file name leaves `*.html.j2` unescaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return environment.get_template("form.html.j2")
