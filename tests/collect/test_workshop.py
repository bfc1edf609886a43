"""A workshop: every agreement on disk before the next question, and every voice kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from it4it_assess.collect.workshop import Held, Talk, ask, record
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORD, CAUSE, RULES = "d2c.incident.record", "d2c.problem.cause", "s2p.policy.rules"
FILE = """\
format: 1
questionnaire: it4it
organisation: {name: Café Rosa}
respondents: {anna: {name: Anna}, jo: {}}
answers:
  s2p.policy.rules: 2
  # they argued
  d2c.incident.record:
    by: {anna: 0, jo: 5}  # in the hall
    note: noisy
  d2c.problem.cause: {by: {anna: 1, jo: 2}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rosa.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def talk(path: Path, *lines: str, minutes: int | None = None) -> tuple[str, Held]:
    """Hold a workshop in which these lines are said; return what was shown, and the outcome."""
    said: list[str] = []
    held = ask(path, minutes, Talk(iter([f"{line}\n" for line in lines]), said.append))
    return "".join(said), held


def answer(path: Path, question: str) -> Answer:
    found = load_answers(path).answers[question]
    assert found is not None
    return found


def test_an_agreement_is_recorded_beside_the_voices_and_touches_nothing_else(file: Path) -> None:
    held = record(file, RECORD, "4", "Jo showed the list")
    assert file.read_text(encoding="utf-8") == FILE.replace(
        "    note: noisy\n", '    agreed: 4\n    note: "noisy; Jo showed the list"\n'
    )
    assert [topic.question for topic in held.before.topics] == [RECORD, CAUSE]
    assert [topic.question for topic in held.after.topics] == [CAUSE]
    assert [one.question for one in held.after.settled] == [RECORD]


def test_an_agreement_made_anew_says_what_it_was_before(file: Path) -> None:
    record(file, CAUSE, "1")
    record(file, CAUSE, "1")
    assert answer(file, CAUSE).note == ""
    record(file, CAUSE, "2", "we looked")
    found = answer(file, CAUSE)
    assert (found.agreed, found.note) == (2, "we looked; agreed on 1 before")
    assert found.by == {"anna": Answer(level=1), "jo": Answer(level=2)}


@pytest.mark.parametrize(
    ("question", "level", "error", "words"),
    [
        (RECORD, "6", AssessError, "'6' is no level; give one of 0, 1, 2, 3, 4, 5"),
        (RECORD, "", AssessError, "'' is no level"),
        (RECORD, "unknown", AssessError, "'unknown' is no level"),
        (f"{RECORD}s", "2", UnknownNameError, f"did you mean {RECORD}?"),
        ("nothing", "2", UnknownNameError, "`it4it-assess workshop` lists them"),
        (RULES, "2", AssessError, f"{RULES} has no voices to agree between"),
        ("d2c.incident.tell", "2", AssessError, "has no voices to agree between"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(
    file: Path, question: str, level: str, error: type[AssessError], words: str
) -> None:
    with pytest.raises(error) as raised:
        record(file, question, level)
    assert words in str(raised.value)
    assert file.read_text(encoding="utf-8") == FILE


def test_the_table_is_walked_question_by_question(file: Path) -> None:
    shown, held = talk(file, "h", "", "7", "+Sem was not there", "3 as the list shows", "1")
    assert (answer(file, RECORD).agreed, answer(file, RECORD).note) == (
        3,
        "noisy; Sem was not there; as the list shows",
    )
    assert answer(file, CAUSE).agreed == 1
    assert shown.count("LEVEL WHY") == 2
    assert "'7' is no level; give one of 0, 1, 2, 3, 4, 5, or h for help\n" in shown
    assert "Noted; still open.\n" in shown
    assert (
        f"Agreed. {RECORD}: 3 (Anna 0, jo 5). noisy; Sem was not there; as the list shows" in shown
    )
    assert shown.endswith(f"That was the last question.\n\nEverything agreed is in {file}.\n")
    assert held.after.topics == ()


def test_each_agreement_is_on_disk_before_the_next_question_is_shown(file: Path) -> None:
    seen: list[float | None] = []

    def lines() -> Iterator[str]:
        yield "4\n"
        seen.append(answer(file, RECORD).agreed)
        yield "2\n"

    ask(file, None, Talk(lines(), lambda _: None))
    assert seen == [4]


def test_a_question_may_be_left_open_and_gone_back_to(file: Path) -> None:
    shown, held = talk(file, "s", "b", "b", "5", "b", "q")
    assert [one.question for one in held.after.topics] == [CAUSE]
    assert shown.count(f"  {RECORD} (") == 3
    assert shown.count("  Agreed on 5 so far\n") == 1


@pytest.mark.parametrize("lines", [("q",), (), ("s", "q")])
def test_leaving_changes_nothing(file: Path, lines: tuple[str, ...]) -> None:
    talk(file, *lines)
    assert file.read_text(encoding="utf-8") == FILE
    assert list(file.parent.iterdir()) == [file]


def test_only_what_fits_into_the_time_is_asked(file: Path) -> None:
    shown, _ = talk(file, "s", minutes=5)
    assert RECORD in shown
    assert CAUSE not in shown
