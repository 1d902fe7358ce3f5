"""A leaf cut at the ranges that texts name: what each range shows must be its text, and what lies between, nothing."""

from __future__ import annotations

from backfile.proof.normal import alike
from backfile.proof.quick import Seen, quick

_SEAM = "\0"
"""Between stretches that are looked at together. A tag that reaches over it is noticed."""
_MOST = 4096
_LONGEST = 200

SILENT: set[str] = {"<p>", "</p>"}
"""What was found between two texts and shows nothing, is no link and no picture; the same in most articles."""


class Cuts:
    """`odd` are the stretches that need a look, with what they must show in `told`; the others are their texts as they
    stand, or silent. Up to `at`, the leaf is cut. `alts` are the alternative texts of its pictures."""

    __slots__ = ("alts", "at", "leaf", "odd", "told")

    def __init__(self, leaf: str) -> None:
        self.leaf = leaf
        self.at = 0
        self.odd: list[str] = []
        self.told: list[str] = []
        self.alts: list[str] = []

    def cut(self, start: int, end: int, text: str) -> bool:
        """Cut at one text's range; False where it lies before the last one or is none."""
        at, leaf = self.at, self.leaf
        if at != start:
            if at > start:
                return False
            if (between := leaf[at:start]) not in SILENT:
                self.odd.append(between)
                self.told.append("")
        self.at = end
        raw = leaf[start:end]
        if raw == text and text and "<" not in text and "&" not in text:
            return True
        self.odd.append(raw)
        self.told.append(text)
        return start <= end

    def seen(self) -> Seen | None:
        """What readers see of the leaf beside what was found as it was told; None where a text is not what its range
        shows, where words lie between, or where that needs a proper look."""
        at, leaf, odd, told = self.at, self.leaf, self.odd, self.told
        if at > len(leaf) or _SEAM in leaf:
            return None
        if at != len(leaf) and (rest := leaf[at:]) not in SILENT:
            odd.append(rest)
            told.append("")
        if not odd:
            return _NOTHING
        seen = quick(_SEAM.join(odd))
        if seen is None:
            return None
        shown = seen.flow.split(_SEAM)
        if shown != told and (len(shown) != len(told) or not all(map(_says, shown, told, odd))):
            return None
        return seen


_NOTHING = Seen()


def _says(shown: str, told: str, raw: str) -> bool:
    """Whether a stretch shows what it must. What must show nothing and does is kept, if it is likely to come again."""
    if not told:
        if shown.strip(" \t\r\n"):
            return alike(told, shown)
        if 0 < len(raw) < _LONGEST and "=" not in raw and len(SILENT) < _MOST:
            _learn(raw)
        return True
    return shown == told or alike(told, shown)


def _learn(between: str) -> None:
    seen = quick(between)
    if seen is not None and not (seen.flow.strip(" \t\r\n") or seen.words or seen.leads or seen.shows or seen.other):
        SILENT.add(between)
