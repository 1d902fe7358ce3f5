"""XML to leaf strings, hardened: nothing is expanded, fetched, or lost.

Well-formed XML goes through expat; what expat refuses is read again by the rules of `backfile.record`
for XML that is not well-formed. No entity but XML's five, numeric ones and HTML's names is ever
replaced; a document type that defines entities of entities, or external ones, is refused. Time and
memory are linear in the payload, whatever it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from html.entities import html5
from xml.parsers import expat

from backfile.errors import RefusedInput
from backfile.patterns import compile_pattern

MAX_DEPTH = 256
"""Elements inside elements; real exports have fewer than ten, NITF bodies fewer than thirty."""

_NAME = r"[A-Za-z_:À-\U0010FFFF][\w:.\-·]*+"
_TOKEN = compile_pattern(
    rf"""<!\[CDATA\[|<!--|<\?|</(?P<end>{_NAME})\s*+>"""
    rf"""|<(?P<start>{_NAME})(?P<attributes>(?:\s++[^\s=<>"'/]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+)\s*+(?P<empty>/?)>"""
)
_ATTRIBUTE = compile_pattern(r"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BREAKS = compile_pattern(r"\r\n|[\t\n\r]")
_TAG_END = compile_pattern(rb"""[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
_REFERENCE = compile_pattern(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_CLOSED_CDATA = compile_pattern(r"\]\]>\s*</([^\s<>]+)\s*>")
_CLOSING = compile_pattern(r"</([^\s<>]+)\s*>")
_DECLARATION = compile_pattern(r"<!ENTITY\s+(%\s*)?\S+\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')?")
_DOCTYPE = compile_pattern(r"<!DOCTYPE[^\[>]*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = compile_pattern(rf"<{_NAME}")
_TAG = compile_pattern(r"</?[A-Za-z_:][^<>]*>")

Leaves = dict[str, str]


def leaves(text: str, regions: tuple[str, ...] = ()) -> Leaves:
    """The leaf strings of one element or document, by path, as `backfile.record` defines them; no empty ones.

    `regions` are paths without numbers. Raises `RefusedInput` for hostile document types and for nesting
    deeper than `MAX_DEPTH`.
    """
    root = root_start(text)
    if root:
        text = text[root:]
    try:
        return _Strict(text, frozenset(regions)).leaves
    except expat.ExpatError:
        return _Lenient(text, frozenset(regions)).leaves


def is_well_formed(text: str) -> bool:
    """Whether `text` is one well-formed element, undeclared prefixes allowed."""
    try:
        expat.ParserCreate("utf-8").Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError:
        return False
    return True


def root_start(text: str) -> int:
    """Where the root element starts: after byte order mark, declaration, comments and document type.

    Raises `RefusedInput` if the document type would fetch or multiply something.
    """
    if text[:1] == "<" and text[1:2].isalpha():
        return 0
    for kind, start, _ in outside(text):
        if kind == "tag" and _ROOT.match(text, start):
            return start
    return len(text)


def outside(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of what stands around elements, in order: `text`, `comment`, `instruction`, `doctype`, `tag`.

    Only the first document type counts. Raises `RefusedInput` for a hostile one. Linear in the text's length.
    """
    position = after = 0
    doctypes = 0
    last = {"-->": text.rfind("-->"), "?>": text.rfind("?>")}
    while (start := text.find("<", position)) >= 0:
        kind, end = "tag", 0
        if text.startswith("<!--", start):
            kind, end = "comment", text.find("-->", start + 4) + 3 if last["-->"] >= start + 4 else 0
        elif text.startswith("<?", start):
            kind, end = "instruction", text.find("?>", start + 2) + 2 if last["?>"] >= start + 2 else 0
        elif not doctypes and text[start : start + 9].upper() == "<!DOCTYPE":
            kind, end, doctypes = "doctype", _doctype(text, start), 1
        elif tag := _TAG.match(text, start):
            end = tag.end()
        if end:
            if after < start:
                yield "text", after, start
            yield kind, start, end
            after = end
        position = end or start + 1
    if after < len(text):
        yield "text", after, len(text)


def _doctype(text: str, start: int) -> int:
    """The end of the document type at `start`; 0 if it has none."""
    match = _DOCTYPE.match(text, start)
    refuse_hostile_entities(match[1] or "" if match else text[start:])
    return match.end() if match else 0


def refuse_hostile_entities(subset: str) -> None:
    """Raise `RefusedInput` if a document type's internal subset defines entities that fetch or multiply."""
    for match in _DECLARATION.finditer(subset):
        parameter, external, value = match[1], match[2], match[3] or match[4] or ""
        if external or parameter or any(name not in _XML_NAMES for name in _NAMED.findall(value)):
            what = "external entities" if external else "entities made of entities"
            hint = "No export needs them. Look at the file's head, and remove its <!ENTITY …> lines if you trust it."
            raise RefusedInput(f"its document type defines {what}", hint=hint)


_XML_NAMES = ("amp", "lt", "gt", "quot", "apos")
_NAMED = compile_pattern(r"[&%]([^#\s;&%]+);")


def decode_references(text: str) -> str:
    """`text` with numeric references and HTML's names decoded; all others are left as they stand."""
    return _REFERENCE.sub(_decoded, text) if "&" in text else text


def _decoded(match: re.Match[str]) -> str:
    if match[3]:
        return html5.get(f"{match[3]};", match[0])
    code = int(match[1]) if match[1] else int(match[2], 16)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else match[0]


def attribute_values(written: str) -> Iterator[tuple[str, str]]:
    """(name, value) of a tag's attributes as they are written."""
    for name, double, single in _ATTRIBUTE.findall(written):
        value = double or single
        if "&" in value or not value.isprintable():
            value = decode_references(_BREAKS.sub(" ", value))
        yield name, value


class _Element:
    """An open element: its path, how many children of each name it had, its own text, and where a region began."""

    __slots__ = ("counts", "name", "parts", "path", "region")

    def __init__(self, name: str, path: str, region: int = -1) -> None:
        self.name, self.path, self.region = name, path, region
        self.counts: dict[str, int] = {}
        self.parts: list[str] = []


def _child_path(parent: _Element, name: str) -> str:
    number = parent.counts.get(name, 0) + 1
    parent.counts[name] = number
    step = name if number == 1 else f"{name}[{number}]"
    return f"{parent.path}/{step}" if parent.path else step


_NUMBER = compile_pattern(r"\[\d+\]")


def _is_region(path: str, regions: frozenset[str]) -> bool:
    return path in regions or ("[" in path and _NUMBER.sub("", path) in regions)


class _Builder:
    """What both readers share: a stack of open elements that becomes leaves."""

    def __init__(self, regions: frozenset[str]) -> None:
        self.leaves: Leaves = {}
        self.regions = regions
        self.stack: list[_Element] = []
        self.inside = 0
        """How many elements are open inside a region, itself included; 0 outside."""

    def open(self, name: str) -> _Element:
        if len(self.stack) >= MAX_DEPTH:
            raise RefusedInput(f"elements are nested deeper than {MAX_DEPTH}")
        element = _Element(name, _child_path(self.stack[-1], name) if self.stack else "")
        self.stack.append(element)
        if self.inside:
            self.inside += 1
        return element

    def close(self) -> _Element:
        element = self.stack.pop()
        if self.inside:
            self.inside -= 1
        elif element.parts:
            value = "".join(element.parts)
            if value and not (element.counts and value.isspace()):
                self.leaves[element.path or "."] = value
        return element

    def attribute(self, element: _Element, name: str, value: str) -> None:
        if value and not (self.inside and element.region < 0):
            self.leaves[f"{element.path}@{name}"] = value


class _Strict(_Builder):
    """Well-formed XML, by expat. Raises `ExpatError` for anything else."""

    def __init__(self, text: str, regions: frozenset[str]) -> None:
        super().__init__(regions)
        self.data = text.encode("utf-8", "surrogatepass")
        parser = self.parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.Parse(self.data, True)

    def start(self, name: str, attributes: list[str]) -> None:
        element = self.open(name)
        if self.regions and not self.inside and _is_region(element.path, self.regions):
            tag = _TAG_END.match(self.data, self.parser.CurrentByteIndex)
            assert tag is not None, "expat has read this tag"
            element.region, self.inside = tag.end(), 1
        for at in range(0, len(attributes), 2):
            self.attribute(element, attributes[at], attributes[at + 1])

    def end(self, _name: str) -> None:
        element = self.close()
        end = self.parser.CurrentByteIndex
        if 0 <= element.region < end:
            self.leaves[element.path] = self.data[element.region : end].decode("utf-8", "surrogatepass")

    def characters(self, data: str) -> None:
        self.stack[-1].parts.append(data)


class _Lenient(_Builder):
    """All other XML, by the rules of `backfile.record`."""

    def __init__(self, text: str, regions: frozenset[str]) -> None:
        super().__init__(regions)
        self.text = text
        self.last = len(text.rstrip())
        self.last_of: dict[str, int] = {}
        self.open_names: dict[str, int] = {}
        self.just_opened = -1
        """Where the last start tag ended, while nothing but white space has come since."""
        self._closings: dict[str, list[int]] | None = None
        self._closed_cdata: dict[str, list[int]] = {}
        self._read()

    def _read(self) -> None:
        text, position = self.text, 0
        while match := _TOKEN.search(text, position):
            start = match.start()
            self.add(text[position:start])
            position = self._token(match, start)
        self.add(text[position:])
        while self.stack:
            self._close_one(len(text))

    def _token(self, match: re.Match[str], start: int) -> int:
        """Take one token; gives where the next may begin."""
        if match["start"]:
            self._start(match)
        elif match["end"]:
            self._end(match)
        elif match[0] == "<![CDATA[":
            return self._cdata(start)
        else:
            return self._skipped(match[0], start)
        return match.end()

    def add(self, raw: str, decode: bool = True) -> None:
        if not raw or not self.stack:
            return
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        if self.just_opened >= 0 and not raw.isspace():
            self.just_opened = -1
        if not self.inside:
            self.stack[-1].parts.append(decode_references(raw) if decode else raw)

    def _start(self, match: re.Match[str]) -> None:
        name = match["start"]
        element = self.open(name)
        self.open_names[name] = self.open_names.get(name, 0) + 1
        if self.regions and not self.inside and _is_region(element.path, self.regions):
            element.region, self.inside = match.end(), 1
        for attribute, value in attribute_values(match["attributes"]):
            self.attribute(element, attribute, value)
        self.just_opened = match.end()
        if match["empty"]:
            self._close_one(match.end())

    def _end(self, match: re.Match[str]) -> None:
        name = match["end"]
        ends_root = self.open_names.get(name) == 1 and self.stack[0].name == name
        if not self.open_names.get(name) or (ends_root and match.end() < self.last):
            self.add(match[0], decode=False)
            return
        self.just_opened = -1
        while self._close_one(match.start()) != name:
            pass

    def _close_one(self, at: int) -> str:
        element = self.close()
        self.open_names[element.name] -= 1
        self.just_opened = -1
        if 0 <= element.region < at:
            self.leaves[element.path] = self.text[element.region : at]
        return element.name

    def _skipped(self, opening: str, start: int) -> int:
        """A comment or processing instruction; its opening alone, as text, where it has no end."""
        end = self._find("-->" if opening == "<!--" else "?>", start + len(opening))
        if end < 0:
            self.add(opening)
            return start + len(opening)
        return end + (3 if opening == "<!--" else 2)

    def _find(self, what: str, at: int) -> int:
        """`str.find`, which looks for what is not there only once."""
        last = self.last_of.get(what)
        if last is None:
            last = self.last_of[what] = self.text.rfind(what)
        return self.text.find(what, at) if at <= last else -1

    def _cdata(self, start: int) -> int:
        begin = start + len("<![CDATA[")
        if self.just_opened >= 0 and self.stack:
            end = self._end_of_cdata(self.stack[-1].name, begin)
            self.add(self.text[begin:end].replace("]]]]><![CDATA[>", "]]>"), decode=False)
            return end + 3 if self.text.startswith("]]>", end) else end
        end = self._find("]]>", begin)
        if end < 0:
            self.add("<![CDATA[", decode=False)
            return begin
        self.add(self.text[begin:end], decode=False)
        return end + 3

    def _end_of_cdata(self, name: str, begin: int) -> int:
        if self._closings is None:
            self._closed_cdata = _positions(_CLOSED_CDATA, self.text)
            self._closings = _positions(_CLOSING, self.text)
        for table in (self._closed_cdata, self._closings):
            found = table.get(name, [])
            number = bisect_left(found, begin)
            if number < len(found):
                return found[number]
        return len(self.text)


def _positions(pattern: re.Pattern[str], text: str) -> dict[str, list[int]]:
    """Where the pattern matches, by its first group, in one pass."""
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[1], []).append(match.start())
    return found
