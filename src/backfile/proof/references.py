"""What an article refers to: addresses of its links, pictures and embeds; and what the account took out by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from backfile.article import Article, Embed, Gallery, Image, Paragraph, Text, block_texts, walk
from backfile.ledger import Drop, Move, Op
from backfile.proof.normal import decode_attribute
from backfile.proof.verdict import Problem

_URL_SPACE = re.compile(r"[\t\n\r]+")

Found = Iterator[Problem]


class References:
    """Addresses of one article, each with how often it is there."""

    __slots__ = ("links", "media")

    def __init__(self, article: Article) -> None:
        self.links: Counter[str] = Counter()
        self.media: Counter[str] = Counter()
        for text in (article.kicker, article.headline, article.lead):
            if text.marks:
                self._text(text)
        for block in walk(article.blocks):
            if type(block) is Paragraph:
                if block.text.marks:
                    self._text(block.text)
                continue
            self._block(block)
        for comment in article.comments:
            if comment.text.marks:
                self._text(comment.text)

    def _text(self, text: Text) -> None:
        for mark in text.marks:
            if mark.href:
                self.links[address(mark.href)] += 1

    def _block(self, block: object) -> None:
        if isinstance(block, Image):
            self.media[address(block.src)] += 1
            for href in (block.href, block.src):
                if href:
                    self.links[address(href)] += 1
        elif isinstance(block, Embed):
            self.media[address(block.url)] += 1
            self.links[address(block.url)] += 1
        if not isinstance(block, Gallery):
            for _, text in block_texts(block):  # type: ignore[arg-type]
                if text.marks:
                    self._text(text)


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
