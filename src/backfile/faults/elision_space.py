"""G6: a space after the apostrophe of a French or Italian elision: `l' école`, `dell' acqua`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LETTER, speaks
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="elision-space",
    group="G6",
    title="A space stands after an elision",
    readers_saw="l' école, qu' il, dell' acqua",
    why="A filter took the apostrophe for a closing quotation mark and put a space after it.",
    before="Les élèves de l' école ont chanté.",
    after="Les élèves de l'école ont chanté.",
    will_get_wrong="Nothing known: only French and Italian articles, only before a vowel or h.",
    grade="safe",
    since="0.1",
)

_VOWELS = "aeiouyhàâäéèêëîïôöùûüœæAEIOUYHÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"
_FRENCH = "l|d|j|n|s|c|m|t|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd"
_ITALIAN = "l|d|un|dell|all|nell|dall|sull|coll|quell|quest|bell|sant|c|com|dov|anch|tutt|mezz"
_ELISION = {
    "fr": re.compile(rf"(?<![{LETTER}'’])(?:{_FRENCH})['’]( )(?=[{_VOWELS}])", re.IGNORECASE),
    "it": re.compile(rf"(?<![{LETTER}'’])(?:{_ITALIAN})['’]( )(?=[{_VOWELS}])", re.IGNORECASE),
}


def find(text: Text, ask: Ask) -> Iterator[Found]:
    if _quotes_singly(text.text):
        return
    for language, pattern in _ELISION.items():
        if speaks(text.text, ask.language, language):
            for match in pattern.finditer(text.text):
                yield Found(start=match.start(1), end=match.end(1), after="", drop="white space after an elision")


_SINGLE_QUOTE = re.compile(rf"(?:^|[\s(«])['‘][{LETTER}]")


def _quotes_singly(body: str) -> bool:
    """Single quotes open in this text: an apostrophe may as well close one."""
    return _SINGLE_QUOTE.search(body) is not None


RULE = TextRule(card=CARD, trigger=rf"[a-zA-Z]['’] [{_VOWELS}]", find=find)
