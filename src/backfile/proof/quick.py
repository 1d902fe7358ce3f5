"""The visible text of ordinary markup, at the speed of the pattern engine.

Gives up (None) at the first sign of anything out of the ordinary; `segments` then looks properly. What it
does give is what `segments` would give: the flow with a line end for each tag, and the prose of attributes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from backfile.proof.lists import HTML_ELEMENTS, PROSE_ATTRIBUTES, RAW_TEXT
from backfile.proof.normal import decode, decode_attribute

_ORDINARY = frozenset(HTML_ELEMENTS - RAW_TEXT - {"meta"})
_QUIET = (
    "href|src|class|id|style|target|rel|width|height|align|border|valign|colspan|rowspan|lang|dir|srcset|sizes|loading"
)
_PLAIN_TAG = re.compile(
    rf"""</?([A-Za-z][A-Za-z0-9]*+)(?:\s++(?:{_QUIET})="[^"<>]*+")*+\s*+/?>|<!-- /?wp:[a-z0-9/-]++ /?-->"""
).split
_WORDY = "|".join(sorted(PROSE_ATTRIBUTES))
_WORDY_TAG = re.compile(
    rf"""<([A-Za-z][A-Za-z0-9]*+)((?:\s++(?:{_QUIET}|name|value|type|data-id|hspace|vspace|{_WORDY})="[^"<>]*+")*+)\s*+/?>"""
).sub
_WORDY_VALUE = re.compile(rf"""\s(?:{_WORDY})="([^"]*)\"""").findall


class Seen(NamedTuple):
    """The visible text, the words of attributes (both decoded), and the names of the elements."""

    flow: str
    words: list[str]
    names: set[str]


def quick(markup: str) -> Seen | None:
    """What readers see of ordinary markup; None if it needs a proper look."""
    if "<" not in markup:
        return Seen(decode(markup), [], set())
    parts = _PLAIN_TAG(markup)
    flow, names = "\n".join(parts[::2]), set(parts[1::2])
    words: list[str] = []
    if "<" in flow:

        def wordy(found: re.Match[str]) -> str:
            names.add(found[1])
            words.extend(_WORDY_VALUE(found[2]))
            return "\n"

        flow = _WORDY_TAG(wordy, flow)
        if "<" in flow:
            return None
        words = [value for raw in words if (value := decode_attribute(raw)).strip()]
    names.discard(None)  # what a comment gives
    return Seen(decode(flow), words, names) if _ORDINARY.issuperset(names) else None
