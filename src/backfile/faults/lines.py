"""Where a rule over the whole article looks: blocks at top level, first and last, and what can be done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from backfile.article import Answer, Article, Block, Crosshead, Image, Paragraph, Text, walk
from backfile.draft import Draft, strip_range
from backfile.faults.rule import ArticleFault, Ask

Mend = Callable[[Draft], None]

MOST_BLOCKS = 2000
"""Blocks that a rule over lines looks at: what has more is no article, and must not cost more than one."""

MOST_FINDINGS = 100
"""Findings of one rule in one article that are slips; more of them are the article's manner, and only shown."""

Find = Callable[[Article, Ask], Iterator[ArticleFault]]


def few(find: Find) -> Find:
    """`find`, save that a rule that finds something everywhere mends nothing: it shows the first ones."""

    def find_few(article: Article, ask: Ask) -> Iterator[ArticleFault]:
        found = list(islice(find(article, ask), MOST_FINDINGS + 1))
        if len(found) <= MOST_FINDINGS:
            yield from found
            return
        for one in found[:MOST_FINDINGS]:
            yield msgspec.structs.replace(one, mend=None, grade="shown", note="too many to be slips")

    return find_few


def paragraphs(article: Article) -> Iterator[Paragraph]:
    """All paragraphs in reading order, those of fact boxes too."""
    for block in islice(walk(article.blocks), MOST_BLOCKS):
        if type(block) is Paragraph:
            yield block


def own_lines(article: Article) -> Iterator[tuple[int, Paragraph | Crosshead | Answer]]:
    """(position, block) of the paragraphs, crossheads and answers at top level: where whole lines intrude."""
    for position, block in enumerate(article.blocks[:MOST_BLOCKS]):
        if isinstance(block, Paragraph | Crosshead | Answer):
            yield position, block


def last_paragraph(article: Article) -> Paragraph | None:
    """The last paragraph at top level that holds text."""
    for block in reversed(article.blocks):
        if type(block) is Paragraph and block.text.text:
            return block
    return None


def neighbours(article: Article, position: int) -> Iterator[Block]:
    """The block before and the block after a position."""
    if position > 0:
        yield article.blocks[position - 1]
    if position + 1 < len(article.blocks):
        yield article.blocks[position + 1]


def images_beside(article: Article, position: int) -> list[Image]:
    """Pictures directly before or after a position, the one before first."""
    return [block for block in neighbours(article, position) if isinstance(block, Image)]


def drops_block(block_id: str, reason: str, by: str) -> Mend:
    """Takes a whole block out."""
    return lambda draft: draft.drop_block(block_id, reason, by)


def drops_range(at: str, start: int, end: int, reason: str, by: str) -> Mend:
    """Takes a range out, with the white space that it leaves behind at the text's ends."""

    def mend(draft: Draft) -> None:
        text = draft.text(at).text
        first, last = start, end
        if not text[end:].strip():
            first, last = strip_range(text, 0, start)[1], len(text)
        elif not text[:start].strip():
            first, last = 0, len(text) - len(text[end:].lstrip())
        draft.drop(at, first, last, reason, by)

    return mend


def covered(text: Text, kind: str, share: float = 1.0) -> bool:
    """Whether marks of a kind lie over at least `share` of the text's letters."""
    length = sum(not c.isspace() for c in text.text)
    marked = sum(
        sum(not c.isspace() for c in text.text[mark.start : mark.end]) for mark in text.marks if mark.kind == kind
    )
    return length > 0 and marked >= share * length
