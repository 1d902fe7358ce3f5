"""The facts that a report shows; plain data, so that they can be printed, drawn, or dumped as JSON."""

from __future__ import annotations

from typing import Any

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


class RunFacts(msgspec.Struct, frozen=True):
    """One run: of which source, from where, and its `counts`."""

    number: int
    source: str
    path: str
    started: str
    seconds: float
    counts: dict[str, Any]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The runs of an import, one for each export, and the archive as it stands after them.

    `counts` is the sum of the runs', with the keys of `backfile import --json`: `records` is the sum of `imported`,
    `updated`, `unchanged`, `merged`, `excluded` and `rejected`. What is counted by article (`states`, `years`,
    `faults`, ...) speaks of the whole archive.
    """

    title: str
    url: str
    runs: tuple[RunFacts, ...]
    seconds: float
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


FOUND_WHILE_SHAPING = {
    "duplicate-key": "Two different articles under one key",
    "empty-body": "An article without text",
    "future-date": "A date in the future",
    "impossible-date": "A date that does not exist",
    "missing-date": "No date",
    "missing-media": "A picture or file that is not there",
    "unknown-shortcode": "A shortcode that nobody knows",
    "unsafe-link": "A link that must not be followed",
    "unsupported-block": "Something of no known type, shown as text",
}
"""Faults that no rule of the catalogue finds, and what they are."""

OUTCOMES = ("imported", "updated", "unchanged", "merged", "excluded", "rejected")
"""What can become of a record; their counts add up to `records`."""


def adds_up(counts: dict[str, Any]) -> bool:
    """Every record is accounted for."""
    return bool(counts.get("records", 0) == sum(counts.get(name, 0) for name in OUTCOMES))


def add(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """The sum of two objects of counts, tables inside them included."""
    total = dict(left)
    for name, value in right.items():
        if isinstance(value, dict):
            total[name] = add(total.get(name, {}), value)
        else:
            total[name] = round(total.get(name, 0) + value, 3)
    return total
