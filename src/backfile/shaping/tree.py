"""Elements over tokens: which text lies in which element, and how much of it is links. No tree building as
browsers do it: just enough nesting to find the part of a page that is the article, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from backfile.shaping.names import VOID
from backfile.shaping.tokens import Tag, Token

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "img",
        "br",
        "wbr",
        "svg",
        "path",
        "use",
        "picture",
        "source",
    ]
)
_CLOSED_BY = {
    "p": frozenset(
        [
            "p",
            "div",
            "ul",
            "ol",
            "dl",
            "table",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "section",
            "article",
            "aside",
            "header",
            "footer",
            "nav",
            "main",
            "form",
            "figure",
            "pre",
            "hr",
            "address",
            "fieldset",
        ]
    ),
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "tr": frozenset(["tr", "tbody"]),
    "td": frozenset(["td", "th", "tr", "tbody"]),
    "th": frozenset(["td", "th", "tr", "tbody"]),
    "option": frozenset(["option", "optgroup"]),
    "head": frozenset(["body"]),
}
_UNSEEN = frozenset(["script", "style", "template", "noscript", "title", "textarea", "select", "svg", "head"])
_LOOK_BACK = 200
MAX_DEPTH = 512
"""What is nested deeper hangs on the last element above, as in browsers."""
_SPACES = re.compile(r"\s+")


class Element:
    """One element. `start`, `end`: its range with its tags; `first`, `last`: its tokens, half open. Lengths are code
    points of visible text: `flow` of its own and its inline children's, `text` of everything inside, `links` within
    links. `number` is its place in document order."""

    __slots__ = (
        "children", "commas", "end", "first", "flow", "flow_links", "last", "links", "name", "number", "parent",
        "start", "tag", "text",
    )  # fmt: skip

    def __init__(self, name: str, tag: Tag | None, start: int, first: int, number: int, parent: Element | None) -> None:
        self.name, self.tag, self.start, self.first, self.number, self.parent = name, tag, start, first, number, parent
        self.end, self.last = start, first
        self.children: list[Element] = []
        self.flow = self.flow_links = self.text = self.links = self.commas = 0

    def get(self, attribute: str) -> str:
        return self.tag.get(attribute) if self.tag else ""

    def above(self) -> Iterator[Element]:
        """Its ancestors, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, other: Element) -> bool:
        return other.start <= self.start and self.end <= other.end

    def density(self) -> float:
        """The part of its text that is links."""
        return self.links / self.text if self.text else 0.0


class Tree:
    """All elements of a leaf in document order; `owner[n]` is the element that token `n` lies in."""

    def __init__(self, source: str, tokens: list[Token]) -> None:
        self.source, self.tokens = source, tokens
        self.root = Element("#root", None, 0, 0, 0, None)
        self.elements = [self.root]
        self.owner: list[Element] = []
        self._open = [self.root]
        self._counts: dict[str, int] = {}
        for number, token in enumerate(tokens):
            self._read(number, token)
        while len(self._open) > 1:
            self._close(len(source), len(tokens))
        self.root.end, self.root.last = len(source), len(tokens)
        self._sum()

    def _read(self, number: int, token: Token) -> None:
        start, end, tag = token
        if tag is None or tag.name[0] == "#":
            self.owner.append(self._open[-1])
            if tag is None:
                self._text(start, end)
            return
        if tag.closing:
            self.owner.append(self._open[-1])
            self._closing(tag.name, end, number + 1)
            return
        top = self._open[-1]
        while tag.name in _CLOSED_BY.get(top.name, ()):
            self._close(start, number)
            top = self._open[-1]
        element = Element(tag.name, tag, start, number, len(self.elements), top)
        top.children.append(element)
        self.elements.append(element)
        self.owner.append(element)
        if (
            tag.name in VOID
            or (tag.empty and tag.name in ("path", "use", "svg", "circle", "rect", "polygon", "g"))
            or len(self._open) > MAX_DEPTH
        ):
            element.end, element.last = end, number + 1
        else:
            self._open.append(element)
            self._counts[tag.name] = self._counts.get(tag.name, 0) + 1

    def _text(self, start: int, end: int) -> None:
        raw = self.source[start:end]
        length = len(raw.strip())
        if not length or any(self._counts.get(name) for name in _UNSEEN):
            return
        block = self._open[-1]
        while block.name in INLINE and block.parent is not None:
            block = block.parent
        block.flow += length
        block.commas += raw.count(",")
        if self._counts.get("a"):
            block.flow_links += length

    def _closing(self, name: str, end: int, last: int) -> None:
        if not self._counts.get(name):
            return
        inline = name in INLINE
        for back in range(1, min(len(self._open), _LOOK_BACK if inline else len(self._open))):
            other = self._open[-back].name
            if other == name:
                for _ in range(back - 1):
                    self._close(end, last)
                self._close(end, last)
                return
            if inline and other not in INLINE:
                return

    def _close(self, end: int, last: int) -> None:
        element = self._open.pop()
        element.end, element.last = end, last
        self._counts[element.name] -= 1

    def _sum(self) -> None:
        for element in reversed(self.elements):
            element.text += element.flow
            element.links += element.flow_links
            if element.parent is not None:
                element.parent.text += element.text
                element.parent.links += element.links

    def below(self, element: Element, most: int = 400) -> list[Element]:
        """The elements inside an element, in document order, at most so many."""
        end = stop = element.number + 1
        while end < len(self.elements) and self.elements[end].start < element.end and end - stop < most:
            end += 1
        return self.elements[stop:end]

    def line(self, element: Element, most: int) -> str:
        """The element's visible text if it is at most so long, else nothing. Works for inline elements too, whose
        lengths count for the block around them."""
        if element.text > most or element.last - element.first > 60:
            return ""
        words = self.words(element)
        return words if len(words) <= most else ""

    def words(self, element: Element) -> str:
        """The element's visible text, white space collapsed."""
        parts = [unescape(self.source[a:b]) for a, b, tag in self.tokens[element.first : element.last] if tag is None]
        return _SPACES.sub(" ", " ".join(parts)).strip()
