"""Inline text: escaped, with its marks as properly nested elements."""

from __future__ import annotations

from html import escape as _html_escape

from backfile.article import Mark, Text
from backfile.render.urls import resolved, safe_url

_TAGS: dict[str, str] = {
    "emphasis": "em",
    "strong": "strong",
    "link": "a",
    "sub": "sub",
    "sup": "sup",
    "code": "code",
    "small": "small",
    "strike": "s",
    "underline": "u",
    "mark": "mark",
    "quote": "q",
    "abbr": "abbr",
}


def escape(text: str) -> str:
    """Text for element content. NUL, which HTML cannot hold, becomes the replacement character."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def attribute(value: str) -> str:
    """Text for a double-quoted attribute value."""
    return _html_escape(value).replace("\0", "\ufffd")


def inline(text: Text, page: str = "", line: str = "<br>\n") -> str:
    """The HTML of an inline text. `page`: the article's old address, for relative links; `line`: a forced line end."""
    if text.marks:
        out = _marked(text, page)
    else:
        out = escape(text.text)
    return out.replace("\n", line) if "\n" in out else out


def _marked(text: Text, page: str) -> str:
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
        if start >= end or mark.kind not in _TAGS:
            continue
        reached[mark.kind] = end
        if start != mark.start or end != mark.end:
            mark = Mark(start, end, mark.kind, mark.href, mark.title)
        marks.append(mark)
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return marks


def _close(open_marks: list[Mark], here: int, out: list[str], page: str) -> None:
    """Close what ends `here`; what was opened inside it and goes on is closed and opened again."""
    first = next((n for n, mark in enumerate(open_marks) if mark.end <= here), None)
    if first is None:
        return
    out.extend(_end(mark, page) for mark in reversed(open_marks[first:]))
    going_on = [mark for mark in open_marks[first:] if mark.end > here]
    out.extend(_start(mark, page) for mark in going_on)
    open_marks[first:] = going_on


def _start(mark: Mark, page: str) -> str:
    if mark.kind == "link":
        href = safe_url(mark.href)
        if not href:
            return ""
        title = f' title="{attribute(mark.title)}"' if mark.title else ""
        return f'<a href="{attribute(resolved(href, page))}"{title}>'
    if mark.kind == "abbr" and mark.title:
        return f'<abbr title="{attribute(mark.title)}">'
    return f"<{_TAGS[mark.kind]}>"


def _end(mark: Mark, page: str) -> str:
    if mark.kind == "link" and not safe_url(mark.href):
        return ""
    return f"</{_TAGS[mark.kind]}>"
