"""Every command's ordinary run on the shipped firms, and the keys of its JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from jsonschema import Draft202012Validator

from conftest import EXAMPLES, ROOT
from it4it_assess import __version__
from it4it_assess.cli.app import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Tool
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

FIRMS = ("bakery", "agency", "manufacturer")
BAKERY = EXAMPLES / "bakery.yaml"
SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
"""A questionnaire on another scale, with answers that leave scores out."""

SCORE = {"score", "low", "high", "level", "level_low", "level_high", "coverage"}
CRITERIA = {"pain", "goals", "gap", "readiness", "effort", "enabling"}
Data = dict[str, Any]


@pytest.mark.parametrize("firm", FIRMS)
def test_rank_lists_the_streams_in_the_engines_order(
    firm: str, tool: Tool, example: Callable[[str], Assessment]
) -> None:
    out = printed(tool("rank", EXAMPLES / f"{firm}.yaml"))
    streams = example(firm).ranking.streams
    places = [f"{one.rank}. {one.title}" for one in streams]
    assert [row[0].removesuffix(" (gated)") for row in rows(out) if row[0][:1].isdigit()] == places
    assert streams[0].title in out.splitlines()[0]


@pytest.mark.parametrize("firm", FIRMS)
def test_score_prints_each_streams_score_and_target(
    firm: str, tool: Tool, example: Callable[[str], Assessment]
) -> None:
    table = {row[0]: row[1:] for row in rows(printed(tool("score", EXAMPLES / f"{firm}.yaml")))}
    for stream in example(firm).scorecard.streams:
        assert stream.score is not None
        assert table[stream.title][0] == f"{stream.score:.1f}"
        assert table[stream.title][3] == f"{stream.target:.1f}"
        assert table[stream.title][5] == f"{stream.coverage:.0%}".replace("%", " %")


def test_score_shows_components_when_asked(
    tool: Tool, example: Callable[[str], Assessment]
) -> None:
    streams = example("bakery").scorecard.streams
    parts = [part.title for stream in streams for part in stream.components]
    shown = [row[0].strip() for row in rows(printed(tool("score", BAKERY, "--components")))]
    assert [title for title in parts if title not in shown] == []
    short = [row[0].strip() for row in rows(printed(tool("score", BAKERY)))]
    assert [title for title in parts if title in short] == []


@pytest.mark.parametrize("firm", FIRMS)
def test_roadmap_prints_each_quarters_initiatives_under_it(
    firm: str, tool: Tool, example: Callable[[str], Assessment]
) -> None:
    out = printed(tool("roadmap", EXAMPLES / f"{firm}.yaml"))
    plan = example(firm).roadmap
    title = {job.id: job.title for job in plan.initiatives}
    for wave in plan.waves:
        block = next(
            part for part in out.split("\n\n") if part.startswith(f"Quarter {wave.quarter},")
        )
        listed = [row[0] for row in rows(block)[1:]]
        assert listed == ([title[name] for name in wave.initiatives] or ["nothing planned"])


def test_validate_finds_every_shipped_file_in_order(tool: Tool) -> None:
    folder = EXAMPLES.parent
    files = [*(EXAMPLES / f"{firm}.yaml" for firm in FIRMS), folder]
    assert printed(tool("validate", *files)) == "".join(f"{one}: in order\n" for one in files)
    assert printed(tool("validate", BAKERY, "--quiet")) == ""


def test_explain_without_a_name_tells_the_overall_score(tool: Tool) -> None:
    assert printed(tool("explain", BAKERY)) == printed(tool("explain", BAKERY, "overall"))


def test_the_shipped_questionnaire_is_listed_shown_and_without_fault(
    tool: Tool, shipped: Questionnaire
) -> None:
    listed = {row[0]: row for row in rows(printed(tool("questionnaire", "list")))}
    assert listed["it4it"][2] == shipped.version
    assert listed["it4it"][3] == str(len(shipped.questions))
    counted = json.loads(printed(tool("questionnaire", "list", "--coverage", "--format", "json")))
    assert counted["In all"]["questions"] == len(shipped.questions)
    assert "nothing to mend" in printed(tool("questionnaire", "lint"))
    shown = printed(tool("questionnaire", "show", "it4it", "d2c.incident.record"))
    asked = shipped.questions["d2c.incident.record"]
    assert [text for text in (asked.ask, *asked.levels.values()) if text not in shown] == []


@pytest.mark.parametrize("part", ["d2c", "d2c.incident", "d2c.incident.record", None])
def test_a_part_of_the_questionnaire_is_shown_as_json(part: str | None, tool: Tool) -> None:
    where = [part] if part else []
    shown = json.loads(printed(tool("questionnaire", "show", "it4it", *where, "--format", "json")))
    assert shown["id"] == (part or "it4it")


@pytest.mark.parametrize("schema", ["answers", "questionnaire", "stream", "assessment"])
def test_each_format_has_a_schema(schema: str, tool: Tool) -> None:
    told = json.loads(printed(tool("questionnaire", "schema", schema)))
    assert told["$id"] == f"urn:it4it-assess:{schema}:1"
    assert told["type"] == "object"


def test_the_schema_of_answers_knows_the_questions_by_name(
    tool: Tool, shipped: Questionnaire
) -> None:
    told = json.loads(printed(tool("questionnaire", "schema", "answers", "-q", "it4it")))
    checker = Draft202012Validator(told)

    def passes(*questions: str) -> bool:
        least = {"format": 1, "questionnaire": "it4it", "organisation": {"name": "A"}}
        return checker.is_valid(least | {"answers": dict.fromkeys(questions, 2)})

    assert passes(*shipped.questions)
    assert not passes("d2c.nonsense")


def test_the_version_is_the_packages(tool: Tool) -> None:
    assert printed(tool("--version")) == f"it4it-assess {__version__}\n"


@pytest.mark.parametrize("answers", [BAKERY, SHOP / "answers.yaml"], ids=["bakery", "shop"])
def test_score_as_json_has_exactly_the_promised_keys(answers: Any, tool: Tool) -> None:
    data = json.loads(printed(tool("score", answers, "--format", "json")))
    keys = {"organisation", "questionnaire", "version", "overall", "streams", "lenses", "views"}
    assert set(data) == keys
    assert all(type(data[key]) is str for key in ("organisation", "questionnaire", "version"))
    check_score(data["overall"])
    for stream in data["streams"]:
        check_score(stream, "id", "title", "kind", "target", "gap", "components")
        assert stream["kind"] in {"primary", "supporting"}
        assert is_number(stream["target"])
        assert (stream["gap"] is None) == (stream["score"] is None)
        for part in stream["components"]:
            check_score(part, "id", "title")
    for group in [*data["lenses"], *(group for view in data["views"].values() for group in view)]:
        check_score(group, "id", "title")


def test_a_score_that_cannot_be_given_is_null(tool: Tool) -> None:
    data = json.loads(printed(tool("score", SHOP / "answers.yaml", "--format", "json")))
    scores = {stream["id"]: stream for stream in data["streams"]}
    # draaien: one component of weight 1 answered, one of weight 2 unknown: 1/3 is below 60 %
    thin = scores["draaien"]
    assert (thin["score"], thin["level"], thin["gap"]) == (None, None, None)
    # its bounds: (1 x 1 + 2 x 1) / 3 = 1 and (1 x 1 + 2 x 4) / 3 = 3
    assert (thin["low"], thin["high"]) == (1.0, 3.0)
    # kantoor: its only question does not apply
    assert [scores["kantoor"][key] for key in sorted(SCORE - {"coverage"})] == [None] * 6


@pytest.mark.parametrize("answers", [BAKERY, SHOP / "answers.yaml"], ids=["bakery", "shop"])
def test_rank_as_json_has_exactly_the_promised_keys(answers: Any, tool: Tool) -> None:
    data = json.loads(printed(tool("rank", answers, "--format", "json")))
    promised = {"first", "streams", "weights", "break_even", "smallest_flip", "deciding_answer"}
    added = {
        "organisation", "verdict", "assumptions",
        "break_even_rival", "smallest_flip_rival", "smallest_flip_towards",
    }  # fmt: skip
    assert set(data) == promised | added
    assert set(data["weights"]) <= CRITERIA
    assert sum(data["weights"].values()) == pytest.approx(1)
    assert set(data["break_even"]) == set(data["weights"])
    assert all(one is None or is_number(one) for one in data["break_even"].values())
    assert data["smallest_flip"] is None or 0 <= data["smallest_flip"] <= 1
    assert data["first"] in {stream["id"] for stream in data["streams"]} | {None}
    for place, stream in enumerate(data["streams"], start=1):
        check_place(stream, set(data["weights"]))
        assert stream["rank"] == place
        assert len(stream["rank_shares"]) == len(data["streams"])
    if data["deciding_answer"] is not None:
        keys = {"question", "stream", "now", "would_be", "first", "open"}
        assert set(data["deciding_answer"]) == keys


@pytest.mark.parametrize("firm", FIRMS)
def test_json_and_engine_give_the_same_figures(
    firm: str, tool: Tool, example: Callable[[str], Assessment]
) -> None:
    data = json.loads(printed(tool("rank", EXAMPLES / f"{firm}.yaml", "--format", "json")))
    ranking = example(firm).ranking
    assert data["first"] == ranking.first
    assert data["weights"] == ranking.weights
    values = {stream.id: stream.value for stream in ranking.streams}
    assert {stream["id"]: stream["value"] for stream in data["streams"]} == values


def test_roadmap_as_json_keeps_within_capacity(
    tool: Tool, example: Callable[[str], Assessment]
) -> None:
    data = json.loads(printed(tool("roadmap", BAKERY, "--format", "json")))
    plan = example("bakery").roadmap
    assert [wave["initiatives"] for wave in data["waves"]] == [
        list(wave.initiatives) for wave in plan.waves
    ]
    assert all(wave["days"] <= wave["capacity"] for wave in data["waves"])
    assert data["days"] == sum(wave["days"] for wave in data["waves"])


def commands(group: Any, *path: str) -> list[tuple[str, ...]]:
    """Return every command's words, read off the program itself so that none is forgotten."""
    if not hasattr(group, "commands"):
        return [path]
    return [found for name, one in group.commands.items() for found in commands(one, *path, name)]


COMMANDS = commands(typer.main.get_command(program()))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_an_example(command: tuple[str, ...], tool: Tool) -> None:
    help_text = printed(tool(*command, "--help"))
    after = help_text.partition("Examples:")[2]
    assert f"it4it-assess {' '.join(command)}" in after


def test_help_lists_every_command(tool: Tool) -> None:
    help_text = printed(tool("--help"))
    assert [name for name, *_ in COMMANDS if f" {name} " not in help_text] == []
    assert printed(tool("-h")) == help_text


def printed(ended: Any) -> str:
    """Return what a run printed; it ended well and said nothing on stderr."""
    assert (ended.returncode, ended.stderr) == (0, "")
    out: str = ended.stdout
    return out


def rows(out: str) -> list[list[str]]:
    """Return the tab-separated lines of piped tables."""
    return [line.split("\t") for line in out.splitlines() if "\t" in line]


def is_number(value: object) -> bool:
    return type(value) in {int, float}


def check_score(one: Data, *more: str) -> None:
    assert set(one) == SCORE | set(more)
    assert is_number(one["coverage"])
    assert 0 <= one["coverage"] <= 1
    check_order(one[key] for key in ("low", "score", "high"))
    levels = [one[key] for key in ("level_low", "level", "level_high")]
    check_order(levels)
    assert all(level is None or type(level) is int for level in levels)


def check_order(values: Iterable[float | None]) -> None:
    given = [value for value in values if value is not None]
    assert all(map(is_number, given))
    assert given == sorted(given)


def check_place(stream: Data, criteria: set[str]) -> None:
    promised = {"id", "rank", "value", "gated_by", "contributions", "first_share", "rank_shares"}
    assert set(stream) == promised | {"title", "points"}
    assert type(stream["rank"]) is int
    assert type(stream["gated_by"]) is list
    assert set(stream["contributions"]) == set(stream["points"]) == criteria
    assert sum(stream["contributions"].values()) == pytest.approx(stream["value"])
    assert stream["first_share"] == stream["rank_shares"][0]
    assert sum(stream["rank_shares"]) == pytest.approx(1)
