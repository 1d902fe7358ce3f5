"""What an article refers to: addresses of its links, pictures and embeds; and what the account took out by name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from backfile.article import Article, Block, Crosshead, Embed, Image, Paragraph, Text, block_texts, nested
from backfile.ledger import Drop, Move, Op
from backfile.proof.normal import decode_attribute
from backfile.proof.places import Claim, Claims

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
            kind = type(block)
            if kind is not Paragraph and kind is not Crosshead:
                self._block(block)
            elif block.text.marks:  # type: ignore[union-attr]
                self._text(block.text)  # type: ignore[union-attr]

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
    """What the account took out: ranges by leaf, and all its words, to find addresses in. Of a web page, `body` is the
    range from the first to the last text of the article's blocks: what lies outside and is claimed by no text went
    with the page's own words, which have to be dropped by name."""

    __slots__ = ("body", "ranges", "words")

    def __init__(self, account: Iterable[Op], claims: Claims, body: tuple[int, int] | None = None) -> None:
        self.ranges: dict[str, list[tuple[int, int]]] = {}
        self.body = body
        for leaf, found in claims.by_leaf.items():
            plain = [claim.ranges() for claim in found if claim.kind == "field" and claim.at in _PLAIN_FIELDS]
            if plain:
                self.ranges[leaf] = [one for ranges in plain for one in ranges]
        words: list[str] = []
        for op in account:
            if isinstance(op, Drop):
                words += (op.text, op.reason)
                if op.span is not None:
                    self.ranges.setdefault(op.span.leaf, []).append((op.span.start, op.span.end))
            elif isinstance(op, Move):
                words.append(op.text)
        for ranges in self.ranges.values():
            ranges.sort()
        self.words = "\n".join(words)

    def names(self, leaf: str, start: int, end: int, url: str) -> bool:
        """Whether an element at this range, or its address, was dropped by name."""
        if self.body is not None and not self.body[0] <= start < self.body[1]:
            return True
        return self._overlaps(self.ranges.get(leaf, []), start, end) or (len(url) > 3 and url in self.words)

    @staticmethod
    def _overlaps(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
        number = bisect_left(ranges, (end, 0))
        return any(b > start for _, b in ranges[max(0, number - _NESTED) : number])


_PLAIN_FIELDS = frozenset({"bylines", "section", "topics", "dateline", "agency", "licence", "copyright"})
"""Fields of plain words, which carry no links."""
_NESTED = 8
"""Drops that begin before an element and may still reach into it, at most: they hardly ever lie in each other."""


def body_of(claims: Iterable[Claim]) -> tuple[int, int] | None:
    """From the first to the last text of the article's blocks."""
    flow = [claim for claim in claims if claim.kind == "flow" and claim.text and claim.at != "lead"]
    return (min(claim.start for claim in flow), max(claim.end for claim in flow)) if flow else None
