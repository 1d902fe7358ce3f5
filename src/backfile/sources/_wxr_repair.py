"""Where a damaged WXR file must be cut apart again: CDATA sections that never end, exports glued together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from backfile.sources._xml import is_well_formed

_JOINT = re.compile(rb"</item\s{0,32}>\s{0,1000}(?=<item[\s>])")
_BEFORE_CDATA = re.compile(rb"<([^\s<>/]{1,100})[^<>]{0,100}>\s{0,32}\Z")


def resynchronised(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """An item whose CDATA section is never closed swallows the next ones: cut where a whole item starts inside it.

    An article that quotes an export stays whole, because what follows the cut is then no item of its own.
    """
    start = 0
    if data.find(b"<item", 5) >= 0:
        for joint in islice(_JOINT.finditer(data), 50):
            if _swallows(data, start, joint.start()) and _is_item(data, joint.end()):
                yield offset + start, data[start : joint.end()].rstrip()
                start = joint.end()
    yield offset + start, data[start:]


_SECOND = re.compile(
    rb"<\?xml[^<>]{0,200}\?>\s{0,100}(?:<!--[^<>]{0,2000}-->\s{0,100}){0,20}<rss\s[^<>]{0,9000}wordpress\.org"
)


def second_export(data: bytes) -> tuple[int, int] | None:
    """Where another export begins inside an item, and its first item: files that were cut off and glued together.

    An article that quotes an export is none: a CDATA section that held another one whole would have ended in it.
    """
    found = _SECOND.search(data, data.find(b"<![CDATA[")) if b"<rss" in data else None
    start = data.find(b"<item", found.end()) if found else -1
    if not found or start < 0 or b"]]>" not in data[start:] or not _is_item(data, start):
        return None
    return found.start(), start


def _swallows(data: bytes, start: int, end: int) -> bool:
    """Whether the CDATA section that is open at `end` has passed the end tag of its own element."""
    opened = data.find(b"<![CDATA[", max(start, data.rfind(b"]]>", start, end)), end)
    name = _BEFORE_CDATA.search(data, max(start, opened - 200), opened) if opened >= 0 else None
    return name is not None and data.find(b"</" + name[1], opened, end) >= 0


def _is_item(data: bytes, start: int) -> bool:
    stop = _JOINT.search(data, start)
    piece = data[start : stop.end() if stop else len(data)].rstrip()
    if b"<wp:post_id" not in piece or not piece.endswith(b">"):
        return False
    try:
        return is_well_formed(piece.decode("utf-8"))
    except UnicodeDecodeError:
        return False
