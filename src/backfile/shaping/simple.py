"""The way that most paragraphs go: text with a few plain marks, read in one tight loop.

Gives up before it has changed anything, at the first piece that needs more; the builder then goes its ordinary way.
Both ways give the same block: a test holds them against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backfile.article import Crosshead, Mark, MarkKind, Paragraph, Span, Text
from backfile.patterns import compile_pattern
from backfile.shaping.entities import decode
from backfile.shaping.ids import new_id
from backfile.shaping.inline import SPACES, sane
from backfile.shaping.tokens import Token

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

Read = tuple[str, tuple[Mark, ...], int, int]
"""The text of a block (empty if it is nothing but white space), its marks and its range in the leaf."""

_KINDS: dict[str, MarkKind] = {"<b>": "strong", "<strong>": "strong", "<i>": "emphasis", "<em>": "emphasis"}
BLANK = " \t\n\r\f"
SIMPLE = {"<p>": "</p>"} | {f"<h{level}>": f"</h{level}>" for level in range(1, 7)}
"""The tags that begin a block which may be simple, and what ends it."""
_CLOSINGS = {"</b>": "<b>", "</strong>": "<strong>", "</i>": "<i>", "</em>": "<em>", "</a>": "<a"}
LINK = r'<a href="(?:https?://|/|mailto:)[^"&<>\s]*+"(?: (?:target|rel)="[a-z_ ]*+")*+>'
_LINK = compile_pattern(LINK).fullmatch
_FLAT = compile_pattern(rf"(<(?:b|strong|i|em)>|{LINK})([^<]++)</(?:b|strong|i|em|a)>").split
_SIZE = 4096


class _Tags(dict[str, tuple[MarkKind, str, int]]):
    """Kind and address of the mark that a tag begins, and the length of the tag that ends it."""

    def __missing__(self, tag: str) -> tuple[MarkKind, str, int]:
        if len(self) >= _SIZE:
            self.clear()
        kind = _KINDS.get(tag)
        one = self[tag] = (kind, "", len(tag) + 1) if kind else ("link", tag[9 : tag.index('"', 9)], 4)
        return one


_TAGS = _Tags()


def simple_block(builder: Builder, at: int, raw: str) -> int:
    """Read the paragraph or heading whose tag `raw` stands before token `at`; the token after it, 0 if it is not
    simple."""
    inline = builder.inline
    if inline.start >= 0 or inline.open or builder.pre or builder.aside or builder.stack[-1].name[:1] == "h":
        return 0
    tokens, source = builder.tokens, builder.source
    marks: tuple[Mark, ...] = ()
    if at + 1 < len(tokens) and tokens[at][2] is None and (tag := tokens[at + 1][2]) and tag.raw == SIMPLE[raw]:
        first, last, _ = tokens[at]
        text, after = clean(source[first:last]), at + 2
    elif raw == "<p>" and (pieces := _pieces(source, tokens, at)) and (read := marked(pieces, tokens[at][0])):
        text, marks, first, last = read
        after = at + len(pieces) - pieces[::2].count("") + 1
    else:
        return 0
    if text:
        first, last = tight(source, first, last)
        spans = (Span(builder.leaf, first + builder.shift, last + builder.shift),)
        name = new_id(builder.ids, text)
        if raw == "<p>":
            builder.blocks.append(Paragraph(text=Text(text, marks), id=name, source=spans))
        else:
            builder.blocks.append(Crosshead(text=Text(text), level=max(2, int(raw[2])), id=name, source=spans))
    builder.paragraph = None
    return after


def _pieces(source: str, tokens: list[Token], at: int) -> list[str]:
    """What stands before the next `</p>`: texts and tags in turn, as `marked` reads them; none if it is not whole."""
    pieces: list[str] = []
    position = tokens[at][0] if at < len(tokens) else 0
    for number in range(at, len(tokens)):
        start, end, tag = tokens[number]
        if start != position or (tag is None and (start == end or len(pieces) % 2)):
            return []
        position = end
        if tag is None:
            pieces.append(source[start:end])
            continue
        if len(pieces) % 2 == 0:
            pieces.append("")
        if tag.raw == "</p>":
            return pieces
        if tag.raw not in _CLOSINGS and tag.raw not in _KINDS and tag.name != "a":
            return []
        pieces.append(tag.raw)
    return []


def tight(source: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends."""
    if source[start] in BLANK or source[end - 1] in BLANK:
        whole = source[start:end]
        start = end - len(whole.lstrip(BLANK))
        end = start + len(whole.strip(BLANK))
    return start, end


def clean(text: str) -> str:
    """Text without marks as HTML shows it; empty if it is nothing but white space."""
    if "&" in text:
        text = decode(text)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = SPACES.sub(" ", text)
    text = text.strip(" ")
    return "" if text.isspace() else text


def flat(raw: str, first: int) -> Read | None:
    """Text with marks that hold no others, without entities and with no white space but single spaces.

    None if marks touch each other, or if they or the text begin or end with a space.
    """
    pieces = _FLAT(raw)
    if len(pieces) == 4:
        before, tag, inner, behind = pieces
        kind, href, closing = _TAGS[tag]
        start = len(before)
        if inner[0] == " " or inner[-1] == " " or inner.isspace() or raw[0] == " " or raw[-1] == " ":
            return None
        marks = (Mark(start, start + len(inner), kind, href),)
        last = first + len(raw)
        return before + inner + behind, marks, first if before else first + len(tag), last if behind else last - closing
    return _flat(pieces, first, len(raw))


def _flat(pieces: list[str], first: int, length: int) -> Read | None:
    """The same of several marks."""
    tags = pieces[1::3]
    del pieces[1::3]
    marks = []
    end = number = 0
    for tag in tags:
        start = end + len(pieces[number])
        inner = pieces[number + 1]
        if (start == end and number) or inner[0] == " " or inner[-1] == " " or inner.isspace():
            return None
        end = start + len(inner)
        kind, href, _ = _TAGS[tag]
        marks.append(Mark(start, end, kind, href))
        number += 2
    text = "".join(pieces)
    if text[0] == " " or text[-1] == " ":
        return None
    last = first + length - (0 if pieces[-1] else _TAGS[tags[-1]][2])
    return text, tuple(marks), first + (0 if pieces[0] else len(tags[0])), last


def marked(pieces: list[str], at: int) -> Read | None:
    """Text with marks: `pieces` are texts and tags in turn, which begin at `at`; None if it is not simple."""
    parts: list[str] = []
    marks: list[Mark] = []
    opened: list[tuple[str, MarkKind, int, str]] = []
    first = -1
    last = length = 0
    spaced = True
    for number, raw in enumerate(pieces):
        end = at + len(raw)
        if number % 2 == 0:
            if raw and (text := _collapsed(raw, spaced)):
                first = at if first < 0 else first
                last = end
                parts.append(text)
                length += len(text)
                spaced = text[-1] == " "
        elif raw in _CLOSINGS:
            if not opened or opened[-1][0] != _CLOSINGS[raw]:
                return None
            _, kind, begun, href = opened.pop()
            if begun < length:
                marks.append(Mark(begun, length, kind, href))
        elif raw in _KINDS:
            opened.append((raw, _KINDS[raw], length, ""))
        elif _LINK(raw):
            if not pieces[number + 1] or pieces[number + 1].isspace() or any(one[0] == "<a" for one in opened):
                return None
            opened.append(("<a", "link", length, raw[9 : raw.index('"', 9)]))
        else:
            return None
        at = end
    if opened:
        return None
    text = "".join(parts).rstrip(" ")
    if not text or text.isspace():
        return "", (), first, last
    return text, sane(marks, text) if marks else (), first, last


def _collapsed(text: str, spaced: bool) -> str:
    if "&" in text:
        text = decode(text)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = SPACES.sub(" ", text)
    return text[1:] if spaced and text[0] == " " else text
