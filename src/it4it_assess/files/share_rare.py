"""Rare combinations of sector, size, country and rules, made common by saying less.

k-anonymity (Samarati and Sweeney 1998) by leaving fields out: every combination that is
left is shared by at least k firms of the batch. The size always stays, since effort rests
on it; a size that too few firms have is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.model.answers import Organisation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


LEFT_OUT_FIRST = ("regulation", "country", "sector")
"""The fields in the order they are given up: what says most and is missed least goes first."""

Combination = tuple[str, str, str, tuple[str, ...]]


class Rare(NamedTuple):
    """A combination that fewer than k firms of the batch share, and how many do."""

    combination: str
    firms: int


class Blurred(NamedTuple):
    """The firms as they may be shown, what was left out how often, what stays rare."""

    firms: list[Organisation]
    left_out: Mapping[str, int]
    rare: tuple[Rare, ...]


def blur_rare(firms: Sequence[Organisation], *, k: int, keep: Collection[str] = ()) -> Blurred:
    """Leave fields out until every combination is shared by k firms, as far as that goes.

    Firms are told apart by name: two files of one firm count once. What is in `keep` is
    never left out.
    """
    fields = [name for name in LEFT_OUT_FIRST if name not in keep]
    shown = list(firms)
    for name in fields:
        few = _shared_by_few(shown, k)
        shown = [_without(one, [name]) if combination(one) in few else one for one in shown]
    shown = _joined_by_others(shown, k, fields)
    few = _shared_by_few(shown, k)
    return Blurred(
        firms=shown,
        left_out={
            name: count
            for name in LEFT_OUT_FIRST
            if (
                count := sum(
                    getattr(before, name) != getattr(after, name)
                    for before, after in zip(firms, shown, strict=True)
                )
            )
        },
        rare=tuple(Rare(told(one), few[one]) for one in sorted(few)),
    )


def combination(firm: Organisation) -> Combination:
    """Return what could tell a firm from others, together."""
    return firm.size, firm.sector, firm.country, tuple(sorted(firm.regulation))


def told(one: Combination) -> str:
    """Write a combination in words."""
    size, sector, country, laws = one
    return ", ".join(part for part in (f"size {size}", sector, country, *laws) if part)


def _shared_by_few(firms: Sequence[Organisation], k: int) -> dict[Combination, int]:
    """Return the combinations that fewer than k firms share, with how many do."""
    return {one: len(names) for one, names in _groups(firms).items() if len(names) < k}


def _groups(firms: Sequence[Organisation]) -> dict[Combination, set[str]]:
    groups: dict[Combination, set[str]] = {}
    for firm in firms:
        groups.setdefault(combination(firm), set()).add(firm.name)
    return groups


def _joined_by_others(
    firms: Sequence[Organisation], k: int, fields: Sequence[str]
) -> list[Organisation]:
    """Let others leave their fields out too where those who say nothing are still too few.

    The smallest group of the same kind joins, as a whole, so that no group is left short.
    """
    shown = list(firms)
    for blank in sorted({combination(_without(one, fields)) for one in shown}):
        while 0 < len(_groups(shown).get(blank, ())) < k:
            others = {
                one: len(names)
                for one, names in _groups(
                    [one for one in shown if combination(_without(one, fields)) == blank]
                ).items()
                if one != blank
            }
            if not others:
                break
            joins = min(others, key=lambda one: (others[one], one))
            shown = [_without(one, fields) if combination(one) == joins else one for one in shown]
    return shown


def _without(firm: Organisation, names: Sequence[str]) -> Organisation:
    """Return a firm that says nothing of these fields."""
    said = {name: getattr(firm, name) for name in firm.model_fields_set if name not in names}
    return Organisation.model_validate(said)
