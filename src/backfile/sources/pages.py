"""Saved web pages: a folder (or zip, or tar) of HTML files, gzipped or not.

What is left of an old website when nobody has its database any more: what `wget`, a browser or a crawler saved. The
whole file is the record. Its key is the address that the page calls canonical, else the file's path. A page on
which nobody wrote anything (an index, a list of tags, an error page) is excluded by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from backfile.decoding import declared_in_markup, decode
from backfile.errors import UnreadableInput
from backfile.record import Excluded, Field, Item, Options, Record, SourceSpec
from backfile.sources import _files
from backfile.sources.text import site_name

NO_ARTICLE = "no article text"
"""The rule that excludes a page without running text: under `MIN_TEXT` code points outside of links."""
MIN_TEXT = 140
MIN_TEXT_SAID = 30
"""The same for a page that says of itself that it is an article."""
MIN_RUN = 40

_PAGE_NAMES = re.compile(r"\.(?:x?html?|shtml|mhtml?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_RESOURCES = re.compile(
    r"\.(?:css|m?js|json|map|woff2?|ttf|otf|eot|svg|jpe?g|png|gif|webp|avif|bmp|ico|mp[34]|webm|ogg|wav|pdf|xml|rss"
    r"|txt|swf|zip|info|tmp|download)$",
    re.IGNORECASE,
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b|<(?:meta|title|table|div|p)[\s>]", re.IGNORECASE)
_CANONICAL = re.compile(r"<link\b[^<>]{0,400}?\brel\s*=\s*[\"']?canonical\b[^<>]{0,2000}>", re.IGNORECASE)
_OG_URL = re.compile(r"<meta\b[^<>]{0,200}?[\"']og:url[\"'][^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"\b(?:href|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_UNREAD = re.compile(
    r"<(/?)(script|style|noscript|template|head|nav|footer|select|button|svg|a)\b[^<>]*+>|<!--|-->", re.IGNORECASE
)
"""What holds no running text, from its opening to its closing."""
_BREAKS = re.compile(
    r"</?(?:p|div|li|ul|ol|td|th|tr|table|h[1-6]|section|article|aside|header|body|br|option|form|dd|dt|figure)\b[^<>]*+>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*+>")
_SAYS_ARTICLE = re.compile(
    r"\"@type\"\s{0,9}:\s{0,9}\[?\s{0,9}\"[A-Za-z]{0,30}(?:Article|Posting)\"|og:type[\"']?\s{1,9}content\s?=\s?[\"']?article"
    r"|itemprop\s*=\s*[\"']?articleBody",
    re.IGNORECASE,
)


class Pages:
    """Reads saved web pages."""

    name = "pages"
    title = "saved web pages, one article each"
    spec = SourceSpec()

    def recognise(self, path: Path) -> int:
        heads = [(name, head) for name, head in _files.heads(path, 12) if not _RESOURCES.search(_files.stem(name))]
        if not heads:
            return 0
        pages = sum(bool(_HTML.search(head[:8192].replace(b"\0", b""))) for _, head in heads)
        named = sum(bool(_PAGE_NAMES.search(_files.stem(name))) for name, _ in heads)
        if pages * 2 <= len(heads) or any(head.lstrip()[:5] == b"<?xml" and b"<html" not in head for _, head in heads):
            return 0
        return 70 if named * 2 >= len(heads) else 50

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        source = options.source or site_name(path)
        for entry in _files.entries(path):
            if not isinstance(entry, _files.Entry):
                yield entry
            elif _RESOURCES.search(_files.stem(entry.name)) and path.name != entry.name:
                yield Excluded(origin=entry.origin(), rule="part of a page", key=_files.stem(entry.name), source=source)
            else:
                yield _item(entry, source, options)

    def fields(self, record: Record, options: Options) -> list[Field]:
        try:
            text = record.payload.decode(record.encoding)
        except (UnicodeError, LookupError) as problem:
            raise UnreadableInput(str(problem), where=record.key) from problem
        attrs = {"file": record.origin.file}
        if url := address(text):
            attrs["url"] = url
        return [Field("body", text, "page", markup="page", attrs=attrs)]


SOURCE = Pages()


def _item(entry: _files.Entry, source: str, options: Options) -> Item:
    data = _files.read(entry, options.max_record_bytes)
    if not isinstance(data, bytes):
        return data
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        return _files.rejected(entry, "the file is empty", data)
    decoded = decode(data, declared_in_markup(data), options.encoding)
    if "\0" in decoded.text[:1000] or not re.search(r"<[A-Za-z!]", decoded.text):
        return _files.rejected(entry, "no HTML in this file", data, "Is it a picture, or plain text?")
    key = address(decoded.text) or _files.stem(entry.name)
    if not has_text(decoded.text):
        return Excluded(origin=entry.origin(0, len(data)), rule=NO_ARTICLE, key=key, source=source,
                        payload=data[: _files.KEPT_OF_REJECT])  # fmt: skip
    return Record(
        source=source, key=key, format="pages", media="html", payload=data, encoding=decoded.codec,
        origin=entry.origin(0, len(data)), kind="page",
    )  # fmt: skip


def address(text: str) -> str:
    """The address that a page states for itself; empty if none, or if it is a whole site's."""
    head = text[:400_000]
    for pattern in (_CANONICAL, _OG_URL):
        match = pattern.search(head)
        href = _HREF.search(match[0]) if match else None
        found = unescape(next((g for g in href.groups() if g), "")).strip() if href else ""
        if _is_address(found):
            return found
    saved = _SAVED_FROM.search(text, 0, 4096)
    return saved[1] if saved and _is_address(saved[1]) else ""


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (parts.path.strip("/") != "" or parts.query != "") and len(url) < 2000


def has_text(page: str) -> bool:
    """Whether somebody wrote something on this page: runs of words outside of links and of what frames a page."""
    runs = (" ".join(_TAG.sub("", run).split()) for run in _BREAKS.split(_read_parts(page)))
    most = MIN_TEXT_SAID if _SAYS_ARTICLE.search(page) else MIN_TEXT
    total = 0
    for run in runs:
        if len(run) >= MIN_RUN and run.count(" ") >= 4:
            total += len(run)
            if total >= most:
                return True
    return False


def _read_parts(page: str) -> str:
    """The page without scripts, links, navigation and the like; what is never closed stays."""
    parts: list[str] = []
    at = 0
    skipping, since = "", 0
    for match in _UNREAD.finditer(page):
        name = (match[2] or "--").lower()
        closing = match[1] == "/" or match[0] == "-->"
        if not skipping and not closing:
            skipping, since = name, match.start()
        elif skipping == name and closing:
            parts.append(page[at:since])
            at, skipping = match.end(), ""
    parts.append(page[at:])
    return " ".join(parts)
