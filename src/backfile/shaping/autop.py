"""WordPress's automatic paragraphs: a blank line begins one, a single line end breaks the line."""

from __future__ import annotations

import re

from backfile.shaping.tokens import Tag, Token
from backfile.shaping.wordpress_names import BLOCKS, HEADINGS, VERBATIM

_LINE_ENDS = re.compile(r"[ \t\r]*\n\s*")
_PARAGRAPH = Tag.of("p")
_BREAK = Tag.of("br")
_EDGES = BLOCKS | VERBATIM | {"br", "#comment"}
_COUNTED = VERBATIM | HEADINGS | {"#comment"}
_NO_EDGES = VERBATIM - BLOCKS
_BLANK = frozenset(["\n", "\n\n", "\r\n", "\r\n\r\n", "\n\n\n"])


def paragraphs(source: str, tokens: list[Token]) -> list[Token]:
    """The tokens with a `<p>` of no width at each blank line and a `<br>` at each other line end of their texts.

    Line ends beside block elements mean nothing, and those inside `<pre>` and its like, or inside the blocks of
    the block editor (whose markup is whole), are left alone.
    """
    if "\n" not in source and "<!--" not in source:
        return tokens
    new: list[Token] = []
    add = new.append
    verbatim = heading = blocks = 0
    before_block = True
    for number, token in enumerate(tokens):
        start, end, tag = token
        if tag is not None:
            add(token)
            name = tag.name
            before_block = name in _EDGES
            if not before_block or name not in _COUNTED:
                continue
            if name in VERBATIM and not tag.empty:
                verbatim = max(0, verbatim + (-1 if tag.closing else 1))
            elif name in HEADINGS:
                heading = max(0, heading + (-1 if tag.closing else 1))
            elif name == "#comment":
                if "wp:" in tag.raw:
                    blocks = max(0, blocks + _block_depth(tag.raw))
                elif _PAGE_BREAK.match(tag.raw):
                    add((end, end, _PARAGRAPH))
                before_block = _is_boundary(tag)
            before_block = before_block and name not in _NO_EDGES
        elif (
            verbatim
            or blocks
            or (before_block and end - start < 5 and source[start:end] in _BLANK)
            or source.find("\n", start, end) < 0
        ):
            add(token)
            before_block = False
        else:
            after_block = number + 1 == len(tokens) or _is_boundary(tokens[number + 1][2])
            _text(source, start, end, before_block, after_block, bool(heading), new)
            before_block = False
    return new


_BLOCK = re.compile(r"<!--\s*(/?)wp:(?!(?:core/)?(?:freeform|html|shortcode|more|nextpage)\b)")


_PAGE_BREAK = re.compile(r"<!--\s*(?:more|nextpage|noteaser)\b")
_MARK = re.compile(r"<!--\s*(?:/?wp:|(?:more|nextpage|noteaser)\b)")


def _block_depth(comment: str) -> int:
    """1 where a block opens, -1 where it closes, 0 for blocks without content and those that hold classic text."""
    match = _BLOCK.match(comment)
    if match is None or comment.endswith("/-->"):
        return 0
    return -1 if match[1] else 1


def _is_boundary(tag: Tag | None) -> bool:
    if tag is None:
        return False
    return tag.name in BLOCKS or tag.name == "br" or (tag.name == "#comment" and _MARK.match(tag.raw) is not None)


def _text(source: str, start: int, end: int, before: bool, after: bool, heading: bool, new: list[Token]) -> None:
    """One text: its lines, and between them what their line ends mean."""
    at = start
    for match in _LINE_ENDS.finditer(source, start, end):
        edge = (before and match.start() == start) or (after and match.end() == end)
        if edge or heading:
            continue
        blank = source.count("\n", match.start(), match.end()) > 1
        if at < match.end():
            new.append((at, match.end(), None))
        new.append((match.end(), match.end(), _PARAGRAPH if blank else _BREAK))
        at = match.end()
    if at < end:
        new.append((at, end, None))
