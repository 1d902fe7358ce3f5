"""What the archive does by habit: crossheads, quotation marks and dashes, dates."""

from __future__ import annotations

import msgspec

QUOTES = "«»„“”‹›‚‘’\"'"
DASHES = "–—-"
OPENERS = "«„“\"‹‚‘'"
STOPS = ".!?…:"
LONGEST_CROSSHEAD = 120
"""A longer line is no crosshead, whatever its markup says; in characters."""


class CrossheadHabit(msgspec.Struct):
    """Crossheads seen so far: how many, how long (by length in characters), how many quoted, how many with a stop."""

    count: int = 0
    quoted: int = 0
    stopped: int = 0
    lengths: list[int] = msgspec.field(default_factory=lambda: [0] * (LONGEST_CROSSHEAD + 1))

    def add(self, line: str) -> None:
        if not line or len(line) > LONGEST_CROSSHEAD:
            return
        self.count += 1
        self.quoted += line[0] in OPENERS
        self.stopped += line[-1] in STOPS
        self.lengths[len(line)] += 1

    def merge(self, other: CrossheadHabit) -> None:
        self.count += other.count
        self.quoted += other.quoted
        self.stopped += other.stopped
        self.lengths = [mine + theirs for mine, theirs in zip(self.lengths, other.lengths, strict=True)]

    def score(self, line: str) -> float:
        """How much a line looks like them, 0 to 1; 0 while fewer than five have been seen."""
        if self.count < 5 or not line or len(line) > LONGEST_CROSSHEAD:
            return 0.0
        near = sum(self.lengths[max(0, len(line) - 8) : len(line) + 9]) / self.count
        stop = self._share(self.stopped, line[-1] in STOPS)
        quote = self._share(self.quoted, line[0] in OPENERS)
        return round(min(1.0, near * 2) * stop * quote, 3)

    def _share(self, with_it: int, has_it: bool) -> float:
        """1 for what most crossheads do; the share of those that do it, doubled, for what few do."""
        share = (with_it if has_it else self.count - with_it) / self.count
        return min(1.0, share * 2)
