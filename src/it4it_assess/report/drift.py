"""How a report on disk differs from what its answers give, as a diff people read."""

from __future__ import annotations

from difflib import unified_diff

LONGEST_DIFF = 200
"""Lines of one file's diff that are shown."""

LONGEST_LINE = 400
"""Characters of one line that are shown: a page's style is one long line."""


def drift(name: str, given: bytes, on_disk: bytes | None) -> list[str]:
    """Return the lines that say how a file differs from what it should hold; none if it does not.

    `on_disk` is None where there is no such file.
    """
    if on_disk == given:
        return []
    if on_disk is None:
        return [f"{name}: is missing"]
    try:
        old, new = on_disk.decode().splitlines(), given.decode().splitlines()
    except UnicodeDecodeError:
        return [f"{name}: differs"]
    lines = list(unified_diff(old, new, name, f"{name} (from its answers)", lineterm="", n=1))
    if not lines:
        return [f"{name}: differs in its line ends"]
    left = len(lines) - LONGEST_DIFF
    shown = [_cut(line) for line in lines[:LONGEST_DIFF]]
    return [*shown, *([f"... and {left} lines more"] if left > 0 else [])]


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}..."
