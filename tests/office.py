"""Documents as LibreOffice sees them, turned into PDF without a window."""

from __future__ import annotations

import contextlib
import re
import subprocess
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def as_pdf(data: bytes, ending: str, folder: Path) -> str:
    """Open a document in LibreOffice, print it, and return the text on the pages.

    A file that LibreOffice must repair or cannot read gives no PDF, and so fails here.
    """
    source = folder / f"report{ending}"
    source.write_bytes(data)
    subprocess.run(
        [  # noqa: S607  found where the machine keeps it
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return text_of(folder / "report.pdf")


def text_of(pdf: Path) -> str:
    """Return the text of a PDF, its lines as they are laid out."""
    ended = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ended.stdout


def inflated(data: bytes) -> bytes:
    """Return a PDF with its compressed streams as they read."""
    found = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)
