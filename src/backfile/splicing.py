"""Cutting and joining texts so that their marks keep to the words that they were on.

`splice` makes one edit; `splice_all` makes many at once and gives exactly what one `splice` after the
other from the right would, in time that grows with the text and not with its square: an article of a
megabyte may hold a hundred thousand faults.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from backfile.article import Mark, Text

Edit = tuple[int, int, str]
"""`(start, end, after)`: what the range `[start:end]` becomes."""


def splice(text: Text, start: int, end: int, after: str) -> Text:
    """`text` with `text[start:end]` replaced; marks keep to the words that they were on.

    A mark that covers the range grows or shrinks with it; one that overlaps it in part keeps the part
    outside; one that only held what is gone is gone. An insertion at a mark's edge stays outside it.
    """
    return splice_all(text, ((start, end, after),))


def splice_all(text: Text, edits: Sequence[Edit]) -> Text:
    """`text` with all `edits` made; they speak of `text` as it is, each starting after the one before,
    without overlap."""
    body = text.text
    parts, at = [], 0
    for start, end, after in edits:
        parts.append(body[at:start])
        parts.append(after)
        at = end
    parts.append(body[at:])
    whole = "".join(parts)
    return Text(whole, _marks(text.marks, edits)) if text.marks else Text(whole)


def _marks(marks: tuple[Mark, ...], edits: Sequence[Edit]) -> tuple[Mark, ...]:
    starts = [start for start, _, _ in edits]
    ends = [end for _, end, _ in edits]
    shifts = [0, *accumulate(len(after) - (end - start) for start, end, after in edits)]
    moved = []
    for mark in marks:
        a, b = mark.start, mark.end
        last = bisect_left(starts, b) - 1  # the last edit that starts before the mark's end
        if last >= 0 and ends[last] > b and starts[last] > a:  # the mark ends inside it: keep the part before
            b = starts[last]
            last -= 1
        first = bisect_right(ends, a)  # the edits before this one lie before the mark
        if first < len(edits) and (starts[first] < a or (starts[first] == a and b < ends[first])):
            inside = starts[first] + shifts[first]  # the mark starts inside an edit
            a = inside + len(edits[first][2])
            b = a if b <= ends[first] else b + shifts[last + 1]
            a = inside if b == a else a
        else:
            a, b = a + shifts[first], b + shifts[last + 1]
        if a < b:
            moved.append(msgspec.structs.replace(mark, start=a, end=b))
    return tuple(moved)


def cut(text: Text, start: int, end: int) -> Text:
    """The part `text[start:end]` with its marks."""
    marks = tuple(
        msgspec.structs.replace(m, start=max(m.start, start) - start, end=min(m.end, end) - start)
        for m in text.marks
        if m.start < end and m.end > start
    )
    return Text(text.text[start:end], marks)


def concat(first: Text, glue: str, second: Text) -> Text:
    """Both texts with `glue` between them, marks kept."""
    shift = len(first.text) + len(glue)
    moved = tuple(msgspec.structs.replace(m, start=m.start + shift, end=m.end + shift) for m in second.marks)
    return Text(first.text + glue + second.text, first.marks + moved)


def strip_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
