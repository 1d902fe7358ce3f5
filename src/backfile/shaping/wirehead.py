"""The header lines of news wires: each begins with a sign of its own (`%A`, `$Title`, `:slug`, `^Headline<`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from backfile.shaping.lines import Line

_MARKED = re.compile(r"[%#$:&*@^=+~!](?=\S|$)")
_END = re.compile(r"[\s<=]*$")
_BYLINE = re.compile(r"(?:By|BY)\s+(?P<name>[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})$")
_NO_HEADLINE = re.compile(
    r"(?:AP|AFP|EPA|Reuters) (?:Photo|Graphic|Video)|Eds?:|[A-Z]{2}-|All Times|\W*\d", re.IGNORECASE
)
_ORDER = "^$#:="
MAX_LINES = 40


class WireHead(NamedTuple):
    """How many lines are a header, and the ranges in it that say something; empty ranges where none does."""

    lines: int
    headline: tuple[int, int] = (0, 0)
    byline: tuple[int, int] = (0, 0)


def find(value: str, lines: list[Line]) -> WireHead:
    """The header at the top of a text; `lines` is 0 where there is none: two signs at least, or ends of the wire's."""
    count = 0
    while count < min(len(lines), MAX_LINES) and _MARKED.match(value, lines[count].start, lines[count].end):
        count += 1
    head = lines[:count]
    marks = {value[line.start] for line in head}
    ended = sum(value[line.end - 1] in "<=" for line in head)
    if count < 2 or (len(marks) < 2 and ended < 2):
        return WireHead(0)
    ranges = [_inner(value, line) for line in head]
    byline = next((match.span("name") for a, b in ranges if (match := _BYLINE.match(value, a, b))), (0, 0))
    return WireHead(count, _headline(value, ranges), byline)


def _inner(value: str, line: Line) -> tuple[int, int]:
    """The line without its sign and the wire's end signs."""
    start = line.start + 1
    end = start + len(_END.sub("", value[start : line.end]))
    return start + len(value[start:end]) - len(value[start:end].lstrip(" ^*")), end


def _headline(value: str, ranges: list[tuple[int, int]]) -> tuple[int, int]:
    """The line that reads like a headline: several words, no slug, no note; `^` and `$` mark one most often."""
    fit = [
        (start, end)
        for start, end in ranges
        if len(value[start:end].split()) >= 2
        and any(map(str.islower, value[start:end]))
        and not _NO_HEADLINE.match(value, start, end)
        and not _BYLINE.match(value, start, end)
        and "--" not in value[start:end]
    ]
    return min(fit, key=lambda one: (value.count(" ", *one) < 2, _rank(value[one[0] - 1])), default=(0, 0))


def _rank(mark: str) -> int:
    return _ORDER.index(mark) if mark in _ORDER else len(_ORDER)
