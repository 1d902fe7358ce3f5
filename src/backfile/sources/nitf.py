"""NITF 3.x: what news agencies and many editorial systems of the 2000s write, one `<nitf>` per article.

An export is a file, a folder or an archive of files; a file may hold several documents one after the other, or
inside an envelope. Document types are named but never fetched. The text stands in `body.content`, headline, byline,
dateline and abstract in `body.head`; `head` is about the document. Several documents with one `doc-id` are
revisions of one story: the newest issue wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from backfile.decoding import Decoded, declared_in_markup, decode
from backfile.errors import BackfileError, RefusedInput
from backfile.record import Excluded, Field, Item, Options, Record, Reject, SourceSpec
from backfile.sources import _files
from backfile.sources._decoded import decoded
from backfile.sources._lately import Lately
from backfile.sources._nitf_fields import NON_TEXT, REGIONS, article_fields
from backfile.sources._slices import Slice, slices
from backfile.sources._xml import Leaves, leaves, outside

MAX_PROLOG = 1 << 20


class Nitf:
    """NITF documents."""

    name = "nitf"
    title = "NITF news documents"
    spec = SourceSpec(non_text=NON_TEXT, regions=REGIONS, root="nitf")

    def recognise(self, path: Path) -> int:
        return max((_certainty(head) for _, head in _files.heads(path) if _files.is_markup(head)), default=0)

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        """All documents, in the order of the files. Raises `RefusedInput` if `path` is one hostile file."""
        for entry in _files.entries(path):
            if not isinstance(entry, _files.Entry):
                yield entry
                continue
            try:
                yield from _File(entry, path, options).items()
            except RefusedInput as problem:
                if entry.name == path.name:
                    raise
                yield _files.rejected(entry, problem.what, _kept(entry, options), problem.hint)
            except BackfileError as problem:
                yield _files.rejected(entry, problem.what, _kept(entry, options), problem.hint)

    def fields(self, record: Record, options: Options) -> list[Field]:
        """The mapped fields of one document; what nobody maps comes as `extra`."""
        found = _lately.take(record)
        if found is None:
            found = leaves(record.payload.decode(record.encoding), REGIONS)
        return article_fields(found, self.spec)


SOURCE = Nitf()
_lately: Lately[Leaves] = Lately()


def _certainty(head: bytes) -> int:
    if b"\0" in head[:64]:
        head = head.replace(b"\0", b"")
    if not re.search(rb"<nitf[\s>]", head):
        return 0
    return 90 if b"<docdata" in head or b"<body" in head or b"DTD NITF" in head else 60


def _kept(entry: _files.Entry, options: Options) -> bytes:
    """The bytes of a file that was refused, unread by anybody; none of one over the limit, or that cannot be read."""
    try:
        with entry.open() as file:
            data = file.read(options.max_record_bytes + 1)
    except BackfileError:
        return b""
    return data if len(data) <= options.max_record_bytes else b""


class _File:
    """One file: usually one document."""

    def __init__(self, entry: _files.Entry, path: Path, options: Options) -> None:
        self.entry, self.options = entry, options
        self.source = options.source or _stem(path.name)
        self.declared = ""
        self.count = 0
        self.prolog = b""
        self.prolog_at = 0

    def items(self) -> Iterator[Item]:
        with self.entry.open() as file:
            head = file.peek(65536)[:65536] if hasattr(file, "peek") else b""
            if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<\0n\0i\0t\0f" in head:
                yield self.whole()
                return
            for piece in slices(file, "nitf", self.options.max_record_bytes):
                yield from self.take(piece)
            yield from self.end()

    def whole(self) -> Item:
        """A file in UTF-16, which cannot be cut by its bytes: it is one document."""
        data = _files.read(self.entry, self.options.max_record_bytes)
        return self.document(0, data) if isinstance(data, bytes) else data

    def take(self, piece: Slice) -> Iterator[Item]:
        if piece.kind == "between":
            if not self.prolog:
                self.prolog_at = piece.offset
            if len(self.prolog) < MAX_PROLOG:
                self.prolog += piece.data
            return
        yield from self.between()
        if piece.kind == "element":
            yield self.document(piece.offset, piece.data)
        else:
            yield self.damaged(piece)

    def between(self) -> Iterator[Item]:
        """What stands before a document: its declaration; anything else that can be read is reported."""
        self.declared = declared_in_markup(self.prolog.lstrip(_BLANK)) or self.declared
        text = self.decode(self.prolog).text
        rest = "".join(text[start:end] for kind, start, end in outside(text) if kind == "text").strip(_BLANK_TEXT)
        if rest:
            hint = "It was left out; the documents around it were read."
            yield _files.rejected(self.entry, "text outside of any document", self.prolog, hint, self.prolog_at)
        self.prolog = b""

    def end(self) -> Iterator[Item]:
        if self.count:
            yield from self.between()
        elif _certainty(self.prolog):
            yield _files.rejected(self.entry, "holds no document", self.prolog)
        else:
            yield Excluded(origin=self.entry.origin(), rule="no NITF document")

    def decode(self, data: bytes) -> Decoded:
        return decode(data, self.declared, self.options.encoding)

    def damaged(self, piece: Slice) -> Item:
        self.count += 1
        if piece.kind != "large":
            reason = "the document is never closed: the file was cut off, or is damaged, inside it"
            return _files.rejected(self.entry, reason, piece.data, "Get the file again.", piece.offset)
        megabytes = self.options.max_record_bytes // 1024 // 1024 or 1
        reason, hint = f"larger than {megabytes} MB", "Raise `max_record_bytes` if it really is one article."
        origin = self.entry.origin(piece.offset, piece.length)
        return Reject(origin=origin, reason=reason, hint=hint, sha256=piece.sha256, source=self.source)

    def document(self, offset: int, data: bytes) -> Item:
        self.count += 1
        text, codec = decoded(data, self.declared, self.options.encoding)
        origin = self.entry.origin(offset, len(data))
        try:
            document = leaves(text, REGIONS)
        except BackfileError as problem:
            return _files.rejected(self.entry, problem.what, data, problem.hint, offset)
        if not document:
            return Excluded(origin=origin, rule="empty document", source=self.source, payload=data)
        record = Record(
            source=self.source,
            key=self.key(document),
            format="nitf",
            media="xml",
            payload=data,
            encoding=codec,
            origin=origin,
            kind=document.get("head/tobject@tobject.type", ""),
            modified=_modified(document),
        )
        _lately.keep(record, document)
        return record

    def key(self, document: Leaves) -> str:
        """The document's own number; else the file's name, with the document's place in it from the second on."""
        for path in ("head/docdata/doc-id@id-string", "@uno"):
            if value := document.get(path, "").strip():
                return value
        name = _stem(_files.stem(self.entry.name))
        return name if self.count == 1 else f"{name}#{self.count}"


_BLANK = b" \t\r\n\0\x1a\x01\x02\x03\x04\xef\xbb\xbf"
_BLANK_TEXT = _BLANK.decode("latin-1") + "\ufeff"


def _stem(name: str) -> str:
    return re.sub(r"\.(?:xml|nitf|zip|gz|tgz|tar|bz2|xz)$", "", name, flags=re.IGNORECASE) or name


_DATES = ("head/docdata/date.issue@norm", "head/pubdata@date.publication", "head/docdata/pubdata@date.publication")


def _modified(document: Leaves) -> str:
    """The newest of issue, publication and revisions, in Greenwich; else the story's version."""
    found = [document.get(path, "") for path in _DATES]
    found += [value for path, value in document.items() if "revision-history" in path and path.endswith("@norm")]
    moments = [moment for value in found if (moment := _moment(value.strip()))]
    if moments:
        return max(moments).strftime("%Y-%m-%dT%H:%M:%SZ")
    version = document.get("head/docdata/du-key@version", "").strip()
    return f"version {int(version):08}" if re.fullmatch(r"[0-9]{1,8}", version) else ""


def _moment(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
