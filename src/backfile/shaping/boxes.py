"""What closed boxes become: captions find their picture, quotes their speaker, fact boxes their title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from backfile.article import (
    NO_TEXT,
    Block,
    Crosshead,
    Embed,
    FactBox,
    Gallery,
    Image,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Table,
    Text,
    Unsupported,
)
from backfile.draft import concat
from backfile.shaping.frames import Frame
from backfile.shaping.tokens import Tag

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

_CAPTION = re.compile(
    r"caption|legend|bildunterschrift|bildtext|bildlegende|didascalia|(?<![a-z])bu(?![a-z])", re.IGNORECASE
).search
_CREDIT = re.compile(
    r"credit|copyright|photographer|fotograf|bildnachweis|bildquelle|(?<![a-z])autor-?foto", re.I
).search
_PULL = re.compile(r"pull-?_?quote|pullquote|aufmacherzitat|blickfang", re.IGNORECASE).search
_BOX = re.compile(r"fact-?_?box|fakten-?_?box|info-?_?box|info-?_?kasten|sidebar-?box|encadre|riquadro", re.I).search
_SOCIAL = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video)|bluesky-embed|mastodon-embed", re.I
).search
MAX_CAPTION = 300


def role(tag: Tag) -> str:
    """What an element's class says its text is: `caption`, `credit`, `pull`, `box`, `social`, or nothing."""
    if tag.raw and "class" not in tag.raw and "CLASS" not in tag.raw:
        return ""
    name = tag.get("class")
    if not name:
        return ""
    if _SOCIAL(name):
        return "social"
    if _CREDIT(name):
        return "caption" if any(_CAPTION(one) and not _CREDIT(one) for one in name.split()) else "credit"
    if _CAPTION(name):
        return "caption"
    if _PULL(name):
        return "pull"
    return "box" if _BOX(name) else ""


def is_text(block: Block) -> bool:
    """A block that is one text and nothing else."""
    kind = type(block)
    return kind is Paragraph or kind is Crosshead or kind is Preformatted or (kind is Unsupported)


def merge(blocks: list[Block], slot: str) -> tuple[Text, tuple[Span, ...]]:
    """The texts of text blocks as one, a line each in source order, and their ranges for a slot."""
    text = NO_TEXT
    spans: list[Span] = []
    for block in sorted(blocks, key=_start) if len(blocks) > 1 else blocks:
        own: Text = block.text  # type: ignore[union-attr]
        text = concat(text, "\n", own) if text.text else own
        spans += [Span(span.leaf, span.start, span.end, slot) for span in block.source]
    return text, tuple(spans)


def _start(block: Block) -> int:
    return block.source[0].start if block.source else 0


def with_slot(block: Block, slot: str, blocks: list[Block]) -> Block:
    """The block with its own spans named and a further text put in."""
    text, spans = merge(blocks, slot)
    return msgspec.structs.replace(block, source=(*block.source, *spans), **{slot: text})


def place(builder: Builder, start: int, slot: str, blocks: list[Block], limit: int = MAX_CAPTION) -> bool:
    """Give text to the picture before it; False if there is none, it has one, or the text is too long for one."""
    shelf = builder.aside or builder.blocks
    if not shelf or not blocks or not all(map(is_text, blocks)):
        return False
    before = shelf[-1]
    if not isinstance(before, Image | Gallery | Embed) or not hasattr(before, slot) or getattr(before, slot).text:
        return False
    if len(merge(blocks, slot)[0].text) > limit:
        return False
    shelf[-1] = with_slot(before, slot, blocks)
    return True


def role_of_paragraph(builder: Builder, tag: Tag) -> None:
    """A paragraph whose class says that it is a caption goes to the picture before it."""
    found = role(tag)
    if found in ("caption", "credit"):
        last = builder.blocks.pop()
        held, builder.aside = builder.aside, []
        if not place(builder, 0, found, [last], 1000):
            builder.blocks.append(last)
        builder.aside = held
    elif found == "pull" and type(builder.blocks[-1]) is Paragraph:
        last = builder.blocks[-1]
        builder.blocks[-1] = Quote(text=last.text, id=last.id, source=last.source, pull=True)


# -- boxes by what they are -----------------------------------------------------------------------


def close_noted(builder: Builder, frame: Frame) -> None:
    """`<figcaption>`, `<summary>`, `<cite>` in a quote: beside the blocks of the box that they belong to."""
    slot, owners = _NOTES[frame.name if frame.name in _NOTES else "credit"]
    owner = next((builder.inside(name) for name in owners if builder.open.get(name)), None)
    if owner is not None and _within_another(builder, frame, owner):
        builder.blocks += frame.blocks
    elif owner is None or not all(map(is_text, frame.blocks)):
        if not place(builder, frame.start, slot, frame.blocks):
            builder.blocks += frame.blocks
    else:
        owner.notes.setdefault(slot, []).extend(frame.blocks)


def _within_another(builder: Builder, frame: Frame, owner: Frame) -> bool:
    """Whether the box lies in one that will take its text where it stands: one of its own kind, or one whose own text
    stands on both sides of it."""
    for one in reversed(builder.stack):
        if one is owner:
            return False
        if (one.name in _RUNNING or _is_stray(builder, one)) and any(map(is_text, one.blocks)):
            return True
        if one.close is frame.close and (one.name == frame.name or frame.close is close_credit):
            return True
    return False


def _is_stray(builder: Builder, frame: Frame) -> bool:
    """A `<figcaption>` outside of figures, and the like."""
    return frame.close is close_noted and not any(map(builder.open.get, _NOTES.get(frame.name, ("", ()))[1]))


_RUNNING = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "list", "li", "table", "tr", "td", "pre"])
"""Boxes that become running text, or lie amid it."""
_NOTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "figcaption": ("caption", ("figure",)),
    "media-caption": ("caption", ("media",)),
    "media-producer": ("credit", ("media",)),
    "caption": ("caption", ("table", "nitf-table")),
    "summary": ("title", ("details",)),
    "credit": ("credit", ("figure", "captioned", "media")),
    "cite": ("attribution", ("blockquote",)),
    "footer": ("attribution", ("blockquote",)),
    "credit-line": ("attribution", ("blockquote",)),
}


def close_captioned(builder: Builder, frame: Frame) -> None:
    """A box whose class says caption: with a picture in it a figure, else the caption of the picture before it."""
    if any(isinstance(block, Image | Gallery | Embed) for block in frame.blocks):
        texts = [block for block in frame.blocks if is_text(block)]
        frame.blocks[:] = [block for block in frame.blocks if not is_text(block)]
        frame.notes.setdefault("caption", []).extend(texts)
        close_figure(builder, frame)
    elif frame.notes.get("credit"):
        builder.blocks += _pictured(builder, frame)
    elif not place(builder, frame.start, "caption", frame.blocks, 1000):
        builder.blocks += frame.blocks


def _pictured(builder: Builder, frame: Frame) -> list[Block]:
    """The caption and credit of a picture that stands before the box."""
    rest: list[Block] = []
    for slot, blocks in (("caption", frame.blocks), ("credit", frame.notes["credit"])):
        if blocks and not place(builder, frame.start, slot, blocks, 1000):
            rest += blocks
    return rest


def close_credit(builder: Builder, frame: Frame) -> None:
    owner = builder.inside("figcaption") or builder.inside("captioned") or builder.inside("figure")
    figure = builder.inside("figure") or builder.inside("captioned")
    if figure is not None and _within_another(builder, frame, figure):
        builder.blocks += frame.blocks
    elif owner is not None and figure is not None and all(map(is_text, frame.blocks)):
        figure.notes.setdefault("credit", []).extend(frame.blocks)
    elif not place(builder, frame.start, "credit", frame.blocks):
        builder.blocks += frame.blocks


def close_figure(builder: Builder, frame: Frame) -> None:
    """A picture, a gallery, an embed, a table or a quote with what belongs to it."""
    caption, credit = frame.notes.get("caption", []), frame.notes.get("credit", [])
    images = [block for block in frame.blocks if isinstance(block, Image)]
    rest: list[Block] = [block for block in frame.blocks if not isinstance(block, Image)]
    if len(images) == 1:
        image: Block = images[0]
        left = []
        for slot, blocks in (("caption", caption), ("credit", credit)):
            if blocks and not getattr(image, slot).text:
                image = with_slot(image, slot, blocks)
            else:
                left += blocks
        builder.blocks += [image, *left, *rest]
    elif images:
        builder.blocks.append(gallery(builder, images, caption + credit))
        builder.blocks += rest
    elif rest and caption and isinstance(rest[0], Embed | Table | Gallery) and not rest[0].caption.text:
        builder.blocks += [with_slot(rest[0], "caption", caption + credit), *rest[1:]]
    elif rest and caption and isinstance(rest[0], Quote) and not rest[0].attribution.text:
        builder.blocks += [with_slot(_text_slot(rest[0]), "attribution", caption + credit), *rest[1:]]
    else:
        builder.blocks += _in_order([*rest, *caption, *credit])


def _in_order(blocks: list[Block]) -> list[Block]:
    """Blocks as the source has them, where all say so."""
    return sorted(blocks, key=_first_start) if all(block.source for block in blocks) else blocks


def _first_start(block: Block) -> int:
    return block.source[0].start


def _text_slot(block: Block) -> Block:
    """A block of one text, its spans named before a second text comes."""
    named = tuple(span if span.slot else Span(span.leaf, span.start, span.end, "text") for span in block.source)
    return msgspec.structs.replace(block, source=named)


def gallery(builder: Builder, images: list[Image], caption: list[Block]) -> Block:
    made: Block = Gallery(images=tuple(images), id=builder.new_id("gallery " + images[0].src))
    return with_slot(made, "caption", caption) if caption else made


def close_quote(builder: Builder, frame: Frame) -> None:
    """A quotation; what is no text in it stands between its parts."""
    attribution = frame.notes.get("attribution", [])
    pull = role(frame.tag) == "pull"
    made: list[Block] = []
    run: list[Block] = []
    for block in [*frame.blocks, None]:
        if block is not None and is_text(block):
            run.append(block)
            continue
        if run:
            text, spans = merge(run, "text" if attribution else "")
            made.append(Quote(text=text, id=run[0].id, source=spans, pull=pull))
            run = []
        if block is not None:
            made.append(block)
    last = next((n for n in range(len(made) - 1, -1, -1) if _is_unattributed(made[n])), -1)
    if attribution and last >= 0:
        made[last] = with_slot(_text_slot(made[last]), "attribution", attribution)
    elif attribution:
        made += attribution
    builder.blocks += made


def _is_unattributed(block: Block) -> bool:
    return isinstance(block, Quote) and not block.attribution.text


def close_social(builder: Builder, frame: Frame) -> None:
    """A post of a social network: a card with its text and address, taken from its last link if nothing names it."""
    texts = [block for block in frame.blocks if is_text(block)] + frame.notes.get("attribution", [])
    text, spans = merge(texts, "text")
    links = [mark.href for mark in text.marks if mark.kind == "link" and mark.href.startswith("http")]
    url = frame.tag.get("data-instgrm-permalink") or frame.tag.get("cite") or frame.tag.get("data-href")
    url = url or (links[-1] if links else "")
    if not text.text and not url:
        builder.blocks += frame.blocks
        return
    builder.blocks.append(Embed(url=url, kind="social", text=text, id=builder.new_id(text.text or url), source=spans))
    builder.blocks += [block for block in frame.blocks if not is_text(block)]


def close_box(builder: Builder, frame: Frame) -> None:
    """A fact box; one inside another is opened up, so that boxes never lie deep."""
    if role(frame.tag) == "pull":
        close_quote(builder, frame)
        return
    blocks = frame.blocks
    title = frame.notes.get("title", [])
    if not title and blocks and type(blocks[0]) is Crosshead:
        title, blocks = blocks[:1], blocks[1:]
    if not blocks:
        builder.blocks += title
        return
    flat: list[Block] = []
    for block in blocks:
        if isinstance(block, FactBox):
            if block.title.text:
                flat.append(Crosshead(text=block.title, id=builder.new_id(block.title.text), level=3,
                                      source=tuple(Span(s.leaf, s.start, s.end) for s in block.source)))  # fmt: skip
            flat += block.blocks
        else:
            flat.append(block)
    made: Block = FactBox(blocks=tuple(flat), id=builder.new_id("box " + flat[0].id))
    builder.blocks.append(with_slot(made, "title", title) if title else made)


def close_heading(builder: Builder, frame: Frame) -> None:
    """`<h1>` to `<h6>`: a crosshead; pictures in it stand before it."""
    texts = [block for block in frame.blocks if is_text(block)]
    builder.blocks += [block for block in frame.blocks if not is_text(block)]
    if texts:
        text, spans = merge(texts, "")
        level = max(2, int(frame.name[1])) if frame.name[1:].isdigit() else 2
        builder.blocks.append(Crosshead(text=text, level=level, id=texts[0].id, source=spans))


def close_unsupported(builder: Builder, frame: Frame) -> None:
    """An element without a type: its text under its name; blocks inside it stay what they are."""
    if len(frame.blocks) == 1 and is_text(frame.blocks[0]):
        text, spans = merge(frame.blocks, "")
        builder.blocks.append(Unsupported(text=text, name=frame.name, id=frame.blocks[0].id, source=spans))
    else:
        builder.blocks += frame.blocks


def close_pre(builder: Builder, frame: Frame) -> None:
    builder.pre -= 1
    builder.blocks += frame.blocks
