"""The md format is the rendered template, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.formats import rendered
from it4it_assess.report.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire


def test_the_file_is_the_rendered_template(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    text = render(example("agency"), shipped, "md")
    assert rendered("md", example("agency"), shipped) == {".md": text.encode()}
