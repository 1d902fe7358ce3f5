"""Which letters stood where only a placeholder is left: the archive's words decide, and only if one fits."""

from __future__ import annotations

import re
from itertools import product

from backfile.faults.rule import Ask

_GERMAN = "äöüßÄÖÜéèàç"
_SWISS = "äöüÄÖÜéèàçß"
_FRENCH = "éèêëàâçîïôûùüœæÉÈÊÀÇÎÔ"
_ITALIAN = "àèéìòùÀÈÉÌÒÙ"
_STARTS = re.compile(r"(?:^|[.!?:…] |[«„“\"\n(])$")
_ALL = "äöüßÄÖÜéèêëàâçîïôûùœìòÉÈÀÇñ"
MOST_TRIES = 3000
"""A word with so many lost letters that more readings were possible is not tried."""


def alphabet(language: str) -> str:
    """The letters that a conversion loses in a language."""
    if language.startswith("de"):
        return _SWISS if language.endswith(("-ch", "-li")) else _GERMAN
    return {"fr": _FRENCH, "it": _ITALIAN}.get(language[:2], _ALL)


def fitting(word: str, hole: str, ask: Ask, before: str) -> list[str]:
    """The words that `word` may have been, with a letter for every `hole`; one letter may have left two holes.

    `before` is the text before it: a word that fits in both cases is capitalised at the start of a sentence only.
    """
    found = set(_fill(word, hole, ask))
    if not found and hole * 2 in word:
        found = set(_fill(word.replace(hole * 2, hole), hole, ask))
    starts = _STARTS.search(before[-4:]) is not None
    return sorted(one for one in found if (one[0].swapcase() + one[1:]) not in found or one[0].isupper() == starts)


def _fill(word: str, hole: str, ask: Ask) -> list[str]:
    parts = word.split(hole)
    letters = alphabet(ask.language)
    if len(letters) ** (len(parts) - 1) > MOST_TRIES:
        return []
    words = ("".join(_woven(parts, choice)) for choice in product(letters, repeat=len(parts) - 1))
    return [filled for filled in words if _case_is_sound(filled) and ask.known(filled)]


def _woven(parts: list[str], letters: tuple[str, ...]) -> list[str]:
    return [parts[0], *(letter + part for letter, part in zip(letters, parts[1:], strict=True))]


def _case_is_sound(word: str) -> bool:
    """`Über`, `über`, `ÜBER`, but not `fÜr`."""
    return word[1:].islower() or word.isupper() or len(word) == 1
