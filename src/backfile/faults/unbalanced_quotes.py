"""G4: a closing quotation mark has no opening one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Paragraph
from backfile.faults.lines import few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="unbalanced-quotes",
    group="G4",
    title="A quotation has lost one of its marks",
    readers_saw="A quotation that closes without having been opened, or the reverse.",
    why="A filter or a cut took one mark of the pair away.",
    before="Der Rat sei zufrieden», sagte sie.",
    after="(the mark's place, from the source)",
    will_get_wrong="Unusual ways to quote over several paragraphs.",
    grade="shown",
    since="0.1",
)

_MARKS = re.compile("[«»]")


_BULLET = re.compile(r"»[ \u00a0\u202f]+(?=[^\W\d_a-zäöü]|\d)")
"""A pointer, or the mark with which French printers carry a quotation on into a paragraph."""


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    """Over the paragraphs in order. A quotation may run on into the next paragraph and be opened again there."""
    pending: ArticleFault | None = None
    depth = 0
    for block in article.blocks:
        if type(block) is not Paragraph:
            continue
        text = block.text.text
        if "«" not in text and "»" not in text:
            continue
        if not depth and _balanced(text):
            continue
        if _german(text):
            return
        opened = text.count("«")
        if depth and text.startswith("«"):
            depth = 0  # opened again: the same quotation
        for mark in _MARKS.finditer(text, 1 if _BULLET.match(text) else 0):
            number = mark.start()
            if mark.group() == "«":
                depth += 1
            else:
                depth -= 1
                if depth < 0:
                    yield ArticleFault(at=f"{block.id}:text", start=number, end=number + 1, note="never opened")
                    depth = 0
        if depth > 0 and opened:
            where = text.rfind("«")
            pending = ArticleFault(at=f"{block.id}:text", start=where, end=where + 1, note="never closed")
    if depth > 0 and pending is not None:
        yield pending


def _balanced(text: str) -> bool:
    """Opened and closed as often, and one after the other: no need to look at every character."""
    opened = text.count("«")
    return opened == text.count("»") and (opened == 1 or _IN_TURN.fullmatch(text) is not None) and _opens(text)


_IN_TURN = re.compile(r"(?:[^«»]*«[^«»]*»)*[^«»]*")


def _opens(text: str) -> bool:
    return text.find("«") < text.find("»")


def _german(text: str) -> bool:
    """»So« is how books in Germany quote: nothing can be said about these."""
    first = min((text.find(mark) for mark in "«»" if mark in text), default=-1)
    return text[first] == "»" and (first == 0 or text[first - 1] in " (") and text[first + 1 : first + 2].isalnum()


RULE = ArticleRule(card=CARD, find=few(find), trigger="«[^«»\n]*(?:«|$)|(?:^|»)[^«»\n]*»")
