"""The index of many reports: where each is and what it says, never who is better than whom."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

from it4it_assess import __version__
from it4it_assess.errors import AssessError
from it4it_assess.portfolio.cache import hashed
from it4it_assess.portfolio.reporting import earlier_rows, put
from it4it_assess.report.listing import Refused, Row

PRIVATE = 0o600

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from it4it_assess.files.many import Meant
    from it4it_assess.portfolio.reporting import Memory, Order, Reported

NAME = "index"
PAGES = ("html", "md")
"""Formats that have an index, each of its own reports."""
UNFINISHED = ".index.part"
"""Lines of an index beside the reports, while a run is under way."""
MOST_ROWS = 20_000
"""Files of which an index can still be read; beyond, report them folder by folder."""


def has_index(files: list[Meant], order: Order) -> bool:
    """Say whether these reports get an index; AssessError where a report has its name."""
    if not 1 < len(files) <= MOST_ROWS or not set(order.formats) & set(PAGES):
        return False
    taken = next((one for one in files if one.name == NAME), None)
    if taken is not None:
        raise AssessError(
            f"{taken.path} would be reported as {NAME}, where the page over all reports goes; "
            "rename it, or report it alone"
        )
    return True


def rows_on_disk(order: Order) -> dict[str, Row]:
    """Return the lines of the index that is there, and of a run that was cut short."""
    found: dict[str, Row] = {}
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = earlier_rows(json.loads((order.out / f"{NAME}.json").read_bytes()))
    with contextlib.suppress(OSError):
        for line in (order.out / UNFINISHED).read_bytes().splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                found.update(earlier_rows({"reports": [json.loads(line)]}))
    return found


@contextlib.contextmanager
def unfinished(order: Order, *, indexed: bool) -> Iterator[Callable[[Reported], None]]:
    """Give a function that keeps each line of an index to come, should the run be cut short."""
    if order.check or not indexed:
        yield lambda _: None
        return
    order.out.mkdir(parents=True, exist_ok=True)
    place = order.out / UNFINISHED
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
    with open(handle, "w", encoding="utf-8", errors="replace", buffering=1) as lines:  # noqa: PTH123  a descriptor

        def note(one: Reported) -> None:
            if one.row is not None:
                lines.write(json.dumps(one.row._asdict()) + "\n")

        yield note
    place.unlink()


def put_index(outcomes: Iterable[Reported], order: Order, memory: Memory | None) -> list[str]:
    """Write the index, or hold it against the one on disk; return the lines to print."""
    rows, refused = [], []
    for one in outcomes:
        if one.row is not None:
            rows.append(one.row)
        elif one.refused:
            refused.append(Refused(one.path, _short(one.refused)))
    rows.sort(key=lambda row: (row.organisation.casefold(), row.organisation, row.date, row.name))
    said = _data(rows, refused)
    forms = [form for form in PAGES if form in order.formats]
    targets = [order.out / f"{NAME}.{form}" for form in (*forms, "json")]
    if memory is not None and memory.index_is_there(hashed(said), targets):
        return [] if order.check else [str(target) for target in targets]
    from it4it_assess.report.design import design  # noqa: PLC0415  not where all is known
    from it4it_assess.report.site import render_index  # noqa: PLC0415

    look = design(order.audience, order.templates, order.brand)
    made = [
        *(render_index(rows, refused, form, look, __version__).encode() for form in forms),
        said,
    ]
    if memory is not None:
        pairs = zip(targets, made, strict=True)
        memory.note_index(hashed(said), tuple((path.suffix, hashed(data)) for path, data in pairs))
    lines = [put(path, data, check=order.check) for path, data in zip(targets, made, strict=True)]
    return [line for some in lines for line in some]


def _data(rows: list[Row], refused: list[Refused]) -> bytes:
    """Return the index for programs; the keys are a promise."""
    values = {
        "reports": [row._asdict() for row in rows],
        "refused": [one._asdict() for one in refused],
    }
    return (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _short(message: str) -> str:
    """Return the first thing wrong with a file, and how many more there are."""
    first, *more = message.splitlines() or [""]
    return f"{first} (and {len(more)} more)" if more else first
