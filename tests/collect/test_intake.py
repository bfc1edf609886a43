"""What is asked of the firm: goals, pain, readiness, people and days."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from interviewing import hold
from it4it_assess.collect.asks import Unclear
from it4it_assess.collect.intake import intake, of_respondent, values_of, with_values
from it4it_assess.collect.interview import Scope, lines_talk
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer, Capacity, Context, Organisation, Readiness

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.model.questionnaire import Questionnaire

NEW = """\
format: 1
questionnaire: it4it
organisation: {name: Café Rosa}  # since 1998
answers: {}
"""
FIRST = "s2p.architecture.flow"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rosa.yaml"
    path.write_text(NEW, encoding="utf-8")
    return path


def ask(path: Path, *lines: str, **scope: object) -> str:
    out = io.StringIO()
    hold(path, Scope(**scope), lines_talk(iter([f"{line}\n" for line in lines]), out))  # type: ignore[arg-type]
    return out.getvalue()


def test_all_that_is_asked_of_the_firm_lands_where_the_file_keeps_it(
    file: Path, shipped: Questionnaire
) -> None:
    goals = [goal.id for goal in shipped.goals]
    streams = [stream.id for stream in shipped.streams if stream.kind == "primary"]
    said = ["48", "1,5", "1", "NL", "6 1"]
    said += [str(place % 6) for place in range(len(goals))]
    said += ["5", "4", "3", "2"]
    said += ["1", "2", "3"] * len(streams)
    said += ["20", "6", "412.50"]
    ask(file, *said, "3", "q")
    kept = load_answers(file)
    assert kept.organisation == Organisation(
        name="Café Rosa",
        employees=48,
        it_staff=1.5,
        sector="food",
        country="NL",
        regulation=("gdpr", "haccp"),
    )
    assert kept.context == Context(
        goals={goal: place % 6 for place, goal in enumerate(goals)},
        pain=dict(zip(streams, (5, 4, 3, 2), strict=True)),
        readiness={name: Readiness(sponsor=1, skills=2, openness=3) for name in streams},
        capacity=Capacity(days_per_quarter=20, quarters=6, day_rate=412.5),
    )
    assert kept.answers == {FIRST: Answer(level=3)}
    assert "# since 1998" in file.read_text(encoding="utf-8")


def test_what_is_skipped_stays_unsaid(file: Path) -> None:
    ask(file, *["s"] * 36, "2", "q")
    kept = load_answers(file)
    assert kept.organisation == Organisation(name="Café Rosa")
    assert kept.context == Context()
    assert kept.answers == {FIRST: Answer(level=2)}


def test_once_questions_are_answered_what_was_skipped_is_not_asked_again(file: Path) -> None:
    ask(file, *["s"] * 36, "2", "q")
    assert "Enterprise Architecture. 38 of 184" in ask(file, "q")
    assert "How many people work here?" in ask(file, "q", firm=True)


def test_a_file_that_says_what_matters_is_asked_questions_only(file: Path) -> None:
    file.write_text(NEW + "context: {pain: {d2c: 3}}\n", encoding="utf-8")
    assert "1 of 184" in ask(file, "q"), "nothing is answered yet: the firm is asked"
    ask(file, "2", "q", firm=False)
    assert "2 of 148" in ask(file, "q")


def test_only_some_questions_means_nothing_of_the_firm(file: Path) -> None:
    for scope in ({"stream": "d2c"}, {"only_unanswered": True}):
        assert "The firm" not in ask(file, "q", **scope)


def test_taking_back_what_was_said_first_leaves_no_trace(file: Path) -> None:
    ask(file, "48", "z", "q")
    assert file.read_text(encoding="utf-8") == NEW
    ask(file, *["s"] * 5, "3", "z", "4", "z", "q")
    assert file.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("line", ["u3", "?", "n why", "+ note", "e seen"])
def test_what_goes_with_questions_does_not_go_with_the_firm(line: str, file: Path) -> None:
    shown = ask(file, "j goals", line, "q")
    assert "that goes with the questions further on; answer this, or s to skip it" in shown
    assert file.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize(
    ("ask_id", "line", "said"),
    [
        ("organisation.employees", "none", "'none' is no whole number; s skips it"),
        ("organisation.employees", "4.5", "'4.5' is no whole number; s skips it"),
        ("organisation.employees", "0", "0 is not from 1 to 1,000,000"),
        ("organisation.it_staff", "٣", "'٣' is no number; s skips it"),
        ("organisation.sector", "11", "'11' is no number from 1 to 10; s skips it"),
        ("organisation.sector", "1 2", "give one number only"),
        ("organisation.sector", "food", "'food' is no number from 1 to 10; s skips it"),
        ("context.goals.lower-cost", "6", "'6' is none of 0 to 5; s skips it, h helps"),
        ("context.capacity.quarters", "21", "21 is not from 1 to 20"),
    ],
)
def test_what_cannot_be_meant_is_asked_again(
    ask_id: str, line: str, said: str, shipped: Questionnaire
) -> None:
    with pytest.raises(Unclear) as unclear:
        intake(shipped)[ask_id].read(line)
    assert str(unclear.value) == said


def test_a_word_that_begins_with_a_key_is_a_word_where_words_are_asked_for(file: Path) -> None:
    ask(file, "s", "s", "s", "be", "q")
    assert load_answers(file).organisation.country == "be"


def test_somebody_new_is_asked_for_name_and_role(file: Path) -> None:
    ask(file, "Anna de Vries", "shop owner", "2", "q", respondent="anna", stream="d2c")
    kept = load_answers(file)
    assert kept.respondents["anna"].model_dump() == {
        "name": "Anna de Vries",
        "role": "shop owner",
    }
    assert "full name" not in ask(file, "q", respondent="anna", stream="d2c")


def test_who_takes_a_role_too(file: Path) -> None:
    ask(file, "a Jo Bakker, it-lead", "2", "q", firm=False)
    assert load_answers(file).respondents["jo-bakker"].model_dump() == {
        "name": "Jo Bakker",
        "role": "it-lead",
    }


def test_values_go_into_a_file_and_come_out_again(file: Path, shipped: Questionnaire) -> None:
    asks = {**intake(shipped), **of_respondent("anna")}
    said = {
        "organisation.employees": 9,
        "organisation.regulation": ["gdpr"],
        "context.pain.d2c": 0,
        "context.readiness.d2c.sponsor": 5,
        "respondents.anna.role": "owner",
    }
    assert values_of(asks, with_values(load_answers(file), asks, said)) == said
