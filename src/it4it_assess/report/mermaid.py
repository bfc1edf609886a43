"""Charts as Mermaid blocks for Markdown; a table with the same figures stands beside each.

Mermaid has no way to quote every character, so a name keeps its letters, figures and the few
signs that no diagram acts on. Each line begins with something of ours, never with a name.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from it4it_assess.report.charts import MOST
from it4it_assess.report.gantt import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from it4it_assess.report.plan import Person, Quarter
    from it4it_assess.report.rows import Row

__all__ = ["gantt", "quadrant", "radar"]

LONGEST = 60
EDGE = 0.05
_KEPT = re.compile(r"[^\w .,'()/+-]|_")


def gantt(quarters: Sequence[Quarter]) -> Markup:
    """Return the plan as a Gantt chart: a section a quarter, the work one after the other."""
    lines = [
        "gantt",
        "  accTitle: The plan by quarter",
        "  dateFormat YYYY-MM-DD",
        "  axisFormat %b %Y",
    ]
    lines.append("  todayMarker off")
    work = placed(quarters)
    for place, quarter in enumerate(quarters):
        lines.append(f"  section Q{quarter.number}")
        length = (quarter.ends - quarter.starts).days + 1
        mine = [one for one in work if place <= one.begins and one.job in quarter.jobs]
        for number, one in enumerate(mine, start=1):
            begins = quarter.starts + dt.timedelta(days=round((one.begins - place) * length))
            days = max(1, round((one.ends - one.begins) * length))
            lines.append(f"  {number}. {_name(one.job.title)} :{begins.isoformat()}, {days}d")
    return _block(lines)


def quadrant(people: Sequence[Person]) -> Markup:
    """Return the people by support and influence, numbered as in the table beside it."""
    lines = [
        "quadrantChart",
        "  accTitle: People by influence and support",
        "  x-axis Little support --> Much support",
        "  y-axis Little influence --> Much influence",
        "  quadrant-1 Let them open the work",
        "  quadrant-2 Talk to them first",
        "  quadrant-3 Keep them told",
        "  quadrant-4 Let them try it early",
    ]
    lines += [
        f'  "{number}": [{_share(one.favour)}, {_share(one.strength)}]'
        for number, one in enumerate(people, start=1)
        if one.favour is not None and one.strength is not None
    ]
    return _block(lines)


def radar(rows: Sequence[Row], values: Sequence[float]) -> Markup:
    """Return the scores with their targets as a radar, less those that cannot be given."""
    shown = [row for row in rows if row.at is not None and row.aim is not None]
    axes = ", ".join(f'a{place}["{_name(row.title)}"]' for place, row in enumerate(shown))
    today = ", ".join(f"{row.at:.1f}" for row in shown)
    aims = ", ".join(f"{row.aim:.1f}" for row in shown)
    lines = [
        "radar-beta",
        "  accTitle: Scores and targets of the streams",
        f"  axis {axes}",
        f'  curve today["Today"]{{{today}}}',
        f'  curve target["Target"]{{{aims}}}',
        f"  min {values[0]:g}",
        f"  max {values[-1]:g}",
    ]
    return _block(lines if len(shown) > 2 else [])  # noqa: PLR2004  two axes make no area


def _share(rated: float) -> str:
    """Write a rating as a share of the square, a little off its edges, where numbers are cut."""
    return f"{EDGE + (1 - 2 * EDGE) * rated / MOST:.2f}"


def _name(text: str) -> str:
    kept = " ".join(_KEPT.sub(" ", text).split())
    return (kept if len(kept) <= LONGEST else kept[:LONGEST].rstrip()) or "unnamed"


def _block(lines: Iterable[str]) -> Markup:
    body = "\n".join(lines)
    return Markup(f"```mermaid\n{body}\n```\n") if body else Markup("")  # noqa: S704  see _name
