"""The campaign itself: whatever ends or hangs a worker is told, and the input kept."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import campaign
import pytest
from trial import Case, Reader, law, tried

from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from pathlib import Path


def _crash(_folder: Path, _case: Case) -> str:
    os.kill(os.getpid(), signal.SIGSEGV)
    return "never"


def _hang(_folder: Path, _case: Case) -> str:
    time.sleep(1000)
    return "never"


def _fill(_folder: Path, _case: Case) -> str:
    return f"{len(bytearray(2 * campaign.MOST_MEMORY))}"


def _reader(read: object, **more: object) -> Reader:
    return Reader("evil", (Case({"x.yaml": b"a: 1\n"}),), read, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("read", "says"),
    [
        pytest.param(_crash, "the worker ended with -11", id="crash"),
        pytest.param(_hang, "hung", id="hang"),
    ],
)
def test_what_ends_a_worker_is_told_and_kept(
    read: object,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(campaign, "chosen", lambda _names=(): [_reader(read)])
    monkeypatch.setattr(campaign, "WATCH", 2 if says == "hung" else 60)
    monkeypatch.setattr(campaign, "MOST_LOST", 1)
    assert campaign.campaign(5, 1, 1, tmp_path, ()) == 1
    assert f"- evil: {says} (1 times)" in capfd.readouterr().out
    assert list(tmp_path.glob("lost-evil-*/files/x.yaml"))


def test_too_much_memory_is_a_defect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(campaign, "chosen", lambda _names=(): [_reader(_fill)])
    assert campaign.campaign(5, 1, 1, tmp_path, ()) == 1
    assert "- evil: MemoryError at ?" in capfd.readouterr().out


def _odd(folder: Path, _case: Case) -> str:
    (folder / "half.tmp").write_text("x", encoding="utf-8")
    raise AssessError("no")


def _change(folder: Path, _case: Case) -> str:
    (folder / "x.yaml").write_text("x", encoding="utf-8")
    return "changed"


def _broken(_folder: Path, _case: Case) -> str:
    law(holds=False, says="two and two are five")
    return "never"


def _bug(_folder: Path, _case: Case) -> str:
    raise KeyError("x")


@pytest.mark.parametrize(
    ("read", "defect"),
    [
        pytest.param(_odd, "left behind: half.tmp", id="left"),
        pytest.param(_change, "changed: x.yaml", id="changed"),
        pytest.param(_broken, "law: two and two are five", id="law"),
        pytest.param(_bug, "KeyError at ?: _", id="bug"),
    ],
)
def test_each_law_is_held(read: object, defect: str, tmp_path: Path) -> None:
    ended = tried(_reader(read), tmp_path, Case({"x.yaml": b"a: 1\n"}))
    assert ended.defect == defect
    assert not list(tmp_path.iterdir())
