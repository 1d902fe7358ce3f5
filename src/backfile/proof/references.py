"""What an article refers to: addresses of its links, pictures and embeds; and what the account took out by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from backfile.article import Article, Block, Embed, Image, Paragraph, Text, block_texts, nested
from backfile.ledger import Drop, Move, Op
from backfile.proof.normal import decode_attribute

_URL_SPACE = re.compile(r"[\t\n\r]+")


class References:
    """Addresses of one article, in reading order."""

    __slots__ = ("links", "media", "shown")

    def __init__(self, article: Article) -> None:
        self.links: list[str] = []
        """Of marks only."""
        self.shown: list[str] = []
        """Where pictures and embeds lead."""
        self.media: set[str] = set()
        for text in (article.kicker, article.headline, article.lead):
            if text.marks:
                self._text(text)
        self._blocks(article.blocks)
        for comment in article.comments:
            if comment.text.marks:
                self._text(comment.text)

    def counted(self) -> Counter[str]:
        """How often each address is linked to."""
        return Counter(map(address, (*self.links, *self.shown)))

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if type(block) is not Paragraph:
                self._block(block)
            elif block.text.marks:
                self._text(block.text)

    def _text(self, text: Text) -> None:
        for mark in text.marks:
            if mark.href:
                self.links.append(mark.href)

    def _block(self, block: Block) -> None:
        if isinstance(block, Image):
            self.media.add(address(block.src))
            self.shown += [href for href in (block.href, block.src) if href]
        elif isinstance(block, Embed):
            self.media.add(address(block.url))
            self.shown.append(block.url)
        for _, text in block_texts(block):
            if text.marks:
                self._text(text)
        self._blocks(nested(block))


def address(raw: str) -> str:
    """An address as browsers compare it: without white space around it and line ends inside."""
    return _URL_SPACE.sub("", raw).strip()


def decoded_address(raw: str) -> str:
    return address(decode_attribute(raw))


class Dropped:
    """What the account took out: ranges by leaf, and all its words, to find addresses in."""

    __slots__ = ("ranges", "words")

    def __init__(self, account: Iterable[Op]) -> None:
        self.ranges: dict[str, list[tuple[int, int]]] = {}
        words: list[str] = []
        for op in account:
            if isinstance(op, Drop):
                words += (op.text, op.reason)
                if op.span is not None:
                    self.ranges.setdefault(op.span.leaf, []).append((op.span.start, op.span.end))
            elif isinstance(op, Move):
                words.append(op.text)
        self.words = "\n".join(words)

    def names(self, leaf: str, start: int, end: int, url: str) -> bool:
        """Whether a tag at this range, or its address, was dropped by name."""
        if url and url in self.words:
            return True
        return any(a < end and start < b for a, b in self.ranges.get(leaf, ()))
