"""The sign that a decoder puts for bytes it cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_encoding, quoted
from backfile.faults.lost_letters import fitting
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="replacement-character",
    group="A6",
    title="Replacement character",
    readers_saw="A black lozenge with a question mark, or a box: Z�rich.",
    why=(
        "A program decoded text in the wrong encoding and put U+FFFD for every byte that it could not read; then it "
        "saved the result."
    ),
    before="Die Br\\ufffdcke in Z\\ufffdrich",
    after="Die Brücke in Zürich",
    will_get_wrong=(
        "Only words that the archive knows are mended, and only where a single one fits. The rest is shown: it has to "
        "come from the source. A text that speaks of encodings, or sets the sign in quotation marks, is left alone."
    ),
    grade="safe",
    since="0.1",
)

HOLE = "\N{REPLACEMENT CHARACTER}"
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_WORD = re.compile(rf"(?<![{_LETTER}])[{_LETTER}]*{HOLE}[{_LETTER}{HOLE}]*")
_ELISION = re.compile(
    rf"(?<![a-zà-ÿ])(?:[ldjmtsnc]|qu|un|dell|nell|all|dall|sull|aujourd)({HOLE})(?=[aeiouyhàâéèêë])", re.I
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_encoding(body):
        return
    taken: set[int] = set()
    if ask.language.startswith(("fr", "it")):
        for match in _ELISION.finditer(body):
            taken.add(match.start(1))
            yield Found(start=match.start(1), end=match.end(1), after="’")
    for match in _WORD.finditer(body):
        word = match.group()
        if taken and any(at in taken for at in range(*match.span())):
            continue
        if word == HOLE and quoted(body, *match.span()):
            continue
        words = fitting(word, HOLE, ask, body[max(0, match.start() - 4) : match.start()]) if word.strip(HOLE) else []
        note = f"may be: {', '.join(words[:5])}" if len(words) > 1 else ""
        yield Found(start=match.start(), end=match.end(), after=words[0] if len(words) == 1 else None, note=note)


RULE = TextRule(card=CARD, trigger=HOLE, literals=(HOLE,), find=find, preformatted=True, strings=True)
