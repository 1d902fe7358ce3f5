"""No-break spaces where plain ones belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="stray-no-break-space",
    group="A9",
    title="No-break spaces in place of plain ones",
    readers_saw="Gaps in a line, ragged lines that break far too early, or a text wider than its column.",
    why=(
        "Editors of web pages put a no-break space for every second of several spaces, and for all of them in text "
        "pasted from a word processor."
    ),
    before="Der Rat[nbsp][nbsp] tagte.",
    after="Der Rat tagte.",
    will_get_wrong=(
        "Single no-break spaces stay: inside guillemets, before French punctuation, in numbers, before units and after "
        "abbreviations they are wanted. Only runs of several spaces, and texts in which they stand between most of the "
        "words, are mended."
    ),
    grade="safe",
    since="0.1",
)

_NBSP = "\u00a0"
_RUN = re.compile(
    "[ \u00a0\u202f]*\u00a0[ \u00a0\u202f]+|[ \u00a0\u202f]+\u00a0[ \u00a0\u202f]*|[ \u202f]{2,}(?=\u00a0)"
)
_PLAIN_PLACE = re.compile(r"(?<=[a-zäöüß,.à-ÿ])\u00a0(?=[A-Za-zÄÖÜäöüÀ-ÿ])")
_WANTED_BEFORE = "«»‹›:;!?%"
_TITLE = re.compile(r"(?:^|[^\w.])(?:MM?|Mmes?|Mlle|Me|Mgr|Dr|Prof|Ste?|Nr|No|[Aa]rt|Abs|al|pp?|S|z|u|d|sig|on)\.?\Z")
"""What is bound to the word after it."""
MOST_SINGLE = 4
"""So many between plain words are no accident any more."""


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    runs = [match for match in _RUN.finditer(body) if len(match.group()) > 1]
    for match in runs:
        start, end = match.span()
        if start == 0 or end == len(body):
            yield Found(start=start, end=end, after="", drop="white space")
        else:
            yield Found(start=start, end=end, after=_NBSP if _wanted(body, start, end) else " ")
    plain = list(_PLAIN_PLACE.finditer(body))
    accidents = sum(not _TITLE.search(body, max(0, match.start() - 6), match.start()) for match in plain)
    if accidents > MOST_SINGLE and accidents * 3 > body.count(" "):
        for match in plain:
            yield Found(start=match.start(), end=match.end(), after=" ")


def _wanted(body: str, start: int, end: int) -> bool:
    before, after = body[start - 1], body[end]
    return before in "«‹" or after in _WANTED_BEFORE or (before.isdigit() and after.isdigit())


RULE = TextRule(card=CARD, trigger="[ \u00a0\u202f]\u00a0|\u00a0[ \u202f]|[a-zß-ÿ,.]\u00a0[A-Za-zÀ-ÿ]", find=find)
