from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import NO_ANSWER, answer_file, asked, flat, judge, questionnaire, read
from it4it_assess.engine.reading import at_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.assessment import Reading, StreamAgreement

JO = {"jo": {"name": "Jo", "role": "it-lead"}}
THREE = {
    "anna": {"name": "Anna", "role": "owner"},
    "jo": {"name": "Jo", "role": "it-lead"},
    "sem": {"name": "Sem", "role": "it-lead"},
}


def read_one(answer: Any, scale: Sequence[float] = range(6)) -> Reading:
    return read(questionnaire(flat("a", 1), scale=scale), {"a.1": answer})["a.1"]


def voices(*levels: Any) -> dict[str, Any]:
    return {"by": {f"voice-{place}": level for place, level in enumerate(levels)}}


def span(reading: Reading) -> tuple[str, float | None, float, float]:
    return (reading.state, reading.level, reading.low, reading.high)


# One voice


def test_a_level_stands_for_itself() -> None:
    assert span(read_one(3)) == ("level", 3, 3, 3)


def test_an_unsure_level_may_be_one_step_off_each_way() -> None:
    assert span(read_one({"level": 3, "unsure": True})) == ("unsure", 3, 2, 4)


def test_a_step_is_to_the_next_value_of_the_scale() -> None:
    uneven = (0, 0.25, 0.5, 1)
    unsure = {"level": 0.5, "unsure": True}
    assert span(read_one(unsure, uneven)) == ("unsure", 0.5, 0.25, 1)


def test_a_step_off_the_scale_is_not_taken() -> None:
    assert span(read_one({"level": 0, "unsure": True})) == ("unsure", 0, 0, 1)
    assert span(read_one({"level": 5, "unsure": True})) == ("unsure", 5, 4, 5)


def test_unknown_and_unanswered_may_be_anything_and_stay_apart() -> None:
    assert span(read_one("unknown")) == ("unknown", None, 0, 5)
    assert span(read_one(None)) == ("unanswered", None, 0, 5)
    assert span(read(asked(a=1))["a.1"]) == ("unanswered", None, 0, 5)


def test_what_does_not_apply_keeps_its_reason() -> None:
    reading = read_one({"not_applicable": "we do not recharge IT"})
    assert (reading.state, reading.level) == ("not_applicable", None)
    assert reading.reason == "we do not recharge IT"


def test_a_reading_taken_at_a_level_is_there_for_sure_and_keeps_what_was_said() -> None:
    unsure = read_one({"level": 2, "unsure": True, "note": "ask Jo"})
    assert span(at_level(unsure, 4)) == ("level", 4, 4, 4)
    assert at_level(unsure, 4).note == "ask Jo"


def test_notes_and_evidence_are_kept() -> None:
    reading = read_one({"level": 3, "note": "since May", "evidence": ["the list"]})
    assert (reading.note, reading.evidence) == ("since May", ("the list",))


# Several voices


@pytest.mark.parametrize(
    ("levels", "middle"), [((1, 3), 1), ((1, 1, 4, 5), 1), ((5, 0, 3), 3), ((2,), 2)]
)
def test_several_voices_stand_at_their_low_median(levels: tuple[int, ...], middle: int) -> None:
    assert span(read_one(voices(*levels))) == ("level", middle, middle, middle)


def test_one_voice_that_says_nothing_of_use_leaves_the_others_word() -> None:
    reading = read_one(voices(4, "unknown", NO_ANSWER, {"note": "ask Jo"}, 3))
    assert span(reading) == ("level", 3, 3, 3)
    assert [voice.level for voice in reading.voices] == [4, None, None, None, 3]


def test_unsure_voices_give_the_middle_of_their_lows_and_of_their_highs() -> None:
    unsure = {"level": 3, "unsure": True}
    # lows 2 2 4: 2; highs 4 4 4: 4
    assert span(read_one(voices(unsure, unsure, 4))) == ("unsure", 3, 2, 4)
    # lows 2 3 4: 3; highs 3 4 4: 4
    assert span(read_one(voices(unsure, 3, 4))) == ("unsure", 3, 3, 4)


@pytest.mark.parametrize(
    ("levels", "deviation"),
    [
        ((3, 3, 3), 0),
        ((2, 4), 1),  # median 3; of six options, only above 1 is a dispute
        ((0, 0, 3), 1),
        ((1, 4), 1.5),
        ((0, 1, 5), 5 / 3),
        ((1, 1, 4, 5), 1.75),  # median 2.5: (1.5 + 1.5 + 1.5 + 2.5) / 4
    ],
)
def test_voices_further_than_one_level_from_their_median_are_a_dispute(
    levels: tuple[int, ...], deviation: float
) -> None:
    reading = read_one(voices(*levels))
    assert reading.deviation == pytest.approx(deviation)
    assert reading.disputed is (deviation > 1)


def test_the_limit_of_a_dispute_is_a_sixth_of_the_options_in_steps_of_the_scale() -> None:
    # four options, mean step 1 / 3: 4 / 6 x 1 / 3 = 0.222; deviations 0.125 and 0.25
    uneven = (0, 0.25, 0.5, 1)
    assert not read_one(voices(0.25, 0.5), uneven).disputed
    assert read_one(voices(0, 0.5), uneven).disputed
    # five options a step of 1 apart, wherever they start: 0.83; deviations 0.5 and 1
    assert not read_one(voices(1, 2), (1, 2, 3, 4, 5)).disputed
    assert read_one(voices(1, 3), (1, 2, 3, 4, 5)).disputed


def test_consensus_runs_from_one_mind_to_the_two_ends_of_the_scale() -> None:
    assert read_one(voices(2, 2)).consensus == 1
    assert read_one(voices(0, 5)).consensus == pytest.approx(0)


def test_one_level_alone_is_no_agreement() -> None:
    reading = read_one(voices(2, "unknown"))
    assert (reading.deviation, reading.consensus, reading.disputed) == (None, None, False)


def test_disagreement_does_not_widen_the_bounds() -> None:
    reading = read_one(voices(0, 1, 5))
    assert reading.disputed
    assert (reading.low, reading.high) == (1, 1)


def test_it_applies_unless_all_say_that_it_does_not() -> None:
    nobody = read_one(voices({"not_applicable": "no web shop"}, {"not_applicable": "no tills"}))
    assert nobody.state == "not_applicable"
    assert nobody.reason == "no web shop; no tills"
    assert read_one(voices(NO_ANSWER, NO_ANSWER)).reason == "not here"
    assert read_one(voices(NO_ANSWER, "unknown")).state == "unknown"
    assert read_one(voices(NO_ANSWER, {"note": "away"})).state == "unanswered"


def test_voices_without_a_level_are_unknown_once_one_of_them_was_asked() -> None:
    assert span(read_one(voices("unknown", {"note": "away"}))) == ("unknown", None, 0, 5)
    assert span(read_one(voices({"note": "away"}))) == ("unanswered", None, 0, 5)


def test_what_was_agreed_counts_and_how_far_the_voices_were_apart_stays() -> None:
    reading = read_one({**voices(0, 1, 5), "agreed": 4, "note": "the log shows it"})
    assert span(reading) == ("level", 4, 4, 4)
    assert (reading.agreed, reading.disputed, reading.note) == (4, False, "the log shows it")
    open_one = read_one(voices(0, 1, 5))
    assert open_one.disputed
    assert (reading.deviation, reading.consensus) == (open_one.deviation, open_one.consensus)
    assert reading.voices == open_one.voices


def test_what_was_agreed_counts_where_no_voice_gave_a_level() -> None:
    reading = read_one({**voices("unknown", NO_ANSWER), "agreed": 1})
    assert span(reading) == ("level", 1, 1, 1)
    assert read_one({**voices(NO_ANSWER), "agreed": 0}).reason == ""


def test_every_voice_keeps_its_role_and_its_note() -> None:
    file = answer_file(
        {"a.1": {"by": {"jo": {"level": 2, "unsure": True, "note": "on Fridays"}, "bo": 3}}},
        respondents=JO,
    )
    jo, bo = judge(asked(a=1), file).readings["a.1"].voices
    assert (jo.respondent, jo.role, jo.level, jo.unsure) == ("jo", "it-lead", 2, True)
    assert jo.note == "on Fridays"
    assert (bo.respondent, bo.role, bo.level, bo.unsure) == ("bo", "", 3, False)


# Agreement of a stream


def agreement(*answers: dict[str, Any]) -> StreamAgreement:
    """Return the agreement of a stream whose questions got these answers."""
    file = answer_file(
        {f"a.{number}": {"by": by} for number, by in enumerate(answers, start=1)},
        respondents=THREE,
    )
    (found,) = judge(asked(a=len(answers)), file).agreement
    return found


def test_alpha_needs_ten_questions_that_two_answered() -> None:
    ten = [{"anna": level % 6, "jo": level % 6} for level in range(10)]
    assert (agreement(*ten).shared, agreement(*ten).alpha) == (10, 1)
    assert agreement(*ten[:9]).alpha is None
    assert agreement(*ten[:9], {"anna": 1, "jo": "unknown"}).shared == 9


def test_alpha_is_ordinal_over_the_shared_questions() -> None:
    # nine times both say 1, once 1 and 2: nineteen 1s and one 2. Two values, one distance d:
    # observed 2 d, by chance 2 x 19 x 1 / 19 d = 2 d. The lone answer does not count.
    answers = [{"anna": 1, "jo": 1}] * 9 + [{"anna": 1, "jo": 2}, {"anna": 5}]
    assert agreement(*answers).alpha == pytest.approx(0)


def test_each_role_gives_its_low_median_over_the_shared_questions() -> None:
    found = agreement(
        {"anna": 4, "jo": 1, "sem": 2},
        {"anna": 5, "jo": 1, "sem": "unknown"},
        {"anna": 0},
    )
    # owner 4 5; it-lead 1 2 1; the third question only one answered
    assert found.by_role == {"owner": 4, "it-lead": 1}
    assert found.shared == 2


def test_somebody_without_a_role_speaks_for_none() -> None:
    found = agreement({"anna": 4, "stranger": 1})
    assert found.by_role == {"owner": 4}


def test_a_stream_that_nobody_shared_says_nothing() -> None:
    found = agreement({"anna": 3})
    assert (found.shared, found.alpha, found.by_role) == (0, None, {})
