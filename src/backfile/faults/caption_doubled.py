"""E2: a caption is shown twice."""

from __future__ import annotations

from collections.abc import Iterator

from backfile.article import Article, FactBox, Gallery, Image, Paragraph, walk
from backfile.faults.letters import bare, begins_alike
from backfile.faults.lines import drops_block, drops_range, few, neighbours
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="caption-doubled",
    group="E2",
    title="A caption is shown twice",
    readers_saw="The same line twice under a picture, or once under it and once as a paragraph beside it.",
    why="The alternative text and the caption held the same words, and the export printed both.",
    before="[Bild] Der Festumzug in der Altstadt.\n\nDer Festumzug in der Altstadt.",
    after="[Bild] Der Festumzug in der Altstadt.",
    will_get_wrong="A paragraph beside the picture that repeats its caption word for word on purpose.",
    grade="safe",
    since="0.1",
)

_SHORTEST, _LONGEST = 12, 600
_WITH_PICTURES = frozenset((Image, Gallery, FactBox))


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    pictures = tuple([block for block in article.blocks if type(block) in _WITH_PICTURES])
    for block in walk(pictures):
        if isinstance(block, Image) and len(block.caption.text) >= _SHORTEST:
            yield from _twice_in_caption(block)
    for position, block in enumerate(article.blocks):
        if isinstance(block, Image) and len(block.caption.text) >= _SHORTEST:
            yield from _in_paragraph_beside(article, position, block)


def _twice_in_caption(image: Image) -> Iterator[ArticleFault]:
    """`X X` and `X\\nX`: the second half goes."""
    text = image.caption.text
    middle = len(text) // 2
    for cut in (middle, middle - 1, middle + 1):
        first, second = text[:cut].strip(), text[cut:].strip()
        if len(first) >= _SHORTEST and first == second:
            at = f"{image.id}:caption"
            start = len(text[:cut].rstrip())
            mend = drops_range(at, start, len(text), "caption doubled", CARD.name)
            yield ArticleFault(at=at, start=start, end=len(text), mend=mend)
            return


def _in_paragraph_beside(article: Article, position: int, image: Image) -> Iterator[ArticleFault]:
    caption = image.caption.text
    for block in neighbours(article, position):
        if type(block) is not Paragraph or not begins_alike(block.text.text, caption):
            continue
        if len(block.text.text) < _LONGEST and bare(block.text.text) == bare(caption):
            mend = drops_block(block.id, "caption doubled", CARD.name)
            yield ArticleFault(at=f"{block.id}:text", end=len(block.text.text), mend=mend)
            return


def may(article: Article) -> bool:
    """A box or gallery, the caption's first letters twice in it, or at the beginning of a paragraph beside it."""
    blocks = article.blocks
    for position, block in enumerate(blocks):
        kind = type(block)
        if kind is Image:
            caption = block.caption.text  # type: ignore[union-attr]
            if len(caption) < _SHORTEST:
                continue
            if caption.count(caption.strip()[:_SAME_START]) > 1:
                return True
            for near in blocks[max(0, position - 1) : position + 2]:
                if type(near) is Paragraph and begins_alike(near.text.text, caption):
                    return True
        elif kind is Gallery or kind is FactBox:
            return True
    return False


_SAME_START = 6


RULE = ArticleRule(card=CARD, find=few(find), may=may)
