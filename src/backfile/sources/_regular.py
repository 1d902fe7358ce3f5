"""The way that most items go: XML so regular that one expression reads all of it.

Elements with text or one CDATA section, or with such elements in them, and nothing else. At the first sign of
anything more (a comment, text between elements, a tag that does not close) the item goes the ordinary way, `_xml`.
Both ways give the same leaves: a test holds them against each other.
"""

from __future__ import annotations

from backfile.patterns import compile_pattern
from backfile.sources._xml import Leaves, attribute_values, decode_references

_PIECES = compile_pattern(
    r"""\s*+<(?:(?P<name>[A-Za-z_][\w:.\-]*+)(?P<attributes>(?:\s++[\w:.\-]++=(?:"[^"<]*+"|'[^'<]*+'))*+)\s*+"""
    r"""(?:>(?:<!\[CDATA\[(?P<cdata>[^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>|(?P<text>[^<]*+))<(?P<leaf>/)(?P=name)>"""
    r"""|(?P<empty>/?)>)|/(?P<end>[A-Za-z_][\w:.\-]*+)>)|(?P<rest>.[\s\S]*+)"""
).findall
_DEEP = 8
"""Real items have three levels."""

_Open = tuple[str, str, dict[str, int]]


def regular_leaves(text: str) -> Leaves | None:
    """The leaf strings of one element, as `_xml.leaves` gives them; None if the text is not regular. Linear in time."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: Leaves = {}
    stack: list[_Open] = []
    pieces = _PIECES(text)
    opened = _root(pieces, found)
    if opened is None:
        return None
    closing, prefix, counts = opened
    for name, attributes, cdata, plain, leaf, empty, end, _ in pieces[1:-1]:
        if end:
            if end != closing or not stack:
                return None
            closing, prefix, counts = stack.pop()
            continue
        if not name:
            return None
        number = counts[name] = counts.get(name, 0) + 1
        path = f"{prefix}{name}" if number == 1 else f"{prefix}{name}[{number}]"
        if attributes:
            _attributes(found, path, attributes)
        if cdata:
            found[path] = cdata
        elif leaf:
            if plain:
                found[path] = decode_references(plain) if "&" in plain else plain
        elif not empty:
            stack.append((closing, prefix, counts))
            if len(stack) > _DEEP:
                return None
            closing, prefix, counts = name, f"{path}/", {}
    return found if not stack and pieces[-1][6] == closing else None


def _root(pieces: list[tuple[str, ...]], found: Leaves) -> _Open | None:
    """The outermost element, which must hold the others, with nothing but white space after it."""
    if pieces and not pieces[-1][0] and not pieces[-1][6] and pieces[-1][7].isspace():
        pieces.pop()
    if len(pieces) < 2 or not pieces[0][0] or pieces[0][4] or pieces[0][5]:
        return None
    if pieces[0][1]:
        _attributes(found, "", pieces[0][1])
    return pieces[0][0], "", {}


def _attributes(found: Leaves, path: str, written: str) -> None:
    for name, value in attribute_values(written):
        if value:
            found[f"{path}@{name}"] = value
