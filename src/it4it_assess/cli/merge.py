"""`merge`: several people's answer files into one, every voice kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import FormatOption, Output, QuestionnaireOption

if TYPE_CHECKING:
    from it4it_assess.collect.facts import Conflict
    from it4it_assess.collect.merge import Merged
    from it4it_assess.collect.merging import Placed
    from it4it_assess.model.care import Sign


def merge(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            autocompletion=complete.answer_files,
            help="Answer files (YAML).",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The file to write. One of FILES: the others are added to it, and its comments "
            "and order stay.",
            show_default=False,
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that is not one of FILES.")
    ] = False,
) -> int:
    """Bring several people's answers into one file, each voice kept.

    A plain answer is the voice of the one respondent its file lists, else a voice named after
    the file: anna.yaml speaks as anna. Where one person says different things in two files,
    the later date counts (the later named, where dates do not tell) and the other stays in the
    note. Of facts and ratings the first file's count and the others become comments.

    Ends with 0 when nobody contradicts themselves and no fact differs, and with 1 when there
    are such conflicts: the file is written all the same, and each of them is listed. People
    who disagree with each other are no conflict; `workshop` is for them.

    Examples:
      it4it-assess merge anna.yaml jo.yaml henk.yaml --out bakery.yaml
      it4it-assess merge bakery.yaml ria.yaml --out bakery.yaml
      it4it-assess merge talks/*.yaml --out bakery.yaml --force --format json
    """
    from it4it_assess.cli import console
    from it4it_assess.collect.merging import merge_files, placed
    from it4it_assess.engine.care import signs
    from it4it_assess.errors import EXIT_FOUND, EXIT_OK

    asked, whole = merge_files(files, out, questionnaire, force=force)
    conflicts = placed(whole.conflicts, out)
    found = signs(asked, whole.answers)
    if output is Output.JSON:
        console.print_json(_data(out, whole, conflicts, found))
    else:
        _show(out, whole, conflicts, found)
    return EXIT_FOUND if conflicts else EXIT_OK


def _show(
    out: Path,
    whole: Merged,
    conflicts: list[tuple[Conflict, Placed, tuple[Placed, ...]]],
    found: tuple[Sign, ...],
) -> None:
    from it4it_assess.cli import console

    answered = sum(answer is not None for answer in whole.answers.answers.values())
    console.print_text(
        f"{out}: {_count(answered, 'question')}, "
        f"{_count(len(whole.answers.respondents), 'respondent')}"
    )
    console.print_list(
        "What each file brought",
        [
            f"{one.source}: {_count(one.questions, 'question')}"
            + (f", {', '.join(one.voices)}" if one.voices else "")
            for one in whole.brought
        ],
    )
    if conflicts:
        console.print_text(_count(len(conflicts), "conflict") + ":")
        console.print_lines(
            [
                f"{_where(other)}: {_what(conflict)}: {other.said.said} here; "
                f"{kept.said.said} in {_where(kept)} counts"
                for conflict, kept, others in conflicts
                for other in others
            ]
        )
        console.print_text(
            "What does not count is kept: an answer in the note of whoever gave it, anything "
            "else as a comment.\n"
        )
    console.print_list("Worth a chat", [sign.said for sign in found])
    if len(whole.answers.respondents) > 1:
        console.print_text(f"See what to talk about: it4it-assess workshop {out}")


def _what(conflict: Conflict) -> str:
    """Name what a conflict is about: the question and who, or the path of a fact."""
    match conflict.path:
        case ("answers", question, "by", who):
            return f"{question}, {who}"
        case ("answers", question, *rest):
            return " ".join([question, *rest])
        case path:
            return ".".join(path)


def _where(place: Placed) -> str:
    return f"{place.said.source}:{place.line}" if place.line else place.said.source


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _data(
    out: Path,
    whole: Merged,
    conflicts: list[tuple[Conflict, Placed, tuple[Placed, ...]]],
    found: tuple[Sign, ...],
) -> dict[str, Any]:
    def told(place: Placed) -> dict[str, Any]:
        date = place.said.date
        return {
            "source": place.said.source,
            "line": place.line or None,
            "date": None if date is None else date.isoformat(),
            "said": place.said.said,
        }

    return {
        "out": str(out),
        "organisation": whole.answers.organisation.name,
        "questions": sum(answer is not None for answer in whole.answers.answers.values()),
        "respondents": list(whole.answers.respondents),
        "brought": [
            {"source": one.source, "questions": one.questions, "voices": list(one.voices)}
            for one in whole.brought
        ],
        "conflicts": [
            {
                "path": list(conflict.path),
                "kept": told(kept),
                "others": [told(other) for other in others],
            }
            for conflict, kept, others in conflicts
        ],
        "care": [sign.model_dump(mode="json") for sign in found],
    }
