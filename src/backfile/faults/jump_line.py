"""F7: a reference to a page of the printed paper: `Seite 19>`, `Fortsetzung auf Seite 3`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="jump-line",
    group="F7",
    title="A reference to a page of the printed paper",
    readers_saw="Seite 19>, Bericht Seite 15 or Fortsetzung auf Seite 3 at the end of the text.",
    why="The print edition pointed to another page; there are no pages on the new website.",
    before="Der Rat ist dagegen. Bericht Seite 15",
    after="Der Rat ist dagegen.",
    will_get_wrong="A line of its own that names the page of something else than this paper. Whole sentences that "
    "point to a page are only proposed.",
    grade="safe",
    since="0.1",
)

_PAGE = r"(?:[Ss]eiten?|SEITEN?|S\.|[Pp]ages?|PAGES?|[Pp]agin[ae]|PAGIN[AE]|p\.)"
_NUMBER = r"\d{1,3}(?:\s?(?:und|/|–|-|,|et|e|and|&)\s?\d{1,3})?"
_WHAT = (
    r"(?:Berichte?|Kommentar|Interview|Reportage|Mehr dazu|Mehr|Siehe(?: auch)?|Weiter|Fortsetzung|Schwerpunkt|"
    r"Hintergrund|Porträt|Tagesthema|Lire|Suite|Voir|Segue|Continua|Vedi|Servizio|Continue[ds]|See|Turn to|Story)"
)
_ON = r"(?:\s?(?:auf|von|in|en|à|a|da|de la|on|from|to))?"
_REFERENCE = rf"(?:[>›»→▶]\s?)?(?:{_WHAT}{_ON},?\s)?{_PAGE}\s?{_NUMBER}\s?[>›→▶]?"
_OWN = re.compile(rf"\W{{0,2}}{_REFERENCE}\W{{0,2}}")
_BARE = re.compile(rf"{_PAGE}\s?{_NUMBER}")
"""As a crosshead it may name what the paragraph is about."""
_PLACE = rf"{_PAGE}\s?{_NUMBER}\s?"
_POINTED = rf"[>›→▶]\s?{_REFERENCE}|{_WHAT}{_ON},?\s{_PLACE}[>›→▶]?|{_PLACE}[>›→▶]"
_TAIL = re.compile(rf"[.!?»“”\")…]\s*(\(?(?:{_POINTED})\)?)$")
_CAPITAL_TAIL = re.compile(rf"[a-zäöü.!?»]((?:Seiten?|SEITEN?) {_NUMBER}\s?[>›→▶]?)$")
_LOOK = r"(?:Siehe|Lesen Sie|Mehr|Voir|Lire|Vedi|See)"
_SENTENCE = re.compile(rf"(?:^|[.!?»]\s)({_LOOK}\s[^.!?]{{0,40}}{_PAGE} {_NUMBER}\.)$")
_REACH = 100


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if len(body) < 50 and _OWN.fullmatch(body) and not (ask.block == "crosshead" and _BARE.fullmatch(body)):
        yield Found(start=0, end=len(body), after="", drop="page of the printed paper")
        return
    begin = max(0, len(body) - _REACH)
    tail = _TAIL.search(body, begin) or _CAPITAL_TAIL.search(body, begin)
    if tail:
        start = len(body[: tail.start(1)].rstrip())
        yield Found(start=start, end=len(body), after="", drop="page of the printed paper")
        return
    sentence = _SENTENCE.search(body, begin)
    if sentence:
        start = len(body[: sentence.start(1)].rstrip())
        yield Found(start=start, end=len(body), after="", drop="page of the printed paper", grade="proposed")


RULE = TextRule(
    card=CARD,
    trigger=rf"{_PAGE}\s?{_NUMBER}\s?[>›→▶]?[).]?\W?$",
    find=find,
    blocks=("paragraph", "crosshead", "lead", "image", "gallery"),
)
