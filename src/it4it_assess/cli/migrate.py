"""`migrate`: bring answer files over to a newer version of their questionnaire."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import QuestionnaireOption

if TYPE_CHECKING:
    from it4it_assess.files.carry import Carried


class Form(StrEnum):
    """How a migration is told."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


def migrate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            autocompletion=complete.answer_files,
            help="Answer files, folders or patterns.",
            show_default=False,
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="VERSION", help="Not to the newest version but to this one."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="VERSION", help="The version of files that do not say theirs."
        ),
    ] = None,
    questionnaire: QuestionnaireOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE|FOLDER", help="Write there, not beside FILE."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Change the files themselves.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 if a file would change.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite what is there already.")
    ] = False,
    output: Annotated[
        Form, typer.Option("--format", "-f", help="Lists to read, JSON, or Markdown.")
    ] = Form.TABLE,
) -> int:
    """Bring answers over to a newer version of their questionnaire, and say what became of each.

    An answer follows its question by id, or by what the questionnaire's changes.yaml says. A
    level whose question is another now is asked again, with the old answer in its note, or
    taken as unsure. Nothing is lost: what is no longer asked stays in the file as a comment,
    and FILE itself stays as it is; the new file is called FILE with the version in its name.

    Examples:
      it4it-assess migrate bakery.yaml --check
      it4it-assess migrate bakery.yaml
      it4it-assess migrate clients/ --in-place
    """
    from it4it_assess.cli import console
    from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_FOUND, EXIT_OK, AssessError
    from it4it_assess.files.carry import carry
    from it4it_assess.files.many import is_many, meant

    if sum((out is not None, in_place, check)) > 1:
        raise AssessError("--out, --in-place and --check exclude each other; give one of them")
    carried: list[Carried] = []
    failed = False
    for file in meant(files):
        try:
            if file.missing:
                raise AssessError(file.missing)  # noqa: TRY301  told like any other
            carried.append(carry(file.path, to=to, since=since, name=questionnaire))
        except AssessError as error:
            console.note(str(error))
            failed = True
    if failed:
        if is_many(files) and not check:
            console.note("Nothing was written.")
        return EXIT_CANNOT_RUN
    for line in dict.fromkeys(line for one in carried for line in one.unsaid):
        console.note(f"The questionnaire's changes.yaml leaves something out: {line}")
    changed = [one for one in carried if one.text != one.before]
    targets = {} if check else _targets(changed, out, in_place=in_place, force=force)
    _write_all([(one, targets[one.path]) for one in changed if one.path in targets])
    given = (("--from", since), ("--to", to), ("-q", questionnaire))
    _tell(carried, targets, output, {name: value for name, value in given if value})
    return EXIT_FOUND if check and changed else EXIT_OK


def _targets(
    changed: list[Carried], out: Path | None, *, in_place: bool, force: bool
) -> dict[Path, Path]:
    """Return where each file goes; AssessError where something is there already."""
    from it4it_assess.errors import AssessError

    if in_place:
        return {one.path: one.path for one in changed}
    targets = {}
    for one in changed:
        if out is None:
            targets[one.path] = _beside(one)
        elif out.is_dir():
            targets[one.path] = out / one.path.name
        elif len(changed) > 1:
            raise AssessError(f"--out {out}: several files need a folder that is there; make it")
        else:
            targets[one.path] = out
    taken: dict[Path, Path] = {}
    for path, target in targets.items():
        first = taken.setdefault(target.resolve(), path)
        if first != path:
            raise AssessError(f"{first} and {path} would both become {target}; nothing written")
        if target.exists() and not force:
            raise AssessError(
                f"{target}: it is there already; name another with --out, or add --force"
            )
    return targets


def _beside(one: Carried) -> Path:
    """Return a file's name with its new version in it, in the place of the old one."""
    stem = one.path.stem.removesuffix(f"-{one.version}")
    version = one.questionnaire.version.replace("/", "-")
    return one.path.with_name(f"{stem}-{version}{one.path.suffix}")


def _write_all(ready: list[tuple[Carried, Path]]) -> None:
    """Write files one after the other; where one cannot be, say which were."""
    from it4it_assess.cli.console import note
    from it4it_assess.errors import AssessError

    for done, (one, target) in enumerate(ready):
        try:
            _write(one, target)
        except (AssessError, OSError):
            if done:
                written = ", ".join(str(there) for _, there in ready[:done])
                note(f"Written before what follows: {written}")
            raise


def _write(one: Carried, target: Path) -> None:
    """Write one file whole; its own place only while nobody else holds or has changed it."""
    from it4it_assess.collect.keeper import Keeper
    from it4it_assess.errors import AssessError
    from it4it_assess.files.carry import placed
    from it4it_assess.files.save import PRIVATE, dressed, write_whole
    from it4it_assess.files.source import read_text

    data = dressed(placed(one, target), like=one.path.read_bytes())
    if target.resolve() != one.path.resolve():
        write_whole(target, data, mode=PRIVATE)
        return
    with Keeper(one.path, ()):
        if read_text(one.path) != one.before:
            raise AssessError(f"{one.path}: somebody has changed it meanwhile; start again")
        write_whole(one.path, data, mode=PRIVATE)


def _tell(
    carried: list[Carried], targets: dict[Path, Path], output: Form, given: dict[str, str]
) -> None:
    """Print what became of each file."""
    from it4it_assess.cli import console
    from it4it_assess.report.migration import as_markdown, migration_data, told_migration

    if output is Form.JSON:
        console.print_json(
            [
                {
                    "file": str(one.path),
                    "from": one.version,
                    "to": one.questionnaire.version,
                    "changed": one.text != one.before,
                    "written": str(targets[one.path]) if one.path in targets else None,
                    **migration_data(one.migration),
                }
                for one in carried
            ]
        )
        return
    for one in carried:
        if one.text == one.before:
            console.print_text(
                f"{one.path}: answers version {one.version} of {one.questionnaire.id} already; "
                "nothing to do"
            )
            continue
        title = (
            f"{one.path}: {one.questionnaire.title}, "
            f"version {one.version} to {one.questionnaire.version}"
        )
        sections = told_migration(one.migration, one.questionnaire)
        last = _last(one, targets.get(one.path), given)
        if output is Form.MD:
            console.print_lines(as_markdown(title, sections, last).splitlines())
            continue
        console.print_text(title, "")
        for section in sections:
            console.print_list(section.title, section.lines)
        console.print_text(*last)


def _last(one: Carried, target: Path | None, given: dict[str, str]) -> tuple[str, ...]:
    """Say where the answers are now, and how to close what is open."""
    import shlex

    from it4it_assess.engine.migration import added, opened
    from it4it_assess.report.migration import open_questions

    if target is None:
        words = [word for option in given.items() for word in option]
        command = shlex.join(["it4it-assess", "migrate", str(one.path), *words])
        return "Nothing was written. Write it with:", command
    if target == one.path:
        wrote = f"Changed {target}."
    else:
        wrote = f"Wrote {target}; {one.path} is as it was."
    count = open_questions(one.migration, one.questionnaire)
    if not count:
        return (f"{wrote} No question is open.",)
    asked_with = ["-q", _named(given["-q"], one.questionnaire.version)] if "-q" in given else []
    moved = len(opened(one.migration)) + len(added(one.migration))
    return (
        f"{wrote} Open: {count}, of which {moved} by this change. Ask them with:",
        shlex.join(["it4it-assess", "interview", str(target), "--only-unanswered", *asked_with]),
    )


def _named(name: str, version: str) -> str:
    """Return how a questionnaire is called in this version: a kept one by its own folder."""
    from it4it_assess.files.load import find_questionnaire

    kept = f"@{version}"
    pinned = find_questionnaire(name, version=version).name.endswith(kept)
    return name.rstrip("/").removesuffix(kept) + kept if pinned else name
