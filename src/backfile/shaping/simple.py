"""The way that most paragraphs go: text with a few plain marks, read in one tight loop.

Gives up before it has changed anything, at the first token that needs more; the builder then goes its ordinary way.
Both ways give the same block: a test holds them against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backfile.article import Block, Crosshead, Mark, MarkKind, Paragraph, Span, Text
from backfile.shaping.entities import decode
from backfile.shaping.ids import new_id
from backfile.shaping.inline import SPACES, sane
from backfile.shaping.tokens import Token

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

_KINDS: dict[str, MarkKind] = {"<b>": "strong", "<strong>": "strong", "<i>": "emphasis", "<em>": "emphasis"}
_BLANK = " \t\n\r\f"
SIMPLE = {"<p>": "</p>"} | {f"<h{level}>": f"</h{level}>" for level in range(1, 7)}
"""The tags that begin a block which may be simple, and what ends it."""
_CLOSINGS = {"</b>": "<b>", "</strong>": "<strong>", "</i>": "<i>", "</em>": "<em>", "</a>": "<a"}
_LINK = re.compile(r'<a href="((?:https?://|/|mailto:)[^"&\s]*)"(?: (?:target|rel)="[a-z_ ]*")*>').fullmatch


def simple_blocks(
    source: str, leaf: str, tokens: list[Token], shift: int, ids: dict[str, int], lines: bool
) -> list[Block] | None:
    """The blocks of a text that holds simple paragraphs and headings and nothing else; None for all others.

    `lines`: line ends inside a paragraph mean something, so that one with any is not simple.
    """
    found: list[tuple[str, Text, int, int]] = []
    at, count = 0, len(tokens)
    while at < count:
        start, end, tag = tokens[at]
        at += 1
        if tag is None:
            if source[start:end].strip(_BLANK):
                return None
            continue
        raw = tag.raw
        closing = SIMPLE.get(raw)
        if closing is None or at + 1 >= count:
            return None
        first, last, inner = tokens[at]
        following = tokens[at + 1][2]
        if inner is None and following is not None and following.raw == closing:
            text, at = _plain(source[first:last]), at + 2
        elif raw == "<p>" and (read := _read(source, tokens, at)):
            text, first, last, at = read
        else:
            return None
        if text is not None:
            if lines and source.find("\n", first, last) >= 0:
                return None
            found.append((raw, text, first, last))
    return [_block(raw, text, _span(source, leaf, shift, start, end), ids) for raw, text, start, end in found]


def _span(source: str, leaf: str, shift: int, start: int, end: int) -> Span:
    if source[start] in _BLANK or source[end - 1] in _BLANK:
        text = source[start:end]
        start = end - len(text.lstrip(_BLANK))
        end = start + len(text.strip(_BLANK))
    return Span(leaf, start + shift, end + shift)


def simple_block(builder: Builder, at: int, raw: str) -> int:
    """Read the paragraph or heading whose tag `raw` stands before token `at`; the token after it, 0 if it is not
    simple."""
    inline = builder.inline
    if inline.start >= 0 or inline.open or builder.pre or builder.aside or builder.stack[-1].name[:1] == "h":
        return 0
    tokens = builder.tokens
    if at + 1 < len(tokens) and tokens[at][2] is None and (tag := tokens[at + 1][2]) and tag.raw == SIMPLE[raw]:
        first, last, _ = tokens[at]
        text, after = _plain(builder.source[first:last]), at + 2
    elif raw == "<p>" and (read := _read(builder.source, tokens, at)):
        text, first, last, after = read
    else:
        return 0
    if text is not None:
        builder.blocks.append(_block(raw, text, builder.span(first, last), builder.ids))
    builder.paragraph = None
    return after


def _block(raw: str, text: Text, span: Span, ids: dict[str, int]) -> Block:
    name = new_id(ids, text.text)
    if raw == "<p>":
        return Paragraph(text=text, id=name, source=(span,))
    return Crosshead(text=text, level=max(2, int(raw[2])), id=name, source=(span,))


def _plain(text: str) -> Text | None:
    """Text without marks; None if it is nothing but white space."""
    if "&" in text:
        text = decode(text)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = SPACES.sub(" ", text)
    text = text.strip(" ")
    return Text(text) if text and not text.isspace() else None


def _read(source: str, tokens: list[Token], at: int) -> tuple[Text | None, int, int, int] | None:
    """Text, its range, and the number of the token after `</p>`; None if it is not simple."""
    parts: list[str] = []
    marks: list[Mark] = []
    opened: list[tuple[str, MarkKind, int, str]] = []
    first = -1
    last = length = 0
    spaced = True
    for number in range(at, len(tokens)):
        start, end, tag = tokens[number]
        if tag is None:
            text = source[start:end]
            if "&" in text:
                text = decode(text)
            if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
                text = SPACES.sub(" ", text)
            if spaced and text[0] == " ":
                text = text[1:]
            if text:
                first = start if first < 0 else first
                last = end
                parts.append(text)
                length += len(text)
                spaced = text[-1] == " "
            continue
        raw = tag.raw
        if raw == "</p>":
            return None if opened else (_text(parts, marks), first, last, number + 1)
        if raw in _CLOSINGS:
            if not opened or opened[-1][0] != _CLOSINGS[raw]:
                return None
            _, kind, begun, href = opened.pop()
            if begun < length:
                marks.append(Mark(begun, length, kind, href))
        elif raw in _KINDS:
            opened.append((raw, _KINDS[raw], length, ""))
        elif found := _LINK(raw):
            if any(name == "<a" for name, _, _, _ in opened) or not _words_follow(source, tokens, number + 1):
                return None
            opened.append(("<a", "link", length, found[1]))
        else:
            return None
    return None


def _words_follow(source: str, tokens: list[Token], at: int) -> bool:
    start, end, tag = tokens[at] if at < len(tokens) else (0, 0, None)
    return tag is None and not source[start:end].isspace() and start < end


def _text(parts: list[str], marks: list[Mark]) -> Text | None:
    text = "".join(parts).rstrip(" ")
    if not text or text.isspace():
        return None
    return Text(text, sane(marks, text)) if marks else Text(text)
