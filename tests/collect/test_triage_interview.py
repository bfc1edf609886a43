"""A triage at the table: the firm, ten questions, then only what could change the pick."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, TODAY
from interviewing import hold
from it4it_assess.collect.interview import Scope, lines_talk
from it4it_assess.engine.assess import assess
from it4it_assess.engine.reading import read_answers
from it4it_assess.files.load import load_answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from it4it_assess.collect.sitting import Sitting
    from it4it_assess.model.questionnaire import Questionnaire

TRIAGE = Scope(triage=True, firm=False)


def begun(firm: str, folder: Path) -> Path:
    """Write a file that knows the firm, and none of its answers."""
    text = (EXAMPLES / f"{firm}.yaml").read_text(encoding="utf-8")
    path = folder / f"{firm}.yaml"
    path.write_text(text[: text.index("\nanswers:")] + "\nanswers: {}\n", encoding="utf-8")
    return path


def levels(firm: str, shipped: Questionnaire) -> dict[str, str]:
    """Return what is typed for each question: the firm's level, or unknown."""
    answers = load_answers(EXAMPLES / f"{firm}.yaml", shipped)
    return {
        name: "?" if reading.level is None else f"{reading.level:g}"
        for name, reading in read_answers(shipped, answers).items()
    }


def asked_in(path: Path, typed: dict[str, str], shipped: Questionnaire) -> tuple[Sitting, str]:
    """Answer as the firm would, whatever is asked."""
    out = io.StringIO()
    by_text = {question.ask: name for name, question in shipped.questions.items()}

    def lines() -> Iterator[str]:
        while True:
            asked = [line for line in out.getvalue().splitlines() if line in by_text]
            yield f"{typed[by_text[asked[-1]]]}\n"

    return hold(path, TRIAGE, lines_talk(lines(), out)), out.getvalue()


@pytest.mark.parametrize("firm", ["bakery", "agency", "manufacturer"])
def test_few_questions_name_the_stream_that_all_would_name(
    firm: str, tmp_path: Path, shipped: Questionnaire
) -> None:
    path = begun(firm, tmp_path)
    sitting, shown = asked_in(path, levels(firm, shipped), shipped)
    whole = assess(shipped, load_answers(EXAMPLES / f"{firm}.yaml", shipped), today=TODAY)
    title = next(one.title for one in shipped.streams if one.id == whole.ranking.first)
    assert sitting.remark.startswith(f"As it stands, {title} is first: ")
    count = len(load_answers(path).answers)
    assert 10 <= count <= 0.4 * len(shipped.questions)
    assert f"after {count}." in sitting.remark
    assert shown.count("As it stands, ") >= 2, "it says how sure it is as it goes"


def test_the_firm_is_asked_before_the_questions(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(
        "format: 1\nquestionnaire: it4it\norganisation: {name: New}\nanswers: {}\n",
        encoding="utf-8",
    )
    out = io.StringIO()
    typed = iter(["s\n"] * 36 + ["3\n", "q\n"])
    sitting = hold(path, Scope(triage=True), lines_talk(typed, out))
    first, second = sitting.queue[36:]
    assert load_answers(path).answers.keys() == {first}
    assert second != first


def test_what_is_skipped_is_not_put_again_and_the_end_comes(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    path = begun("bakery", tmp_path)
    out = io.StringIO()
    sitting = hold(path, TRIAGE, lines_talk(iter(["s\n"] * 500), out))
    assert len(sitting.queue) == len(set(sitting.queue)) <= len(shipped.questions)
    assert sitting.ask is None or len(sitting.queue) == 500
    assert load_answers(path).answers == {}


def test_only_the_streams_questions_are_put_when_one_is_named(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    path = begun("bakery", tmp_path)
    scope = Scope(triage=True, firm=False, stream="d2c")
    sitting = hold(path, scope, lines_talk(iter(["2\n"] * 200), io.StringIO()))
    assert {shipped.stream_of[name].id for name in sitting.queue} == {"d2c"}


def test_going_on_later_asks_what_is_still_open(tmp_path: Path) -> None:
    path = begun("agency", tmp_path)
    first = hold(path, TRIAGE, lines_talk(iter(["1\n"] * 4 + ["q\n"]), io.StringIO()))
    again = hold(path, TRIAGE, lines_talk(iter(["1\n", "q\n"]), io.StringIO()))
    assert set(again.queue[:1]).isdisjoint(first.queue[:4])
    assert len(load_answers(path).answers) == 5
