"""Letters and their accents stored as two characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="decomposed-letter",
    group="A9",
    title="Letter and accent stored apart",
    readers_saw="Dots beside their letter or in another typeface (fu¨r); a search that does not find the word.",
    why=(
        "Macintosh file systems and layout programs store ü as u and a combining diaeresis; text taken "
        "from PDF has the "
        "diaeresis as a sign of its own."
    ),
    before="fu\\u0308r die Bu¨hne",
    after="für die Bühne",
    will_get_wrong="A diaeresis that is meant to stand alone after a, o or u and before a letter; none is known.",
    grade="safe",
    since="0.1",
)

_COMBINING = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_SPACING = re.compile(r"([aouAOU]) ?¨(?=[a-zß])|(?<![\w¨])¨ ?([aouAOU])(?=[a-z])")
_UMLAUT = dict(zip("aouAOU", "äöüÄÖÜ", strict=True))


def find(text: Text, ask: Ask) -> Iterator[Found]:
    for match in _COMBINING.finditer(text.text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield Found(start=match.start(), end=match.end(), after=composed)
    for match in _SPACING.finditer(text.text):
        yield Found(start=match.start(), end=match.end(), after=_UMLAUT[match.group(1) or match.group(2)])


RULE = TextRule(card=CARD, trigger="[\u0300-\u036f]|¨", find=find, preformatted=True, strings=True)
