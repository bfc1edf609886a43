"""A file in a portfolio is judged as it is alone, without the trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT
from it4it_assess.portfolio.judge import JudgedFile, judge_file
from it4it_assess.portfolio.reading import RefusedFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment


@pytest.mark.parametrize("name", ["bakery", "agency", "manufacturer"])
def test_a_judged_file_has_the_first_stream_and_the_unknowns_of_its_report(
    name: str, example: Callable[[str], Assessment]
) -> None:
    found = judge_file(EXAMPLES / f"{name}.yaml")
    alone = example(name)
    assert isinstance(found, JudgedFile)
    assert found.first == alone.ranking.first
    assert found.respondents == len(alone.respondents)
    states = {one.question: one for one in alone.readings.values()}
    assert list(found.known) == [n for n, one in states.items() if one.level is not None]
    assert list(found.unknown) == [n for n, one in states.items() if one.state == "unknown"]


def test_a_bad_file_hides_no_other() -> None:
    paths = [ROOT / "tests/bad/letter.yaml", EXAMPLES / "bakery.yaml"]
    bad, good = map(judge_file, paths)
    assert isinstance(bad, RefusedFile)
    assert isinstance(good, JudgedFile)
