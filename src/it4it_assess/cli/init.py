"""`init`: a commented answer file to fill in with an editor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The answer file to write.")] = Path(
        "answers.yaml"
    ),
    name: Annotated[
        str, typer.Option("--name", "-n", help="The organisation's name.")
    ] = "Your organisation",
    questionnaire: Annotated[
        str, typer.Option("--questionnaire", "-q", metavar="NAME|FOLDER", help="What to answer.")
    ] = "it4it",
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the essential question of each component.")
    ] = False,
    schema: Annotated[
        bool,
        typer.Option(
            "--schema",
            help="Write a JSON Schema beside FILE too: editors complete and check by it.",
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
) -> None:
    """Write an answer file with every question and its levels as comments, ready to fill in.

    Examples:
      it4it-assess init bakery.yaml --name "Bakkerij De Vries"
      it4it-assess init quick.yaml --quick
    """
    from it4it_assess.cli import console
    from it4it_assess.cli.work import today
    from it4it_assess.errors import AssessError
    from it4it_assess.files.blank import blank_answers
    from it4it_assess.files.load import find_questionnaire, load_questionnaire, name_from
    from it4it_assess.files.save import PRIVATE, write_whole
    from it4it_assess.files.schema import as_json, json_schema

    if not name.strip():
        raise AssessError("--name: an organisation needs a name; give one or leave the option out")
    if file.exists() and not force:
        raise AssessError(f"{file}: it is there already; name another file, or add --force")
    asked = load_questionnaire(questionnaire)
    named = name_from(find_questionnaire(questionnaire), file.parent)
    beside = file.with_suffix(".schema.json") if schema else None
    text = blank_answers(asked, name=name, today=today(), quick=quick, questionnaire_name=named)
    if beside is not None:
        text = f"# yaml-language-server: $schema={beside.name}\n{text}"
        write_whole(beside, as_json(json_schema("answers", asked)).encode())
    write_whole(file, text.encode(), mode=PRIVATE)
    console.print_text(
        f"Wrote {file}. Fill in a level for each question, then: it4it-assess report {file}"
    )
