"""How a report is to look: for whom, with whose templates, under whose name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from it4it_assess.errors import UnreadableError
from it4it_assess.files.brand import BRAND, Brand, load_brand

if TYPE_CHECKING:
    from pathlib import Path

Audience = Literal["owner", "board", "consultant"]


class Design(NamedTuple):
    """How a report is to look. The board's is the whole report without the annex."""

    audience: Audience = "board"
    templates: Path | None = None
    brand: Brand = Brand()


def design(audience: Audience, templates: Path | None, brand: Path | None) -> Design:
    """Return a design from what was asked for; a brand file may lie among the templates."""
    if templates is not None and not templates.is_dir():
        raise UnreadableError(f"{templates}: there is no such folder; name one with templates")
    if brand is None and templates is not None and (templates / BRAND).is_file():
        brand = templates / BRAND
    return Design(audience, templates, Brand() if brand is None else load_brand(brand))
