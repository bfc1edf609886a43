"""`explain`: every number there is, equal to what score and rank say, with sums that add up."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT
from it4it_assess.engine.explain import explain, explainable
from it4it_assess.report.data import rank_data, roadmap_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Tool
    from it4it_assess.model.assessment import Assessment, Score
    from it4it_assess.model.explanation import Explanation
    from it4it_assess.model.questionnaire import Questionnaire

SHOP = ROOT / "tests" / "cases" / "own-questionnaire" / "answers.yaml"
SUM = re.compile(r"\(([^()]*)\) / ([\d.]+) = ([\d.]+)")
LAST_PLACE = 0.0005
"""Half of the last of three decimals: as near as two rounded figures are bound to agree."""


@pytest.fixture
def bakery(example: Callable[[str], Assessment]) -> Assessment:
    return example("bakery")


def test_everything_with_a_number_can_be_explained(
    bakery: Assessment, shipped: Questionnaire
) -> None:
    names = set(explainable(shipped, bakery))
    assert names >= {"overall", "rank", "weights", "targets", "roadmap"}
    assert names >= {name for name, _ in scores(bakery)}
    assert names >= set(shipped.questions)
    assert names >= {f"rank.{stream.id}" for stream in bakery.ranking.streams}
    assert names >= {job.id for job in bakery.roadmap.initiatives}


def test_every_explanation_bears_its_name_and_says_something(
    bakery: Assessment, shipped: Questionnaire
) -> None:
    for name, tell in explainable(shipped, bakery).items():
        told = tell()
        assert told.id == name
        assert all(text.strip() for _, text in told.lines())


def test_an_explained_score_is_the_score_with_its_range_and_level(
    bakery: Assessment, shipped: Questionnaire
) -> None:
    for name, score in scores(bakery):
        told = explain(shipped, bakery, name)
        if score.score is not None:
            assert told.value == score.score
            assert f"= {score.score:.3f}" in told.text
            assert f"level {score.level} ({score.level_low} to {score.level_high})" in told.text
        if score.low is not None:
            assert f"range {score.low:.3f} to {score.high:.3f}" in told.text
            assert f"{score.coverage:.0%} answered" in told.text


def test_the_sum_in_every_line_adds_up_and_is_of_the_lines_below_it(
    bakery: Assessment, shipped: Questionnaire
) -> None:
    seen = 0
    for part in walk(explain(shipped, bakery, "overall")):
        found = SUM.search(part.text)
        if not found:
            continue
        seen += 1
        terms = [term.split(" x ") for term in found[1].split(" + ")]
        total = sum(float(weight) for weight, _ in terms)
        assert total == pytest.approx(float(found[2]))
        mean = sum(float(weight) * float(value) for weight, value in terms) / total
        assert mean == pytest.approx(float(found[3]), abs=2 * LAST_PLACE)
        below = [one.value for one in part.parts if one.value is not None]
        assert [float(value) for _, value in terms] == pytest.approx(below, abs=LAST_PLACE)
    assert seen > len(shipped.streams)


def test_an_explained_question_is_at_the_level_that_counts(
    bakery: Assessment, shipped: Questionnaire
) -> None:
    for name, reading in bakery.readings.items():
        told = explain(shipped, bakery, name)
        assert told.value == reading.level
        assert [part.value for part in told.parts] == [voice.level for voice in reading.voices]


def test_an_explained_place_is_what_rank_gives(bakery: Assessment, shipped: Questionnaire) -> None:
    data = rank_data(bakery)
    for stream in data["streams"]:
        told = explain(shipped, bakery, f"rank.{stream['id']}")
        assert told.value == stream["value"]
        parts = {
            part.id.rpartition(".")[2]: part.value for part in told.parts if part.value is not None
        }
        assert parts == stream["contributions"]
        for part in told.parts:
            criterion = part.id.rpartition(".")[2]
            if criterion in data["weights"]:
                assert f"weight {data['weights'][criterion]:.3f}" in part.text
                assert f"{stream['points'][criterion]:.2f} of 5" in part.text
    whole = explain(shipped, bakery, "rank")
    assert [part.id for part in whole.parts] == [f"rank.{one['id']}" for one in data["streams"]]


def test_explained_weights_and_targets_are_those_used(
    bakery: Assessment, shipped: Questionnaire
) -> None:
    weights = explain(shipped, bakery, "weights")
    assert {part.id.removeprefix("weights."): part.value for part in weights.parts} == (
        bakery.ranking.weights
    )
    assert weights.value == pytest.approx(1)
    targets = explain(shipped, bakery, "targets")
    assert {part.id.removeprefix("targets."): part.value for part in targets.parts} == {
        stream.id: stream.target for stream in bakery.scorecard.streams
    }


def test_an_explained_initiative_is_as_planned(bakery: Assessment, shipped: Questionnaire) -> None:
    data = roadmap_data(bakery)
    for job in data["initiatives"]:
        told = explain(shipped, bakery, job["id"])
        assert told.value == job["value"]
        assert f"{job['days']:g} days" in told.text
        assert (f"quarter {job['quarter']}" in told.text) == (job["quarter"] is not None)
    assert explain(shipped, bakery, "roadmap").value == data["days"]


def test_the_commands_agree_to_the_last_digit(tool: Tool) -> None:
    def data(command: str, *what: str) -> Any:
        return json.loads(tool(command, SHOP, *what, "--format", "json").stdout)

    for stream in data("score")["streams"]:
        if stream["score"] is not None:
            assert data("explain", stream["id"])["value"] == stream["score"]
    first = data("rank")["streams"][0]
    assert data("explain", f"rank.{first['id']}")["value"] == first["value"]


def test_the_text_of_an_explanation_is_its_tree_indented(tool: Tool) -> None:
    shown = tool("explain", SHOP, "verkopen").stdout.splitlines()
    told = json.loads(tool("explain", SHOP, "verkopen", "--format", "json").stdout)
    assert shown == list(indented(told))


def test_a_name_that_is_nearly_right_gets_a_hint(tool: Tool) -> None:
    ended = tool("explain", SHOP, "verkopn")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "did you mean verkopen?" in ended.stderr


def scores(judged: Assessment) -> Iterator[tuple[str, Score]]:
    """Yield every score with the name it is explained by."""
    card = judged.scorecard
    yield "overall", card.overall
    for stream in card.streams:
        yield stream.id, stream
        yield from ((part.id, part) for part in stream.components)
    yield from ((lens.id, lens) for lens in card.lenses)
    yield from ((group.id, group) for groups in card.views.values() for group in groups)


def walk(told: Explanation) -> Iterator[Explanation]:
    yield told
    for part in told.parts:
        yield from walk(part)


def indented(told: Any, depth: int = 0) -> Iterator[str]:
    yield "  " * depth + told["text"]
    for part in told["parts"]:
        yield from indented(part, depth + 1)
