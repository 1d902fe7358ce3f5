"""The harmless normalisations: the only differences between source and article that need no ledger entry.

Version 1:

1. White space of every kind (also U+00A0) is not compared, save that words which it or a tag parts stay parted.
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


def alike(first: str, second: str) -> bool:
    """Whether two texts have the same words in the same order, line by line or word by word."""
    if _lines(first) == _lines(second):
        return True
    return first.split() == second.split() and first.count(_NEL) == second.count(_NEL)


def _lines(text: str) -> list[str]:
    return [line for part in text.split("\n") if (line := part.strip(" \t\r"))]


def glued(found: str, expected: str) -> str:
    """Two words of `expected` that are one in `found`; empty if there are none. Both are the same text, squeezed."""
    ends = set()
    at = 0
    for word in nfc(found).split():
        at += len(word)
        ends.add(at)
    at = 0
    before = ""
    for word in nfc(expected).split():
        if at and at not in ends:
            return f"{before} {word}"
        at += len(word)
        before = word
    return ""


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
