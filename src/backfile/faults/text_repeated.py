"""E3: a paragraph, a sentence or the whole text stands there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from backfile.article import Article, Paragraph
from backfile.draft import Draft
from backfile.faults.lines import Mend, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card
from backfile.ledger import Drop

CARD = Card(
    name="text-repeated",
    group="E3",
    title="Text is repeated",
    readers_saw="The same paragraph twice in a row, the same sentence twice, or the whole article once more below.",
    why="Print and online versions were joined, or a text was imported into a field that already held it.",
    before="Die Brücke bleibt bis im Herbst gesperrt. Die Brücke bleibt bis im Herbst gesperrt.",
    after="Die Brücke bleibt bis im Herbst gesperrt.",
    will_get_wrong="A refrain or a litany of long lines stored as paragraphs. Repeats that are not neighbours are "
    "only shown, because a pull quote repeats on purpose.",
    grade="safe",
    since="0.1",
)

_SHORTEST = 30
_SHORTEST_APART = 80
_MOST = 500
"""Repeated paragraphs that are a slip; more of them are something else, and only shown."""
_MOST_APART = 3
"""Where more is repeated here and there, it is meant so: recipes, results, credits of many pictures."""
_OTHER_ENDS = "!?»"
_SENTENCE_END = re.compile(r"(?<=[.!?»]) ")


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    texts = [b.text.text if type(b) is Paragraph else "" for b in article.blocks]
    long = [text for text in texts if len(text) >= _SHORTEST]
    doubled = len(set(long)) < len(long)
    if not doubled and not _may_repeat(texts):
        return
    if doubled:
        yield from _paragraphs(article, texts)
    for block, text in zip(article.blocks, texts, strict=True):
        if len(text) > 2 * _SHORTEST and _may_repeat([text]):
            yield from _sentences(block.id, text)


def _may_repeat(texts: list[str]) -> bool:
    """A first, quick look: a sentence that is long enough may stand there twice.

    All marks that end a sentence are taken for a stop, so that what is equal stays equal.
    """
    whole = " ".join(texts) + " "
    for end in _OTHER_ENDS:
        if end in whole:
            whole = whole.replace(end, ".")
    sentences = whole.split(". ")
    if len(set(sentences)) == len(sentences):
        return False
    sentences = [part for part in sentences if len(part) >= _SHORTEST - 1]
    return len(set(sentences)) < len(sentences)


def _paragraphs(article: Article, texts: list[str]) -> Iterator[ArticleFault]:
    whole = _doubled(texts)
    if whole:
        ids = [block.id for block in article.blocks[whole:]]
        mend = _drops_all(ids) if len(ids) <= _MOST else None
        yield ArticleFault(at=f"{ids[0]}:text", mend=mend, note="the whole text")
        return
    last: dict[str, int] = {}
    twice: list[str] = []
    apart: list[str] = []
    for position, text in enumerate(texts):
        if len(text) < _SHORTEST:
            continue
        before = last.get(text)
        last[text] = position
        if before == position - 1 and "\n" not in text and not _sung(texts, position):
            twice.append(article.blocks[position].id)
        elif before is not None and len(text) >= _SHORTEST_APART and "\n" not in text:  # no chorus
            apart.append(article.blocks[position].id)
    if len(apart) <= _MOST_APART:
        for block_id in apart:
            yield ArticleFault(at=f"{block_id}:text", grade="shown", note="repeated further up")
    if twice:
        mend = _drops_all(twice) if len(twice) <= _MOST else None
        yield ArticleFault(at=f"{twice[0]}:text", mend=mend, note="" if len(twice) == 1 else f"{len(twice)} paragraphs")


_LONGEST_VERSE = 60


def _sung(texts: list[str], position: int) -> bool:
    """Whether a paragraph and the one before its first copy are lines of a song: short, and without a stop."""
    lines = texts[position - 2 : position + 1] if position > 1 else []
    return bool(lines) and all(0 < len(line) <= _LONGEST_VERSE and line[-1].isalpha() for line in lines)


def _doubled(texts: list[str]) -> int:
    """Where the second copy begins if the blocks are the same sequence of paragraphs twice; else 0."""
    half, odd = divmod(len(texts), 2)
    if odd or half < 2 or not all(texts):
        return 0
    return half if texts[:half] == texts[half:] and sum(map(len, texts[:half])) >= 200 else 0


def _drops_all(ids: list[str]) -> Mend:
    def mend(draft: Draft) -> None:
        for block_id in ids:
            draft.drop_block(block_id, "text repeated", CARD.name)

    return mend


def _sentences(block_id: str, text: str) -> Iterator[ArticleFault]:
    sentences = _SENTENCE_END.split(text)
    at, offset, start = f"{block_id}:text", 0, -1
    drops: list[Drop] = []
    for sentence, after in pairwise((*sentences, "")):
        offset += len(sentence) + 1
        if sentence == after and len(sentence) >= _SHORTEST:
            start = offset - 1 if start < 0 else start
        elif start >= 0:
            gone = text[start : offset - 1]
            drops.append(Drop(by=CARD.name, text=gone, reason="sentence repeated", at=at, start=start, end=offset - 1))
            start = -1
    if drops:
        first = drops[0]
        yield ArticleFault(at=at, start=first.start, end=first.end, mend=lambda draft: draft.do_all(drops[::-1]))


def may(article: Article) -> bool:
    """A sentence that stands there twice, and twice in one paragraph; or the same paragraph twice."""
    texts = [block.text.text for block in article.blocks if type(block) is Paragraph]
    if len(set(texts)) < len(texts):
        return True
    return _may_repeat(texts) and any(len(text) > 2 * _SHORTEST and _may_repeat([text]) for text in texts)


RULE = ArticleRule(card=CARD, find=few(find), may=may)
