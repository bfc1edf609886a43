"""Many answer files scored, by as many processes as one likes, in the order they are named.

A file that cannot be scored is told with its problems and hides none of the others. Only a
few chunks are under way at a time and no result is kept, so memory does not grow with the
number of files.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from it4it_assess.engine.reading import take_stands
from it4it_assess.engine.scoring import Cells, gap, score_fields
from it4it_assess.engine.targets import target_values
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.load import load_both, load_questionnaire

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from it4it_assess.engine.tally import Cell
    from it4it_assess.errors import Problem
    from it4it_assess.model.answers import AnswerFile, Organisation
    from it4it_assess.model.questionnaire import FirmSize, Questionnaire

CHUNK = 50
"""Files handed to a process at a time: enough to make the handing over cheap."""

AHEAD = 2
"""Chunks under way or done for each process before the oldest must be taken."""

GARBAGE_AFTER = 200_000
"""Objects made before garbage is looked for: scoring makes few circles."""


class Figures(NamedTuple):
    """One score, as `Score` has it; its field names and units are those of `Score`."""

    score: float | None
    low: float | None
    high: float | None
    level: int | None
    level_low: int | None
    level_high: int | None
    coverage: float


class ScoredFile(NamedTuple):
    """What one answer file comes to, as plain values that cross to another process cheaply.

    `streams` and `lenses` are by id; `targets` and `gaps` by stream, a gap None where there
    is no score.
    """

    path: str
    organisation: Organisation
    size: FirmSize
    date: dt.date | None
    questionnaire: str
    version: str
    overall: Figures
    streams: dict[str, Figures]
    lenses: dict[str, Figures]
    targets: dict[str, float]
    gaps: dict[str, float | None]


class RefusedFile(NamedTuple):
    """A file that could not be scored: the message, and its problems where it was read."""

    path: str
    message: str
    problems: tuple[Problem, ...] = ()


Outcome = ScoredFile | RefusedFile
Made = TypeVar("Made")
"""What is made of a file, or what became of it."""


def score_all(
    paths: Iterable[str | Path],
    *,
    questionnaire: str | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Outcome]:
    """Yield each file's outcome in the order of the paths, as soon as it is there.

    Without a number of processes there is one for each processor; with 1, none but this one.
    `progress` is told how many files are done. Stop taking and the rest is not begun.
    """
    return spread(
        score_files, paths, questionnaire=questionnaire, processes=processes, progress=progress
    )


def spread(
    work: Callable[[Sequence[str | Path], str | None], list[Made]],
    paths: Iterable[str | Path],
    *,
    questionnaire: str | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Made]:
    """Yield what `work`, a function of a module, makes of the files, as `score_all` does."""
    _remembered.cache_clear()
    named = iter(paths)
    chunks = iter(lambda: list(islice(named, CHUNK)), [])
    done = 0
    for outcomes in _spread(work, chunks, questionnaire, processes or os.cpu_count() or 1):
        done += len(outcomes)
        if progress is not None:
            progress(done)
        yield from outcomes


def score_files(paths: Sequence[str | Path], questionnaire: str | None = None) -> list[Outcome]:
    """Score files one after the other, in this process."""
    return [score_file(path, questionnaire) for path in paths]


def score_file(path: str | Path, questionnaire: str | None = None) -> Outcome:
    """Score one file with the questionnaire of that name, or the one it names."""
    return read_and(scored, path, questionnaire)


def read_and(
    make: Callable[[str, Questionnaire, AnswerFile], Made],
    path: str | Path,
    questionnaire: str | None = None,
) -> Made | RefusedFile:
    """Read one file and make something of it, or say why it cannot be read."""
    try:
        asked, answers = load_both(path, questionnaire, _remembered)
    except InvalidFileError as error:
        return RefusedFile(str(path), str(error), tuple(error.problems))
    except AssessError as error:
        return RefusedFile(str(path), str(error))
    return make(str(path), asked, answers)


def scored(path: str, asked: Questionnaire, answers: AnswerFile) -> ScoredFile:
    """Score answers that were read."""
    cells = Cells(asked, take_stands(asked, answers))
    streams = {stream.id: _figures(cells.stream(stream)) for stream in asked.streams}
    targets = target_values(asked, answers)
    return ScoredFile(
        path=path,
        organisation=answers.organisation,
        size=answers.organisation.size,
        date=answers.date,
        questionnaire=asked.id,
        version=asked.version,
        overall=_figures(cells.overall()),
        streams=streams,
        lenses={lens.id: _figures(cells.lens(lens.id)) for lens in asked.lenses},
        targets=targets,
        gaps={name: gap(figures.score, targets[name]) for name, figures in streams.items()},
    )


def _figures(cell: Cell | None) -> Figures:
    return Figures(**score_fields(cell))


@lru_cache(maxsize=8)
def _remembered(name: str | Path) -> Questionnaire:
    """Load a questionnaire once for all the files that name it."""
    return load_questionnaire(name)


def _spread(
    work: Callable[[Sequence[str | Path], str | None], list[Made]],
    chunks: Iterator[list[str | Path]],
    questionnaire: str | None,
    processes: int,
) -> Iterator[list[Made]]:
    """Yield the outcomes of each chunk in order, worked out by so many processes."""
    if processes == 1:
        for chunk in chunks:
            yield work(chunk, questionnaire)
        return
    pool = ProcessPoolExecutor(processes, initializer=_settle)
    under_way: deque[Future[list[Made]]] = deque()
    try:
        for chunk in chunks:
            under_way.append(pool.submit(work, chunk, questionnaire))
            if len(under_way) >= processes * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise AssessError(
            "a scoring process was ended from outside, perhaps for want of memory; "
            "try again with fewer processes"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _settle() -> None:
    """Begin a process: what it was born with is no garbage, and it makes little."""
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
