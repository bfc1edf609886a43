"""What became of the mutants: a table by module, and the survivors nobody has explained."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

EXPLAINED = Path(__file__).with_name("equivalent.toml")
ENOUGH = 0.95
LINE = "{:<18}{:>8}{:>8}{:>9}{:>10}{:>11}{:>8}{:>9}"


class Change(NamedTuple):
    """A mutant as a reader sees it: where, what stood there, what stands there now."""

    where: str
    was: str
    now: str


def tell(modules: list[str]) -> int:
    """Print what was found; return 1 where too few died or a reason has no survivor."""
    reasons = explained()
    whole: Counter[str] = Counter()
    open_ones: list[Change] = []
    used: set[Change] = set()
    finished: set[str] = set()
    print(
        LINE.format(
            "module", "mutants", "killed", "timeout", "survived", "equivalent", "not run", "score"
        )
    )
    for path in sorted(walk_mutatable_files()):
        if modules and path.stem not in modules:
            continue
        data = SourceFileMutationData(path=path)
        data.load()
        counted: Counter[str] = Counter()
        for name, code in data.exit_code_by_key.items():
            state = status_by_exit_code[code]
            if state in {"survived", "no tests"}:
                change = seen(path, name)
                state = "equivalent" if change in reasons else "survived"
                (used.add if change in reasons else open_ones.append)(change)
            counted[state] += 1
        if counted:
            print(row(path.stem, counted))
            whole += counted
        if not counted["not checked"]:
            finished.add(path.stem)
    print(row("all", whole))
    for one in open_ones:
        print(f"\nsurvived in {one.where}\n  - {one.was}\n  + {one.now}")
    idle = sorted(one for one in reasons - used if one.where.split(".")[0] in finished)
    for one in idle:
        print(f"\nexplained, but did not survive: {one.where}\n  - {one.was}\n  + {one.now}")
    return 0 if score(whole) >= ENOUGH and not idle else 1


def explained() -> set[Change]:
    """Read which mutants change nothing anybody could see."""
    found = set()
    for one in tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["equivalent"]:
        assert one["because"]
        nows = one["now"] if isinstance(one["now"], list) else [one["now"]]
        found |= {Change(one["where"], one["was"], now) for now in nows}
    return found


def seen(path: Path, name: str) -> Change:
    """Show a mutant as the lines it takes away and the lines it brings."""
    function, its_class = orig_function_and_class_names_from_key(name)
    lines = get_diff_for_mutant(name, path=path).splitlines()[2:]
    was = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
    now = " ".join(line[1:].strip() for line in lines if line.startswith("+"))
    return Change(".".join(filter(None, (path.stem, its_class, function))), was, now)


def row(name: str, counted: Counter[str]) -> str:
    """Lay out one module."""
    run = ("killed", "timeout", "survived", "equivalent")
    left = counted.total() - sum(counted[one] for one in run)
    figures = [counted[one] for one in run]
    return LINE.format(name, counted.total(), *figures, left, f"{score(counted):.1%}")


def score(counted: Counter[str]) -> float:
    """Return which share the tests noticed of the mutants that change anything."""
    noticed = counted["killed"] + counted["timeout"]
    of = noticed + counted["survived"]
    return noticed / of if of else 1.0


if __name__ == "__main__":
    import sys

    from operators import teach

    teach()
    raise SystemExit(tell(sys.argv[1:]))
