"""Everything on a page that is not the article, dropped by name: text, scripts, comments, attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from backfile.article import Span
from backfile.ledger import Drop, Op
from backfile.shaping.tokens import Tag
from backfile.shaping.tree import Element, Tree

BY = "page"
_PROSE = frozenset(
    [
        "alt",
        "title",
        "summary",
        "caption",
        "label",
        "standby",
        "placeholder",
        "aria-label",
        "aria-description",
        "aria-roledescription",
        "data-alt",
        "data-title",
        "data-caption",
        "data-image-title",
        "data-image-caption",
        "data-image-description",
        "data-description",
        "data-credit",
        "data-copyright",
        "data-text",
        "data-quote",
        "data-headline",
        "data-lead",
        "data-teaser",
    ]
)
_MACHINE = frozenset(
    [
        "class",
        "id",
        "href",
        "src",
        "srcset",
        "sizes",
        "style",
        "rel",
        "type",
        "name",
        "value",
        "width",
        "height",
        "target",
        "lang",
        "dir",
        "role",
        "itemtype",
        "itemprop",
        "property",
        "charset",
        "http-equiv",
        "media",
        "datetime",
        "d",
        "points",
        "viewbox",
        "fill",
        "transform",
        "action",
        "method",
    ]
)
_ADDRESSES = frozenset(["href", "src", "data-src", "poster", "data-original", "data-lazy-src", "data"])
_LEADS = frozenset(["a", "img", "iframe", "video", "audio", "source", "embed", "object", "area", "image"])
_META = re.compile(r"description|title|headline|abstract|news_keywords", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def drops(
    tree: Tree,
    leaf: str,
    ranges: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
    reason_for: Callable[[Element], str],
) -> list[Op]:
    """One `Drop` for each run of text with one reason, and one for each script, comment and attribute with words."""
    work = _Work(tree, leaf, reason_for)
    if ranges:
        work.amid = (min(a for a, _ in ranges), max(b for _, b in ranges))
    kept = sorted([*ranges, *taken])
    at = 0
    for number, (start, end, tag) in enumerate(tree.tokens):
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        inside = at < len(kept) and kept[at][0] < end
        if inside and tag is None:
            work.partly(number, start, end, [r for r in kept[at : at + 50] if r[0] < end])
        elif inside and kept[at][0] <= start:
            work.flush()
        elif tag is None:
            work.text(number, start, end)
        else:
            work.markup(number, start, tag)
    work.flush()
    return work.found


class _Work:
    def __init__(self, tree: Tree, leaf: str, reason_for: Callable[[Element], str]) -> None:
        self.tree, self.leaf, self.reason_for = tree, leaf, reason_for
        self.found: list[Op] = []
        self.words: list[str] = []
        self.start = self.end = 0
        self.reason = ""
        self._reasons: dict[int, str] = {}
        self.amid = (0, 0)
        """The range amid the article, where links and media that are left out are named one by one."""

    def text(self, number: int, start: int, end: int) -> None:
        raw = self.tree.source[start:end]
        stripped = raw.strip()
        if not stripped:
            return
        reason = self._reason(number)
        if reason != self.reason:
            self.flush()
            self.reason = reason
        if not self.words:
            self.start = start + len(raw) - len(raw.lstrip())
        self.end = start + len(raw.rstrip())
        self.words.append(_SPACES.sub(" ", unescape(stripped)))

    def partly(self, number: int, start: int, end: int, kept: list[tuple[int, int]]) -> None:
        """A text of which ranges are kept: what is left between them."""
        at = start
        for low, high in kept:
            if at < low:
                self.text(number, at, min(low, end))
            self.flush()
            at = max(at, min(high, end))
        if at < end:
            self.text(number, at, end)

    def flush(self) -> None:
        if self.words:
            self._drop(self.start, self.end, " ".join(self.words), self.reason)
        self.words = []

    def markup(self, number: int, start: int, tag: Tag) -> None:
        source = self.tree.source
        if tag.name == "#raw":
            self._drop(start, start + len(tag.raw), tag.raw.strip(), "script")
        elif tag.name == "#comment":
            inner = tag.raw[4:-3]
            if inner.count(" ") >= 3:
                self._drop(start + 4, start + len(tag.raw) - 3, inner.strip(), "comment")
        elif tag.name == "#cdata":
            self._drop(start + 9, start + len(tag.raw) - 3, tag.raw[9:-3].strip(), self._reason(number))
        elif tag.name == "#bogus":
            if not tag.raw[2:10].lower().startswith(("doctype", "xml ")) and " " in tag.raw:
                self._drop(start, start + len(tag.raw), unescape(tag.raw[2:-1]).strip(), "comment")
        elif not tag.closing and tag.name[0] != "#" and "=" in tag.raw:
            self._attributes(number, start, tag, source)

    def _attributes(self, number: int, start: int, tag: Tag, source: str) -> None:
        for name, (value, low, high) in tag.attributes.items():
            if not value.strip():
                continue
            if tag.name == "meta":
                if name == "content" and _META.search(tag.raw):
                    self._drop(start + low, start + high, value.strip(), "page metadata")
            elif (
                (name in _ADDRESSES and tag.name in _LEADS and self.amid[0] <= start < self.amid[1])
                or name in _PROSE
                or (name not in _MACHINE and len(value) >= 24 and value.count(" ") >= 3)
            ):
                self._drop(start + low, start + high, value.strip(), self._reason(number))

    def _reason(self, number: int) -> str:
        owner = self.tree.owner[number]
        if owner.number not in self._reasons:
            self._reasons[owner.number] = self.reason_for(owner)
        return self._reasons[owner.number]

    def _drop(self, start: int, end: int, text: str, reason: str) -> None:
        if text:
            self.found.append(Drop(by=BY, text=text, reason=reason, span=Span(self.leaf, start, end)))
