"""The article: the one type that every room speaks.

All structs are frozen; a change makes a new one, through `backfile.draft.Draft`, so that it is
recorded. Text is a plain string with marks over ranges of code points, so that a rule works on
plain text and the marks follow its edits. What the old system held and no type fits is kept as
`Unsupported`, never flattened.

Offsets are code points (Python string indices), half open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

SCHEMA = 1
"""Version of the stored form; a reader of another version migrates or refuses."""

MarkKind = Literal[
    "emphasis", "strong", "link", "sub", "sup", "code", "small", "strike", "underline", "mark", "quote", "abbr"
]


class Span(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where text came from: a range of one leaf string of the record.

    `leaf` is a path as `backfile.record` defines it. `slot` says which text of the block the range
    feeds (`"caption"`, `"items.2"`); empty where the block has one text only.
    """

    leaf: str
    start: int
    end: int
    slot: str = ""


class Mark(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Emphasis, a link, ... over `text[start:end]`. `href` and `title` belong to links and abbreviations."""

    start: int
    end: int
    kind: MarkKind
    href: str = ""
    title: str = ""


class Text(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Inline text. A forced line break inside it is a newline character."""

    text: str = ""
    marks: tuple[Mark, ...] = ()


NO_TEXT = Text()


class _Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="type"):
    """What all blocks have: an id that is the same whenever the same source is shaped, and its ranges.

    Frozen and made from the inside out, blocks cannot hold each other in a circle: the collector need not see them.
    """

    id: str = ""
    source: tuple[Span, ...] = ()


class Paragraph(_Block, frozen=True, tag="paragraph"):
    text: Text


class Crosshead(_Block, frozen=True, tag="crosshead"):
    """A heading between paragraphs. `level` 2 is the highest inside an article."""

    text: Text
    level: int = 2


class Quote(_Block, frozen=True, tag="quote"):
    """A block quotation or pull quote. Several paragraphs are separated by newlines."""

    text: Text
    attribution: Text = NO_TEXT
    pull: bool = False


class ListItem(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One item; `level` 0 is the outermost. Nested lists are flattened to levels, in reading order."""

    text: Text
    level: int = 0
    ordered: bool = False


class List(_Block, frozen=True, tag="list"):
    items: tuple[ListItem, ...]
    ordered: bool = False
    first: int = 1


class Cell(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    text: Text
    header: bool = False
    columns: int = 1
    rows: int = 1


class Table(_Block, frozen=True, tag="table"):
    rows: tuple[tuple[Cell, ...], ...]
    caption: Text = NO_TEXT


class Image(_Block, frozen=True, tag="image"):
    """A picture. `src` is the address in the old system; `media` the file in the media folder, if it is there."""

    src: str
    caption: Text = NO_TEXT
    credit: Text = NO_TEXT
    alt: Text = NO_TEXT
    href: str = ""
    width: int = 0
    height: int = 0
    media: str = ""


class Gallery(_Block, frozen=True, tag="gallery"):
    images: tuple[Image, ...]
    caption: Text = NO_TEXT


class Embed(_Block, frozen=True, tag="embed"):
    """Something from elsewhere: shown as a card with a link, never as a frame or script of the source's."""

    url: str
    kind: Literal["frame", "video", "audio", "social", "file", "object"] = "frame"
    text: Text = NO_TEXT
    caption: Text = NO_TEXT


class Question(_Block, frozen=True, tag="question"):
    text: Text


class Answer(_Block, frozen=True, tag="answer"):
    text: Text


class Separator(_Block, frozen=True, tag="separator"):
    pass


class Preformatted(_Block, frozen=True, tag="preformatted"):
    """Text whose line ends and spaces matter: a poem, results, a code listing."""

    text: Text


class Note(_Block, frozen=True, tag="note"):
    """An editor's note, a correction, or the import notice of an earlier migration (`kind="import-notice"`,
    kept but not printed where the page prints its own)."""

    text: Text
    kind: str = ""


class Unsupported(_Block, frozen=True, tag="unsupported"):
    """What no type fits: its text, and `name`, what the source called it. Counted as a fault, shown as text."""

    text: Text
    name: str = ""


class FactBox(_Block, frozen=True, tag="factbox"):
    """A box beside the article; its blocks are blocks like all others, with ids of their own."""

    blocks: tuple[Block, ...]
    title: Text = NO_TEXT


Block = (
    Paragraph
    | Crosshead
    | Quote
    | List
    | Table
    | Image
    | Gallery
    | Embed
    | FactBox
    | Question
    | Answer
    | Separator
    | Preformatted
    | Note
    | Unsupported
)


class Rights(msgspec.Struct, frozen=True, omit_defaults=True):
    agency: str = ""
    licence: str = ""
    copyright: str = ""
    embargo: datetime | None = None


class Comment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reader's comment of the old website, kept with its article."""

    author: str
    text: Text
    published: datetime | None = None
    approved: bool = True
    source: tuple[Span, ...] = ()


class Extra(msgspec.Struct, frozen=True, omit_defaults=True):
    """Text of the record that nobody mapped: kept, not shown, and counted, so that the engineer can map it."""

    name: str
    value: str
    source: tuple[Span, ...] = ()


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article.

    `source` and `key` are its identity. `published` is aware and in the source's zone, or None: an
    undated article is never given the import's date. `withheld` names why the old system did not
    publish it (`draft`, `private`, `password`, `trash`, `future`, `embargo`), empty if it did.
    `origin` gives the ranges that each field came from.
    """

    source: str
    key: str
    headline: Text = NO_TEXT
    kicker: Text = NO_TEXT
    lead: Text = NO_TEXT
    bylines: tuple[str, ...] = ()
    dateline: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    section: str = ""
    topics: tuple[str, ...] = ()
    language: str = ""
    rights: Rights = Rights()
    legacy_urls: tuple[str, ...] = ()
    withheld: str = ""
    blocks: tuple[Block, ...] = ()
    comments: tuple[Comment, ...] = ()
    extra: tuple[Extra, ...] = ()
    origin: dict[str, tuple[Span, ...]] = {}
    schema: int = SCHEMA


TEXT_FIELDS = ("kicker", "headline", "lead")
"""Fields that are `Text`; a place of the ledger by their own name."""

BLOCK_SLOTS: dict[type, tuple[str, ...]] = {
    Paragraph: ("text",),
    Crosshead: ("text",),
    Quote: ("text", "attribution"),
    List: (),
    Table: ("caption",),
    Image: ("caption", "credit", "alt"),
    Gallery: ("caption",),
    Embed: ("text", "caption"),
    FactBox: ("title",),
    Question: ("text",),
    Answer: ("text",),
    Separator: (),
    Preformatted: ("text",),
    Note: ("text",),
    Unsupported: ("text",),
}
"""The texts of each block type, in reading order; list items and table cells are numbered besides."""


def nested(block: Block) -> tuple[Block, ...]:
    """The blocks inside a block: of a fact box or a gallery; empty for all others."""
    if isinstance(block, FactBox):
        return block.blocks
    if isinstance(block, Gallery):
        return block.images
    return ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks in reading order, those inside others after the one that holds them."""
    for block in blocks:
        yield block
        if type(block) is FactBox or type(block) is Gallery:
            yield from walk(nested(block))


def block_texts(block: Block) -> Iterator[tuple[str, Text]]:
    """(slot, text) of one block without the blocks inside it. Empty texts are passed over."""
    kind = type(block)
    if kind is Paragraph:
        yield "text", block.text  # type: ignore[union-attr]
        return
    if isinstance(block, List):
        for number, item in enumerate(block.items):
            yield f"items.{number}", item.text
    elif isinstance(block, Table):
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row):
                yield f"rows.{r}.{c}", cell.text
    for slot in BLOCK_SLOTS[kind]:
        text: Text = getattr(block, slot)
        if text.text:
            yield slot, text


def article_texts(article: Article) -> Iterator[tuple[str, Text]]:
    """(place, text) of everything a rule may look at: kicker, headline, lead, then the blocks' texts.

    A place is a field's name or `"<block id>:<slot>"`; the ledger uses the same.
    """
    for name in TEXT_FIELDS:
        text: Text = getattr(article, name)
        if text.text:
            yield name, text
    for block in walk(article.blocks):
        for slot, text in block_texts(block):
            yield f"{block.id}:{slot}", text


def plain_text(article: Article) -> str:
    """The visible text: lead and blocks, captions included, joined by blank lines; never the headline."""
    parts = [article.lead.text] if article.lead.text else []
    for block in walk(article.blocks):
        parts.extend(text.text for slot, text in block_texts(block) if slot != "alt" and text.text)
    return "\n\n".join(parts)


encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Article)


def to_json(article: Article) -> bytes:
    """The stored form: UTF-8 JSON, the same bytes for the same article."""
    return encoder.encode(article)


def from_json(data: bytes | str) -> Article:
    """Read the stored form. Raises `msgspec.ValidationError` for anything else."""
    return _decoder.decode(data)
