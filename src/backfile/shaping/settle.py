"""The last look at the blocks together: bold lines that are crossheads, interviews, heading levels, ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from backfile.article import (
    Answer,
    Block,
    Crosshead,
    Gallery,
    List,
    Note,
    Paragraph,
    Question,
    Quote,
    Table,
    Text,
    Unsupported,
    block_texts,
    nested,
    walk,
)
from backfile.draft import cut
from backfile.ledger import Move
from backfile.shaping.inline import Run
from backfile.shaping.notices import is_import_notice

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

_BESIDE = frozenset({"caption", "credit", "alt", "attribution", "title", "src"})
"""Texts beside the flow: they may stand elsewhere."""
MAX_CROSSHEAD = 90
MAX_QUESTION = 400
_STOP = re.compile(r"[.,;:…][»”\"’)\]]*$").search
_LABEL = re.compile(r"(?:von|par|di|by|foto|photo|bild|quelle|source|fonte)\b[ :]", re.IGNORECASE).match


def settle(blocks: list[Block], builder: Builder) -> list[Block]:
    """The blocks of one leaf in their final types, each with an id."""
    return [block if type(block) is Paragraph else finished(block, builder) for block in typed(blocks)]


def typed(blocks: list[Block]) -> list[Block]:
    """The blocks of one leaf in their final types."""
    bold = notice = ranks = False
    for block in blocks:
        kind = type(block)
        if kind is Paragraph:
            text: Text = block.text  # type: ignore[union-attr]
            bold = bold or bool(text.marks and wholly_bold(text))
            notice = notice or "utomat" in text.text
        elif kind is Crosshead:
            ranks = ranks or block.level != 2  # type: ignore[union-attr]
    if bold:
        blocks = _interview(blocks)
        blocks = [_retyped(blocks, number) for number in range(len(blocks))]
    if ranks:
        blocks = _ranked(blocks)
    return [_notice(block) for block in blocks] if notice else blocks


def _ranked(blocks: list[Block]) -> list[Block]:
    """Heading levels without gaps, from 2 down."""
    levels = sorted({block.level for block in blocks if type(block) is Crosshead})
    if not levels or levels == list(range(2, 2 + len(levels))):
        return blocks
    rank = {level: 2 + number for number, level in enumerate(levels)}
    return [
        msgspec.structs.replace(block, level=rank[block.level]) if type(block) is Crosshead else block
        for block in blocks
    ]


def _notice(block: Block) -> Block:
    if type(block) is Paragraph and is_import_notice(block.text.text):
        return Note(text=block.text, kind="import-notice", id=block.id, source=block.source)
    return block


def finished(block: Block, builder: Builder) -> Block:
    """The block with an id, and counted as a fault if it has no type."""
    if not block.id:
        texts = " ".join(text.text for _, text in block_texts(block))
        block = msgspec.structs.replace(block, id=builder.new_id(texts))
    if type(block) is Unsupported:
        builder.fault("unsupported-block", block.text.text, f"{block.id}:text", block.name)
    inner = nested(block)
    if inner and (any(not one.id for one in inner) or any(type(one) is Unsupported for one in inner)):
        name = "images" if isinstance(block, Gallery) else "blocks"
        block = msgspec.structs.replace(block, **{name: tuple(finished(one, builder) for one in inner)})
    return block


def moved(blocks: tuple[Block, ...], leaf: str) -> list[Move]:
    """A record of each text that stands behind one that followed it in the source, as broken tables make them."""
    last, found = -1, []
    for block in walk(blocks):
        for span in block.source:
            if span.slot in _BESIDE or span.leaf != leaf:
                continue
            if span.start < last:
                text = next((text.text for slot, text in block_texts(block) if slot == (span.slot or slot)), "")
                found.append(Move(by="html", text=text, to=f"{block.id}:{span.slot or 'text'}", span=span))
            last = max(last, span.start)
    return found


def wholly_bold(text: Text) -> bool:
    """Whether one mark makes the whole text bold."""
    end = len(text.text)
    return any(mark.kind == "strong" and mark.start == 0 and mark.end == end for mark in text.marks)


def unbold(text: Text) -> Text:
    """The text without bold: a crosshead is bold by itself."""
    return Text(text.text, tuple(mark for mark in text.marks if mark.kind != "strong"))


def is_heading(text: str) -> bool:
    """Whether a bold line reads as a crosshead: short, one line, no final stop, no byline or label."""
    return len(text) <= MAX_CROSSHEAD and "\n" not in text and not _STOP(text) and not _LABEL(text)


def _retyped(blocks: list[Block], number: int) -> Block:
    """A bold line on its own before running text is a crosshead."""
    block = blocks[number]
    if type(block) is not Paragraph or not block.text.marks or not wholly_bold(block.text):
        return block
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    runs_on = isinstance(following, List | Table | Quote) or (
        type(following) is Paragraph and not wholly_bold(following.text)
    )
    if not runs_on or not is_heading(block.text.text):
        return block
    return Crosshead(text=unbold(block.text), id=block.id, source=block.source)


def _interview(blocks: list[Block]) -> list[Block]:
    """Bold questions with answers in roman, at least twice: an interview."""
    asked = [number for number in range(len(blocks) - 1) if _asks(blocks[number]) and _answers(blocks[number + 1])]
    if len(asked) < 2:
        return blocks
    made = list(blocks)
    for number in asked:
        question = blocks[number]
        made[number] = Question(text=unbold(question.text), id=question.id, source=question.source)  # type: ignore[union-attr]
        following = number + 1
        while following < len(blocks) and _answers(blocks[following]):
            answer = blocks[following]
            made[following] = Answer(text=answer.text, id=answer.id, source=answer.source)  # type: ignore[union-attr]
            following += 1
    return made


def _asks(block: Block) -> bool:
    if type(block) is not Paragraph or not block.text.marks:
        return False
    text = block.text.text
    return text.rstrip('»”"’) \xa0').endswith("?") and len(text) <= MAX_QUESTION and wholly_bold(block.text)


def _answers(block: Block) -> bool:
    return type(block) is Paragraph and not wholly_bold(block.text)


def bold_head(builder: Builder, run: Run) -> list[Block]:
    """A paragraph whose first line is bold and reads as a crosshead, in two; nothing if it is not so."""
    place, before, after = run.breaks[0]
    text = run.text
    head = cut(text, 0, place)
    if not wholly_bold(head) or not is_heading(head.text) or any(m.start < place < m.end for m in text.marks):
        return []
    rest = cut(text, place + 1, len(text.text))
    if len(rest.text) < 1.5 * len(head.text):
        return []
    first, second = (builder.span(run.start, before),), (builder.span(after, run.end),)
    return [
        Crosshead(text=unbold(head), id=builder.new_id(head.text), source=first),
        Paragraph(text=rest, id=builder.new_id(rest.text), source=second),
    ]
