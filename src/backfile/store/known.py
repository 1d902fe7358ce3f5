"""What the store remembers of keys, read in as few queries as can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from backfile.store.identity import Entry

PARAMETERS = 500
"""Values in one `IN (…)`."""


_KNOWN = (
    "SELECT a.key, a.id, k.fingerprint, k.record_sha256, k.modified, k.title, k.result, k.rules, k.profile_id,"
    " k.seen_id FROM article a CROSS JOIN known k ON k.article_id=a.id"
    " WHERE a.source_id=? AND a.key IN (%s) ORDER BY a.id"
)


def entries(db: sqlite3.Connection, source: int, keys: Iterable[str]) -> dict[str, list[Entry]]:
    """What the store remembers of these keys."""
    found: dict[str, list[Entry]] = {}
    by_article: dict[int, Entry] = {}
    for key, *rest in select_in(db, _KNOWN, keys, (source,)):
        entry = Entry(*rest)
        found.setdefault(key, []).append(entry)
        by_article[entry.article] = entry
    merged = "SELECT article_id, record_sha256 FROM revision WHERE kind='merged' AND article_id IN (%s)"
    for number, sha in select_in(db, merged, by_article):
        by_article[number].merged |= {sha}
    return found


def select_in(
    db: sqlite3.Connection, query: str, values: Iterable[Any], first: tuple[Any, ...] = ()
) -> Iterable[tuple[Any, ...]]:
    """The rows of `query`, whose `%s` takes the values' places, however many they are; `first` come before them."""
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), PARAMETERS):
        part = wanted[start : start + PARAMETERS]
        yield from db.execute(query % ",".join("?" * len(part)), (*first, *part))
