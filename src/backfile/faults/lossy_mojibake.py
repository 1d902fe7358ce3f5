"""UTF-8 read in another encoding, of which a byte was thrown away afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_encoding
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="lossy-mojibake",
    group="A2",
    title="Rest of mojibake whose other bytes are gone",
    readers_saw="A lone â€, â or Ã in a word or beside a quotation: StraÃe, Itâs, âGuten Tagâ.",
    why=(
        "Text passed a wrong encoding, and a later step threw away the bytes that mean nothing there (control "
        "characters). What is left of a letter is its first byte."
    ),
    before="Die StraÃe wurde gesperrt.",
    after="Die Straße wurde gesperrt.",
    will_get_wrong=(
        "A word in which two letters would fit is shown, not mended. A French or Portuguese word in capitals "
        "(CONCLUSÃO) is left alone, and so is â between letters where the archive knows the word."
    ),
    grade="safe",
    since="0.1",
)

_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
_CLOSING = re.compile(r"â€(?=[\s.,;:!?)\]]|$)")
_ENGLISH = re.compile(r"(?<=n)â(?=t(?![a-z]))|(?<=[A-Za-z][a-z])â(?=(?:s|re|ve|ll|d|m)(?![a-z]))")
"""Not the end of mât and dégât."""
_WORD = re.compile(rf"(?<![{_LETTERS}])[{_LETTERS}]*(?:Ã|(?<=[a-z])â)[{_LETTERS}]*")
_LOST = [bytes((0xC3, byte)).decode() for byte in range(0x80, 0xA0)]
"""What Ã may have been: letters whose second byte was a control character."""


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_encoding(body):
        return
    for match in _CLOSING.finditer(body):
        yield Found(start=match.start(), end=match.end(), after="”", note="the only mark whose last byte means nothing")
    taken = {match.start() for match in _CLOSING.finditer(body)}
    for match in _ENGLISH.finditer(body):
        if match.start() not in taken and not ask.language.startswith(("fr", "ro", "pt", "vi")):
            taken.add(match.start())
            yield Found(start=match.start(), end=match.end(), after="’")
    for match in _WORD.finditer(body):
        if match.start() not in taken and not taken.intersection(range(match.start(), match.end())):
            yield from _word(match, ask)


def _word(match: re.Match[str], ask: Ask) -> Iterator[Found]:
    word = match.group()
    if (word.isupper() and len(word) > 1) or ask.known(word):
        return
    at = word.find("Ã")
    if at < 0:  # â inside a word: a dash, a quotation mark or an apostrophe, and nothing says which
        at = word.find("â")
        before, after = word[:at], word[at + 1 :]
        if after[:1].isupper() and before and ask.known(before):
            yield Found(start=match.start() + at, end=match.start() + at + 1)
        return
    fitting = [letter for letter in _LOST if ask.known(word[:at] + letter + word[at + 1 :])]
    start = match.start() + at
    if len(fitting) == 1:
        yield Found(start=start, end=start + 1, after=fitting[0])
    elif at:
        yield Found(start=start, end=start + 1)


RULE = TextRule(card=CARD, trigger="[Ãâ]", literals=("Ã", "â"), find=find, strings=True)
