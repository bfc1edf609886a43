"""`form`: a questionnaire to mail, as a page or a workbook, one for each respondent."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from it4it_assess.cli import complete

if TYPE_CHECKING:
    from it4it_assess.collect.invitation import Invitation
    from it4it_assess.model.answers import Respondent
    from it4it_assess.model.questionnaire import Questionnaire


class FormKind(StrEnum):
    """What a form is: a page for a browser, or a workbook."""

    HTML = "html"
    XLSX = "xlsx"


def form(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE|FOLDER",
            help="The form, or a folder for several; here, when not given.",
            show_default=False,
        ),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation", metavar="NAME", help="Who is assessed.", show_default=False
        ),
    ] = None,
    who: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar="WHO",
            help="Who fills it in, such as anna; repeated: a form for each.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="Their full name, one for each --as.", show_default=False),
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", help="Their role, one for each --as.", show_default=False),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="ANSWERS",
            autocompletion=complete.answer_files,
            help="Take organisation, questionnaire, names and roles from an answer file.",
            show_default=False,
        ),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="A form for every respondent of --from.")
    ] = False,
    stream: Annotated[
        list[str] | None,
        typer.Option(
            "--stream",
            metavar="ID",
            autocompletion=complete.streams,
            help="Only this stream; may be repeated.",
            show_default=False,
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the essential question of each component.")
    ] = False,
    kind: Annotated[
        FormKind,
        typer.Option("--format", "-f", help="A page for any browser, or a workbook."),
    ] = FormKind.HTML,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire", "-q", metavar="NAME|FOLDER", help="What to ask.", show_default=False
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a form that is there already.")
    ] = False,
) -> None:
    """Write a questionnaire to mail to people: they fill it in offline and mail a file back.

    It sends nothing anywhere. `it4it-assess import` takes what comes back. Without --as the
    form itself asks who fills it in: one file for everybody.

    Examples:
      it4it-assess form --organisation "Bakkerij De Vries" --quick
      it4it-assess form --organisation "Bakkerij De Vries" --as anna --name "Anna de Vries" --role owner
      it4it-assess form --from bakery.yaml --each --out forms
      it4it-assess form --from bakery.yaml --as jo --stream d2c --format xlsx
    """  # noqa: E501  a command to copy stays on one line
    from it4it_assess.cli import console

    begun = _begun(source, organisation, questionnaire)
    named = _people(begun, who or [], name or [], role or [], each=each)
    forms = _invitations(begun, named, stream or [], out, quick=quick)
    for path, invitation in _places(forms, out, kind):
        _write(path, invitation, kind, force=force)
        console.print_text(f"Wrote {path}")
    console.note(
        "Mail it; what comes back is taken in by: it4it-assess import RETURNED... --into ANSWERS"
    )


class _Begun(NamedTuple):
    """What all forms of one run share."""

    questionnaire: Questionnaire
    found_as: str
    organisation: str
    respondents: dict[str, Respondent]


def _begun(source: Path | None, organisation: str | None, questionnaire: str | None) -> _Begun:
    """Take what all forms share from the options, and from an answer file where one is given."""
    from it4it_assess.collect.invitation import plain
    from it4it_assess.errors import AssessError
    from it4it_assess.files.load import find_questionnaire, load_both, load_questionnaire

    if source is not None:
        asked, answers = load_both(source, questionnaire)
        found = find_questionnaire(questionnaire or answers.questionnaire, beside=source.parent)
        name = answers.organisation.name if organisation is None else organisation
        respondents = dict(answers.respondents)
    else:
        asked = load_questionnaire(questionnaire or "it4it")
        found = find_questionnaire(questionnaire or "it4it")
        name, respondents = organisation or "", {}
    name = plain(name, "--organisation")
    if not name:
        raise AssessError(
            "say whom the questions are about: --organisation NAME, or --from ANSWERS"
        )
    return _Begun(asked, str(found), name, respondents)


def _people(
    begun: _Begun, who: list[str], names: list[str], roles: list[str], *, each: bool
) -> dict[str, Respondent]:
    """Say who gets a form; the empty id stands for whoever fills it in."""
    from it4it_assess.collect.invitation import people
    from it4it_assess.errors import AssessError
    from it4it_assess.model.answers import Respondent

    if each and not begun.respondents:
        raise AssessError("--each: nobody is listed yet; give --from a file with respondents")
    told = people(who, names, roles)
    if each:
        return {**begun.respondents, **told}
    if not told:
        return {"": Respondent()}
    listed = begun.respondents
    return {
        one: Respondent(
            name=given.name or (listed[one].name if one in listed else ""),
            role=given.role or (listed[one].role if one in listed else ""),
        )
        for one, given in told.items()
    }


def _invitations(
    begun: _Begun,
    named: dict[str, Respondent],
    streams: list[str],
    out: Path | None,
    *,
    quick: bool,
) -> list[Invitation]:
    from it4it_assess.collect.invitation import Invitation, wanted
    from it4it_assess.files.load import name_from

    folder = Path() if out is None else out.parent if out.suffix else out
    questions = wanted(begun.questionnaire, streams, quick=quick)
    return [
        Invitation(
            questionnaire=begun.questionnaire,
            named=name_from(Path(begun.found_as), folder),
            organisation=begun.organisation,
            who=one,
            respondent=respondent,
            questions=questions,
        )
        for one, respondent in named.items()
    ]


def _places(
    forms: list[Invitation], out: Path | None, kind: FormKind
) -> list[tuple[Path, Invitation]]:
    """Say where each form goes: the one file named, or files named after their respondents."""
    from it4it_assess.errors import AssessError

    if out is not None and out.suffix and not out.is_dir():
        if out.suffix.lower() != f".{kind}":
            raise AssessError(
                f"--out: {out.name} does not end in .{kind}; rename it, or choose --format"
            )
        if len(forms) > 1:
            raise AssessError(
                f"--out: {out} is one file for {len(forms)} forms; name a folder instead"
            )
        return [(out, forms[0])]
    folder = out or Path()
    return [
        (folder / f"{'-'.join(filter(None, ('form', one.stem, one.who)))}.{kind}", one)
        for one in forms
    ]


def _write(path: Path, invitation: Invitation, kind: FormKind, *, force: bool) -> None:
    """Write one form; a workbook that is there may hold somebody's answers, and stays."""
    from it4it_assess.errors import AssessError
    from it4it_assess.files.save import write_if_changed

    if kind is FormKind.XLSX:
        from it4it_assess.collect.workbook import form_workbook

        data = form_workbook(invitation)
    else:
        from it4it_assess.collect.form import form_page

        data = form_page(invitation).encode()
    if path.exists() and not force and path.read_bytes() != data:
        raise AssessError(f"{path}: it is there already; name another file, or add --force")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, data)
