"""How a figure is written: rounded here and nowhere before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

NOTHING = "-"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
RARE = 0.001


def points(value: float | None, places: int = 1) -> str:
    """Write a score or other figure with fixed decimals; a dash when there is none."""
    return NOTHING if value is None else f"{round(value, places) + 0.0:.{places}f}"


def span(low: float | None, high: float | None) -> str:
    """Write a range, or one figure where both ends read the same."""
    if low is None or high is None:
        return NOTHING
    return points(low) if points(low) == points(high) else f"{points(low)} to {points(high)}"


def levels(level: int | None, low: int | None, high: int | None) -> str:
    """Write a level with its range: `2`, `2 (1 to 3)` or `1 to 3`."""
    if low is None or high is None:
        return NOTHING
    around = f"{low} to {high}"
    if level is None:
        return around
    return f"{level}" if low == high else f"{level} ({around})"


def percent(share: float) -> str:
    """Write a share as a whole percentage; a share too rare to show is not called never."""
    if 0 < share < RARE:
        return "<0.1 %"
    if 0 < share < RARE * 10:
        return f"{100 * share:.1f} %"
    if 1 - RARE * 10 < share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def in_shares(share: float) -> str:
    """Write a share that may never be exactly none or all: it comes from draws."""
    return "<0.1 %" if share == 0 else percent(share)


def days(value: float) -> str:
    """Write days with their unit."""
    return f"{value:g} day" if value == 1 else f"{value:g} days"


def money(amount: float | None, currency: str) -> str:
    """Write an amount with its currency, in whole units."""
    return NOTHING if amount is None else f"{currency} {amount:,.0f}"


def day(date: dt.date) -> str:
    """Write a date in words, the same in every locale."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def months(start: dt.date, end: dt.date) -> str:
    """Write a quarter as its first and last month."""
    first, last = MONTHS[start.month - 1], f"{MONTHS[end.month - 1]} {end.year}"
    return f"{first} to {last}" if start.year == end.year else f"{first} {start.year} to {last}"


def joined(names: list[str]) -> str:
    """Write a list in words: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
