"""Many files at once: each outcome in its place, whatever became of the others."""

from __future__ import annotations

import os
import pickle
import signal
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT
from it4it_assess.errors import AssessError
from it4it_assess.files.load import load_answers
from it4it_assess.portfolio import batch
from it4it_assess.portfolio.batch import (
    CHUNK,
    RefusedFile,
    ScoredFile,
    score_all,
    score_file,
    score_files,
)
from it4it_assess.portfolio.spread import HANDFUL, processes_for, processors, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

NAMES = ("bakery", "agency", "manufacturer")
BAD = ROOT / "tests" / "bad"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_in_a_batch_has_the_scores_it_has_alone(
    name: str, shipped: Questionnaire, example: Callable[[str], Assessment]
) -> None:
    outcome = score_file(EXAMPLES / f"{name}.yaml")
    assert isinstance(outcome, ScoredFile)
    card = example(name).scorecard
    fields = tuple(type(card.overall).model_fields)
    assert outcome.overall._fields == fields
    assert outcome.overall._asdict() == card.overall.model_dump()
    for stream in card.streams:
        assert outcome.streams[stream.id]._asdict() == stream.model_dump(include=set(fields))
        assert outcome.targets[stream.id] == stream.target
        assert outcome.gaps[stream.id] == stream.gap
    for lens in card.lenses:
        assert outcome.lenses[lens.id]._asdict() == lens.model_dump(include=set(fields))
    assert list(outcome.streams) == [stream.id for stream in shipped.streams]
    answers = load_answers(EXAMPLES / f"{name}.yaml", shipped)
    assert outcome.organisation == answers.organisation
    assert (outcome.size, outcome.date) == (answers.organisation.size, answers.date)
    assert (outcome.questionnaire, outcome.version) == (shipped.id, shipped.version)


def test_a_bad_file_is_told_with_its_places_and_hides_no_other(tmp_path: Path) -> None:
    gone = tmp_path / "gone.yaml"
    good = EXAMPLES / "bakery.yaml"
    first, bad, missing, last = score_files([good, BAD / "level-off-the-scale.yaml", gone, good])
    assert first == last
    assert isinstance(first, ScoredFile)
    assert isinstance(bad, RefusedFile)
    assert bad.message == "\n".join(map(str, bad.problems))
    assert {problem.source for problem in bad.problems} == {bad.path}
    assert all(problem.line > 1 for problem in bad.problems)
    message = f"{gone}: there is no such file; check the name"
    assert missing == RefusedFile(str(gone), message, ())


def many(tmp_path: Path) -> list[Path]:
    """Return more than two chunks of paths, good and bad, all different."""
    paths = []
    for number in range(2 * CHUNK + 7):
        path = tmp_path / f"{number:03}.yaml"
        source = (
            BAD / "letter.yaml" if number % 10 == 3 else EXAMPLES / f"{NAMES[number % 3]}.yaml"
        )
        path.symlink_to(source)
        paths.append(path)
    return paths


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_outcomes_come_in_the_order_of_the_paths_however_many_processes(
    processes: int, tmp_path: Path
) -> None:
    paths, done = many(tmp_path), list[int]()
    outcomes = list(score_all(paths, processes=processes, progress=done.append))
    assert outcomes == score_files(paths)
    assert [outcome.path for outcome in outcomes] == [str(path) for path in paths]
    assert done == [CHUNK, 2 * CHUNK, len(paths)]


def test_an_outcome_crosses_to_another_process_unchanged() -> None:
    for path in (EXAMPLES / "bakery.yaml", BAD / "letter.yaml"):
        outcome = score_file(path)
        assert pickle.loads(pickle.dumps(outcome)) == outcome  # noqa: S301  our own


@pytest.mark.parametrize("processes", [1, 2])
def test_only_a_few_chunks_are_begun_before_the_first_is_taken(processes: int) -> None:
    begun = 0

    def endless() -> Iterator[Path]:
        nonlocal begun
        while True:
            begun += 1
            yield EXAMPLES / "bakery.yaml"

    outcomes = score_all(endless(), processes=processes)
    assert len(list(islice(outcomes, 3))) == 3
    outcomes.close()  # type: ignore[attr-defined]  # a generator
    assert begun <= processes * batch.AHEAD * CHUNK


def test_no_files_have_no_outcomes() -> None:
    assert list(score_all([], processes=2)) == []


def test_a_questionnaire_may_be_given_for_all_files(tmp_path: Path) -> None:
    (outcome,) = score_files([EXAMPLES / "bakery.yaml"], "it4it")
    assert outcome == score_file(EXAMPLES / "bakery.yaml")
    (refused,) = score_files([EXAMPLES / "bakery.yaml"], str(tmp_path))
    assert isinstance(refused, RefusedFile)
    assert "there is no questionnaire" in refused.message


def _kill(_number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_ends_the_batch_with_a_plain_message() -> None:
    with pytest.raises(AssessError, match=r"^a working process was ended from outside.*fewer"):
        list(spread(_kill, range(3), 2))


def _doubled(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_known_keeps_its_place_and_is_not_worked_out(processes: int) -> None:
    def known(number: int) -> int | None:
        return -number if number % 3 else None

    expected = [-number if number % 3 else 2 * number for number in range(40)]
    assert list(spread(_doubled, range(40), processes, chunk=7, known=known)) == expected


def test_where_all_is_known_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("it4it_assess.portfolio.spread._pool", None)
    assert list(spread(_doubled, range(9), 2, known=lambda number: number)) == list(range(9))


def test_a_handful_of_files_is_work_for_one_process() -> None:
    assert processes_for(HANDFUL, None) == 1
    assert processes_for(HANDFUL + 1, None) == processors()
    assert [processes_for(3, jobs) for jobs in (1, 2, 9)] == [1, 2, 3]
