"""Quotes and dashes of Windows that were stored as control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="c1-control",
    group="A4",
    title="Windows punctuation stored as control characters",
    readers_saw="Nothing, a box or a blank where quotation marks, dashes, ellipses or the euro sign should be.",
    why=(
        "Windows puts its typographic characters where Latin-1 and Unicode have 32 control characters (U+0080 to "
        "U+009F). An export that calls its Windows-1252 bytes Latin-1, or writes them as numeric references (&#147;), "
        "turns each of them into a control character that nothing displays."
    ),
    before="Er sagte \\x93Nein\\x94 \\x96 und ging.",
    after="Er sagte “Nein” – und ging.",
    will_get_wrong=(
        "Nothing that is known: control characters have no use in running text. Five of them (U+0081, U+008D, U+008F, "
        "U+0090, U+009D) mean nothing in Windows-1252 either; they are shown, not mended. U+0085, once a line "
        "end on mainframes, is read as an ellipsis."
    ),
    grade="safe",
    since="0.1",
)

_C1 = re.compile("[\x80-\x9f]")
_WINDOWS = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


def find(text: Text, ask: Ask) -> Iterator[Found]:
    for match in _C1.finditer(text.text):
        after = _WINDOWS[match.group()] or None
        yield Found(start=match.start(), end=match.end(), after=after)


RULE = TextRule(card=CARD, trigger=r"[\x80-\x9f]", find=find, preformatted=True, strings=True)
