"""A8: an apostrophe stands for the accent of an Italian word: `citta'`, `perche'`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LETTER, speaks, words
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="apostrophe-accent",
    group="A8",
    title="An apostrophe stands for an Italian accent",
    readers_saw="La citta' e' in festa, perche' il ponte e' aperto.",
    why="Agency wires and old keyboards had no accented capitals or vowels.",
    before="La citta' e' in festa perche' il ponte e' aperto.",
    after="La città è in festa perché il ponte è aperto.",
    will_get_wrong="A word of the list at the end of a quotation in single quotes; texts that open single quotes are "
    "left alone.",
    grade="safe",
    since="0.1",
)

_ACUTE = "perche|poiche|affinche|benche|finche|sicche|giacche|nonche|purche|anziche|ne|se|trentatre|ventitre|viceré"
_GRAVE_E = "e|cioe|caffe|ahime"
_GRAVE = (
    "piu|gia|cosi|puo|cio|pero|percio|lunedi|martedi|mercoledi|giovedi|venerdi|meta|sara|fara|dara|stara|avra|potra|dovra|"
    "verra|andra|sapra|vorra|rimarra|gioventu|virtu|laggiu|lassu|quassu|tribu|comincio|arrivo|falli"
)
_WORDS = f"{_ACUTE}|{_GRAVE_E}|{_GRAVE}"
_AMBIGUOUS = words("se ne falli viceré comincio arrivo")
_CLOSED = "|".join(word for word in _WORDS.split("|") if word not in _AMBIGUOUS)
_WORD = re.compile(
    rf"(?<![{LETTER}])((?:[Cc]['’])?(?:{_CLOSED})|[{LETTER}]{{2,20}}ta)['’](?![{LETTER}])", re.IGNORECASE
)
_NOUN = re.compile(r"(?:cit|i|er|ol|on|al|el|il|es|e)ta\Z", re.IGNORECASE)
"""How nouns in -tà end; other words may be infinitives of a dialect (canta’)."""
_TAIL = str.maketrans("aeiouAEIOU", "àèìòùÀÈÌÒÙ")
_SINGLE_QUOTE = re.compile(rf"(?:^|[\s(«])['‘][{LETTER}]")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    if not speaks(text.text, ask.language, "it") or _SINGLE_QUOTE.search(text.text):
        return
    for match in _WORD.finditer(text.text):
        word = match.group(1)
        if word.lower().endswith("ta") and not _NOUN.search(word) and not ask.known(word[:-1] + _accented(word)):
            continue
        start = match.end(1) - 1
        yield Found(start=start, end=match.end(), after=_accented(word))


def _accented(word: str) -> str:
    """The last letter with its accent: acute in the perché family, grave in all others."""
    last = word[-1]
    if word.lower() in _ACUTE.split("|"):
        return "é" if last == "e" else "É"
    return last.translate(_TAIL)


RULE = TextRule(card=CARD, trigger=rf"[aeiouAEIOU]['’](?:[^{LETTER}]|$)", find=find)
