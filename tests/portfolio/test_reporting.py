"""Reports of many files: made once, made again when anything they rest on changes, never wrong."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT
from it4it_assess.files.many import Meant, meant
from it4it_assess.portfolio import cache as caching
from it4it_assess.portfolio import reporting
from it4it_assess.portfolio.cache import NAME, opened
from it4it_assess.portfolio.index import UNFINISHED, put_index, rows_on_disk, unfinished
from it4it_assess.portfolio.reporting import Memory, Order, Reported, reported

if TYPE_CHECKING:
    from collections.abc import Callable

SHOP = ROOT / "tests" / "cases" / "own-questionnaire"
TODAY = dt.date(2026, 11, 2)
UNDATED = "format: 1\nquestionnaire: ./vragen\norganisation: {name: Bos}\nanswers: {}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of three clients' answers, with a cache of its own beside it."""
    monkeypatch.setenv("IT4IT_ASSESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SHOP / "vragen", tmp_path / "clients" / "vragen")
    for name in "abc":
        shutil.copy(SHOP / "answers.yaml", tmp_path / "clients" / f"{name}.yaml")
    return tmp_path


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the name of each file whose reports are made."""
    names: list[str] = []
    made = reporting._report  # noqa: SLF001  what is counted

    def counted(file: Meant, order: Order) -> Reported:
        names.append(file.path.name)
        return made(file, order)

    monkeypatch.setattr(reporting, "_report", counted)
    return names


def run(*, jobs: int = 1, **wishes: Any) -> list[str]:
    """Report the clients, with the page over all of them, and return the lines printed."""
    order = Order(**{"out": Path("site"), "formats": ("md", "html"), "today": TODAY, **wishes})
    files = list(meant([Path("clients")]))
    with opened() as cache, unfinished(order, indexed=True) as keep:
        memory = None if cache is None else Memory.of(order, cache, rows_on_disk(order))
        outcomes = []
        for one in reported(files, order, memory, jobs=jobs):
            keep(one)
            outcomes.append(one)
        lines = [line for one in outcomes for line in (*one.lines, *one.notes, one.refused)]
        lines += put_index(outcomes, order, memory)
        if memory is not None:
            memory.flush()
    return [line for line in lines if line]


def site() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("site").rglob("*.*")}


def test_what_is_there_already_is_not_made_again(place: Path, rendered: list[str]) -> None:
    first = run()
    assert rendered == ["a.yaml", "b.yaml", "c.yaml"]
    before = site()
    rendered.clear()
    assert run() == first
    assert run(check=True) == []
    assert (rendered, site()) == ([], before)
    assert place.is_dir()


def test_a_check_after_a_check_makes_nothing(place: Path, rendered: list[str]) -> None:
    run()
    shutil.rmtree(place / "cache")
    assert run(check=True) == []
    rendered.clear()
    assert run(check=True) == []
    assert rendered == []


def test_a_report_somebody_changed_is_told_and_made_again(
    place: Path, rendered: list[str]
) -> None:
    run()
    before = site()
    page = place / "site" / "b.md"
    text = page.read_bytes()
    page.write_bytes(text.replace(b"a", b"e", 1))
    (place / "site" / "c.html").unlink()
    rendered.clear()
    lines = run(check=True)
    assert rendered == ["b.yaml", "c.yaml"]
    assert lines[0] == "--- site/b.md"
    assert lines[-1] == "site/c.html: is missing"
    run()
    assert site() == before


@pytest.mark.parametrize("name", ["index.md", "index.html", "index.json"])
def test_a_page_over_all_that_was_changed_is_told(name: str, place: Path) -> None:
    run()
    page = place / "site" / name
    page.write_bytes(page.read_bytes().replace(b"reports", b"REPORTS", 1))
    assert any(name in line for line in run(check=True))


def _edit(path: str, old: str, new: str) -> Callable[[], None]:
    def edit() -> None:
        file = Path(path)
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _kept_version() -> None:
    shutil.copytree("clients/vragen", "clients/vragen@0.3")


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (_edit("clients/b.yaml", "name:", "name: "), ["b.yaml"]),
        (_edit("clients/vragen/questionnaire.yaml", "title:", "title: "), ["a", "b", "c"]),
        (_kept_version, ["a", "b", "c"]),
    ],
    ids=["the answers", "the questionnaire", "a kept version"],
)
def test_a_change_makes_again_what_rests_on_it(
    change: Callable[[], None], again: list[str], place: Path, rendered: list[str]
) -> None:
    run()
    change()
    rendered.clear()
    run()
    assert [name.removesuffix(".yaml") for name in rendered] == [
        name.removesuffix(".yaml") for name in again
    ]
    assert place.is_dir()


@pytest.mark.parametrize(
    "wish",
    [{"audience": "owner"}, {"formats": ("md", "html", "json")}, {"method": "optimal"}],
    ids=str,
)
def test_another_wish_is_another_report(
    wish: dict[str, Any], place: Path, rendered: list[str]
) -> None:
    run()
    rendered.clear()
    run(**wish)
    assert rendered == ["a.yaml", "b.yaml", "c.yaml"]
    assert place.is_dir()


def test_only_answers_without_a_date_depend_on_the_day(place: Path, rendered: list[str]) -> None:
    (place / "clients" / "c.yaml").write_text(UNDATED, encoding="utf-8")
    run()
    rendered.clear()
    run()
    assert rendered == []
    run(today=TODAY + dt.timedelta(days=1))
    assert rendered == ["c.yaml"]


def test_times_set_back_deceive_nobody(
    place: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "RACY", 0)
    run()
    run()
    path = place / "clients" / "a.yaml"
    about = path.stat()
    path.write_bytes(path.read_bytes().replace(b"name: ", b"name:  ", 1)[: about.st_size])
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    rendered.clear()
    run()
    assert rendered == ["a.yaml"]


def test_a_file_at_rest_is_known_by_its_times_alone(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "RACY", 0)
    run()
    run()
    for path in (place / "site").iterdir():
        path.chmod(0o644)
    run()

    def read(path: Path) -> bytes:
        raise AssertionError(path)

    with opened() as cache:
        assert cache is not None
        monkeypatch.setattr(Path, "read_bytes", read)
        assert cache.look(place / "site" / "a.html") is not None


@pytest.mark.parametrize("seed", range(25))
def test_a_cache_with_broken_bytes_does_no_harm(seed: int, place: Path) -> None:
    lines = run()
    before, dice = site(), Random(seed)  # noqa: S311  no secret
    base = place / "cache" / NAME
    data = bytearray(base.read_bytes())
    match seed % 4:
        case 0:
            for _ in range(dice.choice([1, 20, 2000])):
                data[dice.randrange(len(data))] = dice.randrange(256)
        case 1:
            del data[dice.randrange(len(data)) :]
        case 2:
            data[100:] = dice.randbytes(len(data) - 100)
        case _:
            data[:] = dice.randbytes(dice.randrange(9_000))
    base.write_bytes(data)
    assert run() == lines
    assert run(check=True) == []
    assert run() == lines
    assert site() == before


def test_a_cache_of_another_shape_is_dropped(place: Path) -> None:
    lines = run()
    base = sqlite3.connect(place / "cache" / NAME)
    base.execute("CREATE TRIGGER t AFTER INSERT ON made BEGIN DELETE FROM seen; END")
    base.commit()
    base.close()
    assert run() == lines
    base = sqlite3.connect(place / "cache" / NAME)
    names = base.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
    base.close()
    assert names == [("made",), ("seen",)]


def test_a_changed_line_of_the_cache_is_not_believed(place: Path, rendered: list[str]) -> None:
    run()
    base = sqlite3.connect(place / "cache" / NAME)
    base.execute("UPDATE made SET made = (SELECT made FROM made ORDER BY key LIMIT 1)")
    base.commit()
    base.close()
    rendered.clear()
    assert run(check=True) == []
    assert rendered == ["a.yaml", "b.yaml", "c.yaml"]


def test_the_cache_holds_no_names_and_is_its_owners_alone(place: Path) -> None:
    run()
    for path in (place / "cache").glob("reports*"):
        data = path.read_bytes()
        assert not [word for word in (b"clients", b"vragen", b"yaml", b"site") if word in data]
        assert path.stat().st_mode & 0o777 == 0o600
    assert (place / "cache").stat().st_mode & 0o777 == 0o700


def test_a_cache_that_others_could_have_written_is_not_read(
    place: Path, rendered: list[str]
) -> None:
    run()
    (place / "cache" / NAME).chmod(0o666)
    rendered.clear()
    run()
    assert rendered == ["a.yaml", "b.yaml", "c.yaml"]


@pytest.mark.parametrize("where", ["off", "", "/dev/null/nowhere"])
def test_no_cache_is_no_harm(
    where: str, place: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IT4IT_ASSESS_CACHE", where)
    lines = run()
    assert run() == lines
    assert rendered == ["a.yaml", "b.yaml", "c.yaml"] * 2
    assert not (place / "cache").exists()


def test_any_number_of_processes_writes_the_same_bytes(place: Path) -> None:
    for number in range(9):
        shutil.copy("clients/a.yaml", f"clients/{number}.yaml")
    first, before = run(), site()
    for jobs in (2, 3):
        shutil.rmtree("site")
        shutil.rmtree(place / "cache")
        assert (run(jobs=jobs), site()) == (first, before)


def test_many_old_lines_are_dropped(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(caching, "MOST_BYTES", 1)
    with opened():
        pass
    base = sqlite3.connect(place / "cache" / NAME)
    (left,) = base.execute("SELECT count(*) FROM made").fetchone()
    base.close()
    assert 0 < left < 10


KILLED = """
import os, signal, sys
from it4it_assess.portfolio import cache, reporting
cache.FLUSH_EVERY = 0
made, done = reporting._report, []
def counted(file, order):
    if len(done) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(file)
    return made(file, order)
reporting._report = counted
reporting.CHUNK = 1
from it4it_assess.__main__ import main
main()
"""


def test_a_run_that_was_killed_goes_on_where_it_stopped(place: Path, rendered: list[str]) -> None:
    for number in range(6):
        shutil.copy("clients/a.yaml", f"clients/{number}.yaml")
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, "report", "clients", "--out", "site", "--jobs", "1"],
        cwd=place,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1793577600"},
        check=False,
        capture_output=True,
    )
    assert ended.returncode < 0, ended.stderr
    assert sorted(path.name for path in (place / "site").glob("*.html")) == [
        f"{number}.html" for number in range(5)
    ]
    run()
    assert rendered == ["5.yaml", "a.yaml", "b.yaml", "c.yaml"]
    assert not (place / "site" / UNFINISHED).exists()
    assert run(check=True) == []
