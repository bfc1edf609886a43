"""Several people's answer files into one: every voice is kept, and what differs is listed."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from builders import LAW, altered, answer_file, asked
from it4it_assess.collect.facts import Conflict, Said
from it4it_assess.collect.merge import Merged, merged, word
from it4it_assess.engine.reading import read_answers
from it4it_assess.errors import AssessError
from it4it_assess.files.load import load_answers
from it4it_assess.files.save import save_answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from it4it_assess.model.answers import AnswerFile

QUESTIONS = asked(a=3, b=1)
ANNA = {"anna": {"name": "Anna", "role": "owner"}}
JO = {"jo": {"name": "Jo"}}


def on(
    day: str | None, answers: Mapping[str, Any], respondents: Mapping[str, Any], **facts: Any
) -> AnswerFile:
    """Return an answer file of that day."""
    file = answer_file(answers, respondents=respondents, **facts)
    return file.model_copy(update={"date": None if day is None else dt.date.fromisoformat(day)})


def together(**files: AnswerFile) -> Merged:
    """Merge files named like their keywords."""
    return merged(QUESTIONS, [(f"{name}.yaml", file) for name, file in files.items()])


def words(file: AnswerFile) -> dict[str, dict[str, Any]]:
    """Return what each voice says to each question, without the notes."""
    return {
        question: {name: word(voice) for name, voice in answer.by.items()}
        for question, answer in file.answers.items()
        if answer is not None
    }


def test_two_people_s_answers_become_two_voices() -> None:
    both = together(
        one=answer_file({"a.1": 1, "a.2": "unknown"}, respondents=ANNA),
        two=answer_file({"a.1": 3, "b.1": {"not_applicable": "no web shop"}}, respondents=JO),
    )
    assert both.conflicts == ()
    assert words(both.answers) == {
        "a.1": {"anna": (1, False, False, None), "jo": (3, False, False, None)},
        "a.2": {"anna": (None, False, True, None)},
        "b.1": {"jo": (None, False, False, "no web shop")},
    }
    assert {name: one.name for name, one in both.answers.respondents.items()} == {
        "anna": "Anna",
        "jo": "Jo",
    }
    assert [(one.source, one.questions, one.voices) for one in both.brought] == [
        ("one.yaml", 2, ("anna",)),
        ("two.yaml", 2, ("jo",)),
    ]


def test_a_note_and_what_was_seen_stay_with_their_voice() -> None:
    both = together(
        one=answer_file(
            {"a.1": {"level": 1, "note": "a list", "evidence": ["the list"]}}, respondents=ANNA
        ),
        two=answer_file({"a.1": {"note": "ask Sem"}}, respondents=JO),
    )
    answer = both.answers.answers["a.1"]
    assert answer is not None
    assert (answer.note, answer.evidence) == ("", ())
    assert (answer.by["anna"].note, answer.by["anna"].evidence) == ("a list", ("the list",))
    assert answer.by["jo"].note == "ask Sem"


def test_what_is_noted_beside_the_voices_stays_beside_them() -> None:
    one = {"a.1": {"by": {"anna": 1}, "note": "argued about", "evidence": ["x"]}}
    two = {"a.1": {"by": {"jo": 3}, "note": "a long talk", "evidence": ["x", "y"]}}
    both = together(one=answer_file(one, respondents=ANNA), two=answer_file(two, respondents=JO))
    answer = both.answers.answers["a.1"]
    assert answer is not None
    assert (answer.note, answer.evidence) == ("argued about; a long talk", ("x", "y"))


@pytest.mark.parametrize(
    ("name", "respondents", "answers", "whose"),
    [
        ("rosa.yaml", ANNA, {"a.1": 1}, "anna"),
        ("rosa.yaml", {}, {"a.1": 1}, "rosa"),
        ("Café Rosa (2).yaml", {}, {"a.1": 1}, "cafe-rosa-2"),
        ("パン.yaml", {}, {"a.1": 1}, "somebody"),
        ("rosa.yaml", {**ANNA, **JO}, {"a.1": 1}, "rosa"),
        ("rosa.yaml", ANNA, {"a.1": 1, "a.2": {"by": {"anna": 2}}}, "rosa"),
        ("rosa.yaml", {**ANNA, "earlier": {}}, {"a.1": 1, "a.2": {"by": {"anna": 2}}}, "earlier"),
    ],
    ids=["one respondent", "none", "accents", "no letter", "several", "mixed", "interviewed"],
)
def test_a_plain_answer_is_the_voice_of_whoever_the_file_says(
    name: str, respondents: dict[str, Any], answers: dict[str, Any], whose: str
) -> None:
    other = answer_file({"a.1": 3}, respondents={"ria": {}})
    both = merged(
        QUESTIONS, [(name, answer_file(answers, respondents=respondents)), ("ria.yaml", other)]
    )
    answer = both.answers.answers["a.1"]
    assert answer is not None
    assert list(answer.by) == [whose, "ria"] or list(answer.by) == ["ria", whose]
    assert whose in both.answers.respondents


def test_two_files_of_one_name_are_two_voices() -> None:
    files = [
        (f"{folder}/answers.yaml", answer_file({"a.1": level}))
        for folder, level in (("anna", 1), ("jo", 3))
    ]
    for order in (files, files[::-1]):
        assert words(merged(QUESTIONS, order).answers)["a.1"] == {
            "anna-answers": (1, False, False, None),
            "jo-answers": (3, False, False, None),
        }
    deep = [(f"{folder}/x/answers.yaml", answer_file({"a.1": 1})) for folder in "ab"]
    assert list(words(merged(QUESTIONS, deep).answers)["a.1"]) == ["x-answers-1", "x-answers-2"]


def test_of_one_person_s_two_words_the_later_counts_and_the_other_is_kept() -> None:
    first = on("2026-09-01", {"a.1": {"level": 2, "note": "a guess", "evidence": ["e"]}}, ANNA)
    then = on("2026-11-02", {"a.1": {"level": 3, "note": "looked"}}, ANNA)
    for files in ({"anna-1": first, "anna-2": then}, {"anna-2": then, "anna-1": first}):
        both = together(**files)
        answer = both.answers.answers["a.1"]
        assert answer is not None
        assert answer.by["anna"].level == 3
        assert answer.by["anna"].note == "looked; earlier: 2 (anna-1.yaml, 2026-09-01) a guess"
        assert answer.by["anna"].evidence == ("e",)
        assert both.answers.date == dt.date(2026, 11, 2)
        assert both.conflicts == (
            Conflict(
                ("answers", "a.1", "by", "anna"),
                Said("anna-2.yaml", dt.date(2026, 11, 2), '3 "looked"'),
                (Said("anna-1.yaml", dt.date(2026, 9, 1), '2 "a guess"'),),
            ),
        )


def test_of_two_words_of_one_day_the_later_named_counts() -> None:
    one, two = answer_file({"a.1": 1}, respondents=ANNA), answer_file({"a.1": 2}, respondents=ANNA)
    answer = together(x=one, y=two).answers.answers["a.1"]
    assert answer is not None
    assert (answer.by["anna"].level, answer.by["anna"].note) == (2, "also: 1 (x.yaml)")


def test_saying_nothing_does_not_speak_against_what_was_said() -> None:
    said = on("2026-09-01", {"a.1": 2}, ANNA)
    later = on("2026-10-01", {"a.1": {"note": "ask again"}}, ANNA)
    both = together(one=said, two=later)
    answer = both.answers.answers["a.1"]
    assert answer is not None
    assert (answer.by["anna"].level, answer.by["anna"].note) == (2, "ask again")
    assert both.conflicts == ()


def test_merging_twice_does_not_repeat_itself() -> None:
    one, two = on("2026-09-01", {"a.1": 1}, ANNA), on("2026-10-01", {"a.1": 2}, ANNA)
    once = together(one=one, two=two)
    again = merged(QUESTIONS, [("out.yaml", once.answers), ("one.yaml", one), ("two.yaml", two)])
    assert again.answers == once.answers


def test_what_was_agreed_stays_when_a_voice_comes_in() -> None:
    settled = {"a.1": {"by": {"anna": 1, "jo": 3}, "agreed": 2, "note": "looked"}}
    one = answer_file(settled, respondents={**ANNA, **JO})
    both = together(one=one, two=answer_file({"a.1": 5}, respondents={"ria": {}}))
    answer = both.answers.answers["a.1"]
    assert answer is not None
    assert (list(answer.by), answer.agreed, answer.note) == (["anna", "jo", "ria"], 2, "looked")
    assert both.conflicts == ()


def test_of_two_agreements_the_later_counts_and_the_other_is_kept() -> None:
    one = on("2026-09-01", {"a.1": {"by": {"anna": 1}, "agreed": 2}}, ANNA)
    two = on("2026-10-01", {"a.1": {"by": {"anna": 1}, "agreed": 4}}, ANNA)
    both = together(one=one, two=two)
    answer = both.answers.answers["a.1"]
    assert answer is not None
    assert (answer.agreed, answer.note) == (4, "agreed earlier: 2 (one.yaml, 2026-09-01)")
    assert [conflict.path for conflict in both.conflicts] == [("answers", "a.1", "agreed")]


def test_facts_that_differ_keep_the_first_and_list_the_others() -> None:
    one = answer_file(
        {},
        organisation={"employees": 48},
        respondents=ANNA,
        pain={"a": 5},
        criteria=["pain"],
        readiness={"a": {"sponsor": 4}},
        stakeholders=[{"name": "Henk", "support": 2}],
    )
    two = answer_file(
        {},
        organisation={"name": " tiny  LTD", "employees": 50, "sector": "food"},
        respondents={"anna": {"name": "Anna de Vries"}},
        pain={"a": 3, "b": 1},
        weights={"gap": 1},
        readiness={"a": {"skills": 3}},
        stakeholders=[{"name": "henk", "support": 4}, {"name": "Ria"}],
    )
    both = together(one=one, two=two)
    firm, context = both.answers.organisation, both.answers.context
    assert (firm.name, firm.employees, firm.sector) == ("Tiny Ltd", 48, "food")
    assert context.pain == {"a": 5, "b": 1}
    assert (context.criteria, context.weights) == (("pain",), None)
    assert (context.readiness["a"].sponsor, context.readiness["a"].skills) == (4, 3)
    assert [(one.name, one.support) for one in context.stakeholders] == [
        ("Henk", 2),
        ("Ria", None),
    ]
    assert {
        conflict.path: (conflict.kept.said, conflict.others[0].said) for conflict in both.conflicts
    } == {
        ("organisation", "employees"): ("48", "50"),
        ("respondents", "anna", "name"): ("Anna", "Anna de Vries"),
        ("context", "pain", "a"): ("5", "3"),
        ("context", "stakeholders", "henk"): (
            "{name: Henk, support: 2}",
            "{name: henk, support: 4}",
        ),
        ("context", "weights"): ("[pain]", "{gap: 1}"),
    }


def test_one_file_alone_stays_as_it_is() -> None:
    file = on("2026-09-01", {"a.1": 1, "a.2": {"by": {"anna": 1}}}, ANNA, pain={"a": 2})
    assert together(only=file).answers == file


def test_files_that_do_not_belong_together_are_all_named() -> None:
    one = answer_file({}).model_copy(update={"questionnaire_version": "1.0"})
    files = [
        ("one.yaml", one),
        ("two.yaml", answer_file({}, organisation={"name": "Other"})),
        ("three.yaml", answer_file({}).model_copy(update={"questionnaire": "./mine"})),
        ("four.yaml", answer_file({}).model_copy(update={"questionnaire_version": "2.0"})),
    ]
    remedy = "merge files of one organisation and one questionnaire only"
    with pytest.raises(AssessError) as raised:
        merged(QUESTIONS, files)
    assert str(raised.value).splitlines() == [
        f"two.yaml: this is 'Other', but one.yaml is 'Tiny Ltd'; {remedy}",
        f"three.yaml: this answers './mine', but one.yaml answers 'tiny'; {remedy}",
        f"four.yaml: this answers version 2.0, but one.yaml answers version 1.0; {remedy}",
    ]
    with pytest.raises(AssessError, match="nothing to merge"):
        merged(QUESTIONS, [])


def test_a_merged_file_can_be_saved_and_read_again(tmp_path: Path) -> None:
    both = together(
        one=answer_file({"a.1": 1, "a.2": None}),
        two=answer_file({"a.1": 3}, respondents=JO, capacity={"quarters": 2}),
    ).answers
    save_answers(both, tmp_path / "both.yaml")
    assert load_answers(tmp_path / "both.yaml", altered(QUESTIONS)) == both


# ---- laws

WORDS = some.one_of(
    some.integers(0, 5),
    some.just("unknown"),
    some.builds(lambda level: {"level": level, "unsure": True}, some.integers(0, 5)),
    some.just({"not_applicable": "not here"}),
    some.none(),
)
NAMES = tuple(QUESTIONS.questions)
PEOPLE = ("anna", "jo", "ria")


@some.composite
def files(draw: some.DrawFn) -> AnswerFile:
    """Draw a file of one day: of one person, of nobody in particular, or of several."""
    kind = draw(some.sampled_from(["one", "nobody", "several"]))
    answers: dict[str, Any] = draw(some.dictionaries(some.sampled_from(NAMES), WORDS))
    if kind == "several":
        people = list(PEOPLE)
        voices = some.dictionaries(some.sampled_from(PEOPLE), WORDS.filter(bool), min_size=1)
        answers |= {
            name: {"by": draw(voices)} for name in draw(some.lists(some.sampled_from(NAMES)))
        }
    else:
        people = [draw(some.sampled_from(PEOPLE))] if kind == "one" else []
    return answer_file(answers, respondents={name: {} for name in people})


def named(drawn: list[AnswerFile]) -> list[tuple[str, AnswerFile]]:
    return [(f"file{number}.yaml", file) for number, file in enumerate(drawn)]


@LAW
@given(files())
def test_merging_one_file_changes_no_reading(file: AnswerFile) -> None:
    one = merged(QUESTIONS, [("x.yaml", file)]).answers
    assert read_answers(QUESTIONS, one) == read_answers(QUESTIONS, file)


@LAW
@given(some.lists(files(), min_size=2, max_size=3))
def test_the_order_of_files_decides_nothing_but_who_wins_a_tie(drawn: list[AnswerFile]) -> None:
    every = [merged(QUESTIONS, list(order)) for order in permutations(named(drawn))]
    tied = {conflict.path[1] for conflict in every[0].conflicts}
    for other in every[1:]:
        assert {conflict.path[1] for conflict in other.conflicts} == tied
        assert {name: set(said) for name, said in words(other.answers).items()} == {
            name: set(said) for name, said in words(every[0].answers).items()
        }
        readings = [read_answers(QUESTIONS, one.answers) for one in (every[0], other)]
        for name in NAMES:
            if name not in tied:
                assert words(other.answers).get(name) == words(every[0].answers).get(name)
                one, two = (read[name] for read in readings)
                assert (one.state, one.level, one.low, one.high) == (
                    two.state,
                    two.level,
                    two.low,
                    two.high,
                )


@LAW
@given(some.lists(files(), min_size=2, max_size=4))
def test_every_voice_of_every_file_is_in_the_merged_one(drawn: list[AnswerFile]) -> None:
    whole = merged(QUESTIONS, named(drawn))
    for (source, file), brought in zip(named(drawn), whole.brought, strict=True):
        for question, answer in file.answers.items():
            if answer is None:
                continue
            kept = whole.answers.answers[question]
            assert kept is not None
            owner = brought.voices[0] if len(brought.voices) == 1 else ""
            voices = answer.by or {owner: answer}
            for name, voice in voices.items():
                heard = [kept.by[name]] if name else list(kept.by.values())
                assert any(word(one) == word(voice) or f"({source})" in one.note for one in heard)


@LAW
@given(files(), files(), files())
def test_merging_in_steps_keeps_the_same_voices(
    one: AnswerFile, two: AnswerFile, three: AnswerFile
) -> None:
    a, b, c = named([one, two, three])
    at_once = merged(QUESTIONS, [a, b, c]).answers
    ab = merged(QUESTIONS, [a, b]).answers
    in_steps = merged(QUESTIONS, [("ab.yaml", ab), c]).answers
    assert words(in_steps) == words(at_once)
