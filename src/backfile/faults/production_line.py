"""F1: a line of the production system stands in the text: `Erstellt: 12.03.2010, 13:15 Uhr`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from backfile.article import Article
from backfile.fault import Grade
from backfile.faults.lines import drops_block, drops_range, few, own_lines
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="production-line",
    group="F1",
    title="A line of the production system stands in the text",
    readers_saw="Erstellt: 12.03.2010, 13:15 Uhr, or Akt: 30.12.2012 17:51 Print, below or above the text.",
    why="The old website printed dates and counters as part of the page, and the page was taken for the text.",
    before="Die Strasse ist wieder offen.\n\nErstellt: 12.03.2010, 13:15 Uhr",
    after="Die Strasse ist wieder offen.",
    will_get_wrong="A line that quotes such a stamp of somebody else's system. Where the date does not agree with the "
    "article's own it only proposes.",
    grade="safe",
    since="0.1",
    sees="source",
)

_LABEL = (
    r"(?:Erstellt(?: am)?|Aktualisiert(?: am)?|Letzte Aktualisierung|Akt\.?|Publiziert(?: am)?|Veröffentlicht(?: am)?|"
    r"Artikel vom|Créé(?: le)?|Mis à jour(?: le)?|Actualisé(?: le)?|Publié(?: le)?|Dernière mise à jour|"
    r"Creato(?: il)?|Aggiornato(?: il)?|Pubblicato(?: il)?|Ultimo aggiornamento|"
    r"Created(?: on)?|Updated(?: on)?|Last updated(?: on)?|Last modified(?: on)?|Published(?: on)?)"
)
_COUNTER = r"(?:Zeichen|Zeichenzahl|Anzahl Zeichen|Zeilen|Caractères|Signes|Caratteri|Battute|Characters|Word count)"
_MONTH = r"[A-Za-zäéûç]{3,9}"
_DATE = (
    rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{2,4}})|(\d{{1,2}})/(\d{{1,2}})/(\d{{4}})|(\d{{4}})-(\d\d)-(\d\d)"
    rf"|\d{{1,2}}(?:\.|er)? {_MONTH} \d{{4}}"
)
_TIME = r"(?:[\s,;|–-]*(?:um |à |alle |at |ore )?\d{1,2}[:.h]\d{2}(?: ?(?:Uhr|h|Print|Online))*)?"
_STAMP = rf"{_LABEL}\s?:?\s(?:{_DATE}){_TIME}"
_LINE = re.compile(
    rf"\W{{0,2}}(?:\d{{1,2}}\. {_MONTH} \d{{4}} \d{{1,2}}:\d{{2}};\s*)?{_STAMP}"
    rf"(?:[\s,;|–()-]{{1,5}}{_STAMP}|\s+Print){{0,3}}\W{{0,2}}"
)
_COUNT_LINE = re.compile(rf"\W{{0,2}}{_COUNTER}\s?:\s?(?:[2-9]\d|\d[\d'’ ]+\d)\W{{0,2}}")
_TAIL = re.compile(rf"[.!?»]\s*\(?({_STAMP}\)?)\W{{0,2}}$")
_LONGEST = 140
_SLACK = timedelta(days=2)


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    for _, block in own_lines(article):
        text = block.text.text
        at = f"{block.id}:text"
        if len(text) <= _LONGEST:
            match = _LINE.fullmatch(text)
            if match or _COUNT_LINE.fullmatch(text):
                mend = drops_block(block.id, "production line", CARD.name)
                grade: Grade = "safe" if match is None or _agrees(match, article) else "proposed"
                yield ArticleFault(at=at, end=len(text), mend=mend, grade=grade)
                continue
        tail = _TAIL.search(text, max(0, len(text) - _LONGEST))
        if tail:
            start = tail.start() + 1
            mend = drops_range(at, start, len(text), "production line", CARD.name)
            agrees: Grade = "safe" if _agrees(tail, article) else "proposed"
            yield ArticleFault(at=at, start=start, end=len(text), mend=mend, grade=agrees)


_ANY_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2,4})|(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d\d)-(\d\d)")


def _agrees(match: re.Match[str], article: Article) -> bool:
    """Every date of the line is a date that the article has as a field, give or take the night shift."""
    have = [moment.date() for moment in (article.published, article.modified) if moment]
    told = [_date(found) for found in _ANY_DATE.finditer(match.group())]
    return bool(told and have) and any(d is not None and abs(d - h) <= _SLACK for d in told for h in have)


def _date(found: re.Match[str]) -> date | None:
    numbers = [int(part) for part in found.groups() if part is not None]
    if found.group(7):
        numbers.reverse()
    day, month, year = numbers
    try:
        return date(year + 2000 if year < 60 else year + 1900 if year < 100 else year, month, day)
    except ValueError:
        return None


RULE = ArticleRule(card=CARD, find=few(find), trigger=rf"(?:{_LABEL}|{_COUNTER})\s?:?\s?\d")
