"""An answer file carried to another version: its own text, and nothing in it lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from builders import LAW
from conftest import EXAMPLES, ROOT
from drawn import FILES, IDS, change, changes
from it4it_assess.engine.migration import migrated
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.carry import carry, placed
from it4it_assess.files.carry_text import carried_text
from it4it_assess.files.load import load_answers
from it4it_assess.files.save import dump_answers
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.model.answers import AnswerFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from it4it_assess.model.changes import Change

VERSIONS = ROOT / "tests" / "versions"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return a folder with a client's answers and the shop's three versions in it."""
    shutil.copytree(VERSIONS, tmp_path / "client")
    return tmp_path / "client"


def test_every_kind_of_change_is_made_where_the_answer_stood(
    golden: Callable[[Path, str], None],
) -> None:
    carried = carry(VERSIONS / "answers.yaml")
    golden(VERSIONS / "expected" / "answers-1.2.yaml", carried.text)


def test_no_word_of_a_file_is_lost(client: Path) -> None:
    carried = carry(client / "answers.yaml")
    for line in carried.before.splitlines():
        for word in line.replace("{", " ").replace("}", " ").split():
            if "." not in word and word not in {"calm:", "stock:"}:
                assert word.strip(",[]:#") in carried.text, line


def test_by_way_of_the_version_between_is_the_same(client: Path) -> None:
    path = client / "answers.yaml"
    straight = carry(path)
    halfway = carry(path, to="1.1")
    path.write_text(halfway.text, encoding="utf-8")
    assert load_answers(path).questionnaire_version == "1.1"
    assert carry(path).text == straight.text


def test_what_comes_out_is_in_order_and_stays_as_it_is(client: Path) -> None:
    path = client / "answers.yaml"
    path.write_text(carry(path).text, encoding="utf-8")
    again = carry(path)
    assert load_answers(path) == again.migration.answers
    assert again.text == again.before
    assert again.migration.steps == ()


def test_an_example_of_the_present_version_stays_as_it_is() -> None:
    carried = carry(EXAMPLES / "bakery.yaml")
    assert (carried.text, carried.version) == (carried.before, "1.0")


def test_a_file_that_names_a_kept_folder_names_the_present_one_afterwards(client: Path) -> None:
    path = client / "answers.yaml"
    text = path.read_text(encoding="utf-8").replace("./shop ", "./shop@1.0 ")
    path.write_text(text, encoding="utf-8")
    carried = carry(path)
    assert 'questionnaire: "./shop"   # with its versions' in carried.text
    assert carried.migration.answers.questionnaire == "./shop"


def test_a_file_written_elsewhere_names_its_folder_from_there(client: Path) -> None:
    carried = carry(client / "answers.yaml")
    assert placed(carried, client / "x.yaml") == carried.text
    there = placed(carried, client.parent / "x.yaml")
    assert there == carried.text.replace(
        "questionnaire: ./shop ", 'questionnaire: "./client/shop" '
    )
    bakery = carry(EXAMPLES / "bakery.yaml")
    assert placed(bakery, client / "x.yaml") == bakery.text


# --- what nobody has said


def edited(client: Path, old: str, new: str) -> Path:
    path = client / "answers.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def refused(path: Path, **options: Any) -> str:
    before = sorted(path.parent.rglob("*")), path.read_bytes()
    with pytest.raises(AssessError) as caught:
        carry(path, **options)
    assert (sorted(path.parent.rglob("*")), path.read_bytes()) == before
    return str(caught.value).replace(f"{path}", "FILE")


def test_an_answer_that_no_change_speaks_of_is_an_error_at_its_place(client: Path) -> None:
    (client / "shop" / "changes.yaml").write_text(
        (client / "shop" / "changes.yaml")
        .read_text(encoding="utf-8")
        .replace("      till.cash.change: nobody's day was better for it\n", ""),
        encoding="utf-8",
    )
    assert refused(client / "answers.yaml") == (
        "FILE:21:3: there is no question 'till.cash.change' in version 1.2, and changes.yaml "
        "does not say what became of it; did you mean till.cash.float?"
    )


def test_a_file_is_first_held_to_its_own_version(client: Path) -> None:
    path = edited(client, "till.receipts.keep", "till.receipts.kept")
    assert refused(path) == (
        "FILE:26:3: there is no question 'till.receipts.kept'; did you mean till.receipts.keep?"
    )


def test_an_entry_in_the_place_of_another_is_an_error(client: Path) -> None:
    shutil.rmtree(client / "shop@1.0")
    path = edited(client, "till.receipts.keep: 1", "till.cash.daily: 1")
    assert refused(path) == (
        "FILE:26:3: till.cash.count becomes till.cash.daily in version 1.1, which stands here "
        "too; keep one of the two"
    )


def test_a_version_that_nobody_tells_of_is_an_error(client: Path) -> None:
    path = edited(client, '"1.0"', '"0.9"')
    assert refused(path) == (
        "FILE: nobody has said what became of version 0.9 of shop in 1.2: "
        "changes.yaml tells of 1.0, 1.1, 1.2"
    )
    (client / "shop" / "changes.yaml").unlink()
    assert refused(path) == (
        "FILE: nobody has said what became of version 0.9 of shop in 1.2: it has no changes.yaml"
    )


def test_answers_are_only_carried_forward(client: Path) -> None:
    path = edited(client, '"1.0"', '"1.2"')
    path.write_text(path.read_text(encoding="utf-8").split("context:")[0] + "answers: {}\n")
    assert refused(path, to="1.1") == (
        "FILE: it answers version 1.2, which is newer than 1.1; answers are only carried forward"
    )


def test_a_version_to_go_to_must_be_kept(client: Path) -> None:
    said = refused(client / "answers.yaml", to="1.3")
    assert said == (
        f"version 1.3 of ./shop is not kept: there is no folder shop@1.3 beside {client / 'shop'}"
    )


def test_a_file_that_does_not_say_its_version_must_be_told(client: Path) -> None:
    path = edited(client, 'questionnaire_version: "1.0"\n', "")
    assert refused(path) == (
        "FILE: it does not say which version it answers; say so with --from VERSION"
    )
    carried = carry(path, since="1.0")
    assert 'beside it\nquestionnaire_version: "1.2"\ndate' in carried.text


def test_a_version_told_that_the_file_contradicts_is_an_error(client: Path) -> None:
    said = refused(client / "answers.yaml", since="1.1")
    assert said == "FILE: it answers version 1.0; leave --from 1.1 out"


def test_a_text_that_cannot_take_a_change_is_an_error(client: Path) -> None:
    path = edited(client, "till.cash.change:\n    level: 1", "till.cash.change: &x\n    level: 1")
    path = edited(client, "till.receipts.keep: 1", "till.receipts.keep: *x")
    assert refused(path) == (
        "FILE: answers.till.cash.change cannot be changed in place; change it by hand first"
    )


def test_a_broken_file_is_told_as_always(client: Path) -> None:
    path = edited(client, "format: 1", "format: 2")
    with pytest.raises(InvalidFileError, match=r"answers\.yaml:2:1: format cannot be 2; use 1"):
        carry(path)


# --- the text says what the engine works out


@LAW
@given(file=FILES, first=changes(), second=changes("1.1", "1.2"))
def test_a_text_says_after_its_changes_what_the_engine_works_out(
    file: AnswerFile, first: Change, second: Change
) -> None:
    migration = migrated(file, [first, second])
    text = carried_text(dump_answers(file), file, migration, IDS)
    document = read_yaml(text, "here.yaml")
    assert document.problems == []
    assert AnswerFile.model_validate(document.value) == migration.answers


def test_a_part_goes_in_by_order_where_its_name_was_in_the_way() -> None:
    text = (
        'format: 1\nquestionnaire: tiny\nquestionnaire_version: "1.0"\n'
        "organisation: {name: X}\nanswers:\n  a.1: 1\n  a.2: 2\n"
    )
    file = AnswerFile.model_validate(read_yaml(text, "").value)
    step = change(
        renamed={"a.2": "a.3"}, split={"a.1": {"into": ["a.2", "a.4"], "because": "two"}}
    )
    after = carried_text(text, file, migrated(file, [step]), ["a.2", "a.3", "a.4"])
    assert after.partition("answers:\n")[2] == (
        "  # split into a.2, a.4 in version 1.1: two\n"
        "  # a.1: 1\n"
        '  a.2: {note: "(a.1 in 1.0: 1)"}\n'
        "  a.3: 2\n"
        '  a.4: {note: "(a.1 in 1.0: 1)"}\n'
    )
