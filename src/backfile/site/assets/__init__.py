"""The website's one style sheet and one small script, named by their content so that browsers may keep them."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.resources import files

import msgspec

_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)


class Asset(msgspec.Struct, frozen=True):
    """`address` changes whenever the content does."""

    address: str
    type: str
    content: bytes


@cache
def asset(name: str) -> Asset:
    content = files(__name__).joinpath(name).read_bytes()
    stem, _, ending = name.rpartition(".")
    if ending == "css":
        content = _COMMENT.sub(b"", content).replace(b"\n", b"")
    kind = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}[ending]
    return Asset(f"/-/{stem}.{sha256(content).hexdigest()[:10]}.{ending}", kind, content)


NAMES = ("style.css", "desk.css", "report.js", "icon.svg")


@cache
def by_address() -> dict[str, Asset]:
    return {asset(name).address: asset(name) for name in NAMES}


@cache
def theme() -> str:
    """A mark of the present look, part of every page's ETag."""
    return "".join(asset(name).address.split(".")[1][:3] for name in NAMES)
