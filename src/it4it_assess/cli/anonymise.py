"""`anonymise`: copies of answer files that can be shown to others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import FormatOption, Output, QuestionnaireOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.files.share import Shared
    from it4it_assess.files.share_copy import Given, Wishes
    from it4it_assess.model.answers import AnswerFile

YAML = (".yaml", ".yml")


class Coarse(StrEnum):
    """How coarse the dates of copies are."""

    MONTH = "month"
    QUARTER = "quarter"


def anonymise(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            autocompletion=complete.answer_files,
            help="Answer files (YAML), folders of them, or patterns.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR|FILE",
            help="A folder for the copies, or for one file the copy itself (.yaml).",
            show_default=False,
        ),
    ],
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            metavar="FILE",
            help=(
                "Where the pseudonyms' secret and their names are kept; made when it is not "
                "there. Usually in your own data folder."
            ),
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="NAME,...",
            help="Leave as it is: sector, country, regulation, money or date.",
            show_default=False,
        ),
    ] = None,
    k: Annotated[
        int,
        typer.Option(
            "--k", min=2, help="Show sector, country and laws only where so many firms share them."
        ),
    ] = 5,
    date_to: Annotated[
        Coarse, typer.Option("--date", help="Dates become the first day of this.")
    ] = Coarse.MONTH,
    output: FormatOption = Output.TABLE,
    questionnaire: QuestionnaireOption = None,
) -> int:
    """Copy answer files without names, notes, evidence and contacts, to share them.

    Levels, ratings and weights stay: scores, ranking and roadmap of a copy are those of the
    original, but for money. Rare combinations of sector, country and laws are left out: give
    many files at once to keep more. The same key gives the same pseudonyms again; it also
    says who is who, so it stays with you and never goes into the folder of the copies.

    Examples:
      it4it-assess anonymise bakery.yaml --out to-share/
      it4it-assess anonymise clients/ --out to-share/ --key ~/clients-key.json
      it4it-assess anonymise bakery.yaml --out copy.yaml --keep sector,money
    """
    from it4it_assess.cli import console
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_OK
    from it4it_assess.files.many import meant
    from it4it_assess.files.save import PRIVATE, write_whole
    from it4it_assess.files.share import copy_text, share
    from it4it_assess.files.share_copy import Wishes
    from it4it_assess.files.share_key import Key, open_to_others, read_key, usual_key, write_key
    from it4it_assess.report.sharing import sharing_data

    wishes = Wishes(_kept(keep or []), date_to.value, k)
    single = out.suffix in YAML and not out.is_dir()
    place = usual_key() if key is None else key
    _refuse_key_beside_copies(place, out, single=single)
    found = list(meant(files))
    for one in found:
        if one.missing:
            console.note(one.missing)
    files = [one.path for one in found if not one.missing]
    batch = [given for path in files if (given := _given(path, questionnaire)) is not None]
    if len(batch) < len(found):
        console.note("nothing is written: what is rare can only be told of the whole batch")
        return EXIT_CANNOT_RUN
    known = read_key(place)
    shared = share(batch, known.secret, wishes)
    targets = _targets(files, shared.copies, out, single=single)
    for target in targets:
        _refuse_to_overwrite(target, files)
    write_key(place, Key(known.secret, {**known.names, **shared.names}))
    if not single:
        out.mkdir(parents=True, exist_ok=True)
    for copy, target in zip(shared.copies, targets, strict=True):
        write_whole(target, copy_text(copy).encode(), mode=PRIVATE)
    written = list(zip(files, targets, strict=True))
    if open_to_others(place):
        console.note(f"{place}: others on this machine can read the key; chmod 600 it")
    if output is Output.JSON:
        console.print_json(sharing_data(shared, wishes, written, place))
    else:
        _print(written, shared, wishes, place)
    return EXIT_OK


def _print(
    written: Sequence[tuple[Path, Path]], shared: Shared, wishes: Wishes, key: Path
) -> None:
    from it4it_assess.cli import console
    from it4it_assess.report import sharing

    console.print_list("Copies", [f"{target} (of {source})" for source, target in written])
    console.print_list("Taken out", sharing.went(shared))
    console.print_list("Replaced", sharing.replaced(shared))
    console.print_list("What stays and could still tell", sharing.stays(shared, wishes))
    console.print_text(f"Who is who: {key}. Keep it to yourself, apart from the copies.")


def _kept(given: Sequence[str]) -> frozenset[str]:
    """Return what is to be kept; a name nobody knows is an error."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.share_policy import KEEPABLE
    from it4it_assess.files.wording import nearest

    names = [name.strip() for one in given for name in one.split(",") if name.strip()]
    for name in names:
        if name not in KEEPABLE:
            raise AssessError(f"--keep {name}: cannot be kept; {nearest(name, KEEPABLE)}")
    return frozenset(names)


def _given(path: Path, questionnaire: str | None) -> Given | None:
    """Load one original; None, and its problems told, where it cannot be read."""
    from it4it_assess.cli import console
    from it4it_assess.cli.work import load
    from it4it_assess.errors import AssessError
    from it4it_assess.files.share_copy import Given

    try:
        asked, answers = load(path, questionnaire)
    except AssessError as error:
        console.note(str(error))
        return None
    return Given(asked, answers, asked.id)


def _targets(
    files: Sequence[Path], copies: Sequence[AnswerFile], out: Path, *, single: bool
) -> list[Path]:
    """Return where each copy goes: the file asked for, or a name that names nobody."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.share import copy_names

    if not single:
        return [out / name for name in copy_names(copies)]
    if len(files) > 1:
        raise AssessError(f"{out}: is one file, and there are {len(files)} to copy; give a folder")
    return [out]


def _refuse_to_overwrite(target: Path, originals: Sequence[Path]) -> None:
    """Refuse to write over an original, or over anything that is not an earlier copy."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.share import HEADER

    if not target.exists():
        return
    if any(target.samefile(path) for path in originals):
        raise AssessError(f"{target}: is an original, and those are never written over")
    with target.open("rb") as file:
        if file.read(len(HEADER)) != HEADER.encode():
            raise AssessError(
                f"{target}: is there already and is not an earlier copy; "
                "remove it, or give another --out"
            )


def _refuse_key_beside_copies(key: Path, out: Path, *, single: bool) -> None:
    """Refuse a key that would go along: in the folder of the copies, or right beside the one."""
    from it4it_assess.errors import AssessError

    lies, folder = key.resolve().parent, (out.parent if single else out).resolve()
    if lies == folder or (not single and lies.is_relative_to(folder)):
        raise AssessError(
            f"{key}: the key would lie in the folder of the copies, "
            f"{out.parent if single else out}, and go along with them; "
            "give --key or --out another folder"
        )
