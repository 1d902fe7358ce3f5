"""The way that most paragraphs go: text with a few plain marks, read in one tight loop.

Gives up before it has changed anything, at the first piece that needs more; the builder then goes its ordinary way.
Both ways give the same block: a test holds them against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backfile.article import Block, Crosshead, Mark, MarkKind, Paragraph, Span, Text
from backfile.patterns import compile_pattern
from backfile.shaping.entities import decode
from backfile.shaping.ids import new_id
from backfile.shaping.inline import SPACES, sane
from backfile.shaping.tokens import Token

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

Read = tuple[Text | None, int, int]
"""The text of a block (None if it is nothing but white space) and its range in the leaf."""

_KINDS: dict[str, MarkKind] = {"<b>": "strong", "<strong>": "strong", "<i>": "emphasis", "<em>": "emphasis"}
_BLANK = " \t\n\r\f"
SIMPLE = {"<p>": "</p>"} | {f"<h{level}>": f"</h{level}>" for level in range(1, 7)}
"""The tags that begin a block which may be simple, and what ends it."""
_CLOSINGS = {"</b>": "<b>", "</strong>": "<strong>", "</i>": "<i>", "</em>": "<em>", "</a>": "<a"}
LINK = r'<a href="(?:https?://|/|mailto:)[^"&<>\s]*+"(?: (?:target|rel)="[a-z_ ]*+")*+>'
_LINK = compile_pattern(LINK).fullmatch


def simple_block(builder: Builder, at: int, raw: str) -> int:
    """Read the paragraph or heading whose tag `raw` stands before token `at`; the token after it, 0 if it is not
    simple."""
    inline = builder.inline
    if inline.start >= 0 or inline.open or builder.pre or builder.aside or builder.stack[-1].name[:1] == "h":
        return 0
    tokens, source = builder.tokens, builder.source
    if at + 1 < len(tokens) and tokens[at][2] is None and (tag := tokens[at + 1][2]) and tag.raw == SIMPLE[raw]:
        first, last, _ = tokens[at]
        text, after = plain(source[first:last]), at + 2
    elif raw == "<p>" and (pieces := _pieces(source, tokens, at)) and (read := marked(pieces, tokens[at][0])):
        text, first, last = read
        after = at + len(pieces) - pieces[::2].count("") + 1
    else:
        return 0
    if text is not None:
        builder.blocks.append(block(raw, text, builder.leaf, source, builder.shift, first, last, builder.ids))
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


def block(raw: str, text: Text, leaf: str, source: str, shift: int, start: int, end: int, ids: dict[str, int]) -> Block:
    """The paragraph or crosshead that the tag `raw` begins, with the range of its text."""
    if source[start] in _BLANK or source[end - 1] in _BLANK:
        whole = source[start:end]
        start = end - len(whole.lstrip(_BLANK))
        end = start + len(whole.strip(_BLANK))
    spans = (Span(leaf, start + shift, end + shift),)
    if raw == "<p>":
        return Paragraph(text=text, id=new_id(ids, text.text), source=spans)
    return Crosshead(text=text, level=max(2, int(raw[2])), id=new_id(ids, text.text), source=spans)


def plain(text: str) -> Text | None:
    """Text without marks; None if it is nothing but white space."""
    if "&" in text:
        text = decode(text)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = SPACES.sub(" ", text)
    text = text.strip(" ")
    return Text(text) if text and not text.isspace() else None


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
    return None if opened else (_text(parts, marks), first, last)


def _collapsed(text: str, spaced: bool) -> str:
    if "&" in text:
        text = decode(text)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = SPACES.sub(" ", text)
    return text[1:] if spaced and text[0] == " " else text


def _text(parts: list[str], marks: list[Mark]) -> Text | None:
    text = "".join(parts).rstrip(" ")
    if not text or text.isspace():
        return None
    return Text(text, sane(marks, text)) if marks else Text(text)
