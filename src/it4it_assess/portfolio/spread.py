"""One way to do the same work for many things: in chunks, over processes, in order.

Only a few chunks are under way at a time and no result is kept, so memory does not grow with
the number of things. The results are the same whatever the number of processes.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Waiting = tuple[list["Result | None"], "Coming[list[Result]] | list[Result]"]

Item = TypeVar("Item")
Result = TypeVar("Result")

Given_co = TypeVar("Given_co", covariant=True)


class Coming(Protocol[Given_co]):
    """A result that is being worked out."""

    def result(self) -> Given_co:
        """Wait for it."""


class Pool(Protocol):
    """Whoever works things out: processes of this machine, or of others."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Coming[Any]:
        """Begin to work something out."""

    def shutdown(self, *, cancel_futures: bool) -> None:
        """Let go of what is not begun."""


CHUNK = 50
"""Things handed to a process at a time: enough to make the handing over cheap."""

AHEAD = 2
"""Chunks under way or done for each process before the oldest must be taken."""

HANDFUL = 8
"""Up to so many files one process is as quick as several, which have to start first."""

GARBAGE_AFTER = 200_000
"""Objects made before garbage is looked for: this work makes few circles."""


def spread(  # noqa: PLR0913  what is done, on what, and how it is dealt out
    function: Callable[[Item], Result],
    items: Iterable[Item],
    processes: int,
    *,
    chunk: int = CHUNK,
    known: Callable[[Item], Result | None] | None = None,
    pool: Pool | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Result]:
    """Yield the function's result for each item, in order, worked out by so many processes.

    `function`, items and results must pickle. What `known` has a result for is not worked
    out. A `pool` of others takes the place of this machine's processes. `progress` is told
    how many are done. Stop taking and the rest is not begun. AssessError where a process is
    ended from outside.
    """
    done = 0
    for results in _chunks(function, iter(items), processes, chunk, known, pool):
        done += len(results)
        if progress is not None:
            progress(done)
        yield from results


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes_for(count: int, jobs: int | None) -> int:
    """Return how many processes so many files are worth, unless a number is given."""
    if jobs is not None:
        return max(1, min(jobs, count))
    return processors() if count > HANDFUL else 1


def _chunks(  # noqa: PLR0913, PLR0917  as spread
    function: Callable[[Item], Result],
    items: Iterator[Item],
    processes: int,
    size: int,
    known: Callable[[Item], Result | None] | None,
    pool: Pool | None,
) -> Iterator[list[Result]]:
    waiting: deque[Waiting[Result]] = deque()
    others = pool is not None
    try:
        while chunk := list(islice(items, size)):
            have: list[Result | None] = [known(one) if known else None for one in chunk]
            open_ones = [one for one, had in zip(chunk, have, strict=True) if had is None]
            if (processes == 1 and not others) or not open_ones:
                waiting.append((have, _each(function, open_ones)))
            else:
                pool = pool or _pool(processes)
                waiting.append((have, pool.submit(_each, function, open_ones)))
            if pool is None or len(waiting) >= processes * AHEAD:
                yield _merged(*waiting.popleft())
        while waiting:
            yield _merged(*waiting.popleft())
    except _broken() as error:
        raise AssessError(
            "a working process was ended from outside, perhaps for want of memory; "
            "try again with fewer processes (--jobs)"
        ) from error
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _merged(
    have: list[Result | None], coming: Coming[list[Result]] | list[Result]
) -> list[Result]:
    """Return the results of a chunk: those there already and those worked out, in order."""
    made = iter(coming if isinstance(coming, list) else coming.result())
    return [next(made) if had is None else had for had in have]


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def _broken() -> type[Exception]:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415  only when it is

    return BrokenProcessPool


def _pool(processes: int) -> Pool:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  only for several

    return ProcessPoolExecutor(processes, initializer=_settle)


def _settle() -> None:
    """Begin a process: Ctrl-C is the parent's to hear; what it was born with is no garbage."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
