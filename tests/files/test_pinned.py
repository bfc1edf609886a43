"""An answer file is read with the version it answers, where that is kept."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from it4it_assess.cli.options import Output
from it4it_assess.cli.questionnaire import list_
from it4it_assess.errors import InvalidFileError
from it4it_assess.files import find
from it4it_assess.files.load import (
    bundled_questionnaires,
    find_questionnaire,
    load_answers,
    load_both,
    load_kept,
    load_questionnaire,
    other_version,
)

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ROOT / "tests" / "versions"
HEAD = """\
format: 1
questionnaire: {name}
questionnaire_version: "{version}"
organisation: {{name: X}}
answers: {{}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a folder with the shop's three versions in it."""
    folder = tmp_path / "client"
    shutil.copytree(VERSIONS, folder)
    return folder


def written(folder: Path, version: str, name: str = "./shop") -> Path:
    path = folder / "written.yaml"
    path.write_text(HEAD.format(name=name, version=version), encoding="utf-8")
    return path


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("name", ["./shop", "shop", "./shop/", "../client/shop"])
def test_the_version_a_file_answers_is_the_one_it_is_read_with(
    name: str, version: str, shop: Path
) -> None:
    questionnaire, answers = load_both(written(shop, version, name))
    assert questionnaire.version == version
    assert other_version(shop, questionnaire, answers) is None


def test_a_questionnaire_given_is_taken_whatever_the_file_answers(shop: Path) -> None:
    questionnaire, _ = load_both(written(shop, "1.0"), str(shop / "shop"))
    assert questionnaire.version == "1.2"


def test_a_kept_version_can_be_named(shop: Path) -> None:
    questionnaire, _ = load_both(written(shop, "1.0", "./shop@1.0"))
    assert questionnaire.version == "1.0"


@pytest.mark.parametrize(
    "version", ["0.9", "../../shop", "1/0", "..", "@", "1.0@", " ", "x" * 300, "1\\\\0", "ünï"]
)
def test_a_version_that_is_not_kept_falls_back_to_the_present_one(
    version: str, shop: Path
) -> None:
    path = written(shop, version)
    questionnaire, answers = load_both(path)
    assert questionnaire.version == "1.2"
    assert other_version(path, questionnaire, answers) == (
        f"{path}: answered in version {answers.questionnaire_version}, read with 1.2; "
        f"see what changes with: it4it-assess migrate {path} --check"
    )


def test_a_version_kept_where_the_tool_runs_is_not_taken_for_one_beside_the_file(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(shop / "shop@1.0")
    here = tmp_path / "here"
    shutil.copytree(VERSIONS, here)
    monkeypatch.chdir(here)
    assert load_both(written(shop, "1.0"))[0].version == "1.2"


def test_a_shipped_version_is_kept_in_the_same_way(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "bundled", lambda _kind: shop)
    assert bundled_questionnaires() == ["shop", "shop@1.0", "shop@1.1"]
    assert find_questionnaire("shop", version="1.1") == shop / "shop@1.1"
    assert find_questionnaire("shop", version="1.2") == shop / "shop"
    assert load_both(written(tmp_path, "1.0", "shop"))[0].version == "1.0"


def test_a_kept_folder_that_holds_another_version_is_told(shop: Path) -> None:
    shutil.rmtree(shop / "shop@1.0")
    shutil.copytree(shop / "shop@1.1", shop / "shop@1.0")
    with pytest.raises(InvalidFileError) as caught:
        load_answers(written(shop, "1.0"))
    assert str(caught.value) == (
        f"{shop / 'written.yaml'}:2:1: the folder {shop / 'shop@1.0'} holds version 1.1; "
        "keep version 1.0 in it"
    )


def test_a_file_that_does_not_fit_is_told_that_it_is_of_another_version(shop: Path) -> None:
    shutil.rmtree(shop / "shop@1.0")
    path = shop / "answers.yaml"
    with pytest.raises(InvalidFileError) as caught:
        load_answers(path)
    first, second, *_ = str(caught.value).splitlines()
    assert first == (
        f"{path}:4:1: the answers are of version 1.0, the questionnaire is 1.2; "
        f"see what changes with: it4it-assess migrate {path} --check"
    )
    assert second == f"{path}:9:11: there is no goal 'calm'; did you mean calm-days?"
    with pytest.raises(InvalidFileError) as caught:
        load_answers(path, load_questionnaire(shop / "shop"))
    assert "migrate" not in str(caught.value)


def test_a_kept_version_is_found_from_any_of_them(shop: Path) -> None:
    for name in ("shop", "shop@1.0", "shop@1.1"):
        kept = load_kept(shop / name, "1.0")
        assert kept is not None
        assert kept.version == "1.0"
        assert load_kept(shop / name, "0.9") is None
        assert load_kept(shop / name, "../shop") is None


def test_the_list_shows_every_version_and_how_to_name_it(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(find, "bundled", lambda _kind: shop)
    list_(None, coverage=False, output=Output.TABLE)
    assert [line.split("\t")[:3] for line in capsys.readouterr().out.splitlines()[2:5]] == [
        ["shop", "Shop check", "1.2"],
        ["shop@1.0", "Shop check", "1.0"],
        ["shop@1.1", "Shop check", "1.1"],
    ]
    list_(None, coverage=False, output=Output.JSON)
    assert json.loads(capsys.readouterr().out)[1] == {
        "id": "shop", "title": "Shop check", "version": "1.0", "name": "shop@1.0"
    }  # fmt: skip
