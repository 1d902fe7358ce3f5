"""The account of links: every address that an `<a>` of the source leads to is in the article, or dropped by name.

Not counted: addresses that lead nowhere (`#`, empty), those that act instead of leading (`javascript:`), links with
nothing in them, and links on words that became a field of plain words (a byline, a section).
Two neighbouring links to the same address may become one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from backfile.proof.references import Dropped, References, decoded_address
from backfile.proof.scanner import Piece, attributes, scan
from backfile.proof.verdict import Problem, excerpt

_NOWHERE = re.compile(r"(?:#?|javascript:.*|vbscript:.*|data:.*|about:.*)\Z", re.IGNORECASE | re.DOTALL)


def link_problems(path: str, markup: str, refs: References, dropped: Dropped, xml: bool) -> list[Problem]:
    """Links of one leaf that are nowhere."""
    return list(_missing(path, markup, refs.counted(), dropped, xml))


def _missing(path: str, markup: str, links: Counter[str], dropped: Dropped, xml: bool) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    last, last_end = "", -1
    for url, piece, inner_end in anchors(markup, xml):
        joined = url == last and not _words_between(markup, last_end, piece.start)
        last, last_end = url, piece.end
        if joined or dropped.names(path, piece.start, inner_end, url):
            continue
        seen[url] += 1
        if seen[url] > links[url]:
            yield Problem(kind="link", leaf=path, start=piece.start, end=piece.end, expected=excerpt(url))


def _words_between(markup: str, start: int, end: int) -> bool:
    """Whether text that is no link's stands between two links: after the first one's end."""
    closed = markup.find("</", start, end)
    return closed < 0 or bool(re.sub(r"<[^<>]*>", "", markup[closed:end]).strip())


def anchors(markup: str, xml: bool) -> Iterator[tuple[str, Piece, int]]:
    """Addresses of the `<a>` elements that hold anything, with the piece of markup and the element's end."""
    waiting: tuple[str, Piece] | None = None
    holds = False
    for piece in scan(markup, xml=xml):
        if piece.name == "a":
            if waiting and holds:
                yield (*waiting, piece.start)
            waiting, holds = None, False
            if piece.kind == "open":
                url = _href(markup, piece)
                waiting = None if _NOWHERE.match(url) else (url, piece)
        elif waiting and not holds:
            holds = piece.name in _SEEN or (piece.kind == "text" and not markup[piece.start : piece.end].isspace())
    if waiting and holds:
        yield (*waiting, len(markup))


_SEEN = frozenset({"img", "video", "audio", "amp-img", "object", "embed"})


def _href(markup: str, piece: Piece) -> str:
    for attribute in attributes(markup, piece):
        if attribute.name == "href":
            return decoded_address(markup[attribute.start : attribute.end])
    return ""
