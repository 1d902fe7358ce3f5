"""The facts that a report shows; plain data, so that they can be printed, drawn, or dumped as JSON."""

from __future__ import annotations

import msgspec


class Sample(msgspec.Struct, frozen=True):
    """One place where a fault was found. `path` is the article's address on the new website, empty if it has none."""

    key: str
    headline: str
    path: str
    before: str
    after: str
    excerpt: str


class FaultFacts(msgspec.Struct, frozen=True):
    name: str
    title: str
    group: str
    grade: str
    found: int
    mended: int
    open: int
    articles: int
    samples: tuple[Sample, ...] = ()


class YearFacts(msgspec.Struct, frozen=True):
    """Articles of one year, by state."""

    year: int
    clean: int = 0
    flagged: int = 0
    held: int = 0
    withheld: int = 0

    @property
    def total(self) -> int:
        return self.clean + self.flagged + self.held + self.withheld


class Counted(msgspec.Struct, frozen=True):
    """Something by name, how often, and one example of it."""

    name: str
    count: int
    sample: str = ""


class RejectFacts(msgspec.Struct, frozen=True):
    number: int
    where: str
    reason: str
    hint: str
    length: int


class HeldFacts(msgspec.Struct, frozen=True):
    """An article whose proof failed: imported, and not published until someone decides."""

    key: str
    headline: str
    problem: str


class SlowFacts(msgspec.Struct, frozen=True):
    key: str
    headline: str
    milliseconds: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One run of an import, and the archive as it stands after it.

    `counts` has the keys of `backfile import --json`: `records` is the sum of `imported`, `updated`,
    `unchanged`, `merged`, `excluded` and `rejected`.
    """

    title: str
    url: str
    run: int
    started: str
    seconds: float
    sources: tuple[str, ...]
    version: str
    counts: dict[str, int]
    verdicts: dict[str, int]
    states: dict[str, int]
    years: tuple[YearFacts, ...] = ()
    undated: int = 0
    faults: tuple[FaultFacts, ...] = ()
    excluded: tuple[Counted, ...] = ()
    merged: tuple[Counted, ...] = ()
    unsupported: tuple[Counted, ...] = ()
    unmapped: tuple[Counted, ...] = ()
    missing_media: tuple[Counted, ...] = ()
    rejects: tuple[RejectFacts, ...] = ()
    held: tuple[HeldFacts, ...] = ()
    slowest: tuple[SlowFacts, ...] = ()


OUTCOMES = ("imported", "updated", "unchanged", "merged", "excluded", "rejected")
"""What can become of a record; their counts add up to `records`."""


def adds_up(counts: dict[str, int]) -> bool:
    """Every record is accounted for."""
    return counts.get("records", 0) == sum(counts.get(name, 0) for name in OUTCOMES)
