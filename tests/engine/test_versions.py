"""What changes leave unsaid is found by holding them against the versions they lie between."""

from __future__ import annotations

from typing import Any

from builders import flat, question, questionnaire
from drawn import change
from it4it_assess.engine.versions import lint_changes

OLD = questionnaire(flat("a", 3), flat("b", 1), goals=[{"id": "calm", "title": "Calm"}])


def linted(new: Any, **kinds: Any) -> list[str]:
    return lint_changes({"1.0": OLD, "1.1": new}, [change(**kinds)])


def test_a_version_that_changed_nothing_has_nothing_to_say() -> None:
    assert linted(OLD) == []


def test_what_went_or_came_without_a_word_is_found() -> None:
    new = questionnaire(flat("a", 2), flat("c", 1))
    gone = "version 1.1 does not have it, and changes.yaml does not say what became of it"
    assert linted(new) == [
        f"a.3: {gone}",
        f"b.1: {gone}",
        f"b: {gone}",
        f"calm: {gone}",
        "c.1: new in version 1.1; name it under added",
    ]
    dropped = {"a.3": "x", "calm": "x"}
    assert linted(new, dropped=dropped, renamed={"b.1": "c.1", "b": "c"}) == [
        (
            "c.1: asks in other words than in version 1.0; name it under reworded, or under "
            "rescaled where its levels moved"
        )
    ]
    assert (
        linted(
            new,
            dropped=dropped,
            renamed={"b.1": "c.1", "b": "c"},
            reworded={"c.1": "of c now"},
        )
        == []
    )


def test_an_id_that_means_something_else_now_is_new() -> None:
    new = questionnaire(
        flat("a", 3), flat("b", 1), goals=[{"id": "calm", "title": "Calm"}], title="Same ids"
    )
    split = {"a.1": {"into": ["a.1", "a.4"], "because": "two"}}
    assert linted(new, split=split) == []
    assert linted(new, dropped={"a.1": "x"}) == ["a.1: new in version 1.1; name it under added"]


def test_words_that_changed_without_a_word_are_found() -> None:
    for field in ({"ask": "How now?"}, {"levels": {n: f"Other {n}." for n in range(6)}}):
        asks = [question("a.1", **field), question("a.2"), question("a.3")]
        part = {"id": "a.part", "title": "A.Part", "questions": asks}
        new = questionnaire(
            {"id": "a", "title": "A", "components": [part]},
            flat("b", 1),
            goals=[{"id": "calm", "title": "Calm"}],
        )
        assert [line.partition(":")[0] for line in linted(new)] == ["a.1"]
        assert linted(new, reworded={"a.1": "how now"}) == []
        moved = {"a.1": {"levels": {0: 1}, "because": "moved"}}
        assert linted(new, rescaled=moved) == []


def test_what_the_old_version_never_had_is_found() -> None:
    assert linted(OLD, dropped={"a.9": "x"}, added=["b.1"]) == [
        "a.9: version 1.0 never had it; take it out of changes.yaml",
        "b.1: was in version 1.0 already; take it out of added",
    ]


def test_a_version_that_is_not_kept_is_missed() -> None:
    assert lint_changes({"1.0": None, "1.1": OLD}, [change(dropped={"a.9": "x"})]) == [
        (
            "version 1.0 is not kept: put its folder beside this one, with @1.0 after its name, "
            "so that old answers score as they did"
        )
    ]
    assert lint_changes({"1.0": OLD, "1.1": None}, [change()]) == []
