"""The key of share-safe copies: the secret behind the pseudonyms, and who each one is.

Its holder can name everybody again; nobody without it can. JSON, its owner's alone:

    {"format": 1, "secret": "64 hexadecimal digits", "names": {"firm-…": "Bakkerij De Vries"}}
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from it4it_assess.errors import AssessError
from it4it_assess.files.save import PRIVATE, write_whole
from it4it_assess.files.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTES = 32
FOLDER = "it4it-assess"
NAME = "anonymise-key.json"
OTHERS = 0o077


class Key(NamedTuple):
    """A secret, and the names its pseudonyms stand for."""

    secret: bytes
    names: Mapping[str, str]


def usual_key() -> Path:
    """Return where the key is kept unless told otherwise: the user's own data folder.

    AssessError where there is no home to keep it in.
    """
    try:
        data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    except RuntimeError as error:
        raise AssessError("there is no home folder to keep the key in; give --key FILE") from error
    return Path(data) / FOLDER / NAME


def read_key(path: Path) -> Key:
    """Read a key file; one that is not there yet is a new secret without names."""
    if not path.exists():
        return Key(secrets.token_bytes(BYTES), {})
    data = read_bytes(path)
    try:
        values = json.loads(data.decode())
        secret, names = bytes.fromhex(values["secret"]), values["names"]
        sound = (
            values["format"] == 1
            and len(secret) == BYTES
            and isinstance(names, dict)
            and all(isinstance(name, str) for name in names.values())
            and bool(json.dumps(names, ensure_ascii=False).encode())
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise AssessError(
            f"{path}: is not a key file of `anonymise`; give another --key, "
            "or the name of a file that is not there yet to have one made"
        )
    return Key(secret, names)


def write_key(path: Path, key: Key) -> None:
    """Write a key file that only its owner can read."""
    values = {
        "format": 1,
        "about": "Who is who in copies made by it4it-assess anonymise. Keep it to yourself.",
        "secret": key.secret.hex(),
        "names": dict(sorted(key.names.items())),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(
        path, (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode(), mode=PRIVATE
    )


def open_to_others(path: Path) -> bool:
    """Say whether others on this machine could read the file."""
    return bool(path.stat().st_mode & OTHERS)
