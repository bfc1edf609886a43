"""What an unchanged tree costs: `report --check` with everything known, beside making it all.

Run by `make bench`. So many different answer files (BENCH_FILES) of 13 KB are reported in
Markdown and HTML by the command itself, then checked: once right after, when every file is
read and hashed, and once when all have been left alone, so that a look at their times is
enough. Cold is the same check without a cache. Time is that of all processors. Every run adds
a line to bench-history.jsonl.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from it4it_assess import __version__
from it4it_assess.files.load import load_questionnaire
from throughput import firm

HISTORY = Path(__file__).resolve().parents[1] / "bench-history.jsonl"
FILES = int(os.environ.get("BENCH_FILES", "200"))
AT_MOST = 0.08
"""What an unchanged tree may cost of its cold time."""
REST = 2.5
"""Seconds after which a file's times are believed."""


def ran(folder: Path, *options: str) -> float:
    """Run the command on the tree and return its processor seconds, all processes together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "it4it_assess",
            "report",
            "in",
            "--out",
            "out",
            "--quiet",
            *options,
        ],
        cwd=folder,
        env={**os.environ, "IT4IT_ASSESS_CACHE": str(folder / "cache")},
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the figures and keep them."""
    dice = Random(1)  # noqa: S311  no secret
    questions = list(load_questionnaire("it4it").questions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(FILES):
            path = folder / "in" / f"firm-{number:05}.yaml"
            path.write_text(firm(dice, number, questions), encoding="utf-8")
        written = ran(folder)
        cold = ran(folder, "--check", "--no-cache")
        time.sleep(REST)
        hashed = ran(folder, "--check")
        known = ran(folder, "--check")
        size = sum(path.stat().st_size for path in (folder / "out").rglob("*.*"))
        cache = sum(path.stat().st_size for path in (folder / "cache").glob("reports*"))
    found = {
        "bench": "cache",
        "files": FILES,
        "writing, seconds": round(written, 2),
        "cold check, seconds": round(cold, 2),
        "check by hashes, seconds": round(hashed, 2),
        "check by times, seconds": round(known, 2),
        "by hashes to cold": round(hashed / cold, 4),
        "by times to cold": round(known / cold, 4),
        "output bytes a file": size // FILES,
        "cache bytes a file": cache // FILES,
    }
    for what, value in found.items():
        over = what.endswith("to cold") and value > AT_MOST  # type: ignore[operator]
        print(f"{what:28}{value!s:>12}{'  missed' if over else ''}")
    at = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    line = {"at": at, "version": __version__, "load": os.getloadavg()[0], **found}
    with HISTORY.open("a", encoding="utf-8") as history:
        history.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
