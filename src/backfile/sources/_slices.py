"""Cuts a stream of XML into its repeated elements by their bytes, in flat memory and without parsing it.

An export of 10 GB is one document of a million `<item>`s; a parser would die at the first damaged one and
take the others along. Here an element runs from its start tag to its end tag, whatever lies between; tags
inside CDATA sections are text. What lies between the elements is handed out too, so that nothing is lost.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterator
from typing import BinaryIO, Literal, NamedTuple

CHUNK = 1 << 18
BETWEEN = 1 << 20
"""What lies between elements comes in pieces of at most about this many bytes."""
_TAIL = 64
"""A tag may lie across two chunks by this much."""
_SPACE = b" \t\r\n"
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_TAG_END = ord(">")


class Slice(NamedTuple):
    """A piece of the stream. `element`: whole, with its tags; `unclosed`: another one starts, or the stream ends,
    before it is closed; `large`: over the limit, without its data; `between`: what is in no element. `alone`: a whole
    element without any other start tag of its name, be it in a CDATA section."""

    kind: Literal["element", "unclosed", "large", "between"]
    offset: int
    length: int
    data: bytes
    sha256: str = ""
    alone: bool = False


def slices(file: BinaryIO, name: str, limit: int) -> Iterator[Slice]:
    """All of the stream, in order, cut into elements called `name` and what is between them.

    Memory stays below `limit` bytes (for one element) and two chunks.
    """
    window = _Window(file)
    opening, closing = f"<{name}".encode(), f"</{name}".encode()
    end_tag = re.compile(closing + rb"[ \t\r\n>/]")
    while True:
        yield from _plain(window, opening, end_tag, limit)
        start = yield from _between(window, opening)
        if start < 0:
            return
        yield _element(window, opening, closing, limit)


def _plain(window: _Window, opening: bytes, end_tag: re.Pattern[bytes], limit: int) -> Iterator[Slice]:
    """The elements that the window begins with, and the white space between them, as long as they are wholly in it and
    need no second look: an end tag that no CDATA section holds, and no other start tag before it. Where one does, the
    next ones are not even tried, more of them each time."""
    at, data, start_tag = 0, window.data, opening + b">"
    if window.pause:
        window.pause -= 1
        return
    while data.startswith(start_tag, start := max(data.find(b"<", at), at)):
        found = end_tag.search(data, start, start + BETWEEN)
        if found is None or found.end() - start > limit or data[found.end() - 1] != _TAG_END:
            break
        end = found.end()
        if data.find(opening, start + 1, end) >= 0:
            break
        if data.find(_CDATA, max(start, data.rfind(_CDATA_END, start, end)), end) >= 0:
            break
        if start > at:
            if data[at:start].strip(_SPACE):
                break
            yield Slice("between", window.base + at, start - at, bytes(data[at:start]))
        yield Slice("element", window.base + start, end - start, bytes(data[start:end]), alone=True)
        at = end
    window.caution = 1 if at else min(2 * window.caution, 4096)
    if at:
        window.take(at)
    else:
        window.pause = window.caution


class _Window:
    """The part of the stream that is in memory: `data`, which begins at the stream's offset `base`."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.data = bytearray()
        self.base = 0
        self.ended = False
        self.searched: dict[bytes, tuple[int, int]] = {}
        self.pause, self.caution = 0, 1

    def more(self) -> bool:
        chunk = b"" if self.ended else self.file.read(CHUNK)
        self.ended = not chunk
        self.data += chunk
        return not self.ended

    def take(self, count: int) -> bytes:
        """The first `count` bytes, which leave the window."""
        data = bytes(self.data[:count])
        del self.data[:count]
        self.base += count
        return data

    def find_tag(self, tag: bytes, at: int, limit: int) -> int:
        """Where `tag` starts at or after `at`; -1 if nowhere before `limit` or the end.

        What was searched in vain is not searched again: the next one to come is remembered by its offset.
        """
        since, ahead = self.searched.get(tag, (0, 0))
        first = self.base + at
        if since <= first:
            at = max(at, ahead - self.base)
        while True:
            found = self.data.find(tag, at)
            while found >= 0 and not self._ends_well(found + len(tag)):
                found = self.data.find(tag, found + 1)
            at = found if found >= 0 else max(at, len(self.data) - _TAIL)
            self.searched[tag] = (first, self.base + at)
            if found >= 0:
                return found
            if len(self.data) > limit or not self.more():
                return -1

    def _ends_well(self, after: int) -> bool:
        """The name of the tag is at its end there (and not that of `<items>`)."""
        if after >= len(self.data) and not self.more():
            return False
        return self.data[after] in b" \t\r\n>/"

    def tag_end(self, at: int) -> int:
        """Behind the `>` of the tag at `at`; -1 if it has none soon."""
        while True:
            found = self.data.find(b">", at, at + 4096)
            if found >= 0:
                return found + 1
            if len(self.data) >= at + 4096 or not self.more():
                return -1

    def find(self, what: bytes, at: int, limit: int) -> int:
        """Where `what` starts at or after `at`; -1 if nowhere before `limit` or the end."""
        while True:
            found = self.data.find(what, at)
            if found >= 0:
                return found
            at = max(at, len(self.data) - len(what) + 1)
            if len(self.data) > limit or not self.more():
                return -1


def _between(window: _Window, opening: bytes) -> Generator[Slice, None, int]:
    """Hand out what comes before the next element; returns 0 with the window at its start tag, or -1 at the end."""
    at = 0
    while True:
        found = window.find_tag(opening, at, BETWEEN)
        if found >= 0:
            behind = _behind(window, found, b"<!--", b"-->") or _behind(window, found, _CDATA, _CDATA_END)
            if behind:
                at = behind
                continue
            if found:
                yield _taken(window, "between", found)
            return 0
        count = len(window.data) if window.ended else len(window.data) - _TAIL
        if count:
            yield _taken(window, "between", count)
        at = 0
        if window.ended:
            return -1


def _behind(window: _Window, at: int, opening: bytes, closing: bytes) -> int:
    """Where the comment (or CDATA section) ends that `at` lies in; 0 if it lies in none, or in one without an end."""
    last = window.data.rfind(closing, 0, at)
    if window.data.find(opening, last + 1, at) < 0:
        return 0
    end = window.find(closing, at, at + BETWEEN)
    return end + len(closing) if end >= 0 else 0


def _taken(window: _Window, kind: Literal["unclosed", "between"], count: int) -> Slice:
    offset = window.base
    return Slice(kind, offset, count, window.take(count))


def _whole(window: _Window, opening: bytes, count: int) -> Slice:
    offset, data = window.base, window.take(count)
    return Slice("element", offset, count, data, alone=data.find(opening, 1) < 0)


def _element(window: _Window, opening: bytes, closing: bytes, limit: int) -> Slice:
    """The element whose start tag the window begins with."""
    end = window.tag_end(0)
    if end >= 2 and window.data[end - 2] == ord("/"):
        return _whole(window, opening, end)
    at = looked = len(opening)
    while True:
        found = window.find_tag(closing, at, limit)
        stop = found if found >= 0 else len(window.data)
        other = _next_start(window, opening, looked, stop)
        if other >= 0:
            return _taken(window, "unclosed", other)
        if found >= 0 and not _in_cdata(window.data, found):
            end = window.tag_end(found)
            end = end if end >= 0 else found + len(closing)
            return _whole(window, opening, end) if end <= limit else _large(window, opening, closing)
        looked, at = found, window.find(_CDATA_END, found, limit) if found >= 0 else -1
        if at < 0:
            if len(window.data) > limit:
                return _large(window, opening, closing)
            return _taken(window, "unclosed", len(window.data))


def _in_cdata(data: bytearray, at: int) -> bool:
    """After the last `]]>` all is outside, until a section opens."""
    return data.find(_CDATA, data.rfind(_CDATA_END, 0, at) + 1, at) >= 0


def _next_start(window: _Window, opening: bytes, at: int, stop: int) -> int:
    """Where another element starts, outside of CDATA, before `stop`; -1 if nowhere."""
    found = window.data.find(opening, at, stop)
    while found >= 0:
        after = window.data[found + len(opening) : found + len(opening) + 1]
        behind = found + 1
        if after and after in b" \t\r\n>/":
            if not _in_cdata(window.data, found):
                return found
            behind = window.data.find(_CDATA_END, found, stop)
            if behind < 0:
                return -1
        found = window.data.find(opening, behind, stop)
    return -1


def _large(window: _Window, opening: bytes, closing: bytes) -> Slice:
    """Read over an element that is too large to hold: only its length and sum are kept."""
    token = re.compile(
        rb"(?P<cdata><!\[CDATA\[)|(?P<end>" + closing + rb"[ \t\r\n]{0,32}>)|(?P<start>" + opening + rb"(?=[\s>/]))"
    )
    offset, digest = window.base, hashlib.sha256()
    at = len(opening)
    inside = False
    while True:
        end = _scan_large(window, token, at, inside)
        if isinstance(end, int):
            digest.update(window.take(end))
            return Slice("large", offset, window.base - offset, b"", digest.hexdigest())
        at, inside = end
        count = max(0, min(at, len(window.data) - _TAIL))
        digest.update(window.take(count))
        at -= count
        if not window.more():
            digest.update(window.take(len(window.data)))
            return Slice("large", offset, window.base - offset, b"", digest.hexdigest())


def _scan_large(window: _Window, token: re.Pattern[bytes], at: int, inside: bool) -> int | tuple[int, bool]:
    """The element's end if it lies in the window; else (where to go on, whether in a CDATA section)."""
    data = window.data
    while True:
        if inside:
            found = data.find(_CDATA_END, at)
            if found < 0:
                return max(at, len(data) - 2), True
            at, inside = found + 3, False
        match = token.search(data, at)
        if match is None:
            return max(at, len(data) - _TAIL), False
        if match["end"]:
            return match.end()
        if match["start"]:
            return match.start()
        at, inside = match.end(), True
