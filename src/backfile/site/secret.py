"""The archive's own key, which signs sessions and forms: a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from backfile.errors import ArchiveError

FILE = ".secret-key"


def secret_key(folder: Path) -> str:
    """The key of the archive in `folder`; made at the first call. Raises `ArchiveError`."""
    path = folder / FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as problem:
        raise ArchiveError(f"cannot be written: {problem.strerror}", where=str(path)) from problem
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key


def _read(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ArchiveError("cannot be read", where=str(path), hint="Remove it: a new one is made.") from problem
    if len(key) < 32:
        raise ArchiveError("is no key", where=str(path), hint="Remove it: a new one is made.")
    return key
