"""Text that can stand in XML: the few characters XML knows no spelling for are replaced."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACED = "\ufffd"


def xml_text(text: str) -> str:
    """Return text in which each character that XML 1.0 forbids is U+FFFD."""
    return _NOT_XML.sub(REPLACED, text)
