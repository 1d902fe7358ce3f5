"""E1: the lead stands once more at the beginning of the text."""

from __future__ import annotations

from collections.abc import Iterator

from backfile.article import Article, Paragraph
from backfile.fault import Grade
from backfile.faults.letters import bare, begins_alike
from backfile.faults.lines import drops_block, drops_range, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="lead-repeated",
    group="E1",
    title="The lead is repeated in the text",
    readers_saw="The lead, and directly below it the same sentences again as the first paragraph.",
    why="The old system kept the lead as a field and in the body as well, or made the field from the body.",
    before="Der Steg ist offen.\n\nDer Steg ist offen.\n\nSeit Samstag …",
    after="Der Steg ist offen.\n\nSeit Samstag …",
    will_get_wrong="Where the paragraph says the same in slightly other words it only proposes; where the lead is the "
    "beginning of the paragraph (or was cut from it), too.",
    grade="safe",
    since="0.1",
)

_SHORTEST = 20
_ALIKE = 0.9
_MOST_WORDS = 400
_CUT_MARKS = ("…", "...", "[…]", "[...]", "(...)")


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    return _look(article)


def _look(article: Article) -> Iterator[ArticleFault]:
    lead = article.lead.text
    if len(lead) < _SHORTEST:
        return
    position, first = next(((n, b) for n, b in enumerate(article.blocks[:3]) if type(b) is Paragraph), (0, None))
    if first is None or not isinstance(first, Paragraph):
        return
    body, at = first.text.text, f"{first.id}:text"
    if not begins_alike(lead, body):
        return
    more = any(type(b) is Paragraph and b.text.text for b in article.blocks[position + 1 :])
    if bare(body) == bare(lead):
        grade: Grade = "safe" if more else "proposed"
        yield ArticleFault(at=at, end=len(body), mend=drops_block(first.id, "lead repeated", CARD.name), grade=grade)
    elif lead.rstrip().endswith(_CUT_MARKS) and _cut_from(lead, body):
        mend = drops_range("lead", 0, len(lead), "lead cut from the text", CARD.name)
        yield ArticleFault(at="lead", end=len(lead), mend=mend, grade="proposed", note="cut from the first paragraph")
    elif body.startswith(lead) and body[len(lead) : len(lead) + 1] in (" ", "\n"):
        mend = drops_range(at, 0, len(lead), "lead repeated", CARD.name)
        yield ArticleFault(at=at, end=len(lead), mend=mend, grade="proposed")
    elif _alike(lead, body) >= _ALIKE:
        mend = drops_block(first.id, "lead repeated", CARD.name)
        yield ArticleFault(at=at, end=len(body), mend=mend, grade="proposed", note="almost the same words")


def _cut_from(lead: str, body: str) -> bool:
    stem = bare(lead)
    return len(stem) >= _SHORTEST and bare(body[: len(lead) + 80]).startswith(stem)


def _alike(lead: str, body: str) -> float:
    """Share of words that both have, of all words that one of them has."""
    if not 0.7 < len(lead) / max(1, len(body)) < 1.4:
        return 0.0
    a, b = set(bare(lead).split()[:_MOST_WORDS]), set(bare(body).split()[:_MOST_WORDS])
    return len(a & b) / max(1, len(a | b)) if len(a) > 5 else 0.0


def may(article: Article) -> bool:
    """`find` itself where the first letters are the same: it asks nothing."""
    lead = article.lead.text
    if len(lead) < _SHORTEST:
        return False
    for block in article.blocks[:3]:
        if type(block) is Paragraph:
            return begins_alike(lead, block.text.text) and any(_look(article))
    return False


RULE = ArticleRule(card=CARD, find=few(find), may=may)
