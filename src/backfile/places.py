"""All texts of an article with their places, gathered quickly: what rules look at and the profile learns from."""

from __future__ import annotations

import msgspec

from backfile.article import (
    BLOCK_SLOTS,
    TEXT_FIELDS,
    Article,
    Block,
    Crosshead,
    Paragraph,
    Text,
    block_texts,
    nested,
    walk,
)

STRING_FIELDS = ("bylines", "dateline", "section", "topics")
"""Fields that readers see and that are plain strings; changed by `SetField`, not by edits."""


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a text stands: `kind` is the block's type or the field's name."""

    at: str
    kind: str


def gather(article: Article) -> tuple[list[Text], list[tuple[Block | None, str]]]:
    """The texts that are not empty, in reading order, and for each its block (None: a field) and slot.

    The same texts in the same order as `article_texts`; written for speed, as every article comes by.
    """
    texts: list[Text] = []
    owners: list[tuple[Block | None, str]] = []
    for name in TEXT_FIELDS:
        text: Text = getattr(article, name)
        if text.text:
            texts.append(text)
            owners.append((None, name))
    for block in article.blocks:
        kind = type(block)
        if kind is Paragraph or kind is Crosshead:
            texts.append(block.text)  # type: ignore[union-attr]
            owners.append((block, "text"))
        else:
            _gather_rest(block, texts, owners)
    return texts, owners


def _gather_rest(block: Block, texts: list[Text], owners: list[tuple[Block | None, str]]) -> None:
    for inner in walk((block,)) if nested(block) else (block,):
        for slot, text in block_texts(inner):
            texts.append(text)
            owners.append((inner, slot))


def gather_strings(article: Article) -> list[tuple[str, int, str]]:
    """(field, number, value) of the plain strings that readers see; number is -1 where the field has one only."""
    found = []
    for field in STRING_FIELDS:
        value = getattr(article, field)
        if isinstance(value, str):
            if value:
                found.append((field, -1, value))
        else:
            found.extend((field, number, part) for number, part in enumerate(value) if part)
    return found


_KINDS: dict[type, str] = {kind: str(kind.__struct_config__.tag) for kind in BLOCK_SLOTS}  # type: ignore[attr-defined]


def kind_of(owner: tuple[Block | None, str]) -> str:
    """The block's type, or the field's name."""
    block, slot = owner
    return slot if block is None else _KINDS[type(block)]


def place(owner: tuple[Block | None, str]) -> Place:
    """The ledger's name for an owner that `gather` gave."""
    block, slot = owner
    if block is None:
        return Place(slot, slot)
    return Place(f"{block.id}:{slot}", _KINDS[type(block)])
