"""E4: the same picture is shown twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from backfile.article import Article, Image
from backfile.faults.letters import bare
from backfile.faults.lines import drops_block, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="image-repeated",
    group="E4",
    title="A picture is shown twice",
    readers_saw="The same picture twice, one directly above the other.",
    why="The featured picture of the article also stood at the beginning of its text.",
    before="[steg.jpg]\n\n[steg-300x200.jpg]",
    after="[steg.jpg]",
    will_get_wrong="Two different crops of one picture that were shown side by side on purpose. Repeats further apart "
    "are only proposed.",
    grade="safe",
    since="0.1",
)

_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(?=\.\w{3,4}$)")


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    images = [(n, b) for n, b in enumerate(article.blocks) if type(b) is Image]
    if len(images) < 2:
        return
    seen: dict[str, tuple[int, Image]] = {}
    times = Counter(_address(image.src) for _, image in images)
    for position, image in images:
        address = _address(image.src)
        if times[address] > _MOST:
            continue
        first = seen.setdefault(address, (position, image)) if address else (position, image)
        if first[1] is not image:
            yield _fault(image, first[1], distance=position - first[0])


def _address(src: str) -> str:
    return _SIZE.sub("", src.partition("?")[0].partition("#")[0].rpartition("://")[2])


def _fault(image: Image, first: Image, distance: int) -> ArticleFault:
    """The later one goes, unless it says more: then the first one."""
    poorer, richer = (first, image) if _words(first) < _words(image) else (image, first)
    said = bare(f"{richer.caption.text} {richer.credit.text}")
    same = all(bare(text.text) in said for text in (poorer.caption, poorer.credit))
    near = distance == 1 or (distance <= _NEAR and not poorer.caption.text and not poorer.credit.text)
    return ArticleFault(
        at=f"{poorer.id}:",
        mend=drops_block(poorer.id, "picture repeated", CARD.name),
        grade="safe" if near and same else "proposed",
        note="" if same else "its caption differs",
    )


_NEAR = 2
_MOST = 3
"""What is shown more often is a sign (a flag, a star), no picture."""


def _words(image: Image) -> tuple[int, int]:
    """How much a picture says: caption and credit first, then the alternative text."""
    return len(bare(f"{image.caption.text} {image.credit.text}")), len(image.alt.text)


def may(article: Article) -> bool:
    return [*map(type, article.blocks)].count(Image) > 1


RULE = ArticleRule(card=CARD, find=few(find), may=may)
