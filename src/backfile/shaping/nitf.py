"""NITF's own vocabulary on the HTML builder: blocks, media with renditions, quotes, notes, enriched text.

A region of a NITF document is XML, so every name is markup and nothing is raw text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backfile.article import Embed, Image, Note, Paragraph, Text
from backfile.ledger import Drop
from backfile.shaping.boxes import close_figure, close_heading, close_noted, close_quote, is_text, merge
from backfile.shaping.elements import CLOSERS, OPENERS, box, closer, division, marker
from backfile.shaping.html import Body, build
from backfile.shaping.media import one_line, safe_address
from backfile.shaping.tables import number
from backfile.shaping.tokens import Tag, tokenize

if TYPE_CHECKING:
    from backfile.shaping.frames import Frame
    from backfile.shaping.html import Builder, Handler

_ENRICHED = (
    "person org location money num chron event function object.title copyrite virtloc alt-code classifier postaddr"
    " addressee delivery.point delivery.office postcode frac frac-num frac-den frac-sep sub-num region city state"
    " country sublocation lang pronounce name.given name.family"
)
_PARTS = (
    "block nitf body body.head body.content body.end hedline abstract datasource tagline bibliography nitf-table"
    " nitf-table-metadata nitf-table-summary nitf-col nitf-colgroup media-object custom-table"
)


def shape(source: str, leaf: str, shift: int, ids: dict[str, int]) -> Body:
    """A region's inner XML as blocks."""
    return build(source, leaf, tokenize(source, None), shift, ids, _OPENERS, _CLOSERS)


def lead_block(source: str, shift: int, body: Body) -> int:
    """Number of the block that is marked as the story's lead (`<p lede="true">`), -1 if none is: the first one, or
    one with nothing but pictures before it."""
    for place, block in enumerate(body.blocks):
        if type(block) is Paragraph and block.source:
            start = block.source[0].start - shift
            tags = _PARAGRAPH(source, max(0, start - _NEAR), start)
            return place if tags and 'lede="true"' in tags[-1] else -1
        if not isinstance(block, Image | Embed):
            break
    return -1


_NEAR = 4096
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*+)?>").findall


def _reference(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<media-reference>`: a picture, or an embed where the medium is no picture."""
    media = builder.inside("media")
    kind = (media.tag.get("media-type") if media else "").lower() or tag.get("mime-type").partition("/")[0].lower()
    url = tag.get("source").strip() or tag.get("name").strip()
    if url and not safe_address(url):
        builder.fault("unsafe-link", url)
        url = ""
    alt = one_line(tag.get("alternate-text"))
    spans = (builder.span(*tag.span("alternate-text", start), "alt") if alt else builder.span(start, end, "src"),)
    if kind in ("video", "audio"):
        if alt:
            builder.drop(*tag.span("alternate-text", start), "attribute", alt)
        if url:
            builder.put(
                Embed(
                    url=url,
                    kind="video" if kind == "video" else "audio",
                    id=builder.new_id(url),
                    source=(builder.span(start, end, "src"),),
                )
            )
    elif url or alt:
        image = Image(src=url, alt=Text(alt), width=number(tag.get("width"), 0), height=number(tag.get("height"), 0),
                      id=builder.new_id(url or alt), source=spans)  # fmt: skip
        builder.put(image)


def _close_media(builder: Builder, frame: Frame) -> None:
    """One picture in several sizes is one picture: the widest; the others are left out by name."""
    images = [block for block in frame.blocks if isinstance(block, Image)]
    best = max(images, key=lambda image: image.width, default=None)
    for image in images:
        if image is not best:
            drop = Drop(by="nitf", text=image.alt.text, reason="other-rendition", span=image.source[0])
            builder.account.append(drop)
    frame.blocks[:] = [block for block in frame.blocks if not isinstance(block, Image) or block is best]
    close_figure(builder, frame)


def _close_note(builder: Builder, frame: Frame) -> None:
    texts = [block for block in frame.blocks if is_text(block)]
    if texts:
        text, spans = merge(texts, "")
        builder.blocks.append(Note(text=text, kind=frame.tag.get("type"), id=texts[0].id, source=spans))
    builder.blocks += [block for block in frame.blocks if not is_text(block)]


def _credit(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<credit>` of a block quote."""
    builder.push("footer" if builder.open.get("blockquote") else "credit", tag, start, close_noted)


def _close_credit(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.end_paragraph()
    builder.close("footer" if builder.open.get("footer") else "credit")


_OPENERS: dict[str, Handler] = {
    **OPENERS,
    **dict.fromkeys(_ENRICHED.split(), marker("")),
    **dict.fromkeys(_PARTS.split(), division),
    **dict.fromkeys(("hl1", "hl2"), box(close_heading)),
    "script": marker(""),
    "style": marker(""),
    "title": marker(""),
    "head": division,
    "object": marker(""),
    "media": box(_close_media),
    "media-reference": _reference,
    "media-caption": box(close_noted),
    "media-producer": box(close_noted),
    "media-metadata": lambda builder, tag, start, end: None,
    "note": box(_close_note),
    "fn": box(_close_note),
    "bq": box(close_quote, "blockquote"),
    "credit": _credit,
}
_CLOSERS: dict[str, Handler] = {
    **{name: handler for name, handler in CLOSERS.items() if name not in ("script", "style")},
    **dict.fromkeys(_PARTS.split(), CLOSERS["div"]),
    **{name: closer(name) for name in ("hl1", "hl2", "media", "media-caption", "media-producer", "note", "fn")},
    "media-reference": lambda builder, tag, start, end: None,
    "media-metadata": lambda builder, tag, start, end: None,
    "bq": closer("blockquote"),
    "credit": _close_credit,
}
