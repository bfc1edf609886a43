"""What a workshop is to talk about, in which order, and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import answer_file, asked, component, flat, judge, question, questionnaire, stream
from it4it_assess.engine.agenda import agenda, within

if TYPE_CHECKING:
    from it4it_assess.model.agenda import Agenda

AIMS = questionnaire(flat("a", 3, target=5), flat("b", 3, target=5))
"""Judged by the gap alone: the stream with the lower mean is first, and a of two level ones."""

BY_GAP: dict[str, Any] = {"criteria": ["gap"]}
PEOPLE = {"anna": {"name": "Anna", "role": "owner"}, "jo": {"name": "Jo"}, "sem": {}}


def by(**voices: Any) -> dict[str, Any]:
    return {"by": voices}


def laid(answers: dict[str, Any]) -> Agenda:
    return agenda(AIMS, answer_file(answers, respondents=PEOPLE, **BY_GAP))


def names(found: Agenda) -> list[str]:
    return [topic.question for topic in found.topics]


def test_only_what_people_say_differently_is_talked_about() -> None:
    found = laid(
        {
            "a.1": by(anna=1, jo=2),
            "a.2": by(anna=2, jo=2),
            "a.3": by(anna=2, jo={"level": 2, "unsure": True}),
            "b.1": 3,
            "b.2": by(anna="unknown", jo="unknown"),
            "b.3": by(anna=2, jo={"note": "away that day"}),
        }
    )
    assert names(found) == ["a.1"]


def test_what_one_knows_and_another_does_not_is_talked_about() -> None:
    found = laid({"a.1": by(anna=1, jo="unknown"), "a.2": by(anna=1, jo={"not_applicable": "x"})})
    assert [(one.question, one.kind, one.minutes) for one in found.topics] == [
        ("a.1", "known by some", 2),
        ("a.2", "known by some", 2),
    ]


def test_what_is_agreed_is_settled_and_left_out() -> None:
    answer = {**by(anna=0, jo=5), "agreed": 4, "note": "seen"}
    found = laid({"a.1": answer, "a.2": by(anna=1, jo=2)})
    assert names(found) == ["a.2"]
    (settled,) = found.settled
    assert (settled.question, settled.agreed, settled.note) == ("a.1", 4, "seen")
    assert [(word.name, word.says) for word in settled.voices] == [("Anna", "0"), ("Jo", "5")]


def test_what_changes_the_pick_comes_first_then_the_widest_apart_then_what_moves_most() -> None:
    # a: middles 0, 0, 0 and means 0; b: 1, 1, 1. At their highest a.1 lifts a to 4/3, past b.
    found = laid(
        {
            "a.1": by(anna=0, jo=4),
            "a.2": by(anna=0, jo=2),
            "a.3": 0,
            "b.1": by(anna=1, jo="unknown"),
            "b.2": by(anna=1, jo=5),
            "b.3": by(anna=1, jo=2),
        }
    )
    assert found.first == "a"
    assert [(one.question, one.kind) for one in found.topics] == [
        ("a.1", "decides"),
        ("b.2", "apart"),
        ("a.2", "near"),
        ("b.3", "near"),
        ("b.1", "known by some"),
    ]
    deciding = found.topics[0]
    assert (deciding.first_at_lowest, deciding.first_at_highest) == ("a", "b")
    # the gap of a is 5 of 5 at its lowest, 5 - 4/3 at its highest, the other way round in value
    assert deciding.moved == "a"
    assert deciding.moves == pytest.approx(4 / 3 / 5)
    assert deciding.effect == "At 4, B would come first. It moves the value of A by 0.267 of 1."
    assert found.topics[1].effect == (
        "By itself it does not change which stream comes first; "
        "it moves the value of B by 0.267 of 1."
    )
    assert found.topics[-1].effect == "By itself it does not change which stream comes first."


def test_what_it_says_would_happen_does_happen() -> None:
    answers = {"a.1": by(anna=0, jo=4), "a.2": 0, "a.3": 0, **dict.fromkeys(("b.1", "b.2"), 1)}
    for topic in laid(answers).topics:
        levels = [word.level for word in topic.voices if word.level is not None]
        for level, first in (
            (min(levels), topic.first_at_lowest),
            (max(levels), topic.first_at_highest),
        ):
            then = judge(AIMS, {**answers, topic.question: level}, **BY_GAP)
            assert then.ranking.first == first


def test_it_says_whose_view_throughout_would_put_another_stream_first() -> None:
    # As Jo sees it a stands at (2 + 2 + 0) / 3 and b at 1: b would be first. Sem spoke of b only.
    answers = {
        "a.1": by(anna=0, jo=2),
        "a.2": by(anna=0, jo=2),
        "a.3": 0,
        "b.1": by(jo=1, sem=2),
        "b.2": 1,
        "b.3": 1,
    }
    found = laid(answers)
    assert [(one.name, one.first) for one in found.alone] == [
        ("Anna", "a"),
        ("Jo", "b"),
        ("sem", "a"),
    ]


def test_the_levels_between_the_voices_are_read_out_and_what_to_look_at() -> None:
    part = component("a.part", question("a.1", evidence=["the list"]))
    asks = questionnaire(stream("a", part), scale=(0, 2, 4, 8))
    said = {"level": 4, "unsure": True, "note": "in May", "evidence": ["a mail"]}
    found = agenda(asks, answer_file({"a.1": by(anna=said, jo=0)}, respondents=PEOPLE))
    (topic,) = found.topics
    assert [(step.level, step.means) for step in topic.levels] == [
        (0, "Practice 0."),
        (2, "Practice 2."),
        (4, "Practice 4."),
    ]
    assert topic.look_at == ("the list",)
    anna = topic.voices[0]
    assert (anna.name, anna.role, anna.says) == ("Anna", "owner", "4, unsure")
    assert (anna.note, anna.evidence) == ("in May", ("a mail",))


def test_only_what_fits_into_the_time_is_kept_and_none_is_passed_over() -> None:
    found = laid(
        {"a.1": by(anna=0, jo=5), "a.2": by(anna=1, jo=2), "a.3": by(anna=1, jo="unknown")}
    )
    assert [topic.minutes for topic in found.topics] == [5, 3, 2]
    assert found.minutes == 10
    assert [len(within(found.topics, minutes)) for minutes in (4, 5, 7, 8, 9, 10, 60)] == [
        0,
        1,
        1,
        2,
        2,
        3,
        3,
    ]


def test_one_voice_or_none_leaves_nothing_to_talk_about() -> None:
    empty = agenda(asked(a=1), answer_file())
    assert (empty.topics, empty.settled, empty.alone, empty.minutes) == ((), (), (), 0)
    assert laid({"a.1": by(anna=1), "a.2": 3}).topics == ()
