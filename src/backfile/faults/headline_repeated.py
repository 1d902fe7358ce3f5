"""E1: the headline stands once more at the beginning of the text."""

from __future__ import annotations

from collections.abc import Iterator

from backfile.article import Article, Crosshead, Paragraph
from backfile.faults.letters import bare, begins_alike
from backfile.faults.lines import drops_block, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="headline-repeated",
    group="E1",
    title="The headline is repeated in the text",
    readers_saw="The headline, and below it the same words again as the first line of the text.",
    why="The old system kept the headline in a field of its own and in the body as well.",
    before="Neuer Steg am See eröffnet\n\nNeuer Steg am See eröffnet\n\nSeit Samstag …",
    after="Neuer Steg am See eröffnet\n\nSeit Samstag …",
    will_get_wrong="A first line that repeats the headline word for word on purpose is taken out.",
    grade="safe",
    since="0.1",
)

_FIRST_LINES = 3


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    return _look(article)


def _look(article: Article) -> Iterator[ArticleFault]:
    headline = article.headline.text
    if not headline or len(article.blocks) < 2:
        return
    for block in article.blocks[:_FIRST_LINES]:
        if isinstance(block, Paragraph | Crosshead):
            if begins_alike(block.text.text, headline) and _same(block.text.text, headline):
                at = f"{block.id}:text"
                mend = drops_block(block.id, "headline repeated", CARD.name)
                yield ArticleFault(at=at, end=len(block.text.text), mend=mend)
                return
            if isinstance(block, Paragraph) and len(block.text.text) > 200:
                return


def _same(line: str, headline: str) -> bool:
    return len(line) < 2 * len(headline) + 20 and bare(line) == bare(headline)


def may(article: Article) -> bool:
    """`find` itself where the first letters are the same: it asks nothing."""
    headline = article.headline.text
    for block in article.blocks[:_FIRST_LINES]:
        kind = type(block)
        if (kind is Paragraph or kind is Crosshead) and begins_alike(block.text.text, headline):  # type: ignore[union-attr]
            return any(_look(article))
    return False


RULE = ArticleRule(card=CARD, find=few(find), may=may)
