"""What is there under a name; no name is too long or too odd to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def is_file(path: Path) -> bool:
    """Say whether there is a file of that name."""
    return _answered(path.is_file)


def is_folder(path: Path) -> bool:
    """Say whether there is a folder of that name."""
    return _answered(path.is_dir)


def is_there(path: Path) -> bool:
    """Say whether there is anything of that name."""
    return _answered(path.exists)


def _answered(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (OSError, ValueError):
        return False
