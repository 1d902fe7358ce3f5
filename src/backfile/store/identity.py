"""What becomes of a record whose key the archive knows: a pure decision.

Identity is source and key, never title, date or path. The newest modification wins; where no order
can be told or the titles differ, both are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

Action = Literal["new", "twin", "same", "again", "known", "older", "newer", "update"]


class Entry(msgspec.Struct, gc=False):
    """What the store remembers of one article, `backfile.store.models.Known` without its facts."""

    article: int
    fingerprint: str
    sha: bytes
    modified: str
    title: bytes
    result: bytes
    rules: str
    profile: int | None
    seen: int
    merged: frozenset[bytes] = frozenset()
    """Hashes of the records that were merged into this article."""


class Decision(msgspec.Struct, frozen=True):
    """`new`: no article has this key · `twin`: another article of the same key · `same`: this very record, met
    again in a later run · `again`: met again in this run · `known`: merged in an earlier run · `older`: an older
    version, to be merged · `newer`: a newer version within the run, the present one is merged · `update`: the
    record has changed."""

    action: Action
    entry: Entry | None = None


def decide(entries: Sequence[Entry], sha: bytes, modified: str, title: bytes, run: int) -> Decision:
    """`entries` are those of the record's key; `sha`, `modified` and `title` are the record's."""
    if not entries:
        return Decision("new")
    for entry in entries:
        if entry.sha == sha:
            return Decision("again" if entry.seen == run else "same", entry)
    for entry in entries:
        if sha in entry.merged:
            return Decision("known", entry)
    unseen = [entry for entry in entries if entry.seen != run]
    if unseen:
        return _changed(entries, unseen, modified, title)
    return _met_twice(entries, modified, title)


def _changed(entries: Sequence[Entry], unseen: list[Entry], modified: str, title: bytes) -> Decision:
    """A later run's record: a corrected headline makes no second article."""
    best = next((entry for entry in unseen if entry.title == title), None)
    if best is None and len(entries) == 1:
        best = unseen[0]
    if best is None:
        best = next((entry for entry in unseen if not entry.fingerprint), None)
    if best is None:
        return Decision("twin")
    return Decision("older" if newer(best.modified, modified) else "update", best)


def _met_twice(entries: Sequence[Entry], modified: str, title: bytes) -> Decision:
    for entry in entries:
        if entry.title != title:
            continue
        if newer(modified, entry.modified):
            return Decision("newer", entry)
        if newer(entry.modified, modified):
            return Decision("older", entry)
    return Decision("twin")


def newer(one: str, other: str) -> bool:
    """Whether `one` is surely later than `other`; False where no order can be told."""
    if not one or not other or one == other:
        return False
    first, second = _moment(one), _moment(other)
    if first is not None and second is not None:
        return first > second
    return one.isdecimal() and other.isdecimal() and int(one[:20]) > int(other[:20])


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
