"""Ranges of one text that an earlier rule has spoken for: the first rule wins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from backfile.splicing import Edit


class Claims:
    """Ranges without overlap, in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def free(self, start: int, end: int) -> bool:
        """Whether no claim overlaps the range. Ranges that only touch do not overlap."""
        first = bisect_right(self._ends, start)
        return first >= len(self._starts) or self._starts[first] >= end

    def add(self, start: int, end: int) -> None:
        """Claim a free range."""
        if start < end:
            at = bisect_left(self._starts, start)
            self._starts.insert(at, start)
            self._ends.insert(at, end)

    def shift(self, edits: Sequence[Edit]) -> None:
        """Move along with edits of the text, given in order and free of claims."""
        if not self._starts:
            return
        ends = [end for _, end, _ in edits]
        shifts = [0, *accumulate(len(after) - (end - start) for start, end, after in edits)]
        by = [shifts[bisect_right(ends, start)] for start in self._starts]
        self._starts = [start + n for start, n in zip(self._starts, by, strict=True)]
        self._ends = [end + n for end, n in zip(self._ends, by, strict=True)]
