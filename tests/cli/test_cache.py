"""A questionnaire once read is kept: never wrongly, and never needed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
ANSWERS = SHOP / "answers.yaml"


def test_a_kept_questionnaire_gives_the_same_bytes_as_a_fresh_one(
    tool: Tool, tmp_path: Path
) -> None:
    fresh = tool("rank", ANSWERS, XDG_CACHE_HOME="kept")
    assert kept(tmp_path)
    again = tool("rank", ANSWERS, XDG_CACHE_HOME="kept")
    assert (again.returncode, again.stdout) == (0, fresh.stdout)


def test_a_kept_file_that_is_broken_does_no_harm(tool: Tool, tmp_path: Path) -> None:
    fresh = tool("score", ANSWERS, XDG_CACHE_HOME="kept").stdout
    for text in ("", "{", "null", '{"format": 1}', "\0", "[" * 10_000):
        for path in kept(tmp_path):
            path.write_text(text, encoding="utf-8")
        ended = tool("score", ANSWERS, XDG_CACHE_HOME="kept")
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, fresh, "")


@pytest.mark.parametrize(
    "environment",
    [{"XDG_CACHE_HOME": "/dev/null/nowhere"}, {"HOME": "/dev/null", "XDG_CACHE_HOME": ""}],
    ids=str,
)
def test_no_place_to_keep_anything_does_no_harm(
    environment: dict[str, str], tool: Tool, tmp_path: Path
) -> None:
    fresh = tool("score", ANSWERS, XDG_CACHE_HOME="kept").stdout
    ended = tool("score", ANSWERS, cwd=tmp_path, **environment)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, fresh, "")


def test_what_is_kept_is_its_owners_alone(tool: Tool, tmp_path: Path) -> None:
    tool("score", ANSWERS, XDG_CACHE_HOME="kept")
    [path] = kept(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("ending", ["yaml", "yml"])
def test_a_questionnaire_that_was_edited_is_read_anew(
    ending: str, tool: Tool, tmp_path: Path
) -> None:
    shutil.copytree(SHOP, tmp_path / "shop")
    folder = tmp_path / "shop" / "vragen"
    stream = folder / f"verkopen.{ending}"
    (folder / "verkopen.yaml").rename(stream)
    head = folder / "questionnaire.yaml"
    head.write_text(head.read_text("utf-8").replace("verkopen.yaml", stream.name), "utf-8")
    assert title(tool) == "Verkopen"
    stream.write_text(
        stream.read_text("utf-8").replace("title: Verkopen", "title: Winkel"), "utf-8"
    )
    assert title(tool) == "Winkel"


def kept(home: Path) -> list[Path]:
    return list((home / "kept" / "it4it-assess").iterdir())


def title(tool: Tool) -> str:
    data = json.loads(
        tool("score", "shop/answers.yaml", "--format", "json", XDG_CACHE_HOME="kept").stdout
    )
    name: str = data["streams"][0]["title"]
    return name
