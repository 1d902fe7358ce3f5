"""The way that most paragraphs go: text with a few plain marks, read in one tight loop.

Gives up before it has changed anything, at the first token that needs more; the builder then goes its ordinary way.
Both ways give the same block: a test holds them against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backfile.article import Mark, MarkKind, Paragraph, Text
from backfile.shaping.entities import decode
from backfile.shaping.inline import SPACES, sane

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

_KINDS: dict[str, MarkKind] = {"<b>": "strong", "<strong>": "strong", "<i>": "emphasis", "<em>": "emphasis"}
_CLOSINGS = {"</b>": "<b>", "</strong>": "<strong>", "</i>": "<i>", "</em>": "<em>", "</a>": "<a"}
_LINK = re.compile(r'<a href="((?:https?://|/|mailto:)[^"&\s]*)"(?: (?:target|rel)="[a-z_ ]*")*>').fullmatch


def simple_paragraph(builder: Builder, at: int) -> int:
    """Read the paragraph whose `<p>` stands before token `at`; the token after it, 0 if it is not simple."""
    inline = builder.inline
    if inline.start >= 0 or inline.open or builder.pre or builder.aside or builder.stack[-1].name[:1] == "h":
        return 0
    read = _read(builder, at)
    if read is None:
        return 0
    text, first, last, after = read
    builder.paragraph = None
    if text is not None:
        block = Paragraph(text=text, id=builder.new_id(text.text), source=(builder.span(first, last),))
        builder.blocks.append(block)
    return after


def _read(builder: Builder, at: int) -> tuple[Text | None, int, int, int] | None:
    """Text, its range, and the number of the token after `</p>`; None if it is not simple."""
    source, tokens = builder.source, builder.tokens
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
        if raw in _CLOSINGS:
            if not opened or opened[-1][0] != _CLOSINGS[raw]:
                return None
            _, kind, begun, href = opened.pop()
            if begun < length:
                marks.append(Mark(begun, length, kind, href))
        elif raw in _KINDS:
            opened.append((raw, _KINDS[raw], length, ""))
        elif tag.name == "p" and tag.closing:
            return None if opened else (_text(parts, marks), first, last, number + 1)
        elif found := _LINK(raw):
            if any(name == "<a" for name, _, _, _ in opened) or not _words_follow(builder, number + 1):
                return None
            opened.append(("<a", "link", length, found[1]))
        else:
            return None
    return None


def _words_follow(builder: Builder, at: int) -> bool:
    start, end, tag = builder.tokens[at] if at < len(builder.tokens) else (0, 0, None)
    return tag is None and not builder.source[start:end].isspace() and start < end


def _text(parts: list[str], marks: list[Mark]) -> Text | None:
    text = "".join(parts).rstrip(" ")
    if not text.strip():
        return None
    return Text(text, sane(marks, text)) if marks else Text(text)
