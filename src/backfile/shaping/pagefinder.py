"""What the readers of a page's parts share: its elements, what has been taken, and what goes out of the text."""

from __future__ import annotations

import re

from backfile.record import Field, Role
from backfile.shaping.content import Content
from backfile.shaping.pagemeta import Meta
from backfile.shaping.tree import Element, Tree

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PICTURES = ("figure", "figcaption", "img", "video")
RUNNING = 80
"""A paragraph of at least this length is running text: what stands before the first one is an article's head."""


def in_figure(element: Element) -> bool:
    """A caption may say what a lead would; it is none."""
    return any(node.name in ("figure", "figcaption") for node in (element, *element.above()))


class Finder:
    """One page while its parts are found."""

    def __init__(self, tree: Tree, leaf: str, meta: Meta, content: Content) -> None:
        self.tree, self.leaf, self.meta, self.content = tree, leaf, meta, content
        self.source = tree.source
        self.fields: list[Field] = []
        self.taken: list[tuple[int, int]] = []
        """Ranges that fields have."""
        self.cut: dict[int, str] = {}
        """Elements that hold what fields took, or stand beside it; inside the text, those with taken words go out."""
        self.gone: dict[int, str] = {}
        """Elements inside the text that say again what a field says."""

    def banned(self, element: Element) -> bool:
        return element.number in self.content.banned

    def inside(self, region: Element) -> list[Element]:
        """The elements of a region, in document order."""
        found = []
        for element in self.tree.elements[region.number + 1 :]:
            if element.start >= region.end:
                break
            found.append(element)
        return found

    def has(self, role: str) -> bool:
        return any(field.role == role for field in self.fields)

    def is_taken(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.taken)

    def holds_taken(self, element: Element) -> bool:
        return any(element.start <= a and b <= element.end for a, b in self.taken)

    def head_end(self, after: int = 0, count: int = 1) -> int:
        """Where the running text begins after an offset: its first paragraph (or a later one), or the region's end."""
        if not self.content.regions:
            return len(self.source)
        region = self.content.regions[0]
        starts = [e.start for e in self.inside(region) if e.start >= after and self._is_running(e)]
        return starts[count - 1] if len(starts) >= count else region.end

    def _is_running(self, element: Element) -> bool:
        running = element.name == "p" and element.flow >= RUNNING
        return running and not in_figure(element) and not self.holds_taken(element)

    def classed(
        self, pattern: re.Pattern[str], low: int, high: int, most: int, names: tuple[str, ...] = (), least: int = 2
    ) -> Element | None:
        """The first element between two offsets whose class, id or itemprop matches, with a fitting length of text."""
        return next(iter(self.all_classed(pattern, low, high, most, names, least, 1)), None)

    def all_classed(
        self, pattern: re.Pattern[str], low: int, high: int, most: int, names: tuple[str, ...] = (),
        least: int = 2, count: int = 50,
    ) -> list[Element]:  # fmt: skip
        """The same, at most so many."""
        found: list[Element] = []
        for element in self.tree.elements:
            if element.start < low or element.tag is None or "=" not in element.tag.raw:
                continue
            if element.start >= high or len(found) >= count:
                break
            if element.end > high or element.last - element.first > 300 or (names and element.name not in names):
                continue
            said = f"{element.get('class')} {element.get('id')} {element.get('itemprop')} {element.get('rel')}"
            if (
                pattern.search(_CAMEL.sub("-", said))
                and self.fits(element, least, most)
                and not self._pictures(element)
            ):
                found.append(element)
        return found

    def _pictures(self, element: Element) -> bool:
        return in_figure(element) or any(e.name in _PICTURES for e in self.tree.below(element, 60) if e.name != "img")

    def fits(self, element: Element, least: int, most: int) -> bool:
        """Whether an element is free to become a field, and of the right length."""
        if self.banned(element) or self.is_taken(element.start, element.end):
            return False
        return least <= len(self.tree.words(element)) <= most

    def take(self, role: Role, element: Element) -> None:
        """A field of the element's inner markup, from its first to its last word."""
        texts = [
            (a, b)
            for a, b, tag in self.tree.tokens[element.first : element.last]
            if tag is None and self.source[a:b].strip()
        ]
        if not texts:
            return
        first, last = texts[0], texts[-1]
        start = first[1] - len(self.source[first[0] : first[1]].lstrip())
        end = last[0] + len(self.source[last[0] : last[1]].rstrip())
        self.take_range(role, element, start, end)

    def take_range(self, role: Role, element: Element, start: int, end: int) -> None:
        if self.is_taken(start, end):
            return
        self.fields.append(Field(role, self.source[start:end], self.leaf, start, markup="html"))
        self.taken.append((start, end))
        self.cut[element.number] = "article header"
