"""Signs of symbol fonts, stored as private-use characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="private-use-glyph",
    group="A10",
    title="Sign of a symbol font",
    readers_saw="A box, or nothing, where a bullet, an arrow or a tick should be.",
    why=(
        "Wingdings, Symbol and a publisher's own fonts have their signs at code points that mean something only in "
        "that font (U+E000 to U+F8FF)."
    ),
    before="[U+F0B7] Eintritt frei",
    after="• Eintritt frei",
    will_get_wrong=(
        "The signs that word processors use most are mended by a short table; a house font that puts something else at "
        "the same place would come out wrong. All other private-use characters are shown, for the desk to look up."
    ),
    grade="safe",
    since="0.1",
)

_GLYPHS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "◆",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0e0": "→",
    "\uf0e8": "➔",
    "\uf0df": "←",
    "\uf04a": "☺",
    "\uf020": " ",
    "\uf0bb": "≈",
    "\uf0b0": "°",
    "\uf0b1": "±",
    "\uf0a3": "≤",
    "\uf0b3": "≥",
    "\uf0ae": "→",
    "\uf02d": "–",
}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    for match in _PRIVATE.finditer(text.text):
        glyphs = match.group()
        if all(glyph in _GLYPHS for glyph in glyphs):
            yield Found(start=match.start(), end=match.end(), after="".join(_GLYPHS[glyph] for glyph in glyphs))
        else:
            codes = " ".join(f"U+{ord(glyph):04X}" for glyph in glyphs[:8])
            yield Found(start=match.start(), end=match.end(), note=codes)


RULE = TextRule(card=CARD, trigger="[\ue000-\uf8ff\U000f0000-\U0010ffff]", find=find, preformatted=True, strings=True)
