"""The way that most bodies go: a row of whole paragraphs and headings, with a picture or a list between them.

Each block is cut out by one expression. Paragraphs and headings are made at once; a picture, a caption, a list goes
to the builder alone, so that one of them does not slow the whole article. At the first piece that fits nowhere, or
that leaves something open, all is given back as it was, and the body goes the way of the builder from its start.
Both ways give the same blocks, account and faults: a test holds them against each other.
"""

from __future__ import annotations

import re

from backfile.article import NO_TEXT, Block, Image, Span, Text
from backfile.ledger import Drop
from backfile.patterns import compile_pattern
from backfile.shaping.autop import paragraphs
from backfile.shaping.elements import CLOSERS, OPENERS
from backfile.shaping.html import Body, Builder
from backfile.shaping.ids import new_id
from backfile.shaping.settle import typed
from backfile.shaping.shortcodes import find_shortcodes
from backfile.shaping.simple import LINK, block, marked, plain
from backfile.shaping.tables import number
from backfile.shaping.tokens import Tag, Token, tokenize

_MARKS = rf"(?:[^<]++|</?+(?:b|strong|i|em)>|</a>|{LINK})*+"
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>"""
_INNER = (
    r"a|b|strong|i|em|u|br|img|span|cite|sub|sup|small|li|ul|ol|p|figcaption|h[1-6]|tr|td|th|tbody|thead|blockquote"
)
_BLANK = r"[ \t\n\r\f]*+"
_BLOCKS = compile_pattern(
    rf"(?:<(?P<head>p|h[1-6])>(?P<text>[^<]*+)</(?P=head)>"
    rf"|<p>(?P<marked>{_MARKS})</p>"
    rf"|<p>(?P<link>{LINK})?+"
    rf"(?P<image><img(?: (?:src|alt|width|height|class)=\"[^\"&<>]*+\")++ ?+/?+>)(?(link)</a>)</p>"
    rf"|(?P<comment><!-- /?+wp:[a-z/\-]++ (?:\{{[^<> ]*+\}} )?+/?+-->)"
    rf"|(?P<odd><(?P<name>p|ul|ol|figure|blockquote|table|h[1-6])(?=[\s>]){_ATTRIBUTES}"
    rf"(?:[^<]++|<(?!/?+(?P=name)[\s>/])/?+(?:{_INNER})(?=[\s/>]){_ATTRIBUTES})*+</(?P=name)>)"
    r"|\[caption(?: (?:id|align|width|class)=\"[\w \-]*+\")++\]"
    rf"(?P<picture>(?:<a\s{_ATTRIBUTES})?+<img(?=[\s/]){_ATTRIBUTES}(?:</a>)?+)(?!\s*+</a>)"
    rf"(?P<legend>(?:[^<\[\]\n]++|</?+(?:b|strong|i|em)>|</a>|{LINK})*+)(?P<caption>\[/caption\])(?!\])"
    rf"){_BLANK}|(?P<rest>[\s\S])"
).finditer
_ATTRIBUTE = compile_pattern(r' (\w+)="([^"]*+)"').finditer
_OF_IMAGE = ("src", "alt", "width", "height")
_SAFE = compile_pattern(r"(?:https?://|/)[!-~]++(?!\s)").fullmatch
_SPLIT = compile_pattern(r"(<[^<>]*>)").split
_MAYBE_HIDDEN = compile_pattern(r"hidden|display", re.IGNORECASE).search
_FIGURE, _FIGURE_END = Tag.of("figure", {"class": "wp-caption"}), Tag.of("figure", closing=True)
_LEGEND, _LEGEND_END = Tag.of("figcaption"), Tag.of("figcaption", closing=True)


def ordinary(source: str, leaf: str, shift: int, ids: dict[str, int], wordpress: bool) -> Body | None:
    """An ordinary body, shaped; None for all others. `wordpress`: line ends and brackets mean what they mean there."""
    if wordpress and not _is_ordinary(source):
        return None
    known = dict(ids)
    start = len(source) - len(source.lstrip(" \t\n\r\f"))
    body = _Work(source, leaf, shift, ids, wordpress).body(start)
    if body is None:
        ids.clear()
        ids.update(known)
    return body


def _is_ordinary(source: str) -> bool:
    """Whether no address stands by itself, and no bracket looks like a shortcode other than a caption."""
    addresses = source.count("://")
    if addresses and addresses != source.count('="https://') + source.count('="http://'):
        return False
    codes = find_shortcodes(source, [(0, len(source), None)]) if "[" in source else []
    return all(code.name == "caption" and not code.escaped for code in codes)


class _Work:
    def __init__(self, source: str, leaf: str, shift: int, ids: dict[str, int], wordpress: bool) -> None:
        self.source, self.leaf, self.shift, self.ids, self.wordpress = source, leaf, shift, ids, wordpress
        self.blocks: list[Block] = []
        self.builder: Builder | None = None
        self.drops: list[Drop] = []

    def body(self, start: int) -> Body | None:
        """All blocks; None as soon as something is not ordinary."""
        source, leaf, shift, ids, blocks = self.source, self.leaf, self.shift, self.ids, self.blocks
        captions = 0
        for found in _BLOCKS(source, start):
            kind = found.lastgroup
            if kind == "text":
                first, last = found.span("text")
                text, raw = plain(source[first:last]), f"<{found['head']}>"
            elif kind == "marked" and (read := marked(_SPLIT(found["marked"]), found.start("marked"))):
                text, first, last = read
                raw = "<p>"
            elif kind == "caption":
                captions += 1
                if not self.build(self.caption(found)):
                    return None
                continue
            elif kind == "comment" or (kind == "image" and self.image(found)):
                continue
            elif kind == "rest" or not self.odd(found):
                return None
            else:
                continue
            if text is None:
                continue
            if self.wordpress and source.find("\n", first, last) >= 0:
                if not self.odd(found):
                    return None
                continue
            blocks.append(block(raw, text, leaf, source, shift, first, last, ids))
        if captions and not self.wordpress:
            return None
        if "[" in source and (captions != source.count("[caption ") or captions != source.count("[/caption]")):
            return None
        return self.whole()

    def image(self, found: re.Match[str]) -> bool:
        """A paragraph of one picture; False if it is to be looked at more closely."""
        start, end = found.span("image")
        given = [(one[1], one.span(2)) for one in _ATTRIBUTE(self.source, start, end)]
        ranges = dict(given)
        src, alt, width, height = (self.source[slice(*ranges.get(name, (0, 0)))] for name in _OF_IMAGE)
        if len(ranges) < len(given) or not _SAFE(src) or alt != alt.strip() or "  " in alt or not alt.isprintable():
            return False
        if len(width) < 2 and len(height) < 2 and not alt:
            return False
        span = (*ranges["alt"], "alt") if alt else (start, end, "src")
        link = found["link"] or ""
        image = Image(
            src=src, alt=Text(alt) if alt else NO_TEXT, href=link[9 : link.find('"', 9)] if link else "",
            width=number(width, 0), height=number(height, 0), id=new_id(self.ids, src),
            source=(Span(self.leaf, span[0] + self.shift, span[1] + self.shift, span[2]),),
        )  # fmt: skip
        self.blocks.append(image)
        return True

    def odd(self, found: re.Match[str]) -> bool:
        """A block that the builder is to read; False if that must not be done by itself."""
        piece = found[0].rstrip()
        if _MAYBE_HIDDEN(piece):
            return False
        tokens = self.tokens(*found.span())
        if self.wordpress and "\n" in piece:
            if "<!--" in self.source:
                return False  # within a block of the block editor, line ends mean nothing
            tokens = paragraphs(self.source, tokens)
        return self.build(tokens)

    def tokens(self, start: int, end: int) -> list[Token]:
        return [(a + start, b + start, tag) for a, b, tag in tokenize(self.source[start:end])]

    def caption(self, found: re.Match[str]) -> list[Token]:
        """A picture and its legend in square brackets, as a figure."""
        start, (ends, end) = found.start(), found.span("caption")
        first, last = found.span("picture")
        self.drop(start, first)
        self.drop(ends, end)
        picture, legend = self.tokens(first, last), self.tokens(last, ends)
        opening, closing = (start, start, _FIGURE), (end, end, _FIGURE_END)
        return [opening, *picture, (last, last, _LEGEND), *legend, (end, end, _LEGEND_END), closing]

    def drop(self, start: int, end: int) -> None:
        span = Span(self.leaf, start + self.shift, end + self.shift)
        text = " ".join(self.source[start:end].split())
        self.drops.append(Drop(text=text, reason="shortcode", span=span, by="wordpress"))

    def build(self, tokens: list[Token]) -> bool:
        """Let the builder put its blocks after those that are there; False if the piece leaves something open."""
        builder = self.builder
        if builder is None:
            builder = self.builder = Builder(self.source, self.leaf, self.shift, self.ids)
            builder.blocks = builder.root.blocks = self.blocks
        builder.read(tokens, OPENERS, CLOSERS)
        return builder.is_between()

    def whole(self) -> Body:
        if self.builder is None:
            return Body(tuple(typed(self.blocks)), (), ())
        self.builder.finish()
        body = self.builder.body()
        return Body(body.blocks, (*self.drops, *body.account), body.faults)
