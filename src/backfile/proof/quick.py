"""The visible text of ordinary markup, at the speed of the pattern engine.

Gives up (None) at the first sign of anything out of the ordinary; `segments` then looks properly. What it
does give is what `segments` would give: the flow with a line end for each tag, and the prose of attributes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from backfile.proof.lists import HTML_ELEMENTS, PARTING, PROSE_ATTRIBUTES, RAW_TEXT
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
    tags = parts[1::2]
    names = set(tags)
    texts = parts[::2]
    words: list[str] = []
    if markup.count("<") != len(tags):
        for number, text in enumerate(texts):
            if "<" in text:
                found = _with_words(text, names, words)
                if found is None:
                    return None
                texts[number] = found
    names.discard(None)  # what a comment gives
    if not _ORDINARY.issuperset(names):
        return None
    if "&" in markup:
        texts = [decode(text) if "&" in text else text for text in texts]
    parts[::2] = texts
    parts[1::2] = ["\n" if tag in PARTING else "" for tag in tags]
    return Seen("".join(parts), words, names)


def _with_words(text: str, names: set[str], words: list[str]) -> str | None:
    """What is left to do in a text: tags whose attributes hold words. None if there is anything else."""

    def wordy(found: re.Match[str]) -> str:
        names.add(found[1])
        words.extend(value for raw in _WORDY_VALUE(found[2]) if (value := decode_attribute(raw)).strip())
        return "\n" if found[1] in PARTING else ""

    text = _WORDY_TAG(wordy, text)
    return None if "<" in text or "&" in text else text
