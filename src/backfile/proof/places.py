"""The article's side of the account: every place with its text and the source ranges that it names.

Kinds of claims: `flow` (lead and blocks, whose order is the source's order), `aside` (captions, credits,
attributions: text beside the flow), `alt`, `field` (headline, bylines, section, ...: text that stands by
itself), `value` (dates, language, addresses: a value, not a text), `drop` and `move` (the account's entries).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from backfile.article import (
    Article,
    Block,
    Crosshead,
    Paragraph,
    Span,
    Text,
    block_texts,
    nested,
)
from backfile.ledger import Drop, Generate, Move, Op

ClaimKind = Literal["flow", "aside", "alt", "field", "value", "drop", "move"]


class Claim:
    """One text with the ranges of one leaf that it came from. `more` are further ranges of the same text."""

    __slots__ = ("at", "end", "kind", "leaf", "more", "op", "slot", "start", "text")

    def __init__(
        self, leaf: str, start: int, end: int, text: str, kind: ClaimKind, at: str, slot: str = "", op: Any = None
    ) -> None:
        self.leaf, self.start, self.end, self.text = leaf, start, end, text
        self.kind, self.at, self.slot, self.op = kind, at, slot, op
        self.more: list[tuple[int, int]] = []

    def ranges(self) -> list[tuple[int, int]]:
        return [(self.start, self.end), *self.more]

    def place(self) -> str:
        return f"{self.at}:{self.slot}" if self.slot else self.at


class Claims:
    """All claims of an article and its account: by leaf, in the article's reading order."""

    __slots__ = ("by_leaf", "generated", "moves", "rootless", "uneven")

    def __init__(self) -> None:
        self.by_leaf: dict[str, list[Claim]] = {}
        self.rootless: list[tuple[str, str]] = []
        """(place, text) that names no range."""
        self.uneven: list[tuple[str, tuple[str, ...], tuple[Span, ...]]] = []
        """Fields of several words that have not as many ranges."""
        self.moves: list[Move] = []
        self.generated: list[Generate] = []

    def add(self, spans: Iterable[Span], text: str, kind: ClaimKind, at: str, slot: str = "") -> None:
        """A text with its ranges; ranges on a further leaf make a further claim, with the text on the first."""
        first: Claim | None = None
        for span in spans:
            if first is not None and first.leaf == span.leaf:
                first.more.append((span.start, span.end))
                continue
            claim = Claim(span.leaf, span.start, span.end, text if first is None else "", kind, at, slot)
            self.put(claim)
            first = first or claim
        if first is None and text.strip():
            self.rootless.append((f"{at}:{slot}" if slot else at, text))

    def put(self, claim: Claim) -> None:
        """Add one claim to its leaf's."""
        found = self.by_leaf.get(claim.leaf)
        if found is None:
            self.by_leaf[claim.leaf] = [claim]
        else:
            found.append(claim)

    def entry(self, op: Drop | Move) -> None:
        assert op.span is not None
        kind: ClaimKind = "drop" if type(op) is Drop else "move"
        self.put(Claim(op.span.leaf, op.span.start, op.span.end, op.text, kind, f"{kind} by {op.by}", "", op))


def claims(article: Article, account: Iterable[Op]) -> Claims:
    """Everything that an article and its account say about the source."""
    found = Claims()
    for op in account:
        if type(op) is Drop:
            if op.span is not None:
                found.entry(op)
        elif type(op) is Move:
            if op.span is not None:
                found.moves.append(op)
        elif type(op) is Generate and op.span is not None:
            found.generated.append(op)
    _fields(article, found)
    claim_blocks(article.blocks, found)
    for number, comment in enumerate(article.comments):
        _comment(comment, number, found)
    for number, extra in enumerate(article.extra):
        found.add(extra.source, extra.value, "field", f"extra.{number}")
    return found


# -- fields ---------------------------------------------------------------------------------------


TEXTS: dict[str, Callable[[Article], tuple[str, ...]]] = {
    "headline": lambda article: (article.headline.text,),
    "kicker": lambda article: (article.kicker.text,),
    "lead": lambda article: (article.lead.text,),
    "bylines": lambda article: article.bylines,
    "dateline": lambda article: (article.dateline,),
    "section": lambda article: (article.section,),
    "topics": lambda article: article.topics,
    "agency": lambda article: (article.rights.agency,),
    "licence": lambda article: (article.rights.licence,),
    "copyright": lambda article: (article.rights.copyright,),
}
"""Fields that hold words, and how to read them."""


MUST_HAVE_SOURCE = ("headline", "kicker", "lead", "bylines", "dateline", "section", "topics", "agency")
VALUES = frozenset(
    {
        "published", "modified", "embargo", "rights.embargo", "rights", "language", "legacy_urls", "url",
        "withheld", "status",
    }
)  # fmt: skip


def _fields(article: Article, found: Claims) -> None:
    for name, spans in article.origin.items():
        texts = TEXTS.get(name.removeprefix("rights."))
        if texts is None:
            for span in spans:
                found.put(Claim(span.leaf, span.start, span.end, "", "value", name))
            continue
        values = texts(article)
        if len(values) == len(spans) == 1:
            span = spans[0]
            kind: ClaimKind = "flow" if name == "lead" else "field"
            found.put(Claim(span.leaf, span.start, span.end, values[0], kind, name))
        elif len(values) == len(spans) and len(values) > 1:
            for number, (span, value) in enumerate(zip(spans, values, strict=True)):
                found.add((span,), value, "field", name, str(number))
        elif len(values) > 1:
            found.uneven.append((name, values, spans))
        else:
            found.add(spans, "".join(values), "flow" if name == "lead" else "field", name)
    for name in MUST_HAVE_SOURCE:
        if name not in article.origin:
            for value in TEXTS[name](article):
                if value.strip():
                    found.rootless.append((name, value))


def value_of(article: Article, name: str) -> Any:
    """The value that a `value` claim speaks of."""
    if name in ("embargo", "rights.embargo"):
        return article.rights.embargo
    if name in ("url", "legacy_urls"):
        return article.legacy_urls
    if name == "status":
        return article.withheld
    return getattr(article, name, None)


def _comment(comment: Any, number: int, found: Claims) -> None:
    at = f"comments.{number}"
    text = [span for span in comment.source if span.slot in ("", "text")]
    found.add(text, comment.text.text, "field", at, "text")
    author = [span for span in comment.source if span.slot == "author"]
    if author:
        found.add(author, comment.author, "field", at, "author")
    for span in comment.source:
        if span.slot not in ("", "text", "author"):
            found.add((span,), "", "value", at, span.slot)


# -- blocks ---------------------------------------------------------------------------------------


def claim_blocks(blocks: tuple[Block, ...], found: Claims) -> None:
    """Add what the blocks say."""
    by_leaf = found.by_leaf
    for block in blocks:
        kind = type(block)
        if kind is Paragraph or kind is Crosshead:
            source = block.source
            if len(source) == 1:
                span = source[0]
                claim = Claim(span.leaf, span.start, span.end, block.text.text, "flow", block.id)  # type: ignore[union-attr]
                claims = by_leaf.get(span.leaf)
                if claims is None:
                    by_leaf[span.leaf] = [claim]
                else:
                    claims.append(claim)
            else:
                found.add(source, block.text.text, "flow", block.id)  # type: ignore[union-attr]
        else:
            _slots(block, found)
            claim_blocks(nested(block), found)


_KINDS: dict[str, ClaimKind] = {
    "alt": "alt", "caption": "aside", "credit": "aside", "attribution": "aside", "title": "aside",
}  # fmt: skip


def _slots(block: Block, found: Claims) -> None:
    """A block of several texts: each with the spans of its slot; a span without slot is the first text's."""
    spans: dict[str, list[Span]] = {}
    for span in block.source:
        spans.setdefault(span.slot, []).append(span)
    texts: list[tuple[str, Text]] = list(block_texts(block))
    bare = spans.pop("", None)
    if bare and not spans and len(texts) > 1:
        found.add(bare, "\n".join(text.text for _, text in texts), "flow", block.id)
        return
    for slot, text in texts:
        own = spans.pop(slot, None)
        if own is None and bare is not None and (slot == "text" or len(texts) == 1):
            own, bare = bare, None
        found.add(own or (), text.text, _KINDS.get(slot, "flow"), block.id, slot)
    for slot, left in spans.items():
        found.add(left, "", "aside", block.id, slot)
