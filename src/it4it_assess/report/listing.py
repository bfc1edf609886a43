"""What the page over many reports says of each, as plain words."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A report's line; `name` is where it is, without its suffix, `date` as in 2026-11-02."""

    name: str
    organisation: str
    date: str
    first: str
    sure: str
    coverage: str


class Refused(NamedTuple):
    """A file of which there is no report, and why."""

    path: str
    reason: str
