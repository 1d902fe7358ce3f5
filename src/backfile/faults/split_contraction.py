"""G6: an English contraction or possessive is torn apart: `don 't`, `the town 's`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import speaks, word_before, words
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="split-contraction",
    group="G6",
    title="An English contraction is torn apart",
    readers_saw="They don 't know, the town 's mayor, we ' re late.",
    why="A tokeniser or a quotation filter put spaces around the apostrophe.",
    before="They don 't know the town 's mayor.",
    after="They don't know the town's mayor.",
    will_get_wrong="Nothing known: only English articles, only in front of t, s, re, ve, ll, d and m.",
    grade="safe",
    since="0.1",
)

_SPLIT = re.compile(r"(?<=[a-z])( ?['’] ?|['’] )(?=(?:s|re|ve|ll|d|m)\b(?!['’-]))|(?<=[a-z]n)( ?['’] ?)(?=t\b(?!['’]))")
_NAMES_AN_ENDING = words("genitive possessive plural apostrophe letter ending suffix final silent contraction an the a")
_SINGLE_QUOTE = re.compile(r"(?:^|[\s(])['‘][A-Za-z]{3}")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    if not speaks(text.text, ask.language, "en") or _SINGLE_QUOTE.search(text.text):
        return
    for match in _SPLIT.finditer(text.text):
        gap = match.group()
        if word_before(text.text, match.start()) in _NAMES_AN_ENDING:
            continue  # the genitive ’s
        if not gap.startswith(" "):
            continue  # whole, or the plural's apostrophe and a word after it
        yield Found(start=match.start(), end=match.end(), after=gap.strip())


RULE = TextRule(card=CARD, trigger=r"[a-z] ['’] ?(?:t|s|re|ve|ll|d|m)\b", find=find)
