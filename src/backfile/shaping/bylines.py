"""A byline field → names: `Von Anna Muster und Peter Beispiel` holds two. Where it is not sure, it stays one."""

from __future__ import annotations

import re
from typing import NamedTuple


class Part(NamedTuple):
    """A stretch of the field: a name, or words around names (`name` False) that are left out by name."""

    start: int
    end: int
    name: bool


_LABEL = re.compile(
    r"\s*(?:(?:(?:text|texte|testo|bericht|interview|reportage|analyse|kommentar|aufgezeichnet|notiert"
    r"|propos recueillis|written)(?:\s+(?:und|et|e|and|&)\s+(?:bilder?|fotos?|photos?|foto))?"
    r"\s*(?::\s*|\s+(?=(?:von|par|di|by)\b)))?(?:(?:von|par|di|by)\s+)?)",
    re.IGNORECASE,
).match
_APART = re.compile(r"\s*[,;/|•·]\s*(?:(?:und|et|ed|e|and)\s+)?|\s+(?:und|et|ed|e|and|&|\+)\s+", re.IGNORECASE)
_PARTICLE = r"(?:de|da|di|del|della|dei|du|des|la|le|von|van|vom|zu|zum|zur|der|den|ten|ter|y|al|el|ben|bin|d’|d')"
_WORD = r"(?:[A-ZÀ-ÖØ-ÞŠŽŁŻŚĆČĐİ](?:[\w’'.-]*\w|\.|)\.?)"
_NAME = re.compile(rf"{_WORD}(?:[ \xa0]+(?:{_PARTICLE}[ \xa0]*)*{_WORD}){{1,4}}").fullmatch
_ROLE = re.compile(
    r"(?:\w+-)?(?:redakt(?:or|eur)(?:in)?|korrespondent(?:in)?|autor(?:in)?|journalist(?:in|e)?|reporter(?:in)?"
    r"|chefredakt\w+|correspondant[e]?|rédact(?:eur|rice)|giornalista|corrispondente|redattore|redattrice|editor|correspondent"
    r"|staff writer)",
    re.IGNORECASE,
).fullmatch


def is_name(value: str) -> bool:
    """Whether a value is one full name: two to five words that begin with capitals, particles aside."""
    return _NAME(value) is not None


def parts(value: str) -> list[Part]:
    """Names and what lies around them, in order, tiling all but white space. One name only where it is not sure."""
    label = _LABEL(value)
    start = label.end() if label else 0
    end = len(value.rstrip())
    if start >= end:
        start = len(value) - len(value.lstrip())
    found = [Part(0, start, False)] if value[:start].strip() else []
    pieces = _pieces(value, start, end)
    if len(pieces) > 1 and all(_NAME(value[a:b]) or _ROLE(value[a:b]) for a, b in pieces):
        return found + _tiled(value, pieces, start, end)
    if end > start:
        found.append(Part(start, end, True))
    return found


def _pieces(value: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    for gap in _APART.finditer(value, start, end):
        pieces.append((at, gap.start()))
        at = gap.end()
    return [*pieces, (at, end)]


def _tiled(value: str, pieces: list[tuple[int, int]], start: int, end: int) -> list[Part]:
    """Names, with separators and role words between them as parts of their own."""
    found: list[Part] = []
    at = start
    for a, b in pieces:
        if _ROLE(value[a:b]) and any(part.name for part in found):
            continue
        if value[at:a].strip():
            found.append(Part(at, a, False))
        found.append(Part(a, b, True))
        at = b
    if value[at:end].strip():
        found.append(Part(at, end, False))
    return found
