"""A command's work on one file or on many: each told in its place, no bad one hiding another.

One plain file is told as ever. For several, a folder or a pattern, JSON comes as one document
a line, with `file` in front; a file that cannot be read has `file` and `error`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from it4it_assess.cli import console
from it4it_assess.cli.options import Output
from it4it_assess.errors import EXIT_CANNOT_RUN, EXIT_OK
from it4it_assess.files.many import is_many, meant
from it4it_assess.portfolio.reading import Done, RefusedFile, attempt
from it4it_assess.portfolio.spread import processes_for, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from it4it_assess.files.many import Meant
    from it4it_assess.portfolio.cluster import Cluster


def outcomes(
    files: Sequence[Meant],
    work: Callable[[Path], Done],
    jobs: int | None = 1,
    dask: str | None = None,
    *,
    quiet: bool = False,
) -> Iterator[Done | RefusedFile]:
    """Yield what becomes of each file, in order, its notes said on stderr before it.

    `work` must pickle for several jobs.
    """
    function = partial(attempt, work=work)
    with console.progress("files", len(files), quiet=quiet) as progress, workers(dask) as pool:
        many = processes_for(len(files), jobs) if pool is None else pool.workers
        for one in spread(function, files, many, chunk=20, pool=pool, progress=progress):
            for line in one.notes if isinstance(one, Done) else ():
                console.note(line)
            yield one


def workers(dask: str | None) -> AbstractContextManager[Cluster | None]:
    """Give the workers of a scheduler, where one is named."""
    if dask is None:
        return nullcontext()
    from it4it_assess.portfolio.cluster import cluster

    return cluster(dask)


def each(
    named: Sequence[Path],
    work: Callable[[Path], Done],
    show: Callable[[Any], None],
    output: Output,
    jobs: int | None = 1,
    dask: str | None = None,
) -> int:
    """Work on each file and tell what it came to, as JSON or by `show`; return the exit code."""
    many, failed = is_many(named), False
    for one in outcomes(list(meant(named)), work, jobs, dask):
        if isinstance(one, RefusedFile):
            failed = True
            console.note(one.message)
            if many and output is Output.JSON:
                console.print_json_line({"file": one.path, "error": one.message})
            continue
        if output is Output.JSON:
            value = cast("dict[str, Any]", one.value)
            if many:
                console.print_json_line({"file": one.path, **value})
            else:
                console.print_json(value)
            continue
        if many:
            console.print_text(f"== {one.path}")
        show(one.value)
    return EXIT_CANNOT_RUN if failed else EXIT_OK
