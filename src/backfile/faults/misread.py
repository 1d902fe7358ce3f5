"""ftfy's repair of text that was read in a wrong encoding, with its commonest cases decided sooner.

`repaired` gives exactly what `ftfy.fix_encoding` gives. Most of ftfy's time goes into making sure that sound text is
sound, and into trying every encoding on a text in which sound letters stand beside damaged ones, so that none fits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ftfy import fix_encoding
from ftfy.badness import BADNESS_RE
from ftfy.chardata import ALTERED_UTF8_RE, LOSSY_UTF8_RE, UTF8_DETECTOR_RE

_SUSPECT = re.compile("[^\x00-\x7f](?:(?=[^\x00-\x7f])|(?<=[\x80-\x9fŒœÃÂØÙВГРСΒΓΞΟ]))")
"""In a text that ftfy calls bad there are two such letters side by side, or one that is bad by itself or by a sign."""
_REACH = 4
_SOUND = re.compile("[A-Za-z][^\x00-\x7f\ufffd](?=[A-Za-z])")
"""A letter that is one byte in every old encoding, and never UTF-8: the text as a whole cannot be read again."""
_REMEMBERED = 4096


DOS = "(?:[├┬┼][^\\s!-~─-▟]|[ÔΓ]Ç[^\\s!-~])"
"""The first bytes of UTF-8's letters and marks, as code pages 437 and 850 show them: a corner of a drawn box before a
letter, or two capitals that stand side by side in no language."""
_DOS = re.compile(DOS)
_DOS_PARTS = re.compile("(?:[─├┬┼][^\\s!-~]|[ÔΓ]Ç[^\\s!-~])+")
"""Where that is found, a line or corner before another is a letter too: `├┤` is ô."""


def dos_repaired(text: str) -> str:
    """UTF-8 that was read as code page 850 or 437, which agree in most letters, read again; the rest as it is."""
    return _DOS_PARTS.sub(_dos_part, text) if _DOS.search(text) else text


def _dos_part(match: re.Match[str]) -> str:
    for page in ("cp850", "cp437"):
        try:
            return match.group().encode(page).decode()
        except UnicodeError:
            continue
    return match.group()


def is_bad(text: str) -> bool:
    """As `ftfy.badness.is_bad`."""
    suspect = _SUSPECT.search(text)
    return suspect is not None and BADNESS_RE.search(text, max(0, suspect.start() - _REACH)) is not None


def repaired(text: str) -> str:
    """As `ftfy.fix_encoding`."""
    while is_bad(text):
        fixed = _in_parts(text) if _SOUND.search(text) else _as_a_whole(text)
        if fixed == text:
            return fix_encoding(text)
        text = fixed
    return text


def _in_parts(text: str) -> str:
    """Where the text as a whole cannot be read again."""

    def part(match: re.Match[str]) -> str:
        found = match.group()
        return _part(found) if len(found) < len(text) else found

    return UTF8_DETECTOR_RE.sub(part, text)


@lru_cache(_REMEMBERED)
def _part(found: str) -> str:
    """A damaged letter: there are few of them, and they come again and again."""
    return fix_encoding(found)


def _as_a_whole(text: str) -> str:
    """The text read again as UTF-8, in the first encoding of ftfy's that fits; as it is where that is not plain."""
    try:
        encoding = "latin-1"
        data = text.encode(encoding)
    except UnicodeEncodeError:
        try:
            encoding = "sloppy-windows-1252"
            data = text.encode(encoding)
        except UnicodeEncodeError:
            return text
        if LOSSY_UTF8_RE.search(data):
            return text
    if b"\xed" in data or b"\xc0" in data or ALTERED_UTF8_RE.search(data):
        return text
    try:
        return data.decode()
    except UnicodeDecodeError:
        return text
