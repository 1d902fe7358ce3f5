"""XML to leaf strings, read a second time: by patterns over the decoded text, with no parser and no entity expansion.

The paths and the reading of XML that is not well-formed are those of `backfile.record`; nothing else is
shared with the sources. Nothing is fetched and nothing multiplies: a reference is decoded where it is
numeric or one of HTML's names, and is text otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from html.entities import html5
from xml.parsers import expat

from backfile.patterns import compile_pattern
from backfile.proof.elements import elements

MAX_DEPTH = 256

_NAME = r"[^\W\d][\w:.\-·]*+"
_VALUES = r"""(?:\s++[^\s=<>"'/]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+"""
_SECTION = r"<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>"
_LEAF = compile_pattern(rf"(\s*+)<({_NAME})({_VALUES})\s*+>(?:{_SECTION}|([^<]*+))</\2\s*+>")
_MARK = compile_pattern(rf"<!\[CDATA\[|<!--|<\?|</({_NAME})\s*+>|<({_NAME})({_VALUES})\s*+(/?)>")
_ATTRIBUTE = compile_pattern(r"""([^\s=<>"'/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_REFERENCE = compile_pattern(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_ATTRIBUTES = compile_pattern(rf"{_VALUES}\s*+").fullmatch
_LINE_END = compile_pattern(r"\r\n|[\t\n\r]")
_NUMBER = compile_pattern(r"\[\d+\]")
_START = compile_pattern(rf"<{_NAME}")
_HEAD = compile_pattern(r"\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)", re.DOTALL | re.IGNORECASE)
_FULL_END = compile_pattern(r"\]\]>\s*</([^\s<>]+)\s*>")
_END = compile_pattern(r"</([^\s<>]+)\s*>")


class Unreadable(Exception):
    """The proof cannot read this payload; the message says why."""


def xml_leaves(text: str, regions: frozenset[str]) -> dict[str, str]:
    """Leaf strings by path; empty ones are left out. Raises `Unreadable` beyond `MAX_DEPTH`."""
    text = text if text[:1] == "<" and text[1:2].isalpha() else text[_root(text) :]
    return (None if regions else _plainly(text)) or carefully(text, regions)


def carefully(text: str, regions: frozenset[str]) -> dict[str, str]:
    """Leaf strings of XML of any kind, from its root on."""
    return _Reader(text, regions).read()


def _plainly(text: str) -> dict[str, str] | None:
    """Leaf strings of XML that is plain elements; None where it is not."""
    found = elements(_lines(text))
    if found is None:
        return None
    paths, values, sections, told = found
    if "&" in text:
        told = [decode_references(raw) if raw else raw for raw in told]
    both = zip(paths, told, sections, strict=True)
    leaves = {path: value for path, raw, section in both if (value := raw or section)}
    for number, raw in enumerate(values):
        if raw:
            known = _attributes(raw)
            if known is None:
                return None
            for name, value in known:
                leaves[f"{paths[number]}@{name}"] = value
    return leaves


@lru_cache(maxsize=4096)
def _attributes(values: str) -> tuple[tuple[str, str], ...] | None:
    """Names and values that are not empty, decoded; None where those are no attributes."""
    if not _ATTRIBUTES(values):
        return None
    found = []
    for match in _ATTRIBUTE.finditer(values):
        raw = match[2] if match[2] is not None else match[3]
        if value := decode_references(_LINE_END.sub(" ", raw)):
            found.append((match[1], value))
    return tuple(found)


def _root(text: str) -> int:
    """Where the root element begins; behind declaration, comments and document type."""
    at = 1 if text[:1] == "\ufeff" else 0
    while head := _HEAD.match(text, at):
        at = head.end()
    found = _START.search(text, at)
    return found.start() if found else len(text)


def decode_references(text: str) -> str:
    return _REFERENCE.sub(_decoded, text) if "&" in text else text


def _decoded(found: re.Match[str]) -> str:
    if found[3]:
        return html5.get(f"{found[3]};", found[0])
    code = int(found[1]) if found[1] else int(found[2], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _lines(text: str) -> str:
    """Line ends as XML has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class _Open:
    """An open element: its path, its name, how many children of each name it had, its own text so far."""

    __slots__ = ("children", "inner", "name", "parts", "path")

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path
        self.children: dict[str, int] = {}
        self.parts: list[str] = []
        self.inner = -1
        """Where the inner markup of a region begins."""


class _Reader:
    def __init__(self, text: str, regions: frozenset[str]) -> None:
        self.text, self.regions = text, regions
        self.last = len(text.rstrip())
        self.lasts: dict[str, int] = {}
        """Where the last `-->` and the last `?>` stand."""
        self.leaves: dict[str, str] = {}
        self.stack: list[_Open] = []
        self.names: dict[str, int] = {}
        self.region_depth = 0
        """Height of the stack at which the region that we are in was opened; 0 outside."""
        self.fresh = False
        """Only white space has come since the last start tag."""
        self._positions: tuple[dict[str, list[int]], dict[str, list[int]]] | None = None
        self._well_formed: bool | None = None

    def read(self) -> dict[str, str]:
        text, at, quick = self.text, 0, True
        while True:
            if quick and self.stack and not self.region_depth:
                at = self._simple(at)
            start = text.find("<", at)
            if start < 0:
                break
            if at < start:
                self._characters(text[at:start])
            mark = _MARK.match(text, start)
            if mark is None:
                self._characters("<")
                at = start + 1
                continue
            quick = quick and not text.startswith("<![CDATA[", mark.end())
            at = self._mark(mark, start)
        self._characters(text[at:])
        while self.stack:
            self._close(len(text))
        return self.leaves

    # -- what may come -----------------------------------------------------------------------------

    def _simple(self, at: int) -> int:
        """Elements without children, one after the other: the usual case, in one step each. Gives where they end."""
        text, leaves, regions, match = self.text, self.leaves, self.regions, _LEAF.match
        parent = self.stack[-1]
        children, above = parent.children, f"{parent.path}/" if parent.path else ""
        while found := match(text, at):
            space, name, values, section, characters = found.groups()
            at = found.end()
            if space:
                parent.parts.append(_lines(space))
            children[name] = number = children.get(name, 0) + 1
            path = f"{above}{name}" if number == 1 else f"{above}{name}[{number}]"
            if values:
                self._attributes(path, values)
            if regions and self._is_region(path):
                inner = found.start(5) if section is None else found.start(4) - 9
                value = text[inner : text.rindex("</", inner, at)]
            else:
                value = characters if section is None else section
                if "\r" in value:
                    value = _lines(value)
                if "&" in value and section is None:
                    value = decode_references(value)
            if value:
                leaves[path] = value
            self.fresh = False
        return at

    def _mark(self, found: re.Match[str], start: int) -> int:
        end_name, name, values, empty = found.groups()
        if name:
            self._open(name, values, found.end())
            if empty:
                self._close(found.end())
        elif end_name:
            self._end(end_name, found[0], start)
        elif found[0] == "<![CDATA[":
            return self._section(start)
        else:
            return self._machine(found[0], start)
        return found.end()

    def _open(self, name: str, values: str, end: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise Unreadable(f"elements are nested deeper than {MAX_DEPTH}")
        element = _Open(name, self._path(name) if self.stack else "")
        self.names[name] = self.names.get(name, 0) + 1
        self.stack.append(element)
        self.fresh = True
        if self.region_depth:
            return
        if values:
            self._attributes(element.path, values)
        if self.regions and self._is_region(element.path):
            element.inner = end
            self.region_depth = len(self.stack)

    def _end(self, name: str, raw: str, start: int) -> None:
        if not self.names.get(name) or self._too_early(name, start + len(raw)):
            self._characters(raw, decode=False)
            return
        while self._close(start) != name:
            pass

    def _too_early(self, name: str, end: int) -> bool:
        """Whether this would close the root although more than comments follows."""
        root = self.names[name] == 1 and self.stack[0].name == name
        return root and end < self.last and not self.well_formed()

    def _close(self, at: int) -> str:
        element = self.stack.pop()
        self.names[element.name] -= 1
        self.fresh = False
        if element.inner >= 0:
            self.region_depth = 0
            if element.inner < at:
                self.leaves[element.path] = self.text[element.inner : at]
        elif element.parts and not self.region_depth:
            value = "".join(element.parts)
            if value and not (element.children and value.isspace()):
                self.leaves[element.path or "."] = value
        return element.name

    def _characters(self, raw: str, decode: bool = True) -> None:
        if not raw or not self.stack:
            return
        if self.fresh and not raw.isspace():
            self.fresh = False
        if not self.region_depth:
            raw = _lines(raw)
            self.stack[-1].parts.append(decode_references(raw) if decode else raw)

    def _machine(self, opening: str, start: int) -> int:
        """A comment or processing instruction: passed over; text where it is never closed."""
        closing = "-->" if opening == "<!--" else "?>"
        if closing not in self.lasts:
            self.lasts[closing] = self.text.rfind(closing)
        end = self.text.find(closing, start + len(opening)) if start + len(opening) <= self.lasts[closing] else -1
        if end < 0:
            self._characters(opening)
            return start + len(opening)
        return end + len(closing)

    def _section(self, start: int) -> int:
        begin = start + 9
        if self.fresh and self.stack:
            end = self._section_end(self.stack[-1].name, begin)
            value = self.text[begin:end].replace("]]]]><![CDATA[>", "]]>")
        else:
            if "]]>" not in self.lasts:
                self.lasts["]]>"] = self.text.rfind("]]>")
            if begin > self.lasts["]]>"]:
                self._characters("<![CDATA[", decode=False)
                return begin
            end = self.text.index("]]>", begin)
            value = self.text[begin:end]
        self.fresh = False
        self._characters(value, decode=False)
        return end + 3 if self.text.startswith("]]>", end) else end

    # -- helpers -----------------------------------------------------------------------------------

    def _path(self, name: str) -> str:
        parent = self.stack[-1]
        number = parent.children.get(name, 0) + 1
        parent.children[name] = number
        step = name if number == 1 else f"{name}[{number}]"
        return f"{parent.path}/{step}" if parent.path else step

    def _attributes(self, path: str, values: str) -> None:
        for name, value in _attributes(values) or ():
            self.leaves[f"{path}@{name}"] = value

    def _is_region(self, path: str) -> bool:
        return path in self.regions or ("[" in path and _NUMBER.sub("", path) in self.regions)

    def _section_end(self, name: str, begin: int) -> int:
        """Where a CDATA section right behind the start tag `name` ends."""
        if self.well_formed():
            return self.text.index("]]>", begin)
        if self._positions is None:
            self._positions = (_by_name(_FULL_END, self.text), _by_name(_END, self.text))
        for table in self._positions:
            found = table.get(name, [])
            number = bisect_left(found, begin)
            if number < len(found):
                return found[number]
        return len(self.text)

    def well_formed(self) -> bool:
        if self._well_formed is None:
            parser = expat.ParserCreate("utf-8")
            try:
                parser.Parse(self.text.encode("utf-8", "surrogatepass"), True)
                self._well_formed = True
            except expat.ExpatError:
                self._well_formed = False
        return self._well_formed


def _by_name(pattern: re.Pattern[str], text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[1], []).append(match.start())
    return found
