"""The harmless normalisations: the only differences between source and article that need no ledger entry.

Version 1:

1. White space of every kind (also U+00A0) is not compared: tags part words no less than spaces do.
2. Unicode NFC.
3. Character references are read as HTML reads them.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from unicodedata import is_normalized, normalize

NORMALISATIONS = 1

_NEL = "\x85"  # a white space for Python, but an ellipsis in damaged text: it must not be lost unseen
_NEL_KEPT = "\ufdd0"
_REFERENCE = re.compile(r"&(#?[A-Za-z0-9]++)(;?)")


def squeeze(text: str) -> str:
    """`text` without white space."""
    if _NEL in text:
        text = text.replace(_NEL, _NEL_KEPT)
    return "".join(text.split())


def nfc(text: str) -> str:
    return text if is_normalized("NFC", text) else normalize("NFC", text)


_ASCII_SPACE = b" \t\r\n\f\v"


def alike(first: str, second: str) -> bool:
    """Whether two texts are the same but for white space: a quick yes where ordinary spaces are all that differs."""
    one = first.encode("utf-8", "surrogatepass").translate(None, _ASCII_SPACE)
    if one == second.encode("utf-8", "surrogatepass").translate(None, _ASCII_SPACE):
        return True
    return same(squeeze(first), squeeze(second))


def same(first: str, second: str) -> bool:
    """Whether two squeezed texts are the same text."""
    return first == second or nfc(first) == nfc(second)


def decode(raw: str) -> str:
    """Text as HTML shows it: character references decoded."""
    return unescape(raw) if "&" in raw else raw


def decode_attribute(raw: str) -> str:
    """An attribute's value as HTML reads it: `?a=1&copy=2` is an address and holds no ©."""
    if "&" not in raw:
        return raw
    return _REFERENCE.sub(_reference, raw)


def _reference(found: re.Match[str]) -> str:
    whole, name = found[0], found[1]
    if name[0] == "#":
        return unescape(whole)
    if found[2] == ";":
        return html5.get(f"{name};", whole)
    following = found.string[found.end() : found.end() + 1]
    return whole if following == "=" else html5.get(name, whole)
