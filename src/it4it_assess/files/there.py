"""What is there under a name, asked without an error for any name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_file(path: Path) -> bool:
    """Say whether there is a file of that name; no name is too long or too odd to ask for."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Say whether there is a folder of that name; no name is too long or too odd to ask for."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
