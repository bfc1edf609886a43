"""Answer files out: what was answered comes back, and there is never half a file."""

from __future__ import annotations

import datetime as dt
import errno
import os
import resource
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from builders import LAW, answer_file, asked
from it4it_assess.files.load import load_answers, load_questionnaire
from it4it_assess.files.save import (
    as_yaml,
    dump_answers,
    save_answers,
    write_if_changed,
    write_whole,
)
from it4it_assess.files.strict_yaml import CONTROL, read_yaml
from it4it_assess.model.answers import Answer, AnswerFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.questionnaire import Questionnaire

# --- any answer file the shipped questionnaire allows, with nasty words in it

QUESTIONS = (
    "d2c.incident.record",
    "d2c.incident.priority",
    "d2c.problem.cause",
    "r2f.chargeback.model",
    "s2p.demand.funnel",
)
STREAMS = ("s2p", "r2d", "r2f", "d2c", "supporting")
GOALS = ("faster-change", "lower-cost", "pass-audit")
CRITERIA = ("pain", "goals", "gap", "readiness", "effort", "enabling")
RESPONDENTS = ("anna", "jo", "no", "y", "12", "1e5", "on-call.2", "null", "true")
NASTY = (
    *("no", "yes", "on", "off", "y", "N", "null", "Null", "~", "true", "False", "unknown"),
    *("012", "1:30", "0x1f", "1_000", "1e5", "3", "-1", ".5", ".inf", "nan", "2026-11-02", "="),
    *(": ", "a: b", "a:", ":a", "#", " #", "a #b", "-", "- a", "--- a", "...", "---", "?", "? a"),
    *("'", '"', "''", "it's", '"quoted"', "back\\slash", "\\n", "{a}", "[a]", "{", "]", "a, b"),
    *("&a", "*a", "!a", "!!int 3", "|", ">", "%a", "@a", "`a`", "<<", "{{ a }}", "${a}"),
    *("\n", "a\nb", "a\n\nb\n", " a\n  b", "\ta", "a\tb", " a", "a ", "a  b"),
    *("\u0085", "a\u0085b", "\u2028", "a\u2029b", "\u00a0", "\u200b", "\ufeff", "a\ufeff"),
    *("🥐", "👩\u200d💻", "é", "e\u0301", "日本語", "مخبز", "\U0010ffff", "x" * 300, "a b " * 80),
)
CONTROLS = "".join(filter(CONTROL.search, map(chr, range(0x10000))))
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS + "\r"),
        min_size=1,
        max_size=40,
    ),
)
POINTS = st.one_of(st.integers(0, 5).map(float), st.floats(0, 5))
FIGURES = st.one_of(
    st.integers(-(10**9), 10**9).map(float), st.floats(allow_nan=False, allow_infinity=False)
)
PLAIN_ANSWERS = st.one_of(
    st.builds(
        Answer,
        level=st.integers(0, 5).map(float),
        unsure=st.booleans(),
        note=TEXTS | st.just(""),
        evidence=st.lists(TEXTS, max_size=3).map(tuple),
    ),
    st.builds(Answer, unknown=st.just(True), note=TEXTS | st.just("")),  # noqa: FBT003
    st.builds(Answer, not_applicable=TEXTS),
    st.builds(Answer, note=TEXTS),
    st.just(Answer()),
)
ANSWERS = st.one_of(
    st.none(),
    PLAIN_ANSWERS,
    st.builds(
        Answer,
        by=st.dictionaries(st.sampled_from(RESPONDENTS), PLAIN_ANSWERS, max_size=3),
        note=TEXTS | st.just(""),
    ),
)


def sometimes(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings with any of these keys."""
    return st.fixed_dictionaries({}, optional=fields)


CONTEXTS = st.one_of(
    sometimes(criteria=st.permutations(CRITERIA)),
    sometimes(criteria=st.just([["pain", "gap"], "goals", ["effort"]])),
    sometimes(weights=st.dictionaries(st.sampled_from(CRITERIA), st.floats(0.01, 9), min_size=1)),
).flatmap(
    lambda order: sometimes(
        goals=st.dictionaries(st.sampled_from(GOALS), POINTS),
        pain=st.dictionaries(st.sampled_from(STREAMS), POINTS),
        readiness=st.dictionaries(
            st.sampled_from(STREAMS),
            sometimes(sponsor=POINTS, skills=POINTS, openness=st.none() | POINTS),
        ),
        targets=st.dictionaries(st.sampled_from(STREAMS), POINTS),
        capacity=sometimes(
            days_per_quarter=st.floats(0, 1e6),
            quarters=st.integers(1, 20),
            day_rate=st.none() | st.floats(0, 1e6),
            currency=TEXTS,
        ),
        stakeholders=st.lists(
            sometimes(role=TEXTS, influence=POINTS).flatmap(
                lambda more: TEXTS.map(lambda name: {"name": name, **more})
            ),
            max_size=2,
        ),
        indicators=st.dictionaries(
            st.just("d2c.mttr-hours"), sometimes(baseline=FIGURES, target=FIGURES)
        ),
    ).map(lambda context: {**order, **context})
)
FILES = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "questionnaire": st.just("it4it"),
        "organisation": st.tuples(
            TEXTS,
            sometimes(
                sector=TEXTS,
                employees=st.integers(1, 10**9),
                it_staff=st.floats(0, 1e6),
                country=TEXTS,
                regulation=st.lists(TEXTS, max_size=3),
            ),
        ).map(lambda parts: {"name": parts[0], **parts[1]}),
        "respondents": st.fixed_dictionaries(
            {name: sometimes(name=TEXTS, role=TEXTS) for name in RESPONDENTS}
        ),
        "answers": st.dictionaries(st.sampled_from(QUESTIONS), ANSWERS),
    },
    optional={
        "questionnaire_version": TEXTS,
        "date": st.dates(min_value=dt.date(1000, 1, 1)),
        "context": CONTEXTS,
    },
).map(AnswerFile.model_validate)


def noted(text: str) -> AnswerFile:
    """Return answers with a text wherever a text may stand."""
    return answer_file(
        {"d2c.incident.record": {"level": 2, "note": text, "evidence": [text]}},
        organisation={"name": text, "sector": text},
        respondents={"anna": {"name": text, "role": text}},
    )


@LAW
@given(answers=FILES)
def test_what_is_saved_is_what_is_loaded(
    answers: AnswerFile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "saved.yaml"
    save_answers(answers, path)
    assert load_answers(path, the_shipped_one()) == answers


@cache
def the_shipped_one() -> Questionnaire:
    """Return the shipped questionnaire, not as a fixture: a failing law would print all of it."""
    return load_questionnaire("it4it")


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_a_nasty_text_comes_back_unchanged(
    text: str, shipped: Questionnaire, tmp_path: Path
) -> None:
    answers = noted(text)
    save_answers(answers, tmp_path / "saved.yaml")
    assert load_answers(tmp_path / "saved.yaml", shipped) == answers


@pytest.mark.parametrize("figure", [1e300, -1e41, 5e-324, 0.1, 1 / 3, 123456789012345678.0])
def test_a_figure_of_any_size_comes_back_unchanged(
    figure: float, shipped: Questionnaire, tmp_path: Path
) -> None:
    answers = answer_file(indicators={"d2c.mttr-hours": {"baseline": figure}})
    save_answers(answers, tmp_path / "saved.yaml")
    assert load_answers(tmp_path / "saved.yaml", shipped) == answers


@LAW
@given(answers=FILES)
def test_the_same_answers_give_the_same_bytes_and_so_do_their_own_bytes(
    answers: AnswerFile,
) -> None:
    text = dump_answers(answers)
    again = AnswerFile.model_validate(read_yaml(text, "saved.yaml").value)
    assert dump_answers(answers.model_copy(deep=True)) == text
    assert dump_answers(again) == text


@LAW
@given(answers=FILES)
@example(answers=noted("no"))
@example(answers=noted("012"))
@example(answers=noted("1:30"))
def test_other_readers_of_yaml_see_the_same_values(answers: AnswerFile) -> None:
    """PyYAML reads by YAML 1.1, where no, 012 and 1:30 unquoted are not text."""
    text = dump_answers(answers)
    ours = read_yaml(text, "saved.yaml")
    assert ours.problems == []
    assert yaml.load(text, Loader=yaml.CSafeLoader) == ours.value


def test_answers_are_written_in_the_form_a_person_would_choose() -> None:
    answers = answer_file(
        {
            "a.1": 2,
            "a.2": {"level": 3.5, "unsure": True},
            "a.3": "unknown",
            "a.4": {"not_applicable": "none here"},
            "a.5": None,
            "a.6": {"by": {"anna": 1, "jo": "unknown"}, "note": "Jo: we differ"},
            "a.7": {"level": 2, "note": "Two\nlines", "evidence": ["a list", "no"]},
        },
        organisation={"name": "Bakkerij De Vries", "country": "NO", "employees": 48},
        respondents={"anna": {"name": "Anna de Vries"}, "jo": {}},
        pain={"a": 4},
    )
    assert dump_answers(answers) == (
        "format: 1\n"
        "questionnaire: tiny\n"
        "organisation:\n"
        "  name: Bakkerij De Vries\n"
        "  employees: 48\n"
        '  country: "NO"\n'
        "respondents:\n"
        "  anna:\n"
        "    name: Anna de Vries\n"
        "  jo: {}\n"
        "context:\n"
        "  pain:\n"
        "    a: 4\n"
        "answers:\n"
        "  a.1: 2\n"
        "  a.2:\n"
        "    level: 3.5\n"
        "    unsure: true\n"
        "  a.3: unknown\n"
        "  a.4:\n"
        "    not_applicable: none here\n"
        "  a.5: null\n"
        "  a.6:\n"
        "    by:\n"
        "      anna: 1\n"
        "      jo: unknown\n"
        '    note: "Jo: we differ"\n'
        "  a.7:\n"
        "    level: 2\n"
        '    note: "Two\\nlines"\n'
        "    evidence:\n"
        "    - a list\n"
        '    - "no"\n'
    )


@LAW
@given(text=TEXTS)
def test_a_text_as_yaml_stays_on_its_line_and_means_itself(text: str) -> None:
    written = as_yaml(text)
    assert "\n" not in written
    assert read_yaml(f"{{a: {written}, b: 1}}", "here").value == {"a": text, "b": 1}


@pytest.mark.parametrize("word", ["y", "N", "yes", "No", "on", "OFF", "true", "Null", "~", "012"])
def test_a_word_that_some_reader_takes_for_something_else_is_in_quotes(word: str) -> None:
    """YAML 1.1 has 22 words for true and false, y and n among them."""
    assert as_yaml(word) == f'"{word}"'


def test_a_very_long_text_as_yaml_means_itself() -> None:
    text = "word " * 5_000
    assert read_yaml(f"{{a: {as_yaml(text)}, b: 1}}", "here").value == {"a": text, "b": 1}


# --- never half a file

OLD, NEW = b"old: content\n", b"new: content\n" * 1_000


def fail(*_arguments: object, **_keywords: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


def interrupt(*_arguments: object, **_keywords: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def existing(tmp_path: Path) -> Path:
    """Return a file with content and a mode of its own, alone in its folder."""
    path = tmp_path / "folder" / "answers.yaml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


def untouched(path: Path) -> bool:
    return (
        [*path.parent.iterdir()] == [path]
        and path.read_bytes() == OLD
        and path.stat().st_mode & 0o777 == 0o640
    )


@pytest.mark.parametrize(
    ("owner", "step"),
    [(tempfile, "mkstemp"), (os, "fchmod"), (os, "fsync"), (Path, "replace")],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("trouble", [fail, interrupt])
def test_whichever_step_fails_the_old_file_stays_whole_and_alone(
    owner: object,
    step: str,
    trouble: Callable[..., None],
    existing: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, trouble)
        with pytest.raises((OSError, KeyboardInterrupt)):
            write_whole(existing, NEW)
    assert untouched(existing)


def test_a_full_disk_leaves_the_old_file_whole_and_alone(existing: Path) -> None:
    """The system lets this process write 100 bytes a file, and so fails the write half-way."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, usual[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_whole(existing, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert untouched(existing)


@pytest.mark.parametrize("step", ["fchmod", "fsync"])
def test_a_new_file_that_fails_leaves_nothing_behind(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(OSError, match="Input/output error"):
            write_whole(folder / "new.yaml", NEW)
    assert [*folder.iterdir()] == []


def test_a_folder_that_cannot_be_synced_does_not_undo_the_write(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = os.open

    def open_no_folder(path: Path, flags: int, *more: int) -> int:
        if Path(path).is_dir():
            fail()
        return usual(path, flags, *more)

    monkeypatch.setattr(os, "open", open_no_folder)
    write_whole(existing, NEW)
    assert existing.read_bytes() == NEW


def test_the_data_is_on_disk_before_the_name_is(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        steps.append("sync")
        sync(handle)

    def replaced(path: Path, target: Path) -> Path:
        assert path.read_bytes() == NEW
        assert path.parent == target.parent
        steps.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    write_whole(existing, NEW)
    assert steps == ["sync", "replace", "sync"]


def test_a_file_that_is_there_keeps_its_mode(existing: Path) -> None:
    write_whole(existing, NEW)
    assert (existing.read_bytes(), existing.stat().st_mode & 0o777) == (NEW, 0o640)
    save_answers(answer_file({"a.1": 2}), existing)
    assert existing.stat().st_mode & 0o777 == 0o640
    assert [*existing.parent.iterdir()] == [existing]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_new_answers_are_for_their_owner_alone_whatever_the_mask(
    mask: int, tmp_path: Path
) -> None:
    usual = os.umask(mask)
    try:
        save_answers(answer_file({"a.1": 2}), tmp_path / "answers.yaml")
    finally:
        os.umask(usual)
    assert (tmp_path / "answers.yaml").stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link_and_the_file_it_points_at_is_written(existing: Path) -> None:
    link = existing.parent / "link.yaml"
    link.symlink_to(existing)
    write_whole(link, NEW)
    assert link.is_symlink()
    assert existing.read_bytes() == NEW


def test_a_name_as_long_as_names_may_be_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".yaml")
    write_whole(path, NEW)
    assert path.read_bytes() == NEW


def test_bytes_that_are_there_already_are_not_written_again(existing: Path) -> None:
    before = existing.stat().st_ino
    write_if_changed(existing, OLD)
    assert existing.stat().st_ino == before
    write_if_changed(existing, NEW)
    assert existing.read_bytes() == NEW
    write_if_changed(existing.parent / "new.md", NEW)
    assert (existing.parent / "new.md").read_bytes() == NEW


def test_what_a_file_states_is_written_even_where_it_is_what_would_be_taken(
    tmp_path: Path,
) -> None:
    stated = answer_file({"a.1": 1}, capacity={"days_per_quarter": 20, "quarters": 4})
    path = tmp_path / "stated.yaml"
    save_answers(stated, path)
    again = load_answers(path, asked(a=1))
    assert "capacity" in again.context.model_fields_set
    assert again.context.capacity.model_fields_set == {"days_per_quarter", "quarters"}
