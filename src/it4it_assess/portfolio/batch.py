"""Many answer files scored, by as many processes as one likes, in the order they are named.

A file that cannot be scored is told with its problems and hides none of the others. Memory
does not grow with the number of files.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.engine.reading import take_stands
from it4it_assess.engine.scoring import Cells, gap, score_fields
from it4it_assess.engine.targets import target_values
from it4it_assess.portfolio.reading import RefusedFile, read_and, remembered
from it4it_assess.portfolio.spread import AHEAD, CHUNK, GARBAGE_AFTER, processors, spread

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from it4it_assess.engine.tally import Cell, Stand
    from it4it_assess.model.answers import AnswerFile, Organisation
    from it4it_assess.model.questionnaire import FirmSize, Questionnaire

__all__ = [
    "AHEAD",
    "CHUNK",
    "GARBAGE_AFTER",
    "Figures",
    "Outcome",
    "RefusedFile",
    "ScoredFile",
    "score_all",
    "score_file",
    "score_files",
]


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


Outcome = ScoredFile | RefusedFile


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
    remembered.cache_clear()
    score_one = partial(score_file, questionnaire=questionnaire)
    yield from spread(score_one, paths, processes or processors(), progress=progress)


def score_files(paths: Sequence[str | Path], questionnaire: str | None = None) -> list[Outcome]:
    """Score files one after the other, in this process."""
    return [score_file(path, questionnaire) for path in paths]


def score_file(path: str | Path, questionnaire: str | None = None) -> Outcome:
    """Score one file with the questionnaire of that name, or the one it names."""
    return read_and(_scored, path, questionnaire)


def _scored(path: str, asked: Questionnaire, answers: AnswerFile) -> ScoredFile:
    return scored(path, asked, answers, take_stands(asked, answers))


def scored(
    path: str, asked: Questionnaire, answers: AnswerFile, stands: Mapping[str, Stand]
) -> ScoredFile:
    """Return what answers that were read, and stand so, come to."""
    cells = Cells(asked, stands)
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
