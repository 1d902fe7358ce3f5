"""The text of the block that is being read: pieces, marks over them, and where in the leaf they stand."""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec

from backfile.article import Mark, MarkKind, Text

SPACES = re.compile(r"[ \t\n\r\f]+")
MAX_OPEN = 60
"""Inline elements open at one time; deeper ones keep their text and lose their mark."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Finished inline text and the range it came from. `breaks`: (place of a newline in the text, start and end of its
    `<br>` in the leaf)."""

    text: Text
    start: int
    end: int
    breaks: tuple[tuple[int, int, int], ...] = ()


class Open:
    """An inline element that is open. `kind` is empty for those that mean nothing (`<span>`, `<font>`)."""

    __slots__ = ("href", "kind", "level", "name", "start", "tag", "title", "used")

    def __init__(self, name: str, kind: str, start: int, level: int) -> None:
        self.name, self.kind, self.start, self.level = name, kind, start, level
        self.href = self.title = ""
        self.tag = (0, 0)
        """Where a link's tag stands in the leaf."""
        self.used = False
        """Whether a mark or a picture carries the link."""


class Inline:
    """Collects text with white space collapsed as it comes, so that offsets are final."""

    __slots__ = ("breaks", "end", "length", "line", "lost", "marks", "open", "parts", "solid", "spaced", "start")

    def __init__(self) -> None:
        self.open: list[Open] = []
        self.lost: list[tuple[int, int]] = []
        """Tags of links that nothing carries."""
        self._clear()

    def _clear(self) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.breaks: list[tuple[int, int, int]] = []
        self.start = -1
        self.end = 0
        self.length = 0
        self.solid = 0
        """Length up to the last text that is no white space."""
        self.line = 0
        self.spaced = True

    def add(self, text: str, start: int, end: int) -> None:
        """Text whose entities are decoded, from `start:end` of the leaf."""
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = SPACES.sub(" ", text)
        if self.spaced and text[:1] == " ":
            text = text[1:]
        if not text:
            return
        if self.start < 0:
            self.start = start
        self.end = end
        self.parts.append(text)
        self.length += len(text)
        self.spaced = text[-1] == " "
        if not text.isspace():
            self.solid = self.length

    def keep(self, text: str, start: int, end: int) -> None:
        """Text whose white space matters."""
        if self.start < 0:
            self.start = start
        self.end = end
        self.parts.append(text)
        self.length += len(text)
        self.spaced = False
        if not text.isspace():
            self.solid = self.length

    def line_break(self, start: int, end: int) -> bool:
        """A `<br>`: False if the line before it was empty, so that the paragraph ends here."""
        if self.start < 0:
            return True
        if self.breaks and not "".join(self.parts[self.line :]).strip():
            return False
        self.breaks.append((self.length, start, end))
        self.parts.append("\n")
        self.length += 1
        self.line = len(self.parts)
        self.spaced = True
        return True

    def begin(self, name: str, kind: str, level: int) -> Open:
        one = Open(name, kind, self.length, level)
        if len(self.open) < MAX_OPEN:
            self.open.append(one)
        return one

    def begin_link(self, level: int, href: str, title: str, start: int, end: int) -> None:
        one = self.begin("a", "link", level)
        one.href, one.title, one.tag = href, title, (start, end)
        if len(self.open) >= MAX_OPEN:
            self._done(one)

    def _done(self, one: Open) -> None:
        if one.kind == "link" and not one.used:
            self.lost.append(one.tag)

    def finish(self, name: str) -> bool:
        """The innermost open element of that name ends; False if there is none."""
        opened = self.open
        for number in range(len(opened) - 1, -1, -1):
            if opened[number].name == name:
                self._mark(opened[number])
                self._done(opened.pop(number))
                return True
        return False

    def close_above(self, level: int) -> None:
        """Inline elements that were opened inside a block end with it."""
        opened = self.open
        while opened and opened[-1].level > level:
            self._mark(opened[-1])
            self._done(opened.pop())

    def _mark(self, one: Open) -> None:
        if one.kind and one.start < self.solid:
            one.used = True
            self.marks.append(Mark(one.start, self.length, one.kind, one.href, one.title))  # type: ignore[arg-type]

    def link(self) -> str:
        """The address of the innermost open link, for a picture that carries it."""
        for one in reversed(self.open):
            if one.kind == "link":
                one.used = True
                return one.href
        return ""

    def take(self, kept: bool = False) -> Run | None:
        """What was collected, stripped; None if it is nothing but white space. Open elements go on in the next.
        `kept`: its white space matters."""
        if self.start < 0:
            if self.open:
                self._reopen()
            return None
        text = "".join(self.parts) if len(self.parts) > 1 else self.parts[0]
        seen: set[tuple[str, str]] = set()
        for one in self.open:
            if (one.kind, one.href) not in seen or one.kind == "link":
                seen.add((one.kind, one.href))
                self._mark(one)
        marks, start, end, breaks = self.marks, self.start, self.end, self.breaks
        self._clear()
        self._reopen()
        text = text.rstrip(" \n")
        if not text.strip():
            return None
        if " \n" in text and not kept:
            text, marks, breaks = _without_line_ends(text, marks, breaks)
        inner = tuple(item for item in breaks if item[0] < len(text)) if breaks else ()
        return Run(Text(text, sane(marks, text)) if marks else Text(text), start, end, inner)

    def _reopen(self) -> None:
        for one in self.open:
            one.start = 0


def _without_line_ends(
    text: str, marks: list[Mark], breaks: list[tuple[int, int, int]]
) -> tuple[str, list[Mark], list[tuple[int, int, int]]]:
    """A space before a line break is white space that no one sees."""
    gone = [found.start() for found in re.finditer(" (?=\n)", text)]

    def new(at: int) -> int:
        return at - bisect_left(gone, at)

    text = text.replace(" \n", "\n")
    marks = [msgspec.structs.replace(mark, start=new(mark.start), end=new(mark.end)) for mark in marks]
    return text, marks, [(new(at), start, end) for at, start, end in breaks]


def sane(marks: list[Mark], text: str) -> tuple[Mark, ...]:
    """Marks without white space at their ends, without doubles, neighbours of one kind joined, in order."""
    if len(marks) == 1:
        mark = marks[0]
        if mark.start < mark.end <= len(text) and text[mark.start] not in " \n" and text[mark.end - 1] not in " \n":
            return (mark,)
    found: list[Mark] = []
    last: dict[tuple[MarkKind, str, str], int] = {}
    length = len(text)
    if len(marks) > 1:
        marks.sort(key=_order)
    for mark in marks:
        start, end = mark.start, min(mark.end, length)
        while start < end and text[start] in " \n":
            start += 1
        while end > start and text[end - 1] in " \n":
            end -= 1
        if start >= end:
            continue
        key = (mark.kind, mark.href, mark.title)
        number = last.get(key, -1)
        if number >= 0 and found[number].end >= start + (mark.kind == "link"):
            if found[number].end < end:
                found[number] = msgspec.structs.replace(found[number], end=end)
            continue
        last[key] = len(found)
        found.append(
            mark if (start, end) == (mark.start, mark.end) else msgspec.structs.replace(mark, start=start, end=end)
        )
    return tuple(found)


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def join(runs: list[Run]) -> Text:
    """Several texts, one a line."""
    if len(runs) == 1:
        return runs[0].text
    parts: list[str] = []
    marks: list[Mark] = []
    at = 0
    for run in runs:
        parts.append(run.text.text)
        marks += [msgspec.structs.replace(m, start=m.start + at, end=m.end + at) for m in run.text.marks]
        at += len(run.text.text) + 1
    return Text("\n".join(parts), tuple(marks))
