"""Plain text: a folder (or zip, or tar) of text files, one article each.

The oldest archives and the last resort of every migration: a file per article, a headline line, a lead,
paragraphs; in any encoding that a newsroom's computers had since 1985, sometimes with the control characters
of a wire, sometimes with header lines (`Titel: …`). What the lines mean is for shaping to find
out. A date comes from a header line or from the file's name, never from the file system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backfile.decoding import decode
from backfile.errors import UnreadableInput
from backfile.record import Excluded, Field, Item, Options, Record, SourceSpec
from backfile.sources import _files

_TEXT_NAMES = re.compile(r"\.(?:txt|text|asc|tst|wire|iptc|ansi|msg)$", re.IGNORECASE)
_OTHER_NAMES = re.compile(
    r"\.(?:html?|xhtml|xml|json|jsonl|ndjson|csv|tsv|sql|css|js|mjs|md|rtf|docx?|odt|pdf|jpe?g|png|gif|tiff?|bmp|webp|svg"
    r"|eps|psd|mp[34]|wav|mov|avi|exe|dll|db|sqlite3?|warc|info|ini|ya?ml|toml|py|php)$",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<(?:\?xml|!doctype|html|[a-z]+[\s>])|\{\s*\"|\[\s*[{\[])", re.IGNORECASE)
_BINARY = re.compile(rb"\0|^(?:%PDF|\x89PNG|\xff\xd8\xff|GIF8|\xd0\xcf\x11\xe0|\x7fELF|SQLite format)")
_DATE = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:18|19|20)\d\d)(?P<s1>[-_./]?)(?P<m1>0[1-9]|1[0-2])(?P=s1)(?P<d1>0[1-9]|[12]\d|3[01])"
    r"|(?P<d2>0?[1-9]|[12]\d|3[01])[._-](?P<m2>0?[1-9]|1[0-2])[._-](?P<y2>(?:18|19|20)\d\d))(?!\d)"
)


class TextSource:
    """Reads text files. The record's key is the file's path; its payload, the file."""

    name = "text"
    title = "plain text files, one article each"
    spec = SourceSpec()

    def recognise(self, path: Path) -> int:
        heads = list(_files.heads(path))
        if not heads:
            return 0
        named = sum(bool(_TEXT_NAMES.search(_files.stem(name))) for name, _ in heads)
        readable = sum(bool(head.strip()) and not _MARKUP.match(head) and _is_text(head) for _, head in heads)
        foreign = sum(bool(_OTHER_NAMES.search(_files.stem(name))) for name, _ in heads)
        if readable * 2 < len(heads) or foreign * 2 > len(heads):
            return 0
        return 60 if named * 2 >= len(heads) else 15

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        source = options.source or site_name(path)
        for entry in _files.entries(path):
            if not isinstance(entry, _files.Entry):
                yield entry
            elif _OTHER_NAMES.search(_files.stem(entry.name)) and path.name != entry.name:
                yield Excluded(origin=entry.origin(), rule="not a text file", key=_files.stem(entry.name))
            else:
                yield _item(entry, source, options)

    def fields(self, record: Record, options: Options) -> list[Field]:
        try:
            text = record.payload.decode(record.encoding)
        except (UnicodeError, LookupError) as problem:
            raise UnreadableInput(str(problem), where=record.key) from problem
        attrs = {"file": record.key}
        found = date_in_name(record.key)
        if found:
            attrs["date"] = found
        return [Field("body", text, "text", markup="plain", attrs=attrs)]


SOURCE = TextSource()


def site_name(path: Path) -> str:
    """What a source without an identity of its own is called: the folder's or file's name without endings."""
    return (
        re.sub(r"(?:\.(?:zip|tar|tgz|gz|bz2|xz|txt|jsonl?|ndjson|csv|tsv|html?))+$", "", path.resolve().name) or "files"
    )


def date_in_name(name: str) -> str:
    """The day that a path names (`2003/04/12/…`, `20030412`, `12.4.2003`), as ISO 8601; empty if it names none."""
    for match in _DATE.finditer(name[:1024]):
        parts = [int(match[f"{part}1"] or match[f"{part}2"]) for part in "ymd"]
        try:
            return date(*parts).isoformat()
        except ValueError:
            continue
    return ""


def _item(entry: _files.Entry, source: str, options: Options) -> Item:
    data = _files.read(entry, options.max_record_bytes)
    if not isinstance(data, bytes):
        return data
    if not data.strip(b" \t\r\n\f\v\0\x1a\xef\xbb\xbf\xff\xfe"):
        return _files.rejected(entry, "the file is empty", data, "Look for the text in a backup of the old system.")
    if not _is_text(data):
        return _files.rejected(entry, "no text: the file holds binary data", data)
    decoded = decode(data, said=options.encoding)
    if not decoded.text.strip():
        return _files.rejected(entry, "the file is empty", data)
    return Record(
        source=source, key=_files.stem(entry.name), format="text", media="text", payload=data, encoding=decoded.codec,
        origin=entry.origin(0, len(data)),
    )  # fmt: skip


def _is_text(data: bytes) -> bool:
    """Not binary: no zero bytes but those of UTF-16 and UTF-32, and no more than a few control characters."""
    sample = data[:65536]
    if _BINARY.match(sample):
        return False
    if b"\0" in sample:
        sample = sample[: len(sample) // 4 * 4]
        found = decode(sample)
        return found.codec.startswith(("utf-16", "utf-32")) and "\0" not in found.text[:2000]
    controls = sum(map(sample.count, (bytes([n]) for n in (*range(1, 9), *range(14, 27), 127))))
    return controls * 20 <= len(sample) + 100
