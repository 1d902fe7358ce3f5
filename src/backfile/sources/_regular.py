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

_Piece = tuple[str, str, str, str, str, str, str, str]


def regular_leaves(text: str) -> Leaves | None:
    """The leaf strings of one element, as `_xml.leaves` gives them; None if the text is not regular. Linear in time."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: Leaves = {}
    pieces = _PIECES(text)
    if not pieces or not pieces[0][0] or pieces[0][4] or pieces[0][5]:
        return None
    if pieces[0][1]:
        _attributes(found, "", pieces[0][1])
    return found if _gather(pieces[1:], pieces[0][0], {}, found) else None


def regular_rest(text: str, name: str, counts: dict[str, int], found: Leaves) -> bool:
    """Read on to the end of the element `name`, from where it had `counts` children of each name, into `found`; false
    if what is left is not regular. Line ends in `text` are LF."""
    return _gather(_PIECES(text), name, counts, found)


def _gather(pieces: list[_Piece], closing: str, counts: dict[str, int], found: Leaves) -> bool:
    """The children of the outermost element and its end, with nothing but white space after it."""
    if pieces and not pieces[-1][0] and not pieces[-1][6] and pieces[-1][7].isspace():
        pieces.pop()
    if not pieces or pieces[-1][6] != closing:
        return False
    prefix = ""
    stack: list[tuple[str, str, dict[str, int]]] = []
    for name, attributes, cdata, plain, leaf, empty, end, _ in pieces[:-1]:
        if end:
            if end != closing or not stack:
                return False
            closing, prefix, counts = stack.pop()
            continue
        if not name:
            return False
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
                return False
            closing, prefix, counts = name, f"{path}/", {}
    return not stack


def _attributes(found: Leaves, path: str, written: str) -> None:
    for name, value in attribute_values(written):
        if value:
            found[f"{path}@{name}"] = value
