"""`import`: what respondents mailed back, into one answer file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def import_(
    returned: Annotated[
        list[Path],
        typer.Argument(
            metavar="RETURNED...",
            help="Answer files and workbooks, as they came back.",
            show_default=False,
        ),
    ],
    into: Annotated[
        Path,
        typer.Option(
            "--into",
            metavar="ANSWERS",
            help="The answer file they go into; made when it is not there.",
            show_default=False,
        ),
    ],
    who: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="WHO",
            help="Whose answers they are, whatever name they came back with.",
            show_default=False,
        ),
    ] = None,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="NAME|FOLDER",
            help="Read them with this questionnaire, not the one they name.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Take in what came back from `form`: pages' answer files and workbooks, any mix of them.

    What a file is goes by what is in it. Everybody keeps their own voice. Either all files
    come in or none: whatever is wrong is listed, for every file, with its line or cell.

    Ends with 1, as merge does, when somebody says different things in two places: all of it
    is written, the later date counts, and each such place is listed.

    Examples:
      it4it-assess import bakkerij-anna.yaml bakkerij-jo.xlsx --into bakery.yaml
      it4it-assess import scan.yaml --into bakery.yaml --as henk
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import today
    from it4it_assess.collect.bring_in import bring_in
    from it4it_assess.errors import EXIT_FOUND, EXIT_OK

    whole = bring_in(returned, into, today=today(), who=who, questionnaire=questionnaire)
    for source, count, voices in whole.brought:
        if source != str(into):
            whose = f" by {', '.join(voices)}" if voices else ""
            answers = "1 answer" if count == 1 else f"{count} answers"
            console.print_text(f"{source}: {answers}{whose}")
    console.print_list(
        "Said differently in two places; the other word is kept in the note or a comment:",
        [
            f"{'.'.join(path)}: {kept.said} ({kept.source}) counts, not "
            + ", ".join(f"{one.said} ({one.source})" for one in others)
            for path, kept, others in whole.conflicts
        ],
    )
    console.print_text(f"All of it is in {into}. Next: it4it-assess report {into}")
    return EXIT_FOUND if whole.conflicts else EXIT_OK
