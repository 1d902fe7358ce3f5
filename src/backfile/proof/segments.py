"""What readers could read in a leaf: its visible text in source order, with offsets, and the words that markup hides.

`flow` is the text between the tags. Words also hide in attributes, comments, scripts and bogus tags: such a
segment `must` be accounted for if it reads as prose, and may be if an account names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from backfile.patterns import compile_pattern
from backfile.proof import lists
from backfile.proof.normal import decode, decode_attribute
from backfile.proof.scanner import Attribute, Piece, attributes, scan


class Segment(NamedTuple):
    """`leaf[start:end]` shows `text`. `outer` is the piece of markup around it (the range itself for flow)."""

    kind: Literal["flow", "literal", "attribute", "comment", "raw", "bogus"]
    start: int
    end: int
    text: str
    must: bool
    outer: tuple[int, int]
    parted: bool = False
    """A tag that parts words stands before it."""


def plain(leaf: str) -> list[Segment]:
    """A leaf read as text without markup: one segment, nothing decoded."""
    return [Segment("literal", 0, len(leaf), leaf, True, (0, len(leaf)))]


def segments(markup: str, *, xml: bool = False) -> list[Segment]:
    """A leaf read as markup."""
    found: list[Segment] = []
    parted = False
    for piece in scan(markup, xml=xml):
        kind = piece.kind
        if kind == "text" or kind == "literal":
            raw = markup[piece.start : piece.end]
            shown = decode(raw) if kind == "text" else raw
            name: Literal["flow", "literal"] = "flow" if kind == "text" else "literal"
            found.append(Segment(name, piece.start, piece.end, shown, True, (piece.start, piece.end), parted))
            parted = False
            continue
        parted = parted or piece.name in lists.PARTING
        make = _MAKE.get(kind)
        if make:
            make(markup, piece, found)
    return found


def _raw(markup: str, piece: Piece, found: list[Segment]) -> None:
    raw = markup[piece.start : piece.end]
    found.append(Segment("raw", piece.start, piece.end, raw, bool(raw.strip()), (piece.start, piece.end)))


def _bogus(markup: str, piece: Piece, found: list[Segment]) -> None:
    start, end = piece.inner
    if start < end:
        raw = markup[start:end]
        must = not raw[:8].lower().startswith(("doctype", "xml ", "php")) and _words(raw)
        found.append(Segment("bogus", start, end, decode(raw), must, (piece.start, piece.end)))


def _words(raw: str) -> bool:
    """A bogus comment's words are few: `<!** Bild 1 Legende>`; two of three letters make it text."""
    return len(re.findall(r"[^\W\d_]{3,}", raw)) >= 2 and not re.match(r"(?:DOCTYPE|ELEMENT|ATTLIST|ENTITY|\[)", raw)


def _comment(markup: str, piece: Piece, found: list[Segment]) -> None:
    start, end = piece.inner
    raw = markup[start:end]
    outer = (piece.start, piece.end)
    if not raw.strip():
        return
    if lists.MACHINE_COMMENT.match(raw):
        found.append(Segment("comment", start, end, raw, False, outer))
        if "{" in raw:
            _json_values(raw, start, outer, found)
        return
    visible = re.sub(r"<[^<>]*>", " ", raw) if "<" in raw else raw
    found.append(Segment("comment", start, end, raw, lists.reads_as_prose(visible), outer))


_JSON_STRING = compile_pattern(r'"((?:[^"\\]++|\\.)*+)"(\s*+:)?', re.DOTALL)


def _json_values(raw: str, at: int, outer: tuple[int, int], found: list[Segment]) -> None:
    """Sentences among the values of a block-editor comment."""
    for match in _JSON_STRING.finditer(raw):
        if match[2] or len(match[1]) < lists.LONG_VALUE:
            continue
        try:
            value = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            value = match[1]
        if lists.reads_as_prose(value):
            found.append(Segment("attribute", at + match.start(1), at + match.end(1), value, True, outer))


def _tag(markup: str, piece: Piece, found: list[Segment]) -> None:
    for attribute in attributes(markup, piece):
        if attribute.start < attribute.end:
            raw = markup[attribute.start : attribute.end]
            value = decode_attribute(raw)
            must = is_prose(piece.name, attribute, value, markup, piece)
            found.append(Segment("attribute", attribute.start, attribute.end, value, must, (piece.start, piece.end)))


def is_prose(element: str, attribute: Attribute, value: str, markup: str, piece: Piece) -> bool:
    """Whether an attribute holds words for readers."""
    name = attribute.name
    if name in lists.PROSE_ATTRIBUTES:
        return bool(value.strip())
    if element == "meta" and name == "content":
        return lists.META_PROSE.search(markup, piece.start, piece.end) is not None and bool(value.strip())
    if name in lists.MACHINE_ATTRIBUTES or name.startswith("on"):
        return False
    return lists.reads_as_prose(value)


_MAKE: dict[str, Callable[[str, Piece, list[Segment]], None]] = {
    "raw": _raw,
    "bogus": _bogus,
    "comment": _comment,
    "open": _tag,
}
