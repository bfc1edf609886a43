"""How fast answer files are scored, held against what parsing them alone costs.

Run by `make bench`. 4,000 files of 13 KB, each with 100 answers and their notes, are read,
checked and scored by `score_all`; `yaml.load` with libyaml reads and parses the same files.
Rounds are interleaved and the least of each is taken: noise only ever adds. On one core
processor time is held against processor time; two processes against one by the clock.
Every run adds a line to bench-history.jsonl.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import yaml

from it4it_assess import __version__
from it4it_assess.files.load import load_questionnaire
from it4it_assess.portfolio.batch import GARBAGE_AFTER, ScoredFile, score_all

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT / "bench-history.jsonl"
FILES = int(os.environ.get("BENCH_FILES", "4000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
MANY_TIMES = 20
"""How often the paths are repeated for the second look at memory."""

LIMITS = {"scoring to parsing": 1.6, "two processes to one": 1.8, "peak MB": 250.0}

WORDS = """
we keep the list by hand in a folder and nobody looks at it before the end of the week
when Anna asks what became of the order the shop rang about twice on Monday
""".split()  # noqa: SIM905  words are read more easily so

PEAK = """
import resource, sys
from it4it_assess.portfolio.batch import score_all
paths = sys.stdin.read().split("\\n") * int(sys.argv[1])
for _ in score_all(paths, processes=2): pass
who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(max(resource.getrusage(one).ru_maxrss for one in who) / 1024)
"""


def firm(dice: Random, number: int, questions: list[str]) -> str:
    """Return an answer file of about 13 KB: 100 answers of every kind, with notes."""

    def note(words: int) -> str:
        return " ".join(dice.choices(WORDS, k=words))

    def answer() -> str:
        level, kind = dice.randint(0, 5), dice.random()
        if kind < 0.80:
            return f"{{level: {level}, note: {note(17)}}}"
        if kind < 0.88:
            return f"{{level: {level}, unsure: true, note: {note(17)}}}"
        if kind < 0.92:
            return f"{{unknown: true, note: {note(17)}}}"
        if kind < 0.95:
            return f"{{not_applicable: {note(17)}}}"
        voices = f"anna: {{level: {level}, note: {note(8)}}}, jo: {dice.randint(0, 5)}"
        return f"{{by: {{{voices}}}, note: {note(8)}}}"

    lines = [
        "format: 1",
        "questionnaire: it4it",
        'date: "2026-11-02"',
        f"organisation: {{name: Firm {number}, employees: {dice.randint(2, 200)}, it_staff: 2}}",
        "respondents:",
        "  anna: {name: Anna de Vries, role: owner}",
        "  jo: {name: Jo Bakker, role: it-lead}",
        "context:",
        "  goals: {fewer-outages: 5, protect-data: 2}",
        f"  pain: {{s2p: 2, r2d: {dice.randint(0, 5)}, r2f: 4, d2c: 5}}",
        "  readiness: {d2c: {sponsor: 5, skills: 3, openness: 2}}",
        "answers:",
        *(f"  {name}: {answer()}" for name in sorted(dice.sample(questions, 100))),
    ]
    return "\n".join(lines) + "\n"


def written(folder: Path) -> list[Path]:
    """Write the files and return their paths."""
    questions = list(load_questionnaire("it4it").questions)
    dice = Random(1)  # noqa: S311  no secret
    paths = [folder / f"firm-{number:05}.yaml" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_text(firm(dice, number, questions), encoding="utf-8")
    return paths


def parse(paths: list[Path]) -> None:
    """Parse the files alone."""
    loader = yaml.CSafeLoader
    for path in paths:
        yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506  a safe loader by any name


def score(paths: list[Path], processes: int) -> None:
    """Score the files, keeping nothing."""
    refused = [one for one in score_all(paths, processes=processes) if type(one) is not ScoredFile]
    if refused:
        raise SystemExit(f"{refused[0]}")


def spent(work: Callable[[], None]) -> tuple[float, float]:
    """Return the processor seconds of this process and the seconds by the clock."""
    gc.collect()
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock


def peak(paths: list[Path], times: int) -> float:
    """Return the greatest memory in MB of any process that scores the paths so many times."""
    command = [sys.executable, "-c", PEAK, str(times)]
    named = "\n".join(map(str, paths))
    ended = subprocess.run(command, input=named, capture_output=True, text=True, check=True)
    return float(ended.stdout)


def main() -> None:
    """Print the table and keep it."""
    gc.set_threshold(GARBAGE_AFTER)  # for both sides
    parsing, one, one_clock, two_clock = (deque([float("inf")]) for _ in range(4))
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder))
        size = sum(path.stat().st_size for path in paths) / FILES
        for _ in range(ROUNDS):
            parsing.append(spent(lambda: parse(paths))[0])
            processor, clock = spent(lambda: score(paths, 1))
            one.append(processor)
            one_clock.append(clock)
            two_clock.append(spent(lambda: score(paths, 2))[1])
        few = paths[:1000]
        memory, memory_of_many = peak(few, 1), peak(few, MANY_TIMES)
    found = {
        "files": FILES,
        "bytes a file": round(size),
        "parsed a second": round(FILES / min(parsing)),
        "scored a second": round(FILES / min(one)),
        "scoring to parsing": min(parsing) / min(one),
        "two processes to one": min(one_clock) / min(two_clock),
        f"peak MB, {len(few):,} files": memory,
        f"peak MB, {len(few) * MANY_TIMES:,} files": memory_of_many,
    }
    for name, value in found.items():
        limit = LIMITS.get(name.split(",")[0])
        over = limit is not None and (value > limit if "MB" in name else value < limit)
        print(
            f"{name:28}{value:>12.2f}"
            + (f"{'at most' if 'MB' in name else 'at least':>12}{limit:>8g}" if limit else "")
            + ("  missed" if over else "")
        )
    with HISTORY.open("a", encoding="utf-8") as history:
        at = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
        line = {"at": at, "version": __version__, "load": os.getloadavg()[0], **found}
        history.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
