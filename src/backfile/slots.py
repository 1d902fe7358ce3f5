"""Blocks seen as slots that hold a text: finding one, and putting another in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from backfile.article import BLOCK_SLOTS, Block, FactBox, Gallery, List, Table, Text, block_texts, nested, walk
from backfile.ledger import LedgerError

ONE_TEXT: dict[str, type] = {
    kind.__struct_config__.tag: kind  # type: ignore[attr-defined]
    for kind, slots in BLOCK_SLOTS.items()
    if slots[:1] == ("text",)
}
"""Block types that `Retype` may choose among: those whose first text is `text`."""


def type_name(block: Block) -> str:
    """`paragraph`, `crosshead`, ...: the tag under which the block is stored."""
    return str(type(block).__struct_config__.tag)


def slot_text(block: Block, slot: str) -> Text:
    """The text of a slot. Raises `LedgerError` where there is none."""
    slots = BLOCK_SLOTS[type(block)]
    if slot in slots:
        return getattr(block, slot)  # type: ignore[no-any-return]
    head, _, rest = slot.partition(".")
    try:
        if isinstance(block, List) and head == "items":
            return block.items[int(rest)].text
        if isinstance(block, Table) and head == "rows":
            row, _, column = rest.partition(".")
            return block.rows[int(row)][int(column)].text
    except (ValueError, IndexError) as problem:
        raise LedgerError(f"no text {slot!r} in block {block.id!r}") from problem
    raise LedgerError(f"no text {slot!r} in block {block.id!r}")


def with_slot(block: Block, slot: str, text: Text) -> Block:
    """The block with another text in a slot that it has."""
    if slot in BLOCK_SLOTS[type(block)]:
        return msgspec.structs.replace(block, **{slot: text})
    head, _, rest = slot.partition(".")
    if isinstance(block, List) and head == "items":
        number = int(rest)
        item = msgspec.structs.replace(block.items[number], text=text)
        return msgspec.structs.replace(block, items=(*block.items[:number], item, *block.items[number + 1 :]))
    if isinstance(block, Table) and head == "rows":
        r, c = (int(part) for part in rest.split("."))
        row = block.rows[r]
        cell = msgspec.structs.replace(row[c], text=text)
        row = (*row[:c], cell, *row[c + 1 :])
        return msgspec.structs.replace(block, rows=(*block.rows[:r], row, *block.rows[r + 1 :]))
    raise LedgerError(f"no text {slot!r} in block {block.id!r}")


def put_block(blocks: tuple[Any, ...], block_id: str, new: tuple[Block, ...]) -> tuple[Any, ...]:
    """`blocks` with the block of that id, wherever it is nested, replaced by `new`."""
    out: list[Any] = []
    for block in blocks:
        kind = type(block)
        if block.id == block_id:
            out.extend(new)
        elif kind is Gallery or kind is FactBox:
            inner = put_block(nested(block), block_id, new)
            name = "images" if kind is Gallery else "blocks"
            out.append(block if inner == nested(block) else msgspec.structs.replace(block, **{name: inner}))
        else:
            out.append(block)
    return tuple(out)


def texts_below(block: Block) -> Iterable[Text]:
    """All texts of a block and of the blocks inside it."""
    for inner in walk((block,)):
        yield from (text for _, text in block_texts(inner))


def put_slots(blocks: tuple[Any, ...], texts: Mapping[str, list[tuple[str, Text]]]) -> tuple[Any, ...]:
    """The blocks with other texts, by block id: (slot, text)."""
    out = list(blocks)
    for number, block in enumerate(blocks):
        for slot, text in texts.get(block.id, ()):
            out[number] = with_slot(out[number], slot, text)
        kind = type(block)
        if kind is Gallery or kind is FactBox:
            name = "images" if kind is Gallery else "blocks"
            out[number] = msgspec.structs.replace(out[number], **{name: put_slots(nested(block), texts)})
    return tuple(out)
