"""The usual XML payload, elements without mixed content one after the other, read at the speed of the pattern engine.

Gives up (None) where anything else stands between the elements than white space and tags that fit each other;
`xmlleaves` then looks properly. What it does give is what `xmlleaves` would give.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from backfile.patterns import compile_pattern

_NAME = r"[^\W\d][\w:.\-·]*+"
_SECTION = r"<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>"
_ELEMENTS = compile_pattern(
    rf"""<([^ \t\r\n<>/="'&;!?]++)(?:>|([ \t\r\n][^<>]*+)>)(?:{_SECTION}|([^<]*+))</\1>"""
).split
"""Name, attributes, CDATA section and characters; names and attributes are looked at by themselves, once each."""
_NAMES = compile_pattern(rf"{_NAME}(?: {_NAME})*+").fullmatch
_GAP = compile_pattern(rf"\s*+(?:</?{_NAME}\s*+/?>\s*+)*+").fullmatch
_TAGS = compile_pattern(r"<(/?)([^\s/<>]++)\s*+(/?)>").findall
_MOST = 4000
"""More strings than these are left to the careful reader, because what is known of a shape is kept."""
_DEEPEST = 64
_SHORT = 16_000


class Elements(NamedTuple):
    """Elements without children: their paths, what stands between name and `>` (None where nothing does), and what they
    hold, undecoded: a CDATA section or (None where there is one) characters."""

    paths: tuple[str, ...]
    values: list[str | None]
    sections: list[str | None]
    characters: list[str | None]


def elements(text: str) -> Elements | None:
    """The elements of a payload; None where it has to be looked at properly."""
    if len(text) > _SHORT and not all("]]>" in piece for piece in text.split("<![CDATA[")[1:]):
        return None  # sections that are not closed would be searched to the end, each of them
    parts: list[Any] = _ELEMENTS(text)
    paths = _paths(tuple(parts[::5]), tuple(parts[1::5])) if len(parts) < _MOST else ()
    return Elements(paths, parts[2::5], parts[3::5], parts[4::5]) if paths else None


@lru_cache(maxsize=512)
def _paths(gaps: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of elements by what stands between them; empty where those are not tags that fit each other, or a name
    is none."""
    found: list[str] = []
    open_: list[_Open] = []
    if not _NAMES(" ".join(names)):
        return ()
    for number, gap in enumerate(gaps):
        if not _GAP(gap):
            return ()
        for ends, name, empty in _TAGS(gap):
            if ends:
                if empty or not open_ or open_.pop().name != name:
                    return ()
            elif not open_ and (number or empty):
                return ()
            else:
                path = open_[-1].step(name) if open_ else ""
                if not empty:
                    open_.append(_Open(name, path))
        if len(open_) > _DEEPEST or bool(open_) != (number < len(names)):
            return ()
        if open_:
            found.append(open_[-1].step(names[number]))
    return tuple(found)


class _Open:
    """An open element, and how many children of each name it has had."""

    __slots__ = ("children", "name", "path")

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path
        self.children: dict[str, int] = {}

    def step(self, name: str) -> str:
        """The path of its next child of this name."""
        number = self.children[name] = self.children.get(name, 0) + 1
        own = name if number == 1 else f"{name}[{number}]"
        return f"{self.path}/{own}" if self.path else own
