"""The visible text of ordinary markup, at the speed of the pattern engine.

Gives up (None) at the first sign of anything out of the ordinary; `segments` then looks properly. What it
does give is what `segments` would give: the flow with a line end for each tag that parts words, the prose of
attributes, and where links lead and pictures come from.
"""

from __future__ import annotations

from typing import Any

from backfile.patterns import compile_pattern
from backfile.proof.lists import HTML_ELEMENTS, PARTING, PROSE_ATTRIBUTES, RAW_TEXT
from backfile.proof.media import SHOWING
from backfile.proof.normal import decode, decode_attribute

_GAPS = {name: "\n" if name in PARTING else "" for name in HTML_ELEMENTS - RAW_TEXT - {"meta"}}
"""What stands for a tag in the flow, by its element's name."""
_BARE: dict[str | None, str] = {None: ""} | {
    tag: gap
    for name, gap in _GAPS.items()
    for tag in (name, f"/{name}", f"{name}/", f"{name} /")
    if name not in SHOWING and tag != "a"
}
"""The same for tags without attributes, and for links, which are noted by their addresses."""
_BARE |= {f"!-- {slash}wp:{name} --": "" for slash in ("", "/") for name in ("paragraph", "heading", "image", "list")}

_QUIET = (
    "href|src|class|id|style|target|rel|width|height|align|border|valign|colspan|rowspan|lang|dir|srcset|sizes|loading"
)
_WORDY = "|".join(sorted(PROSE_ATTRIBUTES))
_SPLIT = compile_pattern(
    r"""<(?:a href="([^"<>]*+)"(?: (?:target|rel|class|id|style)="[^"<>]*+")*+|([^<>]*+))>"""
).split
"""Text, then by turns an ordinary link's address or a tag, the other being None, and text."""
_TAG = compile_pattern(
    rf"""/?([a-z][a-z0-9]*+)(?:\s++(?:{_QUIET})="[^"]*+")*+\s*+/?|!-- /?wp:[a-z0-9/-]++ /?--"""
).fullmatch
_WORDY_TAG = compile_pattern(
    rf"""([a-z][a-z0-9]*+)(?:\s++(?:{_QUIET}|name|value|type|data-id|hspace|vspace|{_WORDY})="[^"]*+")*+\s*+/?"""
).fullmatch
_WORDS = compile_pattern(rf"""\s(?:{_WORDY})="([^"]*)\"""").findall
_HREF = compile_pattern(r"""\shref="([^"]*)\"""").findall
_SRC = compile_pattern(r"""\ssrc="([^"]*)\"""").findall


class Seen:
    """The visible text, the words of attributes, where links lead and where pictures come from, all decoded."""

    __slots__ = ("flow", "leads", "other", "shows", "words")

    def __init__(self, flow: str = "") -> None:
        self.flow = flow
        self.words: list[str] = []
        self.leads: list[str] = []
        self.shows: list[str] = []
        self.other = False
        """There are films, frames or pictures without an address of their own."""


def quick(markup: str) -> Seen | None:
    """What readers see of ordinary markup; None if it needs a proper look."""
    if "<" not in markup:
        return Seen(decode(markup))
    parts: list[Any] = _SPLIT(markup)
    addresses = parts[1::3]
    del parts[1::3]
    tags = parts[1::2]
    seen = Seen()
    gaps = [*map(_BARE.get, tags)]
    if None in gaps:
        for number, known in enumerate(gaps):
            if known is None:
                gap = gaps[number] = _with_attributes(tags[number], seen)
                if gap is None:
                    return None
                if seen.leads:  # in their order
                    addresses[number] = seen.leads.pop()
    seen.leads = [decode_attribute(address) for address in addresses if address is not None]
    parts[1::2] = gaps
    flow = "".join(parts)
    if "<" in flow:
        return None
    if "&" in flow:
        parts[::2] = [decode(text) if "&" in text else text for text in parts[::2]]
        flow = "".join(parts)
    seen.flow = flow
    return seen


def _with_attributes(tag: str, seen: Seen) -> str | None:
    """What stands for a tag with attributes, which are noted, an address as it is written; None if it needs a proper
    look."""
    found = _TAG(tag)
    if found is None:
        found = _WORDY_TAG(tag)
        if found is None:
            return None
        seen.words += [value for raw in _WORDS(tag) if (value := decode_attribute(raw)).strip()]
    name: str | None = found[1]
    if name is None:  # a comment of the block editor
        return ""
    if name == "a":
        seen.leads += _HREF(tag)[:1]
    elif name in SHOWING:
        source = _SRC(tag)[:1] if name == "img" else []
        seen.shows += map(decode_attribute, source)
        seen.other = seen.other or not source
    return _GAPS.get(name)
