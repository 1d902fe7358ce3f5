"""WordPress WXR 1.0 to 1.2: what *Tools → Export* and `wp export` write, and what others write in its name.

An RSS file whose `<item>`s are posts, pages, attachments, menu items, ... The XML is often terrible: raw
`&`, control characters, CDATA inside CDATA, undeclared prefixes, files cut off in the middle. So items are cut
out by their bytes and read one by one (`_slices`, `_xml`); a damaged one costs itself and nothing else.
An export comes as one file, or as several in a folder or an archive.

A record's context holds what its item does not say itself: `site`, `language`, `author` (the display
name of `dc:creator`), `media.<number>.url|title|caption|alt` of the attachments that it refers to, and `gallery`
(their numbers, for a gallery that names none).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from backfile.decoding import Decoded, declared_in_markup, decode
from backfile.errors import BackfileError, RefusedInput
from backfile.record import Excluded, Field, Item, Options, Record, Reject
from backfile.sources import _files
from backfile.sources._decoded import decoded
from backfile.sources._lately import Lately
from backfile.sources._slices import Slice, slices
from backfile.sources._wxr_channel import MAX_HEAD, Channel, MediaIndex, channel, media_context, medium
from backfile.sources._wxr_fields import SPEC, item_fields
from backfile.sources._wxr_items import item_leaves
from backfile.sources._wxr_repair import resynchronised, second_export
from backfile.sources._xml import Leaves, leaves, outside, root_start

EXCLUDED = {
    "attachment": "attachment",
    "revision": "revision",
    "nav_menu_item": "menu item",
    "wp_navigation": "menu item",
    "wp_block": "reusable block",
    "wp_template": "theme part",
    "wp_template_part": "theme part",
    "wp_global_styles": "theme part",
    "wp_font_family": "theme part",
    "wp_font_face": "theme part",
    "custom_css": "theme part",
    "customize_changeset": "theme part",
    "oembed_cache": "cache",
    "user_request": "privacy request",
    "acf-field": "field definition",
    "acf-field-group": "field definition",
    "acf-post-type": "field definition",
    "acf-taxonomy": "field definition",
    "wpcf7_contact_form": "form",
    "wpforms": "form",
    "feedback": "form",
    "flamingo_inbound": "form",
    "product": "shop item",
    "product_variation": "shop item",
    "shop_order": "shop item",
    "shop_order_refund": "shop item",
    "shop_coupon": "shop item",
    "scheduled-action": "cache",
    "elementor_library": "theme part",
    "guest-author": "author page",
}
"""Item types that are no articles → the rule that leaves them out. All others, also unknown ones, are imported."""


class Wxr:
    """WordPress exports."""

    name = "wxr"
    title = "WordPress export (WXR)"
    spec = SPEC

    def recognise(self, path: Path) -> int:
        return max((_certainty(head) for _, head in _files.heads(path) if _files.is_markup(head)), default=0)

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        """All items, in the order of the files. Raises `RefusedInput` if `path` is one hostile file."""
        index = _media_index(path, options)
        try:
            for entry in _files.entries(path):
                if not isinstance(entry, _files.Entry):
                    yield entry
                    continue
                try:
                    yield from _Export(entry, options, index).items()
                except RefusedInput as problem:
                    if entry.name == path.name:
                        raise
                    yield _files.rejected(entry, problem.what, hint=problem.hint)
                except BackfileError as problem:
                    yield _files.rejected(entry, problem.what, hint=problem.hint)
        finally:
            index.close()

    def fields(self, record: Record, options: Options) -> list[Field]:
        """The mapped fields of one item; what nobody maps comes as `extra`."""
        found = _lately.take(record)
        if found is None:
            found = item_leaves(record.payload.decode(record.encoding))
        return item_fields(found, record, options)


SOURCE = Wxr()

_lately: Lately[Leaves] = Lately()


def _certainty(head: bytes) -> int:
    if b"\0" in head[:64]:
        head = head.replace(b"\0", b"")
    if b"wordpress.org/export/" in head or b"<wp:wxr_version" in head:
        return 95
    if b"<wp:post_id" in head or b"<wp:post_type" in head:
        return 80
    return 15 if b"<rss" in head and b"<item" in head else 0


class _Export:
    """One file of an export."""

    def __init__(self, entry: _files.Entry, options: Options, index: MediaIndex) -> None:
        self.entry, self.options, self.index = entry, options, index
        self.fallback = options.source or Path(_files.stem(entry.name)).name.rpartition(".")[0] or "wordpress"
        self.channel = Channel(self.fallback)
        self.declared = ""
        self.head: list[bytes] | None = []

    def items(self) -> Iterator[Item]:
        with self.entry.open() as file:
            head = file.peek(65536)[:65536] if hasattr(file, "peek") else b""
            refusal = _unfit(self.entry, head)
            if refusal:
                yield refusal
                return
            self.declared = declared_in_markup(head.lstrip(_BLANK))
            for piece in slices(file, "item", self.options.max_record_bytes):
                if piece.kind == "between":
                    if self.head is not None or not piece.data.isspace():
                        yield from self.between(piece)
                elif piece.alone:
                    self.begin()
                    yield self.item(piece.offset, piece.data)
                else:
                    yield from self.take(piece)
            if self.head is not None and not any(b"</channel" in piece for piece in self.head):
                start = b"".join(self.head)[: _files.KEPT_OF_REJECT]
                yield _files.rejected(
                    self.entry, "the file was cut off, or is damaged, before its first item", start, _EXPORT_AGAIN
                )

    def take(self, piece: Slice) -> Iterator[Item]:
        self.begin()
        glued = second_export(piece.data) if piece.kind == "element" else None
        if glued:
            cut, start = glued
            yield self.damaged(Slice("unclosed", piece.offset, cut, piece.data[:cut]))
            yield from self.between(Slice("between", piece.offset + cut, start - cut, piece.data[cut:start]))
            piece = Slice("element", piece.offset + start, piece.length - start, piece.data[start:])
        if piece.kind == "element":
            for offset, data in resynchronised(piece.offset, piece.data):
                yield self.item(offset, data)
        else:
            yield self.damaged(piece)

    def between(self, piece: Slice) -> Iterator[Item]:
        """The channel's head; anywhere else only closing tags are expected."""
        if self.head is not None and b"</item" not in piece.data:
            if sum(map(len, self.head)) < MAX_HEAD:
                self.head.append(piece.data)
            return
        if b"<channel" in piece.data and b"</item" not in piece.data:
            self.head = [piece.data]
            return
        if piece.data.strip(_BLANK):
            yield from self.strays(piece)

    def strays(self, piece: Slice) -> Iterator[Item]:
        """What is no item and nothing that a channel ends with."""
        text = _CLOSING.sub("", self.decode(piece.data).text)
        for comment in (text[start:end] for kind, start, end in outside(text) if kind == "comment"):
            if "<item" in comment:
                origin = self.entry.origin(piece.offset, piece.length)
                payload = comment.encode("utf-8", "surrogatepass")
                yield Excluded(origin=origin, rule="commented out", source=self.source, payload=payload)
        try:
            found = leaves(f"<channel>{text}</channel>")
        except RefusedInput:
            found = {"": text}
        if any(not value.isspace() and not _CHANNEL.match(path) for path, value in found.items()):
            yield self.reject(piece, "text outside of any item", _LOST_START if b"</item" in piece.data else "")

    def begin(self) -> None:
        """The channel's head is complete when its first item comes."""
        if self.head is not None:
            text = self.decode(b"".join(self.head)).text
            root_start(text)
            self.channel = channel(text, self.fallback)
            self.head = None

    def decode(self, data: bytes) -> Decoded:
        return decode(data, self.declared, self.options.encoding)

    @property
    def source(self) -> str:
        return self.options.source or self.channel.name

    def damaged(self, piece: Slice) -> Reject:
        if piece.kind == "large":
            megabytes = self.options.max_record_bytes // 1024 // 1024 or 1
            reason, hint = f"larger than {megabytes} MB", "Raise `max_record_bytes` if it really is one article."
            return Reject(origin=self.entry.origin(piece.offset, piece.length), reason=reason, hint=hint,
                          sha256=piece.sha256, source=self.source)  # fmt: skip
        return self.reject(
            piece, "the item is never closed: the file was cut off, or is damaged, inside it", _EXPORT_AGAIN
        )

    def reject(self, piece: Slice, reason: str, hint: str = "") -> Reject:
        found = _files.rejected(self.entry, reason, piece.data, hint, piece.offset)
        key = _POST_ID.search(piece.data)
        return _with(found, key[1].decode() if key else "", self.source)

    def item(self, offset: int, data: bytes) -> Item:
        origin = self.entry.origin(offset, len(data))
        text, codec = decoded(data, self.declared, self.options.encoding)
        try:
            item = item_leaves(text)
        except BackfileError as problem:
            return self.reject(Slice("element", offset, len(data), data), problem.what, problem.hint)
        if all(map(str.isspace, item.values())):
            return Excluded(origin=origin, rule="empty item", source=self.source, payload=data)
        kind, key = item.get("wp:post_type", "post").strip(), _key(item, data)
        rule = "page" if kind == "page" and not self.options.pages else EXCLUDED.get(kind)
        if rule:
            return Excluded(origin=origin, rule=rule, key=key, source=self.source, payload=data)
        record = Record(
            source=self.source,
            key=key,
            format="wxr",
            media="xml",
            payload=data,
            encoding=codec,
            origin=origin,
            kind=kind,
            modified=_modified(item),
            context=self.context(item),
        )
        _lately.keep(record, item)
        return record

    def context(self, item: Leaves) -> dict[str, str]:
        context = self.channel.context(item.get("dc:creator", "").strip())
        if self.index.count:
            context |= media_context(self.index, self.channel.name, item)
        return context


_BLANK = b" \t\r\n\0\x1a\xef\xbb\xbf"
_LOST_START = "The start of an item is missing: the file begins in the middle of one, or is damaged there."
_EXPORT_AGAIN = "Export again; a complete file ends with </channel></rss>."
_ATTACHMENT = re.compile(rb"attachment\s*(?:\]\]>\s*)?</wp:post_type")
_POST_ID = re.compile(rb"<wp:post_id>\s*(?:<!\[CDATA\[)?\s*(\d{1,19})")
_CLOSING = re.compile(r"</(?:channel|rss)\s{0,99}>")
_CHANNEL = re.compile(
    r"(?:wp:\w+|title|link|description|pubDate|lastBuildDate|language|generator|image|cloud|atom:link)(?=[\[/@]|\Z)"
)
"""Elements of a channel beside its items; some exporters write them at its end."""


def _with(reject: Reject, key: str, source: str) -> Reject:
    return Reject(origin=reject.origin, reason=reject.reason, hint=reject.hint, payload=reject.payload,
                  sha256=reject.sha256, key=key, source=source)  # fmt: skip


def _unfit(entry: _files.Entry, head: bytes) -> Item | None:
    """A file that is no export, or cannot be cut by its bytes."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<\0i\0t\0e\0m" in head:
        return _files.rejected(entry, "the file is in UTF-16", b"", "Convert it: `iconv -f UTF-16 -t UTF-8`.")
    if not _certainty(head):
        return Excluded(origin=entry.origin(), rule="no WordPress export")
    return None


def _holds_attachments(entry: _files.Entry) -> bool:
    """A quick look through a file, so that the first pass is spared where there is nothing to find."""
    before = b""
    with entry.open() as file:
        while chunk := file.read(1 << 20):
            if _ATTACHMENT.search(before + chunk):
                return True
            before = chunk[-4096:]
    return False


def _media_index(path: Path, options: Options) -> MediaIndex:
    """The first pass: all attachments, by the site of their file."""
    index = MediaIndex()
    for entry in _files.entries(path):
        if not isinstance(entry, _files.Entry):
            continue
        try:
            if not _holds_attachments(entry):
                continue
        except BackfileError:
            continue  # the second pass reports it
        export = _Export(entry, options, index)
        try:
            with entry.open() as file:
                for piece in slices(file, "item", options.max_record_bytes):
                    if piece.kind == "between":
                        list(export.between(piece))
                        continue
                    export.begin()
                    if piece.kind == "element" and _ATTACHMENT.search(piece.data):
                        item = leaves(export.decode(piece.data).text)
                        if item.get("wp:post_type", "").strip() == "attachment":
                            index.add(export.channel.name, medium(item))
        except BackfileError:
            continue  # the second pass reports it
    return index


def _key(item: Leaves, data: bytes) -> str:
    """The item's number as it stands; else its address; else a fingerprint of its bytes."""
    for name in ("wp:post_id", "guid", "link"):
        if value := item.get(name, "").strip():
            return value
    return f"sha256:{hashlib.sha256(data).hexdigest()[:24]}"


def _modified(item: Leaves) -> str:
    for name in ("wp:post_modified_gmt", "wp:post_modified"):
        value = item.get(name, "").strip()
        if value and not value.startswith("0000"):
            return value
    return ""
