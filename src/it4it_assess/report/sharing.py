"""What became of answer files in their share-safe copies, and what could still tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from it4it_assess.report.figures import joined

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.files.share import Shared
    from it4it_assess.files.share_copy import Wishes
    from it4it_assess.files.share_policy import Fate

KEPT_BACK = {
    "sector": "The sector is kept as it is written.",
    "country": "The country is kept as it is written.",
    "regulation": "The rules and laws are kept as they are written.",
    "money": "The firm's own amounts and currency are kept.",
    "date": "The exact dates are kept.",
}
FIELDS = {"sector": "sector", "country": "country", "regulation": "rules and laws"}
PATTERN = (
    "The pattern of the answers itself: whoever knows a firm's answers knows its copy again. "
    "This is not judged here."
)
FIGURES = (
    "Figures as they are: pain, goals, readiness, targets, capacity and indicators. "
    "An unusual one can give a firm away."
)
PEOPLE = "Who answered what, by pseudonym, with a plain role: in a small firm a role is a person."
SIZE = "The size of the firm and about how many are in IT."


def went(shared: Shared) -> list[str]:
    """Say what was taken out."""
    lines = _counted(shared, "dropped")
    return [*lines, "comments and layout: all of them, each copy is written anew"]


def replaced(shared: Shared) -> list[str]:
    """Say what was replaced by pseudonyms or said less exactly."""
    files = len(shared.copies)
    return [
        *(f"{line}, now a pseudonym" for line in _counted(shared, "pseudonym")),
        *(f"{line}, less exact now" for line in _counted(shared, "generalised")),
        *(
            f"{FIELDS[name]}: left out of {count} of {_files(files)}, too rare to show"
            for name, count in shared.left_out.items()
        ),
        *dict.fromkeys(
            f"targets of {firm}: written out for {joined(list(streams))}, so that the figures "
            "stay as they were without the sector or law they came from"
            for firm, streams in shared.frozen
        ),
    ]


def stays(shared: Shared, wishes: Wishes) -> list[str]:
    """Say what stays and could still tell who it is."""
    lines = _rare(shared, wishes)
    lines += [text for name, text in KEPT_BACK.items() if name in wishes.keep]
    if len(shared.copies) > shared.firms:
        lines.append("Several copies of one firm bear the same pseudonym, so they can be linked.")
    if shared.frozen:
        lines.append("A target written out can hint at the sector or law it came from.")
    lines += [
        f"The copy calls its questionnaire {name}: read it with --questionnaire. Its own wording "
        "may tell whose it is, so think before you share that too."
        for name in shared.own_questionnaires
    ]
    return [*lines, PATTERN, FIGURES, PEOPLE, SIZE]


def _rare(shared: Shared, wishes: Wishes) -> list[str]:
    """Say which combinations are still rare, or that so few firms can tell nothing."""
    if shared.firms < wishes.k:
        some = "Only one firm is" if shared.firms == 1 else f"Only {shared.firms} firms are"
        common = f"nothing is called common that fewer than {wishes.k} share"
        return [f"{some} given, and {common}: sector, country and laws go unless you keep them."]
    return [
        f"Shared by {one.firms} of {shared.firms} firms only: {one.combination}. "
        "No more can be left out."
        for one in shared.rare
    ]


def sharing_data(
    shared: Shared, wishes: Wishes, written: list[tuple[Path, Path]], key: Path
) -> dict[str, Any]:
    """Return the report as plain data; it names no one, only files."""
    return {
        "copies": [{"of": str(source), "copy": str(target)} for source, target in written],
        "key": str(key),
        "firms": shared.firms,
        "k": wishes.k,
        "kept": sorted(wishes.keep),
        **{
            fate: {
                what: count for (one, what), count in sorted(shared.tally.items()) if one == fate
            }
            for fate in ("dropped", "pseudonym", "generalised")
        },
        "left_out": dict(shared.left_out),
        "rare": [one._asdict() for one in shared.rare],
        "targets_written_out": {firm: list(streams) for firm, streams in shared.frozen},
        "stays": stays(shared, wishes),
    }


def _counted(shared: Shared, fate: Fate) -> list[str]:
    return [
        f"{what}: {count}" for (one, what), count in sorted(shared.tally.items()) if one == fate
    ]


def _files(count: int) -> str:
    return f"{count} files" if count > 1 else "1 file"
