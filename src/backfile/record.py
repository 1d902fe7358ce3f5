"""One item as the old system held it, before anything is made of it.

A record keeps the raw payload unchanged. Its *leaf strings* are the smallest strings it holds; a
leaf's path is the same for whoever reads the payload:

- XML: element names from below the payload's root, joined by `/`; the second sibling of the same
  name is `name[2]`, the third `name[3]`; an attribute is `path@name`; the root's own text is `.`. Names
  keep their prefix (`content:encoded`). A *region* (`SourceSpec.regions`) is one leaf: the element's inner markup as
  it stands, undecoded, because its text and its tags belong together.
- JSON: keys joined by `/`, the second list element is `[2]` (the first has no number).
- CSV: the column's name.
- HTML page: the one leaf `page`; plain text: the one leaf `text`.

XML that is not well-formed is still read, always in the same way, so that nothing in it is lost:

- a character that XML forbids stays in the leaf, raw or written as a reference;
- `&` that begins no numeric reference and no name that HTML knows (with its `;`) is text; those names are decoded;
- `<` that begins no tag, comment, CDATA section or processing instruction is text;
- a CDATA section that begins right after a start tag `<name>` (white space between them allowed) ends at the first
  `]]>` followed by `</name>` (white space allowed), or where there is none, before the first `</name>`; in it,
  `]]]]><![CDATA[>` stands for `]]>`;
- a tag's attributes all have quoted values; what looks like a tag otherwise is text;
- an end tag closes the nearest open element of its name and those inside it; one that closes nothing is text, and so
  is one that would close the root before the end;
- what is still open at the end is closed there.

As XML says, a line end in a leaf is LF, and white space in an attribute is spaces; a region stays as it stands.
Strings stay strings: `00123` is not a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import msgspec

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""A larger record is rejected by its byte range and hash instead of being held in memory."""

Media = Literal["xml", "json", "csv", "html", "text"]


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a record lies: file (relative to the export; `archive.zip!/member` inside one), byte offset and length."""

    file: str
    offset: int = 0
    length: int = 0


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item of an export.

    `source` and `key` are its identity. `format` is the registered name of the source that read it,
    `media` how the payload is to be decoded, `encoding` the codec that decodes it strictly, found by
    trying UTF-8, then the declared one, then detection. `kind` is what the old system called the item
    (`post`, `page`, `attachment`, ...). `context` is what the payload does not say itself and shaping
    needs (site address, display names of authors, captions of attached media), as strings.
    `modified` orders versions of the same key; empty where the record does not tell.
    """

    source: str
    key: str
    format: str
    media: Media
    payload: bytes
    encoding: str = "utf-8"
    origin: Origin
    kind: str = ""
    modified: str = ""
    context: Mapping[str, str] = {}


class Reject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What could not be read at all: its bytes (cut at the limit), where they lie, why, and what to try."""

    origin: Origin
    reason: str
    hint: str = ""
    payload: bytes = b""
    sha256: str = ""
    key: str = ""
    source: str = ""


class Excluded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An item that is no article, left out by a named rule (`attachment`, `menu item`, ...)."""

    origin: Origin
    rule: str
    key: str = ""
    source: str = ""
    payload: bytes = b""


Item = Record | Reject | Excluded

Role = Literal[
    "headline", "kicker", "lead", "byline", "dateline", "published", "modified", "section", "topic",
    "language", "agency", "licence", "copyright", "embargo", "url", "status", "body", "image", "caption",
    "credit", "comment", "extra",
]  # fmt: skip

Markup = Literal["text", "plain", "html", "page", "nitf"]
"""How a field's value is written: `text` is one line without markup, `plain` a text file with paragraphs."""


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """One mapped field: `value` is exactly `leaf[start:start + len(value)]`, undecoded as the leaf holds it.

    `attrs` carries what belongs to the value and is no text (`{"author": ..., "date": ...}` of a
    comment, `{"src": ...}` of an image).
    """

    role: Role
    value: str
    leaf: str
    start: int = 0
    markup: Markup = "text"
    dialect: str = ""
    attrs: Mapping[str, str] = {}


class SourceSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the proof must know of a source, stated in the source's own file.

    `non_text`: path patterns of leaves that hold no text for readers: ids, dates, slugs, counters (see
    `backfile.paths` for how they match). `regions`: paths of elements whose inner markup is one leaf.
    `root`: the element the paths start below (informative).
    """

    non_text: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    root: str = ""


class Options(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the user said about a source: its name, a field mapping, an encoding, a zone for dates without one."""

    source: str = ""
    fields: Mapping[str, str] = {}
    encoding: str = ""
    zone: str = "Europe/Zurich"
    language: str = ""
    dialect: str = ""
    max_record_bytes: int = MAX_RECORD_BYTES
    pages: bool = True
    """Import items of the old system's page type as articles."""


@runtime_checkable
class Source(Protocol):
    """One old system or format. A module in `backfile.sources` offers one as `SOURCE`."""

    name: str
    title: str
    spec: SourceSpec

    def recognise(self, path: Path) -> int:
        """How sure this source is that it reads what lies at `path`: 0 not at all, 100 certain. Reads the head only."""

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        """All items in a fixed order, streaming. Never raises for a bad record: it yields a `Reject`."""

    def fields(self, record: Record, options: Options) -> list[Field]:
        """The mapped fields of one record, in source order. Raises `BackfileError` if the payload cannot be parsed."""
