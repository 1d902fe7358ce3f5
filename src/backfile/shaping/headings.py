"""A heading of a page that holds two things: `<h1><span>Kicker</span> <span>Headline</span></h1>`."""

from __future__ import annotations

import re
from typing import NamedTuple

from backfile.shaping.tree import Element, Tree

KICKER = re.compile(
    r"(?:^|[-_\s])(?:kicker|overline|spitzmarke|dachzeile|surtitre|occhiello|roofline|catchline|topline|eyebrow"
    r"|rubric|rubrik|sur-?title|supertitle|pretitle|toptitle)(?:$|[-_\s])",
    re.IGNORECASE,
)
MAX_KICKER = 90
_PARTS = frozenset(["span", "div", "small", "p"])
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"[\s:|·•/–—-]*")

Range = tuple[int, int]


class Heading(NamedTuple):
    """Ranges of the leaf, from the first to the last word."""

    kicker: Range
    headline: Range


def is_kicker(element: Element) -> bool:
    """Whether class or id call an element a kicker."""
    return KICKER.search(_CAMEL.sub("-", f"{element.get('class')} {element.get('id')}")) is not None


def split(tree: Tree, heading: Element) -> Heading | None:
    """The two parts of a heading; None if it is one. An emphasised word or the lines of a headline are no parts."""
    texts = [
        (start, end, number)
        for number, (start, end, tag) in enumerate(tree.tokens[heading.first : heading.last], heading.first)
        if tag is None and _LETTER.search(tree.source, start, end)
    ]
    if len(texts) < 2:
        return None
    first = _top(tree.owner[texts[0][2]], heading, heading.start, texts[-1][0])
    if first is None:
        return None
    inner = [text for text in texts if text[0] < first.end]
    rest = [text for text in texts if text[0] >= first.end]
    second = _top(tree.owner[rest[0][2]], heading, first.end, heading.end) if rest else None
    if not rest or not _are_two(tree, first, second, rest[0][0]):
        return None
    kicker = _words(tree, inner[0][0], inner[-1][1])
    return Heading(kicker, _words(tree, rest[0][0], rest[-1][1])) if kicker[1] - kicker[0] <= MAX_KICKER else None


def _top(element: Element, heading: Element, low: int, high: int) -> Element | None:
    """The outermost element inside the heading, from this one up, that lies between two offsets."""
    found = None
    while element is not heading and element.parent is not None:
        if low <= element.start and element.end <= high:
            found = element
        element = element.parent
    return found


def _are_two(tree: Tree, first: Element, second: Element | None, rest: int) -> bool:
    """Whether a kicker's class, an element of another class, or a missing space tell the parts from each other."""
    if first.name not in _PARTS:
        return False
    if is_kicker(first) or any(is_kicker(child) for child in first.children):
        return True
    if second is None:
        return tree.source[first.end : rest].strip() == "" and not tree.source[first.end : rest + 1][:1].isspace()
    return second.name in _PARTS and bool(first.get("class")) and first.get("class") != second.get("class")


def _words(tree: Tree, start: int, end: int) -> Range:
    """The range without white space and signs that only part, at its beginning, and white space at its end."""
    match = _BETWEEN.match(tree.source, start, end)
    start = match.end() if match else start
    return start, start + len(tree.source[start:end].rstrip())
