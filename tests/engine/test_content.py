from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW, component, flat, initiative, question, questionnaire, stream
from it4it_assess.engine.content import count_content, likeness, lint_content, reading_grade

if TYPE_CHECKING:
    from it4it_assess.model.questionnaire import Questionnaire

TELLING = {
    0: "Paper lies about on every desk in the shop.",
    1: "Somebody now and then tidies a drawer at night.",
    2: "Anna knows by heart where most things hang.",
}
OTHER = {0: "One goes home early.", 1: "Two stay until six.", 2: "All three take turns."}
HEAVY = "Organisational capability institutionalisation necessitates documentation."


def sound(name: str = "a.1", **fields: Any) -> dict[str, Any]:
    return question(name, **{"essential": True, "levels": TELLING, **fields})


def firm(*questions: dict[str, Any], works: list[dict[str, Any]], **frame: Any) -> Questionnaire:
    """Return a stream of one component on a scale of three values, with target 1."""
    one = stream("a", component("a.part", *questions), target=1, initiatives=works)
    return questionnaire(one, scale=(0, 1, 2), **frame)


LIFT = initiative("fix", {"a.1": 1})


def test_sound_content_has_nothing_to_mend() -> None:
    assert lint_content(firm(sound(), works=[LIFT])) == []


def test_every_component_has_exactly_one_essential_question() -> None:
    none = firm(sound(essential=False), works=[LIFT])
    assert lint_content(none) == ["a.part: 0 essential questions; mark exactly one"]
    two = firm(sound(), sound("a.2", levels=OTHER), works=[LIFT, initiative("also", {"a.2": 1})])
    assert lint_content(two) == ["a.part: 2 essential questions; mark exactly one"]


def test_every_question_can_be_lifted_to_the_usual_target() -> None:
    complaint = "a.1: no initiative lifts it to 1; add or extend one"
    assert lint_content(firm(sound(), works=[])) == [complaint]
    assert lint_content(firm(sound(), works=[initiative("fix", {"a.1": 2})])) == []


def test_a_question_lifted_to_the_lowest_value_is_not_lifted() -> None:
    assert lint_content(firm(sound(), works=[initiative("fix", {"a.1": 0})])) == [
        "a.1: no initiative lifts it to 1; add or extend one",
        "fix: lifts a.1 no higher than what it needs already did",
    ]


def test_an_initiative_lifts_higher_than_all_that_it_needs() -> None:
    chain = [
        initiative("one", {"a.1": 1}),
        initiative("two", {"a.1": 2}, needs=["one"]),
        initiative("three", {"a.1": 2}, needs=["two"]),
    ]
    assert lint_content(firm(sound(), works=chain)) == [
        "three: lifts a.1 no higher than what it needs already did"
    ]


def test_needs_of_needs_count() -> None:
    chain = [
        initiative("one", {"a.1": 2}),
        initiative("two", {"a.2": 1}, needs=["one"]),
        initiative("three", {"a.1": 1, "a.2": 2}, needs=["two"]),
    ]
    both = firm(sound(), sound("a.2", essential=False, levels=OTHER), works=chain)
    assert lint_content(both) == ["three: lifts a.1 no higher than what it needs already did"]


def test_the_highest_of_several_needs_counts() -> None:
    works = [
        initiative("one", {"a.1": 1}),
        initiative("two", {"a.2": 1}),
        initiative("both", {"a.1": 1, "a.2": 2}, needs=["two", "one"]),
    ]
    both = firm(sound(), sound("a.2", essential=False, levels=OTHER), works=works)
    assert lint_content(both) == ["both: lifts a.1 no higher than what it needs already did"]


def test_a_need_that_lifts_another_question_is_no_hindrance_below_nought() -> None:
    one = stream(
        "a",
        component(
            "a.part",
            question("a.1", essential=True, levels={-1: "Dark.", 0: "Light."}),
            question("a.2", levels={-1: "Cold.", 0: "Warm."}),
        ),
        target=0,
        initiatives=[
            initiative("one", {"a.1": 0}),
            initiative("two", {"a.2": 0}, needs=["one"]),
        ],
    )
    assert lint_content(questionnaire(one, scale=(-1, 0))) == []


def test_every_stage_of_a_view_is_fed_by_two_questions() -> None:
    view = {
        "id": "whole",
        "title": "Whole",
        "groups": [{"id": "run", "title": "Run", "stages": [{"id": "run.it", "title": "It"}]}],
    }
    works = [initiative("fix", {"a.1": 1, "a.2": 1})]
    asks = (sound(v3="run.it"), sound("a.2", essential=False, levels=OTHER))
    assert lint_content(firm(*asks, works=works, views=[view])) == [
        "run.it: 1 questions feed it; give it 2 or more"
    ]
    asks = (sound(v3="run.it"), sound("a.2", essential=False, levels=OTHER, v3="run.it"))
    assert lint_content(firm(*asks, works=works, views=[view])) == []


def test_level_sentences_tell_each_other_apart() -> None:
    levels = {**TELLING, 1: "Paper lies about on every desk in the attic."}
    # 6 of the 7 trigrams are those of level 0
    assert lint_content(firm(sound(levels=levels), works=[LIFT])) == [
        "a.1 level 1: nearly the same sentence as a.1 level 0; tell them apart"
    ]


def test_a_sentence_inside_a_longer_one_is_its_twin() -> None:
    levels = {**TELLING, 1: "Paper lies about.", 2: f"{TELLING[0]} Nobody ever minds that at all."}
    assert lint_content(firm(sound(levels=levels), works=[LIFT])) == [
        "a.1 level 1: nearly the same sentence as a.1 level 0; tell them apart",
        "a.1 level 2: nearly the same sentence as a.1 level 0; tell them apart",
        "a.1 level 2: nearly the same sentence as a.1 level 1; tell them apart",
    ]


def test_a_few_words_in_common_make_no_twins() -> None:
    # 3 of the 7 trigrams of level 0
    levels = {**TELLING, 1: "Paper lies about on the floor near the big oven."}
    assert lint_content(firm(sound(levels=levels), works=[LIFT])) == []


def test_hard_words_are_told_with_their_grade() -> None:
    levels = {0: HEAVY, 1: "Do it.", 2: f"Eventually {HEAVY}"}
    twins, grade = lint_content(firm(sound(levels=levels), works=[LIFT]))
    assert twins.startswith("a.1 level 2: nearly the same sentence")
    grades = [reading_grade(text) for text in ("How is a.1 done?", *levels.values())]
    assert grade == (
        f"tiny: median reading grade {sum(sorted(grades)[1:3]) / 2:.1f}, "
        f"mean {sum(grades) / 4:.1f}; use shorter words, at most 9"
    )


def test_the_formula_for_english_is_not_put_to_another_language() -> None:
    levels = {0: HEAVY, 1: f"{HEAVY} Eventually.", 2: f"Nobody.{HEAVY}"}
    dutch = firm(sound(levels=levels), works=[LIFT], language="nl")
    assert not any("reading grade" in complaint for complaint in lint_content(dutch))


def test_a_reading_grade_is_worked_by_hand() -> None:
    # 6 words in 1 sentence; no-bo-dy re-mem-bers the pass-word on Fri-day: 12 syllables
    grade = reading_grade("Nobody remembers the password on Friday.")
    assert grade == pytest.approx(0.39 * 6 + 11.8 * 2 - 15.59)
    # 4 words in 2 sentences, a syllable each; a full stop inside a number ends none
    assert reading_grade("They ring. We come.") == pytest.approx(0.39 * 2 + 11.8 - 15.59)
    assert reading_grade("We pay 2.5 each") == pytest.approx(0.39 * 5 + 11.8 - 15.59)
    assert reading_grade("") == 0


def test_likeness_is_the_share_of_word_trigrams() -> None:
    # the-list-hangs list-hangs-in hangs-in-the in-the-hall are in both, of 5 in the shorter
    one, other = "The list hangs in the hall today.", "The list hangs in the hall, still, by June"
    assert likeness(one, other) == 0.8
    assert likeness("Two words", "Two words") == 0


TEXTS = st.lists(st.sampled_from(["a", "list", "hangs", "here", "now"]), max_size=8).map(" ".join)


@given(TEXTS, TEXTS)
@LAW
def test_likeness_is_mutual_and_whole_for_a_text_with_itself(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (len(one.split()) > 2)


def test_content_is_counted() -> None:
    counted = count_content(
        questionnaire(
            stream(
                "a",
                component("a.x", question("a.1", lenses=["safe"], essential=True)),
                component("a.y", question("a.2", lenses=["safe"], v3="run.it"), question("a.3")),
                initiatives=[initiative("fix", {"a.1": 1})],
                tools=[{"id": "list", "title": "List"}],
                indicators=[{"id": "late", "title": "Late", "unit": "days", "direction": "down"}],
            ),
            flat("b", 1),
            lenses=[{"id": "safe", "title": "Safe"}, {"id": "green", "title": "Green"}],
            views=[
                {
                    "id": "whole",
                    "title": "Whole",
                    "groups": [
                        {
                            "id": "run",
                            "title": "Run",
                            "stages": [{"id": "run.it", "title": "It"}],
                        }
                    ],
                }
            ],
            goals=[{"id": "faster", "title": "Faster"}],
            scale=(0, 0.5, 1),
        )
    )
    assert counted == {
        "Questions by component": {"a.x": 1, "a.y": 2, "b.part": 1},
        "Level sentences": {"0": 4, "0.5": 4, "1": 4},
        "Questions by lens": {"safe": 2, "green": 0},
        "Questions by stage": {"run.it": 1},
        "Initiatives by stream": {"a": 1, "b": 0},
        "In all": {
            "streams": 2,
            "components": 3,
            "questions": 4,
            "essential": 1,
            "initiatives": 1,
            "tools": 1,
            "indicators": 1,
            "goals": 1,
        },
    }
