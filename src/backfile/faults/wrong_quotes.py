"""G4: quotation marks stand the wrong way round, or are made of other signs: `”so„`, `<<so>>`, `„so"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LETTER
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="wrong-quotes",
    group="G4",
    title="Quotation marks are wrong",
    readers_saw="Marks the wrong way round (“Financial Times„), or made of other signs (<<so>>, ,,so'').",
    why="Automatic replacement in the old system took openers for closers, or the keyboard had none.",
    before="Er las die “Financial Times„ im Zug und sagte <<Nein>>.",
    after="Er las die „Financial Times“ im Zug und sagte «Nein».",
    will_get_wrong="Inch marks and minutes are left alone; so is everything that could be paired in two ways.",
    grade="safe",
    since="0.1",
)

_REVERSED = re.compile(rf"(?:^|(?<=[\s(]))[“”]([{LETTER}\d][^“”„\n]{{0,200}}?[{LETTER}\d.!?…])„(?=$|[\s.,;:!?)])")
_ASCII_GUILLEMETS = re.compile(r"(?<!\w)<<(\S(?:[^<>\n]{0,400}\S)?)>>(?!\w)")
_COMMAS = re.compile(r"(?:^|(?<=[\s(])),,(\w[^'\"“”„\n]{0,300}?[\w.!?])('{2}|\"|“|”|´´|``)(?=$|[\s.,;:!?)])")
_MIXED = re.compile(r"(«)(\w[^«»\"“”„\n]{0,300}?[^\W\d]|\w[^«»\"“”„\n]{0,300}?[.!?])(\")(?=$|[\s.,;:!?)])")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if "„" in body:
        yield from _pairs(_REVERSED, body, "„", "“")
    if "<<" in body and body.count("<<") == body.count(">>") and "<<<" not in body and ">>>" not in body:
        yield from _pairs(_ASCII_GUILLEMETS, body, "«", "»")
    if ",," in body:
        yield from _pairs(_COMMAS, body, "„", "“")
    if "«" in body and body.count("«") - body.count("»") == body.count('"') == 1:
        for match in _MIXED.finditer(body):
            yield Found(start=match.start(3), end=match.end(3), after="»")


def _pairs(pattern: re.Pattern[str], body: str, opening: str, closing: str) -> Iterator[Found]:
    """Both marks of every pair: one finding each, inside them the text stays."""
    for match in pattern.finditer(body):
        yield Found(start=match.start(), end=match.start(1), after=opening)
        yield Found(start=match.end(1), end=match.end(), after=closing)


RULE = TextRule(
    card=CARD,
    trigger=r"„(?:[\s.,;:!?)]|$)|<<\S|,,\w|[\w.!?]\"(?:[\s.,;:!?)]|$)",
    find=find,
)
