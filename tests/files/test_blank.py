"""A blank answer file: loads as it is, asks everything, and takes any name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW, TODAY, answer_file, asked, flat, questionnaire
from it4it_assess.files.blank import WIDTH, blank_answers
from it4it_assess.files.load import load_answers
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.model.answers import Answer, AnswerFile

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.model.questionnaire import Questionnaire

HOSTILE = [
    *("no", "012", "1:30", "~", "null", "-", "- a", "a: b", "a #b", "#", "{a}", "[a, b]", "&a"),
    *("*a", "!a", "%a", "@a", "`a`", "'", '"', 'O\'Brien "Bread"', "C:\\x", "}", ", x: y"),
    *("two\nlines", "name\nanswers: {}\n", "\u2028", "\u0085", "🥐", "x" * 250, " a ", "{{ a }}"),
]
A_LINE_LEFT_OUT = re.compile(r"^(    )# (\S+: .+)$", re.MULTILINE)
AN_OPEN_QUESTION = re.compile(r"^  ([a-z0-9-]+[.][a-z0-9.-]+):$", re.MULTILINE)


def blank(
    asked_of: Questionnaire, *, name: str = "Bakkerij", quick: bool = False, of: str | None = None
) -> str:
    return blank_answers(
        asked_of, name=name, today=TODAY, quick=quick, questionnaire_name=of or asked_of.id
    )


def loaded(text: str, folder: Path, questionnaire: Questionnaire) -> AnswerFile:
    path = folder / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return load_answers(path, questionnaire)


def test_a_blank_file_loads_and_answers_nothing(tmp_path: Path, shipped: Questionnaire) -> None:
    answers = loaded(blank(shipped), tmp_path, shipped)
    assert answers.answers == dict.fromkeys(shipped.questions)
    assert answers.organisation.name == "Bakkerij"
    assert answers.date == TODAY
    assert (answers.questionnaire, answers.questionnaire_version) == ("it4it", shipped.version)
    assert (answers.context.goals, answers.context.pain, answers.context.readiness) == ({}, {}, {})
    assert answers.context.criteria == tuple(one.id for one in shipped.criteria)


def test_a_quick_file_asks_the_essential_questions_and_no_others(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    essential = [name for name, one in shipped.questions.items() if one.essential]
    assert 0 < len(essential) < len(shipped.questions)
    answers = loaded(blank(shipped, quick=True), tmp_path, shipped)
    assert list(answers.answers) == essential


@pytest.mark.parametrize("quick", [True, False])
def test_a_file_filled_in_with_an_editor_loads(
    *, quick: bool, tmp_path: Path, shipped: Questionnaire
) -> None:
    text = AN_OPEN_QUESTION.sub(r"  \1: 2", blank(shipped, quick=quick))
    open_questions = [
        name for name, one in shipped.questions.items() if one.essential or not quick
    ]
    answers = loaded(text, tmp_path, shipped).answers
    assert answers == dict.fromkeys(open_questions, Answer(level=2))


def test_every_line_left_out_may_be_put_in(tmp_path: Path, shipped: Questionnaire) -> None:
    """Take the # before each goal, pain and readiness line, as the comments say."""
    text, count = A_LINE_LEFT_OUT.subn(r"\1\2", blank(shipped))
    context = loaded(text, tmp_path, shipped).context
    primary = [stream.id for stream in shipped.streams if stream.kind == "primary"]
    assert context.goals == dict.fromkeys((goal.id for goal in shipped.goals), 3)
    assert context.pain == dict.fromkeys(primary, 3)
    assert list(context.readiness) == primary
    assert count == len(shipped.goals) + 2 * len(primary)


def test_every_question_stands_under_its_own_words_and_its_levels(shipped: Questionnaire) -> None:
    text = one_line(re.sub(r"^  # ", "", blank(shipped), flags=re.MULTILINE))
    for question in shipped.questions.values():
        levels = [f"{value:g} {sentence}" for value, sentence in question.levels.items()]
        assert one_line(f"{question.ask} {' '.join(levels)} {question.id}: ") in text


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_no_line_is_too_long_for_a_terminal(shipped: Questionnaire) -> None:
    comments = [line for line in blank(shipped).splitlines() if line.startswith("  # ")]
    assert comments
    assert max(map(len, comments)) <= WIDTH


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_survives_and_changes_nothing_else(
    name: str, tmp_path: Path, shipped: Questionnaire
) -> None:
    usual = loaded(blank(shipped, quick=True), tmp_path, shipped)
    answers = loaded(blank(shipped, name=name, quick=True), tmp_path, shipped)
    assert answers.organisation.name == name
    assert answers.answers == usual.answers
    assert answers.context == usual.context


@pytest.mark.parametrize("folder", ["./a: b", "./a #b", "../- vragen", "./no\n", '"'])
def test_a_questionnaire_in_a_folder_of_any_name_is_named(folder: str) -> None:
    document = read_yaml(blank(asked(a=1), of=folder), "here.yaml")
    assert document.problems == []
    assert document.value["questionnaire"] == folder


@LAW
@given(name=st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60))
def test_any_name_survives(name: str) -> None:
    document = read_yaml(blank(asked(a=1), name=name, of=f"./{name}"), "here.yaml")
    assert document.problems == []
    assert document.value["organisation"] == {"name": name}
    assert document.value["questionnaire"] == f"./{name}"


def test_a_questionnaire_without_goals_and_with_a_scale_of_its_own_has_a_blank_file_too(
    tmp_path: Path,
) -> None:
    tiny = questionnaire(
        flat("a", 2), flat("s", 1, kind="supporting"), scale=[0, 0.5, 1], version="012"
    )
    text = blank(tiny)
    assert "  # 0.5 Practice 0.5." in text
    assert "goals:" not in text
    assert "    # s: 3" not in text
    answers = loaded(text, tmp_path, tiny)
    assert answers.answers == {"a.1": None, "a.2": None, "s.1": None}
    assert answers.questionnaire_version == "012"


def test_what_the_head_says_one_may_write_may_be_written(tmp_path: Path) -> None:
    """The comment at the top shows the forms of an answer; each of them is one."""
    tiny = asked(a=5)
    text = blank(tiny)
    forms = re.findall(r"^#   (unknown|\{.*?\})(?=  |$)", text, re.MULTILINE)
    assert len(forms) == 5
    for number, form in enumerate(forms, start=1):
        text = text.replace(f"  a.{number}:\n", f"  a.{number}: {form}\n")
    text = text.replace("respondents: {}", "respondents: {anna: {name: Anna}, jo: {name: Jo}}")
    answers = loaded(text, tmp_path, tiny)
    assert (
        answers.answers
        == answer_file(
            {
                "a.1": "unknown",
                "a.2": {"level": 2, "unsure": True},
                "a.3": {"level": 3, "note": "a note", "evidence": ["what you saw"]},
                "a.4": {"not_applicable": "why"},
                "a.5": {"by": {"anna": 1, "jo": 3}},
            }
        ).answers
    )


def test_a_blank_file_is_the_same_each_time(shipped: Questionnaire) -> None:
    assert blank(shipped) == blank(shipped)
