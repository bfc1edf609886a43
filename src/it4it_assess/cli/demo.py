"""`demo`: the main job on a shipped example."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Example(StrEnum):
    """The organisations that come with the tool."""

    BAKERY = "bakery"
    AGENCY = "agency"
    MANUFACTURER = "manufacturer"


def demo(
    example: Annotated[
        Example, typer.Option("--example", "-e", help="Which firm to show.")
    ] = Example.BAKERY,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Where the reports go.")
    ] = Path("reports"),
) -> None:
    """Run the whole thing on a shipped example: score, rank, plan, report.

    Examples:
      it4it-assess demo
      it4it-assess demo --example manufacturer --out /tmp/demo
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.rank import rank
    from it4it_assess.cli.report import report
    from it4it_assess.resources import bundled

    answers = bundled("questionnaires") / "it4it" / "examples" / f"{example}.yaml"
    rank([answers])
    report([answers], out=out, quiet=True)
    page = (out / f"{example}.html").resolve()
    console.print_text(
        f"The roadmap is in {out / example}.md and {out / example}.html; open {page.as_uri()}",
        f"The answers it came from: {answers}",
    )
