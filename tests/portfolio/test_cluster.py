"""A scheduler and two workers on this machine: the same bytes, whoever goes away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tool

SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
DASK = [sys.executable, "-m", "dask"]


class Party:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = folder / "scheduler.json"
        host = ("--host", "127.0.0.1")
        self.scheduler = self._start(
            "scheduler", "--port", "0", *host, "--scheduler-file", str(file)
        )
        one = ("--nthreads", "1", "--scheduler-file", str(file))
        self.workers = [self._start("worker", *host, *one) for _ in range(2)]
        self.address = self._ready(file)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*DASK, *words, "--no-dashboard"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _ready(self, file: Path) -> str:
        from distributed import Client  # noqa: PLC0415  slow to load

        while not file.exists():
            assert self.scheduler.poll() is None
            time.sleep(0.1)
        with Client(scheduler_file=str(file), set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=60)
            address: str = client.scheduler.address
            return address

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def party(tmp_path: Path) -> Iterator[Party]:
    folder = tmp_path / "dask"
    folder.mkdir()
    party = Party(folder)
    yield party
    party.end()


def clients(folder: Path, many: int) -> None:
    shutil.copytree(SHOP / "vragen", folder / "clients" / "vragen")
    for number in range(many):
        shutil.copy(SHOP / "answers.yaml", folder / "clients" / f"{number:03}.yaml")
    (folder / "clients" / "bad.yaml").write_text(
        "format: 2\nquestionnaire: ./vragen\norganisation: {}\n", encoding="utf-8"
    )


def site(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_workers_elsewhere_give_the_same_bytes_and_one_may_be_killed(
    party: Party, tool: Tool, tmp_path: Path
) -> None:
    clients(tmp_path, 40)
    here = tool("report", "clients", "--out", "here", "--jobs", "1", "--no-cache")
    scores = tool("score", "clients", "--format", "json", "--jobs", "1")
    assert tool("score", "clients", "--format", "json", "--dask", party.address).stdout == (
        scores.stdout
    )
    command = [sys.executable, "-m", "it4it_assess", "report", "clients", "--out", "there"]
    with subprocess.Popen(
        [*command, "--no-cache", "--dask", party.address],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        while not (tmp_path / "there" / "000.md").exists():
            assert running.poll() is None
            time.sleep(0.02)
        os.killpg(party.workers[0].pid, signal.SIGKILL)
        out, said = running.communicate(timeout=100)
    assert running.returncode == here.returncode == 2
    assert out.replace("there/", "here/") == here.stdout
    assert here.stderr in said
    assert site(tmp_path / "there") == site(tmp_path / "here")


def test_no_scheduler_is_said_plainly(tool: Tool, tmp_path: Path) -> None:
    clients(tmp_path, 1)
    ended = tool("score", "clients", "--dask", "tcp://127.0.0.1:1")
    assert ended.returncode == 2
    assert "tcp://127.0.0.1:1: no Dask scheduler answers there;" in ended.stderr
    assert "Traceback" not in ended.stderr
