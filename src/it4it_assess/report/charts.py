"""Charts as inline SVG: the data again as shapes, each beside a table with the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from it4it_assess.report.plan import Quarter
    from it4it_assess.report.rows import Row
    from it4it_assess.report.why import Bar

WIDTH = 720
LABEL = 190
ROW = 34
RIGHT = 60
TOP = 8


def contributions(bars: Sequence[Bar]) -> Markup:
    """Draw each stream's value as a bar of its criteria's parts."""
    widest = max((sum(part.share for part in bar.parts) for bar in bars), default=1.0) or 1.0
    room = WIDTH - LABEL - RIGHT
    rows = []
    for place, bar in enumerate(bars):
        y, x = TOP + place * ROW, float(LABEL)
        rows.append(_label(bar.title, y, "gated" if bar.gates else ""))
        for part in bar.parts:
            width = part.share / widest * room
            if width > 0:
                rows.append(
                    f'<rect class="fill-{part.criterion}" x="{x:.1f}" y="{y + 4}" '
                    f'width="{width:.1f}" height="{ROW - 12}">'
                    f"<title>{escape(part.title)} {part.value}</title></rect>"
                )
            x += width
        rows.append(f'<text class="figure" x="{x + 8:.1f}" y="{y + 20}">{bar.value}</text>')
    return _svg(
        "contributions",
        "What each criterion adds to each stream",
        "; ".join(f"{bar.title} {bar.value}" for bar in bars),
        TOP * 2 + len(bars) * ROW,
        rows,
    )


def ranges(name: str, title: str, rows: Sequence[Row], lowest: float, highest: float) -> Markup:
    """Draw each score as a dot on its range, with its target as a mark."""
    room, axis = WIDTH - LABEL - RIGHT, TOP + len(rows) * ROW

    def x(value: float) -> float:
        return LABEL + (value - lowest) / (highest - lowest) * room

    drawn = [
        f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP}" y2="{axis}"/>'
        f'<text class="tick" x="{x(tick):.1f}" y="{axis + 16}">{tick:g}</text>'
        for tick in _ticks(lowest, highest)
    ]
    for place, row in enumerate(rows):
        y = TOP + place * ROW + ROW // 2
        drawn.append(_label(row.title, y - ROW // 2, ""))
        if row.low is None or row.high is None:
            continue
        drawn.append(
            f'<rect class="range" x="{x(row.low):.1f}" y="{y - 5}" rx="5" '
            f'width="{max(2.0, x(row.high) - x(row.low)):.1f}" height="10"/>'
        )
        if row.aim is not None:
            drawn.append(
                f'<line class="target" x1="{x(row.aim):.1f}" x2="{x(row.aim):.1f}" '
                f'y1="{y - 11}" y2="{y + 11}"/>'
            )
        if row.at is not None:
            drawn.append(f'<circle class="dot" cx="{x(row.at):.1f}" cy="{y}" r="6"/>')
        drawn.append(
            f'<text class="figure" x="{WIDTH - RIGHT + 12}" y="{y + 5}">{row.score}</text>'
        )
    described = "; ".join(
        f"{row.title} {row.score}, range {row.range}, target {row.target}" for row in rows
    )
    return _svg(name, title, described, axis + 24, drawn)


def gantt(quarters: Sequence[Quarter]) -> Markup:
    """Draw the plan: a line an initiative, a column a quarter, a bar as long as its days."""
    jobs = [(quarter, job) for quarter in quarters for job in quarter.jobs]
    left = 330
    column = (WIDTH - left) / max(1, len(quarters))
    row, head = 24, 28
    bottom = head + len(jobs) * row
    drawn = []
    for place, quarter in enumerate(quarters):
        x = left + place * column
        drawn.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{head - 8}" y2="{bottom}"/>'
            f'<text class="tick start" x="{x + 4:.1f}" y="14">Q{quarter.number}</text>'
        )
    used: dict[int, float] = {}
    for place, (quarter, job) in enumerate(jobs):
        y = head + place * row
        share = job.amount / quarter.capacity if quarter.capacity else 0.0
        begins = used.get(quarter.number, 0.0)
        x = left + (quarter.number - 1) * column + begins * column
        used[quarter.number] = begins + share
        drawn.append(
            f'<text class="job" x="0" y="{y + 16}">{escape(_short(job.title))}</text>'
            f'<rect class="fill-{job.stream_id}" x="{x:.1f}" y="{y + 4}" rx="3" '
            f'width="{max(3.0, share * column - 1):.1f}" height="{row - 8}">'
            f"<title>{escape(job.title)}: {job.days}</title></rect>"
        )
    described = "; ".join(f"quarter {quarter.number}: {job.title}" for quarter, job in jobs)
    return _svg("gantt", "The plan by quarter", described, bottom + 4, drawn)


def _short(title: str, longest: int = 46) -> str:
    return title if len(title) <= longest else title[: longest - 1].rstrip() + "…"


def _ticks(lowest: float, highest: float) -> Iterable[float]:
    steps = 5
    return [lowest + (highest - lowest) * step / steps for step in range(steps + 1)]


def _label(title: str, y: int, kind: str) -> str:
    return f'<text class="label {kind}" x="0" y="{y + 20}">{escape(_short(title, 26))}</text>'


def _svg(name: str, title: str, description: str, height: float, shapes: Iterable[str]) -> Markup:
    return Markup(  # noqa: S704  every text inside went through escape
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{"".join(shapes)}</svg>'
    )
