"""`anonymise`: copies and key where they belong, nothing written over, a report of it all."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

KEY = (".local", "share", "it4it-assess", "anonymise-key.json")
SECRET = "ab" * 32
SHOP = ROOT / "tests" / "cases" / "own-questionnaire"


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    path = tmp_path / "bakery.yaml"
    shutil.copy(EXAMPLES / "bakery.yaml", path)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Write a key whose pseudonyms are the same in every run."""
    path = tmp_path / "key.json"
    path.write_text(json.dumps({"format": 1, "secret": SECRET, "names": {"firm-1": "Bos"}}))
    path.chmod(0o600)
    return path


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_copy_goes_into_the_folder_and_the_key_elsewhere(
    tool: Tool, bakery: Path, tmp_path: Path
) -> None:
    before = bakery.read_bytes()
    ended = tool("anonymise", bakery, "--out", "to-share")
    assert (ended.returncode, ended.stderr) == (0, "")
    (copy,) = (tmp_path / "to-share").iterdir()
    key = tmp_path.joinpath(*KEY)
    names = json.loads(text(key))["names"]
    firm = copy.name.removesuffix("-2026-11.yaml")
    assert names[firm] == "Bakkerij De Vries"
    assert [oct(path.stat().st_mode & 0o777) for path in (copy, key)] == ["0o600", "0o600"]
    assert bakery.read_bytes() == before
    assert f"Who is who: {key}. Keep it to yourself, apart from the copies.\n" in ended.stdout


def test_a_key_right_beside_the_one_copy_is_refused(tool: Tool, bakery: Path, key: Path) -> None:
    told = tool("anonymise", bakery, "--out", "copy.yaml", "--key", key)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        f"{key}: the key would lie in the folder of the copies, ., and go along with them; "
        "give --key or --out another folder\n"
    )


def test_the_report_tells_what_went_what_was_replaced_and_what_stays(
    tool: Tool, bakery: Path, key: Path
) -> None:
    told = tool("anonymise", bakery, "--out", "out", "--key", key)
    lines = told.stdout.splitlines()
    assert lines[0] == "Copies"
    for line in (
        "- notes: 81",
        "- money: 2",
        "- comments and layout: all of them, each copy is written anew",
        "- names of organisations: 1, now a pseudonym",
        "- sector: left out of 1 of 1 file, too rare to show",
        (
            "- Only one firm is given, and nothing is called common that fewer than 5 share: "
            "sector, country and laws go unless you keep them."
        ),
        "- A target written out can hint at the sector or law it came from.",
    ):
        assert line in lines


def test_the_same_key_gives_the_same_bytes_again(tool: Tool, bakery: Path, key: Path) -> None:
    made = []
    for folder, seed in (("one", "1"), ("two", "2")):
        assert (
            tool(
                "anonymise", bakery, "--out", folder, "--key", key, PYTHONHASHSEED=seed
            ).returncode
            == 0
        )
        made.append(
            [(path.name, path.read_bytes()) for path in (bakery.parent / folder).iterdir()]
        )
    assert made[0] == made[1]
    names = json.loads(text(key))["names"]
    assert names["firm-1"] == "Bos"
    assert "Bakkerij De Vries" in names.values()


def test_a_copy_is_an_answer_file_like_any_other(
    tool: Tool, bakery: Path, key: Path, tmp_path: Path
) -> None:
    tool("anonymise", bakery, "--out", "out", "--key", key)
    (copy,) = (tmp_path / "out").iterdir()
    assert tool("validate", copy).returncode == 0
    once, again = (
        json.loads(tool("rank", path, "--format", "json").stdout) for path in (bakery, copy)
    )
    assert once["streams"] == again["streams"]
    assert once["deciding_answer"] == again["deciding_answer"]


def test_json_is_the_report_and_names_nobody(tool: Tool, bakery: Path, key: Path) -> None:
    ended = tool("anonymise", bakery, "--out", "out", "--key", key, "--format", "json")
    data = json.loads(ended.stdout)
    assert [*data] == [
        "copies",
        "key",
        "firms",
        "k",
        "kept",
        "dropped",
        "pseudonym",
        "generalised",
        "left_out",
        "rare",
        "targets_written_out",
        "stays",
    ]
    assert data["dropped"]["notes"] == 81
    assert data["rare"] == [{"combination": "size small", "firms": 1}]
    assert "Vries" not in ended.stdout


def test_one_file_may_be_given_a_name(tool: Tool, bakery: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for _ in range(2):  # a copy may be made anew
        assert tool("anonymise", bakery, "--out", "out/copy.yaml").returncode == 0
    assert text(tmp_path / "out" / "copy.yaml").startswith("# A copy made to be shared")


def test_the_original_is_never_written_over(tool: Tool, bakery: Path, tmp_path: Path) -> None:
    before = bakery.read_bytes()
    link = tmp_path / "link.yaml"
    link.symlink_to(bakery)
    hard = tmp_path / "hard.yaml"
    hard.hardlink_to(bakery)
    for out in (bakery, link, hard):
        ended = tool("anonymise", bakery, "--out", out)
        assert ended.returncode == 2
        assert ended.stderr == f"{out}: is an original, and those are never written over\n"
    assert bakery.read_bytes() == before
    assert not tmp_path.joinpath(*KEY).exists()


def test_nothing_else_is_written_over_either(tool: Tool, bakery: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("mine: true\n")
    ended = tool("anonymise", bakery, "--out", "other.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "other.yaml: is there already and is not an earlier copy; "
        "remove it, or give another --out\n"
    )
    assert text(other) == "mine: true\n"


def test_two_files_do_not_go_into_one(tool: Tool, bakery: Path) -> None:
    ended = tool("anonymise", bakery, EXAMPLES / "agency.yaml", "--out", "one.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "one.yaml: is one file, and there are 2 to copy; give a folder\n"


def test_one_file_that_cannot_be_read_stops_the_batch(
    tool: Tool, bakery: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nquestionnaire: it4it\norganisation: {name: Bos}\nanswers: {x: 1}\n")
    ended = tool("anonymise", bad.name, bakery, "gone.yaml", "--out", "out")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "bad.yaml:4:" in ended.stderr
    assert "gone.yaml" in ended.stderr
    assert ended.stderr.endswith(
        "nothing is written: what is rare can only be told of the whole batch\n"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "wrong",
    ["", "[]", "{}", '{"format": 2}', '{"format": 1, "secret": "ab", "names": {}}', "\udcff"],
)
def test_a_file_that_is_no_key_is_refused_and_left(
    wrong: str, tool: Tool, bakery: Path, tmp_path: Path
) -> None:
    path = tmp_path / "key.json"
    path.write_bytes(wrong.encode(errors="surrogateescape"))
    before = path.read_bytes()
    ended = tool("anonymise", bakery, "--out", "out", "--key", "key.json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "key.json: is not a key file of `anonymise`; give another --key, "
        "or the name of a file that is not there yet to have one made\n"
    )
    assert path.read_bytes() == before


def test_a_key_that_others_can_read_is_told(tool: Tool, bakery: Path, key: Path) -> None:
    key.chmod(0o644)
    ended = tool("anonymise", bakery, "--out", "out", "--key", key)
    assert ended.returncode == 0
    assert ended.stderr == f"{key}: others on this machine can read the key; chmod 600 it\n"


def test_the_key_may_not_lie_below_the_copies(tool: Tool, bakery: Path, tmp_path: Path) -> None:
    ended = tool("anonymise", bakery, "--out", "out", "--key", "out/deep/key.json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "out/deep/key.json: the key would lie in the folder of the copies, out, and go along "
        "with them; give --key or --out another folder\n"
    )
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_kept_is_told(tool: Tool, bakery: Path) -> None:
    ended = tool("anonymise", bakery, "--out", "out", "--keep", "country,sektor")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "--keep sektor: cannot be kept; did you mean sector?\n"


def test_what_is_kept_is_in_the_copy_and_in_the_report(
    tool: Tool, bakery: Path, key: Path, tmp_path: Path
) -> None:
    told = tool("anonymise", bakery, "--out", "out", "--key", key, "--keep", "sector,money")
    (copy,) = (tmp_path / "out").iterdir()
    assert "sector: food\n" in text(copy)
    assert "day_rate: 600\n" in text(copy)
    assert "country" not in text(copy)
    assert "- The sector is kept as it is written.\n" in told.stdout


def test_a_questionnaire_of_ones_own_is_named_by_its_id(
    tool: Tool, key: Path, tmp_path: Path
) -> None:
    told = tool("anonymise", SHOP / "answers.yaml", "--out", "out", "--key", key)
    (copy,) = (tmp_path / "out").iterdir()
    name = text(copy).split("questionnaire: ")[1].split("\n")[0]
    assert (
        f"- The copy calls its questionnaire {name}: read it with --questionnaire." in told.stdout
    )
    assert tool("score", copy, "--questionnaire", SHOP / "vragen").returncode == 0
