"""What is no article: rejects and exclusions, kept with their bytes and their reasons."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

from backfile.record import Excluded, Origin, Reject
from backfile.store import rows
from backfile.store.packing import pack
from backfile.store.rows import Failed
from backfile.store.statements import insert


class Aside:
    """Where one run puts them. The same one met again is the same row: seen once more, and open again."""

    def __init__(self, db: sqlite3.Connection, source: int, run: int) -> None:
        self.db, self.source, self.run = db, source, run

    def reject(self, result: Failed | Reject) -> None:
        if isinstance(result, Failed):
            record, sha = rows.record_head(result.record), sha256(result.record.payload).hexdigest()
            origin, key, payload, trace = (
                result.record.origin,
                result.record.key,
                result.record.payload,
                result.traceback,
            )
        else:
            record, sha, trace = "", result.sha256 or sha256(result.payload).hexdigest(), ""
            origin, key, payload = result.origin, result.key, result.payload
        place = (_clean(origin.file), origin.offset, origin.length, _clean(key))
        self.db.execute(
            f"{insert('reject')} ON CONFLICT (identity) DO UPDATE SET seen_id=excluded.seen_id, state='open',"
            " reason=excluded.reason, hint=excluded.hint, traceback=excluded.traceback, record=excluded.record",
            (
                _identity(self.source, origin, key, sha), self.source, *place, _clean(result.reason),
                _clean(result.hint), _clean(trace), sha, pack(payload), record, "open", self.run,
            ),
        )  # fmt: skip

    def exclude(self, result: Excluded) -> None:
        origin = result.origin
        identity = _identity(self.source, origin, result.key, result.rule)
        place = (_clean(result.key), _clean(origin.file), origin.offset, origin.length)
        self.db.execute(
            f"{insert('exclusion')} ON CONFLICT (identity) DO UPDATE SET seen_id=excluded.seen_id",
            (identity, self.source, result.rule, *place, pack(result.payload), self.run),
        )


def _identity(source: int, origin: Origin, key: str, rest: str) -> bytes:
    parts = (str(source), origin.file, str(origin.offset), str(origin.length), key, rest)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:16]


def _clean(text: str) -> str:
    """Text that UTF-8 can hold."""
    return text.encode("utf-8", "backslashreplace").decode()
