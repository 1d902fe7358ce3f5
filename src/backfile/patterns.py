"""Regular expressions with possessive groups, right on every Python that Backfile runs on.

Before Python 3.11.5 the engine matches `(?:…)*+` wrongly where something inside the group could have gone back
(CPython's gh-106052); Debian 12 ships 3.11.2. `(?>(?:…)*)` says the same and is right there: on such a Python,
patterns are rewritten before they are compiled.
"""

from __future__ import annotations

import re
import sys
from typing import AnyStr

_WRONG = sys.version_info < (3, 11, 5)
_POSSESSIVE = re.compile(r"(\*|\+|\?|\{\d*,?\d*\})\+")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)


def compile_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`."""
    return re.compile(atomic(pattern) if _WRONG else pattern, flags)


def atomic(pattern: AnyStr) -> AnyStr:
    """The pattern with its possessive groups written as atomic ones: `(?:a|b)*+` becomes `(?>(?:a|b)*)`."""
    if isinstance(pattern, bytes):
        return _atomic(pattern.decode("latin-1")).encode("latin-1")
    return _atomic(pattern)


def _atomic(pattern: str) -> str:
    out: list[str] = []
    opened: list[int] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        piece = pattern[at : at + 2] if char == "\\" else char
        if char == "[":
            found = _CLASS.match(pattern, at)
            piece = found[0] if found else char
        out.append(piece)
        at += len(piece)
        if piece == "(":
            opened.append(len(out) - 1)
        elif piece == ")" and opened:
            start = opened.pop()
            repeat = _POSSESSIVE.match(pattern, at)
            if repeat:
                out[start] = f"(?>{out[start]}"
                out.append(f"{repeat[1]})")
                at = repeat.end()
    return "".join(out)
