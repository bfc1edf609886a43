"""The built packages: all data inside, the same from either source, working on their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from it4it_assess import __version__

if TYPE_CHECKING:
    from pathlib import Path

DATA = ("questionnaires", "report_templates")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel from the checkout, an sdist, and from that sdist a wheel."""
    folder = tmp_path_factory.mktemp("built")
    build(ROOT, folder / "direct", "--wheel")
    build(ROOT, folder / "through")
    return folder


def test_the_wheel_holds_every_questionnaire_and_template(built: Path) -> None:
    expected = {
        f"it4it_assess/_data/{path.relative_to(ROOT)}"
        for kind in DATA
        for path in (ROOT / kind).rglob("*")
        if path.is_file()
    }
    names = set(inside(built / "direct"))
    assert {name for name in names if "/_data/" in name} == expected
    assert "it4it_assess/py.typed" in names
    manual = f"it4it_assess-{__version__}.data/data/share/man/man1/it4it-assess.1"
    assert inside(built / "direct")[manual] == (ROOT / "man" / "it4it-assess.1").read_bytes()
    assert not any(name.startswith(("tests/", "questionnaires/")) for name in names)


def test_the_wheel_made_from_the_sdist_is_the_wheel(built: Path) -> None:
    direct, through = inside(built / "direct"), inside(built / "through")
    record = f"it4it_assess-{__version__}.dist-info/RECORD"
    assert through.pop(record) == direct.pop(record)
    assert through == direct


def test_the_sdist_holds_what_the_tests_need(built: Path) -> None:
    [path] = (built / "through").glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for one in ("pyproject.toml", "README.md", "LICENSE", "tests/conftest.py", "tests/cases"):
        assert any(name == one or name.startswith(f"{one}/") for name in names)
    assert not any("__pycache__" in name or name.startswith("reports") for name in names)


def test_the_wheel_works_in_an_empty_environment(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    [wheel] = (built / "direct").glob("*.whl")
    run(
        [sys.executable, "-m", "pip", "--python", str(home), "install", "--quiet", str(wheel)],
        ROOT,
    )
    program = str(home / "bin" / "it4it-assess")
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    folder = tmp_path / "empty"
    folder.mkdir()

    assert run([program, "--version"], folder, clean) == f"it4it-assess {__version__}\n"
    said = run([program, "demo"], folder, clean)
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert written == {"reports/bakery.html", "reports/bakery.md"}
    assert (folder / "reports" / "bakery.html").as_uri() in said
    assert str(home) in said  # the answers lie in the environment, not in the checkout
    assert str(ROOT) not in said


def build(source: Path, out: Path, *options: str) -> None:
    run(
        [
            sys.executable,
            "-m",
            "build",
            "--no-isolation",
            "--outdir",
            str(out),
            *options,
            str(source),
        ],
        source,
    )


def inside(folder: Path) -> dict[str, bytes]:
    """Return what the one wheel in a folder holds, by name."""
    [path] = folder.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """Run a command that must end well, and return what it printed."""
    ended = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
