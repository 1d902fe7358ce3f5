"""E6: the text stops in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Paragraph, Text
from backfile.faults.letters import LOWER, OPEN_WORDS
from backfile.faults.lines import few, last_paragraph
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="cut-text",
    group="E6",
    title="The text stops in mid-sentence",
    readers_saw="An article whose last paragraph ends in the middle of a sentence.",
    why="A field's length limit, or a character that the import could not read, cut off the rest.",
    before="Der Rat will das Geschäft im Herbst noch einmal beraten und dann der",
    after="(the end, from the source)",
    will_get_wrong="Articles that end with a line of their own without a full stop (a web address, an invitation).",
    grade="shown",
    since="0.1",
)

_LONG = 120
_CLOSED = '.!?»“”")]…:'
_RUNNING_END = re.compile(rf"(?:[{LOWER}]{{3}}[,-]?|[{LOWER}] [{LOWER}]{{1,3}})$")
_LAST_WORD = re.compile(rf"(?:^|[^{LOWER}])([{LOWER}]+)$")


_TIME = re.compile(r"\d{1,2}(?:[.:]\d\d)? ?(?:Uhr|h|heures|[ap]\.?m)\b|\bore \d{1,2}")


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    block = last_paragraph(article)
    if block is None or not isinstance(article.blocks[-1], Paragraph):
        return
    text = block.text.text
    if _stops(block.text) and len(text) >= 40:
        start = text.rfind(" ", 0, len(text) - 30) + 1
        yield ArticleFault(at=f"{block.id}:text", start=start, end=len(text), note="no end of a sentence")


def _stops(text: Text) -> bool:
    """The last words run on: a minute word at the end, a comma, or a long paragraph whose last sentence has no stop."""
    body = text.text.rstrip()
    if body[-1:] in _CLOSED or any(mark.end >= len(body) and mark.kind != "quote" for mark in text.marks):
        return False
    if body.endswith(","):
        return True
    word = _LAST_WORD.search(body)
    if word and word.group(1) in OPEN_WORDS:
        return True
    inner_stop = max(body.rfind(". "), body.rfind("? "), body.rfind("! "))
    if body.count(",", max(inner_stop, 0)) > 2 and _TIME.search(body):
        return False  # an entry of an agenda
    return len(body) >= _LONG and inner_stop > 0 and len(body) - inner_stop > 25 and bool(_RUNNING_END.search(body))


def may(article: Article) -> bool:
    last = article.blocks[-1] if article.blocks else None
    if type(last) is not Paragraph:
        return False
    return not last.text.text or last.text.text[-1] not in _CLOSED


RULE = ArticleRule(card=CARD, find=few(find), may=may)
