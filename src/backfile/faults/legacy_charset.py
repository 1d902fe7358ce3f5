"""Text of old Macintosh and DOS systems, read as Windows or Latin-1 (and the other way round)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_encoding
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="legacy-charset",
    group="A3",
    title="Macintosh or DOS text read as Windows text",
    readers_saw="One wrong sign for every umlaut or accent, the same throughout an article: fŸr, kšnnen, w„hrend, f³r.",
    why=(
        "The print systems of the 1990s wrote MacRoman or the DOS code pages 437 and 850. Their files were taken for "
        "Windows-1252 or Latin-1, where the same bytes are other letters."
    ),
    before="Die BrŸcke fŸr die SchŸler",
    after="Die Brücke für die Schüler",
    will_get_wrong=(
        "Words that the archive has not are left as they are and shown, once another word of the same text proves "
        "the mix-up. Slovene, Czech and Scandinavian names (Šarec, Ødegaard) stay, as their readings are no words."
    ),
    grade="safe",
    since="0.1",
)

PAIRS = (
    ("cp1252", "mac_roman"),
    ("latin-1", "mac_roman"),
    ("cp1252", "cp850"),
    ("latin-1", "cp850"),
    ("mac_roman", "cp1252"),
    ("cp850", "cp1252"),
    ("mac_roman", "cp850"),
)
"""(how it was read, how it had been written), the likely ones first."""

_PLAIN = "A-Za-zÄÖÜäöüàâéèêëîïôûùçÀÂÉÈÊÎÔÇŒœæìòóáíúñ"
_ODD = (
    "\x80-\x9f¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÁÃÅÆËÌÍÏÐÑÒÓÕ×ØÙÚÛÝÞßãåðõ÷øýþÿáíóúñ"
    "ŒŠŽŸšžƒˆ˜†‡•‰€™„‚”“‘…›‹–—˝˛ˇﬁﬂıΩπ∂∆√≈≠≤≥∞∏∑∫◊⁄█▓▒░│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬"
)
_WORD = re.compile(f"(?:[{_PLAIN}]|[ŠŽŸ†‡™\x80-\x9fﬂ‰])[{_PLAIN}{_ODD}]*")
_HAS_ODD = re.compile(f"(?:^|[{_PLAIN}])[{_ODD}]+[{_PLAIN}]|[{_PLAIN}][ŠŽŸ§\x80-\x9fá‡ˆﬂ¸‰]$")
_CERTAIN = re.compile("[A-Za-zäöü][ŠŽŸ†‡§¸‰ˆﬂ™][a-zäöü]")
"""No word of any language looks like this, whether or not the archive knows another reading."""
_TRIGGER = f"[ŠŽŸ†‡™\x80-\x9fﬂ‰][{_PLAIN}]|[{_PLAIN}][{_ODD}]+[{_PLAIN}]|[{_PLAIN}][ŠŽŸ§\x80-\x9fá‡ˆﬂ¸‰]"


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    odd = [match for match in _WORD.finditer(body) if _HAS_ODD.search(match.group())]
    odd = [match for match in odd if not ask.known(match.group())]
    if not odd or explains_encoding(body):
        return
    best: dict[int, tuple[str, bool]] = {}
    for read, written in PAIRS:
        readings = _readings(odd, read, written, ask)
        if _proofs(readings) > _proofs(best):
            best = readings
    for number, (other, sure) in best.items():
        start, end = odd[number].span()
        yield Found(start=start, end=end, after=other if sure else None, note="" if sure else f"perhaps {other}")

    for match in odd if not best else ():
        if _CERTAIN.search(match.group()):
            yield Found(start=match.start(), end=match.end())


def _proofs(readings: dict[int, tuple[str, bool]]) -> int:
    return sum(sure for _, sure in readings.values())


def _readings(odd: list[re.Match[str]], read: str, written: str, ask: Ask) -> dict[int, tuple[str, bool]]:
    """By the number of the odd word: how it would read, and whether that is a word."""
    found = {}
    for number, match in enumerate(odd):
        word = match.group()
        try:
            other = word.encode(read).decode(written)
        except UnicodeError:
            continue
        if other != word and other.isalpha():
            found[number] = (other, _sure(other, ask))
    return found


def _sure(word: str, ask: Ask) -> bool:
    """Known as it stands: a name in capitals must not be read as a common word (Šarec)."""
    return ask.known(word) and (len(word) > 2 or word.islower())


RULE = TextRule(card=CARD, trigger=_TRIGGER, find=find, preformatted=True, strings=True)
