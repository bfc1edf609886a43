"""The same work past one machine: a Dask scheduler whose workers see the same files.

Workers read answers and write reports themselves, each file whole and in one step, so work
that is begun again because a worker went away writes the same bytes. What comes back is what
to print.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.errors import AssessError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client, Future

PATIENCE = 10
"""Seconds in which a scheduler must answer."""


class Cluster(NamedTuple):
    """The workers of a scheduler as `spread` takes them."""

    client: Client
    workers: int

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> _Coming:
        """Begin to work something out, in the folder this process is in."""
        call = (_in_folder, os.getcwd(), function, *arguments)  # noqa: PTH109  goes as text
        return _Coming(self.client.submit(*call, pure=False))

    def shutdown(self, *, cancel_futures: bool) -> None:
        """Leave what is not begun to be forgotten with the client."""


class _Coming(NamedTuple):
    future: Future[Any]

    def result(self) -> Any:
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415  an extra
        from distributed.comm.core import CommClosedError  # noqa: PLC0415

        try:
            return self.future.result()
        except (CancelledError, KilledWorker, CommClosedError) as error:
            raise AssessError(
                "the Dask workers went away, or one file ended several of them; "
                "see their logs, then start again: what is written stays"
            ) from error


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Give the workers of a scheduler; AssessError where there are none to be had."""
    if find_spec("distributed") is None:
        raise AssessError(
            "--dask needs distributed, which this installation lacks; "
            "install with: pip install 'it4it-assess[dask]'"
        )
    from distributed import Client  # noqa: PLC0415  an extra, and slow to load

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise AssessError(
            f"{address}: no Dask scheduler answers there; give its address as "
            "tcp://HOST:8786, and start one with: dask scheduler"
        ) from error
    with client:
        threads = list(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not threads or set(threads) != {1}:
            raise AssessError(
                f"{address}: it needs workers with one thread each; "
                "start them with: dask worker ADDRESS --nthreads 1 --nworkers auto"
            )
        yield Cluster(client, len(threads))


def _in_folder(folder: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Work in the folder that relative names were meant from."""
    if os.getcwd() != folder:  # noqa: PTH109  goes as text
        os.chdir(folder)
    return function(*arguments)
