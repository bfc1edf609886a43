"""The plan as a chart: a line an initiative, a column a quarter, a bar as long as its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from it4it_assess.report.figures import MONTHS
from it4it_assess.report.svg import FULL, HUES, Box, Caption, bar, dot, drawing, line, short, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from it4it_assess.report.plan import Job, Quarter
    from it4it_assess.report.rows import Row

HEAD = 58


class Layout(NamedTuple):
    """Where titles stand: beside the bars, or above them where there is no room beside."""

    name: str
    kind: str
    left: float
    row: int
    bar_at: int
    longest: int
    draws_needs: bool


LAYOUTS = (
    Layout("gantt", "broad", 40.0, 24, 5, 42, draws_needs=True),
    Layout("gantt-slim", "slim", 0.0, 40, 21, 38, draws_needs=False),
)


class Placed(NamedTuple):
    """A piece of work in the plan: when it begins and ends, in quarters from the start."""

    job: Job
    begins: float
    ends: float


def placed(quarters: Sequence[Quarter]) -> list[Placed]:
    """Return the work one after the other within each quarter, as long as its share of days."""
    found = []
    for place, quarter in enumerate(quarters):
        used = 0.0
        for job in quarter.jobs:
            share = job.amount / quarter.capacity if quarter.capacity else 0.0
            begins = min(used, 1.0)
            used += share
            found.append(Placed(job, place + begins, place + min(used, 1.0)))
    return found


def gantt(quarters: Sequence[Quarter], streams: Sequence[Row]) -> Markup:
    """Draw the plan for a wide place and for a narrow one; a page shows the one that fits.

    Each stream has the colour of its place among the streams.
    """
    work = placed(quarters)
    hues = {stream.id: place % HUES + 1 for place, stream in enumerate(streams)}
    return Markup("").join(_drawn(quarters, work, hues, layout) for layout in LAYOUTS)


def _drawn(
    quarters: Sequence[Quarter], work: Sequence[Placed], hues: dict[str, int], layout: Layout
) -> Markup:
    column = (FULL - layout.left) / max(1, len(quarters))
    bottom = HEAD + len(work) * layout.row

    def x(when: float) -> float:
        return layout.left + when * column

    shapes = []
    for place, quarter in enumerate(quarters):
        full = quarter.amount / quarter.capacity if quarter.capacity else 0.0
        shapes += [
            line("grid", (x(place), 0), (x(place), bottom)),
            text("label", x(place), 14, f"Q{quarter.number}", away=5),
            text("tick start wide-only", x(place), 28, _months(quarter), away=5),
            text("tick start wide-only", x(place), 42, quarter.days, away=5),
            bar("track", Box(x(place) + 0.4, 48, column - 0.8, 4)),
            bar(
                "used",
                Box(x(place) + 0.4, 48, (column - 0.8) * min(full, 1.0), 4),
                says=quarter.days,
            ),
        ]
    if layout.draws_needs:
        shapes += _leans(work, x, lambda place: HEAD + place * layout.row + layout.bar_at + 7)
    for place, one in enumerate(work):
        top = HEAD + place * layout.row
        says = f"{one.job.title}: {one.job.days}"
        title = short(one.job.title, layout.longest)
        long = max(0.7, x(one.ends) - x(one.begins) - 0.2)
        box = Box(x(one.begins), top + layout.bar_at, long, 14)
        shapes += [
            text("job", 0, top + 16, title),
            bar(f"hue-{hues[one.job.stream_id]}", box, says=says, named=one.job.id),
        ]
    described = "; ".join(
        f"quarter {quarter.number}, {quarter.days}: "
        + (", ".join(job.title for job in quarter.jobs) or "nothing")
        for quarter in quarters
    )
    caption = Caption(layout.name, "The plan by quarter", described)
    return drawing(caption, bottom + 4, shapes, kind=layout.kind)


def _months(quarter: Quarter) -> str:
    first, last = (MONTHS[one.month - 1] for one in (quarter.starts, quarter.ends))
    return f"{first} to {last}"


def _leans(
    work: Sequence[Placed], x: Callable[[float], float], y: Callable[[int], float]
) -> list[str]:
    """Draw from the end of each piece of work to the beginning of what waits for it."""
    rows = {one.job.id: place for place, one in enumerate(work)}
    shapes = []
    for place, one in enumerate(work):
        for need in one.job.need_ids:
            if need not in rows:
                continue
            end, begin = x(work[rows[need]].ends), x(one.begins)
            shapes += [
                line("leans", (end, y(rows[need])), (end, y(place))),
                line("leans", (end, y(place)), (begin, y(place))),
                dot("tip", begin, y(place), 2.5),
            ]
    return shapes
