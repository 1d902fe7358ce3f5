"""HTML → typed blocks: walks the tokens of a leaf once, with a stack of open boxes.

The walk is here; what each element does is in tables of handlers: `elements.py` for HTML, `nitf.py` for
NITF. A dialect (`wordpress.py`) or a page reader works on the tokens before the walk. A handler is a function
`(builder, tag, start, end)`; it uses `flush`, `push`, `put`, `drop`, `skip` and the builder's `inline`. Nothing is
lost by a handler that forgets something: text goes to the paragraph that is open, whatever surrounds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from backfile.article import Block, Paragraph, Preformatted, Span
from backfile.fault import Fault
from backfile.ledger import Drop, Op
from backfile.shaping.entities import decode
from backfile.shaping.frames import Close, Frame
from backfile.shaping.ids import new_id
from backfile.shaping.inline import Inline, Run
from backfile.shaping.prose import CONSUMED, prose_attributes, reads_as_words
from backfile.shaping.tokens import Tag, Token, tokenize

Handler = Callable[["Builder", Tag, int, int], None]

MAX_DEPTH = 200
"""Open boxes at one time; what is nested deeper keeps its text and order and loses its box."""

_LINE_ENDS = frozenset(["\n", "\n\n", "\r\n", " "])
_NOT_BLANK = re.compile(r"[^ \t\n\r\f]").search
_HIDDEN = re.compile(r"\shidden(?=[\s=/>])|:\s*(?:none|hidden)", re.IGNORECASE).search
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE).search
_MACHINE_COMMENT = re.compile(r"\s*(?:/?wp:|\[if\b|\[endif|<!\[endif)")
_NO_WORDS = re.compile(r"doctype|xml[\s:-]|php|\[|element|attlist|entity", re.IGNORECASE).match


class Body(msgspec.Struct, frozen=True):
    """Shaped markup: blocks with ids, what became of the rest, and what was found wrong."""

    blocks: tuple[Block, ...]
    account: tuple[Op, ...]
    faults: tuple[Fault, ...]


class Builder:
    """One leaf's walk. `leaf` and `shift` turn offsets of `source` into spans; `ids` counts ids over the article."""

    def __init__(self, source: str, leaf: str, shift: int = 0, ids: dict[str, int] | None = None) -> None:
        self.source, self.leaf, self.shift = source, leaf, shift
        self.ids: dict[str, int] = {} if ids is None else ids
        self.inline = Inline()
        self.root = Frame("", Tag.of(""), 0, [])
        self.stack: list[Frame] = [self.root]
        self.blocks = self.root.blocks
        self.open: dict[str, int] = {}
        self.paragraph: Tag | None = None
        self.aside: list[Block] = []
        """Pictures and embeds met inside a paragraph: they follow it."""
        self.pre = 0
        self.tokens: list[Token] = []
        self.at = 0
        """Number of the token that is being handled."""
        self.account: list[Op] = []
        self.faults: list[Fault] = []
        self._last_closing: dict[str, int] | None = None

    # -- the walk ----------------------------------------------------------------------------------

    def walk(self, tokens: list[Token], openers: Mapping[str, Handler], closers: Mapping[str, Handler]) -> None:
        """Handle all tokens, then close everything."""
        self.read(tokens, openers, closers)
        self.finish()

    def read(self, tokens: list[Token], openers: Mapping[str, Handler], closers: Mapping[str, Handler]) -> None:
        """Handle tokens; what they leave open stays open."""
        self.tokens, self._last_closing = tokens, None
        text, opening, closing = self.text, openers.get, closers.get
        count = len(tokens)
        simple = openers.get("p") is OPENERS["p"]
        self.at = 0
        while self.at < count:
            start, end, tag = tokens[self.at]
            self.at += 1
            if tag is None:
                if self.inline.start >= 0 or end - start > 2 or self.source[start:end] not in _LINE_ENDS:
                    text(start, end)
            elif simple and tag.raw in SIMPLE and (after := simple_block(self, self.at, tag.raw)):
                self.at = after
            elif tag.closing:
                handler = closing(tag.name)
                if handler is None:
                    if not self.inline.finish(tag.name) and self.open.get(tag.name):
                        self.close(tag.name, within=("table", "td"))
                else:
                    handler(self, tag, start, end)
            else:
                if len(tag.raw) > len(tag.name) + 3 and self._attributes(tag, start):
                    continue
                handler = opening(tag.name) or _unknown
                handler(self, tag, start, end)

    def is_between(self) -> bool:
        """Whether nothing is open: what follows stands as if it were the first."""
        return not (len(self.stack) > 1 or self.inline.open or self.inline.start >= 0 or self.aside or self.paragraph)

    def text(self, start: int, end: int) -> None:
        """Text of the leaf, as HTML shows it."""
        raw = self.source[start:end]
        if self.pre:
            raw = decode(raw) if "&" in raw else raw
            if self.inline.start < 0:
                raw = raw.lstrip("\r\n") if _NOT_BLANK(raw) else ""
            if raw:
                self.inline.keep(raw.replace("\r\n", "\n").replace("\r", "\n"), start, end)
            return
        if self.inline.start < 0 and not _NOT_BLANK(raw):
            return
        self.inline.add(decode(raw) if "&" in raw else raw, start, end)

    def _attributes(self, tag: Tag, start: int) -> bool:
        """Drop by name words in attributes that nobody will use; whether the element is hidden and passed over."""
        if tag.name[0] == "#":
            return False
        names = prose_attributes(tag)
        if names:
            used = CONSUMED.get(tag.name, ())
            for name in names:
                if name not in used:
                    self.drop(*tag.span(name, start), "attribute", tag.get(name))
        return _HIDDEN(tag.raw) is not None and _is_hidden(tag) and self.skip(tag.name, "hidden")

    # -- text becomes blocks -----------------------------------------------------------------------

    def flush(self) -> None:
        """The paragraph that is open ends here."""
        run = self.inline.take(self.pre > 0)
        if run is not None:
            self.paragraph_of(run)
        if self.aside:
            self.blocks.extend(self.aside)
            self.aside.clear()

    def paragraph_of(self, run: Run) -> None:
        """A run of text as a block: what kind, the open boxes and the paragraph's class say."""
        tag = self.paragraph
        if self.pre:
            source = (self.span(run.start, run.end),)
            self.blocks.append(Preformatted(text=run.text, id=self.new_id(run.text.text), source=source))
        elif run.breaks and run.text.marks and (parts := bold_head(self, run)):
            self.blocks += parts
        else:
            source = (self.span(run.start, run.end),)
            self.blocks.append(Paragraph(text=run.text, id=self.new_id(run.text.text), source=source))
        if tag is not None and len(tag.raw) > 3:
            role_of_paragraph(self, tag)

    def span(self, start: int, end: int, slot: str = "") -> Span:
        """The range without white space at its ends, as a span."""
        source = self.source
        while start < end and source[start] in " \t\n\r\f":
            start += 1
        while end > start and source[end - 1] in " \t\n\r\f":
            end -= 1
        return Span(self.leaf, start + self.shift, end + self.shift, slot)

    def new_id(self, text: str) -> str:
        return new_id(self.ids, text)

    def put(self, block: Block) -> None:
        """A block that stands by itself; inside running text it follows the paragraph."""
        if self.inline.start >= 0:
            self.aside.append(block)
        else:
            self.blocks.append(block)

    # -- boxes -------------------------------------------------------------------------------------

    def push(self, name: str, tag: Tag, start: int, close: Close | None = None, own: bool = True) -> Frame | None:
        """Open a box. `own`: with blocks of its own, which `close` turns into something."""
        self.flush()
        self.paragraph = None
        if len(self.stack) > MAX_DEPTH:
            return None
        frame = Frame(name, tag, start, [] if own else self.blocks, close)
        self.stack.append(frame)
        self.blocks = frame.blocks
        self.open[name] = self.open.get(name, 0) + 1
        return frame

    def pop(self) -> None:
        """Close the innermost box."""
        self.flush()
        self.paragraph = None
        frame = self.stack.pop()
        self.open[frame.name] -= 1
        self.blocks = self.stack[-1].blocks
        self.inline.close_above(self.level() + 1)
        if frame.close:
            frame.close(self, frame)

    def close(self, *names: str, within: tuple[str, ...] = ()) -> bool:
        """Close the innermost box of one of these names and all in it, unless a box named in `within` lies between."""
        if not any(self.open.get(name) for name in names):
            return False
        for number in range(len(self.stack) - 1, 0, -1):
            if self.stack[number].name in names:
                break
            if self.stack[number].name in within:
                return False
        else:
            return False
        while len(self.stack) > number:
            self.pop()
        return True

    def level(self) -> int:
        """How deep inline elements lie that are opened now: boxes twice, so that a paragraph fits between."""
        return 2 * len(self.stack) + (self.paragraph is not None)

    def inside(self, name: str) -> Frame | None:
        """The innermost open box of that name."""
        if not self.open.get(name):
            return None
        return next(frame for frame in reversed(self.stack) if frame.name == name)

    def end_paragraph(self) -> None:
        """`</p>`, or what implies it."""
        self.flush()
        if self.paragraph is not None:
            self.paragraph = None
            self.inline.close_above(2 * len(self.stack))

    def finish(self) -> None:
        while len(self.stack) > 1:
            self.pop()
        self.flush()
        self.inline.close_above(-1)
        for start, end in self.inline.lost:
            self.drop_markup(start, end, "empty-link")

    def body(self) -> Body:
        """What became of it all."""
        blocks = tuple(settle(self.root.blocks, self))
        self.account += moved(blocks, self.leaf)
        return Body(blocks, tuple(self.account), tuple(self.faults))

    # -- what is left out --------------------------------------------------------------------------

    def drop(self, start: int, end: int, reason: str, text: str | None = None) -> None:
        """Text that does not go into the article. `text` is what a reader would have seen; by default the range as HTML
        shows it."""
        if text is None:
            text = decode(self.source[start:end])
        if text.strip():
            span = Span(self.leaf, start + self.shift, end + self.shift)
            self.account.append(Drop(by="html", text=text, reason=reason, span=span))

    def fault(self, name: str, before: str = "", at: str = "", note: str = "") -> None:
        self.faults.append(Fault(name=name, grade="shown", state="open", at=at, before=before[:200], note=note))

    def skip(self, name: str, reason: str) -> bool:
        """Leave out the element just opened with all its text; False if it is never closed."""
        end = self.element_end(name)
        if end < 0:
            return False
        if name not in INLINE:
            self.end_paragraph()
        first = last = -1
        parts = []
        shows = False
        for start, stop, tag in self.tokens[self.at : end]:
            if tag is None and _NOT_BLANK(self.source[start:stop]):
                first = start if first < 0 else first
                last = stop
                parts.append(decode(self.source[start:stop]))
            elif tag is not None and not tag.closing:
                self.leave_out(tag, start, stop)
                shows = True
        if parts:
            self.drop(first, last, reason, " ".join(part.strip() for part in parts))
        if shows:
            self.drop_markup(self.tokens[self.at][0], self.tokens[end][1], reason)
        self.at = end + 1
        return True

    def drop_markup(self, start: int, end: int, reason: str) -> None:
        """Markup without words that does not go into the article: a tracking pixel, a link around nothing."""
        span = Span(self.leaf, start + self.shift, end + self.shift)
        self.account.append(Drop(by="html", text="", reason=reason, span=span))

    def leave_out(self, tag: Tag, start: int, stop: int) -> None:
        if tag.name[0] == "#":
            _markup(self, tag, start, stop)
        else:
            for name in prose_attributes(tag):
                self.drop(*tag.span(name, start), "attribute", tag.get(name))

    def element_end(self, name: str) -> int:
        """Number of the token that closes the element just opened; -1 if none does."""
        if self._last_closing is None:
            self._last_closing = {tag.name: n for n, (_, _, tag) in enumerate(self.tokens) if tag and tag.closing}
        last = self._last_closing.get(name, -1)
        depth = 1
        tokens = self.tokens
        for number in range(self.at, last + 1):
            tag = tokens[number][2]
            if tag is not None and tag.name == name:
                if not tag.closing:
                    depth += 1
                    continue
                depth -= 1
                if depth == 0:
                    return number
        return last if last >= self.at else -1


def _is_hidden(tag: Tag) -> bool:
    return tag.has("hidden") or _HIDING(tag.get("style")) is not None


def _markup(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """Comments, declarations, scripts: their words are dropped by name."""
    if tag.name == "#raw":
        builder.drop(start, end, _raw_name(builder, start), tag.raw)
    elif tag.name == "#cdata":
        builder.inline.add(tag.raw[9:-3], start + 9, end - 3)
    elif tag.name == "#comment":
        inner = tag.raw[4:-3]
        if reads_as_words(inner, 2) and not _MACHINE_COMMENT.match(inner):
            builder.drop(start + 4, end - 3, "comment", inner)
    elif tag.name == "#bogus" and len(tag.raw) > 5 and not _NO_WORDS(tag.raw[2:]) and reads_as_words(tag.raw, 3):
        builder.drop(start + 2, end - 1, "bogus-comment")


def _raw_name(builder: Builder, start: int) -> str:
    """`script` or `style`: the tag before the content."""
    before = builder.source[max(0, builder.source.rfind("<", 0, start)) : start][1:6].lower()
    return "style" if before == "style" else "script"


def _unknown(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """An element that nobody knows: its text stays; by itself it is a box of its own."""
    if tag.name[0] == "#":
        _markup(builder, tag, start, end)
    elif builder.inline.start >= 0 or builder.paragraph is not None or ":" in tag.name or tag.empty:
        builder.inline.begin(tag.name, "", builder.level())
    else:
        builder.push(tag.name, tag, start, close_unsupported)


def build(
    source: str,
    leaf: str,
    tokens: list[Token] | None = None,
    shift: int = 0,
    ids: dict[str, int] | None = None,
    openers: Mapping[str, Handler] | None = None,
    closers: Mapping[str, Handler] | None = None,
) -> Body:
    """Shape a leaf of HTML, or `tokens` of it that a dialect or a page reader has worked on. `shift`: where `source`
    begins in the leaf. `ids`: how often each block id was given, over the whole article. Other tables of handlers make
    other markup of it."""
    builder = Builder(source, leaf, shift, ids)
    builder.walk(tokenize(source) if tokens is None else tokens, openers or OPENERS, closers or CLOSERS)
    return builder.body()


# The handlers need the builder's type, and the builder needs the handlers: they come last.
from backfile.shaping.boxes import close_unsupported, role_of_paragraph  # noqa: E402
from backfile.shaping.elements import CLOSERS, INLINE, OPENERS  # noqa: E402
from backfile.shaping.settle import bold_head, moved, settle  # noqa: E402
from backfile.shaping.simple import SIMPLE, simple_block  # noqa: E402
