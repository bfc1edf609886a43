"""A long run: every reader on so many inputs near to valid ones, each trial within limits.

    python tests/fuzz/campaign.py --inputs 1000000 --seed 1
    coverage run --branch --source it4it_assess tests/fuzz/campaign.py --here --inputs 10000

Workers hold the trials, so that a crash, a hang or a full memory ends one worker and is told;
the input that did it is kept in `found/READER-N/` and read again by `--replay FOLDER`.
An input that ends in a way not seen before joins those that are mutated.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    from trial import Case, Ended, Reader

MEGABYTE = 1_000_000
MOST_MEMORY = 300 * MEGABYTE
"""Memory an input may take on top of what is there before the first."""
WATCH = 60
"""Seconds of wall time without a sign of life after which a worker is taken for hung."""
MOST_KEPT = 400
"""Inputs of one reader that ended in new ways and are mutated further."""
ACCEPTED, REFUSED = 0.5, 0.56
"""Below these a throw of the dice mutates an input that ended in a new way: accepted, refused."""
MOST_LOST = 20
"""Workers that a reader may end before the rest of its inputs is left out."""
SIGN_EVERY = 1.0
"""Seconds between two signs of life."""


class Tally(NamedTuple):
    """What became of a reader's inputs."""

    inputs: int
    accepted: int
    ways: int
    defects: dict[str, int]
    seconds: float


def chosen(names: Sequence[str] = ()) -> list[Reader]:
    """Return all readers, or those named."""
    from seeds_read import readers  # noqa: PLC0415  in a worker, with its own cache folder
    from seeds_write import writers  # noqa: PLC0415

    return [one for one in (*readers(), *writers()) if not names or one.name in names]


class Trials:
    """One reader's trials in a folder, one after the other, from a seed."""

    def __init__(self, reader: Reader, folder: Path, seed: int, found: Path | None = None) -> None:
        from readers import prepare  # noqa: PLC0415

        self.reader, self.folder, self.found = reader, folder, found
        self.dice = Random(f"{seed} {reader.name}")  # noqa: S311  a test's dice
        self.pools: dict[bool, list[Case]] = {True: [], False: []}
        self.ways: Counter[str] = Counter()
        self.accepted = 0
        self.defects: Counter[str] = Counter()
        folder.mkdir(parents=True, exist_ok=True)
        prepare(reader, folder)
        os.chdir(folder)

    def one(self) -> tuple[Case, Ended]:
        """Mutate an input and try it."""
        from trial import mutated, tried  # noqa: PLC0415

        seeds = self.reader.seeds
        lucky = self.dice.random()
        pool = (
            self.pools[True] if lucky < ACCEPTED else self.pools[False] if lucky < REFUSED else []
        )
        base = self.dice.choice(pool or seeds)
        case = mutated(self.dice, self.reader, base, self.dice.choice(seeds))
        if self.found is not None:
            keep(self.found / "now", self.reader, case)
        ended = tried(self.reader, self.folder, case)
        self.accepted += ended.accepted
        if ended.way not in self.ways and not ended.defect:
            self._pooled(self.pools[ended.accepted], case)
        if len(self.ways) < 20_000 or ended.way in self.ways:
            self.ways[ended.way] += 1
        if ended.defect:
            if self.found is not None and not self.defects[ended.defect]:
                place = self.found / f"{self.reader.name.replace(' ', '-')}-{len(self.defects)}"
                keep(place, self.reader, case, ended.defect)
            self.defects[ended.defect] += 1
        return case, ended

    def _pooled(self, pool: list[Case], case: Case) -> None:
        if sum(map(len, case.files.values())) > 60_000:
            return
        if len(pool) < MOST_KEPT:
            pool.append(case)
        else:
            pool[self.dice.randrange(MOST_KEPT)] = case


def keep(folder: Path, reader: Reader, case: Case, defect: str = "") -> None:
    """Write a case where it can be read again."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in case.files.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    about = {"reader": reader.name, "words": case.words, "defect": defect}
    (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")


def replay(folder: Path) -> int:
    """Try a kept case again, and say how it ends."""
    from trial import Case, tried  # noqa: PLC0415

    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    [reader] = chosen([about["reader"]])
    place = folder.resolve() / "files"
    files = {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }
    with tempfile.TemporaryDirectory() as here:
        trials = Trials(reader, Path(here), 0)
        case = Case(
            {name: files[name] for name in (*reader.seeds[0].files, *files) if name in files},
            tuple(about["words"]),
        )
        ended = tried(reader, trials.folder, case)
    print(ended)
    return bool(ended.defect)


def work(  # noqa: PLR0913, PLR0917  what a process is begun with
    pipe: Connection, name: str, inputs: int, seed: int, place: str, found: str
) -> None:
    """Hold a reader's trials in a process of its own, within limits, and tell how they went."""
    os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
    os.environ["XDG_DATA_HOME"] = f"{place}/data"
    os.environ["HOME"] = place
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  as long as the process
    [reader] = chosen([name])
    trials = Trials(reader, Path(place) / "here", seed, Path(found))
    trials.one()
    size = (
        int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
        * resource.getpagesize()
    )
    resource.setrlimit(resource.RLIMIT_AS, (size + MOST_MEMORY, size + MOST_MEMORY))
    began, told = time.process_time(), time.monotonic()
    for done in range(1, inputs):
        trials.one()
        if time.monotonic() - told > SIGN_EVERY:
            told = time.monotonic()
            pipe.send(done)
            shutil.rmtree(f"{place}/cache", ignore_errors=True)
    tally = Tally(
        inputs,
        trials.accepted,
        len(trials.ways),
        dict(trials.defects),
        time.process_time() - began,
    )
    if os.environ.get("FUZZ_WAYS"):
        print(*(f"{count:7d} {way}" for way, count in trials.ways.most_common(40)), sep="\n")
    pipe.send(tally)


class Running:
    """A worker at one reader, and when it last gave a sign of life."""

    def __init__(self, reader: str, inputs: int, seed: int, found: Path) -> None:
        self.reader, self.inputs, self.seed, self.found = reader, inputs, seed, found
        self.lost: Counter[str] = Counter()
        self.tally: Tally | None = None
        self.done = self.so_far = 0
        self.begin()

    def begin(self) -> None:
        """Start a process for what is left to do."""
        base = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  memory is quicker than a disk
        self.place = Path(tempfile.mkdtemp(prefix="fuzz-", dir=base))
        self.now = self.found / f"worker-{self.reader.replace(' ', '-')}-{self.seed}"
        self.pipe, theirs = get_context("fork").Pipe(duplex=False)
        left = max(2, self.inputs - self.done)
        asked = (theirs, self.reader, left, self.seed, str(self.place), str(self.now))
        self.process = get_context("fork").Process(target=work, args=asked)
        self.process.start()
        theirs.close()
        self.heard = time.monotonic()

    def look(self) -> bool:
        """Hear what the worker says; whether it is through."""
        try:
            while self.pipe.poll():
                said: Any = self.pipe.recv()
                self.heard = time.monotonic()
                if isinstance(said, Tally):
                    self.tally = said
                else:
                    self.so_far = said
        except EOFError:
            self.process.join()
            if self.tally is None:
                self._lost(f"the worker ended with {self.process.exitcode}")
        if (
            self.tally is None
            and self.process.is_alive()
            and time.monotonic() - self.heard > WATCH
        ):
            os.kill(self.process.pid or 0, signal.SIGKILL)
            self.process.join()
            self._lost("hung")
        if self.tally is not None:
            self.process.join()
            shutil.rmtree(self.place, ignore_errors=True)
        return self.tally is not None

    def _lost(self, why: str) -> None:
        """Keep the input that ended a worker, and go on with another seed."""
        self.lost[why] += 1
        if (self.now / "now").is_dir():
            shutil.copytree(
                self.now / "now",
                self.found / f"lost-{self.reader}-{self.seed}",
                dirs_exist_ok=True,
            )
        shutil.rmtree(self.place, ignore_errors=True)
        self.done += self.so_far + 1
        self.so_far = 0
        self.seed += 1_000_003
        if sum(self.lost.values()) >= MOST_LOST:
            self.tally = Tally(self.done, 0, 0, {}, 0)
        else:
            self.begin()


def campaign(inputs: int, seed: int, jobs: int, found: Path, names: Sequence[str]) -> int:
    """Run every reader's part of so many inputs; print the table; 1 where a defect was found."""
    every = chosen(names)
    whole = sum(one.share for one in every)
    waiting = [(one.name, max(2, inputs * one.share // whole)) for one in every]
    waiting.sort(key=lambda pair: pair[1])
    running: list[Running] = []
    ended: list[Running] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            name, many = waiting.pop()
            running.append(Running(name, many, seed, found))
        for one in list(running):
            if one.look():
                running.remove(one)
                ended.append(one)
                print(row(one), flush=True)
        time.sleep(0.2)
    print(f"\n{HEAD}")
    order = [one.name for one in every]
    for one in sorted(ended, key=lambda one: order.index(one.reader)):
        print(row(one))
    tallies = [one.tally for one in ended if one.tally is not None]
    wrong = sum(len(one.defects) for one in tallies) + sum(len(one.lost) for one in ended)
    print(f"{'all':20} {sum(one.inputs for one in tallies):>9,} {'':>6} {'':>9} {wrong:>8}")
    for one in ended:
        for what, count in [*one.lost.items(), *(one.tally.defects.items() if one.tally else ())]:
            print(f"- {one.reader}: {what} ({count} times)")
    return int(wrong > 0)


def here(inputs: int, seed: int, names: Sequence[str]) -> int:
    """Try inputs in this process, without limits, for a debugger or to measure coverage."""
    every = chosen(names)
    whole = sum(one.share for one in every)
    wrong = 0
    for reader in every:
        with tempfile.TemporaryDirectory() as place:
            os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
            trials = Trials(reader, Path(place) / "here", seed)
            many = max(2, inputs * reader.share // whole)
            for _ in range(many):
                trials.one()
            os.chdir("/")
        print(f"{reader.name}: {many}, accepted {trials.accepted / many:.1%}", *trials.defects)
        wrong += len(trials.defects)
    return int(wrong > 0)


HEAD = f"{'reader':20} {'inputs':>9} {'ways':>6} {'accepted':>9} {'defects':>8} {'ms each':>8}"


def row(one: Running) -> str:
    """Return one reader's line of the table."""
    tally = one.tally or Tally(0, 0, 0, {}, 0)
    share = tally.accepted / max(1, tally.inputs)
    each = 1000 * tally.seconds / max(1, tally.inputs)
    wrong = len(tally.defects) + len(one.lost)
    counts = f"{tally.inputs:>9,} {tally.ways:>6,} {share:>9.1%} {wrong:>8} {each:>8.2f}"
    return f"{one.reader:20} {counts}"


def main() -> int:
    """Read the command line and run."""
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--inputs", type=int, default=int(os.environ.get("FUZZ_INPUTS", "100000")))
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--jobs", type=int, default=1)
    words.add_argument("--found", type=Path, default=Path("found"))
    words.add_argument("--reader", action="append", default=[])
    words.add_argument("--replay", type=Path, help="try a kept input again")
    words.add_argument("--here", action="store_true", help="in this process, without limits")
    given = words.parse_args()
    if given.replay is not None:
        return replay(given.replay)
    if given.here:
        return here(given.inputs, given.seed, given.reader)
    return campaign(given.inputs, given.seed, given.jobs, given.found.resolve(), given.reader)


if __name__ == "__main__":
    sys.exit(main())
