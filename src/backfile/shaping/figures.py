"""Pictures of a page whose caption only its place tells: a box amid the paragraphs that holds one picture and one line,
a figure whose words are in no `figcaption`, an empty element that a script would have put the picture into.

What the page lacks are tags put between its own, which have no width in the leaf.
"""

from __future__ import annotations

import re
from itertools import islice

from backfile.shaping.tokens import Tag, Token
from backfile.shaping.tree import Element, Tree

MAX_CAPTION = 300
_WAITING = frozenset(["div", "span", "picture"])
_PICTURE = re.compile(r"[^\s]+\.(?:jpe?g|png|webp|gif|avif)(?:\?\S*)?$", re.IGNORECASE).match
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
    """The tags that make figures and captions of boxes among these elements, and pictures of what waits for one."""
    found: Inserted = {}
    for element in elements:
        if element.name == "img":
            _boxed(tree, element, found)
        elif element.name == "figure" and element.text:
            _told(tree, element, found)
        elif element.name in _WAITING and not element.text and _waits(tree, element):
            assert element.tag is not None
            found.setdefault(element.first, []).append(Tag("img", element.tag.raw))
    return found


def _boxed(tree: Tree, image: Element, found: Inserted) -> None:
    """A box amid paragraphs that holds one picture and one line."""
    box = _box(image)
    caption = _caption(tree, box, image) if box is not None else None
    if box is None or caption is None or box.first + 1 in found:
        return
    found.setdefault(box.first + 1, []).append(_FIGURE)
    found.setdefault(caption[0], []).append(_CAPTION)
    found.setdefault(caption[1], []).append(_CAPTION_END)
    found.setdefault(box.last - 1, []).append(_FIGURE_END)


def _told(tree: Tree, figure: Element, found: Inserted) -> None:
    """A figure whose words are no `figcaption`: those after its one picture are its caption."""
    inner = tree.below(figure, 60)
    images = [element for element in inner if element.name == "img"]
    if figure.text > MAX_CAPTION or len(images) != 1 or any(map(_is_other, inner)):
        return
    if figure.flow < figure.text:
        caption = _caption(tree, figure, images[0])
    else:
        tokens = range(figure.first + 1, figure.last - 1)
        first = next(n for n in tokens if tree.tokens[n][2] is None and tree.source[slice(*tree.tokens[n][:2])].strip())
        after = tree.owner[first] is figure and tree.tokens[first][0] >= images[0].end
        caption = (first, figure.last - 1) if after else None
    if caption is not None:
        found.setdefault(caption[0], []).append(_CAPTION)
        found.setdefault(caption[1], []).append(_CAPTION_END)


def _is_other(element: Element) -> bool:
    return element.name in _OTHER and (element.name != "button" or element.text > 0)


def _waits(tree: Tree, element: Element) -> bool:
    """Whether an empty element in a figure without pictures is there for a script to put the picture in."""
    if element.tag is None or "data-src" not in element.tag.raw or not _PICTURE(element.get("data-src")):
        return False
    figure = next((node for node in islice(element.above(), 6) if node.name == "figure"), None)
    return figure is not None and not any(e.name in ("img", "video", "iframe") for e in tree.below(figure, 60))


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
    if len(inner) >= 59 or pictures != 1 or any(map(_is_other, inner)):
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
