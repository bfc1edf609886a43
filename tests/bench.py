"""What starting the tool costs, as ratios to bare Python measured in the same run.

Run by `make bench`. Rounds are interleaved, and the least processor time of each command is
held against the least of bare Python: noise only ever adds.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from it4it_assess.collect.conversation import Conversation
    from it4it_assess.collect.sitting import Sitting

ROOT = Path(__file__).resolve().parents[1]
BAKERY = ROOT / "questionnaires" / "it4it" / "examples" / "bakery.yaml"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
MODULE = [sys.executable, "-m", "it4it_assess"]


def cases(out: str) -> dict[str, tuple[list[str], float]]:
    """Return each command with the ratio it should stay within."""
    return {
        "--version": ([*MODULE, "--version"], 7),
        "--help": ([*MODULE, "--help"], 15),
        "score --format json": ([*MODULE, "score", str(BAKERY), "--format", "json"], 20),
        "report (md, html)": ([*MODULE, "report", str(BAKERY), "--out", out], 60),
    }


def spent(command: list[str]) -> tuple[float, float]:
    """Run a command; return its processor seconds and peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_process() -> tuple[float, float]:
    """Return the least seconds of parsing a firm's YAML with libyaml, and of its md and html."""
    import yaml  # noqa: PLC0415

    from it4it_assess.engine.assess import assess  # noqa: PLC0415  timed apart from starting
    from it4it_assess.files.load import load_answers, load_questionnaire  # noqa: PLC0415
    from it4it_assess.report.render import FORMS, render  # noqa: PLC0415

    asked = load_questionnaire("it4it")
    judged = assess(asked, load_answers(BAKERY, asked), today=dt.date(2026, 11, 2))
    parse = written = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        yaml.load(BAKERY.read_bytes(), Loader=yaml.CSafeLoader)
        parsed = time.process_time()
        fresh = judged.model_copy()  # nothing kept from the round before
        for form in FORMS:
            render(fresh, asked, form)
        parse = min(parse, parsed - begun)
        written = min(written, time.process_time() - parsed)
    return parse, written


def interviewed(file: str) -> float:
    """Start an interview with keys on a terminal, leave at the first question; return seconds."""
    ours, theirs = pty.openpty()
    command = [*MODULE, "interview", file, "--no-firm"]
    terminal = {**os.environ, "TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=terminal)
    os.close(theirs)
    seen = b""
    while b"leave" not in seen:
        seen += os.read(ours, 65_536)
    os.write(ours, b"q")
    with contextlib.suppress(OSError):  # the terminal is gone when the interview is
        while os.read(ours, 65_536):
            pass
    _, _, usage = os.wait4(process.pid, 0)
    os.close(ours)
    return usage.ru_utime + usage.ru_stime


def keys(file: Path) -> list[float]:
    """Answer every question by one key; return the milliseconds each took to be on disk."""
    from it4it_assess.collect.desk import Desk, pressed  # noqa: PLC0415  timed apart from starting
    from it4it_assess.collect.interview import Scope, run  # noqa: PLC0415
    from it4it_assess.collect.screen import screen  # noqa: PLC0415
    from it4it_assess.files.load import load_both  # noqa: PLC0415

    took = []

    def talk(conversation: Conversation, sitting: Sitting) -> Sitting:
        desk = Desk(sitting._replace(at=0, who="anna"))
        for place in range(len(sitting.queue)):
            begun = time.perf_counter()
            desk = pressed(conversation, desk, str(place % 6))
            if not desk.over:
                screen(conversation.asks, desk.sitting, desk.face, width=80, height=24)
            took.append(1000 * (time.perf_counter() - begun))
        return desk.sitting

    run(file, *load_both(file), Scope(firm=False), talk)
    return sorted(took)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as out:
        table = cases(out)
        bare = float("inf")
        least = dict.fromkeys(table, float("inf"))
        memory = dict.fromkeys(table, 0.0)
        for command, _ in table.values():
            spent(command)  # warm the disk and the compiled files
        for _ in range(ROUNDS):
            bare = min(bare, spent([sys.executable, "-c", "pass"])[0])
            for name, (command, _) in table.items():
                seconds, peak = spent(command)
                least[name] = min(least[name], seconds)
                memory[name] = max(memory[name], peak)
    print(f"{'command':24}{'times bare Python':>20}{'limit':>8}{'peak MB':>10}")
    for name, (_, limit) in table.items():
        ratio = least[name] / bare
        mark = "" if ratio <= limit else "  over"
        print(f"{name:24}{ratio:>20.1f}{limit:>8g}{memory[name]:>10.0f}{mark}")
    with tempfile.TemporaryDirectory() as folder:
        file, begun = Path(folder) / "bakery.yaml", Path(folder) / "begun.yaml"
        shutil.copy(BAKERY, file)
        text = BAKERY.read_text(encoding="utf-8")
        begun.write_text(text[: text.index("\nanswers:")] + "\nanswers: {}\n", encoding="utf-8")
        ready = min(interviewed(str(begun)) for _ in range(ROUNDS)) / bare
        print(f"{'interview, first key':24}{ready:>20.1f}{40:>8}{'' if ready <= 40 else '  over'}")
        took = keys(file)
        print(
            f"\na key of {len(took)}, kept and shown: median {took[len(took) // 2]:.1f} ms,"
            f" most {took[-1]:.1f} ms"
        )
    parse, written = in_process()
    mark = "" if written <= 3 * parse else "  over"
    print(f"\n{'md and html':24}{written / parse:>20.1f}{3:>8}{mark}  times parsing its YAML")


if __name__ == "__main__":
    main()
