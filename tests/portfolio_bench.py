"""What a portfolio of many organisations takes: time, memory and the size of its files.

    python tests/portfolio_bench.py                   100,000 organisations
    BENCH_FIRMS=5000 python tests/portfolio_bench.py  fewer

The files are those of throughput.py, 13 KB and 100 answers each, with a sector, a country and
a size; one firm in five has a second file a year later. They are written once and kept in
BENCH_FOLDER, if it is set. Processor seconds are those of all processes together, so that
other work on the machine counts little; the greatest memory is that of the largest process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from it4it_assess.files.load import load_questionnaire
from throughput import firm

FIRMS = int(os.environ.get("BENCH_FIRMS", "100000"))
TWICE = 5
"""One firm in so many has two files."""
SECTORS = ("food", "retail", "creative-agency", "manufacturing", "health-care", "logistics", "")
COUNTRIES = ("NL", "BE", "DE", "FR", "IE", "LU", "")
STEP = 1000
"""Files in a folder."""


def written(folder: Path, firms: int) -> None:
    """Write the answer files, the same each time: one a firm, and one more of some."""
    questions = list(load_questionnaire("it4it").questions)
    dice = Random(1)  # noqa: S311  no secret
    for number in range(firms + firms // TWICE):
        who = number % firms
        text = firm(dice, who, questions)
        sector, country = (dice.choices(one, weights=(40, 30, 20, 15, 8, 1, 5))[0]
                           for one in (SECTORS, COUNTRIES))  # fmt: skip
        said = f"it_staff: 2, sector: {sector!r}, country: {country!r}"
        date = f"{2025 + number // firms}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        text = text.replace("it_staff: 2", said, 1).replace("2026-11-02", date, 1)
        pain = f"r2f: {dice.randint(0, 5)}, d2c: {dice.randint(0, 5)}}}"
        text = text.replace("r2f: 4, d2c: 5}", pain, 1)
        path = folder / f"{number // STEP:03}" / f"{number:06}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Write the files where there are none, run the command, print what it took."""
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(os.environ.get("BENCH_FOLDER", aside)) / "answers"
        if not folder.is_dir():
            written(folder, FIRMS)
        out = Path(aside, "out")
        command = [sys.executable, "-m", "it4it_assess", "portfolio", str(folder), "-o", str(out)]
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        clock, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        files = FIRMS + FIRMS // TWICE
        print(f"{FIRMS:,} organisations, {files:,} files")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(f"{'processor seconds':24}{used.ru_utime + used.ru_stime:>12.1f}")
        print(f"{'seconds by the clock':24}{clock:>12.1f}")
        print(f"{'peak MB, one process':24}{used.ru_maxrss / 1024:>12.1f}")
        for path in sorted(out.iterdir()):
            print(f"{path.name:24}{path.stat().st_size / 1e6:>12.2f} MB")


if __name__ == "__main__":
    main()
