"""The visible text of ordinary markup, at the speed of the pattern engine.

Gives up (None) at the first sign of anything out of the ordinary; `segments` then looks properly. What it
does give is what `segments` would give: the flow with a line end for each tag, and the prose of attributes.
"""

from __future__ import annotations

import re

from backfile.proof.lists import HTML_ELEMENTS, PROSE_ATTRIBUTES, RAW_TEXT
from backfile.proof.normal import decode, decode_attribute

_ORDINARY = frozenset(HTML_ELEMENTS - RAW_TEXT - {"meta"})
_NAMES = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)").findall
_QUIET = (
    "href|src|class|id|style|target|rel|width|height|align|border|valign|colspan|rowspan|lang|dir|srcset|sizes|loading"
)
_PLAIN_TAG = re.compile(
    rf"""</?[A-Za-z][A-Za-z0-9]*+(?:\s++(?:{_QUIET})="[^"<>]*+")*+\s*+/?>|<!-- /?wp:[a-z0-9/-]++ /?-->"""
).sub
_WORDY = "|".join(sorted(PROSE_ATTRIBUTES))
_WORDY_TAG = re.compile(
    rf"""<[A-Za-z][A-Za-z0-9]*+((?:\s++(?:{_QUIET}|name|value|type|data-id|hspace|vspace|{_WORDY})="[^"<>]*+")*+)\s*+/?>"""
).sub
_WORDY_VALUE = re.compile(rf"""\s(?:{_WORDY})="([^"]*)\"""").findall


def quick(markup: str) -> tuple[str, list[str]] | None:
    """(flow, prose of attributes), decoded; None if this markup needs a proper look."""
    if "<" not in markup:
        return decode(markup), []
    if not _ORDINARY.issuperset(_NAMES(markup)):
        return None
    flow = _PLAIN_TAG("\n", markup)
    if "<" not in flow:
        return decode(flow), []
    values: list[str] = []

    def wordy(found: re.Match[str]) -> str:
        values.extend(_WORDY_VALUE(found[1]))
        return "\n"

    flow = _WORDY_TAG(wordy, flow)
    if "<" in flow:
        return None
    return decode(flow), [value for raw in values if (value := decode_attribute(raw)).strip()]
