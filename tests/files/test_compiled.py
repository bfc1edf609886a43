"""A questionnaire kept from the last run is the one that its files would give now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from it4it_assess.errors import InvalidFileError
from it4it_assess.files import compiled as compiled_module
from it4it_assess.files import load as load_module
from it4it_assess.files.cache_place import cache_folder
from it4it_assess.files.load import load_questionnaire

OWN = ROOT / "tests" / "cases" / "own-questionnaire" / "vragen"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a questionnaire folder that may be changed."""
    return shutil.copytree(OWN, tmp_path / "own")


def kept() -> list[Path]:
    return sorted(cache_folder().glob("*"))


@pytest.mark.parametrize("name", ["it4it", str(OWN)])
def test_a_kept_questionnaire_equals_the_one_its_files_give(name: str) -> None:
    fresh = load_questionnaire(name)
    assert len(kept()) == 1
    again = load_questionnaire(name)
    assert again == fresh
    assert again.model_dump_json() == fresh.model_dump_json()
    assert len(kept()) == 1


def test_a_second_load_does_not_read_the_files_as_yaml_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = load_questionnaire(folder)

    def refuse(path: Path) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(load_module, "Sheet", refuse)
    assert load_questionnaire(folder) == fresh


def test_what_another_version_kept_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_questionnaire(folder)
    (older,) = kept()
    older.write_bytes(older.read_bytes().replace(b"title", b"titel"))
    monkeypatch.setattr(compiled_module, "__version__", "999")
    assert load_questionnaire(folder).title
    assert len(kept()) == 2


def test_what_is_kept_is_for_its_owner_alone(folder: Path) -> None:
    load_questionnaire(folder)
    (file,) = kept()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def head_of(folder: Path) -> Path:
    return folder / "questionnaire.yaml"


def first_line(path: Path, key: str) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"{key}:"))


def test_a_changed_file_is_read_anew(folder: Path) -> None:
    load_questionnaire(folder)
    change(head_of(folder), first_line(head_of(folder), "title"), "title: Another")
    assert load_questionnaire(folder).title == "Another"


@pytest.mark.parametrize("suffix", [".yml", ".txt", ""])
def test_a_changed_stream_file_is_read_anew_whatever_its_name_ends_in(
    suffix: str, folder: Path
) -> None:
    stream = folder / "kantoor.yaml"
    other = stream.rename(folder / f"kantoor{suffix}")
    change(head_of(folder), stream.name, other.name)
    load_questionnaire(folder)
    change(other, first_line(other, "title"), "title: Another")
    assert "Another" in [one.title for one in load_questionnaire(folder).streams]


def test_a_file_that_was_broken_since_is_told_of(folder: Path) -> None:
    load_questionnaire(folder)
    change(head_of(folder), "format: 1", "format: 2")
    with pytest.raises(InvalidFileError, match="format cannot be 2"):
        load_questionnaire(folder)


def test_a_broken_questionnaire_is_not_kept(folder: Path) -> None:
    change(head_of(folder), "format: 1", "format: 2")
    for _ in range(2):
        with pytest.raises(InvalidFileError, match="format cannot be 2"):
            load_questionnaire(folder)
    assert kept() == []


@pytest.mark.parametrize("data", [b"", b"{", b"null", b'{"format": 1}', b"\xff\xfe", b"[" * 9999])
def test_a_kept_file_that_was_spoilt_is_made_anew(data: bytes, folder: Path) -> None:
    fresh = load_questionnaire(folder)
    (file,) = kept()
    whole = file.read_bytes()
    file.write_bytes(data)
    assert load_questionnaire(folder) == fresh
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_only_costs_time(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = load_questionnaire(folder)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_questionnaire(folder) == fresh


def test_without_a_home_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert load_questionnaire(folder).streams


def test_the_cache_is_in_the_home_folder_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache_folder() == tmp_path / "cache" / "it4it-assess"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "it4it-assess"
