"""Pictures of a page whose caption only its place tells: a box amid the paragraphs that holds one picture and one line.

The box becomes a figure and the line its caption by tags put between the page's own, which have no width in the leaf.
"""

from __future__ import annotations

from backfile.shaping.tokens import Tag, Token
from backfile.shaping.tree import Element, Tree

MAX_CAPTION = 300
_BOXES = frozenset(["div", "span", "section", "p", "center"])
_OTHER = frozenset(
    [
        "figure", "figcaption", "iframe", "video", "audio", "object", "table", "ul", "ol", "dl", "form", "input",
        "button", "article", "blockquote", "pre", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    ]
)  # fmt: skip
_FIGURE, _FIGURE_END = Tag.of("figure"), Tag.of("figure", closing=True)
_CAPTION, _CAPTION_END = Tag.of("figcaption"), Tag.of("figcaption", closing=True)

Inserted = dict[int, list[Tag]]
"""Tags by the number of the token that they stand before."""


def captioned(tree: Tree, elements: list[Element]) -> Inserted:
    """The tags that make figures of the boxes among these elements."""
    found: Inserted = {}
    for image in elements:
        box = _box(image) if image.name == "img" else None
        caption = _caption(tree, box, image) if box is not None else None
        if box is None or caption is None or box.first + 1 in found:
            continue
        found.setdefault(box.first + 1, []).append(_FIGURE)
        found.setdefault(caption[0], []).append(_CAPTION)
        found.setdefault(caption[1], []).append(_CAPTION_END)
        found.setdefault(box.last - 1, []).append(_FIGURE_END)
    return found


def _box(image: Element) -> Element | None:
    """The nearest element around a picture that holds words, if they are few and stand amid paragraphs."""
    for above in image.above():
        if above.name in ("figure", "noscript", "a") and above.text:
            return None
        if above.text:
            few = 3 <= above.text <= MAX_CAPTION and above.links * 2 <= above.text
            return above if few and above.name in _BOXES and _amid_paragraphs(above) else None
        if above.name in ("figure", "noscript"):
            return None
    return None


def _amid_paragraphs(box: Element) -> bool:
    while box.parent is not None and box.parent.text == box.text:
        box = box.parent
    return box.parent is not None and any(
        child.name == "p" and child.flow > 60 for child in box.parent.children if child is not box
    )


def _caption(tree: Tree, box: Element, image: Element) -> tuple[int, int] | None:
    """The tokens of the one child after the picture that holds all the words of the box; None if it is not so."""
    below = tree.elements[box.number + 1 : box.number + 60]
    inner = [element for element in below if element.start < box.end]
    pictures = sum(element.name == "img" for element in inner)
    if len(inner) >= 59 or pictures != 1 or any(element.name in _OTHER for element in inner):
        return None
    holder = next((element for element in inner if element.text == box.text), None)
    if holder is None or holder.start < image.end or sum(element.name == "p" for element in inner) > 1:
        return None
    if holder.last > len(tree.tokens) or holder.last > box.last - 1:
        return None
    return holder.first, holder.last


def tokens_within(
    tokens: list[Token], ranges: tuple[tuple[int, int], ...], inserted: Inserted | None = None
) -> list[Token]:
    """The tokens that lie in the ranges: those of whole elements, so that tags stay in pairs; and further tags."""
    more = inserted or {}
    found: list[Token] = []
    number = 0
    for start, end in ranges:
        while number < len(tokens) and tokens[number][0] < start:
            number += 1
        while number < len(tokens) and tokens[number][1] <= end:
            if number in more:
                found += [(tokens[number][0], tokens[number][0], tag) for tag in more[number]]
            found.append(tokens[number])
            number += 1
    return found
