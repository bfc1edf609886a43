"""`workshop`: what people disagree on, and what they agree on in the end."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from it4it_assess.cli import complete
from it4it_assess.cli.options import QuestionnaireOption

if TYPE_CHECKING:
    from it4it_assess.collect.workshop import Held
    from it4it_assess.model.agenda import Agenda, Topic
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire


class AgendaFormat(StrEnum):
    """How an agenda is printed."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


def workshop(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="An answer file with several voices.",
            autocompletion=complete.answer_files,
            show_default=False,
        ),
    ],
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes",
            "-m",
            min=1,
            metavar="N",
            help="Only what fits into so many minutes.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        AgendaFormat,
        typer.Option("--format", "-f", help="Text, JSON and nothing else, or Markdown."),
    ] = AgendaFormat.TEXT,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write the agenda there, as Markdown to print.",
            show_default=False,
        ),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record",
            "-r",
            metavar="QUESTION=LEVEL",
            help="Write down what was agreed; the voices stay.",
            show_default=False,
        ),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="Why, with --record.", show_default=False)
    ] = "",
    ask: Annotated[
        bool, typer.Option("--ask", help="Go through the agenda at the table, line by line.")
    ] = False,
    questionnaire: QuestionnaireOption = None,
) -> None:
    """List what people should talk about, and write down what they agree on.

    First comes what would change which value stream is first if the lowest or highest answer
    were right, then what lies furthest apart, then what some know and others do not. An
    agreed level counts in every score from then on; what each had said stays beside it.

    With --ask each agreement is in the file before the next question is shown; leave with q
    whenever you like. Lines may come from a pipe.

    Examples:
      it4it-assess workshop bakery.yaml --minutes 60
      it4it-assess workshop bakery.yaml --out agenda.md
      it4it-assess workshop bakery.yaml --record d2c.incident.record=2 --note "Jo showed the list"
      it4it-assess workshop bakery.yaml --ask
    """
    import sys

    from it4it_assess.cli import console
    from it4it_assess.cli.work import load
    from it4it_assess.collect import workshop as table
    from it4it_assess.engine.agenda import agenda

    _refuse_what_does_not_go_together(record, note, output, out, ask=ask)
    if ask:
        talk = table.Talk(iter(sys.stdin.readline, ""), console.say)
        held = table.ask(file, minutes, talk, questionnaire)
        _show_outcome(held)
        return
    if record is not None:
        question, _, level = record.partition("=")
        held = table.record(file, question.strip(), level.strip(), note.strip(), questionnaire)
        if output is AgendaFormat.TEXT:
            _show_outcome(held)
            if out is None:
                return
    asked, answers = load(file, questionnaire)
    found_topics = agenda(asked, answers)
    if out is not None or output is AgendaFormat.MD:
        _write_page(file, asked, found_topics, minutes, out)
    elif output is AgendaFormat.JSON:
        console.print_json(_data(asked, answers, found_topics, minutes))
    else:
        _show(file, asked, answers, found_topics, minutes)


def _refuse_what_does_not_go_together(
    record: str | None, note: str, output: AgendaFormat, out: Path | None, *, ask: bool
) -> None:
    from it4it_assess.errors import AssessError

    if record is not None and "=" not in record:
        raise AssessError(
            f"--record: {record!r} is not QUESTION=LEVEL; write it as d2c.incident.record=2"
        )
    if note and record is None:
        raise AssessError("--note: there is nothing to note it with; add --record QUESTION=LEVEL")
    if ask and (record is not None or out is not None or output is not AgendaFormat.TEXT):
        raise AssessError("--ask goes with --minutes only; give --record, --format or --out later")
    if out is not None and output is AgendaFormat.JSON:
        raise AssessError("--out writes Markdown; leave out --format json, or print it to a file")


def _chosen(agenda: Agenda, minutes: int | None) -> tuple[Topic, ...]:
    from it4it_assess.engine.agenda import within

    return agenda.topics if minutes is None else within(agenda.topics, minutes)


def _write_page(
    file: Path,
    questionnaire: Questionnaire,
    agenda: Agenda,
    minutes: int | None,
    out: Path | None,
) -> None:
    import sys

    from it4it_assess.cli import console
    from it4it_assess.errors import AssessError
    from it4it_assess.files.save import PRIVATE, write_whole
    from it4it_assess.report.render import render_agenda

    text = render_agenda(agenda, questionnaire, minutes)
    if out is None:
        sys.stdout.write(console.printable(text))
        return
    if out.resolve() == file.resolve():
        raise AssessError(f"{out}: these are the answers; name another --out for the agenda")
    write_whole(out, text.encode(), mode=PRIVATE)
    console.print_text(f"The agenda is in {out}")


def _show(
    file: Path,
    questionnaire: Questionnaire,
    answers: AnswerFile,
    agenda: Agenda,
    minutes: int | None,
) -> None:
    from it4it_assess.cli import console
    from it4it_assess.collect.table import (
        alone_lines,
        first_line,
        settled_line,
        topic_lines,
    )
    from it4it_assess.engine.care import signs

    topics = _chosen(agenda, minutes)
    if agenda.topics:
        many = f"{len(agenda.topics)} questions" if len(agenda.topics) > 1 else "1 question"
        console.print_text(
            f"{agenda.organisation}: {many} to talk about, about {agenda.minutes} minutes in all. "
            f"{first_line(questionnaire, agenda)}"
        )
    elif any(answer is not None and len(answer.by) > 1 for answer in answers.answers.values()):
        console.print_text(
            f"{agenda.organisation}: nothing is left to talk about. "
            f"{first_line(questionnaire, agenda)}"
        )
    else:
        console.print_text(
            f"{agenda.organisation}: no question was answered by more than one person. Bring "
            "their files together first: it4it-assess merge FILES... --out FILE"
        )
    console.print_lines([*alone_lines(questionnaire, agenda), ""])
    console.print_list("Worth a chat", [sign.said for sign in signs(questionnaire, answers)])
    for number, topic in enumerate(topics, start=1):
        console.print_outline(topic_lines(questionnaire, topic, number))
        console.print_text("")
    if len(topics) < len(agenda.topics):
        left = agenda.topics[len(topics) :]
        more = f"{len(left)} more" if topics else f"{len(left)}"
        minutes_left = sum(one.minutes for one in left)
        console.print_text(f"{more} would take about {minutes_left} minutes.\n")
    console.print_list("Settled", [settled_line(one) for one in agenda.settled])
    if topics:
        console.print_text(f"Go through it at the table: it4it-assess workshop {file} --ask")


def _show_outcome(held: Held) -> None:
    """Say what was agreed now, what is left, and whether it changes which stream is first."""
    from it4it_assess.cli import console
    from it4it_assess.collect.table import first_line, settled_line

    was = {one.question: one for one in held.before.settled}
    console.print_list(
        "Agreed now",
        [settled_line(one) for one in held.after.settled if one != was.get(one.question)],
    )
    left = len(held.after.topics)
    changed = held.after.first != held.before.first
    console.print_text(
        f"{left or 'Nothing'} left to talk about. {first_line(held.questionnaire, held.after)}"
        + (" That is a change." if changed else "")
    )


def _data(
    questionnaire: Questionnaire, answers: AnswerFile, agenda: Agenda, minutes: int | None
) -> dict[str, Any]:
    from it4it_assess.engine.care import signs

    topics = _chosen(agenda, minutes)
    return {
        **agenda.model_copy(update={"topics": topics}).model_dump(mode="json"),
        "minutes": sum(topic.minutes for topic in topics),
        "left_out": [topic.question for topic in agenda.topics[len(topics) :]],
        "care": [sign.model_dump(mode="json") for sign in signs(questionnaire, answers)],
    }
