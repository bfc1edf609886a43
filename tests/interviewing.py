"""An interview on a file, as the command holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.collect.interview import run
from it4it_assess.files.load import load_both

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.collect.interview import Scope, Talk
    from it4it_assess.collect.sitting import Sitting


def hold(path: Path, scope: Scope, talk: Talk) -> Sitting:
    """Load the file and run the interview on it."""
    return run(path, *load_both(path, scope.questionnaire), scope, talk)
