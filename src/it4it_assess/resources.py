"""Where the bundled questionnaires and report templates live."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(kind: str) -> Path:
    """Return the bundled folder `kind`: "questionnaires" or "report_templates"."""
    packaged = _PACKAGE / "_data" / kind
    if packaged.is_dir():
        return packaged
    return _PACKAGE.parents[1] / kind  # a checkout or an editable install
