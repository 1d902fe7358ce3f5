"""Sign-off codes and agency marks: small tokens that name who wrote an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LISTED = """
sda ats keystone keystone-sda keystone-ats sda-ats ap apd afp afx dpa dpa-afx ddp dapd reuters rtr apa si awp tass
itar-tass interfax kna epd sid sport-information ansa agi adnkronos efe upi pa bloomberg dow-jones djn swisstxt belga
anp ntb tt ritzau xinhua kyodo ots zvg
"""
AGENCIES = frozenset(_LISTED.split())
"""Agencies whose marks are known everywhere, in lower case."""

_TAIL = re.compile(
    r"(?:^|[.!?»”“\")…]|[.!?»”\")…]\s+|[–—-]\s?)[(/\[]?"
    r"([A-Za-zÄÖÜäöü]{2,5}(?:[/.][A-Za-zÄÖÜäöü]{2,5})?)[)\]/]?\.?$"
)
_BRACKET = re.compile(r"\(([A-Za-zäöü]{2,12}(?:[/-][A-Za-zäöü]{2,12}){0,3})\)")


def tail_code(paragraph: str) -> str:
    """What stands after the last stop of a paragraph and is short enough for a sign-off code; empty if nothing does."""
    match = _TAIL.search(paragraph[-16:])
    return match.group(1) if match else ""


def bracketed(paragraph: str) -> Iterable[str]:
    """The parts of what stands in brackets at the start or the end of a paragraph: `(sda/afp)` gives both."""
    for edge in (paragraph[:60], paragraph[max(60, len(paragraph) - 24) :]):
        if "(" in edge:
            for match in _BRACKET.finditer(edge):
                yield from re.split("[/-]", match.group(1).lower())
