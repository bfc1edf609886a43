"""PDF: the HTML report as paged, tagged PDF/UA-1, by WeasyPrint.

The same input gives the same bytes wherever WeasyPrint and the fonts are the same. Nothing is
fetched: what the page holds is all there is.
"""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from it4it_assess.errors import AssessError
from it4it_assess.report.chart_looks import with_own_looks
from it4it_assess.report.design import Design
from it4it_assess.report.render import render as rendered_page

try:
    with contextlib.redirect_stdout(io.StringIO()):  # where it prints what it misses
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
except OSError as error:  # it is there, and the library it draws text with is not
    raise AssessError(
        "the pdf format needs the library Pango, which is not installed; "
        "on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0; elsewhere see "
        "WeasyPrint's page on installing it, or print the HTML report from a browser"
    ) from error

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.formats import Files

INSIDE = ("data",)
"""The only addresses a page may take something from: those that hold it themselves."""

ON_PAPER = """
* { overflow-wrap: break-word !important }
table { width: 100% }
"""
"""What WeasyPrint needs beside the page's own style: words broken in a way that does not take the
square of a text's length to lay out."""


def render(
    assessment: Assessment,
    questionnaire: Questionnaire,
    design: Design = Design(),  # noqa: B008  a value, the same each time
) -> Files:
    """Return the report as one PDF file."""
    page = with_own_looks(rendered_page(assessment, questionnaire, "html", design))
    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=INSIDE))
    written: bytes = document.write_pdf(stylesheets=[CSS(string=ON_PAPER)], pdf_variant="pdf/ua-1")
    return {".pdf": written}
