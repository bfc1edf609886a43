"""Where this tool keeps what it can always make again."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "IT4IT_ASSESS_CACHE"
OFF = {"", "0", "off", "none"}
OWNER_ONLY = 0o700


def cache_folder() -> Path:
    """Return this tool's folder for what can be made again.

    IT4IT_ASSESS_CACHE names another one, or is `off`; else it is below XDG_CACHE_HOME,
    LOCALAPPDATA on Windows, or ~/.cache. RuntimeError where there is to be none, or no home.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        if given.strip().lower() in OFF:
            raise RuntimeError(f"{VARIABLE} is off")
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or (os.name == "nt" and os.environ.get("LOCALAPPDATA"))
    return (Path(base) if base else Path.home() / ".cache") / "it4it-assess"
