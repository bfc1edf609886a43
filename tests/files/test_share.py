"""Share-safe copies: every field has a policy, no free text gets through, numbers stay."""

from __future__ import annotations

import datetime as dt
import types
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import LAW, answer_file, flat, initiative, questionnaire
from conftest import EXAMPLES, TODAY
from it4it_assess.engine.assess import assess
from it4it_assess.files import share_policy
from it4it_assess.files.load import load_answers
from it4it_assess.files.share import HEADER, copy_names, copy_text, share
from it4it_assess.files.share_copy import COMMON, Given, Wishes, copy_answers
from it4it_assess.files.share_policy import NOT_APPLICABLE, POLICY
from it4it_assess.files.share_rare import blur_rare, combination
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.model.answers import AnswerFile, Organisation
from it4it_assess.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from it4it_assess.files.share import Shared
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SECRET = bytes(range(32))
USUAL = Wishes()
FIRMS = ("bakery", "agency", "manufacturer")
VOICE = "answers.*.by.*"


# The policy


def fields(model: type[Model], path: str = "") -> Iterator[str]:
    """Yield the path of every field of a model, and of the keys of its mappings."""
    for name, field in model.model_fields.items():
        yield from inside(field.annotation, f"{path}.{name}".removeprefix("."))


def inside(kind: Any, path: str) -> Iterator[str]:
    if path == VOICE:
        return  # a voice is an answer
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from inside(parts[0], path)
    elif origin in {Union, types.UnionType}:
        for part in parts:
            if part is not type(None):
                yield from inside(part, path)
    elif isinstance(kind, type) and issubclass(kind, Model):
        yield from fields(kind, path)
    elif origin is dict and path not in POLICY:
        yield f"{path}.#"
        yield from inside(parts[1], f"{path}.*")
    elif origin is tuple and path not in POLICY:
        yield from inside(parts[0], f"{path}.*")
    else:
        yield path


def test_every_field_of_an_answer_file_has_a_policy_and_no_policy_is_left_over() -> None:
    assert sorted(set(fields(AnswerFile))) == sorted(POLICY)


def test_the_walk_finds_fields_wherever_they_stand() -> None:
    found = set(fields(AnswerFile))
    assert {"organisation.name", "context.stakeholders.*.name", "answers.*.by.#"} <= found


def test_a_field_without_a_policy_stops_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(share_policy.POLICY, "answers.*.level")
    with pytest.raises(KeyError, match=r"answers\.\*\.level"):
        copied(questionnaire(flat("a", 1)), answer_file({"a.1": 2}))


def test_only_what_the_policy_calls_kept_is_kept_without_a_rule() -> None:
    for path, rule in POLICY.items():
        assert (rule.how is None) == (rule.fate in {"kept", "dropped"}), path
        assert rule.why


# Free text


SAYS = "zqx"
"""What stands in every free text below and nowhere else."""


def full(text: str) -> AnswerFile:
    """Return an answer file with this text wherever an answer file takes any text."""
    return AnswerFile.model_validate(
        {
            "format": 1,
            "questionnaire": f"./{text}",
            "questionnaire_version": text,
            "date": "2026-11-23",
            "organisation": {
                "name": text,
                "sector": text,
                "employees": 48,
                "it_staff": 2.4,
                "country": text,
                "regulation": [text, "gdpr"],
            },
            "respondents": {
                "zqx-ann": {"name": text, "role": text},
                "zqx-bob": {"name": text, "role": "owner"},
            },
            "context": {
                "goals": {"fast": 4},
                "pain": {"a": 3},
                "readiness": {"a": {"sponsor": 3}},
                "targets": {"b": 2},
                "criteria": ["pain", "gap"],
                "capacity": {"day_rate": 612, "currency": text},
                "stakeholders": [{"name": text, "role": text, "influence": 4, "support": 2}],
                "indicators": {"a.hours": {"baseline": 9, "target": 4, "current": 7}},
                "money": {"hours_lost_per_month": 613, "tools_per_year": {"a.tool": 614}},
            },
            "answers": {
                "a.1": {"level": 3, "unsure": True, "note": text, "evidence": [text, text]},
                "a.2": {"by": {"zqx-ann": {"level": 1, "note": text}, "zqx-bob": 4}, "note": text},
                "a.3": {"not_applicable": text},
                "b.1": {"by": {"zqx-ann": {"not_applicable": text}}},
                "b.2": {"unknown": True, "note": text},
                "b.3": None,
            },
        }
    )


def tiny() -> Questionnaire:
    """Return a questionnaire in which sector, law, size and goal each move a target."""
    rules = [
        {"when": {"sector": "food"}, "stream": "a", "by": 0.5, "because": "Food."},
        {"when": {"regulation": "gdpr"}, "stream": "b", "by": 0.5, "because": "Law."},
        {"when": {"size": "medium"}, "stream": "a", "by": -0.5, "because": "Size."},
        {"when": {"goal": "fast"}, "stream": "b", "by": -0.5, "because": "Goal."},
    ]
    works = [initiative("a-work", {"a.1": 4, "b.1": 3}, 3), initiative("b-work", {"b.2": 2}, 30)]
    return questionnaire(
        flat(
            "a",
            3,
            initiatives=works,
            tools=[{"id": "a.tool", "title": "Tool"}],
            indicators=[{"id": "a.hours", "title": "Hours", "unit": "hours", "direction": "down"}],
        ),
        flat("b", 3),
        goals=[{"id": "fast", "title": "Fast", "pulls": {"a.part": {"strength": 3}}}],
        sectors=[{"id": "food", "title": "Food"}],
        regulations=[{"id": "gdpr", "title": "GDPR"}],
        target_rules=rules,
    )


def copied(
    asked: Questionnaire, answers: AnswerFile, wishes: Wishes = USUAL, secret: bytes = SECRET
) -> Shared:
    return share([Given(asked, answers, asked.id)], secret, wishes)


def test_no_free_text_is_left_in_the_bytes_of_a_copy() -> None:
    text = copy_text(copied(tiny(), full(f"{SAYS} Said")).copies[0])
    assert SAYS not in text.casefold()
    for amount in ("612", "613", "614", "48", "2.4", "23"):
        assert amount not in text


@settings(LAW, max_examples=50)
@given(st.text(min_size=1, max_size=20))
def test_whatever_is_written_is_gone(text: str) -> None:
    said = f"{SAYS}{text}{SAYS}"
    assert SAYS not in copy_text(copied(tiny(), full(said)).copies[0]).casefold()


@pytest.mark.parametrize("firm", FIRMS)
def test_no_word_of_a_shipped_firms_own_is_left(firm: str, shipped: Questionnaire) -> None:
    answers = load_answers(EXAMPLES / f"{firm}.yaml", shipped)
    text = copy_text(copied(shipped, answers).copies[0])
    said = [one for one in spoken(answers) if len(one) > len("NL")]
    assert len(said) > 50
    assert [one for one in said if one in text] == []


def spoken(answers: AnswerFile) -> Iterator[str]:
    """Yield every text that people wrote into an answer file."""
    yield answers.organisation.name
    for one in answers.respondents.values():
        yield one.name
    for holder in answers.context.stakeholders:
        yield holder.name
    for answer in answers.answers.values():
        for voice in [answer, *answer.by.values()] if answer else []:
            yield voice.note
            yield from voice.evidence
            yield voice.not_applicable or ""


def test_what_stays_is_what_the_policy_says() -> None:
    copy = copied(tiny(), full(SAYS)).copies[0]
    assert copy.date == dt.date(2026, 11, 1)
    assert copy.organisation.model_dump() == {
        "name": copy.organisation.name,
        "sector": "",
        "employees": 25,
        "it_staff": 2,
        "country": "",
        "regulation": (),
    }
    assert [one.role for one in copy.respondents.values()] == ["other", "owner"]
    assert [(one.role, one.influence) for one in copy.context.stakeholders] == [("other", 4)]
    ann, bob = copy.respondents
    voices = copy.answers["a.2"]
    assert voices is not None
    assert [(name, voice.level) for name, voice in voices.by.items()] == [(ann, 1), (bob, 4)]
    assert (
        copy.answers["a.3"] == answer_file({"x": {"not_applicable": NOT_APPLICABLE}}).answers["x"]
    )
    assert (copy.questionnaire, copy.questionnaire_version) == ("tiny", None)


def test_the_report_counts_what_went() -> None:
    shared = copied(tiny(), full(SAYS))
    assert dict(shared.tally) == {
        ("generalised", "questionnaire"): 1,
        ("generalised", "questionnaire version"): 1,
        ("generalised", "dates"): 1,
        ("pseudonym", "names of organisations"): 1,
        ("generalised", "sectors"): 1,
        ("generalised", "head counts"): 1,
        ("generalised", "IT staff"): 1,
        ("generalised", "countries"): 1,
        ("generalised", "rules and laws"): 1,
        ("pseudonym", "respondents"): 2,
        ("dropped", "names of respondents"): 2,
        ("generalised", "roles"): 2,
        ("dropped", "money"): 4,
        ("pseudonym", "names of stakeholders"): 1,
        ("dropped", "notes"): 4,
        ("dropped", "evidence"): 2,
        ("pseudonym", "voices"): 3,
        ("generalised", "reasons"): 2,
    }
    assert dict(shared.left_out) == {"regulation": 1}
    assert shared.own_questionnaires == ("tiny",)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("sector", {"sector": SAYS}),
        ("country", {"country": SAYS}),
        ("regulation", {"regulation": (SAYS, "gdpr")}),
    ],
)
def test_what_is_kept_stays_as_it_was_written(name: str, kept: dict[str, Any]) -> None:
    copy = copied(tiny(), full(SAYS), Wishes(frozenset({name}))).copies[0]
    firm = copy.organisation.model_dump()
    assert {key: firm[key] for key in ("sector", "country", "regulation")} == {
        "sector": "",
        "country": "",
        "regulation": (),
    } | kept


def test_money_and_dates_can_be_kept() -> None:
    original = full(SAYS)
    copy = copied(tiny(), original, Wishes(frozenset({"money", "date"}))).copies[0]
    assert copy.context.money == original.context.money
    assert copy.context.capacity == original.context.capacity
    assert copy.date == original.date


@pytest.mark.parametrize(
    ("date", "month", "quarter"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 1, 1)),
        (dt.date(2026, 3, 31), dt.date(2026, 3, 1), dt.date(2026, 1, 1)),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 1), dt.date(2026, 10, 1)),
        (dt.date(2026, 12, 31), dt.date(2026, 12, 1), dt.date(2026, 10, 1)),
    ],
)
def test_a_date_becomes_the_first_of_its_month_or_quarter(
    date: dt.date, month: dt.date, quarter: dt.date
) -> None:
    original = full(SAYS).model_copy(update={"date": date})
    assert copied(tiny(), original).copies[0].date == month
    assert copied(tiny(), original, Wishes(date_to="quarter")).copies[0].date == quarter


@pytest.mark.parametrize(
    ("employees", "shown"), [(1, 5), (9, 5), (10, 25), (49, 25), (50, 100), (900, 100)]
)
def test_a_head_count_becomes_one_of_its_size(employees: int, shown: int) -> None:
    original = answer_file({}, organisation={"employees": employees})
    copy = copied(tiny(), original).copies[0].organisation
    assert (copy.employees, copy.size) == (shown, original.organisation.size)


# Numbers


def figures(judged: Assessment) -> dict[str, Any]:
    """Return what must be equal: scores, ranking, its firmness, and the plan but for money."""
    plan = judged.roadmap.model_dump(exclude={"currency", "cost"})
    for one in [*plan["initiatives"], *plan["waves"]]:
        del one["cost"]
    return {
        "scores": judged.scorecard,
        "targets": [(one.stream, one.value) for one in judged.targets],
        "ranking": judged.ranking,
        "robustness": judged.robustness,
        "plan": plan,
    }


@pytest.mark.parametrize("firm", FIRMS)
def test_a_copy_of_a_shipped_firm_scores_ranks_and_plans_the_same(
    firm: str, shipped: Questionnaire
) -> None:
    answers = load_answers(EXAMPLES / f"{firm}.yaml", shipped)
    copy = again(copied(shipped, answers).copies[0])
    before, after = (assess(shipped, one, today=TODAY) for one in (answers, copy))
    assert figures(after) == figures(before)


def test_with_money_kept_the_plan_costs_the_same(shipped: Questionnaire) -> None:
    answers = load_answers(EXAMPLES / "bakery.yaml", shipped)
    copy = again(copied(shipped, answers, Wishes(frozenset({"money"}))).copies[0])
    before, after = (assess(shipped, one, today=TODAY, samples=1) for one in (answers, copy))
    assert before.roadmap.cost
    assert after.roadmap == before.roadmap


def again(copy: AnswerFile) -> AnswerFile:
    """Return what a reader of the copy's file gets."""
    return AnswerFile.model_validate(read_yaml(copy_text(copy), "").value)


RATING = st.integers(0, 5)
LEVEL = st.sampled_from([None, "unknown", {"not_applicable": "zqx"}, *range(6)])
VOICES = st.dictionaries(st.sampled_from(["ann", "bob"]), LEVEL, min_size=1).filter(
    lambda by: None not in by.values()
)


@st.composite
def answered(draw: st.DrawFn) -> AnswerFile:
    """Draw any answers of any firm to the tiny questionnaire."""
    answer = LEVEL | VOICES.map(lambda by: {"by": by})
    return answer_file(
        {name: draw(answer) for name in tiny().questions},
        organisation={
            "employees": draw(st.sampled_from([None, 3, 10, 49, 50, 300])),
            "sector": draw(st.sampled_from(["", "food", "zqx"])),
            "country": draw(st.sampled_from(["", "NL", "zqx"])),
            "regulation": draw(st.sampled_from([[], ["gdpr"], ["zqx", "gdpr"]])),
        },
        respondents={"ann": {"role": "owner"}, "bob": {}},
        goals={"fast": draw(RATING)},
        pain=draw(st.dictionaries(st.sampled_from("ab"), RATING)),
        targets=draw(st.dictionaries(st.sampled_from("ab"), RATING)),
        readiness={"a": {"sponsor": draw(RATING)}},
        capacity={"days_per_quarter": draw(st.integers(0, 30)), "day_rate": 500},
    )


@settings(LAW, max_examples=60)
@given(answered())
def test_a_copy_of_anything_scores_ranks_and_plans_the_same(original: AnswerFile) -> None:
    copy = again(copied(tiny(), original).copies[0])
    before, after = (assess(tiny(), one, today=TODAY, samples=20) for one in (original, copy))
    assert figures(after) == figures(before)


def test_targets_that_a_left_out_sector_led_to_are_written_out() -> None:
    # usual target 3; food adds 0.5 to a; b has a target of its own
    original = answer_file({}, organisation={"sector": "food"}, targets={"b": 2})
    shared = copied(tiny(), original)
    assert shared.copies[0].context.targets == {"b": 2, "a": 3.5}
    assert shared.frozen == ((shared.copies[0].organisation.name, ("a",)),)


# Pseudonyms


def test_the_same_key_gives_the_same_bytes_and_another_key_others() -> None:
    once, again, other = (
        copy_text(copied(tiny(), full(SAYS), secret=secret).copies[0])
        for secret in (SECRET, SECRET, bytes(32))
    )
    assert once == again != other


def test_a_firm_keeps_its_pseudonym_however_its_name_is_spelt() -> None:
    names = [
        copied(tiny(), answer_file({}, organisation={"name": name})).copies[0].organisation.name
        for name in ("Café De Vries B.V.", "CAFE de vries  BV", "Smederij")
    ]
    assert names[0] == names[1] != names[2]


def test_one_person_in_two_firms_is_two_people_and_ids_are_told_apart() -> None:
    def respondents(firm: str) -> list[str]:
        people: dict[str, Any] = {"jo-1": {}, "jo1": {}}
        given = answer_file({}, organisation={"name": firm}, respondents=people)
        return list(copied(tiny(), given).copies[0].respondents)

    assert len({*respondents("One"), *respondents("Two")}) == 4
    assert respondents("One") == respondents("One")


def test_the_key_says_who_everybody_is() -> None:
    names = copied(tiny(), full(SAYS)).names
    assert sorted(names.values()) == [
        "zqx",
        "zqx, zqx",
        "zqx-ann (zqx), zqx",
        "zqx-bob (zqx), zqx",
    ]
    assert {name.split("-")[0] for name in names} == {"firm", "p", "r"}


def test_copies_are_named_by_pseudonym_and_month_and_numbered_where_they_meet() -> None:
    dated = full(SAYS)
    undated = dated.model_copy(update={"date": None})
    given = [Given(tiny(), one, "tiny") for one in (dated, dated, undated)]
    copies = share(given, SECRET, Wishes()).copies
    firm = copies[0].organisation.name
    assert copy_names(copies) == [
        f"{firm}-2026-11.yaml",
        f"{firm}-2026-11-2.yaml",
        f"{firm}.yaml",
    ]


def test_the_original_is_left_as_it_was() -> None:
    original = full(SAYS)
    before = original.model_dump()
    made = copy_answers(Given(tiny(), original, "tiny"), SECRET, Wishes())
    assert made.answers != original
    assert original.model_dump() == before


def test_a_copy_begins_by_saying_what_it_is() -> None:
    assert copy_text(copied(tiny(), full(SAYS)).copies[0]).startswith(HEADER)


# Rare combinations


def firm(name: str, sector: str = "food", country: str = "NL", *laws: str) -> Organisation:
    return Organisation(name=name, employees=20, sector=sector, country=country, regulation=laws)


def seen(firms: Sequence[Organisation]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.sector, one.country, one.regulation) for one in firms]


def test_a_combination_that_enough_firms_share_stays() -> None:
    firms = [firm(name) for name in "abc"]
    assert blur_rare(firms, k=3) == (firms, {}, ())


def test_laws_go_first_then_the_country_then_the_sector() -> None:
    common = [firm(name) for name in "abc"]
    odd_law, odd_country = firm("d", "food", "NL", "gdpr"), firm("e", "food", "SE")
    # without its law d is one of four; without its country e is alone in saying none, and
    # without its sector too, so that the others of its size leave theirs out with it
    blurred = blur_rare([*common, odd_law], k=3)
    assert seen(blurred.firms)[-1] == ("food", "NL", ())
    assert (blurred.left_out, blurred.rare) == ({"regulation": 1}, ())
    alone = blur_rare([*common, odd_country], k=3)
    assert seen(alone.firms) == [("", "", ())] * 4
    assert (alone.left_out, alone.rare) == ({"country": 4, "sector": 4}, ())


def test_two_files_of_one_firm_count_once() -> None:
    blurred = blur_rare([firm("a"), firm("a"), firm("b")], k=3)
    assert seen(blurred.firms) == [("", "", ())] * 3
    assert [(one.combination, one.firms) for one in blurred.rare] == [("size small", 2)]


def test_what_is_to_be_kept_stays_and_is_told_as_rare() -> None:
    blurred = blur_rare([firm("a"), firm("b", "care")], k=2, keep={"sector"})
    assert seen(blurred.firms) == [("food", "", ()), ("care", "", ())]
    assert [(one.combination, one.firms) for one in blurred.rare] == [
        ("size small, care", 1),
        ("size small, food", 1),
    ]


@settings(LAW, max_examples=200)
@given(
    st.lists(
        st.builds(
            Organisation,
            name=st.sampled_from("abcdefghijkl"),
            employees=st.sampled_from([5, 20, 100]),
            sector=st.sampled_from(["", "food", "care"]),
            country=st.sampled_from(["", "NL", "SE"]),
            regulation=st.sampled_from([(), ("gdpr",), ("gdpr", "nis2")]),
        ),
        max_size=25,
    ),
    st.integers(2, COMMON),
)
def test_every_combination_left_is_shared_by_k_firms_or_says_its_size_alone(
    firms: list[Organisation], k: int
) -> None:
    blurred = blur_rare(firms, k=k)
    names: dict[Any, set[str]] = {}
    for one in blurred.firms:
        names.setdefault(combination(one), set()).add(one.name)
    few = {one for one, known in names.items() if len(known) < k}
    assert all(one[1:] == ("", "", ()) for one in few)
    assert [one.combination for one in blurred.rare] == [f"size {one[0]}" for one in sorted(few)]
    # only where the whole size has too few firms
    for size, *_ in few:
        assert {one for one in names if one[0] == size} == {(size, "", "", ())}
    for before, after in zip(firms, blurred.firms, strict=True):
        assert (after.name, after.employees) == (before.name, before.employees)
        for name in ("sector", "country", "regulation"):
            assert getattr(after, name) in {getattr(before, name), "", ()}
