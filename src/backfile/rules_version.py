"""Which rules made an article: a hash of the code that makes articles and of what the publisher set.

An import processes a record again when it has changed, or when this has; so a new rule reaches every
article, and a run with nothing new touches none.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

ROOMS = ("sources", "shaping", "faults", "profile", "proof", "render")
ASIDE = frozenset(
    ["__main__", "checking", "config", "importing", "learning", "pipe", "registry", "rejects", "rules_version",
     "sifting", "spool"]
)  # fmt: skip
"""Modules that drive the making of articles and have no part in it."""
PARSERS = ("ftfy", "lxml", "turbohtml")
"""Packages whose behaviour an article depends on."""


@cache
def code_version() -> str:
    root = Path(__file__).parent
    files = sorted(path for path in root.glob("*.py") if path.stem not in ASIDE)
    for room in ROOMS:
        files += sorted(path for path in (root / room).rglob("*") if path.suffix in (".py", ".txt"))
    digest = sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in PARSERS:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()


def rules_version(*settings: Any) -> str:
    """Of the code and of `settings`, which are anything that can be JSON."""
    own = msgspec.json.encode(settings, order="deterministic")
    return sha256(code_version().encode() + own).hexdigest()[:32]
