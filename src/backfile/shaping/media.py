"""Pictures and embeds: addresses, alternative texts, captions in attributes."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Literal

from backfile.article import NO_TEXT, Embed, Image, Span, Text, Unsupported
from backfile.shaping.tables import number
from backfile.shaping.tokens import Tag

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

_UNSAFE = re.compile(r"(?:javascript|vbscript|livescript|mocha|data|file|about):", re.IGNORECASE).match
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-full-src", "src")
_SPACES = re.compile(r"[ \t\n\r\f]+")

EmbedKind = Literal["frame", "video", "audio", "social", "file", "object"]
_KINDS: dict[str, EmbedKind] = {
    "iframe": "frame", "frame": "frame", "video": "video", "audio": "audio", "object": "object", "applet": "object",
    "embed": "object", "bgsound": "audio",
}  # fmt: skip


def safe_address(url: str) -> str:
    """The address without white space around it; empty if it would run a script or show made-up data."""
    url = url.strip()
    return "" if _UNSAFE(_INVISIBLE.sub("", url[:200])) else url


def _picture_address(tag: Tag) -> str:
    """Where the picture lies: lazy loaders keep the true address beside a placeholder."""
    for name in _SOURCES:
        url = tag.get(name).strip()
        if url and not url.startswith("data:"):
            return url
    candidates = tag.get("data-srcset") or tag.get("srcset")
    if candidates.strip():
        return _largest(candidates)
    return tag.get("src").strip()


def _largest(srcset: str) -> str:
    """The candidate with the greatest width or density."""
    best, best_size = "", -1.0
    for candidate in srcset.split(", ")[:50]:
        url, _, size = candidate.strip().rstrip(",").partition(" ")
        digits = size.strip()[:-1]
        value = float(digits) if digits.replace(".", "", 1).isdigit() else 0.0
        if url and value > best_size:
            best, best_size = url, value
    return best


def one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def open_image(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<img>`: a block of its own; inside running text it follows the paragraph."""
    width, height = number(tag.get("width"), 0), number(tag.get("height"), 0)
    alt = one_line(tag.get("alt"))
    src = _picture_address(tag)
    if 0 < width <= 1 and 0 < height <= 1 and not alt:
        builder.drop_markup(start, end, "tracking-pixel")
        return
    if src and not src.startswith("data:image/") and not safe_address(src):
        builder.fault("unsafe-link", src)
        builder.drop_markup(start, end, "unsafe-address")
        src = ""
    spans: list[Span] = []
    texts = {"alt": Text(alt) if alt else NO_TEXT}
    _say(builder, tag, start, "alt", "alt", spans)
    for slot in ("caption", "credit"):
        value = one_line(tag.get(f"data-{slot}"))
        texts[slot] = Text(value) if value else NO_TEXT
        _say(builder, tag, start, f"data-{slot}", slot, spans)
    if not src and not any(text.text for text in texts.values()):
        return
    image = Image(
        src=src, alt=texts["alt"], caption=texts["caption"], credit=texts["credit"],
        href=builder.inline.link(), width=width, height=height,
        id=builder.new_id(texts["caption"].text or src or alt),
        source=tuple(sorted(spans, key=_by_start)) or (builder.span(start, end, "src"),),
    )  # fmt: skip
    builder.put(image)


def _say(builder: Builder, tag: Tag, start: int, attribute: str, slot: str, spans: list[Span]) -> None:
    """Where the words of an attribute stand; a tag that a dialect made has no place in the leaf."""
    a, b = tag.span(attribute, start)
    if a < b and tag.get(attribute).strip():
        spans.append(builder.span(a, b, slot))


def _by_start(span: Span) -> int:
    return span.start


def open_media(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<iframe>`, `<video>`, `<object>`, …: an embed; what it shows where it cannot be shown is its text."""
    stop = -1 if tag.name == "embed" or tag.empty else builder.element_end(tag.name)
    url = _address(tag)
    texts: list[tuple[int, int]] = []
    for at, after, inner in builder.tokens[builder.at : stop] if stop >= 0 else ():
        if inner is None:
            if not builder.source[at:after].isspace():
                texts.append((at, after))
        elif not inner.closing:
            builder.leave_out(inner, at, after)
            url = url or _inner_address(inner)
    if stop >= 0:
        if any(inner is not None for _, _, inner in builder.tokens[builder.at : stop]):
            builder.drop_markup(end, builder.tokens[stop][0], "fallback")
        builder.at = stop + 1
    parts = [one_line(unescape(builder.source[at:after])) for at, after in texts]
    text = Text("\n".join(parts))
    source = (builder.span(texts[0][0], texts[-1][1], "text") if texts else builder.span(start, end, "src"),)
    if url and not safe_address(url):
        builder.fault("unsafe-link", url)
        builder.drop_markup(start, end, "unsafe-address")
        url = ""
    if url:
        kind = _KINDS.get(tag.name, "object")
        builder.put(
            Embed(url=safe_address(url), kind=kind, text=text, id=builder.new_id(text.text or url), source=source)
        )
    elif texts:
        builder.put(Unsupported(text=text, name=tag.name, id=builder.new_id(text.text), source=source))


def _address(tag: Tag) -> str:
    for name in (*_SOURCES, "data", "data-url"):
        if url := tag.get(name).strip():
            return url
    return ""


def _inner_address(tag: Tag) -> str:
    if tag.name == "param" and tag.get("name").lower() in ("movie", "src", "url", "filename"):
        return tag.get("value").strip()
    if tag.name in ("source", "embed", "iframe", "video", "audio"):
        return _address(tag)
    return tag.get("href").strip() if tag.name == "a" else ""
