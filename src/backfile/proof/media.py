"""The account of pictures, films and frames: every one that the source shows is in the article, or dropped by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.proof.references import Dropped, References, address, decoded_address
from backfile.proof.scanner import Piece, attributes, scan
from backfile.proof.verdict import Problem, excerpt

_SOURCE = re.compile(r"""<img\b[^<>]*?\ssrc="([^"<>]*)\"""").findall
_SHOWS = {
    "img": ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file", "srcset", "data-srcset"),
    "amp-img": ("src", "srcset"),
    "iframe": ("src", "data-src"),
    "frame": ("src",),
    "amp-iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src",),
    "audio": ("src",),
    "source": ("src", "srcset"),
    "media-reference": ("source", "name", "alternate-text"),
}
"""Elements that show something, and the attributes that may say what, the best first."""


SHOWING = frozenset(_SHOWS)


def media_problems(path: str, markup: str, refs: References, dropped: Dropped, xml: bool) -> list[Problem]:
    """Pictures and embeds of one leaf that are nowhere."""
    return list(_missing(path, markup, refs, dropped, xml))


def only_pictures_of(markup: str, refs: References) -> bool:
    """Whether all `<img>` of ordinary markup are the article's: a first look, at C speed."""
    found = _SOURCE(markup)
    return len(found) == markup.count("<img") and refs.media.issuperset(found)


def _missing(path: str, markup: str, refs: References, dropped: Dropped, xml: bool) -> Iterator[Problem]:
    for urls, piece in shown(markup, xml):
        if any(_known(url, refs) for url in urls):
            continue
        if not any(dropped.names(path, piece.start, piece.end, url) for url in urls):
            yield Problem(kind="media", leaf=path, start=piece.start, end=piece.end, expected=excerpt(urls[0]))


def _known(url: str, refs: References) -> bool:
    return url in refs.media or url in map(address, refs.links) or url in map(address, refs.shown)


def shown(markup: str, xml: bool) -> Iterator[tuple[list[str], Piece]]:
    """The addresses of each element that shows something; elements without one are passed over."""
    for piece in scan(markup, xml=xml):
        names = _SHOWS.get(piece.name) if piece.kind == "open" else None
        if names:
            found = {a.name: markup[a.start : a.end] for a in reversed(attributes(markup, piece))}
            urls = [url for name in names if name in found for url in _urls(name, found[name])]
            if urls:
                yield urls, piece


def _urls(name: str, raw: str) -> list[str]:
    if name.endswith("srcset"):
        parts = [part.split() for part in decoded_address(raw).split(", ")]
        return [words[0] for words in parts if words]
    url = decoded_address(raw)
    return [url] if url else []
