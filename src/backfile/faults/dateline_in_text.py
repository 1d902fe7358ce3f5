"""F3: the dateline stands in the first paragraph: `GENF (sda) – …`, `Chur. – …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Paragraph
from backfile.draft import Draft
from backfile.faults.letters import LETTER, LOWER, UPPER
from backfile.faults.lines import Mend, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="dateline-in-text",
    group="F3",
    title="The dateline stands in the text",
    readers_saw="The place before the first sentence: GENF (sda) – Der Rat …, Chur. – Der Rat …",
    why="Wires and print set the place into the first line; the new website has a field for it.",
    before="GENF, 3. März (sda) – Der Rat hat am Mittwoch entschieden.",
    after="Der Rat hat am Mittwoch entschieden.",
    will_get_wrong="Without an agency's mark beside it, or the same place in the field, it only proposes: a sentence "
    "may begin with a town and a dash.",
    grade="proposed",
    since="0.1",
    sees="profile",
)

_PLACE = rf"[{UPPER}][{LETTER}.'’-]{{1,24}}(?:[ /-][{UPPER}][{LETTER}.'’-]{{1,20}}){{0,2}}"
_DAY = r"(?:,? \d{1,2}\.? ?[A-Za-zäéû]{3,9}\.?)?"
_MARKS = r"(?:,?\s?\(([A-Za-zäöü]{2,8}(?:/[A-Za-zäöü]{2,8}){0,3})\))?"
_LINE = re.compile(rf"({_PLACE}){_DAY}{_MARKS}(\.?\s?[–—]|\.\s?-|\s--?|:)?\s+(?=[{UPPER}«„“\"])")
_FIRST_BLOCKS = 3


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    first = next((b for b in article.blocks[:_FIRST_BLOCKS] if type(b) is Paragraph and b.text.text), None)
    places = [("lead", article.lead.text), (f"{first.id}:text", first.text.text) if first else ("", "")]
    for at, text in places:
        match = _LINE.match(text)
        if match:
            yield from _judge(at, text, match, article, ask)


def _judge(at: str, text: str, match: re.Match[str], article: Article, ask: Ask) -> Iterator[ArticleFault]:
    place, marks, dash = match.groups()
    agency = bool(marks) and all(ask.agency(part) or ask.code(part) for part in marks.split("/"))
    if not agency and (marks or not dash or dash == ":"):
        return
    same = article.dateline.casefold() == place.casefold()
    if not (agency or same or place.isupper() or ask.known(place)):
        return
    sure = agency or same
    if not sure and _goes_somewhere(text, match.end()):
        return
    if sure and _goes_on(text, match.end()):
        yield ArticleFault(at=at, end=match.end(), grade="shown", note="many datelines, one after the other")
        return
    mend = _moves(at, match, bool(article.dateline))
    yield ArticleFault(at=at, end=match.end(), mend=mend, grade="safe" if sure else "proposed")


_SOME = 3
"""Datelines in a row that an article may have: its own, the agency's, one more that somebody put before them."""


def _goes_on(text: str, at: int) -> bool:
    """Whether so many more follow that they are no dateline's slip."""
    for _ in range(_SOME):
        match = _LINE.match(text, at)
        if match is None or not (match.group(2) or match.group(3)):
            return False
        at = match.end()
    return True


_PAIR = re.compile(rf"{_PLACE} (?:\(?\d|(?:in|im|en|via|über|par|per|retour)\b)")
_ASIDE = re.compile(rf"[^.!?–—]{{1,60}} [–—] (?=[{LOWER}])")


def _goes_somewhere(text: str, at: int) -> bool:
    """A match (Basel – Bern 3:1), a journey (Genève – Lausanne en une heure), or an aside between two dashes."""
    return _PAIR.match(text, at) is not None or _ASIDE.match(text, at) is not None


def _moves(at: str, match: re.Match[str], has_dateline: bool) -> Mend:
    """Place to `dateline` (dropped if the field has one), the marks to `agency`, the rest goes; back to front."""

    def mend(draft: Draft) -> None:
        tail = match.end(1)
        if match.group(2):
            draft.drop(at, match.end(2), match.end(), "dateline", CARD.name)
            if match.group(2) == draft.article.rights.agency:
                draft.drop(at, match.start(2), match.end(2), "dateline", CARD.name)
            else:
                draft.move(at, match.start(2), match.end(2), "agency", CARD.name)
            draft.drop(at, tail, match.start(2), "dateline", CARD.name)
        else:
            draft.drop(at, tail, match.end(), "dateline", CARD.name)
        if has_dateline:
            draft.drop(at, 0, tail, "dateline", CARD.name)
        else:
            draft.move(at, 0, tail, "dateline", CARD.name)

    return mend


_SIGNS = "(–—-"
_END = re.compile(rf"[)–—-]:?\s+[{UPPER}«„“\"]")
_LONGEST = 160


def may(article: Article) -> bool:
    """Without an agency's mark it takes a dash, and then a sentence begins."""
    if _may_begin(article.lead.text[:_LONGEST]):
        return True
    for block in article.blocks[:_FIRST_BLOCKS]:
        if type(block) is Paragraph and block.text.text:
            return _may_begin(block.text.text[:_LONGEST])
    return False


def _may_begin(head: str) -> bool:
    return any(sign in head for sign in _SIGNS) and _END.search(head) is not None


RULE = ArticleRule(
    card=CARD,
    find=few(find),
    may=may,
)
