"""Answer files merged on disk: a new file, or one of them with its comments and order."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import yaml

from conftest import EXAMPLES, ROOT
from it4it_assess.collect.keeper import ChangedElsewhereError, HeldElsewhereError, Keeper
from it4it_assess.collect.merging import merge_files, placed
from it4it_assess.engine.reading import read_answers
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.comments import comments_in
from it4it_assess.files.load import load_answers, load_both

BASE = """\
# kept by hand, by Sem
format: 1
questionnaire: it4it
date: 2026-09-01
organisation: {name: Café Rosa, employees: 12}  # since 1998
context:
  pain: {d2c: 5}  # since the flood
answers:
  # the one we argued about
  d2c.incident.record: 2  # Jo's word
  d2c.problem.cause:
    level: 1  # a guess
    note: ask Sem
  s2p.policy.rules: {by: {jo: 1}, note: on the door}
respondents: {jo: {name: Jo}}
"""
ANNA = """\
format: 1
questionnaire: it4it
date: 2026-10-01
organisation: {name: café  rosa, employees: 14}
respondents: {anna: {name: Anna}}
context: {pain: {d2c: 3, r2f: 4}}
answers: {d2c.problem.cause: 3, s2p.policy.rules: {level: 4, evidence: [sheet]}}
"""


@pytest.fixture
def rosa(tmp_path: Path) -> Path:
    (tmp_path / "rosa.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "anna.yaml").write_text(ANNA, encoding="utf-8")
    return tmp_path


def test_the_base_keeps_its_comments_its_order_and_what_nobody_spoke_to(rosa: Path) -> None:
    base = rosa / "rosa.yaml"
    merge_files([rosa / "anna.yaml", base], base)
    text = base.read_text(encoding="utf-8")
    assert (
        text
        == """\
# kept by hand, by Sem
format: 1
questionnaire: it4it
date: "2026-10-01"
# employees in anna.yaml (2026-10-01): 14
organisation: {name: Café Rosa, employees: 12}  # since 1998
context:
  # pain.d2c in anna.yaml (2026-10-01): 3
  pain: {d2c: 5, r2f: 4}  # since the flood
answers:
  # the one we argued about
  d2c.incident.record: 2  # Jo's word
  # a guess
  d2c.problem.cause: {by: {anna: 3, rosa: {level: 1, note: ask Sem}}}
  s2p.policy.rules: {by: {jo: 1, anna: {level: 4, evidence: [sheet]}}, note: on the door}
respondents: {jo: {name: Jo}, anna: {name: Anna}, rosa: {}}
"""
    )


def test_merging_again_writes_nothing_new(rosa: Path) -> None:
    base = rosa / "rosa.yaml"
    merge_files([base, rosa / "anna.yaml"], base)
    once = base.read_bytes()
    merge_files([base, rosa / "anna.yaml"], base)
    assert base.read_bytes() == once


def test_every_comment_of_a_long_file_survives(rosa: Path) -> None:
    base = rosa / "bakery.yaml"
    before = (EXAMPLES / "bakery.yaml").read_text(encoding="utf-8")
    base.write_text(before, encoding="utf-8")
    ria = "answers: {s2p.architecture.flow: 4, s2p.architecture.age: 0, d2c.incident.record: 5}\n"
    (rosa / "ria.yaml").write_text(
        "format: 1\nquestionnaire: it4it\norganisation: {name: Bakkerij De Vries}\n" + ria,
        encoding="utf-8",
    )
    merge_files([base, rosa / "ria.yaml"], base)
    after = base.read_text(encoding="utf-8")
    kept = [comment.text for comment in comments_in(after)]
    assert [one.text for one in comments_in(before)] == kept
    changed = set(before.splitlines()) - set(after.splitlines())
    assert all("s2p.architecture" in line or line[:4] == "    " for line in changed)
    assert len(changed) < 10


def test_a_respondent_s_own_file_names_its_answers_once_others_come_in(rosa: Path) -> None:
    anna = rosa / "anna.yaml"
    merge_files([anna, rosa / "rosa.yaml"], anna)
    merged = load_answers(anna)
    assert set(merged.respondents) == {"anna", "jo", "rosa"}
    assert all(answer is not None and answer.by for answer in merged.answers.values())


def test_a_new_file_is_its_owner_s_alone_and_reads_as_what_was_merged(rosa: Path) -> None:
    out = rosa / "all.yaml"
    asked, whole = merge_files([rosa / "rosa.yaml", rosa / "anna.yaml"], out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = load_answers(out, asked)
    assert again == whole.answers
    assert read_answers(asked, again) == read_answers(asked, whole.answers)
    text = out.read_text(encoding="utf-8")
    assert "  # employees in anna.yaml (2026-10-01): 14\n  employees: 12\n" in text
    assert list(yaml.safe_load(text)["answers"]) == [
        name for name in asked.questions if name in again.answers
    ]


def test_a_file_that_is_there_is_not_overwritten_unless_it_must(rosa: Path) -> None:
    out = rosa / "other.yaml"
    out.write_text("mine", encoding="utf-8")
    files = [rosa / "rosa.yaml", rosa / "anna.yaml"]
    with pytest.raises(AssessError, match=r"it is there already and is not one of the files; "):
        merge_files(files, out)
    assert out.read_text(encoding="utf-8") == "mine"
    merge_files(files, out, force=True)
    assert set(load_answers(out).respondents) == {"jo", "anna", "rosa"}


def test_one_file_named_twice_is_refused(rosa: Path) -> None:
    with pytest.raises(AssessError, match=r"are one file; name it once"):
        merge_files([rosa / "anna.yaml", rosa / "." / "anna.yaml"], rosa / "out.yaml")


def test_all_problems_of_all_files_are_told_at_once(rosa: Path) -> None:
    for name in ("one", "two"):
        (rosa / f"{name}.yaml").write_text(
            ANNA.replace("problem.cause: 3", "problem.cause: 9"), encoding="utf-8"
        )
    with pytest.raises(InvalidFileError) as raised:
        merge_files([rosa / "one.yaml", rosa / "two.yaml"], rosa / "out.yaml")
    assert [Path(problem.source).name for problem in raised.value.problems] == [
        "one.yaml",
        "two.yaml",
    ]
    assert not (rosa / "out.yaml").exists()


def test_a_base_that_somebody_holds_is_left_alone(rosa: Path) -> None:
    base = rosa / "rosa.yaml"
    with Keeper(base, ()), pytest.raises(HeldElsewhereError):
        merge_files([base, rosa / "anna.yaml"], base)
    assert base.read_text(encoding="utf-8") == BASE


def test_a_rewrite_of_a_file_that_changed_meanwhile_is_refused(rosa: Path) -> None:
    base = rosa / "rosa.yaml"
    with Keeper(base, ()) as keeper:
        base.write_text(ANNA, encoding="utf-8")
        with pytest.raises(ChangedElsewhereError):
            keeper.rewrite(lambda text: text + "# more\n")
    assert base.read_text(encoding="utf-8") == ANNA


def test_conflicts_are_found_in_their_lines_but_for_those_of_the_file_written(rosa: Path) -> None:
    later = ANNA.replace("2026-10-01", "2026-11-01").replace("cause: 3", "cause: 5")
    (rosa / "later.yaml").write_text(later, encoding="utf-8")
    base = rosa / "rosa.yaml"
    _, whole = merge_files([base, rosa / "anna.yaml", rosa / "later.yaml"], base)
    found = {
        ".".join(one.path): (kept.line, [other.line for other in others])
        for one, kept, others in placed(whole.conflicts, base)
    }
    assert found == {
        "answers.d2c.problem.cause.by.anna": (7, [7]),
        "organisation.employees": (0, [4, 4]),
        "context.pain.d2c": (0, [6, 6]),
    }


def test_a_questionnaire_of_one_s_own_is_found_from_where_the_merged_file_lies(
    rosa: Path,
) -> None:
    own = ROOT / "tests" / "cases" / "own-questionnaire"
    text = (own / "answers.yaml").read_text(encoding="utf-8")
    (rosa / "vragen").symlink_to(own / "vragen")
    (rosa / "one.yaml").write_text(text, encoding="utf-8")
    (rosa / "two.yaml").write_text(text, encoding="utf-8")
    (rosa / "deep").mkdir()
    out = rosa / "deep" / "all.yaml"
    merge_files([rosa / "one.yaml", rosa / "two.yaml"], out)
    assert load_both(out)[0].id == load_both(rosa / "one.yaml")[0].id
