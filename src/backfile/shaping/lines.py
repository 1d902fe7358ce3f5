"""The lines of a plain text, and which of them belong together.

Old texts come one paragraph a line, or wrapped by hand at some width. Lines are joined on evidence only: over the
whole text, most lines end where the next line's first word would not have fitted any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

MAX_WIDTH = 140
"""Wider lines are paragraphs, not wrapped by hand."""
SHORT = 60
"""Lines of verse and of results are at most this long."""
MAX_RUN = 200
"""Longer tables and poems become several blocks, so that time stays linear."""

_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+|\r\n|[\n\r\v\f\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufeff]+")
_WIRE_HEAD = re.compile(r"[\x00-\x08\x0e-\x1b\s]*\x01[^\x02]{0,500}\x02")
_WIRE_MARK = re.compile(r"(?:ZCZC\b[^\n\r]{0,80}|NNNN)\s*$")
_STOP = re.compile(r"[.!?…:][»”\"’)\]]*$")
_BULLET = re.compile(r"(?:[-*•·▪‣]|([1-9][0-9]{0,2})[.)])[ \t]+\S")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+| ?\.{4,} ?)\S")
_WORD = re.compile(r"\S+")

Dropped = Callable[[int, int, str], None]


class Line(NamedTuple):
    """One line, or several joined. `pieces`: its ranges of the text without white space and control characters
    around them; `indent`: columns before it; `apart`: a blank line stands before it."""

    pieces: tuple[tuple[int, int], ...]
    indent: int
    apart: bool

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]

    @property
    def length(self) -> int:
        return self.end - self.start


class Lines(NamedTuple):
    """Lines that make one block. `kept`: they stay lines (a list, a table, verse)."""

    lines: list[Line]
    kept: bool

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    def ranges(self) -> list[tuple[int, int]]:
        return [piece for line in self.lines for piece in line.pieces]


def visible(value: str, drop: Dropped) -> list[Line]:
    """All lines that hold text. Control characters and the framing of news wires are dropped by name."""
    start, end = _unframed(value, drop)
    found: list[Line] = []
    apart = fresh = True
    for match in _LINE.finditer(value, start, end):
        if match[0][0] in "\n\r\v\f\u2028\u2029":
            apart = apart or fresh
            fresh = True
            continue
        line = _line(value, match.start(), match.end(), apart, drop)
        if line is not None:
            found.append(line)
            apart = fresh = False
    return _without_marks(value, found, drop)


def group_lines(value: str, lines: list[Line]) -> list[Lines]:
    """Lines gathered to blocks: wrapped ones joined; lists, tables and verse kept as lines."""
    width = _width(lines)
    if width and _is_wrapped(value, lines, width):
        lines = _unwrapped(value, lines, width)
    groups: list[Lines] = []
    at = 0
    while at < len(lines):
        count = _kept_run(value, lines, at)
        groups.append(Lines(lines[at : at + max(count, 1)], count > 0))
        at += max(count, 1)
    return groups


def text_of(value: str, line: Line) -> str:
    """The line's text without control characters; its white space as it stands."""
    out = value[line.pieces[0][0] : line.pieces[0][1]]
    for (_, left), (start, end) in pairwise(line.pieces):
        gap = value[left:start]
        out += ("\n" if "\n" in gap or "\r" in gap else " " if _has_space(gap) else "") + value[start:end]
    return out


# -- single lines ----------------------------------------------------------------------------------


def _unframed(value: str, drop: Dropped) -> tuple[int, int]:
    """The range between the start and end of text of a news wire; all of it where there is no framing."""
    head = _WIRE_HEAD.match(value)
    start = head.end() if head else 0
    if head:
        _drop_run(value, 0, start, "wire header", drop)
    end = value.find("\x03", start) if head else -1
    if end >= 0:
        _drop_run(value, end, len(value), "wire trailer", drop)
    return start, end if end >= 0 else len(value)


def _drop_run(value: str, start: int, end: int, reason: str, drop: Dropped) -> None:
    while start < end and value[start].isspace():
        start += 1
    drop(start, end, reason)


def _line(value: str, start: int, end: int, apart: bool, drop: Dropped) -> Line | None:
    raw = value[start:end]
    if raw.isspace():
        return None
    indent = len(raw.expandtabs(8)) - len(raw.expandtabs(8).lstrip(" \t"))
    pieces = []
    at = start
    for control in _CONTROL.finditer(value, start, end):
        drop(control.start(), control.end(), "control character")
        pieces.append(_stripped(value, at, control.start()))
        at = control.end()
    pieces.append(_stripped(value, at, end))
    solid = tuple(piece for piece in pieces if piece[0] < piece[1])
    return Line(solid, indent, apart) if solid else None


def _stripped(value: str, start: int, end: int) -> tuple[int, int]:
    piece = value[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _without_marks(value: str, lines: list[Line], drop: Dropped) -> list[Line]:
    """Without the first line `ZCZC …` and the last line `NNNN` of a wire."""
    for at in (0, -1):
        if lines and _WIRE_MARK.match(value, lines[at].start, lines[at].end):
            mark = lines.pop(at)
            drop(mark.start, mark.end, "wire mark")
    return lines


# -- wrapped by hand -------------------------------------------------------------------------------


def _width(lines: list[Line]) -> int:
    """The width that most lines keep to, 0 if there is none that a typewriter or a terminal had."""
    lengths = sorted(line.indent + line.length for line in lines)
    if len(lengths) < 4:
        return 0
    width = lengths[-1 - len(lengths) // 25]
    return width if 30 <= width <= MAX_WIDTH else 0


def _is_wrapped(value: str, lines: list[Line], width: int) -> bool:
    pairs = [(a, b) for a, b in pairwise(lines) if not b.apart]
    full = sum(not _fits(value, a, b, width) for a, b in pairs)
    return full >= 3 and full * 10 >= len(pairs) * 6


def _fits(value: str, line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word would have fitted on this one: then somebody ended the line on purpose."""
    word = _WORD.match(value, following.start, following.end)
    return line.indent + line.length + 1 + (len(word[0]) if word else 0) <= width - 1


def _unwrapped(value: str, lines: list[Line], width: int) -> list[Line]:
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(value, found[-1][-1], line, width):
            found[-1].append(line)
        else:
            found.append([line])
    return [_joined(value, run) for run in found]


def _goes_on(value: str, line: Line, following: Line, width: int) -> bool:
    if following.apart or _BULLET.match(value, following.start) or _COLUMNS.search(value, line.start, line.end):
        return False
    tail = value[max(line.start, line.end - 8) : line.end]
    if following.indent > line.indent + 1 and _STOP.search(tail):
        return False
    if not _fits(value, line, following, width):
        return True
    ended = _STOP.search(tail)
    return not ended and (value[following.start].islower() or line.length > 0.85 * width)


def _joined(value: str, run: list[Line]) -> Line:
    pieces = list(run[0].pieces)
    for line in run[1:]:
        if value[pieces[-1][1] : line.start].isspace():
            pieces[-1] = (pieces[-1][0], line.pieces[0][1])
            pieces.extend(line.pieces[1:])
        else:
            pieces.extend(line.pieces)
    return Line(tuple(pieces), run[0].indent, run[0].apart)


# -- lines that stay lines -------------------------------------------------------------------------


def _kept_run(value: str, lines: list[Line], at: int) -> int:
    """How many lines from here on stay lines: list items, rows of a table, verse; 0 for none."""
    run = _items(value, lines, at)
    if run >= 2:
        return run
    run = _run(lines, at, lambda line: bool(_COLUMNS.search(value, line.start, line.end)))
    if run >= 3:
        return run
    run = _run(lines, at, lambda line: line.length <= SHORT)
    return run if run >= 4 and _is_verse(value, lines[at : at + run]) else 0


def _run(lines: list[Line], at: int, fits: Callable[[Line], bool]) -> int:
    """Length of the run of lines that fit, up to a blank line or the most that is looked at."""
    end = at
    while end < min(len(lines), at + MAX_RUN) and fits(lines[end]) and (end == at or not lines[end].apart):
        end += 1
    return end - at


def _items(value: str, lines: list[Line], at: int) -> int:
    """Length of the run of list items with one mark, or numbered one after the other; blank lines may part them."""
    first = _mark(value, lines[at])
    number = int(first) if first.isdigit() else -1
    end = at
    while end < len(lines) and first and _mark(value, lines[end]) == (str(number + end - at) if number >= 0 else first):
        end += 1
    return end - at


def _mark(value: str, line: Line) -> str:
    """The number or the character before a list item; empty if the line has none."""
    match = _BULLET.match(value, line.start, line.end)
    return (match[1] or match[0][0]) if match else ""


def _is_verse(value: str, lines: list[Line]) -> bool:
    stops = sum(bool(_STOP.search(value[max(line.start, line.end - 8) : line.end])) for line in lines)
    return stops * 2 <= len(lines)


def _has_space(text: str) -> bool:
    return any(char.isspace() for char in text)
