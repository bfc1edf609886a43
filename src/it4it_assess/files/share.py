"""Share-safe copies of a batch of answer files, with a report of what went and what stays."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.files.save import dump_answers
from it4it_assess.files.share_copy import Given, Wishes, copy_answers, with_firm
from it4it_assess.files.share_rare import blur_rare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from it4it_assess.files.share_policy import Fate
    from it4it_assess.files.share_rare import Rare
    from it4it_assess.model.answers import AnswerFile

HEADER = "# A copy made to be shared by it4it-assess anonymise: who it is of is left out.\n"
"""The first line of every copy; a file that begins otherwise is never written over."""


class Shared(NamedTuple):
    """The copies in the order of the originals, and what became of everything."""

    copies: tuple[AnswerFile, ...]
    names: Mapping[str, str]
    tally: Mapping[tuple[Fate, str], int]
    left_out: Mapping[str, int]
    rare: tuple[Rare, ...]
    firms: int
    frozen: tuple[tuple[str, tuple[str, ...]], ...]
    """For each copy whose targets are written out: its pseudonym, and the streams."""
    own_questionnaires: tuple[str, ...]
    """The ids of questionnaires that the originals named by a path."""


def share(batch: Sequence[Given], secret: bytes, wishes: Wishes) -> Shared:
    """Return copies of a batch from which nobody can be named, rare combinations blurred."""
    copied = [copy_answers(one, secret, wishes) for one in batch]
    blurred = blur_rare([one.answers.organisation for one in copied], k=wishes.k, keep=wishes.keep)
    tally: Counter[tuple[Fate, str]] = Counter()
    copies, frozen = [], []
    for given, made, firm in zip(batch, copied, blurred.firms, strict=True):
        copy, streams = with_firm(given.questionnaire, given.answers, made.answers, firm)
        copies.append(copy)
        tally.update(made.tally)
        if streams:
            frozen.append((firm.name, streams))
    return Shared(
        copies=tuple(copies),
        names={name: full for one in copied for name, full in one.names.items()},
        tally=tally,
        left_out=blurred.left_out,
        rare=blurred.rare,
        firms=len({firm.name for firm in blurred.firms}),
        frozen=tuple(frozen),
        own_questionnaires=tuple(
            dict.fromkeys(
                one.named_by for one in batch if one.answers.questionnaire != one.named_by
            )
        ),
    )


def copy_text(copy: AnswerFile) -> str:
    """Return a copy as the text of its file."""
    return HEADER + dump_answers(copy)


def copy_names(copies: Sequence[AnswerFile]) -> list[str]:
    """Return a file name for each copy: its pseudonym and month, numbered where they meet."""
    seen: Counter[str] = Counter()
    names = []
    for copy in copies:
        when = f"-{copy.date:%Y-%m}" if copy.date is not None else ""
        stem = f"{copy.organisation.name}{when}"
        seen[stem] += 1
        names.append(f"{stem}.yaml" if seen[stem] == 1 else f"{stem}-{seen[stem]}.yaml")
    return names
