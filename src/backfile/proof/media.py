"""The account of pictures, films and frames: every one that the source shows is in the article, or dropped by name."""

from __future__ import annotations

from collections.abc import Iterator

from backfile.proof.references import Dropped, References, address, decoded_address
from backfile.proof.scanner import Piece, attributes, scan
from backfile.proof.verdict import Problem, excerpt

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


def _missing(path: str, markup: str, refs: References, dropped: Dropped, xml: bool) -> Iterator[Problem]:
    for urls, start, end in shown(markup, xml):
        if any(_known(url, refs) for url in urls):
            continue
        if not any(dropped.names(path, start, end, url) for url in urls):
            yield Problem(kind="media", leaf=path, start=start, end=end, expected=excerpt(urls[0]))


def _known(url: str, refs: References) -> bool:
    return url in refs.media or url in map(address, refs.links) or url in map(address, refs.shown)


def shown(markup: str, xml: bool) -> Iterator[tuple[list[str], int, int]]:
    """The addresses of each element that shows something, and its range; elements without one are passed over. What
    stands in a `<picture>`, `<video>` or `<audio>` are ways to show one thing."""
    outer: Piece | None = None
    together: list[str] = []
    for piece in scan(markup, xml=xml):
        if outer is not None and piece.kind == "close" and piece.name == outer.name:
            if together:
                yield together, outer.start, piece.end
            outer, together = None, []
            continue
        if piece.kind != "open":
            continue
        urls = _addresses(markup, piece)
        if outer is not None:
            together += urls
        elif piece.name in _GROUPS and f"</{piece.name}" in markup[piece.end : piece.end + _LONGEST_GROUP].lower():
            outer, together = piece, urls
        elif urls:
            yield urls, piece.start, piece.end
    if outer is not None and together:
        yield together, outer.start, outer.end


_GROUPS = frozenset({"picture", "video", "audio", "object"})
_LONGEST_GROUP = 20_000
_PLACEHOLDER = 2_000
"""A picture written into its own address that is shorter than this is a grey box, shown until the true one comes."""


def _addresses(markup: str, piece: Piece) -> list[str]:
    names = _SHOWS.get(piece.name)
    if not names:
        return []
    found = {a.name: markup[a.start : a.end] for a in reversed(attributes(markup, piece))}
    urls = [url for name in names if name in found for url in _urls(name, found[name])]
    return [url for url in urls if not (url[:5].lower() == "data:" and len(url) < _PLACEHOLDER)]


def _urls(name: str, raw: str) -> list[str]:
    if name.endswith("srcset"):
        parts = [part.split() for part in decoded_address(raw).split(", ")]
        return [words[0] for words in parts if words]
    url = decoded_address(raw)
    return [url] if url else []
