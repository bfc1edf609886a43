"""Whatever goes wrong while writing: the file is whole, and at most that change is not in it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from it4it_assess.collect.keeper import Keeper
from it4it_assess.errors import AssessError
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

START = """\
format: 1
questionnaire: it4it
organisation: {name: Café Rosa}
answers:
  d2c.incident.record: 2  # Jo's word
"""
KEPT, LOST = "d2c.incident.priority", "d2c.incident.tell"


def failing(number: int, where: Callable[..., Any], when: Callable[..., bool]) -> Any:
    """Return a stand-in that fails like a full or broken disk when `when` says so."""

    def stand_in(*arguments: Any, **named: Any) -> Any:
        if when(*arguments, **named):
            raise OSError(number, os.strerror(number))
        return where(*arguments, **named)

    return stand_in


class _FullFile:
    """An open file whose disk is full."""

    def __init__(self, file: Any, step: str) -> None:
        self.file, self.step = file, step

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        if name == self.step:
            raise OSError(28, os.strerror(28))
        return getattr(self.file, name)


@pytest.mark.parametrize("number", [28, 5, 13, 122, 30], ids=os.strerror)
@pytest.mark.parametrize("step", ["mkstemp", "write", "flush", "fchmod", "fsync", "replace"])
def test_a_step_that_fails_loses_that_change_and_no_other(
    step: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rosa.yaml"
    path.write_text(START, encoding="utf-8")
    with Keeper(path, ()) as keeper:
        keeper.put(("answers", KEPT), 1)
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            always = lambda *_, **__: True  # noqa: E731
            match step:
                case "mkstemp":
                    patch.setattr(tempfile, step, failing(number, tempfile.mkstemp, always))
                case "fchmod" | "fsync":
                    patch.setattr(os, step, failing(number, getattr(os, step), always))
                case "replace":
                    patch.setattr(Path, step, failing(number, Path.replace, always))
                case _:
                    real = open
                    patch.setattr(
                        "builtins.open",
                        lambda *given, **named: (
                            _FullFile(real(*given, **named), step)
                            if isinstance(given[0], int)
                            else real(*given, **named)
                        ),
                    )
            with pytest.raises(AssessError, match="everything before it is on disk"):
                keeper.put(("answers", LOST), 2)
        assert path.read_bytes() == before
        assert {one.name for one in tmp_path.iterdir()} == {path.name, f".{path.name}.lock"}
        keeper.put(("answers", LOST), 3)  # the disk has room again, and the interview goes on
    assert load_answers(path).answers == {
        "d2c.incident.record": Answer(level=2),
        KEPT: Answer(level=1),
        LOST: Answer(level=3),
    }
    assert "# Jo's word" in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rosa.yaml"
    path.write_text(START, encoding="utf-8")
    monkeypatch.setattr(os, "open", failing(30, os.open, lambda name, *_: ".lock" in str(name)))
    with (
        pytest.raises(AssessError, match=r"rosa\.yaml: .*Read-only file system"),
        Keeper(path, ()),
    ):
        pass
