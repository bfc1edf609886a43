"""Mutation testing of the engine: `make mutate`, or `make mutate MODULES="scoring tally"`.

mutmut makes the mutants and forks a warm process for each; this says which tests to try on it,
first the quick ones of its own module, and for how long. What is found stays in mutants/, so a
run that was stopped goes on where it was, and a survivor without a reason is tried again.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, settings
from mutmut import __main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, walk_mutatable_files
from mutmut.workers import isolation
from operators import teach
from told import explained, seen, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

PROCESSES = int(os.environ.get("MUTATE_PROCESSES", "2"))
SECONDS = float(os.environ.get("MUTATE_SECONDS", "8"))
"""So many seconds of tests are tried on a mutant; one that lives longer counts as a survivor."""
EXAMPLES = int(os.environ.get("MUTATE_EXAMPLES", "25"))
AT_ONCE = 30
"""So many tests are collected first; most mutants go no further."""
ALLOWED, BESIDES = 5, 5
"""A mutant may take so many times as long as the code it is made from, and so many seconds."""
MEMORY = 3 << 30
ALIVE = {0, 33}
"""What mutmut notes for a survivor, and for a mutant that no test reaches."""


class QuickFirst(PytestRunner):
    """Tries a mutant with few tests first."""

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if mutant_name is None:
            quick = sorted(tests, key=lambda one: (state().duration_by_test[one], one))[:AT_ONCE]
            return super().run_tests(mutant_name=None, tests=quick)
        chosen = worth_trying(mutant_name.split(".")[2], tests)
        bound(sum(state().duration_by_test[one] for one in chosen))
        forget()
        for some in (chosen[:AT_ONCE], chosen[AT_ONCE:]):
            if some and (code := super().run_tests(mutant_name=mutant_name, tests=some)):
                return code
        return 0


def worth_trying(module: str, tests: Iterable[str]) -> list[str]:
    """Order tests, those of the module first and quick before slow, for as long as we have."""
    took = state().duration_by_test
    own = f"tests/engine/test_{module}.py"
    ordered = sorted(tests, key=lambda one: (not one.startswith(own), took[one], one))
    chosen, spent = [], 0.0
    for one in ordered:
        if spent + took[one] > SECONDS and not one.startswith(own):
            break
        chosen.append(one)
        spent += took[one]
    return chosen


def bound(seconds: float) -> None:
    """Stop this process when it takes much longer than it should, or much memory."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(most, int(ALLOWED * seconds + BESIDES)), most))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def forget() -> None:
    """Empty the caches that the code itself has filled."""
    for name, module in list(sys.modules.items()):
        if name.startswith("it4it_assess"):
            for one in list(vars(module).values()):
                clear: Any = getattr(one, "cache_clear", None)
                if clear:
                    clear()


def be_brief() -> None:
    """Have laws tried on few examples, the same each time, and no failure made smaller."""
    settings.register_profile(
        "mutants",
        phases=(Phase.explicit, Phase.generate),
        derandomize=True,
        report_multiple_bugs=False,
    )
    settings.load_profile("mutants")
    begun = settings.__init__

    def few(self: settings, parent: settings | None = None, **asked: Any) -> None:
        asked["max_examples"] = EXAMPLES
        begun(self, parent, **asked)

    settings.__init__ = few  # type: ignore[method-assign]


def open_ones(modules: list[str]) -> list[str]:
    """Name the mutants of these modules, or of all, not tried yet or alive without a reason."""
    reasons, found = explained(), []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        if not modules or path.stem in modules:
            found += [
                name
                for name, code in data.exit_code_by_key.items()
                if code is None or (code in ALIVE and seen(path, name) not in reasons)
            ]
    return found


def main(modules: list[str]) -> int:
    """Try what is open, then tell."""
    os.environ.setdefault("TORTURE_CASES", "20")
    os.environ["PYTHONPATH"] = str(Path("mutants/src").resolve())  # for tests that start Python
    be_brief()
    teach()
    setattr(isolation, "PytestRunner", QuickFirst)  # noqa: B010  mypy: it is not exported
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    mutmut.create_mutants(PROCESSES)
    if names := open_ones(modules):
        mutmut._run(names, PROCESSES)  # noqa: SLF001  what `mutmut run` calls
    return tell(modules)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
