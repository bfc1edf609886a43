"""Names as people mean them: the same firm, whatever the capitals, accents and dots."""

import unicodedata


def plain_name(name: str) -> str:
    """Return a name without case, accents, blanks and punctuation, to compare it kindly."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return "".join(one for one in apart if one.isalnum()) or name.strip()
