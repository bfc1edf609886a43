"""`questionnaire`: list, show and check questionnaires, and print the file formats' schemas."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from it4it_assess.cli.options import FormatOption, Output

app = typer.Typer(
    no_args_is_help=True,
    help="List, show and check questionnaires; print the file formats' schemas.",
)

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME|FOLDER", help="A shipped questionnaire, or a folder.")
]


class Schema(StrEnum):
    """The formats that have a schema."""

    ANSWERS = "answers"
    QUESTIONNAIRE = "questionnaire"
    STREAM = "stream"
    CHANGES = "changes"
    POLICY = "policy"
    ASSESSMENT = "assessment"
    REPORT = "report"
    PORTFOLIO = "portfolio"


@app.command("list")
def list_(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FOLDER", help="Count what is in this one."),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Count by component, level, lens and stage.")
    ] = False,
    output: FormatOption = Output.TABLE,
) -> None:
    """List the questionnaires that come with the tool, or count what is in one.

    Examples:
      it4it-assess questionnaire list
      it4it-assess questionnaire list it4it --coverage
    """
    from it4it_assess.cli import console
    from it4it_assess.files.load import bundled_questionnaires, load_questionnaire

    if name is None and not coverage:
        asked = {one: load_questionnaire(one) for one in bundled_questionnaires()}
        if output is Output.JSON:
            console.print_json(
                [
                    {"id": one.id, "title": one.title, "version": one.version, "name": name}
                    for name, one in asked.items()
                ]
            )
            return
        console.print_table(
            "Questionnaires",
            ("Id", "Title", "Version", "Questions", "Initiatives"),
            [
                (
                    name,
                    one.title,
                    one.version,
                    str(len(one.questions)),
                    str(len(one.initiatives)),
                )
                for name, one in asked.items()
            ],
            left=3,
        )
        return
    from it4it_assess.engine.content import count_content

    counts = count_content(load_questionnaire(name or "it4it"))
    if output is Output.JSON:
        console.print_json(counts)
        return
    for title, rows in counts.items():
        console.print_table(title, ("", "Count"), [(key, str(n)) for key, n in rows.items()])


@app.command()
def show(
    name: NameArgument = "it4it",
    what: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A stream, component, question or initiative."),
    ] = None,
    output: FormatOption = Output.TABLE,
) -> None:
    """Show a questionnaire, or one stream, component, question or initiative of it.

    Examples:
      it4it-assess questionnaire show it4it d2c.incident
      it4it-assess questionnaire show it4it d2c.one-queue --format json
    """
    from it4it_assess.cli import console
    from it4it_assess.files.load import load_questionnaire
    from it4it_assess.report.content import find_content, told_content

    found = find_content(load_questionnaire(name), what)
    if output is Output.JSON:
        console.print_json(found.model_dump(mode="json", exclude_defaults=True))
        return
    for line in told_content(found):
        console.print_text(line)


@app.command()
def crosswalk(
    to: Annotated[
        str,
        typer.Argument(metavar="TO", help="itil4, cobit2019, iso20000, csf2, or a view."),
    ],
    name: NameArgument = "it4it",
    output: FormatOption = Output.TABLE,
) -> None:
    """Show which components answer to what in another framework or view, and the way back.

    Examples:
      it4it-assess questionnaire crosswalk itil4
      it4it-assess questionnaire crosswalk it4it-3.0 --format json
    """
    from it4it_assess.cli import console
    from it4it_assess.files.load import load_questionnaire
    from it4it_assess.report.crosswalk import crosswalk as cross

    crossing = cross(load_questionnaire(name), to)
    if output is Output.JSON:
        console.print_json(
            {
                "title": crossing.title,
                "there": [walk._asdict() for walk in crossing.there],
                "back": [walk._asdict() for walk in crossing.back],
            }
        )
        return
    for title, walks in ((crossing.title, crossing.there), ("And back", crossing.back)):
        rows = [(walk.id, walk.title, "; ".join(walk.to)) for walk in walks]
        console.print_table(title, ("Id", "Name", "To"), rows, left=3)


@app.command()
def lint(name: NameArgument = "it4it", output: FormatOption = Output.TABLE) -> int:
    """Check a questionnaire's ids, references and wording; ends with 1 when something is found.

    What changes.yaml says is held against the versions kept beside the folder (NAME@VERSION).

    Examples:
      it4it-assess questionnaire lint my-questionnaire/
    """
    from it4it_assess.cli import console
    from it4it_assess.engine.content import lint_content
    from it4it_assess.engine.versions import lint_changes
    from it4it_assess.errors import EXIT_FOUND, EXIT_OK, InvalidFileError
    from it4it_assess.files.load import (
        find_questionnaire,
        load_changes,
        load_kept,
        load_questionnaire,
    )

    try:
        folder = find_questionnaire(name).resolve()
        asked = load_questionnaire(folder)
        changes = load_changes(folder)
        kept = {
            one: load_kept(folder, one) for change in changes for one in (change.source, change.to)
        }
        found = [*lint_content(asked), *lint_changes({**kept, asked.version: asked}, changes)]
    except InvalidFileError as error:
        found = [str(problem) for problem in error.problems]
    if output is Output.JSON:
        console.print_json(found)
    else:
        for line in found:
            console.print_text(line)
        if not found:
            console.print_text(f"{name}: nothing to mend")
    return EXIT_FOUND if found else EXIT_OK


@app.command()
def schema(
    what: Annotated[Schema, typer.Argument(help="Which format.")] = Schema.ANSWERS,
    name: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="NAME|FOLDER",
            help="Put this questionnaire's ids into the schema of answers or policies.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a file format, for editors and other tools.

    Examples:
      it4it-assess questionnaire schema answers -q it4it > answers.schema.json
      it4it-assess questionnaire schema policy -q it4it > policy.schema.json
    """
    from it4it_assess.cli import console
    from it4it_assess.files.load import load_questionnaire
    from it4it_assess.files.schema import json_schema

    console.print_json(json_schema(what.value, load_questionnaire(name) if name else None))
