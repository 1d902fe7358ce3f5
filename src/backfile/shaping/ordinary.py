"""The way that most bodies go: a row of whole paragraphs and headings, with a picture or a list between them.

One expression cuts a whole run of paragraphs and headings at once; what they hold is gathered first, and the blocks are
made of it at the end. What stands between them (a caption, a list, a paragraph with a line break) goes to the builder
alone, so that one of them does not slow the whole article. At the first piece that fits nowhere, or that leaves
something open, all is given back as it was, and the body goes the way of the builder from its start. Both ways give
the same blocks, account and faults: a test holds them against each other.
"""

from __future__ import annotations

import re
from zlib import crc32

from backfile.article import NO_TEXT, Block, Crosshead, Image, Mark, Paragraph, Separator, Span, Text
from backfile.ledger import Drop
from backfile.patterns import compile_pattern
from backfile.shaping.autop import paragraphs
from backfile.shaping.elements import CLOSERS, OPENERS
from backfile.shaping.html import Body, Builder
from backfile.shaping.ids import new_id
from backfile.shaping.settle import typed
from backfile.shaping.shortcodes import find_shortcodes
from backfile.shaping.simple import LINK, Read, clean, flat, marked, tight
from backfile.shaping.tables import number
from backfile.shaping.tokens import Tag, Token, tokenize

_COMMENT = r"<!-- /?+wp:[a-z/\-]++ (?:\{[^<> ]*+(?<=\}) )?+/?+-->"
_BETWEEN = rf"(?:[ \t\n\r\f]++|{_COMMENT})*+"
_ONE = rf"(?:<b>[^<]++</b>|<strong>[^<]++</strong>|<i>[^<]++</i>|<em>[^<]++</em>|{LINK}[^<]++</a>)"
_CUT = compile_pattern(rf"(?:<p>([^<]*+(?:{_ONE}[^<]*+)*+)</p>|<h([1-6])>([^<]*+)</h\2>)({_BETWEEN})|(?s:.)++").findall
"""Paragraphs with plain marks, headings, and what is behind each; all from the first other thing on is swallowed."""
_behind = compile_pattern(_BETWEEN).match
_MARKS = rf"(?:[^<]++|</?+(?:b|strong|i|em)>|</a>|{LINK})*+"
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>"""
_INNER = (
    r"a|b|strong|i|em|u|br|img|span|cite|sub|sup|small|li|ul|ol|p|figcaption|h[1-6]|tr|td|th|tbody|thead|blockquote"
)
_OTHER = compile_pattern(
    rf"<p>(?P<marked>{_MARKS})</p>"
    rf"|<p>(?P<link>{LINK})?+"
    rf"(?P<image><img(?: (?:src|alt|width|height|class)=\"[^\"&<>]*+\")++ ?+/?+>)(?(link)</a>)</p>"
    rf"|(?P<odd><(?P<name>p|ul|ol|figure|blockquote|table|h[1-6])(?=[\s>]){_ATTRIBUTES}"
    rf"(?:[^<]++|<(?!/?+(?P=name)[\s>/])/?+(?:{_INNER})(?=[\s/>]){_ATTRIBUTES})*+</(?P=name)>)"
    r"|\[caption(?: (?:id|align|width|class)=\"[\w \-]*+\")++\]"
    rf"(?P<picture>(?:<a\s{_ATTRIBUTES})?+<img(?=[\s/]){_ATTRIBUTES}(?:</a>)?+)(?!\s*+</a>)"
    rf"(?P<legend>(?:[^<\[\]\n]++|</?+(?:b|strong|i|em)>|</a>|{LINK})*+)(?P<caption>\[/caption\])(?!\])"
).match
_ATTRIBUTE = compile_pattern(r' (\w+)="([^"]*+)"').finditer
_OF_IMAGE = ("src", "alt", "width", "height")
_SAFE = compile_pattern(r"(?:https?://|/)[!-~]++(?!\s)").fullmatch
_SPLIT = compile_pattern(r"(<[^<>]*>)").split
_MAYBE_HIDDEN = compile_pattern(r"hidden|display", re.IGNORECASE).search
_FIGURE, _FIGURE_END = Tag.of("figure", {"class": "wp-caption"}), Tag.of("figure", closing=True)
_LEGEND, _LEGEND_END = Tag.of("figcaption"), Tag.of("figcaption", closing=True)
_NO_MARKS: tuple[Mark, ...] = ()
_TO_COME = Separator()
_NOTICE = "utomat"
"""What every import notice holds, in all four languages."""


def ordinary(source: str, leaf: str, shift: int, ids: dict[str, int], wordpress: bool) -> Body | None:
    """An ordinary body, shaped; None for all others. `wordpress`: line ends and brackets mean what they mean there."""
    if wordpress and "[" in source and not _is_bracketed_text(source):
        return None
    known = dict(ids)
    body = _Work(source, leaf, shift, ids, wordpress).body()
    if body is None:
        ids.clear()
        ids.update(known)
    return body


def _is_bracketed_text(source: str) -> bool:
    """Whether no bracket looks like a shortcode other than a caption."""
    codes = find_shortcodes(source, [(0, len(source), None)])
    return all(code.name == "caption" and not code.escaped for code in codes)


def _has_bare_address(source: str) -> bool:
    """Whether an address stands elsewhere than at the beginning of an attribute's value."""
    return source.count("://") != source.count('="https://') + source.count('="http://')


def _is_whole(mark: Mark, text: str) -> bool:
    """Whether a text's first mark spans all of it: then it may be a bold line, which is a crosshead or a question."""
    return mark.end == len(text) and mark.start == 0


class _Work:
    def __init__(self, source: str, leaf: str, shift: int, ids: dict[str, int], wordpress: bool) -> None:
        self.source, self.leaf, self.shift, self.ids, self.wordpress = source, leaf, shift, ids, wordpress
        self.blocks: list[Block] = []
        self.builder: Builder | None = None
        self.drops: list[Drop] = []
        self.captions = 0
        self.words: list[str] = []
        """The words of the paragraphs and headings."""
        self.headings: list[tuple[int, int, str, str, tuple[Span, ...]]] = []
        """Which block it is to be, level, text, id and range: what level a crosshead has, all of them tell together."""
        self.bold = False
        self.entities = "&" in source
        self.wide = "  " in source or "\t" in source or "\r" in source or "\f" in source

    def body(self) -> Body | None:
        """All blocks; None as soon as something is not ordinary."""
        source = self.source
        at, end = self.behind(0), len(source)
        while (at := self.run(at)) < end:
            found = _OTHER(source, at)
            if found is None or not self.other(found):
                return None
            at = self.behind(found.end())
        if self.captions and not self.wordpress:
            return None
        if "[" in source and (
            self.captions != source.count("[caption ") or self.captions != source.count("[/caption]")
        ):
            return None
        return self.whole()

    def behind(self, at: int) -> int:
        """Where the next block may begin."""
        found = _behind(self.source, at)
        return found.end() if found else at

    # -- pieces ------------------------------------------------------------------------------------

    def run(self, at: int) -> int:
        """Read paragraphs and headings from `at` on; where the first thing begins that is more.

        Nearly all text of all archives goes through this loop: it is long so that it calls little.
        """
        leaf, shift, ids, wide, entities = self.leaf, self.shift, self.ids, self.wide, self.entities
        blocks, words, marks = self.blocks, self.words, _NO_MARKS
        for raw, level, heading, gap in _CUT(self.source, at):
            text, first = (heading, at + 4) if level else (raw, at + 3)
            last = first + len(text)
            rough = wide or "\n" in text or (entities and "&" in text)
            if not text or (rough and self.wordpress and "\n" in text):
                break
            after = last + first - at + 1 + len(gap)
            if "<" in text:
                read = (None if rough else flat(text, first)) or self.marked(text, first)
                if read is None:
                    break
                text, marks, first, last = read
            elif rough or text[0] == " " or text[-1] == " ":
                first, last = tight(self.source, first, last)
                text = clean(text)
            at = after
            if not text or text.isspace():
                continue
            words.append(text)
            name = "b" + crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4).hex()
            if name in ids:
                name = new_id(ids, text)
            else:
                ids[name] = 1
            source = (Span(leaf, first + shift, last + shift),)
            if level:
                self.headings.append((len(blocks), max(2, int(level)), text, name, source))
                blocks.append(_TO_COME)
            else:
                blocks.append(Paragraph(text=Text(text, marks), id=name, source=source))
                if marks:
                    self.bold = self.bold or _is_whole(marks[0], text)
                    marks = _NO_MARKS
        return at

    def marked(self, raw: str, first: int) -> Read | None:
        """A paragraph with marks that are not plain; None if it is not simple."""
        read = marked(_SPLIT(raw), first)
        if read is None or not read[0]:
            return read
        return read[0], read[1], *tight(self.source, read[2], read[3])

    def other(self, found: re.Match[str]) -> bool:
        """What is no plain paragraph; False if it cannot be read by itself."""
        kind = found.lastgroup
        if kind == "caption":
            self.captions += 1
            return self.caption(found)
        if kind == "image":
            return self.image(found) or self.odd(found)
        if kind == "marked" and not (self.wordpress and "\n" in found[0]):
            return self.paragraph(found) or self.odd(found)
        return self.odd(found)

    def paragraph(self, found: re.Match[str]) -> bool:
        """A paragraph with marks in marks, or nothing in it; False if it is not simple."""
        read = self.marked(found["marked"], found.start("marked"))
        if read is None:
            return False
        text, marks, first, last = read
        if text:
            source = (Span(self.leaf, first + self.shift, last + self.shift),)
            self.words.append(text)
            self.bold = self.bold or (bool(marks) and _is_whole(marks[0], text))
            self.blocks.append(Paragraph(text=Text(text, marks), id=new_id(self.ids, text), source=source))
        return True

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
        piece = found[0]
        if _MAYBE_HIDDEN(piece) or (self.wordpress and _has_bare_address(piece)):
            return False
        tokens = self.tokens(*found.span())
        if self.wordpress and "\n" in piece:
            if "<!--" in self.source:
                return False  # within a block of the block editor, line ends mean nothing
            tokens = paragraphs(self.source, tokens)
        return self.build(tokens)

    def tokens(self, start: int, end: int) -> list[Token]:
        return [(a + start, b + start, tag) for a, b, tag in tokenize(self.source[start:end])]

    def caption(self, found: re.Match[str]) -> bool:
        """A picture and its legend in square brackets, as a figure."""
        start, (ends, end) = found.start(), found.span("caption")
        first, last = found.span("picture")
        if _has_bare_address(found[0]):
            return False
        self.drop(start, first)
        self.drop(ends, end)
        picture, legend = self.tokens(first, last), self.tokens(last, ends)
        opening, closing = (start, start, _FIGURE), (end, end, _FIGURE_END)
        return self.build([opening, *picture, (last, last, _LEGEND), *legend, (end, end, _LEGEND_END), closing])

    def drop(self, start: int, end: int) -> None:
        span = Span(self.leaf, start + self.shift, end + self.shift)
        text = " ".join(self.source[start:end].split())
        self.drops.append(Drop(text=text, reason="shortcode", span=span, by="wordpress"))

    # -- all together ------------------------------------------------------------------------------

    def build(self, tokens: list[Token]) -> bool:
        """Let the builder put its blocks after those that are there; False if the piece leaves something open."""
        builder = self.builder
        if builder is None:
            builder = self.builder = Builder(self.source, self.leaf, self.shift, self.ids)
            builder.blocks = builder.root.blocks = self.blocks
        builder.read(tokens, OPENERS, CLOSERS)
        return builder.is_between()

    def whole(self) -> Body | None:
        """The body; None if an address stands amid its text, which WordPress may show as a player."""
        blocks, words = self.blocks, "\n".join(self.words)
        if self.wordpress and "/" in words and "://" in words:
            return None
        closer = self.bold or self.builder is not None or _NOTICE in words
        levels = sorted({heading[1] for heading in self.headings})
        for place, level, text, name, source in self.headings:
            rank = level if closer else 2 + levels.index(level)
            blocks[place] = Crosshead(text=Text(text), level=rank, id=name, source=source)
        if self.builder is None:
            return Body(tuple(typed(blocks) if closer else blocks), (), ())
        self.builder.finish()
        body = self.builder.body()
        return Body(body.blocks, (*self.drops, *body.account), body.faults)
