"""What many tests share: golden files, the shipped questionnaire, the tool as a process."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from it4it_assess.engine.assess import assess
from it4it_assess.files.load import load_answers, load_questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "questionnaires" / "it4it" / "examples"
TODAY = dt.date(2026, 11, 2)

CASES = int(os.environ.get("TORTURE_CASES", "300"))
"""Cases on which the engine is held against each oracle; `make torture` asks for 10,000."""

BLOCKS = 10
"""The cases come in so many tests, so that workers can share them."""


class Tool(Protocol):
    """Runs the tool as its own process."""

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite golden files.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with a golden file; rewrite it under --update-golden, never in CI."""
    update = request.config.getoption("--update-golden") and not os.environ.get("CI")

    def check(path: Path, actual: str) -> None:
        if update:
            path.write_text(actual, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"{path} is missing; run pytest --update-golden"
        assert actual == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled questionnaires out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    """Run the tool as a user would, in a clean environment and an empty folder."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {
            name: os.environ[name]
            for name in ("PATH", "XDG_CACHE_HOME", "COVERAGE_PROCESS_CONFIG")
            if name in os.environ
        }
        return subprocess.run(
            [sys.executable, "-m", "it4it_assess", *map(str, arguments)],
            cwd=cwd or tmp_path,
            env={**kept, "HOME": str(tmp_path), "PYTHONHASHSEED": "random", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture(scope="session")
def shipped() -> Questionnaire:
    """Return the questionnaire that comes with the tool."""
    return load_questionnaire("it4it")


@pytest.fixture(scope="session")
def example(shipped: Questionnaire) -> Callable[[str], Assessment]:
    """Assess one of the shipped organisations, once a session."""
    done: dict[str, Assessment] = {}

    def judged(name: str) -> Assessment:
        if name not in done:
            answers = load_answers(EXAMPLES / f"{name}.yaml", shipped)
            done[name] = assess(shipped, answers, today=TODAY)
        return done[name]

    return judged


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where pages are shown

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a text as a page in a browser without a network; it must stay silent and alone."""
    heard: list[str] = []
    path = tmp_path / "page.html"
    contexts = []

    def show(text: str, *, width: int = 1280, **options: Any) -> Page:
        path.write_text(text, encoding="utf-8")
        context = chromium.new_context(
            offline=True, viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: heard.append(request.url))
        page.goto(path.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert [what for what in heard if what != path.as_uri()] == []


@pytest.fixture(params=range(BLOCKS))
def seeds(request: pytest.FixtureRequest) -> range:
    """Return one block of seeds of random cases; the blocks together are all of them."""
    return range(request.param, CASES, BLOCKS)
