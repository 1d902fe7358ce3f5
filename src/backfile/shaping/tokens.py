"""Markup to tokens, with exact offsets into the leaf: the only place that decides what is a tag and what is text.

A token is `(start, end, tag)`: the range of the leaf, and the `Tag`, or None for text (still undecoded).
Tokens tile the leaf: each starts where the one before ended. A dialect may replace, remove or insert
tokens (zero-width ones too: `(at, at, Tag.of("p"))`), so long as their order by `start` holds.

What is no real markup is text: `x<y`, `<3`, `<Name der Redaktion geändert>`. Real markup is a name that
HTML knows, one with `:` or `-` in it, or an unknown one that is closed later in the leaf. A comment
that is never closed loses its `<!--` and nothing else. A quote that is never closed ends at the next `>`.

All other markup comes as tags whose names begin with `#`:

- `#comment` `<!-- … -->`; `#bogus` `<!…>` and `<?…>`; `#open` the `<!--` of an unclosed comment
- `#raw` the content of `<script>` and `<style>` (between their tags)
- `#cdata` `<![CDATA[…]]>`, whose content is text without entities

Time is linear in the leaf's length, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from backfile.patterns import compile_pattern
from backfile.shaping.names import HTML_NAMES, RAW_TEXT

_SPLIT = compile_pattern(r"(<[^<>]*>)").split
_HEAD = compile_pattern(r"<(/?)([A-Za-z_][^\s/<>\"'=&;,!?()]*+)(?=[\s/>])").match
_PREFIXED = compile_pattern(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.\-]*|[a-z][\w.]*-[\w.\-]*").fullmatch
_CANDIDATE = compile_pattern(r"<(?:/?[A-Za-z_]|[!?])").search
_TAG_END = compile_pattern(r"""(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>""").match
_LONG_TAG_END = compile_pattern(
    r"""(?:[^<>"'=]++|=\s*+(?:"[^"]*+"(?=[\s/>]|[A-Za-z][\w:-]*+=["'])|'[^']*+'(?=[\s/>]|[A-Za-z][\w:-]*+=["'])|(?!["'])))*+>"""
).match
_BROKEN_TAG_END = compile_pattern(r"[^<>]*+>").match
_CLOSINGS = compile_pattern(r"</([A-Za-z_][^\s/<>]*+)\s*+>").finditer
_RAW_END = {name: compile_pattern(rf"</{name}(?=[\s/>])", re.IGNORECASE).search for name in RAW_TEXT}
_ATTRIBUTE = compile_pattern(
    r"""([^\s"'<>/=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)(?:"|$)|'([^']*+)(?:'|$)|([^\s>"'][^\s>]*+)?))?+"""
).finditer
_LOOSE_ATTRIBUTE = compile_pattern(r"""([^\s"'<>/=][^\s/>=]*+)(?:\s*+=\s*+["']?([^\s>"']*+)["']?)?+""").finditer
_VALUES = compile_pattern(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_OPENED = compile_pattern(r"""=\s*+["']""").search
_REFERENCE = compile_pattern(r"&(#?[A-Za-z0-9]++)(;?)")

LONG_TAG_LIMIT = 64 * 1024
"""A tag with angle brackets in its values is followed this far; a longer one ends at its first `>`."""
_CACHE_TAG = 80
_CACHE_SIZE = 4096


class Tag:
    """One tag (or comment, …). `name` is lower case; `raw` the markup as it stands. Never changed once made."""

    __slots__ = ("_attributes", "closing", "name", "raw")

    def __init__(
        self, name: str, raw: str = "", closing: bool = False, attributes: dict[str, str] | None = None
    ) -> None:
        self.name = name
        self.raw = raw
        self.closing = closing
        self._attributes: dict[str, tuple[str, int, int]] | None = None
        if attributes is not None:
            self._attributes = {key: (value, 0, 0) for key, value in attributes.items()}

    @classmethod
    def of(cls, name: str, attributes: dict[str, str] | None = None, closing: bool = False) -> Tag:
        """A tag that the leaf does not hold, for dialects. Its attributes have no place in the leaf."""
        return cls(name, "", closing, attributes or {})

    @property
    def empty(self) -> bool:
        """Written as `<name/>`."""
        return self.raw.endswith("/>")

    @property
    def attributes(self) -> dict[str, tuple[str, int, int]]:
        """Name → (decoded value, start and end of the raw value within `raw`). The first of a name wins."""
        found = self._attributes
        if found is None:
            found = self._attributes = _attributes(self.raw) if self.name[0] != "#" else {}
        return found

    def get(self, name: str) -> str:
        """The attribute's decoded value, empty if it has none."""
        found = self.attributes.get(name)
        return found[0] if found else ""

    def has(self, name: str) -> bool:
        return name in self.attributes

    def span(self, name: str, at: int) -> tuple[int, int]:
        """Range of the raw value in the leaf, for a tag that starts at `at`; (at, at) for one that has no place."""
        found = self.attributes.get(name)
        return (at + found[1], at + found[2]) if found else (at, at)

    def __repr__(self) -> str:
        return f"Tag({self.raw or self.name!r})"


Token = tuple[int, int, Tag | None]

_cache: dict[str, Tag] = {}
_xml_cache: dict[str, Tag] = {}


def tokenize(source: str, names: frozenset[str] | None = HTML_NAMES) -> list[Token]:
    """All tokens of a leaf. `names` None means XML: every name is markup.

    Ordinary markup is split at C speed; the first sign of anything else sends the leaf to the careful scanner.
    """
    tokens: list[Token] = []
    add = tokens.append
    known = (_xml_cache if names is None else _cache).get
    at = 0
    pieces = _SPLIT(source)
    if source.count("<") != len(pieces) // 2:
        return list(_Scanner(source, names).tokens())
    for text, raw in zip(pieces[::2], pieces[1::2], strict=False):
        if text:
            add((at, at := at + len(text), None))
        tag = known(raw) or _plain_tag(raw, names)
        if tag is None:
            return list(_Scanner(source, names).tokens())
        add((at, at := at + len(raw), tag))
    if pieces[-1]:
        add((at, len(source), None))
    return tokens


def _plain_tag(raw: str, names: frozenset[str] | None) -> Tag | None:
    """The tag of markup that means the same wherever it stands; None where more must be looked at."""
    head = _HEAD(raw)
    if head is None:
        if raw.startswith("<!--") and raw.endswith("-->") and len(raw) > 6:
            return Tag("#comment", raw)
        return Tag("#bogus", raw) if raw[1] in "!?" and raw[:4] != "<!--" and raw[:3] != "<![" else None
    name = head[2].lower()
    if names is not None and (name in RAW_TEXT or not (head[1] or name in names or _PREFIXED(head[2]))):
        return None
    ends = _TAG_END(raw, head.end())
    if ends is None or ends.end() != len(raw):
        return None
    tag = Tag(name, raw, bool(head[1]))
    if len(raw) <= _CACHE_TAG:
        cache = _xml_cache if names is None else _cache
        if len(cache) >= _CACHE_SIZE:
            cache.clear()
        cache[raw] = tag
    return tag


class _Scanner:
    """The careful way, from left to right: whatever is wrong with the markup, nothing is lost."""

    def __init__(self, source: str, names: frozenset[str] | None) -> None:
        self.source = source
        self.names = names
        self.last_gt = source.rfind(">")
        self.last_comment_end = source.rfind("-->")
        self.last_cdata_end = source.rfind("]]>")
        self.patience = 8 * len(source) + LONG_TAG_LIMIT  # code points spent on tags with angle brackets in values
        self.never_closed: set[str] = set()
        self._closings: dict[str, int] | None = None

    def tokens(self) -> Iterator[Token]:
        """Tokens in order; neighbouring texts are one."""
        source = self.source
        text = at = 0
        while found := _CANDIDATE(source, at, self.last_gt + 1):
            start = found.start()
            marked = list(self._markup(start))
            if not marked:
                at = start + 1
                continue
            if text < start:
                yield (text, start, None)
            yield from marked
            text = at = marked[-1][1]
        yield from self._rest(text)

    def _rest(self, text: int) -> Iterator[Token]:
        """What follows the last `>`: text, save for the signs of comments that never end."""
        source = self.source
        while (start := source.find("<!--", max(text, self.last_gt + 1))) >= 0:
            if text < start:
                yield (text, start, None)
            yield (start, start + 4, Tag("#open", "<!--"))
            text = start + 4
        if text < len(source):
            yield (text, len(source), None)

    def _markup(self, start: int) -> Iterator[Token]:
        """The tokens of the markup at `start`; none if it is text."""
        mark = self.source[start + 1]
        if mark in "!?":
            end, name = self._declaration(start)
            yield (start, end, Tag(name, self.source[start:end]))
            return
        head = _HEAD(self.source, start)
        end = self._tag_end(head.end()) if head else 0
        if head is None or end == 0:
            return
        name = head[2].lower()
        if not self._real(head, end):
            return
        raw = self.source[start:end]
        yield (start, end, Tag(name, raw, mark == "/"))
        if name in RAW_TEXT and mark != "/" and not raw.endswith("/>") and self.names is not None:
            yield from self._raw_text(name, end)

    def _declaration(self, start: int) -> tuple[int, str]:
        source = self.source
        if source.startswith("<!--", start):
            if source.startswith("<!-->", start):
                return start + 5, "#comment"
            if start + 4 > self.last_comment_end:
                return start + 4, "#open"
            return source.find("-->", start + 4) + 3, "#comment"
        if source.startswith("<![CDATA[", start) and start + 9 <= self.last_cdata_end:
            return source.find("]]>", start + 9) + 3, "#cdata"
        return source.find(">", start) + 1, "#bogus"  # there is one: candidates end at the last `>`

    def _tag_end(self, at: int) -> int:
        """End of the tag whose name ended at `at`, 0 if it has none: a value in quotes may hold angle brackets if its
        quote is closed where a value can end."""
        end = _TAG_END(self.source, at)
        if end is None and self.patience > 0:
            end = _LONG_TAG_END(self.source, at, min(at + LONG_TAG_LIMIT, self.last_gt + 1))
            self.patience -= end.end() - at if end else min(LONG_TAG_LIMIT, len(self.source) - at)
        if end is None:
            end = _BROKEN_TAG_END(self.source, at)
        return end.end() if end else 0

    def _real(self, head: re.Match[str], end: int) -> bool:
        name = head[2].lower()
        if self.names is None or head[1] or name in self.names or _PREFIXED(head[2]):
            return True
        if self._closings is None:
            self._closings = {found[1].lower(): found.start() for found in _CLOSINGS(self.source)}
        return self._closings.get(name, -1) >= end

    def _raw_text(self, name: str, start: int) -> Iterator[Token]:
        """The content of a script or style; one that is never closed is read like everything else."""
        if name in self.never_closed:
            return
        close = _RAW_END[name](self.source, start)
        if close is None:
            self.never_closed.add(name)
        elif close.start() > start:
            yield (start, close.start(), Tag("#raw", self.source[start : close.start()]))


def _attributes(raw: str) -> dict[str, tuple[str, int, int]]:
    head = _HEAD(raw)
    found: dict[str, tuple[str, int, int]] = {}
    read = _LOOSE_ATTRIBUTE if _is_unclosed(raw) else _ATTRIBUTE
    for match in read(raw, head.end() if head else 0, len(raw) - 1):
        name = match[1].lower()
        group = match.lastindex or 1
        if name in found:
            continue
        value = match[group] if group > 1 else ""
        start, end = match.span(group) if group > 1 else (match.end(), match.end())
        found[name] = (decode_value(value) if "&" in value else value, start, end)
    return found


def _is_unclosed(raw: str) -> bool:
    """Whether a quote that opens a value is never closed: then values end with their first word."""
    if raw.count('"') % 2 == 0 and raw.count("'") % 2 == 0:
        return False
    return "=" in raw and _OPENED(_VALUES.sub("", raw)) is not None


def decode_value(raw: str) -> str:
    """An attribute's value as HTML reads it: `?a=1&copy=2` is an address and holds no ©."""
    return _REFERENCE.sub(_reference, raw)


def _reference(found: re.Match[str]) -> str:
    whole, name, closed = found[0], found[1], found[2]
    if name[0] == "#":
        return unescape(whole)
    if closed:
        return html5.get(f"{name};", whole)
    return whole if found.string[found.end() : found.end() + 1] == "=" else html5.get(name, whole)
