"""The proof's own eyes: a scanner over raw markup, independent of shaping and of every HTML parser.

Every code point of a leaf lies in exactly one token: `text`, `tag`, `attribute` (a value), `comment`
(what stands inside), `raw` (inside script and style), `bogus` (`<!…>`, `<?…>`). What is real markup is
stated once, and everything else is text:

- a name after `<` that HTML knows, or one with `:` or `-` inside, or an unknown one that is closed
  later in the leaf; a closing tag; in XML every name;
- up to the next `>`; a quoted value may hold angle brackets if its quote is closed where a value can end;
- a comment that is never closed loses its `<!--` only; a script that is never closed is markup like the rest.

Time is linear in the length of the leaf, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from backfile.patterns import compile_pattern
from backfile.proof.lists import HTML_ELEMENTS, RAW_TEXT

Kind = Literal["text", "literal", "open", "close", "comment", "bogus", "raw"]


class Piece(NamedTuple):
    """One stretch of a leaf. `inner` is what a comment holds or where a tag's attributes lie; `name` the tag's.

    `literal` is text in which `&` means `&`: the inside of a CDATA section.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    inner: tuple[int, int] = (0, 0)


class Attribute(NamedTuple):
    """One attribute: `start:end` is its undecoded value in the leaf, without quotes; empty for a bare name."""

    name: str
    start: int
    end: int


_NAME = compile_pattern(r"<(/?)([A-Za-z_][^\s/<>\"'=&;,!?()]*+)(?=[\s/>])")
_SIMPLE_END = compile_pattern(r"""(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>""")
_QUOTED_END = compile_pattern(
    r"""(?:[^<>"'=]++|=\s*+(?:"[^"]*+"(?=[\s/>]|[A-Za-z][\w:-]*+=["'])|'[^']*+'(?=[\s/>]|[A-Za-z][\w:-]*+=["'])|(?!["'])))*+>"""
)
_CLOSINGS = compile_pattern(r"</([A-Za-z_][^\s/<>]*+)\s*+>")
_RAW_END = {name: compile_pattern(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}
_ATTRIBUTE = compile_pattern(
    r"""([^\s"'<>/=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)(?:"|$)|'([^']*+)(?:'|$)|([^\s>"'][^\s>]*+)?))?+"""
)
_UNCLOSED = compile_pattern(r"""([^\s"'<>/=][^\s/>=]*+)(?:\s*+=\s*+["']?([^\s>"']*+))?+""")
_PREFIXED = compile_pattern(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.\-]*|[a-z][\w.]*-[\w.\-]*")

WINDOW = 64 * 1024
"""A tag with angle brackets in its values is followed this far; a longer one ends at its first `>`."""


def scan(markup: str, *, xml: bool = False) -> Iterator[Piece]:
    """All stretches of a leaf in order; they tile it."""
    return _Scanner(markup, xml).pieces()


def attributes(markup: str, piece: Piece) -> list[Attribute]:
    """The attributes of an `open` piece, in order. A quote that is never closed ends with its word."""
    start, end = piece.inner
    if start == end:
        return []
    inside = markup[start:end]
    whole = inside.count('"') % 2 == 0 and inside.count("'") % 2 == 0
    found = []
    for match in (_ATTRIBUTE if whole or "=" not in inside else _attribute_pattern(inside)).finditer(inside):
        group = match.lastindex or 1
        at = match.span(group) if group > 1 else (match.end(), match.end())
        found.append(Attribute(match[1].lower(), start + at[0], start + at[1]))
    return found


def _attribute_pattern(inside: str) -> re.Pattern[str]:
    """An odd number of quotes: an apostrophe inside a double-quoted value is no sign of damage."""
    stripped = re.sub(r"""=\s*+(?:"[^"]*+"|'[^']*+')""", "", inside)
    return _UNCLOSED if '="' in stripped.replace(" ", "") or "='" in stripped.replace(" ", "") else _ATTRIBUTE


class _Scanner:
    def __init__(self, markup: str, xml: bool) -> None:
        self.markup = markup
        self.xml = xml
        self.last_gt = markup.rfind(">")
        self.last_comment = markup.rfind("-->")
        self.last_section = markup.rfind("]]>")
        self.patience = 8 * len(markup) + WINDOW
        self._closed: dict[str, int] | None = None
        self._unclosed: set[str] = set()
        """Raw elements that nothing closes from here on."""

    def pieces(self) -> Iterator[Piece]:
        """Stretches in order; text between two pieces of markup is one stretch."""
        markup, at, text = self.markup, 0, 0
        while (start := markup.find("<", at)) >= 0:
            found = self._at(start)
            if not found:
                at = start + 1
                continue
            if text < start:
                yield Piece("text", text, start)
            yield from found
            at = text = found[-1].end
        if text < len(markup):
            yield Piece("text", text, len(markup))

    def _at(self, start: int) -> list[Piece]:
        """The pieces of the markup at `start`, none if the `<` is text."""
        following = self.markup[start + 1 : start + 2]
        if following == "!" or following == "?":
            return self._declaration(start)
        head = _NAME.match(self.markup, start)
        if head is None or start > self.last_gt:
            return []
        end = self._tag_end(head.end())
        name = head[2].lower()
        if end == 0 or not self._real(name, head, end):
            return []
        if head[1]:
            return [Piece("close", start, end, name, (head.end(), end - 1))]
        tag = Piece("open", start, end, name, (head.end(), end - 1))
        return self._raw(tag) if name in RAW_TEXT else [tag]

    def _tag_end(self, at: int) -> int:
        """Where the tag whose name ended at `at` ends; 0 if another `<` comes before its `>`."""
        simple = _SIMPLE_END.match(self.markup, at)
        if simple:
            return simple.end()
        if self.patience > 0:
            quoted = _QUOTED_END.match(self.markup, at, min(at + WINDOW, self.last_gt + 1))
            self.patience -= quoted.end() - at if quoted else min(WINDOW, len(self.markup) - at)
            if quoted:
                return quoted.end()
        window = self.markup[at : self._next(at)]
        return at + window.index(">") + 1 if ">" in window else 0

    def _next(self, at: int) -> int:
        found = self.markup.find("<", at)
        return found if found >= 0 else len(self.markup)

    def _real(self, name: str, head: re.Match[str], end: int) -> bool:
        if self.xml or head[1] or name in HTML_ELEMENTS or _PREFIXED.fullmatch(head[2]):
            return True
        if self._closed is None:
            self._closed = {found[1].lower(): found.start() for found in _CLOSINGS.finditer(self.markup)}
        return self._closed.get(name, -1) >= end

    def _raw(self, tag: Piece) -> list[Piece]:
        if self.xml or self.markup[tag.end - 2] == "/":
            return [tag]
        close = None
        if tag.name not in self._unclosed:
            close = _RAW_END[tag.name].search(self.markup, tag.end)
            if close is None:
                self._unclosed.add(tag.name)
        if close is None or close.start() == tag.end:
            return [tag]
        return [tag, Piece("raw", tag.end, close.start(), tag.name, (tag.end, close.start()))]

    def _declaration(self, start: int) -> list[Piece]:
        markup = self.markup
        if markup.startswith("<!--", start):
            return [self._comment(start)]
        if markup.startswith("<![CDATA[", start) and start + 9 <= self.last_section:
            end = markup.index("]]>", start + 9)
            inside = [Piece("literal", start + 9, end)] if end > start + 9 else []
            return [Piece("bogus", start, start + 9), *inside, Piece("bogus", end, end + 3)]
        if start > self.last_gt:
            return []
        end = markup.index(">", start) + 1
        return [Piece("bogus", start, end, "", (start + 2, end - 1))]

    def _comment(self, start: int) -> Piece:
        if self.markup.startswith("<!-->", start):
            return Piece("comment", start, start + 5, "", (start + 4, start + 4))
        if start + 4 > self.last_comment:
            return Piece("bogus", start, start + 4)
        end = self.markup.index("-->", start + 4)
        return Piece("comment", start, end + 3, "", (start + 4, end))
