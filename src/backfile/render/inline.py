"""Inline text: escaped, with its marks as properly nested elements."""

from __future__ import annotations

from html import escape as _html_escape

from backfile.article import Mark, Text
from backfile.render.urls import PLAIN, resolved, safe_url

_PAIRS: dict[str, tuple[str, str]] = {
    kind: (f"<{tag}>", f"</{tag}>")
    for kind, tag in {
        "emphasis": "em",
        "strong": "strong",
        "sub": "sub",
        "sup": "sup",
        "code": "code",
        "small": "small",
        "strike": "s",
        "underline": "u",
        "mark": "mark",
        "quote": "q",
    }.items()
}
"""Tags of the marks that have no attributes; links and abbreviations are made one by one."""


def escape(text: str) -> str:
    """Text for element content."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(value: str) -> str:
    """Text for a double-quoted attribute value."""
    return _html_escape(value)


def inline(text: Text, page: str = "", line: str = "<br>\n") -> str:
    """The HTML of an inline text. `page`: the article's old address, for relative links; `line`: a forced line end."""
    if text.marks:
        out = _in_a_row(text, page) or _nested(text, page)
    else:
        out = escape(text.text)
    return out.replace("\n", line) if "\n" in out else out


def _in_a_row(text: Text, page: str) -> str:
    """Marks that follow each other, as nearly all do; empty where some overlap or reach out of the text."""
    body, out, position = text.text, "", 0
    size = len(body)
    verbatim = "&" not in body and "<" not in body and ">" not in body
    for mark in text.marks:
        start, end, kind = mark.start, mark.end, mark.kind
        if start < position or end <= start or end > size:
            return ""
        if kind == "link" and not mark.title and PLAIN(mark.href):  # as nearly all are
            opening, closing = f'<a href="{mark.href}">', "</a>"
        else:
            opening, closing = _PAIRS.get(kind) or _pair(mark, page)
        if verbatim:
            out += f"{body[position:start]}{opening}{body[start:end]}{closing}"
        else:
            out += f"{escape(body[position:start])}{opening}{escape(body[start:end])}{closing}"
        position = end
    return out + (body[position:] if verbatim else escape(body[position:]))


def _nested(text: Text, page: str) -> str:
    marks = _disjoint(text)
    body, out, position = text.text, list[str](), 0
    open_marks: list[Mark] = []
    starts = iter(marks)
    upcoming = next(starts, None)
    while upcoming or open_marks:
        ends = min((mark.end for mark in open_marks), default=len(body))
        here = min(ends, upcoming.start) if upcoming else ends
        out.append(escape(body[position:here]))
        position = here
        _close(open_marks, here, out, page)
        while upcoming and upcoming.start == here:
            out.append(_start(upcoming, page))
            open_marks.append(upcoming)
            upcoming = next(starts, None)
    out.append(escape(body[position:]))
    return "".join(out)


def _disjoint(text: Text) -> list[Mark]:
    """The marks in order of start, the longer first; two of one kind never overlap (no link inside a link).

    So at most as many are open at once as there are kinds, whatever the source holds.
    """
    reached: dict[str, int] = {}
    size = len(text.text)
    marks: list[Mark] = []
    for mark in sorted(text.marks, key=lambda mark: (mark.start, -mark.end)):
        start, end = max(mark.start, reached.get(mark.kind, 0)), min(mark.end, size)
        if start >= end:
            continue
        reached[mark.kind] = end
        marks.append(Mark(start, end, mark.kind, mark.href, mark.title))
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return marks


def _close(open_marks: list[Mark], here: int, out: list[str], page: str) -> None:
    """Close what ends `here`; what was opened inside it and goes on is closed and opened again."""
    first = next((n for n, mark in enumerate(open_marks) if mark.end <= here), None)
    if first is None:
        return
    out.extend(_end(mark) for mark in reversed(open_marks[first:]))
    going_on = [mark for mark in open_marks[first:] if mark.end > here]
    out.extend(_start(mark, page) for mark in going_on)
    open_marks[first:] = going_on


def _start(mark: Mark, page: str) -> str:
    return (_PAIRS.get(mark.kind) or _pair(mark, page))[0]


def _end(mark: Mark) -> str:
    return (_PAIRS.get(mark.kind) or _pair(mark, ""))[1]


def _pair(mark: Mark, page: str) -> tuple[str, str]:
    """The tags of a link or an abbreviation; none around a link that leads to nowhere safe."""
    title = f' title="{attribute(mark.title)}"' if mark.title else ""
    if mark.kind == "abbr":
        return f"<abbr{title}>", "</abbr>"
    href = mark.href
    if not PLAIN(href):
        href = safe_url(href)
        if not href:
            return "", ""
        href = attribute(resolved(href, page))
    return f'<a href="{href}"{title}>', "</a>"
