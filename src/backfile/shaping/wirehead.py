"""The header lines of news wires: each begins with a sign of its own (`%A`, `$Title`, `:slug`, `^Headline<`), or the
first is a line of codes (`eca0075 3 i 510 dpa 1003`), after which slug, version, headline and byline stand alone."""

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
_CODES = re.compile(r"[\x01\s]*[a-z]{2,4}\d{2,6}\s+\d\s+[a-z]\s+\d{1,5}\b.{0,40}\b\d{2,4}$").match
_SLUG = re.compile(r"\S*/(?:.*/)?$|.*\S/$").match
_VERSION = re.compile(r"(?:\d+(?:ST|ND|RD|TH) )?[A-Z][A-Z -]{2,30}$").match
_CODED_BYLINE = re.compile(
    r"(?:By|BY|Von|Par)\s+(?P<name>[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})(?:,\s[^=]{1,60})?\s*=?$"
).match
MAX_LINES = 40


class WireHead(NamedTuple):
    """How many lines are a header, and the ranges in it that say something; empty ranges where none does."""

    lines: int
    headline: tuple[int, int] = (0, 0)
    byline: tuple[int, int] = (0, 0)


def find(value: str, lines: list[Line]) -> WireHead:
    """The header at the top of a text; `lines` is 0 where there is none: two signs at least, or ends of the wire's."""
    if lines and _CODES(value[lines[0].start : lines[0].end].rstrip()):
        return _coded(value, lines[1:8], 1)
    if any(value[line.start : line.end].rstrip().endswith(" =") for line in lines[:4]):
        return _coded(value, lines[:6], 0)
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


def _coded(value: str, lines: list[Line], first: int) -> WireHead:
    """A header without signs, from its first line on: it ends with the line that the wire ends (`=`)."""
    headline = byline = (0, 0)
    for number, line in enumerate(lines, first):
        start, end = line.start, line.end
        start += len(value[start:end]) - len(value[start:end].lstrip("\x02 \t"))
        inner = value[start:end].rstrip()
        ended = inner.endswith("=")
        name = _CODED_BYLINE(inner)
        if name and headline[1]:
            byline = (start + name.start("name"), start + name.end("name"))
        elif not headline[1] and inner and not _SLUG(inner) and not _VERSION(inner):
            headline = (start, start + len(inner.rstrip("= ")))
        if headline[1] and (ended or name):
            return WireHead(number + 1, headline, byline)
    return WireHead(0)


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
